/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-exchange"

#include "config.h"

#include "rfi-exchange.h"

#include "rfi-answer-head.h"
#include "rfi-body-tag.h"
#include "rfi-gzip.h"
#include "rfi-server-context.h"
#include "rfi-server-error.h"
#include "rfi-wire-error.h"

#include <string.h>

/* Bodies up to this many bytes are compressed in the loop, which takes under a millisecond. */
#define MIN_GZIP_SIZE  1024
#define GZIP_HERE_SIZE 65536

static GQuark
exchange_quark (void)
{
  static GQuark quark;

  if (G_UNLIKELY (quark == 0))
    quark = g_quark_from_static_string ("rfi-exchange");
  return quark;
}

static void
rfi_exchange_free (RfiExchange *self)
{
  for (guint i = 0; i < RFI_ROUTE_MAX_PARAMS; i++)
    g_free (self->params[i]);
  g_clear_pointer (&self->claims, rfi_claims_unref);
  g_free (self->text);
  g_free (self);
}

RfiExchange *
rfi_exchange_new (RfiServerContext  *context,
                  SoupServerMessage *message)
{
  RfiExchange *self = g_new0 (RfiExchange, 1);

  self->context = context;
  self->message = message;
  self->started_at = g_get_monotonic_time ();
  self->method = g_intern_string (soup_server_message_get_method (message));
  self->route = "";
  self->id = rfi_answer_head_get_id (message);
  g_object_set_qdata_full (G_OBJECT (message), exchange_quark (), self,
                           (GDestroyNotify) rfi_exchange_free);
  return self;
}

RfiExchange *
rfi_exchange_from_message (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), exchange_quark ());
}

RfiExchange *
rfi_exchange_hold (RfiExchange *self)
{
  g_object_ref (self->message);
  if (self->n_holds++ == 0)
    soup_server_message_pause (self->message);
  return self;
}

void
rfi_exchange_release (RfiExchange *self)
{
  SoupServerMessage *message = self->message;

  if (--self->n_holds == 0)
    soup_server_message_unpause (message);
  g_object_unref (message);
}

const char *
rfi_exchange_get_header (RfiExchange *self,
                         const char  *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

/* Whether @host is a plain name or address with a port, so that it may stand in an address we
 * give out. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0' || strlen (host) > 255)
    return FALSE;
  for (const char *at = host; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-._:[]", *at) == NULL)
      return FALSE;

  return TRUE;
}

char *
rfi_exchange_get_base (RfiExchange *self)
{
  const RfiServerOptions *options = self->context->options;
  const char *host = rfi_exchange_get_header (self, "Host");

  if (options->public_url != NULL)
    return g_strdup (options->public_url);

  return g_strdup_printf ("%s://%s", options->certificate != NULL ? "https" : "http",
                          is_host (host) ? host : "localhost");
}

const char *
rfi_exchange_get_address (RfiExchange *self)
{
  const char *address = soup_server_message_get_remote_host (self->message);

  return address != NULL ? address : "";
}

/* An address that cannot be decoded is looked through as far as it can. */
static void
look_through_query (RfiExchange *self,
                    const char  *name,
                    guint       *n_found,
                    char       **first)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));
  GUriParamsIter iter;
  char *key;
  char *value;

  if (query == NULL)
    return;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &key, &value, NULL))
    {
      if (strcmp (key, name) == 0 && (*n_found)++ == 0)
        *first = g_steal_pointer (&value);
      g_free (key);
      g_free (value);
    }
}

char *
rfi_exchange_get_query (RfiExchange *self,
                        const char  *name)
{
  guint n_found = 0;
  char *first = NULL;

  look_through_query (self, name, &n_found, &first);
  return first;
}

guint
rfi_exchange_count_query (RfiExchange *self,
                          const char  *name)
{
  guint n_found = 0;
  g_autofree char *first = NULL;

  look_through_query (self, name, &n_found, &first);
  return n_found;
}

gboolean
rfi_exchange_takes_gzip (RfiExchange *self)
{
  const char *accepted = rfi_exchange_get_header (self, "Accept-Encoding");
  GSList *unacceptable = NULL;
  GSList *list;
  gboolean found;

  if (accepted == NULL)
    return FALSE;

  list = soup_header_parse_quality_list (accepted, &unacceptable);
  found = g_slist_find_custom (list, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;
  if (!found)
    found = g_slist_find_custom (list, "*", (GCompareFunc) strcmp) != NULL &&
            g_slist_find_custom (unacceptable, "gzip", (GCompareFunc) g_ascii_strcasecmp) == NULL;
  soup_header_free_list (list);
  soup_header_free_list (unacceptable);
  return found;
}

/* Whether the client has the body of this tag already. */
static gboolean
is_known (RfiExchange *self,
          const char  *tag)
{
  const char *known = rfi_exchange_get_header (self, "If-None-Match");

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "ETag",
                                tag);
  return known != NULL && (strcmp (known, "*") == 0 || strstr (known, tag) != NULL);
}

static void
set_body (RfiExchange *self,
          GBytes      *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  SoupMessageBody *answer = soup_server_message_get_response_body (self->message);

  if (soup_message_headers_get_one (headers, "Content-Type") == NULL)
    soup_message_headers_append (headers, "Content-Type", RFI_JSON_TYPE);
  soup_message_body_append_bytes (answer, body);
  self->n_written = (gint64) g_bytes_get_size (body);
}

static void
compress_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  RfiExchange *self = user_data;
  g_autoptr(GBytes) body = g_task_propagate_pointer (G_TASK (result), NULL);

  set_body (self, body);
  rfi_exchange_release (self);
}

