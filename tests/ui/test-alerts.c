/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-alert-button.h"
#include "rfi-alert-row.h"
#include "rfi-board-page.h"
#include "rfi-detail-pane.h"
#include "rfi-job-table.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

/* What wants attention, in the whole console against a real server. The jobs are the sample's,
 * which are hours old; which of them is an alert is said by the settings. The cases follow each
 * other. */

static RfiTestServer *server;
static GSettings *settings;   /* (owned) */
static guint n_urgent;        /* open ones */

static GtkWidget *
get_popover (void)
{
  GtkWidget *button = rfi_test_ui_find (rfi_test_desk_find_named ("alerts"),
                                        GTK_TYPE_MENU_BUTTON);

  return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
}

static GtkWidget *
get_view (void)
{
  return rfi_test_ui_find (get_popover (), GTK_TYPE_LIST_VIEW);
}

/* What the button in the header says. */
static const char *
get_badge (void)
{
  GtkWidget *words = rfi_test_ui_find_named (rfi_test_desk_find_named ("alerts"), "words");

  return words != NULL ? gtk_label_get_label (GTK_LABEL (words)) : "";
}

/* What the switch of pages says beside that one. */
static guint
get_page_badge (const char *name)
{
  AdwViewStack *pages = ADW_VIEW_STACK (rfi_test_desk_find_named ("pages"));

  return adw_view_stack_page_get_badge_number (
    adw_view_stack_get_page (pages, adw_view_stack_get_child_by_name (pages, name)));
}

static const char *
get_selected_id (void)
{
  return rfi_board_page_get_selected_id (
    RFI_BOARD_PAGE (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE)));
}

static void
set_rules (guint sla_urgent,
           guint risk)
{
  static const char * const off[] = {
    "alert-unassigned", "alert-unacknowledged", "alert-late", "alert-overrun", "sla-high",
    "sla-medium", "sla-low",
  };

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    g_settings_set_uint (settings, off[i], 0);
  g_settings_set_uint (settings, "sla-risk", risk);
  g_settings_set_uint (settings, "sla-urgent", sla_urgent);
}

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  if (!rfi_status_is_final (state->work->status) &&
      state->work->priority != RFI_PRIORITY_URGENT)
    g_ptr_array_add (user_data, g_strdup (state->work->id));
}

/* All open jobs but one are urgent. */
static void
make_urgent (void)
{
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_test_desk_session ());
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  rfi_job_table_foreach (jobs, pick_cb, ids);
  for (guint i = 1; i < ids->len; i++)
    rfi_test_desk_edit (rfi_test_desk_session (), ids->pdata[i], RFI_FIELD_PRIORITY, "urgent");
  n_urgent = rfi_job_table_get_counts (jobs)->open_priorities[RFI_PRIORITY_URGENT];
  g_test_message ("%u urgent jobs", n_urgent);
  g_assert_cmpuint (n_urgent, >=, 3);
}

static void
test_badge (void)
{
  g_autofree char *watch = NULL;
  g_autofree char *act = NULL;

  set_rules (0, 0);
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  gtk_window_set_default_size (rfi_test_desk_window (), 1700, 900);
  make_urgent ();
  g_assert_cmpstr (get_badge (), ==, "");

  set_rules (525600, 525600);
  watch = g_strdup_printf ("Watch: %u", n_urgent);
  rfi_test_wait (g_str_equal (get_badge (), watch));
  set_rules (1, 60);
  act = g_strdup_printf ("Act now: %u", n_urgent);
  rfi_test_wait (g_str_equal (get_badge (), act));
  rfi_test_wait (get_page_badge ("board") == n_urgent);
  g_assert_cmpuint (get_page_badge ("timeline"), ==, 0);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
}

/* F8 goes round all of them, Shift+F8 back. */
static void
test_walk (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = NULL;
  g_auto(GStrv) next =
    gtk_application_get_accels_for_action (rfi_test_desk_application (), "win.next-alert");
  g_auto(GStrv) previous =
    gtk_application_get_accels_for_action (rfi_test_desk_application (), "win.previous-alert");

  g_assert_cmpstr (next[0], ==, "F8");
  g_assert_cmpstr (previous[0], ==, "<Shift>F8");
  for (guint i = 0; i < n_urgent; i++)
    {
      const char *job_id;

      rfi_test_desk_activate ("win.next-alert", NULL);
      job_id = get_selected_id ();
      g_assert_nonnull (job_id);
      g_assert_cmpint (rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()),
                                             job_id)->work->priority, ==, RFI_PRIORITY_URGENT);
      g_assert_true (g_hash_table_add (seen, g_strdup (job_id)));
      if (i == 0)
        first = g_strdup (job_id);
    }
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_DETAIL_PANE) != NULL);
  rfi_test_desk_activate ("win.next-alert", NULL);
  g_assert_cmpstr (get_selected_id (), ==, first);
  rfi_test_desk_activate ("win.previous-alert", NULL);
  rfi_test_desk_activate ("win.next-alert", NULL);
  g_assert_cmpstr (get_selected_id (), ==, first);
  rfi_test_desk_take_looks (rfi_test_desk_window (), "alerts-walk");
}

