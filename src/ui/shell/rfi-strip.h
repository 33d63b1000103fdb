/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_STRIP (rfi_strip_get_type ())

G_DECLARE_FINAL_TYPE (RfiStrip, rfi_strip, RFI, STRIP, AdwBin)

/* The bar below the header that says what stands between the person and the server, only while
 * something does. @session: (nullable) */
void rfi_strip_set_session (RfiStrip   *self,
                            RfiSession *session);

/* Only the headline and the remedy, where there is little room. */
void rfi_strip_set_compact (RfiStrip   *self,
                            gboolean    compact);

G_END_DECLS
