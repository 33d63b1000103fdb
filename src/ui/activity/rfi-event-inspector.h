/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_EVENT_INSPECTOR (rfi_event_inspector_get_type ())

G_DECLARE_FINAL_TYPE (RfiEventInspector, rfi_event_inspector, RFI, EVENT_INSPECTOR, AdwWindow)

/**
 * RfiEventInspector:
 *
 * What happened on this computer, event by event, the newest first, each as the JSON it was
 * recorded as, to be read and copied.
 */
GtkWidget *rfi_event_inspector_new (GtkWindow  *parent,
                                    RfiSession *session);

G_END_DECLS
