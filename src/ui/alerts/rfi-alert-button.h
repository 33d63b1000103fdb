/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_BUTTON (rfi_alert_button_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertButton, rfi_alert_button, RFI, ALERT_BUTTON, AdwBin)

/**
 * RfiAlertButton:
 *
 * How many jobs want attention and how badly, as symbol, number and word; behind it the list of
 * them with the reasons. Return opens the job, S snoozes, A acknowledges.
 */
typedef enum {
  RFI_ALERT_ROOM_SYMBOL,
  RFI_ALERT_ROOM_NUMBER,
  RFI_ALERT_ROOM_WORD,
} RfiAlertRoom;

/* @list: (nullable) */
void rfi_alert_button_set_list (RfiAlertButton *self,
                                RfiAlertList   *list);

/* What there is room for; the rest is said by its tooltip and in the list. */
void rfi_alert_button_set_room (RfiAlertButton *self,
                                RfiAlertRoom    room);

G_END_DECLS
