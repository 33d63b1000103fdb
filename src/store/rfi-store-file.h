/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-seal.h"

G_BEGIN_DECLS

/* One process per profile: the lock goes with the process, however it ends.
 * Returns: its descriptor, -1 with an RFI_STORE_ERROR */
int    rfi_store_file_lock    (const char  *path,
                               GError     **error);
void   rfi_store_file_unlock  (int          lock);

/* Opens what is there, or makes it. A damaged file is set aside and a new one made, and so is one
 * that was sealed with other keys.
 * @recovered: (out): how many pending operations were saved, -1 = it was sound
 * @lost: (out): how many went with their key, -1 = it is there
 * Errors are RFI_STORE_ERROR or RFI_DB_ERROR. */
RfiDb *rfi_store_file_open    (const char  *path,
                               RfiSeal     *seal,
                               int         *recovered,
                               int         *lost,
                               GError     **error);

/* To be looked through at the next start: a call on it failed in a way that may mean damage. */
void   rfi_store_file_suspect (const char  *path);
/* The same, if @error is one that may. */
void   rfi_store_file_blame   (const char  *path,
                               const GError *error);

G_END_DECLS
