/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"
#include "rfi-server-scope.h"

G_BEGIN_DECLS

/* Jobs that somebody saw and sees no longer: deleted, or left one's or a vendor's view. Told for 90
 * days, each once for every view, at its place in the order of changes. Errors are
 * RFI_DB_ERROR. */

#define RFI_SERVER_GONE_MS (G_GINT64_CONSTANT (90) * 24 * 3600 * 1000)

/* What @previous becoming @job takes out of views, and puts back. @job: (nullable): %NULL: it is
 * deleted. Forgets what is too old at @at. */
gboolean      rfi_server_gone_note    (RfiDb           *db,
                                       gint64           seq,
                                       const RfiJob    *previous,
                                       const RfiJob    *job,
                                       gint64           at,
                                       GError         **error);

/* Forgets what is too old at @now, and whoever asks from before that has to begin anew. @n: (out):
 * so many; 0: there is no more, else about @limit */
gboolean      rfi_server_gone_forget  (RfiDb           *db,
                                       gint64           now,
                                       guint            limit,
                                       guint           *n,
                                       GError         **error);

/* When the job was deleted: the number of that change, 0 if it was not, or too long ago; -1 and
 * @error if it cannot be told. */
gint64        rfi_server_gone_find    (RfiDb           *db,
                                       const char      *job_id,
                                       GError         **error);

/* After @seq, in order, to be stepped by next(); at most @limit. @scope's id must live as long.
 * Returns: (transfer none): give it back by rfi_db_done() */
sqlite3_stmt *rfi_server_gone_begin   (RfiDb           *db,
                                       const RfiScope  *scope,
                                       gint64           seq,
                                       gint64           limit,
                                       GError         **error);

typedef struct
{
  gint64      seq;
  const char *job_id;   /* until the next step */
  gboolean    deleted;  /* otherwise only out of the view */
} RfiServerGone;

gboolean      rfi_server_gone_next    (RfiDb           *db,
                                       sqlite3_stmt    *statement,
                                       RfiServerGone   *gone,
                                       GError         **error);

G_END_DECLS
