/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_ADD_PHOTO (rfi_send_add_photo_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendAddPhoto, rfi_send_add_photo, RFI, SEND_ADD_PHOTO, RfiSend)

/* Uploads a photo from our own copy. One whose answer was lost is found again by its name, size,
 * uploader and time. */
RfiSend *rfi_send_add_photo_new (void);

G_END_DECLS
