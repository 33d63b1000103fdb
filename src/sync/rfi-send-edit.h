/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_EDIT (rfi_send_edit_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendEdit, rfi_send_edit, RFI, SEND_EDIT, RfiSend)

/* Sends changed fields with the etag of the row they were merged with. */
RfiSend *rfi_send_edit_new (void);

G_END_DECLS
