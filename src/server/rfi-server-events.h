/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-wire-event-batch.h"

G_BEGIN_DECLS

/* Keeps what a client tells of itself; after 30 days it goes into the archive. Whether it is new:
 * %FALSE without @error: this person's client told it before. Errors are RFI_DB_ERROR. */
gboolean rfi_server_events_insert (RfiDb               *db,
                                   const char          *user_id,
                                   const RfiWireEvent  *event,
                                   gint64               now,
                                   GError             **error);

/* Puts into the archive what is old enough for it. @n: (out): so many, at most @limit */
gboolean rfi_server_events_archive (RfiDb              *db,
                                    gint64              now,
                                    guint               limit,
                                    guint              *n,
                                    GError            **error);

G_END_DECLS
