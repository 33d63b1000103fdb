/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-error"

#include "config.h"

#include "rfi-sync-error.h"

#include "rfi-remote-error.h"

static gboolean
is_from_between (const GError *error)
{
  const char *code = rfi_remote_error_get_code (error);

  return code != NULL && g_str_has_prefix (code, "HTTP_");
}

gboolean
rfi_sync_error_is_transient (const GError *error)
{
  return rfi_remote_error_is_transient (error) || is_from_between (error);
}

gboolean
rfi_sync_error_is_gone (const GError *error)
{
  return g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND) &&
         !is_from_between (error);
}

gboolean
rfi_sync_error_is_network (const GError *error)
{
  return rfi_remote_error_is_network (error) || is_from_between (error);
}

gboolean
rfi_sync_error_is_auth (const GError *error)
{
  return g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED) &&
         !is_from_between (error);
}

gboolean
rfi_sync_error_is_refusal (const GError *error)
{
  return !is_from_between (error) &&
         (g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_CONFLICT) ||
          g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_FORBIDDEN) ||
          g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND) ||
          g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INVALID));
}

gint64
rfi_sync_error_get_wait (const GError *error)
{
  return rfi_remote_error_get_retry_after (error);
}

const char *
rfi_sync_error_code (const GError *error)
{
  const char *code = rfi_remote_error_get_code (error);

  if (code != NULL)
    return code;
  if (error->domain != RFI_REMOTE_ERROR)
    return "STORE";

  switch ((RfiRemoteError) error->code)
    {
    case RFI_REMOTE_ERROR_OFFLINE:
      return "OFFLINE";
    case RFI_REMOTE_ERROR_TIMEOUT:
      return "TIMEOUT";
    case RFI_REMOTE_ERROR_INTERRUPTED:
      return "INTERRUPTED";
    case RFI_REMOTE_ERROR_CERTIFICATE:
      return "CERTIFICATE";
    case RFI_REMOTE_ERROR_AUTH_REQUIRED:
    case RFI_REMOTE_ERROR_FORBIDDEN:
    case RFI_REMOTE_ERROR_NOT_FOUND:
    case RFI_REMOTE_ERROR_CONFLICT:
    case RFI_REMOTE_ERROR_ILLEGAL_STEP:
    case RFI_REMOTE_ERROR_INVALID:
    case RFI_REMOTE_ERROR_TOO_LARGE:
    case RFI_REMOTE_ERROR_RATE_LIMITED:
    case RFI_REMOTE_ERROR_SERVER:
    case RFI_REMOTE_ERROR_PROTOCOL:
    default:
      return "PROTOCOL";
    }
}
