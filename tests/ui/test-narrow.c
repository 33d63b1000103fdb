/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-activity-page.h"
#include "rfi-conflicts-page.h"
#include "rfi-detail-pane.h"
#include "rfi-gallery-page.h"
#include "rfi-history-page.h"
#include "rfi-job-table.h"
#include "rfi-preferences-window.h"
#include "rfi-session-commands.h"
#include "rfi-table-page.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"

/* Every page at 360 pixels with text of the usual and of twice the size: it fits, and so does the
 * window around it; each of its controls has a name, and the keyboard gets into it. With
 * LANGUAGE=de it does so in German. */

static RfiTestServer *server;
static char *job_id;  /* (owned): one with photos, in conflict */

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  if (state->work->n_photos > 0 && state->work->status == RFI_STATUS_IN_PROGRESS)
    {
      g_free (job_id);
      job_id = g_strdup (state->work->id);
    }
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
edit (RfiField    field,
      const char *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_patch_set (patch, field, value);
  rfi_session_edit_async (rfi_test_desk_session (), job_id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);
}

static void
edit_elsewhere (const char *title)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autofree char *path = g_strconcat ("/api/jobs/", job_id, NULL);
  const char *url = rfi_test_server_get_url (server);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (http, url, "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autofree char *json =
    g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"%s\"}", etag, title);
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (http, url, "PATCH", path, token, json);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_cb, NULL);
  g_assert_nonnull (job_id);

  rfi_test_desk_set_offline (TRUE);
  edit (RFI_FIELD_TITLE, "Compressor short-cycles, bring a contactor and a start kit");
  edit_elsewhere ("Compressor short-cycles, store asks for a call before arrival");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (g_list_model_get_n_items (
                   rfi_session_get_conflicts (rfi_test_desk_session ())) == 1);
  gtk_window_set_default_size (rfi_test_desk_window (), 360, 640);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (rfi_test_desk_window ())) == 360);
}

static int
least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* What does not fit beside it is cut off at the window's edge: the button that closes, for one.
 * What gives way does so in the frames after the text grew. */
static void
wait_frame_fits (void)
{
  GtkWidget *frame = rfi_test_desk_find_named ("frame");

  rfi_test_wait (least_width (gtk_widget_get_first_child (frame)) <= 360);
}

static void
take_pictures (GtkWindow  *window,
               const char *name,
               int         percent)
{
  g_autofree char *light = g_strdup_printf ("narrow-%s-%d", name, percent);
  g_autofree char *dark = g_strconcat (light, "-dark", NULL);

  rfi_test_desk_take_picture (window, light);
  rfi_test_desk_set_dark (TRUE);
  rfi_test_desk_take_picture (window, dark);
  rfi_test_desk_set_dark (FALSE);
}

static void
assert_fits (GtkWindow  *window,
             GtkWidget  *part,
             const char *name)
{
  static const int percents[] = { 100, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      rfi_test_desk_set_text (percents[i]);
      rfi_test_settle ();
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      rfi_test_settle ();
      take_pictures (window, name, percents[i]);
      g_test_message ("%s at %d %%: %d", name, percents[i], least_width (part));
      g_assert_cmpint (least_width (part), <=, 360);
      if (window == rfi_test_desk_window ())
        wait_frame_fits ();
      rfi_test_ui_assert_named (GTK_WIDGET (window));
    }
  rfi_test_desk_set_text (100);
  gtk_root_set_focus (GTK_ROOT (window), NULL);
  g_assert_true (gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD));
}

static void
assert_page_fits (const char *name,
                  GType       type)
{
  rfi_test_desk_show_page (name);
  rfi_test_wait (rfi_test_desk_find (type) != NULL);
  assert_fits (rfi_test_desk_window (), rfi_test_desk_find (type), name);
}

static void
test_board (void)
{
  assert_page_fits ("board", g_type_from_name ("RfiBoardPage"));
}

static void
test_timeline (void)
{
  assert_page_fits ("timeline", g_type_from_name ("RfiTimelinePage"));
}

static void
test_conflicts (void)
{
  assert_page_fits ("conflicts", RFI_TYPE_CONFLICTS_PAGE);
}

