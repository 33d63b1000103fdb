/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-seal.h"

G_BEGIN_DECLS

/* Whole files that are sealed, bound to their name in the folder. All block. */

/* Writes a file for its owner only, in one step and durably. Errors are G_FILE_ERROR. */
gboolean  rfi_sealed_file_write     (RfiSeal     *seal,
                                     const char  *path,
                                     GBytes      *content,
                                     GError     **error);
/* Returns: (transfer full): G_FILE_ERROR, or RFI_VAULT_ERROR_FORGED */
GBytes   *rfi_sealed_file_read      (RfiSeal     *seal,
                                     const char  *path,
                                     GError     **error);
/* Whether it says that it is one; %FALSE also if it cannot be read. */
gboolean  rfi_sealed_file_is_sealed (const char  *path);

G_END_DECLS
