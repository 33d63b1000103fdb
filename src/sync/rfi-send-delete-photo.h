/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_DELETE_PHOTO (rfi_send_delete_photo_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendDeletePhoto, rfi_send_delete_photo, RFI, SEND_DELETE_PHOTO, RfiSend)

/* Deletes a photo. That it is gone already is as good. */
RfiSend *rfi_send_delete_photo_new (void);

G_END_DECLS
