/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists that are asked for again and again: written once, and never older than the last change. */

#include "config.h"

#include "rfi-test-http.h"

#include <string.h>

#define LIST "/api/jobs?limit=5"

/* More than are kept. */
#define N_PAGES 40

static RfiTestServer *server;
static SoupSession *session;
static char *admin;
static char *technician;

/* @packed: by gzip; @tag: (nullable): of the answer that is here already */
static RfiTestAnswer *
ask (const char *path,
     gboolean    packed,
     const char *tag)
{
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), path, NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", admin, NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_append (headers, "Authorization", authorization);
  if (tag != NULL)
    soup_message_headers_append (headers, "If-None-Match", tag);
  if (!packed)
    soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  return rfi_test_http_send (session, message);
}

static const char *
get_header (RfiTestAnswer *answer,
            const char    *name)
{
  return soup_message_headers_get_one (answer->headers, name);
}

static void
set_title (const char *title)
{
  g_autoptr(RfiTestAnswer) list = ask ("/api/jobs?limit=1", FALSE, NULL);
  g_autofree char *id = rfi_test_answer_get (list, "id");
  g_autofree char *etag = rfi_test_answer_get (list, "_etag");
  g_autofree char *path = g_strconcat ("/api/jobs/", id, NULL);
  g_autofree char *json =
    g_strdup_printf ("{\"title\":\"%s\",\"_etag\":\"%s\"}", title, etag);
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (
    session, rfi_test_server_get_url (server), "PATCH", path, admin, json);

  g_assert_cmpuint (answer->status, ==, 200);
}

/* Whoever changed something finds it in the next list, however often that was asked for before. */
static void
test_changed (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *title = g_strdup_printf ("Ice on the floor, call %u", i);
      g_autoptr(RfiTestAnswer) before = ask (LIST, i % 2 == 0, NULL);
      g_autoptr(RfiTestAnswer) again = ask (LIST, i % 2 != 0, NULL);
      g_autoptr(RfiTestAnswer) after = NULL;

      g_assert_cmpstr (before->text, ==, again->text);
      g_assert_null (strstr (before->text, title));
      set_title (title);
      after = ask (LIST, TRUE, NULL);
      g_assert_nonnull (strstr (after->text, title));
      g_assert_cmpstr (get_header (after, "ETag"), !=, get_header (before, "ETag"));
    }
}

static void
test_forms (void)
{
  g_autoptr(RfiTestAnswer) plain = ask (LIST, FALSE, NULL);
  g_autoptr(RfiTestAnswer) packed = ask (LIST, TRUE, NULL);
  g_autoptr(RfiTestAnswer) known = ask (LIST, TRUE, get_header (plain, "ETag"));

  g_assert_null (get_header (plain, "Content-Encoding"));
  g_assert_cmpstr (get_header (packed, "Content-Encoding"), ==, "gzip");
  g_assert_cmpstr (packed->text, ==, plain->text);
  g_assert_cmpstr (get_header (packed, "ETag"), ==, get_header (plain, "ETag"));
  g_assert_cmpstr (get_header (packed, "x-request-id"), !=, get_header (plain, "x-request-id"));
  g_assert_cmpuint (known->status, ==, 304);
  g_assert_cmpuint (known->length, ==, 0);
}

/* The same address is another page for somebody else. */
static void
test_people (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(RfiTestAnswer) all = ask (LIST, FALSE, NULL);
      g_autoptr(RfiTestAnswer) own = rfi_test_http_call (
        session, rfi_test_server_get_url (server), "GET", LIST, technician, NULL);
      g_autoptr(RfiTestAnswer) nobody = rfi_test_http_call (
        session, rfi_test_server_get_url (server), "GET", LIST, NULL, NULL);

      g_assert_cmpuint (all->status, ==, 200);
      g_assert_cmpuint (own->status, ==, 200);
      g_assert_cmpstr (own->text, !=, all->text);
      g_assert_cmpuint (nobody->status, ==, 401);
    }
}

static void
test_many (void)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 2 * N_PAGES; i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/jobs?limit=1&offset=%u", i % N_PAGES);
      g_autofree char *offset = g_strdup_printf ("\"offset\":%u}", i % N_PAGES);
      g_autoptr(RfiTestAnswer) answer = ask (path, FALSE, NULL);

      g_assert_nonnull (strstr (answer->text, offset));
      if (i < N_PAGES)
        g_ptr_array_add (texts, g_strdup (answer->text));
      else
        g_assert_cmpstr (answer->text, ==, g_ptr_array_index (texts, i - N_PAGES));
    }
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  server = rfi_test_server_new (NULL);
  session = rfi_test_http_new ();
  admin = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  technician = rfi_test_server_sign_in (server, RFI_TEST_TECHNICIAN);

  g_test_add_func ("/api-pages/changed", test_changed);
  g_test_add_func ("/api-pages/forms", test_forms);
  g_test_add_func ("/api-pages/people", test_people);
  g_test_add_func ("/api-pages/many", test_many);
  result = g_test_run ();

  g_free (technician);
  g_free (admin);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
