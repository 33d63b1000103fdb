/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store-private.h"
#include "rfi-store-rows.h"

G_BEGIN_DECLS

/* Parts of a transaction that more than one of the store's functions takes. */

/* Makes the server's @row the base, with the history of what somebody else changed in it. A row
 * without photos keeps those we have.
 * @old: (nullable): what we had
 * @by: (nullable): user id
 * @news: whether a job that we did not know is worth a line of history */
gboolean      rfi_store_take_row     (RfiDb *db, RfiJob *row, RfiJob *old, const char *by,
                                      gboolean news, gint64 listing, RfiStoreChange *change,
                                      GHashTable *touched, GError **error);
/* The same for one that most likely is not here, of which nothing is told. @any: whether anything
 * waits in the outbox. @taken: (out): %FALSE if it is here: then nothing was done */
gboolean      rfi_store_take_new_row (RfiDb *db, RfiJob *row, gint64 listing, gboolean any,
                                      gboolean *taken, RfiStoreChange *change,
                                      GHashTable *touched, GError **error);
/* The same for what the server answered a write or a question about it: it is always right. */
gboolean      rfi_store_take_answer  (RfiDb *db, RfiJob *row, RfiStoreChange *change,
                                      GHashTable *touched, GError **error);
/* The job is gone from the server; what is pending on it becomes a conflict. */
gboolean      rfi_store_drop_job     (RfiDb *db, const char *job_id, const char *by, gint64 now,
                                      RfiStoreCall *call, RfiStoreChange *change,
                                      GHashTable *touched, GError **error);
/* What the server accepted with changes up to @change_seq is in its rows by now.
 * @job_id: (nullable): only of this job */
gboolean      rfi_store_retire_reached (RfiDb *db, const char *job_id, gint64 change_seq,
                                        RfiStoreChange *change, GHashTable *touched,
                                        GError **error);
/* The server's history is this one from now on. Of another than before nothing is deleted, but
 * what it had answered is asked again, and that it went back is kept for a person to see.
 * @now: ms since 1970. @changed: (out) */
gboolean      rfi_store_adopt_epoch  (RfiDb *db, const char *server_epoch, gint64 now,
                                      gboolean *changed, GError **error);
/* The server gave a created job another id than it had here: it is the same job everywhere. */
gboolean      rfi_store_rename_job   (RfiDb *db, const char *from, const char *to,
                                      RfiStoreChange *change, GHashTable *touched,
                                      GError **error);

/* Marks the operation and keeps the conflict. @old: (nullable): the job as it was */
gboolean      rfi_store_add_conflict (RfiDb *db, RfiConflict *conflict, RfiJob *old,
                                      RfiStoreChange *change, GHashTable *touched,
                                      GError **error);
/* The history of a decision, field by field: what lost, what won. @result: (nullable): what was set
 * over theirs */
gboolean      rfi_store_audit_resolution (RfiDb *db, RfiConflict *conflict, const char *user_id,
                                          RfiPatch *result, gint64 now, GError **error);

/* A person's change is lost; the history keeps what it would have set. */
/* Nobody goes on with the operation: a conflict that the server keeps of it, or that it was to
 * decide, is settled there, its version stands. */
gboolean      rfi_store_concede_open (RfiDb *db, RfiStoreCall *call, RfiOperation *operation,
                                      gint64 now, GError **error);
gboolean      rfi_store_give_up      (RfiDb *db, RfiOperation *operation, gint64 now,
                                      RfiStoreCall *call, RfiStoreChange *change,
                                      GHashTable *touched, GError **error);
/* Deletes the copy of a photo once the transaction is committed. */
void          rfi_store_drop_file    (RfiStoreCall *call, RfiOperation *operation);

/* A line of history about @operation; its strings are borrowed. */
RfiAuditEntry rfi_store_audit_of     (RfiOperation *operation, RfiAuditAction action, gint64 at);
/* What an operation writes when it is typed. */
gboolean      rfi_store_audit_operation (RfiDb *db, RfiOperation *operation, GError **error);

G_END_DECLS
