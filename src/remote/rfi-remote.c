/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-remote"

#include "config.h"

#include "rfi-remote.h"

#include "rfi-json.h"
#include "rfi-remote-private.h"
#include "rfi-renewal.h"
#include "rfi-wire-auth.h"
#include "rfi-wire-error.h"
#include "rfi-wire-request.h"

struct _RfiRemote
{
  GObject       parent_instance;

  RfiTransport *transport;  /* (owned) */
  char         *token;      /* (owned) (nullable) */
  RfiRenewal   *renewal;    /* (owned) (nullable) */
  RfiAttendance *attendance; /* (owned) */
  gboolean      has_presence; /* as the hub was told of last */
};

G_DEFINE_FINAL_TYPE (RfiRemote, rfi_remote, G_TYPE_OBJECT)

static void
rfi_remote_finalize (GObject *object)
{
  RfiRemote *self = RFI_REMOTE (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->attendance);
  g_free (self->token);
  g_clear_pointer (&self->renewal, rfi_renewal_free);

  G_OBJECT_CLASS (rfi_remote_parent_class)->finalize (object);
}

static void
rfi_remote_class_init (RfiRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_remote_finalize;
}

static void
rfi_remote_init (RfiRemote *self)
{
  self->attendance = rfi_attendance_new ();
}

RfiRemote *
rfi_remote_new (RfiTransport *transport)
{
  RfiRemote *self;

  g_return_val_if_fail (RFI_IS_TRANSPORT (transport), NULL);

  self = g_object_new (RFI_TYPE_REMOTE, NULL);
  self->transport = g_object_ref (transport);
  return self;
}

RfiTransport *
rfi_remote_get_transport (RfiRemote *self)
{
  g_return_val_if_fail (RFI_IS_REMOTE (self), NULL);

  return self->transport;
}

RfiAttendance *
rfi_remote_get_attendance (RfiRemote *self)
{
  g_return_val_if_fail (RFI_IS_REMOTE (self), NULL);

  return self->attendance;
}

gboolean
rfi_remote_has_presence (RfiRemote *self)
{
  g_return_val_if_fail (RFI_IS_REMOTE (self), FALSE);

  return self->has_presence;
}

void
rfi_remote_set_token (RfiRemote  *self,
                      const char *token)
{
  g_return_if_fail (RFI_IS_REMOTE (self));

  g_free (self->token);
  self->token = g_strdup (token);
}

const char *
rfi_remote_get_token (RfiRemote *self)
{
  return self->token;
}

void
rfi_remote_set_refresh (RfiRemote         *self,
                        const char        *refresh_token,
                        RfiRemoteKeepFunc  keep,
                        gpointer           user_data)
{
  g_return_if_fail (RFI_IS_REMOTE (self));

  g_clear_pointer (&self->renewal, rfi_renewal_free);
  if (refresh_token != NULL)
    self->renewal = rfi_renewal_new (self, refresh_token, keep, user_data);
}

/* Calls */

RfiRequest *
rfi_remote_request_new (RfiRemote  *self,
                        const char *method,
                        const char *format,
                        ...)
{
  g_autofree char *path = NULL;
  g_autofree char *target = NULL;
  RfiRequest *request;
  va_list args;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);

  target = g_strconcat ("/api", path, NULL);
  request = rfi_request_new (method, target);
  rfi_request_add_header (request, "Accept", "application/json");
  request->signed_in = TRUE;
  if (self->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

      rfi_request_add_header (request, "Authorization", bearer);
    }

  return request;
}

void
rfi_remote_request_set_key (RfiRequest *request,
                            const char *id)
{
  if (id != NULL)
    rfi_request_add_header (request, "Idempotency-Key", id);
}

typedef struct
{
  GTask             *task;         /* (owned) (nullable): %NULL if it was cancelled meanwhile */
  RfiRequest        *request;      /* (owned) */
  RfiRemoteReadFunc  read;
  GDestroyNotify     free_result;
  GSource           *cancelled;    /* (owned) (nullable): while it waits for a token */
  gboolean           renewed;      /* it is sent with a new token already */
} Call;

