/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/notes.h"

#include <string.h>

#include "base/messages.h"
#include "eval/evidence.h"

bool add_note(struct rls_evaluator *ev, uint32_t code, const char *field)
{
    const struct message *m = message_find(code);

    return report_add_note(
        &ev->report, &(struct rls_note){sizeof(struct rls_note), code, 0, field, m->en, m->zh});
}

/* The message in one language, with what was probably meant behind it; NULL when memory is short.
 */
static const char *fill(struct rls_evaluator *ev, const struct fact_note *n, const char *value,
                        const char *lang)
{
    const struct message *m = message_find(n->code);
    const char *format = strcmp(lang, "en") == 0 ? m->en : m->zh;
    const char *hint = hint_format(HINT_DID_YOU_MEAN, lang);
    const char *between = strcmp(lang, "en") == 0 ? ": " : "：";
    const char *args[MESSAGE_ARGS] = {0};
    size_t n_args = 0, len, more, dash = strlen(between);
    char *out;

    if (value)
        args[n_args++] = value;
    for (size_t i = 0; i < 2 && n->words[i]; i++)
        args[n_args++] = hint_format(n->words[i], lang);
    len = message_fill(format, args, lang, NULL, 0);
    more = n->near ? dash + message_fill(hint, &n->near, lang, NULL, 0) : 0;
    out = arena_alloc(&ev->report.arena, len + more + 1);
    if (!out)
        return NULL;
    (void)message_fill(format, args, lang, out, len + 1);
    if (n->near) {
        memcpy(out + len, between, dash);
        (void)message_fill(hint, &n->near, lang, out + len + dash, more - dash + 1);
    }
    return out;
}

/* The value that a note is about, as evidence is quoted; nothing of it when redacted. */
static const char *quoted(struct rls_evaluator *ev, const struct fact_note *n)
{
    if (ev->report.options.flags & RLS_CHECK_REDACT)
        return "***";
    return evidence_text(ev, n->value.data, n->value.len);
}

static bool add_document_note(struct rls_evaluator *ev, const struct fact_note *n)
{
    struct rls_note note = {.size = sizeof note, .code = n->code};
    const char *value = n->value.data ? quoted(ev, n) : NULL;

    if (n->field)
        note.field = arena_text(&ev->report.arena, n->field, n->field_len);
    if ((n->field && !note.field) || (n->value.data && !value))
        return false;
    note.message = fill(ev, n, value, "en");
    note.message_zh = fill(ev, n, value, "zh-CN");
    return note.message && note.message_zh && report_add_note(&ev->report, &note);
}

int add_document_notes(struct rls_evaluator *ev)
{
    for (size_t i = 0; i < ev->facts.n_notes; i++)
        if (!add_document_note(ev, &ev->facts.notes[i]))
            return RLS_ERR_MEMORY;
    return RLS_OK;
}
