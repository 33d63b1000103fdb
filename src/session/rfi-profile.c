/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-profile"

#include "config.h"

#include "rfi-profile.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define GROUP_LAST "last"
#define GROUP_CERTIFICATES "certificates"
#define N_SERVERS 10

struct _RfiProfile
{
  char     *path;
  GKeyFile *file;     /* (owned): profile.ini */
  char     *server;   /* (nullable) */
  char     *email;    /* (nullable) */
  char    **servers;
  char     *pin;      /* (nullable): the last one asked for */
};

static char *
get_file_path (RfiProfile *self)
{
  return g_build_filename (self->path, "profile.ini", NULL);
}

static gboolean
make_dir (const char  *path,
          GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
save (RfiProfile  *self,
      GError     **error)
{
  g_autofree char *path = get_file_path (self);
  g_autofree char *data = NULL;
  gsize length;

  if (!make_dir (self->path, error))
    return FALSE;

  data = g_key_file_to_data (self->file, &length, NULL);
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

RfiProfile *
rfi_profile_new (const char *path)
{
  RfiProfile *self = g_new0 (RfiProfile, 1);
  g_autofree char *file = NULL;
  g_autoptr(GError) error = NULL;

  self->path = g_canonicalize_filename (path, NULL);
  self->file = g_key_file_new ();
  file = get_file_path (self);
  if (!g_key_file_load_from_file (self->file, file, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("The profile's settings cannot be read, they start anew: %s", error->message);

  self->server = g_key_file_get_string (self->file, GROUP_LAST, "server", NULL);
  self->email = g_key_file_get_string (self->file, GROUP_LAST, "email", NULL);
  self->servers = g_key_file_get_string_list (self->file, GROUP_LAST, "servers", NULL, NULL);
  if (self->servers == NULL)
    self->servers = g_new0 (char *, 1);
  return self;
}

void
rfi_profile_free (RfiProfile *self)
{
  g_free (self->path);
  g_key_file_unref (self->file);
  g_free (self->server);
  g_free (self->email);
  g_strfreev (self->servers);
  g_free (self->pin);
  g_free (self);
}

const char *
rfi_profile_get_last_server (RfiProfile *self)
{
  return self->server;
}

const char *
rfi_profile_get_last_email (RfiProfile *self)
{
  return self->email;
}

const char *const *
rfi_profile_get_servers (RfiProfile *self)
{
  return (const char *const *) self->servers;
}

gboolean
rfi_profile_get_kept (RfiProfile *self)
{
  return self->server != NULL && self->email != NULL &&
         g_key_file_get_boolean (self->file, GROUP_LAST, "kept", NULL);
}

static void
put_server_first (RfiProfile *self,
                  const char *server_url)
{
  g_autoptr(GStrvBuilder) servers = g_strv_builder_new ();
  guint n_servers = 1;

  g_strv_builder_add (servers, server_url);
  for (guint i = 0; self->servers[i] != NULL && n_servers < N_SERVERS; i++)
    if (strcmp (self->servers[i], server_url) != 0)
      {
        g_strv_builder_add (servers, self->servers[i]);
        n_servers++;
      }

  g_strfreev (self->servers);
  self->servers = g_strv_builder_end (servers);
}

gboolean
rfi_profile_set_last (RfiProfile  *self,
                      const char  *server_url,
                      const char  *email,
                      gboolean     kept,
                      GError     **error)
{
  g_autofree char *server = g_strdup (server_url);
  g_autofree char *address = g_strdup (email);

  put_server_first (self, server);
  g_free (self->server);
  self->server = g_steal_pointer (&server);
  g_free (self->email);
  self->email = g_steal_pointer (&address);

  g_key_file_set_string (self->file, GROUP_LAST, "server", self->server);
  g_key_file_set_string (self->file, GROUP_LAST, "email", self->email);
  g_key_file_set_boolean (self->file, GROUP_LAST, "kept", kept);
  g_key_file_set_string_list (self->file, GROUP_LAST, "servers",
                              (const char *const *) self->servers, g_strv_length (self->servers));
  return save (self, error);
}

/* The brackets of "https://[::1]" cannot be part of a key. */
static char *
make_key (const char *server_url)
{
  return g_uri_escape_string (server_url, ":/", FALSE);
}

const char *
rfi_profile_get_pin (RfiProfile *self,
                     const char *server_url)
{
  g_autofree char *key = make_key (server_url);

  g_free (self->pin);
  self->pin = g_key_file_get_string (self->file, GROUP_CERTIFICATES, key, NULL);
  return self->pin;
}

gboolean
rfi_profile_set_pin (RfiProfile  *self,
                     const char  *server_url,
                     const char  *fingerprint,
                     GError     **error)
{
  g_autofree char *key = make_key (server_url);

  g_key_file_set_string (self->file, GROUP_CERTIFICATES, key, fingerprint);
  return save (self, error);
}

/* "example.com_8443-ana_at_example.com-1a2b3c4d": for people to recognise, and by the digest
 * never the same for two. */
static char *
name_account (const char *server_url,
              const char *email)
{
  g_autofree char *folded = g_utf8_strdown (email, -1);
  g_autofree char *key = g_strconcat (server_url, "\n", folded, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  const char *host = strstr (server_url, "://");
  g_autofree char *name = g_strconcat (host != NULL ? host + 3 : server_url, "-", folded, NULL);

  g_strcanon (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", '_');
  if (strlen (name) > 80)
    name[80] = '\0';
  return g_strdup_printf ("%s-%.8s", name, digest);
}

char *
rfi_profile_make_account_dir (RfiProfile  *self,
                              const char  *server_url,
                              const char  *email,
                              GError     **error)
{
  g_autofree char *name = name_account (server_url, email);
  g_autofree char *path = g_build_filename (self->path, "accounts", name, NULL);
  g_autofree char *photos = g_build_filename (path, "photos", NULL);
  g_autofree char *outgoing = g_build_filename (path, "outgoing", NULL);

  if (!make_dir (photos, error) || !make_dir (outgoing, error))
    return NULL;

  return g_steal_pointer (&path);
}
