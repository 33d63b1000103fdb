/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-service"

#include "config.h"

#include "rfi-sync-service.h"

#include "rfi-router.h"
#include "rfi-server-devices.h"
#include "rfi-server-sums.h"
#include "rfi-service-private.h"
#include "rfi-wire-error.h"

#include <sodium.h>
#include <string.h>

#define JSON_TYPE "application/json; charset=utf-8"

/* How a call is carried out; the rest of a route is as the program's own. */
typedef struct
{
  gboolean   writes;
  gboolean   pushes;
  void     (*handle) (RfiServiceCall *call);
} Way;

/* The two tables go together. */
static const RfiRoute routes[] = {
  { "POST", "/api/v1/devices", RFI_ROUTE_ALL, FALSE, NULL },
  { "GET", "/api/v1/devices", RFI_ROUTE_ALL, FALSE, NULL },
  { "POST", "/api/v1/devices/:id/revoke", RFI_ROUTE_ALL, FALSE, NULL },
  { "POST", "/api/v1/sync/push", RFI_ROUTE_ALL, FALSE, NULL },
  { "GET", "/api/v1/sync/delta", RFI_ROUTE_ALL, FALSE, NULL },
  { "GET", "/api/v1/sync/snapshot", RFI_ROUTE_ALL, FALSE, NULL },
  { "GET", "/api/v1/conflicts", RFI_ROUTE_ALL, FALSE, NULL },
  { "POST", "/api/v1/conflicts/:id/resolution", RFI_ROUTE_ALL, FALSE, NULL },
  { "GET", "/api/v1/conflicts/:id", RFI_ROUTE_ALL, FALSE, NULL },
  { "GET", "/api/v1/conflicts/:id/deciders", RFI_ROUTE_ALL, FALSE, NULL },
  { "POST", "/api/v1/conflicts/:id/escalate", RFI_ROUTE_ALL, FALSE, NULL },
  { "POST", "/api/v1/conflicts/:id/investigation", RFI_ROUTE_ADMIN, FALSE, NULL },
  { "GET", "/api/v1/audit", RFI_ROUTE_OFFICE, FALSE, NULL },
  { "GET", "/api/v1/audit/marks", RFI_ROUTE_OFFICE, FALSE, NULL },
  { "GET", "/api/v1/audit/check", RFI_ROUTE_ADMIN, FALSE, NULL },
  { "GET", "/api/v1/audit/as-of", RFI_ROUTE_OFFICE, FALSE, NULL },
  { "POST", "/api/events", RFI_ROUTE_ALL, FALSE, NULL },
};

static const Way ways[] = {
  { TRUE, FALSE, rfi_service_register_device },
  { FALSE, FALSE, rfi_service_list_devices },
  { TRUE, FALSE, rfi_service_revoke_device },
  { TRUE, TRUE, rfi_service_push },
  { FALSE, FALSE, rfi_service_delta },
  { FALSE, FALSE, rfi_service_snapshot },
  { FALSE, FALSE, rfi_service_list_conflicts },
  { TRUE, TRUE, rfi_service_resolve_conflict },
  { FALSE, FALSE, rfi_service_get_conflict },
  { FALSE, FALSE, rfi_service_list_deciders },
  { TRUE, FALSE, rfi_service_escalate },
  { TRUE, FALSE, rfi_service_investigate },
  { FALSE, FALSE, rfi_service_list_audit },
  { FALSE, FALSE, rfi_service_mark_audit },
  { FALSE, FALSE, rfi_service_check_audit },
  { FALSE, FALSE, rfi_service_audit_as_of },
  { TRUE, FALSE, rfi_service_take_events },
};

G_STATIC_ASSERT (G_N_ELEMENTS (routes) == G_N_ELEMENTS (ways));

static void
news_free (RfiSyncNews *news)
{
  rfi_job_unref (news->job);
  g_clear_pointer (&news->previous, rfi_job_unref);
  g_free (news->triggered_by);
  g_free (news);
}

void
rfi_sync_reply_clear (RfiSyncReply *self)
{
  if (self->body != NULL)
    g_string_free (self->body, TRUE);
  g_clear_pointer (&self->news, g_ptr_array_unref);
  g_clear_error (&self->error);
}

