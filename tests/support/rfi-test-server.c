/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-server"

#include "config.h"

#include "rfi-test-server.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <sys/prctl.h>

#define GREETING "listening on "

struct _RfiTestServer
{
  char        *dir;      /* (owned): data directory, removed at the end */
  char       **options;  /* (owned) (nullable) */
  GSubprocess *process;  /* (owned) (nullable): %NULL while it is down */
  char        *url;      /* (owned) */
  guint        port;     /* 0 until it started once */
};

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir != NULL)
    {
      for (name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          if (g_file_test (child, G_FILE_TEST_IS_DIR) &&
              !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
            remove_tree (child);
          else
            g_unlink (child);
        }
    }

  g_rmdir (path);
}

static void
read_greeting (RfiTestServer *self)
{
  g_autoptr(GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr(GError) error = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, GREETING));

  /* It comes back at the same place, and others keep what they asked for. */
  if (self->url != NULL)
    {
      g_assert_cmpstr (line + strlen (GREETING), ==, self->url);
      return;
    }

  uri = g_uri_parse (line + strlen (GREETING), G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->url = g_strdup (line + strlen (GREETING));
  self->port = (guint) g_uri_get_port (uri);
}

/* A test that fails ends by abort() and frees nothing: the server must not outlive it. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
rfi_test_server_start (RfiTestServer *self)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_null (self->process);
  g_assert_nonnull (g_getenv ("RFI_SERVER"));

  g_ptr_array_add (argv, g_strdup (g_getenv ("RFI_SERVER")));
  g_ptr_array_add (argv, g_strdup_printf ("--data=%s", self->dir));
  g_ptr_array_add (argv, g_strdup_printf ("--port=%u", self->port));
  if (self->options == NULL)
    g_ptr_array_add (argv, g_strdup ("--sample=small"));
  for (guint i = 0; self->options != NULL && self->options[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (self->options[i]));
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char * const *) argv->pdata,
                                                &error);
  g_assert_no_error (error);
  read_greeting (self);
}

RfiTestServer *
rfi_test_server_new (const char * const *options)
{
  RfiTestServer *self = g_new0 (RfiTestServer, 1);
  g_autoptr(GError) error = NULL;

  self->dir = g_dir_make_tmp ("rfi-server-XXXXXX", &error);
  g_assert_no_error (error);
  self->options = g_strdupv ((char **) options);
  rfi_test_server_start (self);
  return self;
}

void
rfi_test_server_kill (RfiTestServer *self)
{
  g_autoptr(GError) error = NULL;

  if (self->process == NULL)
    return;

  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->process);
}

int
rfi_test_server_terminate (RfiTestServer *self)
{
  g_autoptr(GError) error = NULL;
  int status;

  g_assert_nonnull (self->process);
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  status = g_subprocess_get_exit_status (self->process);
  g_clear_object (&self->process);
  return status;
}

void
rfi_test_server_free (RfiTestServer *self)
{
  rfi_test_server_kill (self);
  remove_tree (self->dir);
  g_free (self->dir);
  g_strfreev (self->options);
  g_free (self->url);
  g_free (self);
}

const char *
rfi_test_server_get_url (RfiTestServer *self)
{
  return self->url;
}

guint
rfi_test_server_get_port (RfiTestServer *self)
{
  return self->port;
}

const char *
rfi_test_server_get_data_dir (RfiTestServer *self)
{
  return self->dir;
}

GPid
rfi_test_server_get_pid (RfiTestServer *self)
{
  return (GPid) g_ascii_strtoll (g_subprocess_get_identifier (self->process), NULL, 10);
}

char *
rfi_test_server_sign_in (RfiTestServer *self,
                         const char    *email,
                         const char    *password)
{
  g_autoptr(SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autofree char *url = g_strconcat (self->url, "/api/auth/login", NULL);
  g_autofree char *text =
    g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\"}", email, password);
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GRegex) regex = g_regex_new ("\"token\":\"([^\"]+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  json = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_assert_true (g_regex_match (regex, json, 0, &match));
  return g_match_info_fetch (match, 1);
}
