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

static const char *nearest_child(enum element_kind parent, const char *name)
{
    struct nearest n = {0};

    for (const struct child_rule *c = grammar_element(parent)->children; c->kind; c++)
        nearest_offer(&n, name, strlen(name), grammar_element(c->kind)->name);
    return n.best;
}

static void misplaced(struct checker *k, const struct element *e, enum element_kind kind)
{
    const char *best = nearest_child(e->parent->kind, local_name(e));
    char parents[CHOICES_BYTES];
    struct complaint c = {.message = MSG_MISPLACED_ELEMENT, .args = {e->name, e->parent->name}};

    c.hint_args[0] = best ? best : list_parents(kind, parents);
    if (c.hint_args[0])
        c.hint = best ? HINT_DID_YOU_MEAN : HINT_BELONGS_IN;
    complain(k->d, k->doc, e, &c);
}

static const char *nearest_element(const char *name)
{
    struct nearest n = {0};

    for (enum element_kind kind = ELEMENT_RULESET; kind < ELEMENT_KINDS; kind++)
        if (grammar_element(kind)->name)
            nearest_offer(&n, name, strlen(name), grammar_element(kind)->name);
    return n.best;
}

/* Reports an element that its parent does not have, and says what it probably is. */
static enum element_kind unexpected(struct checker *k, const struct element *e)
{
    const char *name = local_name(e), *best = nearest_child(e->parent->kind, name);
    enum element_kind elsewhere = known_elsewhere(name);
    struct complaint c = {.message = MSG_UNKNOWN_ELEMENT, .args = {e->name}};

    if (elsewhere) {
        misplaced(k, e, elsewhere);
        return ELEMENT_UNKNOWN;
    }
    c.hint_args[0] = best ? best : nearest_element(name);
    if (c.hint_args[0])
        c.hint = HINT_DID_YOU_MEAN;
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

static void check_order(struct checker *k, const struct element *e, const struct element *before)
{
    complain(k->d, k->doc, e,
             &(struct complaint){.message = MSG_ELEMENT_ORDER, .args = {e->name, before->name}});
}

/* The first child among those before e that belongs behind it. */
static const struct element *first_of_later_group(const struct element *e, uint8_t group)
{
    const struct element *sibling = e->parent->first;

    while (sibling != e && child_rule(e->parent->kind, sibling->kind)->group <= group)
        sibling = sibling->next;
    return sibling;
}

static void check_places(struct checker *k, const struct element *e)
{
    uint8_t group = 0;

    for (const struct element *child = e->first; child; child = child->next) {
        const struct child_rule *c = child_rule(e->kind, child->kind);

        if (!c->kind)
            continue;
        if (c->group < group)
            check_order(k, child, first_of_later_group(child, c->group));
        else
            group = c->group;
        if (c->once && child_of(e, child->kind) != child)
            complain(k->d, k->doc, child,
                     &(struct complaint){.message = MSG_TOO_MANY, .args = {child->name, e->name}});
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
        if (strcmp(e->attributes[i].name, "name") == 0)
            return true;
    return false;
}

static enum element_kind recognise(struct checker *k, const struct element *e)
{
    enum element_kind kind = grammar_child(e->parent->kind, local_name(e));

    /* Fields have no attributes: a misspelt <attribute> or <fact> shows by its name. */
    if (kind == ELEMENT_VALUE && has_name(e) && nearest_child(e->parent->kind, local_name(e)))
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

bool model_check(const struct document *doc, struct diagnostics *d)
{
    struct checker k = {doc, d};
    struct element *root = doc->root;
    struct nearest n = {0};

    if (!root)
        return false;
    nearest_offer(&n, local_name(root), strlen(local_name(root)), "ruleset");
    if (strcmp(local_name(root), "ruleset") != 0) {
        complain(d, doc, root,
                 &(struct complaint){.message = MSG_WRONG_ROOT,
                                     .args = {root->name},
                                     .hint = n.best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                     .hint_args = {n.best}});
        if (!n.best)
            return false;
    }
    root->kind = ELEMENT_RULESET;
    check_namespace(&k, root);
    check_element(&k, root);
    return true;
}
