/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-session-records.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_LIST (rfi_history_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryList, rfi_history_list, RFI, HISTORY_LIST, GObject)

/**
 * RfiHistoryList:
 *
 * History as a GListModel of RfiHistoryItem, newest first and as long as it is: what this console
 * knows, or what the server does. What somebody looks at is read.
 *
 * Signal `loaded`: an answer came, or reading failed.
 */
RfiHistoryList *rfi_history_list_new        (RfiSession     *session);
/* Returns: (transfer none) */
GListModel     *rfi_history_list_get_model  (RfiHistoryList *self);

/* Whoever shows the model. What is read then takes its place within a frame, after that frame's
 * events and before its layout: a list view that is moved in between does not know how high its
 * rows are, and ends somewhere else. Without a view it does at once. */
void            rfi_history_list_set_view   (RfiHistoryList *self,
                                             GtkWidget      *view);

/* @server: ask the server from now on; else only this console. Begins anew if that is another
 * question than before; where in a history @query begins and ends does not matter. */
void            rfi_history_list_ask        (RfiHistoryList *self,
                                             const RfiHistoryQuery *query,
                                             gboolean        server);
gboolean        rfi_history_list_is_server  (RfiHistoryList *self);

/* Reads what is new, and what is no longer pending. */
void            rfi_history_list_refresh    (RfiHistoryList *self);

/* How many entries there are by what is known. @exact: (out): whether no more will be found */
guint           rfi_history_list_count      (RfiHistoryList *self,
                                             gboolean       *exact);
/* (nullable): why the last reading failed */
const GError   *rfi_history_list_get_error  (RfiHistoryList *self);

/* No further reading. */
void            rfi_history_list_stop       (RfiHistoryList *self);

G_END_DECLS
