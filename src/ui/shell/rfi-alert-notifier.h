/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-desk.h"
#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_NOTIFIER (rfi_alert_notifier_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertNotifier, rfi_alert_notifier, RFI, ALERT_NOTIFIER, GObject)

/**
 * RfiAlertNotifier:
 *
 * Announces on the desktop which jobs begin to want attention, with *Assign* and *Open*, and takes
 * back what does no more. In quiet hours, and while a window of ours is used, the list says enough.
 * What comes in a flood is counted. The windows' own news are RfiNotifier's.
 */
RfiAlertNotifier *rfi_alert_notifier_new         (GtkApplication   *application,
                                                  GSettings        *settings,
                                                  RfiAlertDesk     *desk);

/* Whose alerts the desk has. (nullable) */
void              rfi_alert_notifier_set_session (RfiAlertNotifier *self,
                                                  RfiSession       *session);

G_END_DECLS
