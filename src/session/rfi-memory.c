/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-memory"

#include "config.h"

#include "rfi-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* The C library gives up to eight times as many heaps as there are processors to threads that ask
 * at once, and what one has freed no other can use: a dozen threads that did a little once keep
 * some megabytes. One heap is enough for what the console allocates; small pieces come from
 * caches of the threads before it is asked. */
void
rfi_memory_prepare (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 1);
#endif
}

#ifdef __GLIBC__
static gpointer
give_back (gpointer unused)
{
  malloc_trim (0);
  return NULL;
}
#endif

void
rfi_memory_give_back (void)
{
#ifdef __GLIBC__
  g_thread_unref (g_thread_new ("memory", give_back, NULL));
#endif
}