static void
call_free (Call *call)
{
  g_clear_object (&call->task);
  rfi_request_unref (call->request);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void call_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
stop_listening (Call *call)
{
  if (call->cancelled == NULL)
    return;

  g_source_destroy (call->cancelled);
  g_clear_pointer (&call->cancelled, g_source_unref);
}

/* The renewal goes on, for others; this call does not wait for it. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&call->task);

  stop_listening (call);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
listen (Call *call)
{
  GCancellable *cancellable = g_task_get_cancellable (call->task);

  if (cancellable == NULL)
    return;

  call->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (call->cancelled, G_SOURCE_FUNC (cancelled_cb), call, NULL);
  g_source_attach (call->cancelled, g_main_context_get_thread_default ());
}

/* The token is another one, or @error says why not. */
static void
renewed_cb (RfiRemote    *self,
            const GError *error,
            gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  g_autofree char *bearer = NULL;

  stop_listening (call);
  if (call->task == NULL)
    return;
  if (error != NULL)
    {
      g_task_return_error (call->task, g_error_copy (error));
      return;
    }

  bearer = g_strconcat ("Bearer ", self->token, NULL);
  rfi_request_set_header (call->request, "Authorization", bearer);
  rfi_transport_send_async (self->transport, call->request, g_task_get_cancellable (call->task),
                            call_cb, call);
  g_steal_pointer (&call);
}

/* Only once for each call: who is refused with a fresh token is refused. */
static gboolean
may_renew (RfiRemote   *self,
           Call        *call,
           RfiResponse *response)
{
  return response->status == 401 && self->renewal != NULL && !call->renewed &&
         call->request->signed_in;
}

/* @call: (transfer full) */
static void
renew (RfiRemote *self,
       Call      *call)
{
  call->renewed = TRUE;
  listen (call);
  rfi_renewal_run (self->renewal, rfi_request_get_header (call->request, "Authorization"),
                   renewed_cb, call);
}

void
rfi_remote_call (RfiRemote         *self,
                 GTask             *task,
                 RfiRequest        *request,
                 RfiRemoteReadFunc  read,
                 GDestroyNotify     free_result)
{
  Call *call = g_new (Call, 1);

  call->task = task;
  call->request = request;
  call->read = read;
  call->free_result = free_result;
  call->cancelled = NULL;
  call->renewed = FALSE;
  if (request->signed_in && self->token == NULL && self->renewal != NULL)
    renew (self, call);
  else
    rfi_transport_send_async (self->transport, request, g_task_get_cancellable (task), call_cb,
                              call);
}

/* What is not JSON, or not what was asked for, does not come from our server. */
static GError *
as_remote_error (GError *error)
{
  g_autoptr(GError) owned = error;

  if (owned->domain == RFI_WIRE_ERROR)
    return rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL, "%s", owned->message);

  return g_steal_pointer (&owned);
}

static void
call_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  RfiRemote *self = g_task_get_source_object (call->task);
  GError *error = NULL;
  g_autoptr(RfiResponse) response =
    rfi_transport_send_finish (RFI_TRANSPORT (object), result, &error);
  gpointer value;

  if (response == NULL)
    {
      g_task_return_error (call->task, as_remote_error (error));
      return;
    }

  if (may_renew (self, call, response))
    {
      renew (self, g_steal_pointer (&call));
      return;
    }
  if (response->status < 200 || response->status >= 300)
    {
      g_task_return_error (call->task,
                           rfi_remote_error_new_status (
                             response->status, rfi_response_get_header (response, "retry-after"),
                             response->body));
      return;
    }

  value = call->read (response, g_task_get_task_data (call->task), &error);
  if (value == NULL)
    g_task_return_error (call->task, as_remote_error (error));
  else
    g_task_return_pointer (call->task, value, call->free_result);
}

gpointer
rfi_remote_read_anything (RfiResponse  *response,
                          gpointer      data,
                          GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);
  RfiJson root;

  if (response->status != 204 && !rfi_json_parse (text, (gssize) length, &root, error))
    return NULL;

  return GINT_TO_POINTER (TRUE);
}

/* Health */

static void health_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

void
rfi_remote_health_async (RfiRemote           *self,
                         guint                timeout,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(RfiRequest) request = rfi_request_new ("GET", "/api/health");

  g_task_set_source_tag (task, rfi_remote_health_async);
  request->timeout = timeout;
  request->idempotent = TRUE;
  rfi_transport_send_async (self->transport, request, cancellable, health_cb, task);
}

/* 503 has the same shape as 200, and says as much: somebody is there. */
static void
health_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(RfiResponse) response =
    rfi_transport_send_finish (RFI_TRANSPORT (object), result, &error);
  RfiHealth *health = NULL;
  const char *data;
  gsize length;

  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (response->body, &length);
  if (response->status == 200 || response->status == 503)
    health = rfi_health_parse (data, (gssize) length, &error);

  if (health != NULL)
    g_task_return_pointer (task, health, (GDestroyNotify) rfi_health_free);
  else if (response->status == 200)
    g_task_return_error (task, as_remote_error (error));
  else
    {
      g_clear_error (&error);
      g_task_return_error (task,
                           rfi_remote_error_new_status (
                             response->status, rfi_response_get_header (response, "retry-after"),
                             response->body));
    }
}

