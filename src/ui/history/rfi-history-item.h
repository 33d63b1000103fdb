/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-audit-entry.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_ITEM (rfi_history_item_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryItem, rfi_history_item, RFI, HISTORY_ITEM, GObject)

/**
 * RfiHistoryItem:
 *
 * One entry of history in words, which are made when they are first asked for. An empty one, made
 * by g_object_new(), stands for an entry on its way: it has no words but for what it is.
 */
RfiHistoryItem *rfi_history_item_new        (RfiSession     *session,
                                             RfiAuditEntry  *entry);
/* (nullable) */
RfiAuditEntry  *rfi_history_item_get_entry  (RfiHistoryItem *self);
/* "Changed priority" */
const char     *rfi_history_item_get_action (RfiHistoryItem *self);
const char     *rfi_history_item_get_who    (RfiHistoryItem *self);
/* The job's title. */
const char     *rfi_history_item_get_job    (RfiHistoryItem *self);
/* "High → Urgent", or "" */
const char     *rfi_history_item_get_detail (RfiHistoryItem *self);
const char     *rfi_history_item_get_origin (RfiHistoryItem *self);
/* (nullable) */
const char     *rfi_history_item_get_origin_icon (RfiHistoryItem *self);

/* What can be done with it, as of now; not of an empty one. Returns: (transfer full) */
GMenu          *rfi_history_item_make_menu  (RfiHistoryItem *self);

/* @needle: casefolded */
gboolean        rfi_history_item_contains   (RfiHistoryItem *self,
                                             const char     *needle);

G_END_DECLS