static void
test_jobs (void)
{
  assert_page_fits ("jobs", RFI_TYPE_TABLE_PAGE);
}

static void
test_history (void)
{
  assert_page_fits ("history", RFI_TYPE_HISTORY_PAGE);
}

static void
test_activity (void)
{
  assert_page_fits ("activity", RFI_TYPE_ACTIVITY_PAGE);
  /* The page would scroll sideways sooner than be too wide. */
  rfi_test_desk_set_text (200);
  rfi_test_settle ();
  g_test_message ("columns: %d", least_width (rfi_test_desk_find_named ("columns")));
  g_assert_cmpint (least_width (rfi_test_desk_find_named ("columns")), <=, 360);
  rfi_test_desk_set_text (100);
}

static void
test_detail (void)
{
  rfi_test_desk_show_page ("board");
  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_DETAIL_PANE) != NULL);
  assert_fits (rfi_test_desk_window (), rfi_test_desk_find (RFI_TYPE_DETAIL_PANE), "detail");
  rfi_test_desk_activate ("win.close-detail", NULL);
}

static void
test_sidebar (void)
{
  rfi_test_desk_show_page ("board");
  rfi_test_desk_activate ("win.toggle-sidebar", NULL);
  rfi_test_wait (gtk_widget_get_mapped (rfi_test_desk_find_named ("sidebar")));
  assert_fits (rfi_test_desk_window (), rfi_test_desk_find_named ("sidebar"), "sidebar");
  rfi_test_desk_activate ("win.toggle-sidebar", NULL);
}

/* More than one card is selected. */
static void
test_bulk_bar (void)
{
  GtkWidget *list;

  rfi_test_desk_show_page ("board");
  list = rfi_test_ui_find (rfi_test_desk_find (g_type_from_name ("RfiBoardPage")),
                           GTK_TYPE_GRID_VIEW);
  g_assert_true (gtk_widget_activate_action (list, "list.select-all", NULL));
  rfi_test_wait (gtk_widget_get_mapped (rfi_test_desk_find_named ("clear")));
  assert_fits (rfi_test_desk_window (), rfi_test_desk_find_named ("bulk_bar"), "bulk");
  rfi_test_desk_activate ("win.clear-selection", NULL);
}

static void
assert_dialog_fits (const char *action,
                    const char *target,
                    const char *name)
{
  GtkWindow *dialog;

  rfi_test_desk_activate (action, target);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  dialog = rfi_test_desk_dialog ();
  gtk_window_set_default_size (dialog, 360, 600);
  assert_fits (dialog, gtk_window_get_child (dialog), name);
  gtk_window_destroy (dialog);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

static void
test_dialogs (void)
{
  assert_dialog_fits ("win.palette", NULL, "palette");
  assert_dialog_fits ("win.new-job", NULL, "new-job");
}

static void
test_gallery (void)
{
  rfi_test_desk_activate ("win.show-photos", job_id);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE) != NULL);
  assert_fits (rfi_test_desk_window (), rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE), "gallery");
  rfi_test_desk_show_page ("board");
}

/* One photo lies over the others here: back leads to them first. */
static void
test_photo (void)
{
  GtkWidget *gallery;

  rfi_test_desk_activate ("win.show-job", job_id);
  rfi_test_wait (rfi_test_desk_find (g_type_from_name ("RfiThumbnail")) != NULL);
  g_signal_emit_by_name (
    gtk_widget_get_parent (rfi_test_desk_find (g_type_from_name ("RfiThumbnail"))), "clicked");
  rfi_test_wait (rfi_test_desk_find (g_type_from_name ("RfiPhotoViewer")) != NULL);
  gallery = rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE);
  g_assert_null (rfi_test_desk_find_named ("grid"));
  rfi_test_desk_press (gallery, GDK_KEY_Escape, 0);
  rfi_test_wait (rfi_test_desk_find_named ("grid") != NULL);
  rfi_test_desk_press (gallery, GDK_KEY_Escape, 0);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_GALLERY_PAGE) == NULL);
  rfi_test_desk_show_page ("board");
}

