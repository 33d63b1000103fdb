/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_DEVICE_LIST (rfi_device_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiDeviceList, rfi_device_list, RFI, DEVICE_LIST, AdwBin)

/**
 * RfiDeviceList:
 *
 * The devices that sign changes: whose, when they were seen, how their clock is, and a way to
 * revoke one that says first what that will do. The server is asked each time it comes to be seen.
 */
/* @session: (nullable) */
void rfi_device_list_set_session (RfiDeviceList *self,
                                  RfiSession    *session);
/* Asks again where the server could not be asked before. */
void rfi_device_list_update      (RfiDeviceList *self);

G_END_DECLS
