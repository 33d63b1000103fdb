/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-history-item.h"
#include "rfi-history-query.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_FILTER (rfi_history_filter_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryFilter, rfi_history_filter, RFI, HISTORY_FILTER, GtkFilter)

RfiHistoryKind    rfi_history_kind_of          (const RfiAuditEntry *entry);

/**
 * RfiHistoryFilter:
 *
 * Lets entries of history through that answer a question.
 */
RfiHistoryFilter *rfi_history_filter_new       (void);

/* @server: the entries are a server's answer to it, which may tell of more kinds of action than
 * were asked for and is right in all else */
void              rfi_history_filter_set_query (RfiHistoryFilter      *self,
                                                const RfiHistoryQuery *query,
                                                gboolean               server);

/* Whether it lets an entry through that is not in a list. */
gboolean          rfi_history_filter_takes     (RfiHistoryFilter      *self,
                                                RfiSession            *session,
                                                RfiAuditEntry         *entry);

G_END_DECLS
