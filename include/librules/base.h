/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file base.h
 * Names that every other header uses: export marks, version, status codes, text views.
 * Source: librules/base/status.c.
 *
 * Conventions of the whole interface:
 * - a function that can fail returns int: RLS_OK (0) or a negative enum rls_status;
 * - a constructor writes its result through its first parameter and sets it to NULL on failure;
 * - input text is pointer and length, UTF-8, need not end in NUL and is only read during the call
 *   unless the function says otherwise;
 * - output text is NUL-terminated UTF-8 owned by the object it came from;
 * - structs that may grow begin with `size`, which the caller sets to sizeof the struct it was
 *   compiled with; a shorter one is filled up with zeros, a longer one is accepted while its
 *   unknown tail is all zero and refused with RLS_ERR_ABI otherwise; zero in any member means the
 *   documented default;
 * - instants are milliseconds since 1970-01-01T00:00:00Z in int64_t.
 */
#ifndef LIBRULES_BASE_H
#define LIBRULES_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** @def RLS_API
 * Marks a function that the shared library exports. */
/** @def RLS_CHECK
 * Marks a function whose result must not be ignored. */
#if defined(__GNUC__)
#define RLS_API __attribute__((visibility("default")))
#define RLS_CHECK __attribute__((warn_unused_result))
#else
#define RLS_API
#define RLS_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of these headers: 0xMMmmpp. */
#define RLS_VERSION_NUMBER 0x000100u
/** Version of these headers as text. */
#define RLS_VERSION_STRING "0.1.0"
/** "No instant given" in every member that holds one. */
#define RLS_NO_INSTANT INT64_MIN

/** Outcome of a call. Values are never reused; new ones are only appended. */
enum rls_status {
    RLS_OK = 0,                /**< done */
    RLS_ERR_ARGUMENT = -1,     /**< a parameter breaks its contract */
    RLS_ERR_MEMORY = -2,       /**< an allocation failed; the object stays usable */
    RLS_ERR_IO = -3,           /**< a file could not be read, or a write callback refused */
    RLS_ERR_COMPILE = -4,      /**< the sources have errors; the diagnostics say where and why */
    RLS_ERR_INPUT = -5,        /**< a document is malformed */
    RLS_ERR_LIMIT = -6,        /**< a ceiling was reached */
    RLS_ERR_DEADLINE = -7,     /**< reserved: a passed deadline gives an incomplete report */
    RLS_ERR_CANCELLED = -8,    /**< the cancel token was set */
    RLS_ERR_BUSY = -9,         /**< an evaluator was entered twice at a time */
    RLS_ERR_ABI = -10,         /**< a sized struct is too short or carries unknown members */
    RLS_ERR_STATE = -11,       /**< saved tracker state cannot be read */
    RLS_ERR_UNSUPPORTED = -12, /**< declared, but not yet in this version */
    RLS_ERR_INTERNAL = -13,    /**< a defect of the library: please report it */
    RLS_ERR_NOT_FOUND = -14    /**< no object of that name */
};

/** A view of UTF-8 text. A NULL @c data means "absent"; a zero @c len with data is empty text. */
struct rls_text {
    const char *data; /**< first byte, or NULL */
    size_t len;       /**< bytes */
};

/**
 * Receives output piece by piece.
 * @param user what was given beside the callback
 * @param data the bytes; valid during the call only
 * @param len  how many
 * @return 0 to go on; anything else stops the writer, which then returns RLS_ERR_IO
 */
typedef int (*rls_write_fn)(void *user, const void *data, size_t len);

/**
 * Version of the library that is loaded, as in RLS_VERSION_NUMBER.
 * @return the number; never fails
 * @par Threads any
 * @since 0.1
 */
RLS_API uint32_t rls_version_number(void);

/**
 * Version of the library that is loaded, as text such as "0.1.0".
 * @return static text; never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_version_string(void);

/**
 * Version of the Unicode data that folding uses, such as "15.0".
 * @return static text; never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_unicode_version(void);

/**
 * Digest of the folding tables: equal digests fold every text alike.
 * @return static text, 16 hexadecimal digits; never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_tables_digest(void);

/**
 * The name of a status, such as "RLS_ERR_INPUT".
 * @param status an enum rls_status or any other number
 * @return static text; "unknown status" for other numbers, never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_status_name(int status);

#ifdef __cplusplus
}
#endif
#endif
