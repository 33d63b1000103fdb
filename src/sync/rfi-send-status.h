/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_STATUS (rfi_send_status_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendStatus, rfi_send_status, RFI, SEND_STATUS, RfiSend)

/* Sends a step of the status machine. A repeat of a step that worked is answered 422 by servers
 * that do not recognise repeats: looking at the job tells. */
RfiSend *rfi_send_status_new (void);

G_END_DECLS
