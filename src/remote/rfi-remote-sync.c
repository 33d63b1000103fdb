/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-remote-sync"

#include "config.h"

#include "rfi-remote-sync.h"

#include "rfi-remote-private.h"
#include "rfi-wire-auth.h"

/* Between two pieces of a page. */
#define FEED_TIMEOUT 30000

static gpointer
read_hello (RfiResponse  *response,
            gpointer      data,
            GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  return rfi_device_state_parse (text, (gssize) length, error);
}

void
rfi_remote_hello_async (RfiRemote            *self,
                        const RfiDeviceHello *hello,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "POST", "/v1/devices");
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_hello_async);
  rfi_device_hello_append (hello, body);
  rfi_request_set_json (request, body);
  request->idempotent = TRUE;
  rfi_remote_call (self, task, request, read_hello, (GDestroyNotify) rfi_device_state_free);
}

RfiDeviceState *
rfi_remote_hello_finish (RfiRemote     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_push (RfiResponse  *response,
           gpointer      data,
           GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  return rfi_wire_push_answer_parse (text, (gssize) length, error);
}

void
rfi_remote_push_async (RfiRemote           *self,
                       GString             *body,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "POST", "/v1/sync/push");

  g_task_set_source_tag (task, rfi_remote_push_async);
  rfi_request_set_json (request, body);
  request->idempotent = TRUE;
  rfi_remote_call (self, task, request, read_push, (GDestroyNotify) rfi_wire_push_answer_free);
}

RfiWirePushAnswer *
rfi_remote_push_finish (RfiRemote     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The reader belongs to the task until the page is read to its end. */
typedef struct
{
  RfiFeedReader     *reader;     /* (owned) (nullable) */
  RfiRemoteHeadFunc  head_func;  /* (nullable): until it was called */
  gpointer           user_data;
} Feed;

static void
feed_free (Feed *feed)
{
  g_clear_pointer (&feed->reader, rfi_feed_reader_free);
  g_free (feed);
}

static gboolean
feed_piece (const char  *data,
            gsize        length,
            gpointer     user_data,
            GError     **error)
{
  Feed *feed = user_data;
  const RfiFeedHead *head;

  if (!rfi_feed_reader_feed (feed->reader, data, length, error))
    return FALSE;

  head = rfi_feed_reader_get_head (feed->reader);
  if (head != NULL && feed->head_func != NULL)
    g_steal_pointer (&feed->head_func) (head, feed->user_data);
  return TRUE;
}

static gpointer
read_feed (RfiResponse  *response,
           gpointer      data,
           GError      **error)
{
  Feed *feed = data;

  return rfi_feed_reader_finish (feed->reader, error) ? g_steal_pointer (&feed->reader) : NULL;
}

/* @request: (transfer full) */
static void
call_for_feed (RfiRemote           *self,
               RfiRequest          *request,
               gpointer             source_tag,
               RfiRemoteHeadFunc    head_func,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Feed *feed = g_new (Feed, 1);

  feed->head_func = head_func;
  feed->user_data = user_data;
  feed->reader = rfi_feed_reader_new ();
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, feed, (GDestroyNotify) feed_free);
  request->idempotent = TRUE;
  request->timeout = FEED_TIMEOUT;
  request->chunk_func = feed_piece;
  request->user_data = feed;
  rfi_remote_call (self, task, request, read_feed, (GDestroyNotify) rfi_feed_reader_free);
}

void
rfi_remote_delta_async (RfiRemote           *self,
                        const char          *cursor,
                        guint                limit,
                        RfiRemoteHeadFunc    head_func,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autofree char *escaped = g_uri_escape_string (cursor, NULL, FALSE);

  call_for_feed (self,
                 rfi_remote_request_new (self, "GET", "/v1/sync/delta?cursor=%s&limit=%u", escaped,
                                         limit),
                 rfi_remote_delta_async, head_func, cancellable, callback, user_data);
}

void
rfi_remote_snapshot_async (RfiRemote           *self,
                           const char          *after,
                           guint                limit,
                           RfiRemoteHeadFunc    head_func,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autofree char *escaped = g_uri_escape_string (after != NULL ? after : "", NULL, FALSE);

  call_for_feed (self,
                 rfi_remote_request_new (self, "GET", "/v1/sync/snapshot?limit=%u%s%s", limit,
                                         after != NULL ? "&after=" : "", escaped),
                 rfi_remote_snapshot_async, head_func, cancellable, callback, user_data);
}

RfiFeedReader *
rfi_remote_feed_finish (RfiRemote     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Signing in and out */

typedef struct
{
  RfiWireTokens *tokens;  /* (owned) (nullable) */
  RfiUser       *user;    /* (owned) (nullable) */
} Begun;

static void
begun_free (Begun *begun)
{
  g_clear_pointer (&begun->tokens, rfi_wire_tokens_free);
  g_clear_pointer (&begun->user, rfi_user_unref);
  g_free (begun);
}

static gpointer
read_begin (RfiResponse  *response,
            gpointer      data,
            GError      **error)
{
  Begun *begun = g_new0 (Begun, 1);
  g_autofree char *token = NULL;
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  if (rfi_wire_login_parse (text, (gssize) length, &token, &begun->user, error))
    begun->tokens = rfi_wire_tokens_parse (text, (gssize) length, error);
  if (begun->tokens != NULL)
    return begun;

  begun_free (begun);
  return NULL;
}

void
rfi_remote_begin_async (RfiRemote           *self,
                        const char          *email,
                        const char          *password,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_request_new ("POST", "/api/auth/login");
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_begin_async);
  rfi_wire_append_login_refresh (body, email, password);
  rfi_request_set_json (request, body);
  rfi_remote_call (self, task, request, read_begin, (GDestroyNotify) begun_free);
}

RfiUser *
rfi_remote_begin_finish (RfiRemote      *self,
                         GAsyncResult   *result,
                         RfiWireTokens **tokens,
                         GError        **error)
{
  Begun *begun;
  RfiUser *user;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  begun = g_task_propagate_pointer (G_TASK (result), error);
  if (begun == NULL)
    return NULL;

  user = g_steal_pointer (&begun->user);
  *tokens = g_steal_pointer (&begun->tokens);
  begun_free (begun);
  return user;
}

void
rfi_remote_logout_async (RfiRemote           *self,
                         const char          *refresh_token,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_request_new ("POST", "/api/auth/logout");
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_logout_async);
  rfi_wire_append_refresh (body, refresh_token);
  rfi_request_set_json (request, body);
  request->idempotent = TRUE;
  rfi_remote_call (self, task, request, rfi_remote_read_anything, NULL);
}

gboolean
rfi_remote_logout_finish (RfiRemote     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
