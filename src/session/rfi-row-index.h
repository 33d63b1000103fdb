/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RfiRowIndex:
 *
 * Finds row numbers by the id of what is in the row. The ids stay where they are, and each row
 * costs half of what it would in a hash table.
 */
typedef struct _RfiRowIndex RfiRowIndex;

/* The id of what is in @row, which is in the index. */
typedef const char *(*RfiRowIdFunc) (guint    row,
                                     gpointer user_data);

RfiRowIndex *rfi_row_index_new    (RfiRowIdFunc  get_id,
                                   gpointer      user_data);
void         rfi_row_index_free   (RfiRowIndex  *self);

guint        rfi_row_index_get_n  (RfiRowIndex  *self);
/* @row: (out): untouched if there is none. Returns: whether there is one */
gboolean     rfi_row_index_find   (RfiRowIndex  *self,
                                   const char   *id,
                                   guint        *row);
/* @id: of none that is in the index. */
void         rfi_row_index_add    (RfiRowIndex  *self,
                                   const char   *id,
                                   guint         row);
/* Of a row that still has that id; nothing happens if it is not in the index. */
void         rfi_row_index_remove (RfiRowIndex  *self,
                                   const char   *id);

G_END_DECLS
