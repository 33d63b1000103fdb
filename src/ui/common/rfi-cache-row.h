/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CACHE_ROW (rfi_cache_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiCacheRow, rfi_cache_row, RFI, CACHE_ROW, AdwActionRow)

/**
 * RfiCacheRow:
 *
 * What the account keeps on this computer, and a button that asks and then clears it.
 */
/* @session: (nullable) */
void       rfi_cache_row_set_session (RfiCacheRow *self,
                                      RfiSession  *session);
/* Its size changed. */
void       rfi_cache_row_reload      (RfiCacheRow *self);

G_END_DECLS
