/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_AS_OF_WINDOW (rfi_as_of_window_get_type ())

G_DECLARE_FINAL_TYPE (RfiAsOfWindow, rfi_as_of_window, RFI, AS_OF_WINDOW, AdwWindow)

/**
 * RfiAsOfWindow:
 *
 * The board as it stood at an earlier moment, to look at only; the moment can be chosen. It closes
 * when the session ends.
 *
 * Properties (read only): `loading`.
 */

/* @at: ms since 1970 */
GtkWidget *rfi_as_of_window_new (RfiSession *session,
                                 GtkWindow  *parent,
                                 gint64      at);

G_END_DECLS
