/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-request-body"

#include "config.h"

#include "rfi-request-body.h"

#include "rfi-gzip.h"

#include <string.h>

static const char utf8_mark[] = "\xef\xbb\xbf";

static gboolean
refuse (RfiExchange *exchange,
        guint        status,
        const char  *code,
        const char  *message)
{
  rfi_exchange_fail (exchange, status, code, message);
  return FALSE;
}

static gboolean
refuse_size (RfiExchange *exchange)
{
  g_autofree char *message = g_strdup_printf ("The body is larger than %" G_GSIZE_FORMAT " bytes",
                                              exchange->limit);

  return refuse (exchange, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "PAYLOAD_TOO_LARGE", message);
}

/* Takes off what the client packed the body in. */
static gboolean
decode (RfiExchange  *exchange,
        GBytes      **body)
{
  const char *encoding = rfi_exchange_get_header (exchange, "Content-Encoding");
  gboolean gzip = encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;
  g_autoptr(GBytes) packed = NULL;

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    return TRUE;
  if (!gzip && g_ascii_strcasecmp (encoding, "deflate") != 0)
    return refuse (exchange, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_ENCODING",
                   "Content-Encoding must be gzip, deflate or identity");

  packed = *body;
  *body = rfi_gzip_decompress (packed, gzip, exchange->limit, NULL);
  if (*body == NULL)
    return refuse (exchange, SOUP_STATUS_BAD_REQUEST, "INVALID_JSON",
                   "The body is not compressed as Content-Encoding says");

  return TRUE;
}

/* Brings the body to UTF-8. */
static gboolean
convert (RfiExchange *exchange,
         GHashTable  *params,
         GBytes      *body)
{
  const char *charset = params != NULL ? g_hash_table_lookup (params, "charset") : NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0 ||
      g_ascii_strcasecmp (charset, "utf8") == 0)
    {
      gsize skip = length >= 3 && memcmp (data, utf8_mark, 3) == 0 ? 3 : 0;

      exchange->text = g_strndup (data != NULL ? data + skip : "", length - skip);
      exchange->n_text = length - skip;
      return TRUE;
    }
  if (g_ascii_strncasecmp (charset, "utf-16", 6) != 0)
    return refuse (exchange, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_CHARSET",
                   "The charset must be utf-8 or utf-16");

  exchange->text =
    g_convert (data, (gssize) length, "UTF-8", charset, NULL, &exchange->n_text, NULL);
  if (exchange->text == NULL)
    return refuse (exchange, SOUP_STATUS_BAD_REQUEST, "INVALID_JSON",
                   "The body is not of the charset it says");

  return TRUE;
}

static gboolean
parse (RfiExchange *exchange)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  RfiJsonType type;

  if (exchange->n_text == 0)
    {
      g_free (exchange->text);
      exchange->text = g_strdup ("{}");
      exchange->n_text = 2;
    }
  if (!rfi_json_parse (exchange->text, (gssize) exchange->n_text, &exchange->json, &error))
    {
      message = g_strconcat ("The body is not JSON: ", error->message, NULL);
      return refuse (exchange, SOUP_STATUS_BAD_REQUEST, "INVALID_JSON", message);
    }

  type = rfi_json_get_type (&exchange->json);
  if (type != RFI_JSON_OBJECT && type != RFI_JSON_ARRAY)
    return refuse (exchange, SOUP_STATUS_BAD_REQUEST, "INVALID_JSON",
                   "The body must be an object");

  exchange->has_json = TRUE;
  return TRUE;
}

gboolean
rfi_request_body_read_json (RfiExchange *exchange)
{
  g_autoptr(GHashTable) params = NULL;
  g_autoptr(GBytes) body = NULL;
  const char *type;

  if (exchange->n_read > exchange->limit)
    return refuse_size (exchange);

  type = soup_message_headers_get_content_type (
    soup_server_message_get_request_headers (exchange->message), &params);
  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    return TRUE;

  body = soup_message_body_flatten (soup_server_message_get_request_body (exchange->message));
  if (!decode (exchange, &body))
    return FALSE;
  if (g_bytes_get_size (body) > exchange->limit)
    return refuse_size (exchange);

  return convert (exchange, params, body) && parse (exchange);
}
