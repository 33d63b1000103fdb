/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-remote-jobs"

#include "config.h"

#include "rfi-remote-jobs.h"

#include "rfi-json.h"
#include "rfi-remote-private.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"
#include "rfi-wire-request.h"

/* A first download is long, but something must keep coming. */
#define PULL_TIMEOUT 30000

/* Downloads */

void
rfi_remote_pull_free (RfiRemotePull *self)
{
  if (self == NULL)
    return;

  g_free (self->sync_timestamp);
  g_free (self);
}

static gboolean
feed_stream (const char  *data,
             gsize        length,
             gpointer     user_data,
             GError     **error)
{
  return rfi_job_stream_feed (user_data, data, length, error);
}

static gpointer
read_pull (RfiResponse  *response,
           gpointer      data,
           GError      **error)
{
  RfiJobStream *stream = data;
  RfiRemotePull *pull;

  if (!rfi_job_stream_finish (stream, error))
    return NULL;
  if (rfi_job_stream_get_sync_timestamp (stream) == NULL)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "A download without a syncTimestamp");
      return NULL;
    }

  pull = g_new0 (RfiRemotePull, 1);
  pull->sync_timestamp = g_strdup (rfi_job_stream_get_sync_timestamp (stream));
  pull->n_jobs = rfi_job_stream_get_n_jobs (stream);
  pull->n_bad = rfi_job_stream_get_n_bad (stream);
  return pull;
}

void
rfi_remote_pull_async (RfiRemote           *self,
                       const char          *since,
                       RfiJobStreamFunc     func,
                       gpointer             func_data,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "POST", "/jobs/sync");
  RfiJobStream *stream = rfi_job_stream_new (func, func_data);
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_pull_async);
  g_task_set_task_data (task, stream, (GDestroyNotify) rfi_job_stream_free);
  rfi_wire_append_sync (body, since);
  rfi_request_set_json (request, body);
  request->idempotent = TRUE;
  request->timeout = PULL_TIMEOUT;
  request->chunk_func = feed_stream;
  request->user_data = stream;
  rfi_remote_call (self, task, request, read_pull, (GDestroyNotify) rfi_remote_pull_free);
}

RfiRemotePull *
rfi_remote_pull_finish (RfiRemote     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_count (RfiResponse  *response,
            gpointer      data,
            GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);
  RfiJson root;
  RfiJson value;
  gint64 total;

  if (!rfi_json_parse (text, (gssize) length, &root, error))
    return NULL;
  if (!rfi_json_get_member (&root, "pagination", &value) ||
      !rfi_json_get_member (&value, "total", &value) || !rfi_json_get_int (&value, &total) ||
      total < 0)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "A list of jobs without its total");
      return NULL;
    }

  return g_memdup2 (&total, sizeof total);
}

void
rfi_remote_count_async (RfiRemote           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "GET", "/jobs?limit=1");

  g_task_set_source_tag (task, rfi_remote_count_async);
  request->idempotent = TRUE;
  rfi_remote_call (self, task, request, read_count, g_free);
}

gint64
rfi_remote_count_finish (RfiRemote     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autofree gint64 *total = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  total = g_task_propagate_pointer (G_TASK (result), error);
  return total != NULL ? *total : -1;
}

/* One job */

static gpointer
read_job (RfiResponse  *response,
          gpointer      data,
          GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  return rfi_wire_job_parse (text, (gssize) length, error);
}

/* @task, @request: (transfer full)
 * @body: (transfer full) (nullable) */
static void
call_for_job (RfiRemote  *self,
              GTask      *task,
              RfiRequest *request,
              GString    *body)
{
  if (body != NULL)
    rfi_request_set_json (request, body);
  rfi_remote_call (self, task, request, read_job, (GDestroyNotify) rfi_job_unref);
}

/* Ids come from servers and go into paths. @suffix: "" or "/…" */
static RfiRequest *
new_job_request (RfiRemote  *self,
                 const char *method,
                 const char *job_id,
                 const char *suffix,
                 const char *operation_id)
{
  g_autofree char *escaped = g_uri_escape_string (job_id, NULL, FALSE);
  RfiRequest *request = rfi_remote_request_new (self, method, "/jobs/%s%s", escaped, suffix);

  rfi_remote_request_set_key (request, operation_id);
  return request;
}

void
rfi_remote_get_job_async (RfiRemote           *self,
                          const char          *job_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = new_job_request (self, "GET", job_id, "", NULL);

  g_task_set_source_tag (task, rfi_remote_get_job_async);
  request->idempotent = TRUE;
  call_for_job (self, task, request, NULL);
}

void
rfi_remote_create_async (RfiRemote           *self,
                         const RfiPatch      *fields,
                         const char          *vendor_id,
                         const char          *operation_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "POST", "/jobs");
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_create_async);
  rfi_remote_request_set_key (request, operation_id);
  rfi_wire_append_create (body, fields, vendor_id, operation_id);
  call_for_job (self, task, request, body);
}

void
rfi_remote_edit_async (RfiRemote           *self,
                       RfiJob              *job,
                       const RfiPatch      *changes,
                       const char          *etag,
                       const char          *operation_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_edit_async);
  rfi_wire_append_edit (body, changes, job, etag);
  call_for_job (self, task, new_job_request (self, "PATCH", job->id, "", operation_id), body);
}

void
rfi_remote_set_status_async (RfiRemote           *self,
                             const char          *job_id,
                             RfiStatus            status,
                             const char          *etag,
                             const char          *operation_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_set_status_async);
  rfi_wire_append_status (body, status, etag);
  call_for_job (self, task, new_job_request (self, "PATCH", job_id, "/status", operation_id),
                body);
}

void
rfi_remote_assign_async (RfiRemote           *self,
                         const char          *job_id,
                         const char          *technician_id,
                         const char          *etag,
                         const char          *operation_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_assign_async);
  rfi_wire_append_assign (body, technician_id, etag);
  call_for_job (self, task, new_job_request (self, "POST", job_id, "/assign", operation_id), body);
}

RfiJob *
rfi_remote_job_finish (RfiRemote     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Deleting */

void
rfi_remote_delete_async (RfiRemote           *self,
                         const char          *job_id,
                         const char          *operation_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rfi_remote_delete_async);
  rfi_remote_call (self, task, new_job_request (self, "DELETE", job_id, "", operation_id),
                   rfi_remote_read_anything, NULL);
}

gboolean
rfi_remote_delete_finish (RfiRemote     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
