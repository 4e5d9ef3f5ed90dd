/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_TEST_DATED_H
#define TESTS_SUPPORT_TEST_DATED_H

#include "test_rules.h"

/* Rules with deadlines, grace, milestones, sets, tables, relations, params, a profile "t/low", an
 * exception and records in records, for test_set; judged as of June 2026. */
#define DATED_RULES                                                                                \
    "<param id='most' type='number' default='50'/><param id='word' type='text' default='x'/>"      \
    "<profile id='low'>" TITLE "<param name='most' value='1'/><select rules='off' mode='off'/>"    \
    "<select rules='set' mode='shadow'/></profile>"                                                \
    "<exception id='x' rule='table' owner='法务' from='2026-01-01' until='2027-01-01'>"          \
    "<reason>试点</reason><reason xml:lang='en'>A pilot</reason>"                                \
    "<scope><field name='brand' is='乙'/></scope></exception>"                                    \
    "<set id='s' type='text'><item>甲</item><item from='2026-05-01'>乙</item></set>"             \
    "<table id='f' key='text' gives='number'><row in='乙 丙' value='2' until='2026-08-01'/>"     \
    "<row is='甲' value='3'/></table>"                                                            \
    "<relation id='l' symmetric='yes'><group>甲 乙</group><pair left='乙' "                     \
    "right='丁'/></relation>"                                                                     \
    "<field name='begun' type='instant' absent='unknown'/>"                                        \
    "<field name='end' type='instant' absent='unknown'/>"                                          \
    "<field name='done' type='instant' absent='empty'/>"                                           \
    "<collection name='q'><field name='from' type='instant' absent='unknown'/>"                    \
    "<field name='to' type='instant' absent='unknown'/></collection>"                              \
    "<collection name='q.s'><field name='p'/></collection>"                                        \
    "<deadline id='d' warn-before='30nd'><starts at='begun'/><due at='end'/>"                      \
    "<met-by at='done'/></deadline>"                                                               \
    "<deadline id='e'><starts at='$r.from'/><due after='3wd'/></deadline>"                         \
    "<rule id='off' severity='risk'>" TITLE "<when><text in='title' terms='w'/></when>" REJECT     \
    "</rule>"                                                                                      \
    "<rule id='set' severity='risk'>" TITLE "<when><field name='brand' in='$s'/></when>" REJECT    \
    "</rule>"                                                                                      \
    "<rule id='table' severity='risk'>" TITLE "<let id='n' table='f' key='brand'/>"                \
    "<when><compare left='$n' gt='$most'/></when>" REJECT "</rule>"                                \
    "<rule id='related' severity='risk'>" TITLE                                                    \
    "<when><any><related by='l' left='brand' right='attributes.产地'/>"                          \
    "<field name='brand' is='$word'/></any></when>" REJECT "</rule>"                               \
    "<rule id='missed' severity='risk'>" TITLE                                                     \
    "<milestone id='m' at='end'><title>止</title><title xml:lang='en'>End</title></milestone>"    \
    "<when><any><missed deadline='d'/><met-late deadline='d'/></any></when>"                       \
    "<grace for='10nd' from='begun'/>" REJECT "</rule>"                                            \
    "<rule id='open' severity='risk'>" TITLE "<when><some in='q' as='r'><all>"                     \
    "<open deadline='e'/><some in='$r.s' as='t'><field name='$t.p' is='b'/></some>"                \
    "</all></some></when>" REJECT "</rule>"                                                        \
    "<rule id='each' severity='risk' for-each='q' as='r'>" TITLE                                   \
    "<when><missed deadline='e' by='1nd'/></when>" REJECT "</rule>"

/* Deadlines near, missed and met late, unknown ones, records in records, all that is looked up. */
#define DATED_DOCUMENTS                                                                            \
    ("{\"id\":\"1\",\"title\":\"矿机\",\"brand\":\"乙\",\"price\":\"60\",\"begun\":\"2026-01-"  \
     "01\","                                                                                       \
     "\"end\":\"2026-06-20\",\"attributes\":{\"产地\":\"丁\"},\"q\":[{\"from\":\"2026-01-05\"," \
     "\"s\":[{"                                                                                    \
     "\"p\":\"a\"},{\"p\":\"b\"}],\"to\":\"2026-02-01\"},{\"from\":\"2026-05-30\"}]}"),            \
        ("{\"id\":\"2\",\"title\":\"矿机\",\"brand\":\"甲\",\"begun\":\"2026-01-01\",\"end\":"  \
         "\"2026-02-"                                                                              \
         "01\","                                                                                   \
         "\"done\":\"2026-02-03\",\"platform\":\"taobao\",\"q\":[]}"),                             \
        ("{\"id\":\"3\",\"title\":\"杯\",\"brand\":\"丙\",\"end\":\"2026-02\",\"complete\":["    \
         "\"q\"]}")

#endif
