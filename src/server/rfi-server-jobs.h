/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-db.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* The table of jobs. */

typedef enum {
  RFI_SCOPE_ALL,
  RFI_SCOPE_VENDOR,
  RFI_SCOPE_ASSIGNEE,
  RFI_SCOPE_NOTHING,  /* a dispatcher without a vendor */
} RfiScopeKind;

/* Which jobs somebody may see: the same as rfi_rules_may_see(), for a query. */
typedef struct
{
  RfiScopeKind  kind;
  const char   *id;    /* vendor or assignee; borrowed from the user */
} RfiScope;

void      rfi_scope_init                (RfiScope        *self,
                                         const RfiUser   *user);

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

gboolean  rfi_server_jobs_insert        (RfiDb    *db,
                                         const RfiJob    *job,
                                         GError         **error);
/* Everything but id, vendor, creator and time of creation. */
gboolean  rfi_server_jobs_update        (RfiDb    *db,
                                         const RfiJob    *job,
                                         GError         **error);
gboolean  rfi_server_jobs_delete        (RfiDb    *db,
                                         const char      *id,
                                         GError         **error);

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
