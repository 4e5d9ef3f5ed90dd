/* SPDX-License-Identifier: Apache-2.0 */
#include "test_allocations.h"

#include <stdatomic.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define INTERPOSED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define INTERPOSED 0
#endif
#endif
#if !defined(INTERPOSED) && defined(__GLIBC__)
#define INTERPOSED 1
#elif !defined(INTERPOSED)
#define INTERPOSED 0
#endif

static atomic_size_t calls;

size_t allocations(void)
{
    return atomic_load_explicit(&calls, memory_order_relaxed);
}

bool allocations_are_counted(void)
{
    return INTERPOSED;
}

#if INTERPOSED
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static void count(void)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
}

void *malloc(size_t bytes)
{
    count();
    return __libc_malloc(bytes);
}

void *calloc(size_t n, size_t bytes)
{
    count();
    return __libc_calloc(n, bytes);
}

void *realloc(void *p, size_t bytes)
{
    count();
    return __libc_realloc(p, bytes);
}
#endif
