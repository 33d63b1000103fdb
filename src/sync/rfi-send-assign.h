/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_ASSIGN (rfi_send_assign_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendAssign, rfi_send_assign, RFI, SEND_ASSIGN, RfiSend)

/* Sends who does the job. Servers of the bare contract take it blindly, from anybody and for jobs
 * that are over; so the job is read first and the person's view compared. */
RfiSend *rfi_send_assign_new (void);

G_END_DECLS
