/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* What the account keeps on this computer. */
typedef struct
{
  guint  n_jobs;       /* cached */
  gint64 n_bytes;      /* of the cache's file */
  guint  n_photos;     /* downloaded */
  gint64 photo_bytes;  /* of them */
} RfiCacheStats;

/* finish: fills @stats in, or RFI_SESSION_ERROR */
void      rfi_session_get_stats_async    (RfiSession          *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean  rfi_session_get_stats_finish   (RfiSession          *self,
                                          GAsyncResult        *result,
                                          RfiCacheStats       *stats,
                                          GError             **error);

/* Forgets downloaded jobs and photos and downloads the jobs again; keeps what waits to be sent,
 * conflicts and history. */
void      rfi_session_clear_cache_async  (RfiSession          *self,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean  rfi_session_clear_cache_finish (RfiSession          *self,
                                          GAsyncResult        *result,
                                          GError             **error);

/* Gives back the room of what was deleted; keeps everything. What is done meanwhile waits for it.
 * finish: @before, @after: (out): the file's size in bytes */
void      rfi_session_compact_async      (RfiSession          *self,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean  rfi_session_compact_finish     (RfiSession          *self,
                                          GAsyncResult        *result,
                                          gint64              *before,
                                          gint64              *after,
                                          GError             **error);

/* History of all jobs, newest first, a part at a time; the table of jobs is as new as it.
 * @before_id: of the last entry of the part before; 0 = from the newest.
 * finish: (transfer full) (element-type RfiAuditEntry) */
void       rfi_session_list_history_async  (RfiSession          *self,
                                            guint                limit,
                                            gint64               before_id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GPtrArray *rfi_session_list_history_finish (RfiSession          *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
