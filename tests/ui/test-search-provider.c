/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-table.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#include <string.h>

/* Jobs in the search of the desktop, asked over a bus as the shell asks. The cases follow each
 * other in one console. */

#define PATH      "/com/retailfixit/Dispatch/SearchProvider"
#define INTERFACE "org.gnome.Shell.SearchProvider2"

static RfiTestServer *server;
static GDBusConnection *shell;  /* (owned): another one than the console's */
static RfiJobState *wanted;     /* of a job that is looked for */

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* @arguments: floating. Returns: (transfer full) */
static GVariant *
call (const char *method,
      GVariant   *arguments)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GVariant *answer;

  g_dbus_connection_call (shell,
                          g_application_get_application_id (
                            G_APPLICATION (rfi_test_desk_application ())),
                          PATH, INTERFACE, method, arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  answer = g_dbus_connection_call_finish (shell, result, &error);
  g_assert_no_error (error);
  return answer;
}

/* Returns: (transfer full): the ids of what is found for two words */
static char **
look_for (const char *first,
          const char *second)
{
  const char *const terms[] = { first, second, NULL };
  g_autoptr(GVariant) answer = call ("GetInitialResultSet", g_variant_new ("(^as)", terms));
  char **ids;

  g_variant_get (answer, "(^as)", &ids);
  return ids;
}

static void
assert_nothing (void)
{
  g_auto(GStrv) ids = look_for ("cooler", NULL);
  const char *const some[] = { "job-001", NULL };
  g_autoptr(GVariant) metas = call ("GetResultMetas", g_variant_new ("(^as)", some));
  g_autofree char *text = g_variant_print (metas, FALSE);

  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  g_assert_cmpstr (text, ==, "([],)");
}

/* Before anybody signed in. */
static void
test_signed_out (void)
{
  rfi_test_desk_open ();
  assert_nothing ();
}

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  if (wanted == NULL && strchr (state->work->title, ' ') != NULL)
    wanted = state;
}

static void
test_finds (void)
{
  g_auto(GStrv) words = NULL;
  g_auto(GStrv) ids = NULL;
  g_auto(GStrv) fewer = NULL;
  g_autoptr(GVariant) answer = NULL;

  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_cb, NULL);
  g_assert_nonnull (wanted);

  words = g_strsplit (wanted->work->title, " ", 2);
  ids = look_for (words[0], wanted->work->store_name);
  g_assert_true (g_strv_contains ((const char *const *) ids, wanted->work->id));
  answer = call ("GetSubsearchResultSet",
                 g_variant_new ("(^as^as)", ids, (const char *[]) { "not to be found", NULL }));
  g_variant_get (answer, "(^as)", &fewer);
  g_assert_cmpuint (g_strv_length (fewer), ==, 0);
}

static void
test_describes (void)
{
  const char *const ids[] = { wanted->work->id, "of nobody", NULL };
  g_autoptr(GVariant) answer = call ("GetResultMetas", g_variant_new ("(^as)", ids));
  g_autoptr(GVariant) metas = g_variant_get_child_value (answer, 0);
  g_autoptr(GVariant) meta = NULL;
  const char *name;
  const char *description;

  g_assert_cmpuint (g_variant_n_children (metas), ==, 1);
  meta = g_variant_get_child_value (metas, 0);
  g_assert_true (g_variant_lookup (meta, "name", "&s", &name));
  g_assert_true (g_variant_lookup (meta, "description", "&s", &description));
  g_assert_cmpstr (name, ==, wanted->work->title);
  g_assert_nonnull (strstr (description, wanted->work->store_name));
}

/* In the console that runs. */
static void
test_opens (void)
{
  const char *const terms[] = { "cooler", NULL };
  g_autoptr(GVariant) opened = NULL;
  g_autoptr(GVariant) launched = NULL;

  opened = call ("ActivateResult", g_variant_new ("(s^asu)", wanted->work->id, terms, 0));
  rfi_test_wait (rfi_test_desk_reads (wanted->work->description));
  launched = call ("LaunchSearch", g_variant_new ("(^asu)", terms, 0));
  rfi_test_wait (rfi_test_desk_find (GTK_TYPE_SEARCH_ENTRY) != NULL);
  rfi_test_wait (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (
                              rfi_test_desk_find (GTK_TYPE_SEARCH_ENTRY))), "cooler") == 0);
}

/* Nothing is told of who is gone. */
static void
test_sign_out (void)
{
  wanted = NULL;
  rfi_test_desk_activate ("win.sign-out", NULL);
  if (rfi_test_desk_dialog () != NULL)
    rfi_test_desk_answer ("yes");
  rfi_test_wait (rfi_test_desk_session () == NULL);
  assert_nothing ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  shell = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, NULL);

  g_test_add_func ("/search-provider/signed-out", test_signed_out);
  g_test_add_func ("/search-provider/finds", test_finds);
  g_test_add_func ("/search-provider/describes", test_describes);
  g_test_add_func ("/search-provider/opens", test_opens);
  g_test_add_func ("/search-provider/sign-out", test_sign_out);

  status = rfi_test_desk_end (g_test_run ());
  g_object_unref (shell);
  rfi_test_server_free (server);
  return status;
}
