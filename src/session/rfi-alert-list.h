/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-file.h"
#include "rfi-alert-item.h"
#include "rfi-clock.h"
#include "rfi-job-table.h"

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_LIST (rfi_alert_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertList, rfi_alert_list, RFI, ALERT_LIST, GObject)

/**
 * RfiAlertList:
 *
 * A GListModel of RfiAlertItem: the jobs of a table that want attention, the worst first, those
 * that a person has muted last. It follows the table and the clock by itself: a change costs
 * O(log n), a passing minute looks only at what is due. How long work has been going on counts from
 * when the list saw it begin; for work that it met under way, from the last change before that.
 *
 * Properties (read only, notify): `n-items`, `n-active` (not muted), `n-critical` and `n-late` (of
 * those: behind what is planned or estimated).
 * Signal `arisen` (RfiAlertItem): a reason came that was not there, or came back after a snooze.
 * What there is at the start is no news, nor what a download brings that nobody changed since, nor
 * what other rules make of it.
 */
RfiAlertList *rfi_alert_list_new            (RfiJobTable         *table,
                                             const RfiAlertRules *rules,
                                             RfiClock            *clock);

/* From now on what is muted is kept in @file: (transfer full); what is in there counts. Once. */
void          rfi_alert_list_keep           (RfiAlertList        *self,
                                             RfiAlertFile        *file);

void          rfi_alert_list_set_rules      (RfiAlertList        *self,
                                             const RfiAlertRules *rules);

guint         rfi_alert_list_get_n_active   (RfiAlertList        *self);
guint         rfi_alert_list_get_n_critical (RfiAlertList        *self);

/* (transfer none) (nullable): what the list says of this job */
RfiAlertItem *rfi_alert_list_find           (RfiAlertList        *self,
                                             const char          *job_id);

/* The one after, or before, that of @job_id among those not muted, round and round; the first or
 * the last if it has none. @job_id: (nullable). Returns: (transfer none) (nullable): none at all */
RfiAlertItem *rfi_alert_list_step           (RfiAlertList        *self,
                                             const char          *job_id,
                                             gboolean             forward);

/* @until: ms since 1970; G_MAXINT64 = until a reason comes or changes; 0 = not any more.
 * All present reasons of the job are meant; a new one shows at once. Where that is kept, it is on
 * disk before it is shown; errors are G_FILE_ERROR, and nothing has changed then. */
gboolean      rfi_alert_list_mute           (RfiAlertList        *self,
                                             const char          *job_id,
                                             gint64               until,
                                             GError             **error);

G_END_DECLS
