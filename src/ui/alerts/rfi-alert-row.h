/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_ROW (rfi_alert_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertRow, rfi_alert_row, RFI, ALERT_ROW, GtkWidget)

/* How long an alert is put off, in ms. */
#define RFI_ALERT_SNOOZE (30 * 60 * G_GINT64_CONSTANT (1000))

/**
 * RfiAlertRow:
 *
 * One alert in the list: how bad, which job, why, and what can be done about it.
 */
GtkWidget *rfi_alert_row_new    (void);

/* Both (nullable). */
void       rfi_alert_row_set    (RfiAlertRow  *self,
                                 RfiAlertList *list,
                                 RfiAlertItem *item);

/* (nullable) */
RfiAlertItem *rfi_alert_row_get_item (RfiAlertRow *self);

/* Mutes the alert of a job in @list, and says so from @widget if that could not be kept. */
void       rfi_alert_row_mute   (GtkWidget    *widget,
                                 RfiAlertList *list,
                                 const char   *job_id,
                                 gint64        until);

/* A moment passed: says anew how long ago what was. */
void       rfi_alert_row_update (RfiAlertRow  *self);

G_END_DECLS
