/* SPDX-License-Identifier: Apache-2.0 */
#include "model/check.h"

#include <string.h>

#include "base/nearest.h"

static const char *local_name(const struct element *e)
{
    const char *colon = strchr(e->name, ':');

    return colon ? colon + 1 : e->name;
}

/* The element with that name that stands elsewhere; ELEMENT_UNKNOWN when there is none. */
static enum element_kind known_elsewhere(const char *name)
{
    for (enum element_kind kind = ELEMENT_RULESET; kind < ELEMENT_KINDS; kind++) {
        const char *known = grammar_element(kind)->name;

        if (known && strcmp(known, name) == 0)
            return kind;
    }
    return ELEMENT_UNKNOWN;
}

/* "<rule> or <version>": where a kind may stand. */
static const char *list_parents(enum element_kind kind, char out[CHOICES_BYTES])
{
    const char *names[ELEMENT_KINDS + 1];
    size_t n = 0;

    for (enum element_kind parent = ELEMENT_RULESET; parent < ELEMENT_KINDS; parent++)
        for (const struct child_rule *c = grammar_element(parent)->children; c->kind; c++)
            if (c->kind == kind)
                names[n++] = grammar_element(parent)->name;
    names[n] = NULL;
    return n > 0 ? list_choices(names, out) : NULL;
}

/* What an element is called elsewhere, and here. */
static const char *const synonyms[][2] = {
    {"and", "all"},         {"citation", "cite"}, {"example", "case"},
    {"except", "allow"},    {"except", "unless"}, {"exclude", "allow"},
    {"exempt", "unless"},   {"if", "when"},       {"import", "uses"},
    {"include", "uses"},    {"keyword", "term"},  {"keywords", "terms"},
    {"law", "source"},      {"or", "any"},        {"regex", "pattern"},
    {"regexp", "pattern"},  {"scope", "applies"}, {"suggestion", "remedy"},
    {"test", "case"},       {"then", "outcome"},  {"variable", "let"},
    {"whitelist", "allow"}, {"word", "term"},     {"words", "terms"},
};

/* One that the parent has, else any; NULL: the name is none. */
static const char *synonym_of(const char *name, enum element_kind parent)
{
    const char *any = NULL;

    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        if (strcmp(synonyms[i][0], name) != 0)
            continue;
        any = synonyms[i][1];
        if (grammar_child(parent, any))
            return any;
    }
    return any;
}

static const char *nearest_child(enum element_kind parent, const char *name)
{
    const char *synonym = synonym_of(name, parent);
    struct nearest n = {0};

    if (synonym && grammar_child(parent, synonym))
        return synonym;
    for (const struct child_rule *c = grammar_element(parent)->children; c->kind; c++)
        nearest_offer(&n, name, strlen(name), grammar_element(c->kind)->name);
    return n.best;
}

static void misplaced(struct checker *k, const struct element *e, enum element_kind kind,
                      const char *best)
{
    char parents[CHOICES_BYTES];
    struct complaint c = {.message = MSG_MISPLACED_ELEMENT, .args = {e->name, e->parent->name}};

    if (diagnostics_hints(k->d))
        c.hint_args[0] = best ? best : list_parents(kind, parents);
    if (c.hint_args[0])
        c.hint = best ? HINT_DID_YOU_MEAN : HINT_BELONGS_IN;
    complain(k->d, k->doc, e, &c);
}

static const char *nearest_element(const char *name)
{
    const char *synonym = synonym_of(name, ELEMENT_UNKNOWN);
    struct nearest n = {0};

    if (synonym)
        return synonym;
    for (enum element_kind kind = ELEMENT_RULESET; kind < ELEMENT_KINDS; kind++)
        if (grammar_element(kind)->name)
            nearest_offer(&n, name, strlen(name), grammar_element(kind)->name);
    return n.best;
}

static const char *list_children(enum element_kind parent, char out[CHOICES_BYTES])
{
    const char *names[ELEMENT_KINDS + 1];
    size_t n = 0;

    for (const struct child_rule *c = grammar_element(parent)->children; c->kind; c++)
        names[n++] = grammar_element(c->kind)->name;
    names[n] = NULL;
    return list_choices(names, out);
}

