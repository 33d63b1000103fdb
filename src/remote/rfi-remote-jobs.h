/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-stream.h"
#include "rfi-remote.h"

G_BEGIN_DECLS

/* What a download of jobs was, once complete. */
typedef struct
{
  char  *sync_timestamp;  /* the next "since" */
  guint  n_jobs;
  guint  n_bad;           /* rows that could not be read: then absence proves nothing */
} RfiRemotePull;

void           rfi_remote_pull_free       (RfiRemotePull        *self);

/* @since: (nullable): %NULL for everything this account sees
 * @func: is handed each job as it arrives, before the call ends and even if it then fails;
 *   what it got counts only once the call ended well. @func_data must live until then. */
void           rfi_remote_pull_async      (RfiRemote            *self,
                                           const char           *since,
                                           RfiJobStreamFunc      func,
                                           gpointer              func_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* Returns: (transfer full) */
RfiRemotePull *rfi_remote_pull_finish     (RfiRemote            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* How many jobs this account sees. */
void           rfi_remote_count_async     (RfiRemote            *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* Returns: -1 on error */
gint64         rfi_remote_count_finish    (RfiRemote            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* Each of the following is ended by rfi_remote_job_finish(), which gives the job as the server
 * has it now: with names only for rfi_remote_get_job_async(). @operation_id goes along as
 * Idempotency-Key; (nullable). */
void           rfi_remote_get_job_async   (RfiRemote            *self,
                                           const char           *job_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           rfi_remote_create_async    (RfiRemote            *self,
                                           const RfiPatch       *fields,
                                           const char           *vendor_id,
                                           const char           *operation_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* @job: as last seen: a location is sent complete */
void           rfi_remote_edit_async      (RfiRemote            *self,
                                           RfiJob               *job,
                                           const RfiPatch       *changes,
                                           const char           *etag,
                                           const char           *operation_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void           rfi_remote_set_status_async (RfiRemote            *self,
                                            const char           *job_id,
                                            RfiStatus             status,
                                            const char           *etag,
                                            const char           *operation_id,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
/* @technician_id: (nullable): %NULL takes the technician off
 * @etag: (nullable) */
void           rfi_remote_assign_async    (RfiRemote            *self,
                                           const char           *job_id,
                                           const char           *technician_id,
                                           const char           *etag,
                                           const char           *operation_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* Returns: (transfer full) */
RfiJob        *rfi_remote_job_finish      (RfiRemote            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

void           rfi_remote_delete_async    (RfiRemote            *self,
                                           const char           *job_id,
                                           const char           *operation_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean       rfi_remote_delete_finish   (RfiRemote            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiRemotePull, rfi_remote_pull_free)

G_END_DECLS
