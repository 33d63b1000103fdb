/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"

G_BEGIN_DECLS

/* Lets the store sign what is typed, with the key of this device that the keyring keeps. Without a
 * keyring that outlasts the program nothing is signed, and the compatible dialect is spoken.
 *
 * Answers after some seconds in any case; should the key come later, it is used from then on.
 *
 * finish: whether it can sign now; @error: the store's, or RFI_VAULT_ERROR */
void     rfi_session_device_enroll_async  (RfiStore            *store,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean rfi_session_device_enroll_finish (GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
