/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"

G_BEGIN_DECLS

/* The order in which jobs changed: a table that grows at its end, whose rows count while they are
 * the latest of their job. Errors are RFI_DB_ERROR; inside a transaction. */

/* @job: as it is stored now, by change @seq */
gboolean rfi_server_changes_note  (RfiDb         *db,
                                   gint64         seq,
                                   const RfiJob  *job,
                                   GError       **error);

G_END_DECLS
