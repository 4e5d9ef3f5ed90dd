/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/librules.h>

#include "target.h"

static const char xml[] =
    "<ruleset xmlns=\"urn:librules:ruleset:1\" id=\"f\" version=\"1\" subject=\"listing\">"
    "<title>模糊</title><title xml:lang=\"en\">Fuzz</title>"
    "<source id=\"s\" kind=\"law\">法</source>"
    "<terms id=\"w\" tolerate=\"squeezed\"><term>矿机</term><term>比特币</term><term>btc</term>"
    "<term word=\"no\">a</term><term>e</term><term>title</term><allow>选矿机</allow></terms>"
    "<rule id=\"r\" severity=\"risk\"><title>规则</title><title xml:lang=\"en\">rule</title>"
    "<when><any><text in=\"*\" terms=\"w\"/><field name=\"price\" gt=\"1\"/>"
    "<field name=\"category\" under=\"a\"/></any></when>"
    "<unless><field name=\"label.a\" is=\"b\"/></unless>"
    "<outcome verdict=\"reject\"><message>不</message><message xml:lang=\"en\">no</message>"
    "<cite source=\"s\"/></outcome></rule></ruleset>";

struct rls_set *target_set(void)
{
    static struct rls_set *set;
    struct rls_compiler *c;

    if (set)
        return set;
    REQUIRE(rls_compiler_new(&c, NULL, NULL) == RLS_OK);
    REQUIRE(rls_compiler_add_buffer(c, "f.xml", xml, strlen(xml)) == RLS_OK);
    REQUIRE(rls_compiler_build(c, &set) == RLS_OK);
    rls_compiler_free(c);
    return set;
}
