/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-history-item.h"
#include "rfi-history-query.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_FILTER (rfi_history_filter_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryFilter, rfi_history_filter, RFI, HISTORY_FILTER, GObject)

/**
 * RfiHistoryFilter:
 *
 * Which entries of history answer a question.
 */
RfiHistoryFilter *rfi_history_filter_new       (void);

/* @server: as rfi_history_query_takes() has it */
void              rfi_history_filter_set_query (RfiHistoryFilter      *self,
                                                const RfiHistoryQuery *query,
                                                gboolean               server);

gboolean          rfi_history_filter_takes     (RfiHistoryFilter      *self,
                                                RfiSession            *session,
                                                RfiAuditEntry         *entry);

G_END_DECLS
