/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What of the events of this computer does not go as it should. */
typedef enum {
  RFI_EVENT_TROUBLE_NONE,
  RFI_EVENT_TROUBLE_SENDING,
  RFI_EVENT_TROUBLE_ARCHIVING,
} RfiEventTrouble;
