/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands on paper, from top to bottom: lines of one height, with space above. */
typedef struct
{
  guint    n_lines;
  double   line_height;
  double   above;           /* not at the top of a page */
  gboolean whole;           /* is not broken if it fits a page */
  gboolean keep_with_next;  /* is no last thing on a page: a heading */
  int      header;          /* of a table's row: the block that heads its columns; -1 = none */
} RfiPrintBlock;

/* Some lines of a block on a page. */
typedef struct
{
  guint    page;
  guint    block;
  guint    first_line;
  guint    n_lines;
  double   y;               /* from the top of the page */
} RfiPrintPiece;

/* Puts all blocks onto pages of this height, in order. No line is left out or stands twice, but a
 * table's head, which stands on each of its pages. A line higher than the page has a page of its
 * own. Pure. Returns: (transfer full) (element-type RfiPrintPiece) */
GArray *rfi_print_paginate (const RfiPrintBlock *blocks,
                            guint                n_blocks,
                            double               page_height);

G_END_DECLS
