/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-job.h"
#include "rfi-seal.h"
#include "rfi-store-change.h"

G_BEGIN_DECLS

#define RFI_TYPE_STORE (rfi_store_get_type ())

G_DECLARE_FINAL_TYPE (RfiStore, rfi_store, RFI, STORE, GObject)

/* Named by what a person can do. */
typedef enum {
  RFI_STORE_ERROR_FULL,        /* no space left on the disk */
  RFI_STORE_ERROR_QUEUE_FULL,  /* too much waits to be sent */
  RFI_STORE_ERROR_IN_USE,      /* another process has this profile */
  RFI_STORE_ERROR_NEWER,       /* a newer program wrote it */
  RFI_STORE_ERROR_DAMAGED,
  RFI_STORE_ERROR_DENIED,
  RFI_STORE_ERROR_KEY,         /* sealed with a key that is not at hand */
  RFI_STORE_ERROR_GONE,        /* no such operation, conflict or job any more */
  RFI_STORE_ERROR_FAILED,
} RfiStoreError;

#define RFI_STORE_ERROR (rfi_store_error_quark ())

GQuark    rfi_store_error_quark (void);

/**
 * RfiStore:
 *
 * The console's cache and outbox of one account: one SQLite file. May be called from any thread;
 * every function is one transaction on the store's own thread and answers in the caller's main
 * context. A person's change and its place in the outbox are one transaction, so are pulled rows
 * and the cursor they advance. What is shown of a job is always its server row with the pending
 * operations replayed on it. What a person could read of it is sealed on disk; a row whose seal
 * is broken is as good as not there, and listed anew by the next pull.
 */

/* Told in the context given to rfi_store_open(), after each commit that changed something. */
typedef void (*RfiStoreChanged) (RfiStore       *self,
                                 RfiStoreChange *change,
                                 gpointer        user_data);

/* Blocks: opens, migrates, locks the profile; seals everything anew if @seal has a newer key. A
 * damaged file is set aside under another name and a new one made; what could be saved of the
 * outbox is in it, see rfi_store_get_recovered(). One that was sealed with other keys is set aside
 * too, see rfi_store_get_lost().
 * @changed: (nullable) @context: (nullable): for @changed, default if %NULL
 * @inline_work: for simulation: everything in the caller's thread, at once */
RfiStore *rfi_store_open        (const char       *path,
                                 RfiSeal          *seal,
                                 RfiStoreChanged   changed,
                                 gpointer          user_data,
                                 GMainContext     *context,
                                 gboolean          inline_work,
                                 GError          **error);
/* Waits for what is under way. Later calls fail as cancelled. */
void      rfi_store_close       (RfiStore         *self);

/* How many pending operations were saved from a damaged file; -1 = the file was sound. */
int       rfi_store_get_recovered (RfiStore       *self);
/* How many pending operations went with a key that is lost; -1 = the key fits. */
int       rfi_store_get_lost      (RfiStore       *self);

/* With which the files beside the cache are sealed too. From any thread.
 * Returns: (transfer none) */
RfiSeal  *rfi_store_get_seal      (RfiStore       *self);

/* Ends every function below that answers nothing but success. */
gboolean  rfi_store_finish      (RfiStore         *self,
                                 GAsyncResult     *result,
                                 GError          **error);

/* All jobs as they are shown, photos not loaded; or first, of each status, the @n_each most urgent
 * or finished last, and what is pending. finish: (transfer full) (element-type RfiJobState) */
void      rfi_store_load_jobs_async  (RfiStore *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
void      rfi_store_load_first_async (RfiStore *self, guint n_each, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_load_jobs_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* The server's row of a job, with photos. finish: (transfer full) (nullable): %NULL without error
 * if there is none */
void      rfi_store_get_base_async   (RfiStore *self, const char *job_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
RfiJob   *rfi_store_get_base_finish  (RfiStore *self, GAsyncResult *result, GError **error);

/* Small values that belong to the cache: cursor, last sync. finish: (transfer full) (nullable) */
void      rfi_store_get_meta_async   (RfiStore *self, const char *key, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
char     *rfi_store_get_meta_finish  (RfiStore *self, GAsyncResult *result, GError **error);
void      rfi_store_set_meta_async   (RfiStore *self, const char *key, const char *value,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);

/* Newest first. @job_id: (nullable): all; @before_id: 0 = from the newest.
 * finish: (transfer full) (element-type RfiAuditEntry) */
void      rfi_store_list_audit_async (RfiStore *self, const char *job_id, guint limit,
                                      gint64 before_id, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_list_audit_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* finish: how many jobs are cached, and the file's size in bytes */
void      rfi_store_get_stats_async  (RfiStore *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean  rfi_store_get_stats_finish (RfiStore *self, GAsyncResult *result, guint *n_jobs,
                                      gint64 *n_bytes, GError **error);

/* Forgets the server's rows and the cursor; keeps outbox, conflicts and history. */
void      rfi_store_clear_cache_async (RfiStore *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
