/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-list.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_DESK (rfi_alert_desk_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertDesk, rfi_alert_desk, RFI, ALERT_DESK, GObject)

/**
 * RfiAlertDesk:
 *
 * The alerts of whoever is signed in, by the rules that the settings say, for all windows.
 *
 * Property (read only, notify): `list` (RfiAlertList, nullable while nobody is signed in).
 */
RfiAlertDesk *rfi_alert_desk_new         (GSettings    *settings);

/* @session: (nullable) */
void          rfi_alert_desk_set_session (RfiAlertDesk *self,
                                          RfiSession   *session);

/* (nullable) */
RfiAlertList *rfi_alert_desk_get_list    (RfiAlertDesk *self);

G_END_DECLS
