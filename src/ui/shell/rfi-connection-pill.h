/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_CONNECTION_PILL (rfi_connection_pill_get_type ())

G_DECLARE_FINAL_TYPE (RfiConnectionPill, rfi_connection_pill, RFI, CONNECTION_PILL, AdwBin)

/**
 * RfiConnectionPill:
 *
 * The truth state in two words, and in its popover everything known about the connection.
 * In little room the symbol stands alone, the words are in the popover.
 */
void rfi_connection_pill_set_session (RfiConnectionPill *self,
                                      RfiSession        *session);
void rfi_connection_pill_set_compact (RfiConnectionPill *self,
                                      gboolean           compact);

G_END_DECLS
