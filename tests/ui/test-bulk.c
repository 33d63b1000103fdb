/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bulk-bar.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-record-item.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-undo-stack.h"

/* Selecting many, changing them at once, and taking it back, in the whole console on a real
 * server. The cases follow each other. */

static RfiTestServer *server;

static GtkWidget *
find_lane (GtkWidget *widget,
           RfiStatus  status)
{
  if (RFI_IS_LANE (widget) && rfi_lane_get_status (RFI_LANE (widget)) == status)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *lane = find_lane (child, status);

      if (lane != NULL)
        return lane;
    }
  return NULL;
}

static RfiLane *
get_lane (RfiStatus status)
{
  return RFI_LANE (find_lane (GTK_WIDGET (rfi_test_desk_window ()), status));
}

static GtkWidget *
get_list (RfiStatus status)
{
  return rfi_test_ui_find (GTK_WIDGET (get_lane (status)), GTK_TYPE_GRID_VIEW);
}

/* Returns: (transfer full): an id of the lane's jobs */
static char *
get_id (RfiStatus status,
        guint     position)
{
  g_autoptr(RfiJobItem) item =
    g_list_model_get_item (G_LIST_MODEL (rfi_lane_get_view (get_lane (status))), position);

  return g_strdup (rfi_job_item_get_id (item));
}

static const RfiJob *
get_job (const char *id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), id)->work;
}

/* What Shift+Down, Ctrl+Space and Ctrl+A do. */
static void
select_card (RfiStatus status,
             guint     position,
             gboolean  modify,
             gboolean  extend)
{
  g_assert_true (gtk_widget_activate_action (get_list (status), "list.select-item", "(ubb)",
                                             position, modify, extend));
}

static gboolean
is_selected (RfiStatus status,
             guint     position)
{
  return gtk_selection_model_is_selected (
    gtk_grid_view_get_model (GTK_GRID_VIEW (get_list (status))), position);
}

static guint
count_priority (RfiPriority priority)
{
  guint n = 0;

  for (guint status = 0; status < RFI_N_STATUSES; status++)
    {
      GListModel *view = G_LIST_MODEL (rfi_lane_get_view (get_lane (status)));

      for (guint i = 0; i < g_list_model_get_n_items (view); i++)
        {
          g_autoptr(RfiJobItem) item = g_list_model_get_item (view, i);

          n += rfi_job_item_get_job (item)->priority == priority;
        }
    }
  return n;
}

static gboolean
dialog_reads (const char *text)
{
  GtkWindow *dialog = rfi_test_desk_dialog ();

  return dialog != NULL && rfi_test_ui_has_text (GTK_WIDGET (dialog), text);
}