static void
compress_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_task_return_pointer (task, rfi_gzip_compress (task_data), (GDestroyNotify) g_bytes_unref);
}

static void
compress_and_set_body (RfiExchange *self,
                       GBytes      *body)
{
  g_autoptr(GTask) task = NULL;

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Content-Encoding", "gzip");
  if (g_bytes_get_size (body) <= GZIP_HERE_SIZE)
    {
      g_autoptr(GBytes) compressed = rfi_gzip_compress (body);

      set_body (self, compressed);
      return;
    }

  task = g_task_new (NULL, NULL, compress_cb, rfi_exchange_hold (self));
  g_task_set_task_data (task, g_bytes_ref (body), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, compress_thread);
}

void
rfi_exchange_reply (RfiExchange *self,
                    guint        status,
                    GString     *body)
{
  g_autoptr(GBytes) bytes = NULL;
  char tag[RFI_BODY_TAG_SIZE];

  g_return_if_fail (!self->answered);
  self->answered = TRUE;

  if (status == SOUP_STATUS_OK && self->method != g_intern_static_string ("POST"))
    {
      rfi_body_tag (body->str, body->len, tag);
      if (is_known (self, tag))
        {
          soup_server_message_set_status (self->message, SOUP_STATUS_NOT_MODIFIED, NULL);
          g_string_free (body, TRUE);
          return;
        }
    }

  soup_server_message_set_status (self->message, status, NULL);
  bytes = g_string_free_to_bytes (body);
  if (g_bytes_get_size (bytes) >= MIN_GZIP_SIZE && rfi_exchange_takes_gzip (self))
    compress_and_set_body (self, bytes);
  else
    set_body (self, bytes);
}

/* A short one is packed once for all who ask for it. */
static void
set_page (RfiExchange *self,
          RfiPage     *page)
{
  if (g_bytes_get_size (page->body) > GZIP_HERE_SIZE)
    {
      compress_and_set_body (self, page->body);
      return;
    }

  if (page->packed == NULL)
    page->packed = rfi_gzip_compress (page->body);
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Content-Encoding", "gzip");
  set_body (self, page->packed);
}

void
rfi_exchange_reply_page (RfiExchange *self,
                         RfiPage     *page)
{
  g_return_if_fail (!self->answered);
  self->answered = TRUE;

  if (is_known (self, page->tag))
    {
      soup_server_message_set_status (self->message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }

  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  if (g_bytes_get_size (page->body) >= MIN_GZIP_SIZE && rfi_exchange_takes_gzip (self))
    set_page (self, page);
  else
    set_body (self, page->body);
}

void
rfi_exchange_reply_typed (RfiExchange *self,
                          guint        status,
                          const char  *type,
                          GString     *body)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Content-Type", type);
  rfi_exchange_reply (self, status, body);
}

void
rfi_exchange_reply_empty (RfiExchange *self,
                          guint        status)
{
  g_return_if_fail (!self->answered);

  self->answered = TRUE;
  soup_server_message_set_status (self->message, status, NULL);
}

void
rfi_exchange_reply_bytes (RfiExchange *self,
                          const char  *type,
                          GBytes      *body)
{
  self->answered = TRUE;
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Content-Type", type);
  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  set_body (self, body);
}

void
rfi_exchange_fail (RfiExchange *self,
                   guint        status,
                   const char  *code,
                   const char  *message)
{
  GString *body = g_string_new (NULL);

  rfi_wire_error_append (body, code, message);
  rfi_exchange_reply (self, status, body);
}

void
rfi_exchange_fail_later (RfiExchange *self,
                         guint        status,
                         const char  *code,
                         const char  *message,
                         guint        retry_after)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", MAX (retry_after, 1));
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Retry-After", text);
  rfi_exchange_fail (self, status, code, message);
}

void
rfi_exchange_fail_error (RfiExchange  *self,
                         const GError *error)
{
  if (error->domain == RFI_WIRE_ERROR)
    {
      rfi_exchange_fail (self, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR", error->message);
      return;
    }

  if (g_error_matches (error, RFI_DB_ERROR, RFI_DB_ERROR_FULL) ||
      g_error_matches (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_FULL))
    rfi_exchange_fail (self, 507, "STORAGE_FULL", "The server has no space left. Try again later.");
  else if (g_error_matches (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_UNAVAILABLE) ||
           (error->domain == RFI_DB_ERROR && error->code != RFI_DB_ERROR_CONSTRAINT &&
            error->code != RFI_DB_ERROR_FAILED))
    rfi_exchange_fail_later (self, SOUP_STATUS_SERVICE_UNAVAILABLE, "UNAVAILABLE",
                             "The server cannot do this just now. Try again later.", 1);
  else
    rfi_exchange_fail (self, SOUP_STATUS_INTERNAL_SERVER_ERROR, "INTERNAL_ERROR",
                       "An unexpected error occurred");

  g_warning ("Request %s failed: %s", self->id, error->message);
}

void
rfi_exchange_fail_route (RfiExchange *self)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (self->message));
  g_autofree char *valid = g_utf8_make_valid (path, -1);
  g_autofree char *message = g_strdup_printf ("Route %s %s not found", self->method, valid);

  rfi_exchange_fail (self, SOUP_STATUS_NOT_FOUND, "NOT_FOUND", message);
}

const RfiJson *
rfi_exchange_need_json (RfiExchange *self)
{
  if (self->has_json)
    return &self->json;

  rfi_exchange_fail (self, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE",
                     "Content-Type must be application/json");
  return NULL;
}