RfiSyncService *
rfi_sync_service_new (GBytes    *secret,
                      RfiRandom *random)
{
  RfiSyncService *self = g_new0 (RfiSyncService, 1);

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");

  rfi_service_key_init (&self->key, secret);
  self->random = g_object_ref (random);
  self->names = rfi_server_names_new ();
  return self;
}

void
rfi_sync_service_free (RfiSyncService *self)
{
  g_object_unref (self->random);
  rfi_server_names_free (self->names);
  g_free (self);
}

gboolean
rfi_sync_service_begin (RfiSyncService  *self,
                        RfiDb           *db,
                        GError         **error)
{
  return rfi_server_head_begin (db, self->random, error) && rfi_server_sums_begin (db, error);
}

gboolean
rfi_sync_service_renew (RfiSyncService  *self,
                        RfiDb           *db,
                        GError         **error)
{
  return rfi_server_head_renew (db, self->random, error);
}

/* Returns: -1 if there is none. @params: RFI_ROUTE_MAX_PARAMS of them, (transfer full) */
static int
find (const char  *method,
      const char  *path,
      RfiRouted   *routed,
      char       **params)
{
  const RfiRoute *route;

  *routed = rfi_router_find (routes, G_N_ELEMENTS (routes), method, path, &route, params);
  return route != NULL ? (int) (route - routes) : -1;
}

static const Way *
find_way (const char *method,
          const char *path)
{
  char *params[RFI_ROUTE_MAX_PARAMS] = { NULL, };
  RfiRouted routed;
  int found = find (method, path, &routed, params);

  for (guint i = 0; i < RFI_ROUTE_MAX_PARAMS; i++)
    g_free (params[i]);
  return found >= 0 ? &ways[found] : NULL;
}

gboolean
rfi_sync_service_writes (const char *method,
                         const char *path)
{
  const Way *way = find_way (method, path);

  return way != NULL && way->writes;
}

RfiSyncBatch *
rfi_sync_service_verify (const RfiSyncRequest *request,
                         const guint8         *public_key)
{
  const Way *way = find_way (request->method, request->path);
  RfiSyncBatch *batch;

  if (way == NULL || !way->pushes || request->body == NULL)
    return NULL;

  batch = rfi_sync_batch_new (request->body, request->n_body,
                              way->handle == rfi_service_resolve_conflict);
  if (batch->error == NULL && public_key != NULL)
    rfi_sync_batch_verify (batch, public_key);
  return batch;
}

gboolean
rfi_sync_service_find_key (RfiDb                *db,
                           const RfiSyncRequest *request,
                           const RfiJson        *root,
                           guint8               *public_key)
{
  const Way *way = find_way (request->method, request->path);
  g_autofree char *device_id = NULL;
  RfiJson value;
  RfiServerDevice device;

  if (way == NULL || !way->pushes || root == NULL ||
      !rfi_json_get_member (root, "deviceId", &value))
    return FALSE;

  device_id = rfi_json_dup_string (&value);
  if (device_id == NULL || !rfi_server_devices_find (db, device_id, &device, NULL))
    return FALSE;

  memcpy (public_key, device.public_key, RFI_SYNC_KEY_BYTES);
  rfi_server_device_clear (&device);
  return TRUE;
}

static void
answer (RfiServiceCall *call,
        guint           status,
        gboolean        keep)
{
  call->reply->status = status;
  call->reply->type = JSON_TYPE;
  call->reply->keep = keep;
}

void
rfi_service_done (RfiServiceCall *call,
                  guint           status)
{
  answer (call, status, TRUE);
}

void
rfi_service_refuse (RfiServiceCall *call,
                    guint           status,
                    const char     *code,
                    const char     *message)
{
  g_string_truncate (call->reply->body, 0);
  g_ptr_array_set_size (call->reply->news, 0);
  rfi_wire_error_append (call->reply->body, code, message);
  answer (call, status, FALSE);
}

