/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-conflict.h"
#include "rfi-db-worker.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* What the files of this folder share. Everything here but the two task makers runs in the
 * store's thread, inside a transaction. */

/* Arguments of one call, kept with its task. */
typedef struct
{
  char         *id;         /* (owned) (nullable) each */
  char         *text;
  char         *text2;
  char         *text3;
  gpointer      record;     /* (owned) (nullable) */
  GDestroyNotify record_free;
  RfiJob       *row;        /* (owned) (nullable) */
  GPtrArray    *rows;       /* (owned) (nullable) */
  gint64        number;
  gint64        number2;
  gboolean      flag;
} RfiStoreCall;

/* A task with an empty call; push it to have @work done with it. */
GTask        *rfi_store_call_new     (RfiStore            *self,
                                      gpointer             source_tag,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data,
                                      RfiStoreCall       **call);
/* @task: (transfer full) */
void          rfi_store_call_push    (RfiStore            *self,
                                      GTask               *task,
                                      RfiDbWork            work);

/* One transaction that changes something. step: what to do; whether it may be committed. */
typedef gboolean (*RfiStoreStep) (RfiDb           *db,
                                  RfiStoreCall    *call,
                                  RfiStoreChange  *change,
                                  GHashTable      *touched,  /* set of job ids to be told about */
                                  GError         **error);
/* Runs @step in a transaction, tells watchers, returns @task with success or the error. */
void          rfi_store_transact     (GTask           *task,
                                      RfiDb           *db,
                                      RfiStoreStep     step);

/* job */
RfiJob       *rfi_job_rows_get       (RfiDb *db, const char *job_id, GError **error);
gboolean      rfi_job_rows_put       (RfiDb *db, RfiJob *job, gint64 listing, GError **error);
gboolean      rfi_job_rows_remove    (RfiDb *db, const char *job_id, GError **error);
gboolean      rfi_job_rows_set_listing (RfiDb *db, const char *job_id, gint64 listing,
                                        GError **error);
/* @func is given (transfer full) jobs */
typedef void (*RfiJobRowsFunc)       (RfiJob *job, gpointer user_data);
gboolean      rfi_job_rows_foreach   (RfiDb *db, RfiJobRowsFunc func, gpointer user_data,
                                      GError **error);
/* (element-type utf8) */
GPtrArray    *rfi_job_rows_list_unlisted (RfiDb *db, gint64 listing, GError **error);
gboolean      rfi_job_rows_clear     (RfiDb *db, GError **error);
guint         rfi_job_rows_count     (RfiDb *db);

/* What the server said for sure becomes the base, whatever was there. Keeps the photos when @row
 * does not carry any. */
gboolean      rfi_store_take_row     (RfiDb *db, RfiJob *row, GError **error);

/* photo */
gboolean      rfi_photo_rows_put     (RfiDb *db, const char *job_id, GPtrArray *photos,
                                      GError **error);
GPtrArray    *rfi_photo_rows_list    (RfiDb *db, const char *job_id, GError **error);

/* outbox; @job_id: (nullable): all */
GPtrArray    *rfi_outbox_rows_list   (RfiDb *db, const char *job_id, GError **error);
/* %NULL with RFI_STORE_ERROR_GONE if it is not there */
RfiOperation *rfi_outbox_rows_get    (RfiDb *db, const char *operation_id, GError **error);
gboolean      rfi_outbox_rows_put    (RfiDb *db, RfiOperation *operation, gint64 *seq,
                                      GError **error);
gboolean      rfi_outbox_rows_remove (RfiDb *db, const char *operation_id, GError **error);
gboolean      rfi_outbox_rows_rename_job (RfiDb *db, const char *from, const char *to,
                                          GError **error);
void          rfi_outbox_rows_count  (RfiDb *db, RfiStoreChange *change);

/* conflict */
gboolean      rfi_conflict_rows_put  (RfiDb *db, RfiConflict *conflict, GError **error);
GPtrArray    *rfi_conflict_rows_list (RfiDb *db, const char *conflict_id, GError **error);
guint         rfi_conflict_rows_count (RfiDb *db, const char *job_id);

/* Marks the operation and keeps the conflict. */
gboolean      rfi_store_add_conflict (RfiDb *db, RfiConflict *conflict, RfiStoreChange *change,
                                      GHashTable *touched, GError **error);

/* audit */
gboolean      rfi_audit_rows_add     (RfiDb *db, const RfiAuditEntry *entry,
                                      const char *operation_id, GError **error);
/* A line per field that @after sets otherwise than @before. */
gboolean      rfi_audit_rows_add_patch (RfiDb *db, const RfiAuditEntry *entry,
                                        const RfiPatch *before, const RfiPatch *after,
                                        const char *operation_id, GError **error);
gboolean      rfi_audit_rows_settle  (RfiDb *db, const char *operation_id, gboolean confirmed,
                                      GError **error);
gboolean      rfi_audit_rows_rename_job (RfiDb *db, const char *from, const char *to,
                                         GError **error);

/* meta */
char         *rfi_meta_rows_get      (RfiDb *db, const char *key, GError **error);
/* @value: (nullable): %NULL forgets it */
gboolean      rfi_meta_rows_set      (RfiDb *db, const char *key, const char *value,
                                      GError **error);

/* One statement with up to three texts, answering nothing. */
gboolean      rfi_rows_run           (RfiDb *db, const char *sql, const char *a, const char *b,
                                      const char *c, GError **error);

G_END_DECLS
