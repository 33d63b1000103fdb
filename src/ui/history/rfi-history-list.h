/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-session-history.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_LIST (rfi_history_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryList, rfi_history_list, RFI, HISTORY_LIST, GObject)

/**
 * RfiHistoryList:
 *
 * History as a GListModel of RfiHistoryItem, newest first, read in parts as far as somebody looks:
 * what this console knows, or what the server does.
 *
 * Signal `loaded`: an answer came, or reading failed.
 */
RfiHistoryList *rfi_history_list_new        (RfiSession     *session);
/* Returns: (transfer none) */
GListModel     *rfi_history_list_get_model  (RfiHistoryList *self);

/* Asks the server from now on, for what @query says but for its `before`; %NULL: only this console.
 * Begins anew if that is another question than before. */
void            rfi_history_list_ask        (RfiHistoryList *self,
                                             const RfiHistoryQuery *query);
gboolean        rfi_history_list_is_server  (RfiHistoryList *self);

/* Reads what is new, and what is no longer pending. */
void            rfi_history_list_refresh    (RfiHistoryList *self);
/* Reads the next older part, if there is one and none is under way. @much: little of it will be
 * shown */
void            rfi_history_list_load_more  (RfiHistoryList *self,
                                             gboolean        much);
gboolean        rfi_history_list_has_more   (RfiHistoryList *self);
gboolean        rfi_history_list_is_loading (RfiHistoryList *self);
/* (nullable): why the last reading failed */
const GError   *rfi_history_list_get_error  (RfiHistoryList *self);

/* No further reading. */
void            rfi_history_list_stop       (RfiHistoryList *self);

G_END_DECLS
