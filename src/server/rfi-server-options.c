/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-options"

#include "config.h"

#include "rfi-server-options.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_VENDORS 1000
#define DEFAULT_JOBS    100000
#define DEFAULT_SEED    1
#define PUBLIC_RATE     500
#define MAX_CONNECTIONS 10000

/* As they are written, before they are judged together. */
typedef struct
{
  char     *listen;
  int       port;
  char     *sample;
  int       n_jobs;
  int       n_vendors;
  gint64    seed;
  char     *certificate;
  char     *key;
  int       rate;
  int       max_connections;
  gboolean  insecure;
  gboolean  version;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->listen);
  g_free (raw->sample);
  g_free (raw->certificate);
  g_free (raw->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

void
rfi_server_options_free (RfiServerOptions *self)
{
  g_free (self->data);
  g_clear_object (&self->listen);
  g_free (self->secret_file);
  g_clear_object (&self->certificate);
  g_free (self->public_url);
  g_free (self->environment);
  g_free (self->email);
  g_free (self->display_name);
  g_free (self->role);
  g_free (self->vendor);
  g_free (self);
}

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, sentence);
  return FALSE;
}

static gboolean
read_words (RfiServerOptions  *self,
            int               *argc,
            char            ***argv,
            Raw               *raw,
            GError           **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data, N_ ("Directory that keeps everything"),
      "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &raw->listen, N_ ("Address to listen on (127.0.0.1)"),
      "ADDR" },
    { "port", 0, 0, G_OPTION_ARG_INT, &raw->port, N_ ("Port (3000), 0 for any free one"), "N" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &raw->certificate,
      N_ ("Speak TLS with this certificate"), "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &raw->key, N_ ("Private key of the certificate"),
      "FILE" },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &raw->insecure,
      N_ ("Listen beyond this machine without TLS"), NULL },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &self->public_url,
      N_ ("Address by which clients reach it, behind a proxy"), "URL" },
    { "jwt-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secret_file,
      N_ ("Secret that tokens are signed with"), "FILE" },
    { "rate", 0, 0, G_OPTION_ARG_INT, &raw->rate,
      N_ ("Requests a second of one client, 0 for any number"), "N" },
    { "max-connections", 0, 0, G_OPTION_ARG_INT, &raw->max_connections, N_ ("Connections at once"),
      "N" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &self->quiet, N_ ("No log line for each request"), NULL },
    { "sample", 0, 0, G_OPTION_ARG_STRING, &raw->sample,
      N_ ("Fill an empty directory: none, small or large"), "SIZE" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &raw->n_jobs, N_ ("Jobs of the large sample"), "N" },
    { "vendors", 0, 0, G_OPTION_ARG_INT, &raw->n_vendors, N_ ("Vendors of the large sample"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &raw->seed, N_ ("Same sample for the same seed"), "S" },
    { "new-epoch", 0, 0, G_OPTION_ARG_NONE, &self->new_epoch,
      N_ ("After a restore: let every client load everything again"), NULL },
    { "verify-audit", 0, 0, G_OPTION_ARG_NONE, &self->verify_audit,
      N_ ("Recompute the chain of the history, and nothing else"), NULL },
    { "create-user", 0, 0, G_OPTION_ARG_NONE, &self->create_user,
      N_ ("Add a person, their password read from standard input"), NULL },
    { "email", 0, 0, G_OPTION_ARG_STRING, &self->email, N_ ("Of the person"), "ADDRESS" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->display_name, N_ ("Of the person"), "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &self->role,
      N_ ("admin (default), dispatcher or technician"), "ROLE" },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &self->vendor, N_ ("Of a dispatcher or technician"),
      "ID" },
    { "environment", 0, 0, G_OPTION_ARG_STRING, &self->environment,
      N_ ("Told to those who ask for health"), "WORD" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &raw->version, N_ ("Tell the version"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _ ("The server of RetailFixIt Dispatch"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("What is “%s”?"),
                   (*argv)[1]);
      return FALSE;
    }

  return TRUE;
}

static gboolean
judge_sample (RfiServerOptions  *self,
              const Raw         *raw,
              GError           **error)
{
  static const char * const words[] = { "none", "small", "large" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (raw->sample != NULL ? raw->sample : "none", words[i]) == 0)
      {
        self->sample = (RfiSampleSize) i;
        self->n_jobs = (guint) raw->n_jobs;
        self->n_vendors = (guint) raw->n_vendors;
        self->seed = (guint64) raw->seed;
        return (raw->n_jobs > 0 && raw->n_vendors > 0) ||
               fail (error, _ ("--jobs and --vendors must be at least 1"));
      }

  return fail (error, _ ("--sample must be none, small or large"));
}