static void
click (const char *name)
{
  GtkWidget *button = rfi_test_ui_find_named (GTK_WIDGET (rfi_test_desk_dialog ()), name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
close_dialog (void)
{
  gtk_window_close (rfi_test_desk_dialog ());
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

/* A key of the window's own. Returns: whether it was taken */
static gboolean
press_key (const char *keys)
{
  GtkWidget *window = GTK_WIDGET (rfi_test_desk_window ());
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *name =
            gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (name, keys))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, window,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_assert_not_reached ();
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  g_assert_false (rfi_test_desk_reads ("2 selected"));
}

static void
test_select (void)
{
  GtkWidget *pending = get_list (RFI_STATUS_PENDING);
  g_autofree char *second = get_id (RFI_STATUS_PENDING, 1);

  g_assert_true (rfi_lane_focus_card (get_lane (RFI_STATUS_PENDING), 0));
  select_card (RFI_STATUS_PENDING, 1, FALSE, TRUE);
  rfi_test_wait (rfi_test_desk_reads ("2 selected"));

  /* The cursor goes along, and the detail with it. */
  rfi_test_desk_activate ("win.show-job", second);
  rfi_test_wait (rfi_test_desk_reads (get_job (second)->title));
  g_assert_true (rfi_test_desk_reads ("2 selected"));
  rfi_test_desk_activate ("win.close-detail", NULL);

  /* Another lane adds its own … */
  select_card (RFI_STATUS_ASSIGNED, 0, TRUE, FALSE);
  rfi_test_wait (rfi_test_desk_reads ("3 selected"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "bulk-bar");

  /* … or takes over. */
  g_assert_true (gtk_widget_activate_action (pending, "list.select-all", NULL));
  g_assert_true (is_selected (RFI_STATUS_PENDING, 2));
  g_assert_false (is_selected (RFI_STATUS_ASSIGNED, 0));
  rfi_test_wait (rfi_test_desk_reads ("3 selected"));
  rfi_test_desk_press (pending, GDK_KEY_Escape, 0);
  rfi_test_wait (!rfi_test_desk_reads ("3 selected"));
}

/* What the keys and the menu of one card do goes for all that are selected. */
static void
test_menu (void)
{
  GtkWidget *lane = GTK_WIDGET (get_lane (RFI_STATUS_PENDING));
  GtkWidget *menu;

  rfi_lane_focus_card (RFI_LANE (lane), 0);
  select_card (RFI_STATUS_PENDING, 1, FALSE, TRUE);
  rfi_test_desk_press (get_list (RFI_STATUS_PENDING), GDK_KEY_F10, GDK_SHIFT_MASK);
  menu = rfi_test_ui_find (lane, GTK_TYPE_POPOVER_MENU);
  g_assert_nonnull (menu);
  g_assert_true (rfi_test_ui_has_text (menu, "Cancel Jobs…"));
  g_assert_true (rfi_test_ui_has_text (menu, "Priority"));
  gtk_popover_popdown (GTK_POPOVER (menu));
  rfi_test_wait (rfi_test_ui_find (lane, GTK_TYPE_POPOVER_MENU) == NULL);

  rfi_test_desk_press (get_list (RFI_STATUS_PENDING), GDK_KEY_a, 0);
  rfi_test_wait (dialog_reads ("Who does 2 jobs?"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_dialog ()));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "bulk-assign");
  close_dialog ();
}

/* All jobs up to that status. */
static void
select_lanes (RfiStatus last)
{
  for (guint status = 0; status <= last; status++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (rfi_lane_get_view (get_lane (status))));

      rfi_lane_set_folded (get_lane (status), FALSE);
      for (guint i = 0; i < n; i++)
        select_card (status, i, status + i > 0, FALSE);
    }
}

static void
test_preview (void)
{
  g_assert_cmpuint (count_priority (RFI_PRIORITY_URGENT), ==, 2);
  select_lanes (RFI_STATUS_IN_PROGRESS);
  rfi_test_desk_activate ("win.bulk-priority", "urgent");
  rfi_test_wait (dialog_reads ("Set Priority of 7 Jobs to Urgent"));
  g_assert_true (dialog_reads ("5 will change, 2 are so already"));
  g_assert_true (dialog_reads ("_Change 5 Jobs") || dialog_reads ("Change 5 Jobs"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_dialog ()));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "bulk-preview");
  close_dialog ();
  g_assert_cmpuint (count_priority (RFI_PRIORITY_URGENT), ==, 2);
}

static void
test_run_and_undo (void)
{
  RfiUndoStack *stack = rfi_session_get_undo (rfi_test_desk_session ());

  rfi_test_desk_activate ("win.bulk-priority", "urgent");
  rfi_test_wait (dialog_reads ("Set Priority of 7 Jobs to Urgent"));
  click ("run");
  rfi_test_wait (dialog_reads ("5 done, 2 are so already"));
  g_assert_cmpuint (count_priority (RFI_PRIORITY_URGENT), ==, 7);
  rfi_test_wait (dialog_reads ("The server has all of it."));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "bulk-result");
  close_dialog ();
  g_assert_cmpuint (rfi_undo_stack_get_n_undo (stack), ==, 1);

  g_assert_true (press_key ("<Control>z"));
  rfi_test_wait (rfi_test_desk_reads ("Undone: Set Priority of 5 Jobs to Urgent"));
  g_assert_cmpuint (count_priority (RFI_PRIORITY_URGENT), ==, 2);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "bulk-undone");
  g_assert_true (press_key ("<Shift><Control>z"));
  rfi_test_wait (rfi_test_desk_reads ("Done again: Set Priority of 5 Jobs to Urgent"));
  g_assert_cmpuint (count_priority (RFI_PRIORITY_URGENT), ==, 7);
  g_assert_true (press_key ("<Control>z"));
  rfi_test_wait (count_priority (RFI_PRIORITY_URGENT) == 2);
}

