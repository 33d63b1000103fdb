/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* What the server keeps only as long as somebody may need it:
 *
 *   signed bytes of an operation   until its device has confirmed the result and all before it
 *   body of an answer to a key     90 days
 *   deleted jobs                   90 days; whoever asks from before that begins anew
 *   refresh tokens                 until they are too old to be good
 *   what clients tell              30 days, then in the archive
 *
 * That an operation or a request with a key was carried out, and with what result, is kept for
 * ever, as are jobs, conflicts and the audit.
 */

/* One slice of what there is to do: inside a transaction that may write, about @limit rows of each
 * kind. @now: ms since 1970. @n: (out): rows dealt with; 0: nothing is left. Errors are
 * RFI_DB_ERROR. */
gboolean rfi_server_retention_run (RfiDb   *db,
                                   gint64   now,
                                   guint    limit,
                                   guint   *n,
                                   GError **error);

G_END_DECLS