static gboolean
judge_tls (RfiServerOptions  *self,
           const Raw         *raw,
           GError           **error)
{
  if ((raw->certificate == NULL) != (raw->key == NULL))
    return fail (error, _ ("--tls-certificate and --tls-key belong together"));
  if (raw->certificate == NULL)
    return TRUE;

  self->certificate = g_tls_certificate_new_from_files (raw->certificate, raw->key, error);
  return self->certificate != NULL;
}

static gboolean
judge_address (RfiServerOptions  *self,
               const Raw         *raw,
               GError           **error)
{
  gboolean loopback;

  self->listen = g_inet_address_new_from_string (raw->listen != NULL ? raw->listen : "127.0.0.1");
  if (self->listen == NULL)
    return fail (error, _ ("--listen must be an IP address"));
  if (raw->port < 0 || raw->port > G_MAXUINT16)
    return fail (error, _ ("--port must be between 0 and 65535"));
  if (raw->rate < -1 || raw->max_connections < 1)
    return fail (error, _ ("--rate and --max-connections must be numbers of at least 0 and 1"));

  loopback = g_inet_address_get_is_loopback (self->listen);
  self->may_be_public = self->certificate != NULL || raw->insecure;
  if (!loopback && !self->may_be_public)
    return fail (error, _ ("Passwords and jobs would cross the network unprotected: give "
                           "--tls-certificate and --tls-key, or say --insecure behind a proxy "
                           "that speaks TLS"));

  self->port = (guint) raw->port;
  self->max_connections = (guint) raw->max_connections;
  self->rate = raw->rate >= 0 ? (guint) raw->rate : loopback ? 0 : PUBLIC_RATE;
  return TRUE;
}

static gboolean
judge_user (RfiServerOptions  *self,
            GError           **error)
{
  gboolean needs_vendor;

  if (!self->create_user)
    return (self->email == NULL && self->display_name == NULL && self->role == NULL &&
            self->vendor == NULL) ||
           fail (error, _ ("--email, --name, --role and --vendor belong to --create-user"));
  if (self->email == NULL || strchr (self->email, '@') == NULL)
    return fail (error, _ ("--create-user needs --email ADDRESS"));

  if (self->role == NULL)
    self->role = g_strdup ("admin");
  if (strcmp (self->role, "admin") != 0 && strcmp (self->role, "dispatcher") != 0 &&
      strcmp (self->role, "technician") != 0)
    return fail (error, _ ("--role must be admin, dispatcher or technician"));

  needs_vendor = strcmp (self->role, "admin") != 0;
  if (needs_vendor != (self->vendor != NULL && *self->vendor != '\0'))
    return fail (error, _ ("Dispatchers and technicians need --vendor, admins have none"));
  if (self->display_name == NULL)
    self->display_name = g_strdup (self->email);
  return TRUE;
}

RfiServerOptions *
rfi_server_options_parse (int     *argc,
                          char  ***argv,
                          GError **error)
{
  g_autoptr(RfiServerOptions) self = g_new0 (RfiServerOptions, 1);
  g_auto(Raw) raw = {
    .port = 3000, .n_jobs = DEFAULT_JOBS, .n_vendors = DEFAULT_VENDORS,
    .seed = DEFAULT_SEED, .rate = -1, .max_connections = MAX_CONNECTIONS,
  };

  if (!read_words (self, argc, argv, &raw, error))
    return NULL;
  if (raw.version)
    {
      g_print ("retailfixit-server %s\n", RFI_VERSION);
      return NULL;
    }
  if (self->data == NULL)
    {
      fail (error, _ ("Say with --data DIR where everything is kept"));
      return NULL;
    }
  if (self->environment == NULL)
    self->environment = g_strdup ("production");
  if (self->public_url != NULL && g_str_has_suffix (self->public_url, "/"))
    self->public_url[strlen (self->public_url) - 1] = '\0';
  if (!judge_sample (self, &raw, error) || !judge_tls (self, &raw, error) ||
      !judge_address (self, &raw, error) || !judge_user (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
