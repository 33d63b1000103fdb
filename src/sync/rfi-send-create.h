/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_CREATE (rfi_send_create_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendCreate, rfi_send_create, RFI, SEND_CREATE, RfiSend)

/* Makes a new job. Its location carries the operation's id; so where a server does not recognise
 * a repeat, a create whose answer was lost is found in what the server lists. */
RfiSend *rfi_send_create_new (void);

G_END_DECLS
