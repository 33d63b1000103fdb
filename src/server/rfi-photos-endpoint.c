/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photos-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-change.h"
#include "rfi-exchange.h"
#include "rfi-form.h"
#include "rfi-rules.h"
#include "rfi-server-context.h"
#include "rfi-server-jobs.h"
#include "rfi-server-photos.h"
#include "rfi-wire-photo.h"

#include <string.h>

/* A picture on its way into the store. */
typedef struct
{
  RfiExchange   *exchange;  /* held while its file is written */
  RfiPhotoFiles *files;     /* unowned */
  RfiPhoto      *photo;     /* (owned) */
  GBytes        *content;   /* (owned) */
} Upload;

static void
upload_free (Upload *self)
{
  rfi_photo_unref (self->photo);
  g_bytes_unref (self->content);
  g_free (self);
}

static void
upload_discard (Upload *self)
{
  rfi_photo_files_discard (self->files, self->photo->id);
  upload_free (self);
}

/* Returns: (transfer full): the photos of the job, without @without, with @with at the end */
static GPtrArray *
change_list (GPtrArray      *photos,
             const RfiPhoto *without,
             RfiPhoto       *with)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);

  for (guint i = 0; i < photos->len; i++)
    if (g_ptr_array_index (photos, i) != without)
      g_ptr_array_add (changed, rfi_photo_ref (g_ptr_array_index (photos, i)));
  if (with != NULL)
    g_ptr_array_add (changed, rfi_photo_ref (with));
  return changed;
}

static gboolean
store_list (RfiChange   *change,
            RfiDb       *db,
            const char  *action,
            GPtrArray   *photos,
            gint64       stamp,
            GError     **error)
{
  RfiJob changed = *change->previous;

  changed.photos = photos;
  changed.n_photos = photos->len;
  changed.has_attachments = TRUE;
  change->has_news = TRUE;
  change->event = RFI_HUB_EVENT_JOB_UPDATED;
  return rfi_change_store_job (change, db, action, &changed, stamp, error);
}

static RfiPhoto *
find_photo (GPtrArray  *photos,
            const char *id)
{
  for (guint i = 0; i < photos->len; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);

      if (strcmp (photo->id, id) == 0)
        return photo;
    }

  return NULL;
}

static void
answer_photo (RfiChange    *change,
              const RfiJob *job,
              RfiPhoto     *photo)
{
  g_autofree char *name = rfi_photo_files_name (job, photo);

  g_free (photo->url);
  photo->url =
    rfi_photo_files_sign (change->photos, change->base, name, g_get_real_time () / G_USEC_PER_SEC);
  change->status = SOUP_STATUS_CREATED;
  change->body = g_string_new (NULL);
  rfi_wire_photo_append_answer (change->body, photo, job);
}

static gboolean
apply_add (RfiChange  *change,
           RfiDb      *db,
           gint64      stamp,
           GError    **error)
{
  const Upload *upload = change->request;
  g_autoptr(GPtrArray) photos = NULL;
  RfiPhoto *photo = upload->photo;
  RfiPhoto *known;

  if (!rfi_change_load_job (change, db, error))
    return FALSE;

  known = find_photo (change->previous->photos, photo->id);
  if (known != NULL)
    {
      change->replayed = TRUE;
      answer_photo (change, change->previous, known);
      return FALSE;
    }

  photo->uploaded_at = stamp;
  if (!rfi_server_photos_insert (db, change->previous->id, photo, error) ||
      !rfi_photo_files_keep (change->photos, photo, TRUE, error))
    return FALSE;

  change->placed = rfi_photo_ref (photo);
  photos = change_list (change->previous->photos, NULL, photo);
  if (!store_list (change, db, "add-photo", photos, stamp, error))
    return FALSE;

  answer_photo (change, change->job, photo);
  return TRUE;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Upload *upload = task_data;
  GError *error = NULL;

  if (rfi_photo_files_write (upload->files, upload->photo->id, upload->content, TRUE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Upload *upload = user_data;
  RfiExchange *exchange = upload->exchange;
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      rfi_change_start (exchange, apply_add, upload, (GDestroyNotify) upload_discard);
    }
  else
    {
      rfi_exchange_fail_error (exchange, error);
      upload_free (upload);
    }
  rfi_exchange_release (exchange);
}

/* Whether there is such a job for this person, before megabytes are written for it. */
static gboolean
check_job (RfiExchange *exchange)
{
  RfiDb *db = rfi_server_store_get_reader (exchange->context->store);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) job = rfi_server_jobs_get (db, exchange->params[0], &error);

  if (error != NULL)
    rfi_exchange_fail_error (exchange, error);
  else if (job == NULL || !rfi_rules_may_see (exchange->claims->user, job))
    rfi_exchange_fail (exchange, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Job not found");

  return !exchange->answered;
}

/* The key of the request, so that a repeat is known again for as long as there is the picture, also
 * by who sent it. */
static char *
make_id (RfiExchange *exchange)
{
  const char *key = rfi_exchange_get_header (exchange, "Idempotency-Key");

  return key != NULL && g_uuid_string_is_valid (key) ? g_ascii_strdown (key, -1)
                                                     : g_uuid_string_random ();
}

static RfiPhoto *
make_photo (RfiExchange        *exchange,
            const RfiFormPhoto *form,
            const char         *mime_type)
{
  g_autofree char *id = make_id (exchange);
  RfiPhoto template = {
    .id = id,
    .file_name = form->file_name,
    .mime_type = (char *) mime_type,
    .size = (gint64) g_bytes_get_size (form->content),
    .uploaded_by = exchange->claims->user->id,
  };

  return rfi_photo_new (&template);
}

static void
start_upload (RfiExchange        *exchange,
              const RfiFormPhoto *form)
{
  const char *mime_type = rfi_photo_files_sniff (form->content);
  g_autoptr(GTask) task = NULL;
  Upload *upload;

  if (mime_type == NULL)
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "UPLOAD_ERROR",
                         "The file is not a JPEG or PNG image");
      return;
    }
  if (!check_job (exchange))
    return;

  upload = g_new0 (Upload, 1);
  upload->exchange = rfi_exchange_hold (exchange);
  upload->files = rfi_server_store_get_photos (exchange->context->store);
  upload->photo = make_photo (exchange, form, mime_type);
  upload->content = g_bytes_ref (form->content);
  task = g_task_new (NULL, NULL, written_cb, upload);
  g_task_set_task_data (task, upload, NULL);
  g_task_run_in_thread (task, write_thread);
}