/* What somebody probably wants who writes an element that nobody knows. */
static void hint_element(struct complaint *c, const struct element *e, const char *best,
                         char list[CHOICES_BYTES])
{
    enum element_kind parent = e->parent->kind;

    c->hint = HINT_DID_YOU_MEAN;
    c->hint_args[0] = best ? best : nearest_element(local_name(e));
    if (!c->hint_args[0]) {
        bool some = grammar_element(parent)->children->kind != ELEMENT_UNKNOWN;

        c->hint = some ? HINT_ONE_OF : HINT_HOLDS_NONE;
        c->hint_args[0] = some ? list_children(parent, list) : e->parent->name;
    }
}

/* Reports an element that its parent does not have, and says what it probably is. */
static enum element_kind unexpected(struct checker *k, const struct element *e)
{
    bool hints = diagnostics_hints(k->d);
    const char *name = local_name(e), *best = NULL;
    enum element_kind elsewhere = known_elsewhere(name);
    struct complaint c = {.message = MSG_UNKNOWN_ELEMENT, .args = {e->name}};
    char list[CHOICES_BYTES];

    if (hints)
        best = nearest_child(e->parent->kind, name);
    if (elsewhere) {
        misplaced(k, e, elsewhere, best);
        return ELEMENT_UNKNOWN;
    }
    if (hints)
        hint_element(&c, e, best, list);
    complain(k->d, k->doc, e, &c);
    return best ? grammar_child(e->parent->kind, best) : ELEMENT_UNKNOWN;
}

static const struct child_rule *child_rule(enum element_kind parent, uint16_t kind)
{
    const struct child_rule *c = grammar_element(parent)->children;

    while (c->kind && c->kind != kind)
        c++;
    return c;
}

/* Which children came so far, to tell what may not follow them. */
struct seen {
    bool kinds[ELEMENT_KINDS];
    const struct element *first[GROUPS]; /* of each group */
};

static void check_place(struct checker *k, const struct element *child, const struct child_rule *c,
                        struct seen *seen)
{
    const struct element *later = NULL;

    for (size_t group = c->group + (size_t)1; group < GROUPS; group++)
        if (seen->first[group] && (!later || seen->first[group]->at < later->at))
            later = seen->first[group];
    if (later)
        complain(
            k->d, k->doc, child,
            &(struct complaint){.message = MSG_ELEMENT_ORDER, .args = {child->name, later->name}});
    if (c->once && seen->kinds[c->kind])
        complain(k->d, k->doc, child,
                 &(struct complaint){.message = MSG_TOO_MANY,
                                     .args = {child->name, child->parent->name}});
    seen->kinds[c->kind] = true;
    if (!seen->first[c->group])
        seen->first[c->group] = child;
}

static void check_places(struct checker *k, const struct element *e)
{
    struct seen seen = {.kinds = {false}};

    for (const struct element *child = e->first; child; child = child->next) {
        const struct child_rule *c = child_rule(e->kind, child->kind);

        if (c->kind)
            check_place(k, child, c, &seen);
    }
}

static void check_required(struct checker *k, const struct element *e)
{
    /* What follows the end of a broken source is not missing. */
    if (!e->complete)
        return;
    for (const struct child_rule *c = grammar_element(e->kind)->children; c->kind; c++)
        if (c->required && !child_of(e, c->kind))
            complain(k->d, k->doc, e,
                     &(struct complaint){.message = MSG_MISSING_ELEMENT,
                                         .args = {e->name, grammar_element(c->kind)->name}});
}

static void check_conditions(struct checker *k, const struct element *e, bool one)
{
    const struct element *second = e->first ? e->first->next : NULL;

    if (!e->first && e->complete)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = one ? MSG_ONE_CONDITION : MSG_NO_CONDITION,
                                     .args = {e->name}});
    if (one && second)
        complain(k->d, k->doc, second,
                 &(struct complaint){.message = MSG_ONE_CONDITION, .args = {e->name}});
}

/* The first condition among the children from e on. */
static const struct element *condition_from(const struct element *e)
{
    while (e && !grammar_is_condition((enum element_kind)e->kind))
        e = e->next;
    return e;
}