static void
test_list (void)
{
  g_autofree char *one_less = g_strdup_printf ("Act now: %u", n_urgent - 1);
  g_autofree char *two_less = g_strdup_printf ("Act now: %u", n_urgent - 2);
  GtkWidget *remind;

  rfi_test_desk_activate ("win.close-detail", NULL);
  gtk_popover_popup (GTK_POPOVER (get_popover ()));
  rfi_test_wait (rfi_test_ui_find (get_popover (), RFI_TYPE_ALERT_ROW) != NULL);
  rfi_test_settle ();
  rfi_test_ui_assert_named (get_popover ());
  rfi_test_desk_take_looks ((GtkWindow *) get_popover (), "alerts-list");

  /* By keys: what is muted goes to the end, and the next is at hand. */
  rfi_test_desk_press (get_view (), GDK_KEY_s, 0);
  rfi_test_wait (g_str_equal (get_badge (), one_less));
  rfi_test_desk_press (get_view (), GDK_KEY_a, 0);
  rfi_test_wait (g_str_equal (get_badge (), two_less));
  /* The end of the list may be below what is seen of it. */
  gtk_widget_activate_action (get_view (), "list.scroll-to-item", "u", n_urgent - 1);
  rfi_test_wait (rfi_test_ui_has_text (get_popover (), "Acknowledged"));
  rfi_test_desk_take_picture ((GtkWindow *) get_popover (), "alerts-muted");
  rfi_test_wait (rfi_test_ui_find_text (get_popover (), "Snoozed until ") != NULL);

  /* By its button it is there again. */
  remind = rfi_test_ui_find_named (get_popover (), "remind");
  g_assert_nonnull (remind);
  g_signal_emit_by_name (remind, "clicked");
  rfi_test_wait (g_str_equal (get_badge (), one_less));

  g_signal_emit_by_name (get_view (), "activate", 0);
  rfi_test_wait (!gtk_widget_get_visible (get_popover ()));
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_DETAIL_PANE) != NULL);
}

/* What is settled is no alert any more, without anybody saying so. */
static void
test_settled (void)
{
  g_autofree char *job_id = NULL;
  g_autofree char *two_less = g_strdup_printf ("Act now: %u", n_urgent - 2);

  rfi_test_desk_activate ("win.next-alert", NULL);
  job_id = g_strdup (get_selected_id ());
  rfi_test_desk_edit (rfi_test_desk_session (), job_id, RFI_FIELD_PRIORITY, "low");
  rfi_test_wait (g_str_equal (get_badge (), two_less));
  rfi_test_desk_activate ("win.next-alert", NULL);
  g_assert_cmpstr (get_selected_id (), !=, job_id);

  set_rules (0, 0);
  rfi_test_wait (g_str_equal (get_badge (), ""));
  rfi_test_wait (get_page_badge ("board") == 0);
  rfi_test_desk_activate ("win.next-alert", NULL);
  rfi_test_wait (rfi_test_desk_reads ("No job wants attention"));
}

/* One person's alerts are nothing to the next. */
static void
test_sign_out (void)
{
  set_rules (1, 60);
  rfi_test_wait (!g_str_equal (get_badge (), ""));
  rfi_test_desk_activate ("win.sign-out", NULL);
  if (rfi_test_desk_dialog () != NULL)
    rfi_test_desk_answer ("yes");
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
  g_assert_false (g_action_group_get_action_enabled (
    G_ACTION_GROUP (rfi_test_desk_window ()), "next-alert"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  settings = g_settings_new (RFI_APP_ID);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/alerts/badge", test_badge);
  g_test_add_func ("/alerts/walk", test_walk);
  g_test_add_func ("/alerts/list", test_list);
  g_test_add_func ("/alerts/settled", test_settled);
  g_test_add_func ("/alerts/sign-out", test_sign_out);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  g_object_unref (settings);
  return status;
}
