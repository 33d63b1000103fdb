/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-remote-photos"

#include "config.h"

#include "rfi-remote-photos.h"

#include "rfi-remote-private.h"
#include "rfi-wire-photo.h"

#include <string.h>

#define UPLOAD_TIMEOUT 30000

/* Upload */

typedef struct
{
  char                   *job_id;
  char                   *file_name;
  char                   *mime_type;
  char                   *operation_id;  /* (nullable) */
  RfiRequestProgressFunc  progress_func;
  gpointer                progress_data;
} Upload;

static void
upload_free (Upload *upload)
{
  g_free (upload->job_id);
  g_free (upload->file_name);
  g_free (upload->mime_type);
  g_free (upload->operation_id);
  g_free (upload);
}

/* The contract's server reads plain names as Latin-1, and gets others right only in RFC 5987's
 * form; one that knows just the plain form gets a name without surprises.
 */
static void
append_disposition (GString    *out,
                    const char *file_name)
{
  g_autofree char *ascii = g_str_to_ascii (file_name, "C");

  for (char *c = ascii; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == '"' || *c == '\\' || *c == '/' || *c == 0x7f)
      *c = '_';

  g_string_append_printf (out, "Content-Disposition: form-data; name=\"photo\"; filename=\"%s\"",
                          *ascii != '\0' ? ascii : "photo");
  if (strcmp (ascii, file_name) != 0)
    {
      g_string_append (out, "; filename*=UTF-8''");
      g_string_append_uri_escaped (out, file_name, NULL, FALSE);
    }
  g_string_append (out, "\r\n");
}

/* Returns: (transfer full): the whole body, of one part */
static GBytes *
build_body (const Upload *upload,
            const char   *boundary,
            GBytes       *content)
{
  gsize length;
  const char *bytes = g_bytes_get_data (content, &length);
  GString *body = g_string_sized_new (length + 1024);

  g_string_append_printf (body, "--%s\r\n", boundary);
  append_disposition (body, upload->file_name);
  g_string_append_printf (body, "Content-Type: %s\r\n\r\n", upload->mime_type);
  g_string_append_len (body, bytes, (gssize) length);
  g_string_append_printf (body, "\r\n--%s--\r\n", boundary);
  return g_string_free_to_bytes (body);
}

static gpointer
read_photo (RfiResponse  *response,
            gpointer      data,
            GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  return rfi_wire_photo_parse (text, (gssize) length, error);
}

/* Returns: (transfer full) */
static RfiRequest *
make_upload (RfiRemote    *self,
             const Upload *upload,
             GBytes       *content)
{
  RfiRequest *request =
    rfi_remote_request_new (self, "POST", "/jobs/%s/attachments", upload->job_id);
  /* What is sent again is the same, byte for byte. */
  g_autofree char *boundary = upload->operation_id != NULL
                                ? g_strconcat ("photo-", upload->operation_id, NULL)
                                : g_uuid_string_random ();

  rfi_remote_request_set_key (request, upload->operation_id);
  request->body = build_body (upload, boundary, content);
  request->content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  request->timeout = UPLOAD_TIMEOUT;
  request->bulk = TRUE;
  request->progress_func = upload->progress_func;
  request->user_data = upload->progress_data;
  return request;
}

void
rfi_remote_upload_photo_async (RfiRemote              *self,
                               const char             *job_id,
                               GBytes                 *content,
                               const char             *file_name,
                               const char             *mime_type,
                               const char             *operation_id,
                               RfiRequestProgressFunc  progress_func,
                               gpointer                progress_data,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);

  g_task_set_source_tag (task, rfi_remote_upload_photo_async);
  upload->job_id = g_uri_escape_string (job_id, NULL, FALSE);
  upload->file_name = g_strdup (file_name);
  upload->mime_type = g_strdup (mime_type);
  upload->operation_id = g_strdup (operation_id);
  upload->progress_func = progress_func;
  upload->progress_data = progress_data;
  g_task_set_task_data (task, upload, (GDestroyNotify) upload_free);
  if (g_bytes_get_size (content) >= RFI_PHOTO_SIZE_LIMIT)
    g_task_return_error (task, rfi_remote_error_new (RFI_REMOTE_ERROR_TOO_LARGE,
                                                     "The photo has %" G_GSIZE_FORMAT " bytes",
                                                     g_bytes_get_size (content)));
  else
    rfi_remote_call (self, g_steal_pointer (&task), make_upload (self, upload, content),
                     read_photo, (GDestroyNotify) rfi_photo_unref);
}

RfiPhoto *
rfi_remote_upload_photo_finish (RfiRemote     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Deleting */

void
rfi_remote_delete_photo_async (RfiRemote           *self,
                               const char          *job_id,
                               const char          *photo_id,
                               const char          *operation_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *job = g_uri_escape_string (job_id, NULL, FALSE);
  g_autofree char *photo = g_uri_escape_string (photo_id, NULL, FALSE);
  RfiRequest *request =
    rfi_remote_request_new (self, "DELETE", "/jobs/%s/attachments/%s", job, photo);

  g_task_set_source_tag (task, rfi_remote_delete_photo_async);
  rfi_remote_request_set_key (request, operation_id);
  rfi_remote_call (self, task, request, rfi_remote_read_anything, NULL);
}

gboolean
rfi_remote_delete_photo_finish (RfiRemote     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/* Download */

static gboolean
is_picture (const char *data,
            gsize       length)
{
  return (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0) ||
         (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0);
}

static gpointer
read_picture (RfiResponse  *response,
              gpointer      data,
              GError      **error)
{
  gsize length;
  const char *content = g_bytes_get_data (response->body, &length);

  if (is_picture (content, length))
    return g_bytes_ref (response->body);

  g_propagate_error (error, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL,
                                                  "The answer is no JPEG or PNG picture"));
  return NULL;
}

void
rfi_remote_fetch_photo_async (RfiRemote           *self,
                              const char          *url,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_request_new ("GET", url);

  g_task_set_source_tag (task, rfi_remote_fetch_photo_async);
  request->idempotent = TRUE;
  request->bulk = TRUE;
  request->timeout = UPLOAD_TIMEOUT;
  rfi_remote_call (self, task, request, read_picture, (GDestroyNotify) g_bytes_unref);
}

GBytes *
rfi_remote_fetch_photo_finish (RfiRemote     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
