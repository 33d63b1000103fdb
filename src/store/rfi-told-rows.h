/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* The table of rfi-store-told.h, as rfi-store-rows.h. */

/* (transfer full) (nullable): %NULL without error if it is not there, or not legible */
char     *rfi_told_rows_get   (RfiDb *db, const char *id, GError **error);
gboolean  rfi_told_rows_drop  (RfiDb *db, const char *id, GError **error);
gboolean  rfi_told_rows_clear (RfiDb *db, GError **error);

G_END_DECLS
