/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-answer-head"

#include "config.h"

#include "rfi-answer-head.h"

#include "rfi-wire-error.h"

#include <string.h>

#define ID "x-request-id"

#define MAX_ID_LENGTH 128

/* An id of the client's is taken if it can stand in a header and in a log line as it is. */
static char *
choose_id (SoupServerMessage *message)
{
  const char *sent =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), ID);
  gsize length = sent != NULL ? strlen (sent) : 0;

  if (length == 0 || length > MAX_ID_LENGTH)
    return g_uuid_string_random ();
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (sent[i]) && strchr ("-_.:/+=", sent[i]) == NULL)
      return g_uuid_string_random ();

  return g_strdup (sent);
}

const char *
rfi_answer_head_get_id (SoupServerMessage *message)
{
  const char *known = g_object_get_data (G_OBJECT (message), ID);
  char *id;

  if (known != NULL)
    return known;

  id = choose_id (message);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), ID, id);
  g_object_set_data_full (G_OBJECT (message), ID, id, g_free);
  return id;
}

/* What helmet 8 sets, and what CORS and caches need. */
static void
append_common (SoupServerMessage *message)
{
  static const char * const headers[][2] = {
    { "Content-Security-Policy",
      "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';"
      "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
      "script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "cross-origin" },
    { "Origin-Agent-Cluster", "?1" },
    { "Referrer-Policy", "no-referrer" },
    { "Strict-Transport-Security", "max-age=31536000; includeSubDomains" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-DNS-Prefetch-Control", "off" },
    { "X-Download-Options", "noopen" },
    { "X-Frame-Options", "SAMEORIGIN" },
    { "X-Permitted-Cross-Domain-Policies", "none" },
    { "X-XSS-Protection", "0" },
    { "Access-Control-Allow-Origin", "*" },
    { "Access-Control-Expose-Headers", "x-request-id, Retry-After, Idempotent-Replayed" },
    { "Vary", "Accept-Encoding" },
  };
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    soup_message_headers_append (answer, headers[i][0], headers[i][1]);
}

void
rfi_answer_head_restore (SoupServerMessage *message)
{
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);

  if (soup_message_headers_get_one (answer, ID) != NULL)
    return;

  append_common (message);
  soup_message_headers_append (answer, ID, rfi_answer_head_get_id (message));
}

static GBytes *
get_unread_words (void)
{
  static GBytes *words = NULL;

  if (words == NULL)
    {
      GString *text = g_string_new (NULL);

      rfi_wire_error_append (text, "BAD_REQUEST", "The request or its address cannot be read");
      words = g_string_free_to_bytes (text);
    }
  return words;
}

/* It could be read: the words that lay ready for the other case go. With a status it is an address
 * that cannot be decoded, and they stay. */
static void
got_headers_cb (SoupServerMessage *message,
                gpointer           user_data)
{
  rfi_answer_head_get_id (message);
  if (soup_server_message_get_status (message) != 0)
    return;

  soup_message_headers_remove (soup_server_message_get_response_headers (message), "Content-Type");
  soup_message_body_truncate (soup_server_message_get_response_body (message));
}

/* Nothing of it is read yet, and if that fails libsoup answers without asking anybody. */
static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  append_common (message);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Content-Type",
                               RFI_JSON_TYPE);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message),
                                  get_unread_words ());
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), NULL);
}

void
rfi_answer_head_attach (SoupServer *soup)
{
  g_signal_connect (soup, "request-started", G_CALLBACK (request_started_cb), NULL);
}
