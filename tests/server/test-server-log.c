/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program writes while it serves: one JSON object a line, found again by its number, and
 * nothing in it that opens a door. */

#include "config.h"

#include "rfi-json.h"
#include "rfi-test-http.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD "dispatch123"

/* Its standard error goes to @path. */
static RfiTestServer *
open_server (const char *path)
{
  int own = dup (STDERR_FILENO);
  int fd = g_open (path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  RfiTestServer *server;

  g_assert_cmpint (dup2 (fd, STDERR_FILENO), ==, STDERR_FILENO);
  server = rfi_test_server_new (NULL);
  g_assert_cmpint (dup2 (own, STDERR_FILENO), ==, STDERR_FILENO);
  g_assert_true (g_close (own, NULL));
  g_assert_true (g_close (fd, NULL));
  return server;
}

static void
ask (SoupSession   *session,
     RfiTestServer *server,
     const char    *token)
{
  g_autofree char *url =
    g_strconcat (rfi_test_server_get_url (server), "/api/jobs?status=odd&key=in-the-query", NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr(RfiTestAnswer) answer = NULL;

  soup_message_headers_append (headers, "Authorization", authorization);
  soup_message_headers_append (headers, "x-request-id", "my.request-8");
  answer = rfi_test_http_send (session, message);
  g_assert_cmpuint (answer->status, ==, 400);
}

static char *
get_text (const RfiJson *line,
          const char    *name)
{
  RfiJson value;

  g_assert_true (rfi_json_get_member (line, name, &value));
  return g_strndup (value.at, (gsize) (value.end - value.at));
}

static void
check_line (const RfiJson *line)
{
  g_autofree char *path = get_text (line, "path");
  g_autofree char *route = get_text (line, "route");
  g_autofree char *status = get_text (line, "status");
  g_autofree char *user = get_text (line, "user");
  g_autofree char *level = get_text (line, "level");

  g_assert_cmpstr (path, ==, "\"/api/jobs\"");
  g_assert_cmpstr (route, ==, "\"/api/jobs\"");
  g_assert_cmpstr (status, ==, "400");
  g_assert_cmpuint (strlen (user), ==, strlen ("\"\"") + 36);
  g_assert_cmpstr (level, ==, "\"info\"");
}

/* Every line is good; one is that of @id. */
static void
check_lines (char       **lines,
             const char  *id)
{
  guint n_found = 0;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr(GError) error = NULL;
      RfiJson line;
      RfiJson value;

      rfi_json_parse (lines[i], -1, &line, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rfi_json_get_type (&line), ==, RFI_JSON_OBJECT);
      g_assert_true (rfi_json_get_member (&line, "time", &value));
      if (strstr (lines[i], id) != NULL)
        {
          check_line (&line);
          n_found++;
        }
    }
  g_assert_cmpuint (n_found, ==, 1);
}

static void
test_requests (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "log", NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = NULL;
  g_autofree char *log = NULL;
  g_auto(GStrv) lines = NULL;
  RfiTestServer *server;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  server = open_server (path);
  token = rfi_test_server_sign_in (server, "dispatcher@coolair.com", PASSWORD);
  ask (session, server, token);
  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  rfi_test_server_free (server);

  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_null (strstr (log, PASSWORD));
  g_assert_null (strstr (log, token));
  g_assert_null (strstr (log, "Bearer"));
  g_assert_null (strstr (log, "in-the-query"));
  lines = g_strsplit (log, "\n", -1);
  check_lines (lines, "my.request-8");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/server-log/requests", test_requests);
  return g_test_run ();
}
