/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-patch.h"
#include "rfi-photo.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What a person does to jobs. Each answers when it is durable here. Errors are
 * RFI_SESSION_ERROR: REFUSED with the rules' verdict, INVALID with the field,
 * FULL (disk), QUEUE_FULL, GONE (the job is no longer here), FAILED.
 */
typedef enum {
  RFI_SESSION_ERROR_REFUSED,
  RFI_SESSION_ERROR_INVALID,
  RFI_SESSION_ERROR_FULL,
  RFI_SESSION_ERROR_QUEUE_FULL,
  RFI_SESSION_ERROR_GONE,
  RFI_SESSION_ERROR_FILE,  /* a photo is unreadable, too large, or neither JPEG nor PNG */
  RFI_SESSION_ERROR_SPARED, /* a photo is not here, and downloads are to be asked for */
  RFI_SESSION_ERROR_ALTERED, /* the server's history was changed after it was written */
  RFI_SESSION_ERROR_MOVED,   /* something else stands there than what the person saw */
  RFI_SESSION_ERROR_UNKNOWN, /* the server does not know what it was asked */
  RFI_SESSION_ERROR_FAILED,
} RfiSessionError;

#define RFI_SESSION_ERROR (rfi_session_error_quark ())

GQuark      rfi_session_error_quark       (void);

/* Of a REFUSED error. */
RfiVerdict  rfi_session_error_get_verdict (const GError *error);

/* Of an INVALID error: what is wrong with which field. */
RfiFieldProblem rfi_session_error_get_problem (const GError *error, RfiField *field);

/* @fields: title … zip code; assigned-to optionally (then it is assigned after it is
 * created). finish: the id the job has for now. Returns: (transfer full) */
void        rfi_session_create_job_async  (RfiSession *self, RfiPatch *fields,
                                           const char *vendor_id, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
char       *rfi_session_create_job_finish (RfiSession *self, GAsyncResult *result, GError **error);

/* All of these end with rfi_session_command_finish(). @technician_id: "" takes them off. */
void        rfi_session_edit_async        (RfiSession *self, const char *job_id, RfiPatch *fields,
                                           GAsyncReadyCallback callback, gpointer user_data);
void        rfi_session_set_status_async  (RfiSession *self, const char *job_id, RfiStatus status,
                                           GAsyncReadyCallback callback, gpointer user_data);
void        rfi_session_assign_async      (RfiSession *self, const char *job_id,
                                           const char *technician_id,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* To another vendor, where nobody has it yet. Whether that may be asks the rules, and whether the
 * server knows of it. */
RfiVerdict  rfi_session_check_move        (RfiSession *self, const char *job_id);
void        rfi_session_move_async        (RfiSession *self, const char *job_id,
                                           const char *vendor_id,
                                           GAsyncReadyCallback callback, gpointer user_data);
void        rfi_session_delete_async      (RfiSession *self, const char *job_id,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* Copies the file into the profile, checks it by content (JPEG or PNG, under 10 MB), queues it. */
void        rfi_session_add_photo_async   (RfiSession *self, const char *job_id, GBytes *content,
                                           const char *file_name,
                                           GAsyncReadyCallback callback, gpointer user_data);
void        rfi_session_delete_photo_async (RfiSession *self, const char *job_id,
                                            const char *photo_id,
                                            GAsyncReadyCallback callback, gpointer user_data);
/* @result: (nullable): the values to set over the server's; %NULL = use the server's version */
void        rfi_session_resolve_async     (RfiSession *self, const char *conflict_id,
                                           RfiPatch *result,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean    rfi_session_command_finish    (RfiSession *self, GAsyncResult *result, GError **error);

/* Returns: (transfer full) (element-type RfiPhoto), waiting ones last */
void        rfi_session_list_photos_async (RfiSession *self, const char *job_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *rfi_session_list_photos_finish (RfiSession *self, GAsyncResult *result, GError **error);

/* The photo's bytes, from the cache or the server (an expired URL is renewed unseen). download:
 * a person asked for it, so photos are not spared. */
void        rfi_session_download_photo_async (RfiSession *self, const char *job_id,
                                              const char *photo_id, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
void        rfi_session_load_photo_async  (RfiSession *self, const char *job_id,
                                           const char *photo_id, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GBytes     *rfi_session_load_photo_finish (RfiSession *self, GAsyncResult *result, GError **error);

/* Newest first. @job_id: (nullable): all jobs.
 * Returns: (transfer full) (element-type RfiAuditEntry) */
void        rfi_session_list_audit_async  (RfiSession *self, const char *job_id, guint limit,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *rfi_session_list_audit_finish (RfiSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
