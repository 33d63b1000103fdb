/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sign-in"

#include "config.h"

#include "rfi-sign-in.h"

#include "rfi-remote-sync.h"
#include "rfi-soup-transport.h"
#include "rfi-vault.h"
#include "rfi-wire-auth.h"

#include <string.h>

#define PROBE_TIMEOUT_MS 5000

G_DEFINE_QUARK (rfi-sign-in-error-quark, rfi_sign_in_error)

static gboolean
is_loopback (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr(GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

char *
rfi_sign_in_check_server (const char  *text,
                          GError     **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *url = NULL;

  if (*trimmed != '\0' && strstr (trimmed, "://") == NULL)
    {
      g_autofree char *plain = g_strconcat ("http://", trimmed, NULL);

      g_free (trimmed);
      trimmed = is_loopback (plain) ? g_steal_pointer (&plain)
                                    : g_strconcat ("https://", plain + strlen ("http://"), NULL);
    }

  if (!rfi_soup_transport_check_url (trimmed, &url) ||
      (!g_str_has_prefix (url, "https:") && !is_loopback (url)))
    {
      g_set_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_BAD_ADDRESS,
                   "%s is not the address of a server", text);
      return NULL;
    }

  return g_steal_pointer (&url);
}

/* @error: (transfer full): the remote's. @transport: the one that was asked. @pin: (nullable):
 * what it was to find */
static GError *
translate_remote (GError           *error,
                  RfiSoupTransport *transport,
                  const char       *pin)
{
  static const int codes[] = {
    [RFI_REMOTE_ERROR_OFFLINE] = RFI_SIGN_IN_ERROR_UNREACHABLE,
    [RFI_REMOTE_ERROR_TIMEOUT] = RFI_SIGN_IN_ERROR_UNREACHABLE,
    [RFI_REMOTE_ERROR_INTERRUPTED] = RFI_SIGN_IN_ERROR_UNREACHABLE,
    [RFI_REMOTE_ERROR_CERTIFICATE] = RFI_SIGN_IN_ERROR_CERTIFICATE,
    [RFI_REMOTE_ERROR_AUTH_REQUIRED] = RFI_SIGN_IN_ERROR_WRONG_PASSWORD,
    [RFI_REMOTE_ERROR_FORBIDDEN] = RFI_SIGN_IN_ERROR_FAILED,
    [RFI_REMOTE_ERROR_NOT_FOUND] = RFI_SIGN_IN_ERROR_NOT_A_SERVER,
    [RFI_REMOTE_ERROR_CONFLICT] = RFI_SIGN_IN_ERROR_FAILED,
    [RFI_REMOTE_ERROR_ILLEGAL_STEP] = RFI_SIGN_IN_ERROR_FAILED,
    [RFI_REMOTE_ERROR_INVALID] = RFI_SIGN_IN_ERROR_FAILED,
    [RFI_REMOTE_ERROR_TOO_LARGE] = RFI_SIGN_IN_ERROR_FAILED,
    [RFI_REMOTE_ERROR_RATE_LIMITED] = RFI_SIGN_IN_ERROR_TOO_MANY_TRIES,
    [RFI_REMOTE_ERROR_SERVER] = RFI_SIGN_IN_ERROR_FAILED,
    [RFI_REMOTE_ERROR_PROTOCOL] = RFI_SIGN_IN_ERROR_NOT_A_SERVER,
  };
  const char *message = error->message;
  GError *translated;
  int code;

  if (error->domain != RFI_REMOTE_ERROR)
    return error;

  code = codes[error->code];
  /* What a person needs to decide about a certificate is its fingerprint. */
  if (error->code == RFI_REMOTE_ERROR_CERTIFICATE &&
      rfi_soup_transport_get_refused_pin (transport) != NULL)
    message = rfi_soup_transport_get_refused_pin (transport);
  if (code == RFI_SIGN_IN_ERROR_CERTIFICATE && pin != NULL)
    code = RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED;

  translated = g_error_new_literal (RFI_SIGN_IN_ERROR, code, message);
  g_error_free (error);
  return translated;
}

GError *
rfi_sign_in_translate_store (GError *error)
{
  int code = RFI_SIGN_IN_ERROR_FAILED;
  GError *translated;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_IN_USE))
    code = RFI_SIGN_IN_ERROR_PROFILE_IN_USE;
  else if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_NEWER))
    code = RFI_SIGN_IN_ERROR_NEWER;
  else if (g_error_matches (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT))
    code = RFI_SIGN_IN_ERROR_NO_KEYRING;
  else if (error->domain == RFI_VAULT_ERROR)
    code = RFI_SIGN_IN_ERROR_KEYRING;
  else if (error->domain == RFI_STORE_ERROR || error->domain == G_FILE_ERROR ||
           error->domain == G_IO_ERROR)
    code = RFI_SIGN_IN_ERROR_DISK;

  translated = g_error_new_literal (RFI_SIGN_IN_ERROR, code, error->message);
  g_error_free (error);
  return translated;
}

