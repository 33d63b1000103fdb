/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-v1-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-exchange.h"
#include "rfi-server-context.h"

/* Carries requests to RfiSyncService and its answers back. What only reads runs in a thread with a
 * connection of its own; what writes runs in the writer's, after operations were read and their
 * signatures checked in another. */
typedef struct
{
  RfiExchange    *exchange;  /* held */
  RfiSyncService *service;   /* unowned */
  RfiDb          *reader;    /* borrowed from the store, while a thread reads */
  RfiSyncRequest  request;
  RfiSyncReply    reply;
  guint8          key[RFI_SYNC_KEY_BYTES];
  gboolean        has_key;
} Call;

/* Reads at once; beyond this many a caller is asked to come again. */
#define MAX_READS 64

static void
call_free (Call *self)
{
  RfiExchange *exchange = self->exchange;

  g_clear_pointer (&self->request.batch, rfi_sync_batch_free);
  rfi_sync_reply_clear (&self->reply);
  g_free (self);
  rfi_exchange_release (exchange);
}

static Call *
call_new (RfiExchange *exchange)
{
  GUri *uri = soup_server_message_get_uri (exchange->message);
  Call *self = g_new0 (Call, 1);

  self->exchange = rfi_exchange_hold (exchange);
  self->service = exchange->context->sync;
  self->request = (RfiSyncRequest) {
    .user = exchange->claims->user,
    .method = exchange->method,
    .path = g_uri_get_path (uri),
    .query = g_uri_get_query (uri),
    .body = exchange->text,
    .n_body = exchange->n_text,
  };
  return self;
}

static void
tell (Call *self)
{
  RfiServerContext *context = self->exchange->context;
  RfiPhotoFiles *files = rfi_server_store_get_photos (context->store);

  for (guint i = 0; i < self->reply.news->len; i++)
    {
      const RfiSyncNews *told = self->reply.news->pdata[i];
      const RfiHubNews news = {
        .event = told->event, .job = told->job, .previous = told->previous, .seq = told->seq,
        .triggered_by = told->triggered_by,
      };
      GPtrArray *dropped = told->event == RFI_HUB_EVENT_JOB_DELETED ? told->job->photos : NULL;

      for (guint photo = 0; dropped != NULL && photo < dropped->len; photo++)
        rfi_photo_files_remove (files, dropped->pdata[photo]);
      rfi_hub_broadcast (context->hub, &news);
    }
}

/* @error: (nullable): what the store says */
static void
reply (Call         *self,
       const GError *error)
{
  if (error == NULL)
    error = self->reply.error;
  if (error != NULL)
    rfi_exchange_fail_error (self->exchange, error);
  else
    rfi_exchange_reply_typed (self->exchange, self->reply.status, self->reply.type,
                              g_steal_pointer (&self->reply.body));
}

static gboolean
write_cb (RfiDb     *db,
          gint64     stamp,
          gpointer   data,
          GError   **error)
{
  Call *self = data;

  self->request.now = stamp;
  self->request.writing = TRUE;
  rfi_sync_service_handle (self->service, db, &self->request, &self->reply);
  return self->reply.keep;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Call *self = user_data;
  g_autoptr(GError) error = NULL;

  if (rfi_server_store_change_finish (self->exchange->context->store, result, &error))
    tell (self);
  reply (self, error);
  call_free (self);
}

static void
start_write (Call *self)
{
  rfi_server_store_change_async (self->exchange->context->store, write_cb, self, written_cb, self);
}

static void
verify_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Call *self = task_data;

  self->request.batch =
    rfi_sync_service_verify (&self->request, self->has_key ? self->key : NULL);
  g_task_return_boolean (task, TRUE);
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  start_write (user_data);
}

static void
start_verify (Call *self)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, verified_cb, self);

  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, verify_thread);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Call *self = task_data;

  rfi_sync_service_handle (self->service, self->reader, &self->request, &self->reply);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Call *self = user_data;
  RfiServerContext *context = self->exchange->context;

  context->n_streams--;
  rfi_server_store_give_back (context->store, g_steal_pointer (&self->reader));
  if (self->reply.again)
    {
      rfi_sync_reply_clear (&self->reply);
      start_write (self);
      return;
    }

  reply (self, NULL);
  call_free (self);
}

static void
start_read (Call *self)
{
  RfiServerContext *context = self->exchange->context;
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;

  if (context->n_streams >= MAX_READS)
    {
      rfi_exchange_fail_later (self->exchange, SOUP_STATUS_SERVICE_UNAVAILABLE, "UNAVAILABLE",
                               "Too many clients load something. Try again later.", 2);
      call_free (self);
      return;
    }

  self->reader = rfi_server_store_borrow (context->store, &error);
  if (self->reader == NULL)
    {
      rfi_exchange_fail_error (self->exchange, error);
      call_free (self);
      return;
    }

  context->n_streams++;
  self->request.now = g_get_real_time () / 1000;
  task = g_task_new (NULL, NULL, read_cb, self);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, read_thread);
}

void
rfi_endpoint_v1 (RfiExchange *exchange)
{
  RfiDb *db = rfi_server_store_get_reader (exchange->context->store);
  Call *self;

  if (exchange->method == g_intern_static_string ("POST") &&
      rfi_exchange_need_json (exchange) == NULL)
    return;

  self = call_new (exchange);
  self->has_key = rfi_sync_service_find_key (db, &self->request,
                                             exchange->has_json ? &exchange->json : NULL,
                                             self->key);
  if (!rfi_sync_service_writes (self->request.method, self->request.path))
    start_read (self);
  else
    start_verify (self);
}
