/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-change"

#include "config.h"

#include "rfi-change.h"

#include "rfi-rules.h"
#include "rfi-server-answers.h"
#include "rfi-server-context.h"
#include "rfi-server-jobs.h"
#include "rfi-server-photos.h"
#include "rfi-wire-job.h"

#include <string.h>

#define MAX_KEY_LENGTH 255

static void
rfi_change_free (RfiChange *self)
{
  if (self->request_free != NULL)
    self->request_free (self->request);
  g_free (self->base);
  g_free (self->key);
  g_free (self->fingerprint);
  g_free (self->message);
  if (self->body != NULL)
    g_string_free (self->body, TRUE);
  g_clear_pointer (&self->job, rfi_job_unref);
  g_clear_pointer (&self->previous, rfi_job_unref);
  g_clear_pointer (&self->placed, rfi_photo_unref);
  g_clear_pointer (&self->dropped, g_ptr_array_unref);
  g_free (self);
}

gboolean
rfi_change_fail (RfiChange  *self,
                 guint       status,
                 const char *code,
                 const char *message)
{
  self->status = status;
  self->code = code;
  self->message = g_strdup (message);
  return FALSE;
}

gboolean
rfi_change_fail_not_found (RfiChange  *self,
                           const char *message)
{
  return rfi_change_fail (self, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", message);
}

/* @user: (nullable): who must be allowed to see it */
static gboolean
load_job (RfiChange      *self,
          RfiDb          *db,
          const RfiUser  *user,
          GError        **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiJob) bare = rfi_server_jobs_get (db, self->exchange->params[0], &local);
  g_autoptr(GPtrArray) photos = NULL;
  RfiJob with_photos;

  if (bare != NULL && (user == NULL || rfi_rules_may_see (user, bare)))
    photos = rfi_server_photos_list (db, bare->id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (photos == NULL)
    return rfi_change_fail_not_found (self, "Job not found");

  with_photos = *bare;
  with_photos.photos = photos;
  self->previous = rfi_job_new (&with_photos);
  return TRUE;
}

gboolean
rfi_change_load_job (RfiChange  *self,
                     RfiDb      *db,
                     GError    **error)
{
  return load_job (self, db, self->exchange->claims->user, error);
}

gboolean
rfi_change_load_any_job (RfiChange  *self,
                         RfiDb      *db,
                         GError    **error)
{
  return load_job (self, db, NULL, error);
}

gboolean
rfi_change_check_etag (RfiChange  *self,
                       const char *etag)
{
  if (rfi_etag_equal (rfi_etag (etag), self->previous->etag))
    return TRUE;

  return rfi_change_fail (self, SOUP_STATUS_CONFLICT, "CONFLICT",
                          "Job was modified by another request. Refresh and retry.");
}

RfiServerActor
rfi_change_get_actor (RfiChange  *self,
                      const char *action,
                      gint64      stamp)
{
  return (RfiServerActor) {
    .user_id = self->exchange->claims->user->id,
    .origin = RFI_SERVER_ORIGIN_REST,
    .action = action,
    .at = stamp,
  };
}

gboolean
rfi_change_store_job (RfiChange   *self,
                      RfiDb       *db,
                      const char  *action,
                      RfiJob      *changed,
                      gint64       stamp,
                      GError     **error)
{
  RfiServerActor actor = rfi_change_get_actor (self, action, stamp);
  g_autofree char *etag = rfi_server_jobs_make_etag ();

  changed->etag = rfi_etag (etag);
  changed->updated_at = stamp;
  if (!rfi_server_jobs_update (db, self->previous, changed, &actor, &self->seq, error))
    return FALSE;

  self->job = rfi_job_new (changed);
  return TRUE;
}

void
rfi_change_answer_job (RfiChange *self,
                       guint      status)
{
  self->status = status;
  self->body = g_string_sized_new (1024);
  g_string_append (self->body, "{\"data\":");
  rfi_wire_job_append (self->body, self->job, RFI_WIRE_JOB_RAW);
  g_string_append_c (self->body, '}');
}

/* A repeat of what was done before gets the answer of then; the same key for something else is
 * a mistake. %TRUE: it is new, do it. */
static gboolean
check_key (RfiChange  *self,
           RfiDb      *db,
           GError    **error)
{
  g_autoptr(GError) local = NULL;
  RfiServerAnswer known;

  if (self->key == NULL)
    return TRUE;
  if (!rfi_server_answers_find (db, self->exchange->claims->user->id, self->key, &known, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (strcmp (known.fingerprint, self->fingerprint) != 0)
    rfi_change_fail (self, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR",
                     "This Idempotency-Key belongs to another request");
  else if (*known.body == '\0')
    rfi_change_fail (self, SOUP_STATUS_GONE, "ANSWER_GONE",
                     "This was carried out long ago, and its answer is no longer kept");
  else
    {
      self->replayed = TRUE;
      self->status = known.status;
      self->body = g_string_new (known.body);
    }
  rfi_server_answer_clear (&known);
  return FALSE;
}

static gboolean
store_answer (RfiChange  *self,
              RfiDb      *db,
              gint64      stamp,
              GError    **error)
{
  RfiServerAnswer answer;

  if (self->key == NULL)
    return TRUE;

  answer.fingerprint = self->fingerprint;
  answer.status = self->status;
  answer.body = self->body->str;
  return rfi_server_answers_insert (db, self->exchange->claims->user->id, self->key, &answer,
                                    stamp, error);
}

static gboolean
run_cb (RfiDb     *db,
        gint64     stamp,
        gpointer   data,
        GError   **error)
{
  RfiChange *self = data;

  return check_key (self, db, error) && self->apply (self, db, stamp, error) &&
         store_answer (self, db, stamp, error);
}

static void
tell (RfiChange *self)
{
  RfiServerContext *context = self->exchange->context;
  RfiHubNews news = {
    .event = self->event,
    .job = self->job,
    .previous = self->previous,
    .seq = self->seq,
    .triggered_by = self->exchange->claims->user->id,
  };

  for (guint i = 0; self->dropped != NULL && i < self->dropped->len; i++)
    rfi_photo_files_remove (self->photos, g_ptr_array_index (self->dropped, i));
  if (self->has_news)
    rfi_hub_broadcast (context->hub, &news);
}

static void
change_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RfiChange *self = user_data;
  RfiExchange *exchange = self->exchange;
  g_autoptr(GError) error = NULL;
  gboolean kept = rfi_server_store_change_finish (exchange->context->store, result, &error);

  if (error != NULL)
    {
      rfi_exchange_fail_error (exchange, error);
    }
  else if (self->code != NULL)
    {
      rfi_exchange_fail (exchange, self->status, self->code, self->message);
    }
  else
    {
      if (self->replayed)
        soup_message_headers_replace (
          soup_server_message_get_response_headers (exchange->message), "Idempotent-Replayed",
          "true");
      rfi_exchange_reply (exchange, self->status, g_steal_pointer (&self->body));
    }

  if (kept)
    tell (self);
  else if (self->placed != NULL)
    rfi_photo_files_remove (self->photos, self->placed);
  rfi_change_free (self);
  rfi_exchange_release (exchange);
}

/* Visible ASCII of reasonable length, or none. Answers and is %FALSE for anything else. */
static gboolean
take_key (RfiChange *self)
{
  const char *key = rfi_exchange_get_header (self->exchange, "Idempotency-Key");
  g_autoptr(GChecksum) checksum = NULL;
  const char *path;

  if (key == NULL)
    return TRUE;

  for (const char *at = key; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) || at - key >= MAX_KEY_LENGTH)
      return FALSE;
  if (*key == '\0')
    return FALSE;

  path = g_uri_get_path (soup_server_message_get_uri (self->exchange->message));
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) self->exchange->method, -1);
  g_checksum_update (checksum, (const guchar *) path, (gssize) strlen (path) + 1);
  if (self->exchange->text != NULL)
    g_checksum_update (checksum, (const guchar *) self->exchange->text,
                       (gssize) self->exchange->n_text);
  self->key = g_strdup (key);
  self->fingerprint = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

void
rfi_change_start (RfiExchange    *exchange,
                  RfiChangeFunc   apply,
                  gpointer        request,
                  GDestroyNotify  request_free)
{
  RfiChange *self = g_new0 (RfiChange, 1);

  self->exchange = exchange;
  self->apply = apply;
  self->request = request;
  self->request_free = request_free;
  self->photos = rfi_server_store_get_photos (exchange->context->store);
  if (!take_key (self))
    {
      rfi_exchange_fail (exchange, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR",
                         "Idempotency-Key must be 1 to 255 visible ASCII characters");
      rfi_change_free (self);
      return;
    }

  self->base = rfi_exchange_get_base (exchange);
  rfi_exchange_hold (exchange);
  rfi_server_store_change_async (exchange->context->store, run_cb, self, change_cb, self);
}