/* Some can, some can't, and each says why. */
static void
test_partly (void)
{
  select_lanes (RFI_STATUS_COMPLETED);
  rfi_test_desk_activate ("win.bulk-cancel", NULL);
  rfi_test_wait (dialog_reads ("Cancel 8 Jobs"));
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "Completed and cancelled jobs are over."));
  g_assert_true (dialog_reads ("Nobody goes there any more. A cancelled job can’t be opened "
                               "again."));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "bulk-cancel");
  close_dialog ();

  /* Without a connection nothing is offered that needs one. */
  rfi_test_desk_set_offline (TRUE);
  rfi_test_desk_activate ("win.bulk-cancel", NULL);
  rfi_test_wait (rfi_test_desk_reads ("Requires connection"));
  g_assert_null (rfi_test_desk_dialog ());
  rfi_test_desk_set_offline (FALSE);
}

static void
edit_elsewhere (const char *id,
                const char *json)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  g_autofree char *path = g_strconcat ("/api/jobs/", id, NULL);
  const char *url = rfi_test_server_get_url (server);
  g_autoptr(RfiTestAnswer) job = rfi_test_http_call (http, url, "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autofree char *body = g_strdup_printf ("{\"_etag\":\"%s\",%s}", etag, json);
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (http, url, "PATCH", path, token, body);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
set_priority (const char *id,
              const char *priority)
{
  rfi_test_desk_edit (rfi_test_desk_session (), id, RFI_FIELD_PRIORITY, priority);
  rfi_test_wait (rfi_session_get_sync_state (rfi_test_desk_session ())->n_queued == 0);
}

typedef struct
{
  const char *title;
  char       *id;  /* (owned) */
} Search;

static void
search_cb (RfiJobState *state,
           gpointer     user_data)
{
  Search *search = user_data;

  if (g_str_equal (state->work->title, search->title))
    search->id = g_strdup (state->work->id);
}

/* Somebody else changed it since: who, when and what, before anything is done. */
static void
test_clash (void)
{
  Search search = { "Air duct cleaning", NULL };
  g_autofree char *id = NULL;

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), search_cb, &search);
  id = search.id;
  set_priority (id, "high");
  rfi_test_wait (rfi_test_desk_reads ("Priority set to High"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "undo-toast");
  edit_elsewhere (id, "\"priority\":\"medium\"");
  rfi_test_wait (get_job (id)->priority == RFI_PRIORITY_MEDIUM);

  rfi_test_desk_activate ("win.undo", NULL);
  rfi_test_wait (dialog_reads ("Undo “Set Priority to High”?"));
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "set the priority to Medium"));
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "Undo would set it back to Low."));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "undo-clash");
  rfi_test_desk_answer ("anyway");
  rfi_test_wait (get_job (id)->priority == RFI_PRIORITY_LOW);
  rfi_test_wait (rfi_test_desk_reads ("Undone: Set Priority to High"));
}

/* The keys belong to text while text is typed. */
static void
test_typing (void)
{
  rfi_test_desk_activate ("win.search", NULL);
  rfi_test_wait (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ()))));
  g_assert_false (press_key ("<Control>z"));
  g_assert_false (press_key ("<Shift><Control>z"));
}

/* At 360 pixels with large text it still fits. */
static void
test_narrow (void)
{
  GtkWindow *window = rfi_test_desk_window ();

  rfi_test_desk_activate ("win.clear-selection", NULL);
  gtk_window_set_default_size (window, 360, 640);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) == 360);
  rfi_test_settle ();
  g_assert_true (gtk_widget_activate_action (get_list (RFI_STATUS_PENDING), "list.select-all",
                                             NULL));
  rfi_test_wait (rfi_test_desk_find_named ("clear") != NULL);
  rfi_test_desk_take_picture (window, "bulk-narrow");
  rfi_test_desk_set_text (200);
  rfi_test_settle ();
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), ==, 360);
  rfi_test_ui_assert_named (GTK_WIDGET (window));
  rfi_test_desk_take_picture (window, "bulk-narrow-large");
  rfi_test_desk_activate ("win.bulk-priority", "low");
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  gtk_window_set_default_size (rfi_test_desk_dialog (), 360, 600);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (rfi_test_desk_dialog ())) == 360);
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "bulk-preview-narrow-large");
  close_dialog ();
  rfi_test_desk_set_text (100);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/bulk/sign-in", test_sign_in);
  g_test_add_func ("/bulk/select", test_select);
  g_test_add_func ("/bulk/menu", test_menu);
  g_test_add_func ("/bulk/preview", test_preview);
  g_test_add_func ("/bulk/run-and-undo", test_run_and_undo);
  g_test_add_func ("/bulk/partly", test_partly);
  g_test_add_func ("/bulk/clash", test_clash);
  g_test_add_func ("/bulk/typing", test_typing);
  g_test_add_func ("/bulk/narrow", test_narrow);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
