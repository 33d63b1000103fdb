/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-remote-error"

#include "config.h"

#include "rfi-remote-error.h"

#include "rfi-wire-error.h"

/* The one place that says what an HTTP status means to us. */

/* Longer waits are not believed. */
#define MAX_RETRY_AFTER (60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  char   *code;         /* (owned) (nullable) */
  guint   http_status;
  gint64  retry_after;  /* ms */
} RfiRemoteErrorPrivate;

static void
rfi_remote_error_private_init (RfiRemoteErrorPrivate *priv)
{
}

static void
rfi_remote_error_private_copy (const RfiRemoteErrorPrivate *from,
                               RfiRemoteErrorPrivate       *to)
{
  to->code = g_strdup (from->code);
  to->http_status = from->http_status;
  to->retry_after = from->retry_after;
}

static void
rfi_remote_error_private_clear (RfiRemoteErrorPrivate *priv)
{
  g_free (priv->code);
}

G_DEFINE_EXTENDED_ERROR (RfiRemoteError, rfi_remote_error)

static const RfiRemoteErrorPrivate *
get_details (const GError *error)
{
  if (error == NULL || error->domain != RFI_REMOTE_ERROR)
    return NULL;

  return rfi_remote_error_get_private (error);
}

const char *
rfi_remote_error_get_code (const GError *error)
{
  const RfiRemoteErrorPrivate *priv = get_details (error);

  return priv != NULL ? priv->code : NULL;
}

guint
rfi_remote_error_get_http_status (const GError *error)
{
  const RfiRemoteErrorPrivate *priv = get_details (error);

  return priv != NULL ? priv->http_status : 0;
}

gint64
rfi_remote_error_get_retry_after (const GError *error)
{
  const RfiRemoteErrorPrivate *priv = get_details (error);

  return priv != NULL ? priv->retry_after : 0;
}

gboolean
rfi_remote_error_maybe_applied (const GError *error)
{
  return g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TIMEOUT) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INTERRUPTED) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_SERVER) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

gboolean
rfi_remote_error_is_network (const GError *error)
{
  return g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_OFFLINE) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TIMEOUT) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INTERRUPTED) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
}

gboolean
rfi_remote_error_is_transient (const GError *error)
{
  return rfi_remote_error_is_network (error) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_RATE_LIMITED) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_SERVER);
}

GError *
rfi_remote_error_new (RfiRemoteError  code,
                      const char     *format,
                      ...)
{
  GError *error;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (RFI_REMOTE_ERROR, (int) code, format, args);
  va_end (args);
  return error;
}

static RfiRemoteError
error_for_status (guint    status,
                  gboolean names_a_time)
{
  if (status == 429 || (status == 503 && names_a_time))
    return RFI_REMOTE_ERROR_RATE_LIMITED;
  if (status >= 500)
    return RFI_REMOTE_ERROR_SERVER;

  switch (status)
    {
    case 401:
      return RFI_REMOTE_ERROR_AUTH_REQUIRED;
    case 403:
      return RFI_REMOTE_ERROR_FORBIDDEN;
    case 404:
      return RFI_REMOTE_ERROR_NOT_FOUND;
    case 408:
    case 425:
      return RFI_REMOTE_ERROR_TIMEOUT;
    case 409:
      return RFI_REMOTE_ERROR_CONFLICT;
    case 413:
      return RFI_REMOTE_ERROR_TOO_LARGE;
    case 422:
      return RFI_REMOTE_ERROR_ILLEGAL_STEP;
    default:
      return status >= 400 ? RFI_REMOTE_ERROR_INVALID : RFI_REMOTE_ERROR_PROTOCOL;
    }
}

/* Seconds. A date would mean as much as the two clocks agree: it is left alone. */
static gint64
parse_retry_after (const char *text)
{
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return MIN ((gint64) seconds * 1000, MAX_RETRY_AFTER);

  return 0;
}

GError *
rfi_remote_error_new_status (guint       http_status,
                             const char *retry_after,
                             GBytes     *body)
{
  gint64 wait = parse_retry_after (retry_after);
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;
  RfiRemoteErrorPrivate *priv;
  GError *error;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (!rfi_wire_error_parse (data, (gssize) length, &code, &message))
    {
      code = g_strdup_printf ("HTTP_%u", http_status);
      message = g_strdup_printf ("HTTP %u", http_status);
    }

  error = rfi_remote_error_new (error_for_status (http_status, wait > 0), "%s", message);
  priv = rfi_remote_error_get_private (error);
  priv->code = g_steal_pointer (&code);
  priv->http_status = http_status;
  priv->retry_after = wait;
  return error;
}
