/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-history-marks.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_PAGES (rfi_history_pages_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryPages, rfi_history_pages, RFI, HISTORY_PAGES, GObject)

/**
 * RfiHistoryPages:
 *
 * A GListModel of RfiHistoryItem as long as a history is, of which only the pages are in memory
 * that somebody looked at lately. A record not read yet counts as one item, which stands empty in
 * its place; how many it is shows when it is read.
 *
 * A list makes its rows when it hears of items, so the first screens of them are told in steps.
 *
 * Signal `wanted` (gint64 before, gint64 after, guint n_records): somebody looks at a page that is
 * not read. It is asked for once, until it is filled or forgotten.
 */
RfiHistoryPages *rfi_history_pages_new           (void);

void             rfi_history_pages_clear         (RfiHistoryPages *self);
/* Below all there are. @marks: (element-type RfiHistoryMark) */
void             rfi_history_pages_append        (RfiHistoryPages *self,
                                                  GArray          *marks);
/* Pages that are read: below all there are, or above. @items: (element-type RfiHistoryItem): newest
 * first; it may be empty. @kept: it could not be read once more */
void             rfi_history_pages_append_read   (RfiHistoryPages *self,
                                                  RfiHistoryMark   mark,
                                                  GPtrArray       *items,
                                                  gboolean         kept);
void             rfi_history_pages_prepend_read  (RfiHistoryPages *self,
                                                  RfiHistoryMark   mark,
                                                  GPtrArray       *items);
/* Answers `wanted`; of a page that is read already, only what differs changes. */
void             rfi_history_pages_fill          (RfiHistoryPages *self,
                                                  gint64           before,
                                                  GPtrArray       *items);
/* It was not answered: whoever looks there next asks again. */
void             rfi_history_pages_forget        (RfiHistoryPages *self,
                                                  gint64           before);

/* Asks again for what somebody looked at and did not get, and for what may have changed: pages
 * with entries that were pending. */
void             rfi_history_pages_renew         (RfiHistoryPages *self);

/* In all pages; the list may not be told of all items yet. */
guint            rfi_history_pages_count_items   (RfiHistoryPages *self);
guint            rfi_history_pages_count_records (RfiHistoryPages *self);
/* Whether each page was read: then there are exactly as many items as it has. */
gboolean         rfi_history_pages_is_read       (RfiHistoryPages *self);

G_END_DECLS