static RfiRemote *
make_remote (const char *server_url,
             const char *pin)
{
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (server_url);

  rfi_soup_transport_set_pin (RFI_SOUP_TRANSPORT (transport), pin);
  return rfi_remote_new (transport);
}

static RfiSoupTransport *
get_transport (gpointer remote)
{
  return RFI_SOUP_TRANSPORT (rfi_remote_get_transport (RFI_REMOTE (remote)));
}

typedef struct
{
  gint64  began;  /* monotonic, µs */
  char   *pin;    /* (owned) (nullable) */
} Probe;

static void
probe_free (Probe *probe)
{
  g_free (probe->pin);
  g_free (probe);
}

static void
probe_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(RfiHealth) health = NULL;
  Probe *probe = g_task_get_task_data (task);
  GError *error = NULL;

  health = rfi_remote_health_finish (RFI_REMOTE (object), result, &error);
  if (health == NULL)
    g_task_return_error (task, translate_remote (error, get_transport (object), probe->pin));
  else
    g_task_return_int (task, (g_get_monotonic_time () - probe->began) / 1000);
}

void
rfi_sign_in_probe_async (const char          *server_url,
                         const char          *pin,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(RfiRemote) remote = NULL;
  g_autofree char *url = NULL;
  GError *error = NULL;
  Probe *probe;

  g_task_set_source_tag (task, rfi_sign_in_probe_async);
  url = rfi_sign_in_check_server (server_url, &error);
  if (url == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  probe = g_new (Probe, 1);
  probe->began = g_get_monotonic_time ();
  probe->pin = g_strdup (pin);
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);
  remote = make_remote (url, pin);
  rfi_remote_health_async (remote, PROBE_TIMEOUT_MS, cancellable, probe_cb, g_object_ref (task));
}

int
rfi_sign_in_probe_finish (GAsyncResult  *result,
                          GError       **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}

typedef struct
{
  RfiAccount *account;   /* (owned) (nullable): until it is the answer */
  char       *password;  /* (nullable): until it is sent */
  gboolean    keep;
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_pointer (&sign_in->account, rfi_account_free);
  rfi_vault_free (sign_in->password);
  g_free (sign_in);
}

static void asked_cb  (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void begun_cb  (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void login_cb  (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void stored_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

void
rfi_sign_in_async (const char          *server_url,
                   const char          *pin,
                   const char          *email,
                   const char          *password,
                   gboolean             keep,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(RfiRemote) remote = NULL;
  g_autofree char *address = g_strstrip (g_strdup (email));
  g_autofree char *url = NULL;
  SignIn *sign_in;
  GError *error = NULL;

  g_task_set_source_tag (task, rfi_sign_in_async);
  url = rfi_sign_in_check_server (server_url, &error);
  if (url == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (strchr (address, '@') == NULL || *address == '@' || g_str_has_suffix (address, "@"))
    {
      g_task_return_new_error (task, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_BAD_EMAIL,
                               "%s is not an e-mail address", address);
      return;
    }

  sign_in = g_new0 (SignIn, 1);
  sign_in->keep = keep;
  sign_in->account = g_new0 (RfiAccount, 1);
  sign_in->account->server_url = g_strdup (url);
  sign_in->account->email = g_strdup (address);
  sign_in->account->pin = g_strdup (pin);
  sign_in->account->keyring_note = -1;
  g_task_set_task_data (task, sign_in, (GDestroyNotify) sign_in_free);

  sign_in->password = g_strdup (password);

  remote = make_remote (url, pin);
  rfi_remote_health_async (remote, PROBE_TIMEOUT_MS, cancellable, asked_cb, g_object_ref (task));
}

/* Where the server can renew tokens, what is kept is good for one renewal, and what is used for
 * some minutes. */
static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  RfiRemote *remote = RFI_REMOTE (object);
  g_autoptr(RfiHealth) health = NULL;
  GError *error = NULL;

  health = rfi_remote_health_finish (remote, result, &error);
  if (health == NULL)
    {
      g_task_return_error (task, translate_remote (error, get_transport (object),
                                                   sign_in->account->pin));
      return;
    }

  if (rfi_health_has (health, RFI_CAPABILITY_REFRESH))
    rfi_remote_begin_async (remote, sign_in->account->email, sign_in->password,
                            g_task_get_cancellable (task), begun_cb, g_object_ref (task));
  else
    rfi_remote_login_async (remote, sign_in->account->email, sign_in->password,
                            g_task_get_cancellable (task), login_cb, g_object_ref (task));
  rfi_vault_free (g_steal_pointer (&sign_in->password));
}

/* What begins the secret of a sign-in that is renewed. */
#define RENEWED "refresh:"

/* The token on the first line, or what renews it, then who it is for. */
static char *
make_secret (const RfiAccount *account)
{
  GString *secret = g_string_new (NULL);

  if (account->refresh_token != NULL)
    g_string_append (secret, RENEWED);
  g_string_append (secret, account->refresh_token != NULL ? account->refresh_token
                                                          : account->token);
  g_string_append_c (secret, '\n');
  rfi_wire_user_append (secret, account->user);
  return g_string_free (secret, FALSE);
}

static void
keep (const RfiAccount    *account,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  char *secret = make_secret (account);

  rfi_vault_store_async (account->server_url, account->email, secret, cancellable, callback,
                         user_data);
  rfi_vault_free (secret);
}

/* Signed in: has it kept, if that is wanted. */
static void
keep_account (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);

  if (!sign_in->keep)
    {
      g_task_return_pointer (task, g_steal_pointer (&sign_in->account),
                             (GDestroyNotify) rfi_account_free);
      return;
    }

  sign_in->account->kept = TRUE;
  keep (sign_in->account, g_task_get_cancellable (task), stored_cb, g_object_ref (task));
}

static void
login_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiAccount *account = ((SignIn *) g_task_get_task_data (task))->account;
  GError *error = NULL;

  account->user = rfi_remote_login_finish (RFI_REMOTE (object), result, &account->token, &error);
  if (account->user == NULL)
    g_task_return_error (task, translate_remote (error, get_transport (object), account->pin));
  else
    keep_account (task);
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiAccount *account = ((SignIn *) g_task_get_task_data (task))->account;
  g_autoptr(RfiWireTokens) tokens = NULL;
  GError *error = NULL;

  account->user = rfi_remote_begin_finish (RFI_REMOTE (object), result, &tokens, &error);
  if (account->user == NULL)
    {
      g_task_return_error (task, translate_remote (error, get_transport (object), account->pin));
      return;
    }

  account->token = g_strdup (tokens->token);
  account->refresh_token = g_strdup (tokens->refresh_token);
  keep_account (task);
}

static void
next_kept_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) done = user_data;
  GError *error = NULL;

  if (rfi_vault_store_finish (result, &error))
    g_task_return_boolean (done, TRUE);
  else
    g_task_return_error (done, error);
}