static void check_condition_among(struct checker *k, const struct element *e, bool must)
{
    const struct element *first = condition_from(e->first);
    const struct element *second = first ? condition_from(first->next) : NULL;

    if (second || (!first && e->complete && must))
        complain(k->d, k->doc, second ? second : e,
                 &(struct complaint){.message = MSG_ONE_CONDITION, .args = {e->name}});
}

static void check_text(struct checker *k, const struct element *e)
{
    enum content content = grammar_element(e->kind)->content;

    if (content == CONTENT_TEXT && !e->text_at && !e->first && e->complete)
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_EMPTY_TEXT, .args = {e->name}});
    if (content != CONTENT_TEXT && content != CONTENT_VALUE && e->text_at)
        complain(k->d, k->doc, e,
                 &(struct complaint){
                     .message = MSG_STRAY_TEXT, .place = text_place(k->doc, e), .args = {e->name}});
}

static void check_content(struct checker *k, const struct element *e)
{
    switch (grammar_element(e->kind)->content) {
    case CONTENT_CONDITION:
        check_conditions(k, e, true);
        break;
    case CONTENT_CONDITIONS:
        check_conditions(k, e, false);
        break;
    case CONTENT_CONDITION_MAYBE:
    case CONTENT_CONDITION_AMONG:
        check_places(k, e);
        check_condition_among(k, e, grammar_element(e->kind)->content == CONTENT_CONDITION_AMONG);
        break;
    default:
        check_places(k, e);
        check_required(k, e);
    }
    check_text(k, e);
}

static void check_namespace(struct checker *k, const struct element *e)
{
    if (e->foreign && !(e->parent && e->parent->foreign))
        complain(k->d, k->doc, e,
                 &(struct complaint){.message = MSG_WRONG_NAMESPACE,
                                     .args = {e->name},
                                     .hint = e->parent ? HINT_NONE : HINT_WRITE,
                                     .hint_args = {"xmlns=\"urn:librules:ruleset:1\""}});
}

static bool has_name(const struct element *e)
{
    for (uint32_t i = 0; i < e->n_attributes; i++)
        if (strcmp(e->attributes[i].name, "name") == 0 || strcmp(e->attributes[i].name, "in") == 0)
            return true;
    return false;
}

static enum element_kind recognise(struct checker *k, const struct element *e)
{
    enum element_kind kind = grammar_child(e->parent->kind, local_name(e));

    /* Fields have no attributes: a misspelt <attribute>, <fact> or <record> shows by them. */
    if (kind == ELEMENT_VALUE && has_name(e) && diagnostics_hints(k->d) &&
        nearest_child(e->parent->kind, local_name(e)))
        kind = ELEMENT_UNKNOWN;
    return kind ? kind : unexpected(k, e);
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void check_element(struct checker *k, struct element *e)
{
    check_attributes(k, e);
    for (struct element *child = e->first; child; child = child->next) {
        check_namespace(k, child);
        child->kind = (uint16_t)recognise(k, child);
        if (child->kind)
            check_element(k, child);
    }
    check_content(k, e);
    check_special(k, e);
}

/* The kind of document that a root begins; reports one that begins none. */
static enum element_kind recognise_root(const struct document *doc, struct diagnostics *d)
{
    const char *name = local_name(doc->root);
    struct nearest n = {0};

    if (strcmp(name, "calendar") == 0)
        return ELEMENT_CALENDAR;
    if (strcmp(name, "ruleset") == 0)
        return ELEMENT_RULESET;
    nearest_offer(&n, name, strlen(name), "ruleset");
    nearest_offer(&n, name, strlen(name), "calendar");
    complain(d, doc, doc->root,
             &(struct complaint){.message = MSG_WRONG_ROOT,
                                 .args = {doc->root->name},
                                 .hint = n.best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {n.best}});
    if (!n.best)
        return ELEMENT_UNKNOWN;
    return strcmp(n.best, "calendar") == 0 ? ELEMENT_CALENDAR : ELEMENT_RULESET;
}

bool model_check(const struct document *doc, struct diagnostics *d)
{
    struct checker k = {doc, d};
    struct element *root = doc->root;

    if (!root)
        return false;
    root->kind = (uint16_t)recognise_root(doc, d);
    if (!root->kind)
        return false;
    check_namespace(&k, root);
    check_element(&k, root);
    return true;
}
