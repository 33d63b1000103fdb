/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-error-words"

#include "config.h"

#include "rfi-error-words.h"

#include "rfi-format.h"
#include "rfi-session-commands.h"
#include "rfi-session-manager.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

static const char *
session_words (const GError *error)
{
  switch ((RfiSessionError) error->code)
    {
    case RFI_SESSION_ERROR_REFUSED:
      return rfi_words_verdict (rfi_session_error_get_verdict (error));
    case RFI_SESSION_ERROR_FULL:
      return _(
        "The disk is full, so your change could not be kept. Free some space and try again.");
    case RFI_SESSION_ERROR_QUEUE_FULL:
      return _("Too many changes wait to be sent. Connect to the server before you go on.");
    case RFI_SESSION_ERROR_GONE:
      return _("The job is no longer here. Somebody deleted it or gave it to another vendor.");
    case RFI_SESSION_ERROR_FILE:
      return _("Photos must be JPEG or PNG pictures smaller than 10 MB.");
    case RFI_SESSION_ERROR_SPARED:
      return _("The connection is metered: photos are downloaded when you ask for them.");
    case RFI_SESSION_ERROR_ALTERED:
      return _("The server’s history was altered after it was written, so it is not shown. Ask "
               "whoever runs the server to verify it.");
    case RFI_SESSION_ERROR_MOVED:
      return _("It was changed while you looked, so nothing was put back. Look at it again.");
    case RFI_SESSION_ERROR_UNKNOWN:
      return _("This server is too old to tell. Ask whoever runs it for the present version.");
    case RFI_SESSION_ERROR_INVALID:
    case RFI_SESSION_ERROR_FAILED:
    default:
      return NULL;
    }
}

static const char *
sign_in_words (const GError *error)
{
  switch ((RfiSignInError) error->code)
    {
    case RFI_SIGN_IN_ERROR_WRONG_PASSWORD:
      return _("E-mail and password don’t match. Check Caps Lock, or ask your lead to reset it.");
    case RFI_SIGN_IN_ERROR_BAD_EMAIL:
      return _("This is not an e-mail address. It looks like name@company.com.");
    case RFI_SIGN_IN_ERROR_BAD_ADDRESS:
      return _("This is not a server’s address. It looks like https://dispatch.company.com; "
               "plain http works only on this computer.");
    case RFI_SIGN_IN_ERROR_UNREACHABLE:
      return _("No server answers at this address. Check the address and your network.");
    case RFI_SIGN_IN_ERROR_NOT_A_SERVER:
      return _("Something answers at this address, but it is not a RetailFixIt server. A network "
               "that asks you to sign in first may be in the way.");
    case RFI_SIGN_IN_ERROR_TOO_MANY_TRIES:
      return _("Too many tries. Wait a minute, then try again.");
    case RFI_SIGN_IN_ERROR_PROFILE_IN_USE:
      return _("Another console uses this profile. Close it, or start this one with --profile.");
    case RFI_SIGN_IN_ERROR_KEYRING:
      return _("Your keyring is locked, and with it what is saved on this computer. Nothing is "
               "lost: unlock it, then try again.");
    case RFI_SIGN_IN_ERROR_NO_KEYRING:
      return _("No keyring runs here, so what is saved on this computer stays shut, but is not "
               "lost. Start one, then try again. If you sign in without, nothing is kept when you "
               "quit.");
    case RFI_SIGN_IN_ERROR_FORGOTTEN:
      return _("Your keyring does not have your sign-in any more. Sign in again to go on.");
    case RFI_SIGN_IN_ERROR_NEWER:
      return _("What is saved on this computer was written by a newer version of this program. "
               "Install that version, or start this one with --profile and another folder.");
    case RFI_SIGN_IN_ERROR_DISK:
      return _(
        "The folder for saved data can’t be used. Check its permissions and the free space.");
    case RFI_SIGN_IN_ERROR_CERTIFICATE:
    case RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED:
    case RFI_SIGN_IN_ERROR_FAILED:
    default:
      return NULL;
    }
}

/* Returns: (transfer full) */
static char *
certificate_words (const GError *error)
{
  g_autofree char *fingerprint = rfi_format_fingerprint (error->message);

  if (error->code == RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED)
    /* translators: %s is a certificate's fingerprint */
    return g_strdup_printf (_("The server’s certificate is not the one you trusted before. It may "
                              "have been renewed, or somebody reads along. Ask your administrator "
                              "whether this is its new fingerprint:\n%s"), fingerprint);

  /* translators: %s is a certificate's fingerprint */
  return g_strdup_printf (_("The server’s certificate is not trusted. Ask your administrator "
                            "whether this is its fingerprint:\n%s"), fingerprint);
}

char *
rfi_error_words (const GError *error)
{
  const char *words = NULL;

  g_return_val_if_fail (error != NULL, g_strdup (""));

  if (error->domain == RFI_SESSION_ERROR)
    words = session_words (error);
  else if (error->domain == RFI_SIGN_IN_ERROR)
    words = sign_in_words (error);

  if (g_error_matches (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_CERTIFICATE) ||
      g_error_matches (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED))
    return certificate_words (error);

  return g_strdup (words != NULL ? words : error->message);
}

char *
rfi_error_words_code (const char *code,
                      const char *message)
{
  static const struct {
    const char *code;
    const char *words;
  } known[] = {
    { "OFFLINE", N_("The server can’t be reached.") },
    { "TIMEOUT", N_("The server did not answer in time.") },
    { "AUTH_REQUIRED", N_("The server asks you to sign in again.") },
    { "FORBIDDEN", N_("The server does not allow this for your account.") },
    { "NOT_FOUND", N_("The server does not have this job any more.") },
    { "TOO_LARGE", N_("The server finds this too large.") },
    { "RATE_LIMITED", N_("The server asks to slow down.") },
    { "SERVER", N_("The server had a problem of its own.") },
    { "PROTOCOL", N_("Something else than the server answered.") },
    { "CERTIFICATE", N_("The server’s certificate is not trusted. Sign out and in again to look "
                        "at its fingerprint.") },
    { "LOST", N_("This change can’t be read any more: it was damaged on this computer’s disk.") },
    { "SENSELESS", N_("This change can’t be told to a server as it is. Discard it, and make it "
                      "again.") },
    { "ANSWER_GONE", N_("The server carried this out long ago and no longer keeps its answer. Look "
                        "at the job: if it shows this change, discard it here; else make it "
                        "again.") },
    { "ID_TAKEN", N_("This job was made already, by another copy of your profile. Look at it; if "
                     "it has what you wanted, discard this.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (code, known[i].code) == 0)
      return g_strdup (_(known[i].words));

  return g_strdup (message != NULL ? message : _("The reason is not known."));
}

char *
rfi_error_words_file (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_("The disk is full. Free some space, or save the file elsewhere."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return g_strdup (_("The file may not be written there. Choose another folder."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_("The folder is no longer there. Choose another one."));

  /* translators: %s is the system's reason */
  return g_strdup_printf (_("The file could not be written: %s. Save it elsewhere."),
                          error->message);
}

char *
rfi_error_words_compact (const GError *error)
{
  if (g_error_matches (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_FULL))
    return g_strdup (_("The disk has too little room for a second copy, so the file stays as it "
                       "is. Free some space and try again."));

  return rfi_error_words (error);
}