static void
test_preferences (void)
{
  GtkWidget *window =
    rfi_preferences_window_new (rfi_test_desk_window (), rfi_test_desk_session ());

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  rfi_test_ui_show (GTK_WINDOW (window));
  assert_fits (GTK_WINDOW (window), window, "preferences");
  rfi_test_desk_set_dark (TRUE);
  rfi_test_desk_take_picture (GTK_WINDOW (window), "narrow-preferences-dark");
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "alerts");
  assert_fits (GTK_WINDOW (window), window, "alert-preferences");
  rfi_test_desk_set_dark (FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The strip that says how current it is, with something that waits. */
static void
test_offline (void)
{
  GtkWidget *headline;

  rfi_test_desk_show_page ("board");
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_find_named ("remedy") != NULL &&
                 gtk_widget_get_mapped (rfi_test_desk_find_named ("remedy")));
  assert_fits (rfi_test_desk_window (), rfi_test_desk_find_named ("strip"), "offline");
  rfi_test_desk_set_text (200);
  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (rfi_test_desk_window ()));
  /* All that it has to say can be read. */
  headline = rfi_test_ui_find_named (rfi_test_desk_find_named ("strip"), "headline");
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (headline))));
  rfi_test_desk_set_text (100);
  rfi_test_desk_set_offline (FALSE);
}

/* All that a toast says can be read, however long it is. */
static void
test_toast (void)
{
  static const char words[] = "Compressor short-cycles, bring a contactor and a start kit: moved "
                              "from Ben Example to Cid Example";
  static const int percents[] = { 100, 200 };
  GtkWindow *window = rfi_test_desk_window ();

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      g_autofree char *name = g_strdup_printf ("narrow-toast-%d", percents[i]);
      GtkWidget *toast, *label;
      graphene_rect_t close;
      int height;

      rfi_test_desk_set_text (percents[i]);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "(sss)", words, "Undo",
                                  "app.sync-now");
      rfi_test_wait (rfi_test_desk_reads (words));
      toast = rfi_test_desk_find (g_type_from_name ("AdwToastWidget"));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      rfi_test_settle ();
      rfi_test_desk_take_picture (window, name);
      label = rfi_test_ui_find_text (toast, words);
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
      pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), NULL, &height);
      g_assert_cmpint (gtk_widget_get_height (label), >=, height);
      g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_last_child (toast),
                                                GTK_WIDGET (window), &close));
      g_assert_cmpfloat (close.origin.x + close.size.width, <=, 360);
      rfi_test_desk_take_toast (words);
    }
  rfi_test_desk_set_text (100);
}

/* With room for it the header names all pages in full. */
static void
test_header (void)
{
  static const int widths[] = { 1280, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWindow *window = rfi_test_desk_window ();
      g_autofree char *name = g_strdup_printf ("header-%d", widths[i]);

      gtk_window_set_default_size (window, widths[i], 700);
      rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) == widths[i]);
      rfi_test_settle ();
      rfi_test_desk_take_picture (window, name);
      g_assert_cmpint (least_width (GTK_WIDGET (window)), <=, widths[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/narrow/sign-in", test_sign_in);
  g_test_add_func ("/narrow/board", test_board);
  g_test_add_func ("/narrow/timeline", test_timeline);
  g_test_add_func ("/narrow/conflicts", test_conflicts);
  g_test_add_func ("/narrow/jobs", test_jobs);
  g_test_add_func ("/narrow/history", test_history);
  g_test_add_func ("/narrow/activity", test_activity);
  g_test_add_func ("/narrow/detail", test_detail);
  g_test_add_func ("/narrow/sidebar", test_sidebar);
  g_test_add_func ("/narrow/bulk-bar", test_bulk_bar);
  g_test_add_func ("/narrow/dialogs", test_dialogs);
  g_test_add_func ("/narrow/gallery", test_gallery);
  g_test_add_func ("/narrow/photo", test_photo);
  g_test_add_func ("/narrow/preferences", test_preferences);
  g_test_add_func ("/narrow/offline", test_offline);
  g_test_add_func ("/narrow/toast", test_toast);
  g_test_add_func ("/narrow/header", test_header);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  g_free (job_id);
  return status;
}
