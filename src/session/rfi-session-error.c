/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-error"

#include "config.h"

#include "rfi-remote-error.h"
#include "rfi-session-private.h"

typedef struct
{
  RfiVerdict      verdict;
  RfiField        field;
  RfiFieldProblem problem;
} RfiSessionErrorPrivate;

static void
rfi_session_error_private_init (RfiSessionErrorPrivate *detail)
{
  detail->verdict = RFI_VERDICT_OK;
  detail->problem = RFI_FIELD_OK;
}

static void
rfi_session_error_private_copy (const RfiSessionErrorPrivate *from,
                                RfiSessionErrorPrivate       *to)
{
  *to = *from;
}

static void
rfi_session_error_private_clear (RfiSessionErrorPrivate *detail)
{
}

G_DEFINE_EXTENDED_ERROR (RfiSessionError, rfi_session_error)

RfiVerdict
rfi_session_error_get_verdict (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RFI_SESSION_ERROR, RFI_VERDICT_OK);

  return rfi_session_error_get_private (error)->verdict;
}

RfiFieldProblem
rfi_session_error_get_problem (const GError *error,
                               RfiField     *field)
{
  RfiSessionErrorPrivate *detail;

  g_return_val_if_fail (error != NULL && error->domain == RFI_SESSION_ERROR, RFI_FIELD_OK);

  detail = rfi_session_error_get_private (error);
  *field = detail->field;
  return detail->problem;
}

GError *
_rfi_session_refuse (RfiVerdict verdict)
{
  GError *error = g_error_new (RFI_SESSION_ERROR, RFI_SESSION_ERROR_REFUSED,
                               "The rules refuse it (verdict %d)", (int) verdict);

  rfi_session_error_get_private (error)->verdict = verdict;
  return error;
}

GError *
_rfi_session_invalid (RfiField        field,
                      RfiFieldProblem problem)
{
  GError *error = g_error_new (RFI_SESSION_ERROR, RFI_SESSION_ERROR_INVALID, "%s",
                               rfi_field_to_string (field));

  rfi_session_error_get_private (error)->field = field;
  rfi_session_error_get_private (error)->problem = problem;
  return error;
}

/* What only the server could answer, and it was not there to ask. */
static gboolean
needs_connection (const GError *error)
{
  return g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_OFFLINE) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TIMEOUT) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INTERRUPTED) ||
         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED);
}

GError *
_rfi_session_translate (GError *error)
{
  RfiSessionError code = RFI_SESSION_ERROR_FAILED;
  GError *translated;

  if (error->domain == RFI_SESSION_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (needs_connection (error))
    {
      g_error_free (error);
      return _rfi_session_refuse (RFI_VERDICT_NEEDS_CONNECTION);
    }

  if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_FULL) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = RFI_SESSION_ERROR_FULL;
  else if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_QUEUE_FULL))
    code = RFI_SESSION_ERROR_QUEUE_FULL;
  else if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE) ||
           g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND) ||
           g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_FORBIDDEN))
    code = RFI_SESSION_ERROR_GONE;

  translated = g_error_new_literal (RFI_SESSION_ERROR, (int) code, error->message);
  g_error_free (error);
  return translated;
}

GError *
_rfi_session_translate_answer (GError *error)
{
  GError *translated;

  if (!g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND))
    return _rfi_session_translate (error);

  translated = g_error_new_literal (RFI_SESSION_ERROR, RFI_SESSION_ERROR_UNKNOWN, error->message);
  g_error_free (error);
  return translated;
}