RfiHealth *
rfi_remote_health_finish (RfiRemote     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Login and negotiate: each answer is two things. */

typedef struct
{
  char    *token;
  char    *url;   /* (nullable) */
  RfiUser *user;  /* (nullable) */
  gboolean has_presence;
} Grant;

static void
grant_free (Grant *grant)
{
  g_free (grant->token);
  g_free (grant->url);
  g_clear_pointer (&grant->user, rfi_user_unref);
  g_free (grant);
}

static gpointer
read_login (RfiResponse  *response,
            gpointer      data,
            GError      **error)
{
  Grant *grant = g_new0 (Grant, 1);
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  if (rfi_wire_login_parse (text, (gssize) length, &grant->token, &grant->user, error))
    return grant;

  grant_free (grant);
  return NULL;
}

void
rfi_remote_login_async (RfiRemote           *self,
                        const char          *email,
                        const char          *password,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_request_new ("POST", "/api/auth/login");
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_remote_login_async);
  rfi_wire_append_login (body, email, password);
  rfi_request_set_json (request, body);
  rfi_remote_call (self, task, request, read_login, (GDestroyNotify) grant_free);
}

RfiUser *
rfi_remote_login_finish (RfiRemote     *self,
                         GAsyncResult  *result,
                         char         **token,
                         GError       **error)
{
  Grant *grant;
  RfiUser *user;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  grant = g_task_propagate_pointer (G_TASK (result), error);
  if (grant == NULL)
    return NULL;

  user = g_steal_pointer (&grant->user);
  *token = g_steal_pointer (&grant->token);
  grant_free (grant);
  return user;
}

static gpointer
read_negotiate (RfiResponse  *response,
                gpointer      data,
                GError      **error)
{
  Grant *grant = g_new0 (Grant, 1);
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  grant->has_presence = rfi_wire_negotiate_has_presence (text, (gssize) length);
  if (rfi_wire_negotiate_parse (text, (gssize) length, &grant->url, &grant->token, error))
    return grant;

  grant_free (grant);
  return NULL;
}

void
rfi_remote_negotiate_async (RfiRemote           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "POST", "/signalr/negotiate");

  g_task_set_source_tag (task, rfi_remote_negotiate_async);
  request->idempotent = TRUE;
  rfi_request_set_json (request, g_string_new ("{}"));
  rfi_remote_call (self, task, request, read_negotiate, (GDestroyNotify) grant_free);
}

char *
rfi_remote_negotiate_finish (RfiRemote     *self,
                             GAsyncResult  *result,
                             char         **token,
                             GError       **error)
{
  Grant *grant;
  char *url;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  grant = g_task_propagate_pointer (G_TASK (result), error);
  if (grant == NULL)
    return NULL;

  self->has_presence = grant->has_presence;
  url = g_steal_pointer (&grant->url);
  *token = g_steal_pointer (&grant->token);
  grant_free (grant);
  return url;
}

/* People */

static gpointer
read_technicians (RfiResponse  *response,
                  gpointer      data,
                  GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  return rfi_wire_technicians_parse (text, (gssize) length, error);
}

void
rfi_remote_technicians_async (RfiRemote           *self,
                              const char          *vendor_id,
                              gboolean             with_work,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *escaped =
    vendor_id != NULL ? g_uri_escape_string (vendor_id, NULL, FALSE) : NULL;
  RfiRequest *request =
    rfi_remote_request_new (self, "GET", "/auth/technicians%s%s%s%s",
                            escaped != NULL ? "?vendorId=" : "", escaped != NULL ? escaped : "",
                            with_work ? escaped != NULL ? "&" : "?" : "",
                            with_work ? "fields=v1" : "");

  g_task_set_source_tag (task, rfi_remote_technicians_async);
  request->idempotent = TRUE;
  rfi_remote_call (self, task, request, read_technicians, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
rfi_remote_technicians_finish (RfiRemote     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_vendors (RfiResponse  *response,
              gpointer      data,
              GError      **error)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  return rfi_wire_vendors_parse (text, (gssize) length, error);
}

void
rfi_remote_vendors_async (RfiRemote           *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, "GET", "/auth/vendors");

  g_task_set_source_tag (task, rfi_remote_vendors_async);
  request->idempotent = TRUE;
  rfi_remote_call (self, task, request, read_vendors, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
rfi_remote_vendors_finish (RfiRemote     *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
