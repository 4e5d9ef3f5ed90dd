/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file facts.h
 * The subject of a check: plain structs, and the typed builder that the structs, JSON and callers
 * with facts of their own all feed. docs/documents.md lists every field. Source: librules/facts/.
 */
#ifndef LIBRULES_FACTS_H
#define LIBRULES_FACTS_H

#include <librules/options.h>
#include <librules/set.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rls_evaluator;
struct rls_report;

/** A named value; names may repeat. */
struct rls_attribute {
    struct rls_text name;  /**< as the platform calls it: 材质, 产地, … */
    struct rls_text value; /**< the text */
};

/** One stock-keeping unit of a listing. */
struct rls_sku {
    size_t size;                            /**< sizeof(struct rls_sku) */
    struct rls_text id;                     /**< the host's id */
    struct rls_text title;                  /**< name of the variant */
    struct rls_text price;                  /**< decimal number, currency of the listing */
    const struct rls_attribute *attributes; /**< may be NULL */
    size_t n_attributes;                    /**< how many */
};

/** A listing. Members with NULL data are absent. All text is read during the check only. */
struct rls_listing {
    size_t size;                            /**< sizeof(struct rls_listing) */
    struct rls_text id;                     /**< the host's id; echoed in the report */
    struct rls_text title;                  /**< as the seller writes it */
    struct rls_text description;            /**< text or HTML, see description_type */
    struct rls_text category;               /**< name, or path with ">" between its steps */
    struct rls_text category_id;            /**< the platform's id */
    struct rls_text brand;                  /**< name of the brand */
    struct rls_text origin;                 /**< place of origin */
    struct rls_text label;                  /**< text printed on the label */
    struct rls_text price;                  /**< decimal number such as 849.00 */
    struct rls_text currency;               /**< ISO 4217 */
    struct rls_text platform;               /**< taobao, tmall, 1688, … */
    struct rls_text channel;                /**< domestic, cross-border, … */
    const struct rls_attribute *attributes; /**< may be NULL */
    size_t n_attributes;                    /**< how many */
    const struct rls_text *image_texts;     /**< text read from images; may be NULL */
    size_t n_image_texts;                   /**< how many */
    const struct rls_text *destinations;    /**< customs territories, ISO 3166; may be NULL */
    size_t n_destinations;                  /**< how many */
    const struct rls_sku *skus;             /**< may be NULL; elements are sizeof(struct rls_sku) */
    size_t n_skus;                          /**< how many */
    struct rls_text description_type;       /**< "text" or "html"; absent: recognised */
};

/**
 * Collects the facts of one subject in the scratch of an evaluator. Begun by rls_evaluator_begin,
 * ended by rls_builder_check (unless its options are refused) or the next begin or check; not
 * freed. Texts are not copied: they must stay until rls_builder_check returns.
 */
struct rls_builder;

/**
 * Add a value given as text. The field's type in the vocabulary decides how it is read; text that
 * is there but cannot be read as its type is kept as unparsed, never as missing.
 * @param b     the builder
 * @param field path such as "title", "price", "attributes.材质" or a name of the host's own
 * @param value UTF-8; invalid bytes are matched as walls, quoted as U+FFFD and noted (602); empty
 * or NULL counts as absent
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_LIMIT (too many facts), RLS_ERR_MEMORY
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_text(struct rls_builder *b, const char *field,
                                       struct rls_text value);

/**
 * Add an attribute. Names may repeat.
 * @param b     the builder
 * @param name  the attribute's name
 * @param value its text
 * @return as rls_builder_text
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_attribute(struct rls_builder *b, struct rls_text name,
                                            struct rls_text value);

/**
 * Add a whole number.
 * @param b     the builder
 * @param field path
 * @param value the number
 * @return as rls_builder_text
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_integer(struct rls_builder *b, const char *field, int64_t value);

/**
 * Add a truth value.
 * @param b     the builder
 * @param field path
 * @param value the value
 * @return as rls_builder_text
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_boolean(struct rls_builder *b, const char *field, bool value);

/**
 * Add an instant.
 * @param b     the builder
 * @param field path
 * @param value milliseconds since 1970-01-01T00:00:00Z
 * @return as rls_builder_text
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_instant(struct rls_builder *b, const char *field, int64_t value);

/**
 * Declare a part complete: what is not given there is known to be absent.
 * @param b    the builder
 * @param part first step of field paths, such as "label"
 * @return as rls_builder_text
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_complete(struct rls_builder *b, const char *part);

/**
 * Begin a record of a collection (docs/documents.md): what is added up to its end are its members,
 * by their own names ("kind"). A collection inside of records is begun within one of them.
 * @param b          the builder
 * @param collection its name, such as "qualifications"; inside of a record its last step
 * @return RLS_OK; RLS_ERR_ARGUMENT when the set knows no such collection there; RLS_ERR_BUSY;
 *         RLS_ERR_LIMIT; RLS_ERR_MEMORY
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_begin_record(struct rls_builder *b, const char *collection);

/**
 * End the record that was begun last. The check ends those that are open.
 * @param b the builder
 * @return RLS_OK; RLS_ERR_ARGUMENT when none is open; RLS_ERR_BUSY
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_end_record(struct rls_builder *b);

/**
 * Judge what was collected.
 * @param b        the builder
 * @param options  NULL for all defaults
 * @param[out] out the report; belongs to the evaluator until its next begin or check:
 *                 rls_report_copy to keep it; NULL on failure
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_ABI, RLS_ERR_MEMORY, RLS_ERR_CANCELLED, RLS_ERR_BUSY,
 *         RLS_ERR_LIMIT (too many facts), RLS_ERR_UNSUPPORTED (a mapping is given)
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_builder_check(struct rls_builder *b,
                                        const struct rls_check_options *options,
                                        const struct rls_report **out);

#ifdef __cplusplus
}
#endif
#endif
