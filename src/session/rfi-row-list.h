/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain list of row numbers, and what differs between two of them. */
typedef struct
{
  guint32 *rows;   /* (owned) (nullable) */
  guint    n_rows;
  guint    size;   /* room in @rows */
} RfiRowList;

void    rfi_row_list_clear   (RfiRowList       *self);
void    rfi_row_list_reserve (RfiRowList       *self,
                              guint             n_rows);
void    rfi_row_list_append  (RfiRowList       *self,
                              const guint32    *rows,
                              guint             n_rows);
void    rfi_row_list_insert  (RfiRowList       *self,
                              guint             position,
                              guint32           row);
void    rfi_row_list_remove  (RfiRowList       *self,
                              guint             position);
void    rfi_row_list_splice  (RfiRowList       *self,
                              guint             position,
                              guint             n_removed,
                              const guint32    *added,
                              guint             n_added);
/* Drops the rows without @bit in @bits. */
void    rfi_row_list_keep    (RfiRowList       *self,
                              const guint8     *bits,
                              guint8            bit);

/* @position holds once all ranges before it are spliced; it is also where in the new list the
 * added rows stand. */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} RfiRowRange;

/* How to make @after of @before in at most @n_ranges steps, leaving as much as that allows alone;
 * in one, if exactly that would take more than @n_flood.
 * Rows that are not touched stand in both, in the same order. @touched: (nullable): by row; %NULL =
 * any. Returns: (transfer full) (element-type RfiRowRange) */
GArray *rfi_row_list_diff    (const RfiRowList *before,
                              const RfiRowList *after,
                              const guint8     *touched,
                              guint             n_ranges,
                              guint             n_flood);

G_END_DECLS
