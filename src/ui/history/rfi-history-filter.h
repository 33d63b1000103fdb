/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-history-item.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_FILTER (rfi_history_filter_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryFilter, rfi_history_filter, RFI, HISTORY_FILTER, GtkFilter)

typedef enum {
  RFI_HISTORY_ALL,
  RFI_HISTORY_STATUS,
  RFI_HISTORY_ASSIGNMENT,
  RFI_HISTORY_EDITS,
  RFI_HISTORY_PHOTOS,
  RFI_HISTORY_CONFLICTS,   /* found, settled, refused, given up */
  RFI_HISTORY_LIFE,        /* created and deleted */
} RfiHistoryKind;

RfiHistoryKind    rfi_history_kind_of           (const RfiAuditEntry *entry);

/**
 * RfiHistoryFilter:
 *
 * Lets entries of history through that match all that is set.
 */
RfiHistoryFilter *rfi_history_filter_new         (void);
void              rfi_history_filter_set_text    (RfiHistoryFilter *self,
                                                  const char       *text);
void              rfi_history_filter_set_kind    (RfiHistoryFilter *self,
                                                  RfiHistoryKind    kind);
/* @user_id: (nullable): everybody */
void              rfi_history_filter_set_person  (RfiHistoryFilter *self,
                                                  const char       *user_id);
/* @since: ms since 1970; 0 = from the beginning */
void              rfi_history_filter_set_since   (RfiHistoryFilter *self,
                                                  gint64            since);
gint64            rfi_history_filter_get_since   (RfiHistoryFilter *self);

G_END_DECLS
