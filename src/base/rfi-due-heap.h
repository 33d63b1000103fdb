/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RfiDueHeap:
 *
 * What is due when, the earliest first: each number from 0 up has one moment or none. Setting one
 * costs O(log n), seeing the first one nothing. Its size is that of the greatest number.
 */
typedef struct _RfiDueHeap RfiDueHeap;

RfiDueHeap *rfi_due_heap_new        (void);
void        rfi_due_heap_free       (RfiDueHeap *self);

/* @due: any unit; G_MAXINT64 = never, which takes it out */
void        rfi_due_heap_set        (RfiDueHeap *self,
                                     guint       number,
                                     gint64      due);

/* The earliest. %FALSE if there is none. */
gboolean    rfi_due_heap_peek       (RfiDueHeap *self,
                                     guint      *number,
                                     gint64     *due);

guint       rfi_due_heap_get_length (RfiDueHeap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDueHeap, rfi_due_heap_free)

G_END_DECLS
