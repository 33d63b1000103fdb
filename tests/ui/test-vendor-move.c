/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-table.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

/* An admin gives a job to another vendor in the assignment dialog: who loses it is said before. */

static RfiTestServer *server;
static GtkWindow *dialog;

static GtkWidget *
get_named (const char *name)
{
  return rfi_test_ui_find_named (GTK_WIDGET (dialog), name);
}

static gboolean
reads (const char *text)
{
  return rfi_test_ui_find_text (GTK_WIDGET (dialog), text) != NULL;
}

static const RfiJob *
get_job (const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), job_id)->work;
}

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  char **found = user_data;

  if (state->work->status == RFI_STATUS_ASSIGNED && *found == NULL &&
      g_strcmp0 (state->work->vendor_id, "vendor-001") == 0)
    *found = g_strdup (state->work->id);
}

static void
choose_vendor (const char *vendor_id)
{
  GListModel *vendors = rfi_session_get_vendors (rfi_test_desk_session ());

  for (guint i = 0; i < g_list_model_get_n_items (vendors); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (vendors, i);
      RfiUser *vendor = rfi_record_item_get (item);

      if (g_strcmp0 (vendor->vendor_id, vendor_id) == 0)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (get_named ("vendors")), i);
    }
}

/* All of it fits in 360 pixels, with text of twice the size too. */
static void
check_narrow (void)
{
  int least;

  gtk_window_set_default_size (dialog, 360, 640);
  rfi_test_settle ();
  rfi_test_desk_take_looks (dialog, "vendor-move-narrow");
  rfi_test_desk_set_text (200);
  rfi_test_settle ();
  gtk_widget_measure (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 360);
  rfi_test_desk_set_text (100);
}

static void
test_move (void)
{
  g_autofree char *job_id = NULL;
  g_autofree char *sentence = NULL;
  RfiSession *session;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  session = rfi_test_desk_session ();
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_vendors (session)) > 1);
  rfi_job_table_foreach (rfi_session_get_jobs (session), pick_cb, &job_id);
  g_assert_nonnull (job_id);
  rfi_test_desk_activate ("win.assign", job_id);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  dialog = rfi_test_desk_dialog ();
  g_assert_null (get_named ("move"));
  rfi_test_ui_assert_named (GTK_WIDGET (dialog));

  choose_vendor ("vendor-002");
  sentence = g_strdup_printf ("%s loses sight of this job, %s loses it, and %s gets it. This can’t "
                              "be taken back; only moved again.",
                              rfi_session_get_vendor_name (session, "vendor-001"),
                              rfi_session_get_name (session, get_job (job_id)->assigned_to),
                              rfi_session_get_vendor_name (session, "vendor-002"));
  rfi_test_wait (get_named ("move") != NULL);
  g_assert_true (reads (sentence));
  rfi_test_ui_assert_named (GTK_WIDGET (dialog));
  rfi_test_desk_take_looks (dialog, "vendor-move");
  check_narrow ();

  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (reads ("Requires connection"));
  g_assert_false (gtk_widget_is_sensitive (get_named ("move")));
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (reads (sentence));
  g_assert_cmpstr (get_job (job_id)->vendor_id, ==, "vendor-001");

  g_signal_emit_by_name (get_named ("move"), "clicked");
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
  rfi_test_wait (g_strcmp0 (get_job (job_id)->vendor_id, "vendor-002") == 0);
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  g_assert_null (get_job (job_id)->assigned_to);
  g_assert_cmpint (get_job (job_id)->status, ==, RFI_STATUS_PENDING);
}

int
main (int   argc,
      char *argv[])
{
  const char *options[] = { "--sample", "large", "--jobs", "200", "--vendors", "2", NULL };
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);
  g_test_add_func ("/vendor-move/move", test_move);
  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