void
rfi_service_fail (RfiServiceCall *call,
                  GError         *error)
{
  gboolean is_limit = error->domain == RFI_WIRE_ERROR && error->code == RFI_WIRE_ERROR_LIMIT;

  if (is_limit)
    rfi_service_refuse (call, RFI_SERVICE_TOO_LARGE, "PAYLOAD_TOO_LARGE", error->message);
  else if (error->domain == RFI_WIRE_ERROR)
    rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR", error->message);
  else
    call->reply->error = g_error_copy (error);
  g_error_free (error);

  if (call->reply->error == NULL)
    return;
  if (call->reply->error->code == RFI_DB_ERROR_FULL)
    rfi_service_refuse (call, RFI_SERVICE_FULL, "STORAGE_FULL",
                        "The server has no space left. Try again later.");
  else if (call->reply->error->code == RFI_DB_ERROR_CONSTRAINT ||
           call->reply->error->code == RFI_DB_ERROR_FAILED)
    rfi_service_refuse (call, RFI_SERVICE_BROKEN, "INTERNAL_ERROR",
                        "An unexpected error occurred");
  else
    rfi_service_refuse (call, RFI_SERVICE_UNAVAILABLE, "UNAVAILABLE",
                        "The server cannot do this just now. Try again later.");
}

char *
rfi_service_get_query (RfiServiceCall *call,
                       const char     *name)
{
  GUriParamsIter iter;
  char *found = NULL;
  char *key;
  char *value;

  if (call->request->query == NULL)
    return NULL;

  g_uri_params_iter_init (&iter, call->request->query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (found == NULL && g_uri_params_iter_next (&iter, &key, &value, NULL))
    {
      if (strcmp (key, name) == 0)
        found = g_steal_pointer (&value);
      g_free (key);
      g_free (value);
    }
  return found;
}

gboolean
rfi_service_get_number (RfiServiceCall *call,
                        const char     *name,
                        gint64          least,
                        gint64          most,
                        gint64         *value)
{
  g_autofree char *text = rfi_service_get_query (call, name);
  g_autofree char *message = NULL;

  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, value, NULL))
    return TRUE;

  message = g_strdup_printf ("%s must be a whole number from %" G_GINT64_FORMAT " to %"
                             G_GINT64_FORMAT, name, least, most);
  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR", message);
  return FALSE;
}

void
rfi_service_format_epoch (gint64  epoch,
                          char   *text)
{
  g_snprintf (text, RFI_EPOCH_LENGTH + 1, "%016" G_GINT64_MODIFIER "x", (guint64) epoch);
}

/* A query that cannot be read must not count as none: it may have named a cursor. */
static gboolean
is_query_good (const char *query)
{
  GUriParamsIter iter;
  g_autoptr(GError) error = NULL;
  char *key;
  char *value;

  if (query == NULL)
    return TRUE;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &key, &value, &error))
    {
      g_free (key);
      g_free (value);
    }
  return error == NULL;
}

/* What one look at the data says must not change while it is written down. */
static void
handle (RfiServiceCall *call,
        const Way      *way)
{
  GError *error = NULL;

  if (way->writes && !call->request->writing)
    {
      call->reply->again = TRUE;
      return;
    }
  if (call->request->writing)
    {
      way->handle (call);
      return;
    }

  if (!rfi_db_run (call->db, "BEGIN", &error))
    {
      rfi_service_fail (call, error);
      return;
    }
  way->handle (call);
  rfi_db_rollback (call->db);
}

void
rfi_sync_service_handle (RfiSyncService       *self,
                         RfiDb                *db,
                         const RfiSyncRequest *request,
                         RfiSyncReply         *reply)
{
  char *params[RFI_ROUTE_MAX_PARAMS] = { NULL, };
  RfiServiceCall call = {
    .service = self, .db = db, .request = request, .user = request->user, .reply = reply,
  };
  RfiRouted routed;
  int found;

  *reply = (RfiSyncReply) {
    .body = g_string_new (NULL),
    .news = g_ptr_array_new_with_free_func ((GDestroyNotify) news_free),
  };
  found = find (request->method, request->path, &routed, params);
  call.param = params[0];
  if (found < 0)
    rfi_service_refuse (&call, RFI_SERVICE_NOT_FOUND, "NOT_FOUND", "There is no such call");
  else if (routed == RFI_ROUTED_BADLY || !is_query_good (request->query))
    rfi_service_refuse (&call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                        "The address has a broken %-escape");
  else if ((routes[found].roles >> request->user->role & 1) == 0)
    rfi_service_refuse (&call, RFI_SERVICE_FORBIDDEN, "FORBIDDEN", "Insufficient permissions");
  else
    handle (&call, &ways[found]);

  for (guint i = 0; i < RFI_ROUTE_MAX_PARAMS; i++)
    g_free (params[i]);
}