void
rfi_sign_in_keep_next (const char *refresh_token,
                       GTask      *done,
                       gpointer    user_data)
{
  RfiAccount *account = user_data;

  g_free (account->refresh_token);
  account->refresh_token = g_strdup (refresh_token);
  if (account->kept)
    {
      keep (account, NULL, next_kept_cb, done);
      return;
    }

  g_task_return_boolean (done, TRUE);
  g_object_unref (done);
}

void
rfi_sign_in_end (const char *server_url,
                 const char *pin,
                 const char *refresh_token)
{
  g_autoptr(RfiRemote) remote = NULL;

  if (refresh_token == NULL)
    return;

  remote = make_remote (server_url, pin);
  rfi_remote_logout_async (remote, refresh_token, NULL, NULL, NULL);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* Without a keyring one works until quitting; the session says so. */
  if (!rfi_vault_store_finish (result, &error))
    {
      sign_in->account->kept = FALSE;
      if (error->domain != RFI_VAULT_ERROR)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      sign_in->account->keyring_note = error->code;
    }

  g_task_return_pointer (task, g_steal_pointer (&sign_in->account),
                         (GDestroyNotify) rfi_account_free);
}

RfiAccount *
rfi_sign_in_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* %FALSE if @secret is not one of ours. */
static gboolean
read_secret (RfiAccount *account,
             const char *secret)
{
  const char *end = strchr (secret, '\n');

  if (end == NULL)
    return FALSE;

  account->user = rfi_wire_user_parse (end + 1, -1, NULL);
  account->kept = TRUE;
  if (g_str_has_prefix (secret, RENEWED))
    account->refresh_token = g_strndup (secret + strlen (RENEWED),
                                        (gsize) (end - secret) - strlen (RENEWED));
  else
    account->token = g_strndup (secret, (gsize) (end - secret));
  return account->user != NULL;
}

static void
recalled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  SignIn *recall = g_task_get_task_data (task);
  GError *error = NULL;
  char *secret = rfi_vault_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (secret == NULL || !read_secret (recall->account, secret))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_steal_pointer (&recall->account),
                           (GDestroyNotify) rfi_account_free);

  g_clear_pointer (&secret, rfi_vault_free);
}

void
rfi_sign_in_recall_async (const char          *server_url,
                          const char          *email,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SignIn *recall = g_new0 (SignIn, 1);

  recall->account = g_new0 (RfiAccount, 1);
  recall->account->server_url = g_strdup (server_url);
  recall->account->email = g_strdup (email);
  recall->account->keyring_note = -1;
  g_task_set_source_tag (task, rfi_sign_in_recall_async);
  g_task_set_task_data (task, recall, (GDestroyNotify) sign_in_free);
  rfi_vault_lookup_async (server_url, email, cancellable, recalled_cb, g_object_ref (task));
}

RfiAccount *
rfi_sign_in_recall_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
