/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_ALARM_BOX (rfi_alarm_box_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlarmBox, rfi_alarm_box, RFI, ALARM_BOX, AdwBin)

/**
 * RfiAlarmBox:
 *
 * What about syncing wants attention: what is the matter, since when, and what to do. Not to be
 * seen while there is nothing.
 */
/* @session: (nullable) */
void rfi_alarm_box_update (RfiAlarmBox *self,
                           RfiSession  *session);

G_END_DECLS
