/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_COMPARE_WINDOW (rfi_compare_window_get_type ())

G_DECLARE_FINAL_TYPE (RfiCompareWindow, rfi_compare_window, RFI, COMPARE_WINDOW, AdwWindow)

/**
 * RfiCompareWindow:
 *
 * What is different between two moments, job by job and field by field; both can be chosen.
 */

/* @from, @to: ms since 1970 */
GtkWidget *rfi_compare_window_new (RfiSession *session,
                                   GtkWindow  *parent,
                                   gint64      from,
                                   gint64      to);

G_END_DECLS
