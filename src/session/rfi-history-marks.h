/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records of a history from one mark to the next. */
#define RFI_HISTORY_PART_SIZE 100

/**
 * RfiHistoryMark:
 *
 * Where a page of a history begins: whoever scrolls there gets it without what is above.
 */
typedef struct
{
  gint64 before;     /* as in a query */
  guint  n_records;
} RfiHistoryMark;

/**
 * RfiHistoryMarks:
 *
 * The pages that follow each other in what was looked through by now.
 */
typedef struct
{
  GArray *pages;  /* (owned) (element-type RfiHistoryMark): newest first */
  gint64  next;   /* the `before` that goes on; 0 = there is nothing more */
} RfiHistoryMarks;

/* Pages that begin at @firsts, the numbers of their first records, of @found records in all. */
RfiHistoryMarks *rfi_history_marks_new   (const gint64     *firsts,
                                          guint             n_firsts,
                                          gint64            found,
                                          gint64            next);
/* What a server says. Returns: (transfer full) (nullable): %NULL and RFI_WIRE_ERROR */
RfiHistoryMarks *rfi_history_marks_parse (GBytes           *bytes,
                                          GError          **error);
void             rfi_history_marks_free  (RfiHistoryMarks  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHistoryMarks, rfi_history_marks_free)

G_END_DECLS
