/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-server-audit.h"
#include "rfi-server-scope.h"

G_BEGIN_DECLS

/* The table of jobs. */

/* @job: on the stack, its text good until this returns; with names, without photos */
typedef gboolean (*RfiServerJobFunc)    (const RfiJob    *job,
                                         gpointer         user_data,
                                         GError         **error);

/* Newest first. @status: an RfiStatus or -1 for any */
gboolean  rfi_server_jobs_list          (RfiDb    *db,
                                         const RfiScope  *scope,
                                         int              status,
                                         gint64           limit,
                                         gint64           offset,
                                         RfiServerJobFunc func,
                                         gpointer         user_data,
                                         GError         **error);
gint64    rfi_server_jobs_count         (RfiDb    *db,
                                         const RfiScope  *scope,
                                         int              status,
                                         GError         **error);

/* Without names and photos. Returns: (transfer full) (nullable): %NULL without @error: there
 * is none */
RfiJob   *rfi_server_jobs_get           (RfiDb    *db,
                                         const char      *id,
                                         GError         **error);
/* As above, with names. */
RfiJob   *rfi_server_jobs_get_named     (RfiDb    *db,
                                         const char      *id,
                                         GError         **error);

/* The only ways to change a job: each takes the next number in the order of changes, keeps the
 * sums of the scopes and what is gone from them, and notes who did it.
 * @actor: (nullable): %NULL only where sample data is made
 * @seq: (out): the change's number */

/* Makes @job's version 1, if it has none. */
gboolean  rfi_server_jobs_insert        (RfiDb    *db,
                                         RfiJob          *job,
                                         const RfiServerActor *actor,
                                         gint64          *seq,
                                         GError         **error);
/* Everything but id, vendor, creator and time of creation. @previous: as it is stored; @job's
 * version becomes the next. */
gboolean  rfi_server_jobs_update        (RfiDb    *db,
                                         const RfiJob    *previous,
                                         RfiJob          *job,
                                         const RfiServerActor *actor,
                                         gint64          *seq,
                                         GError         **error);
/* @job: as it is stored */
gboolean  rfi_server_jobs_delete        (RfiDb    *db,
                                         const RfiJob    *job,
                                         const RfiServerActor *actor,
                                         gint64          *seq,
                                         GError         **error);

/* Whether the technician of @job has another open job at its time. %FALSE with @error if that
 * cannot be told. */
gboolean  rfi_server_jobs_is_booked     (RfiDb    *db,
                                         const RfiJob    *job,
                                         GError         **error);

/* The jobs whose latest change is one of these, in the order of changes, to be stepped by
 * next_change(); @scope's id must live as long. Returns: (transfer none): give it back by
 * rfi_db_done() */
typedef struct
{
  gint64 after;
  gint64 up_to;
  gint64 limit;
} RfiServerWindow;

sqlite3_stmt *rfi_server_jobs_begin_window (RfiDb                  *db,
                                            const RfiScope         *scope,
                                            const RfiServerWindow  *window,
                                            GError                **error);
/* @job: filled as by next(), but without names, at first all zero. Its extra is (owned) and freed
 * by the next call; the one of the last job is the caller's to free. */
gboolean  rfi_server_jobs_next_change   (RfiDb         *db,
                                         sqlite3_stmt  *statement,
                                         RfiJob        *job,
                                         gint64        *seq,
                                         GError       **error);

/* Latest change first, strictly after @since (ms), to be stepped by next(); @scope's id must
 * live as long. Returns: (transfer none): give it back by rfi_db_done() */
sqlite3_stmt *rfi_server_jobs_begin     (RfiDb    *db,
                                         const RfiScope  *scope,
                                         gint64           since,
                                         GError         **error);
/* @job: filled; its text is good until the next call */
gboolean  rfi_server_jobs_next          (RfiDb    *db,
                                         sqlite3_stmt    *statement,
                                         RfiJob          *job,
                                         GError         **error);

/* The latest time of change, 0 if there is no job. */
gint64    rfi_server_jobs_get_latest    (RfiDb    *db,
                                         GError         **error);

/* Returns: (transfer full): a new etag, with its quotes */
char     *rfi_server_jobs_make_etag     (void);

G_END_DECLS
