#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rule-check version."""
import os
import unittest

from program import Case, run


class Version(Case):
    def test_json(self):
        v = self.expect(run('version', '--json'), 0).json()
        self.assertEqual(v['library'], v['headers'])
        self.assertEqual(v['library_number'], v['headers_number'])
        self.assertRegex(v['unicode'], r'^\d+\.\d+')

    def test_text(self):
        r = self.expect(run('version'), 0)
        self.assertTrue(r.out.startswith('rule-check '))
        self.assertEqual(self.expect(run('--version'), 0).out, r.out)
        self.assertIn('头文件', run('--version', '--lang', 'zh-CN').out)

    def test_usage(self):
        self.expect(run('version', 'x'), 64)
        self.expect(run('version', '--jsn'), 64)

    @unittest.skipUnless(os.path.exists('/dev/full'), 'needs /dev/full')
    def test_full_device(self):
        with open('/dev/full', 'wb') as full:
            self.assertIn('cannot write', self.expect(run('version', stdout=full), 1).err)


if __name__ == '__main__':
    unittest.main()
