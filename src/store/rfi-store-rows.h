/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-conflict.h"
#include "rfi-db.h"
#include "rfi-meta-rows.h"
#include "rfi-outbox-rows.h"
#include "rfi-row-seal.h"
#include "rfi-store-change.h"

G_BEGIN_DECLS

/* The tables. Lists are (transfer full), %NULL on error; what is got is (transfer full) and %NULL,
 * without an error unless said, if it is not there. All runs in the store's thread. */

/* One statement with up to three texts, answering nothing. */
gboolean      rfi_rows_run           (RfiDb *db, const char *sql, const char *a, const char *b,
                                      const char *c, GError **error);

/* job, without its photos */
RfiJob       *rfi_job_rows_get       (RfiDb *db, const char *job_id, GError **error);
gboolean      rfi_job_rows_put       (RfiDb *db, RfiJob *job, gint64 listing, GError **error);
/* Only if there is none of its id. @added: (out) */
gboolean      rfi_job_rows_add       (RfiDb *db, RfiJob *job, gint64 listing, gboolean *added,
                                      GError **error);
/* Whether the oldest row, if any, is of this listing: then most likely all are. @listed: (out) */
gboolean      rfi_job_rows_is_first_listed (RfiDb *db, gint64 listing, gboolean *listed,
                                            GError **error);
/* And its photos. */
gboolean      rfi_job_rows_remove    (RfiDb *db, const char *job_id, GError **error);
gboolean      rfi_job_rows_set_listing (RfiDb *db, const char *job_id, gint64 listing,
                                        GError **error);
/* @func is given (transfer full) jobs */
typedef void (*RfiJobRowsFunc)       (RfiJob *job, gpointer user_data);
gboolean      rfi_job_rows_foreach   (RfiDb *db, RfiJobRowsFunc func, gpointer user_data,
                                      GError **error);
/* Up to @n_each of each status: those to be done first, or finished last. */
gboolean      rfi_job_rows_foreach_first (RfiDb *db, guint n_each, RfiJobRowsFunc func,
                                          gpointer user_data, GError **error);
/* (element-type utf8) */
GPtrArray    *rfi_job_rows_list_unlisted (RfiDb *db, gint64 listing, GError **error);
gboolean      rfi_job_rows_clear     (RfiDb *db, GError **error);
gboolean      rfi_job_rows_count     (RfiDb *db, gint64 *n_jobs, GError **error);
/* How many there are, and the sum of their versions: see rfi-scope-sum.h. */
gboolean      rfi_job_rows_add_up    (RfiDb *db, gint64 *n_jobs, guint64 *sum, GError **error);
/* Whatever comes next is taken. */
gboolean      rfi_job_rows_forget_versions (RfiDb *db, GError **error);

/* photo */
gboolean      rfi_photo_rows_put     (RfiDb *db, const char *job_id, GPtrArray *photos,
                                      GError **error);
GPtrArray    *rfi_photo_rows_list    (RfiDb *db, const char *job_id, GError **error);
gboolean      rfi_photo_rows_clear   (RfiDb *db, GError **error);

/* conflict */
gboolean      rfi_conflict_rows_put  (RfiDb *db, RfiConflict *conflict, GError **error);
/* @conflict_id: (nullable): all */
GPtrArray    *rfi_conflict_rows_list (RfiDb *db, const char *conflict_id, GError **error);
/* Those of a job that is gone from the server. */
GPtrArray    *rfi_conflict_rows_list_deleted (RfiDb *db, const char *job_id, GError **error);
/* The server's record of it, if it keeps one. @server_id: (out) (transfer full) (nullable) */
gboolean      rfi_conflict_rows_get_record (RfiDb *db, const char *conflict_id, char **server_id,
                                            gint64 *theirs_version, GError **error);
gboolean      rfi_conflict_rows_set_record (RfiDb *db, const char *conflict_id,
                                            const char *server_id, gint64 theirs_version,
                                            GError **error);
/* The conflict that the operation is in. @conflict_id: (out) (transfer full) (nullable) */
gboolean      rfi_conflict_rows_find (RfiDb *db, const char *operation_id, char **conflict_id,
                                      GError **error);
gboolean      rfi_conflict_rows_remove (RfiDb *db, const char *conflict_id, GError **error);
gboolean      rfi_conflict_rows_rename_job (RfiDb *db, const char *from, const char *to,
                                            GError **error);
gboolean      rfi_conflict_rows_count (RfiDb *db, RfiStoreChange *change, GError **error);

/* audit; @operation_id: (nullable): while it is pending */
gboolean      rfi_audit_rows_add     (RfiDb *db, const RfiAuditEntry *entry,
                                      const char *operation_id, GError **error);
/* A line per field that @after sets otherwise than @before. */
gboolean      rfi_audit_rows_add_patch (RfiDb *db, const RfiAuditEntry *entry,
                                        const RfiPatch *before, const RfiPatch *after,
                                        const char *operation_id, GError **error);
/* A line per field of @values, which are lost. */
gboolean      rfi_audit_rows_add_values (RfiDb *db, const RfiAuditEntry *entry,
                                         const RfiPatch *values, GError **error);
/* An operation ended: its lines stand, or never happened. */
gboolean      rfi_audit_rows_settle  (RfiDb *db, const char *operation_id, gboolean confirmed,
                                      GError **error);
gboolean      rfi_audit_rows_rename_job (RfiDb *db, const char *from, const char *to,
                                         GError **error);
/* person */
char         *rfi_people_rows_get_name (RfiDb *db, const char *user_id);

G_END_DECLS
