#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what a browser shows of tests/html/pages/*.html beside them, as NAME.txt.

    record.py [--browser chromium]

Each page is set as the innerHTML of an element, as marketplaces show descriptions, and its
innerText is kept as it is. Nothing is loaded from the network.
"""
import argparse
import base64
import glob
import html
import json
import os
import re
import subprocess
import tempfile

WRAPPER = '''<!DOCTYPE html><meta charset="utf-8"><body><script>
const pages = %s, shown = [];
for (const page of pages) {
  const bytes = Uint8Array.from(atob(page), c => c.charCodeAt(0));
  document.body.innerHTML = '<div id="description"></div>';
  const element = document.getElementById('description');
  element.innerHTML = new TextDecoder().decode(bytes);
  shown.push(element.innerText);
}
document.body.textContent = 'begin' + btoa(unescape(encodeURIComponent(JSON.stringify(shown)))) +
  'end';
</script>'''


def record(browser, pages):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'wrapper.html')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(WRAPPER % json.dumps([base64.b64encode(p).decode() for p in pages]))
        done = subprocess.run(
            [browser, '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=' + folder,
             '--host-resolver-rules=MAP * ~NOTFOUND', '--dump-dom', 'file://' + path],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    found = re.search(r'begin([A-Za-z0-9+/=]*)end', html.unescape(done.stdout.decode()))
    return json.loads(base64.b64decode(found.group(1)).decode())


parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
parser.add_argument('--browser', default='chromium')
options = parser.parse_args()
names = sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pages',
                                      '*.html')))
sources = []
for name in names:
    with open(name, 'rb') as file:
        sources.append(file.read())
for name, text in zip(names, record(options.browser, sources)):
    with open(name[:-5] + '.txt', 'w', encoding='utf-8') as file:
        file.write(text)
    print(os.path.basename(name), len(text))
