/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONNECTION_FACTS (rfi_connection_facts_get_type ())

G_DECLARE_FINAL_TYPE (RfiConnectionFacts, rfi_connection_facts, RFI, CONNECTION_FACTS, GtkWidget)

/**
 * RfiConnectionFacts:
 *
 * All that is known of the connection, as names and values.
 */

/* Says how it is now. @session: (nullable): empties it */
void       rfi_connection_facts_update (RfiConnectionFacts *self,
                                        RfiSession         *session);

G_END_DECLS
