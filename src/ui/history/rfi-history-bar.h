/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-history-query.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_HISTORY_BAR (rfi_history_bar_get_type ())

G_DECLARE_FINAL_TYPE (RfiHistoryBar, rfi_history_bar, RFI, HISTORY_BAR, AdwBin)

/**
 * RfiHistoryBar:
 *
 * What is asked of history: search, drop-downs, and one chip for each part that takes it off.
 *
 * Signal `changed`: something else is asked.
 */

/* @session: (nullable) */
void             rfi_history_bar_set_session (RfiHistoryBar *self,
                                              RfiSession    *session);

/* Returns: (transfer full) */
RfiHistoryQuery *rfi_history_bar_dup_query   (RfiHistoryBar *self);

/* Asks for these entries and nothing else. @job_id, @user_id, @device_id: (nullable) */
void             rfi_history_bar_look_for    (RfiHistoryBar *self,
                                              const char    *job_id,
                                              const char    *user_id,
                                              const char    *device_id);

/* In little room what is chosen but seldom waits behind a button. */
void             rfi_history_bar_set_narrow  (RfiHistoryBar *self,
                                              gboolean       narrow);

G_END_DECLS
