/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-client-event.h"

G_BEGIN_DECLS

#define RFI_TYPE_EVENT_ROW (rfi_event_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiEventRow, rfi_event_row, RFI, EVENT_ROW, AdwExpanderRow)

/* One event; opened, the JSON it was recorded as, to be read and copied. */
GtkWidget *rfi_event_row_new (RfiClientEvent *event);

G_END_DECLS