void
rfi_endpoint_add_photo (RfiExchange *exchange)
{
  g_autoptr(GBytes) body = NULL;
  RfiFormProblem problem;
  RfiFormPhoto photo;

  if (exchange->n_read > exchange->limit)
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "FILE_TOO_LARGE",
                         "File must be under 10 MB");
      return;
    }

  body = soup_message_body_flatten (soup_server_message_get_request_body (exchange->message));
  if (!rfi_form_read_photo (body, rfi_exchange_get_header (exchange, "Content-Type"), &photo,
                            &problem))
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, problem.code, problem.message);
      return;
    }

  start_upload (exchange, &photo);
  rfi_form_photo_clear (&photo);
}

/* A technician may delete what they uploaded, even if the job is no longer theirs. */
static gboolean
apply_delete (RfiChange  *change,
              RfiDb      *db,
              gint64      stamp,
              GError    **error)
{
  const RfiUser *user = change->exchange->claims->user;
  g_autoptr(GPtrArray) photos = NULL;
  RfiPhoto *photo;

  if (!rfi_change_load_any_job (change, db, error))
    return FALSE;
  if (user->role == RFI_ROLE_DISPATCHER && !rfi_rules_may_see (user, change->previous))
    return rfi_change_fail_not_found (change, "Job not found");

  photo = find_photo (change->previous->photos, change->exchange->params[1]);
  if (photo == NULL)
    return rfi_change_fail_not_found (change, "Attachment not found");
  if (user->role == RFI_ROLE_TECHNICIAN && strcmp (photo->uploaded_by, user->id) != 0)
    return rfi_change_fail (change, SOUP_STATUS_FORBIDDEN, "FORBIDDEN",
                            "You can only delete your own attachments");

  photos = change_list (change->previous->photos, photo, NULL);
  if (!rfi_server_photos_delete (db, photo->id, error) ||
      !store_list (change, db, "delete-photo", photos, stamp, error))
    return FALSE;

  change->dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);
  g_ptr_array_add (change->dropped, rfi_photo_ref (photo));
  change->status = SOUP_STATUS_OK;
  change->body = g_string_new ("{\"data\":{\"deleted\":true}}");
  return TRUE;
}

void
rfi_endpoint_delete_photo (RfiExchange *exchange)
{
  rfi_change_start (exchange, apply_delete, NULL, NULL);
}

/* Opened by its signed address alone, as pictures in a page are. */
void
rfi_endpoint_show_photo (RfiExchange *exchange)
{
  RfiPhotoFiles *files = rfi_server_store_get_photos (exchange->context->store);
  const char *query = g_uri_get_query (soup_server_message_get_uri (exchange->message));
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);
  g_autoptr(GHashTable) params = NULL;
  g_autoptr(GBytes) content = NULL;
  const char *mime_type;

  params = g_uri_parse_params (query != NULL ? query : "", -1, "&", G_URI_PARAMS_NONE, NULL);
  if (params == NULL || !rfi_photo_files_check (files, exchange->params[0], params,
                                                g_get_real_time () / G_USEC_PER_SEC))
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_FORBIDDEN, "FORBIDDEN",
                         "This address is not valid, or not any more");
      return;
    }

  content = rfi_photo_files_open (files, exchange->params[0], &mime_type, NULL);
  if (content == NULL)
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", "Photo not found");
      return;
    }

  soup_message_headers_append (headers, "Cache-Control", "private, max-age=3600, immutable");
  rfi_exchange_reply_bytes (exchange, mime_type, content);
}
