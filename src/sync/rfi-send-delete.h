/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

#define RFI_TYPE_SEND_DELETE (rfi_send_delete_get_type ())

G_DECLARE_FINAL_TYPE (RfiSendDelete, rfi_send_delete, RFI, SEND_DELETE, RfiSend)

/* Deletes a job. The contract takes no etag for it, so the job is read first: what the person did
 * not see is not deleted without asking. That it is gone already is as good. */
RfiSend *rfi_send_delete_new (void);

G_END_DECLS
