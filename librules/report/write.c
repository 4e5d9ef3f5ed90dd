/* SPDX-License-Identifier: Apache-2.0 */
#include "report/writers.h"

int rls_report_write(const struct rls_report *r, uint32_t format, const char *lang,
                     rls_write_fn put, void *user)
{
    struct out o;

    if (!r || !put || format < RLS_FORMAT_JSON || format > RLS_FORMAT_TEXT ||
        (lang && !language_known(lang)))
        return RLS_ERR_ARGUMENT;
    lang = lang ? language_name(lang) : r->options.language ? r->options.language : "zh-CN";
    out_init(&o, put, user);
    if (format == RLS_FORMAT_TEXT)
        write_text(&o, r, lang);
    else
        write_json(&o, r, lang, format == RLS_FORMAT_JSONL);
    return out_end(&o);
}
