/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"

/* What goes on after the last window. The cases follow each other in one console; without a
 * keyring they are others. */

static RfiTestServer *server;
static GSettings *settings;   /* (owned) */
static RfiSession *session;   /* (nullable) (weak): whose window was open last */
static char *job_id;          /* (owned): of the job that is changed */

static void
note_session (void)
{
  GtkWidget *card;

  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  g_free (job_id);
  job_id = g_strdup (rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))));
  g_set_weak_pointer (&session, rfi_test_desk_session ());
}

static void
close_last_window (void)
{
  gtk_window_close (rfi_test_desk_window ());
  rfi_test_wait (rfi_test_desk_window () == NULL);
}

static void
change_title (const char *title)
{
  rfi_test_desk_edit (session, job_id, RFI_FIELD_TITLE, title);
}

static guint
count_queued (void)
{
  guint n;

  g_object_get (session, "n-queued", &n, NULL);
  return n;
}

static void
set_offline (gboolean offline)
{
  g_action_group_change_action_state (G_ACTION_GROUP (rfi_test_desk_application ()),
                                      "toggle-offline", g_variant_new_boolean (offline));
}

static void
quit (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (rfi_test_desk_application ()), "quit", NULL);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  note_session ();
}

/* Nobody allowed it. */
static void
test_not_wanted (void)
{
  close_last_window ();
  rfi_test_wait (session == NULL);
}

static void
assert_has_title (const char *title)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (http, rfi_test_server_get_url (server), "GET", path, token, NULL);
  g_autofree char *got = rfi_test_answer_get (answer, "title");

  g_assert_cmpstr (got, ==, title);
}

/* What was typed before goes out when the server is back, though nobody looks; and who comes back
 * finds the same session. */
static void
test_sends (void)
{
  RfiSession *same;

  rfi_test_desk_open ();
  note_session ();
  g_settings_set_boolean (settings, "run-in-background", TRUE);
  rfi_test_desk_set_offline (TRUE);
  change_title ("Typed before the window was closed");
  rfi_test_wait (count_queued () == 1);
  close_last_window ();
  rfi_test_settle ();
  g_assert_nonnull (session);

  set_offline (FALSE);
  rfi_test_wait (count_queued () == 0);
  assert_has_title ("Typed before the window was closed");

  same = session;
  rfi_test_desk_open ();
  note_session ();
  g_assert_true (session == same);
}

static void
test_quit (void)
{
  rfi_test_desk_quit ();
  rfi_test_wait (session == NULL);
}

static void
test_quit_without_window (void)
{
  rfi_test_desk_open ();
  note_session ();
  close_last_window ();
  rfi_test_settle ();
  g_assert_nonnull (session);
  quit ();
  rfi_test_wait (session == NULL);
  g_assert_null (rfi_test_desk_window ());
}

/* Who no longer wants it need not open a window to end it. */
static void
test_forbidden_later (void)
{
  rfi_test_desk_open ();
  note_session ();
  close_last_window ();
  rfi_test_settle ();
  g_assert_nonnull (session);
  g_settings_set_boolean (settings, "run-in-background", FALSE);
  rfi_test_wait (session == NULL);
  g_settings_set_boolean (settings, "run-in-background", TRUE);
}

static void
quit_cb (gpointer user_data)
{
  g_assert_nonnull (session);
  quit ();
}

static gboolean
close_cb (gpointer user_data)
{
  if (rfi_test_desk_window () == NULL || rfi_test_desk_session () == NULL)
    return G_SOURCE_CONTINUE;

  note_session ();
  close_last_window ();
  /* After what ends an application without windows. */
  g_idle_add_once (quit_cb, NULL);
  return G_SOURCE_REMOVE;
}

/* The process stays for it, and no longer. */
static void
test_process (void)
{
  g_timeout_add (10, close_cb, NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (rfi_test_desk_application ()), 0, NULL), ==,
                   0);
  g_assert_null (session);
}

/* Without a keyring what waits goes with the session: then quitting asks, and only then. */
static void
test_nothing_kept (void)
{
  g_settings_set_boolean (settings, "run-in-background", TRUE);
  test_sign_in ();
  rfi_test_desk_set_offline (TRUE);
  change_title ("Kept nowhere");
  rfi_test_wait (count_queued () == 1);
  close_last_window ();
  rfi_test_settle ();
  g_assert_nonnull (session);

  quit ();
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                       "Quit with 1 unsent change?"));
  rfi_test_desk_answer ("no");

  /* Who stays has not quit. */
  close_last_window ();
  rfi_test_settle ();
  g_assert_nonnull (session);
  g_assert_cmpuint (count_queued (), ==, 1);

  quit ();
  rfi_test_desk_answer ("yes");
  rfi_test_wait (session == NULL);
}

int
main (int   argc,
      char *argv[])
{
  gboolean keyring = g_getenv ("RFI_TEST_NO_KEYRING") == NULL;
  int status;

  if (!keyring)
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
      g_setenv ("GTK_A11Y", "none", TRUE);
    }
  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  settings = g_settings_new (RFI_APP_ID);

  if (!keyring)
    {
      g_test_add_func ("/background/nothing-kept", test_nothing_kept);
    }
  else
    {
      g_test_add_func ("/background/sign-in", test_sign_in);
      g_test_add_func ("/background/not-wanted", test_not_wanted);
      g_test_add_func ("/background/sends", test_sends);
      g_test_add_func ("/background/quit", test_quit);
      g_test_add_func ("/background/quit-without-window", test_quit_without_window);
      g_test_add_func ("/background/forbidden-later", test_forbidden_later);
      g_test_add_func ("/background/process", test_process);
    }

  status = rfi_test_desk_end (g_test_run ());
  g_clear_weak_pointer (&session);
  g_object_unref (settings);
  rfi_test_server_free (server);
  g_free (job_id);
  return status;
}
