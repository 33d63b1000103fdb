/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_NOTIFIER (rfi_notifier_get_type ())

G_DECLARE_FINAL_TYPE (RfiNotifier, rfi_notifier, RFI, NOTIFIER, GObject)

/**
 * RfiNotifier:
 *
 * Announces on the desktop what others did that a dispatcher must not miss: an urgent job, an
 * assignment, a conflict, a refused change, each as far as its setting allows. While a window of
 * ours is used it says so in there instead. What arrived in a flood is counted, not listed.
 */
RfiNotifier *rfi_notifier_new         (GtkApplication *application,
                                       GSettings      *settings);

/* @session: (nullable): nobody is signed in; what was announced is taken back */
void         rfi_notifier_set_session (RfiNotifier    *self,
                                       RfiSession     *session);

G_END_DECLS
