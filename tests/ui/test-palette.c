/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-palette-row.h"
#include "rfi-palette.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

/* The palette in the whole console against a real server, by keys alone. The cases follow each
 * other. */

static RfiTestServer *server;

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
}

static GtkWidget *
get_palette (void)
{
  GtkWindow *dialog = rfi_test_desk_dialog ();

  return dialog != NULL && RFI_IS_PALETTE (dialog) ? GTK_WIDGET (dialog) : NULL;
}

static GtkEditable *
get_entry (void)
{
  return GTK_EDITABLE (rfi_test_ui_find_named (get_palette (), "entry"));
}

static void
open_palette (void)
{
  rfi_test_desk_activate ("win.palette", NULL);
  rfi_test_wait (get_palette () != NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (get_palette ())),
                                         GTK_WIDGET (get_entry ())));
}

static void
type (const char *line)
{
  gtk_editable_set_text (get_entry (), line);
  rfi_test_settle ();
}

static void
press (guint keyval)
{
  rfi_test_desk_press (get_palette (), keyval, 0);
  rfi_test_settle ();
}

static RfiPaletteOffer *
get_offer (void)
{
  GtkWidget *list = rfi_test_ui_find_named (get_palette (), "list");
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));

  return row != NULL ? rfi_palette_row_get_offer (RFI_PALETTE_ROW (row)) : NULL;
}

typedef struct
{
  RfiStatus  status;
  char      *id;  /* (owned) (nullable) */
} Pick;

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  Pick *pick = user_data;

  if (pick->id == NULL && state->work->status == pick->status)
    pick->id = g_strdup (state->work->id);
}

static char *
pick_job (RfiStatus status)
{
  Pick pick = { .status = status };

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_cb, &pick);
  g_assert_nonnull (pick.id);
  return pick.id;
}

static RfiJob *
get_job (const char *id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (rfi_test_desk_session ()), id)->work;
}

static void
test_empty (void)
{
  open_palette ();
  rfi_test_ui_assert_named (get_palette ());
  g_assert_true (rfi_test_ui_has_text (get_palette (), "Board"));
  g_assert_true (rfi_test_ui_has_text (get_palette (), "assign JOB TECHNICIAN"));
  g_assert_true (rfi_test_ui_has_text (get_palette (), "Sync Now"));
  rfi_test_desk_take_looks (GTK_WINDOW (get_palette ()), "palette-empty");
}

/* All of it fits in 360 pixels, with text of twice the size too. */
static void
test_narrow (void)
{
  GtkWindow *window = rfi_test_desk_window ();
  int width, height;
  int least;

  gtk_window_get_default_size (window, &width, &height);
  press (GDK_KEY_Escape);
  rfi_test_wait (get_palette () == NULL);
  gtk_window_set_default_size (window, 360, 640);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) == 360);
  open_palette ();
  type ("as");
  rfi_test_desk_take_looks (GTK_WINDOW (get_palette ()), "palette-narrow");
  rfi_test_desk_set_text (200);
  rfi_test_settle ();
  gtk_widget_measure (get_palette (), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_width (get_palette ()), <=, 360);
  rfi_test_desk_set_text (100);
  press (GDK_KEY_Escape);
  gtk_window_set_default_size (window, width, height);
  rfi_test_settle ();
  open_palette ();
}

static void
test_go (void)
{
  type ("assign");
  g_assert_nonnull (rfi_test_ui_find_text (get_palette (), "which job?"));
  type ("go hist");
  press (GDK_KEY_Return);
  g_assert_null (get_palette ());
  rfi_test_wait (rfi_test_desk_reads ("1 entry") || rfi_test_desk_find_named ("search") != NULL);

  open_palette ();
  type ("board");
  press (GDK_KEY_Return);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
}

static void
test_open (void)
{
  g_autofree char *id = pick_job (RFI_STATUS_PENDING);
  g_autofree char *line = g_strdup_printf ("open %.8s", id);

  open_palette ();
  type (line);
  g_assert_cmpstr (get_offer ()->action, ==, "win.show-job");
  g_assert_cmpstr (g_variant_get_string (get_offer ()->target, NULL), ==, id);
  press (GDK_KEY_Return);
  rfi_test_wait (rfi_test_desk_find_named ("detail") != NULL);
  rfi_test_desk_activate ("win.close-detail", NULL);
}

/* Words without a verb mean a job; its title comes first. */
static void
test_words (void)
{
  g_autofree char *id = pick_job (RFI_STATUS_PENDING);

  open_palette ();
  type (get_job (id)->title);
  rfi_test_wait (get_offer () != NULL);
  g_assert_cmpstr (get_offer ()->title, ==, get_job (id)->title);
  rfi_test_desk_take_picture (GTK_WINDOW (get_palette ()), "palette-words");
  press (GDK_KEY_Escape);
  g_assert_null (get_palette ());
}

static void
test_assign (void)
{
  g_autofree char *id = pick_job (RFI_STATUS_PENDING);
  g_autofree char *half = g_strdup_printf ("assign %.8s", id);
  g_autofree char *line = g_strdup_printf ("assign %.8s ahmed", id);

  open_palette ();
  type (half);
  g_assert_nonnull (rfi_test_ui_find_text (get_palette (), "choose the technician"));
  g_assert_cmpstr (get_offer ()->action, ==, "win.assign");
  type (line);
  g_assert_cmpstr (get_offer ()->action, ==, "win.assign-to");
  rfi_test_desk_take_looks (GTK_WINDOW (get_palette ()), "palette-assign");
  press (GDK_KEY_Return);
  rfi_test_wait (get_job (id)->status == RFI_STATUS_ASSIGNED);
}

/* What the rules refuse says why, and what was typed stays. */
static void
test_refused (void)
{
  g_autofree char *id = pick_job (RFI_STATUS_COMPLETED);
  g_autofree char *line = g_strdup_printf ("status %.8s pending", id);

  open_palette ();
  type (line);
  g_assert_nonnull (get_offer ()->refusal);
  press (GDK_KEY_Return);
  g_assert_nonnull (get_palette ());
  g_assert_cmpstr (gtk_editable_get_text (get_entry ()), ==, line);
  g_assert_true (rfi_test_ui_has_text (get_palette (), get_offer ()->refusal));
  rfi_test_desk_take_picture (GTK_WINDOW (get_palette ()), "palette-refused");
  g_assert_cmpint (get_job (id)->status, ==, RFI_STATUS_COMPLETED);
}

static void
test_priority (void)
{
  g_autofree char *id = pick_job (RFI_STATUS_ASSIGNED);
  RfiPriority other = get_job (id)->priority == RFI_PRIORITY_LOW ? RFI_PRIORITY_HIGH
                                                                  : RFI_PRIORITY_LOW;
  g_autofree char *line = g_strdup_printf ("priority %.8s %s", id,
                                           rfi_priority_to_string (other));

  type (line);
  press (GDK_KEY_Return);
  rfi_test_wait (get_job (id)->priority == other);
}

/* Half a word is typed on by Tab; arrows choose. */
static void
test_keys (void)
{
  RfiPaletteOffer *first;

  open_palette ();
  type ("a");
  first = get_offer ();
  press (GDK_KEY_Down);
  g_assert_true (get_offer () != first);
  press (GDK_KEY_Up);
  g_assert_true (get_offer () == first);
  press (GDK_KEY_Tab);
  g_assert_cmpstr (gtk_editable_get_text (get_entry ()), ==, "assign ");
  type ("nothing is called like this");
  g_assert_null (get_offer ());
  g_assert_nonnull (rfi_test_ui_find_text (get_palette (), "Nothing is called"));
  press (GDK_KEY_Escape);
}

static void
test_filter (void)
{
  open_palette ();
  type ("filter dallas");
  press (GDK_KEY_Return);
  rfi_test_wait (rfi_test_desk_reads ("“dallas”"));
  open_palette ();
  type ("ahmed");
  g_assert_cmpstr (get_offer ()->action, ==, "win.show-technician");
  press (GDK_KEY_Return);
  rfi_test_wait (!rfi_test_desk_reads ("“dallas”"));
}

/* Why is it not shown? The line above the page says it, and one click shows it; so does the
 * palette for any job. */
static void
test_hidden (void)
{
  g_autofree char *id = pick_job (RFI_STATUS_COMPLETED);
  g_autofree char *title = g_strdup (get_job (id)->title);
  g_autofree char *words = g_strdup_printf ("“%s” is hidden by “Status: Pending, Assigned, "
                                            "In progress”", title);
  g_autofree char *line = g_strdup_printf ("why %.8s", id);
  GtkWidget *window = GTK_WIDGET (rfi_test_desk_window ());

  rfi_test_desk_activate ("win.show-view", "all");
  rfi_test_desk_activate ("win.search", NULL);
  rfi_test_desk_fill_in ("search_entry", title);
  rfi_test_settle ();
  g_assert_null (rfi_test_ui_find_text (window, "is hidden by"));

  rfi_test_desk_activate ("win.show-view", "open");
  rfi_test_wait (rfi_test_ui_has_text (window, words));
  rfi_test_ui_assert_named (window);
  rfi_test_desk_take_looks (rfi_test_desk_window (), "hidden");
  open_palette ();
  type (line);
  g_assert_true (g_str_has_prefix (get_offer ()->subtitle, "Hidden by Status: "));
  rfi_test_desk_take_picture (GTK_WINDOW (get_palette ()), "palette-why");
  press (GDK_KEY_Escape);

  rfi_test_desk_click ("show");
  rfi_test_wait (rfi_test_ui_find_text (window, "is hidden by") == NULL);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);

  rfi_test_desk_activate ("win.show-view", "queued");
  rfi_test_wait (rfi_test_ui_find_text (window, "is hidden by “Sync state: ") != NULL);
  open_palette ();
  type (line);
  press (GDK_KEY_Return);
  rfi_test_wait (rfi_test_desk_find_named ("detail") != NULL);
  rfi_test_wait (rfi_test_ui_find_text (window, "is hidden by") == NULL);
}

/* Each action of window and application can be typed, or has its reason not to be. */
static void
test_all_actions (void)
{
  static const char *const others[] = {
    "palette",       /* is this */
    "assign",        /* "assign" without a name */
    "toast",         /* how parts of the window speak */
    "show-conflict", /* "go conflicts" */
    "show-photo",    /* of one in a row of them; "photos" for the job's */
    "undo-decision", /* of what is said when a conflict is settled */
    "renew",         /* asked for by the strip when it is needed */
    "rename-view", "move-view", "delete-view", "restore-view", "pin-view", /* of a view's row */
    "undo", "redo",  /* in the menu, named, while there is something */
    "bulk-assign", "bulk-priority", "bulk-status", "bulk-cancel", /* of what is selected: */
    "clear-selection",  /* its bar's */
    "hand-over", "bulk-hand-over", "group-board-next",  /* "assign", and each in the menu */
    "show-as-of", "compare-moments", "show-history", "restore-value", /* of an entry of the
                                                                         history */
    "show-job", "show-page", "new-job",  /* the application's, for links and notifications */
  };
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GActionGroup *groups[] = {
    G_ACTION_GROUP (rfi_test_desk_window ()), G_ACTION_GROUP (rfi_test_desk_application ()),
  };
  guint n_commands;
  const RfiPaletteCommand *commands = rfi_palette_commands (&n_commands);
  GtkWidget *list;
  GtkListBoxRow *row;

  for (guint i = 0; i < n_commands; i++)
    g_hash_table_add (known, g_strdup (commands[i].action + strlen ("win.")));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_hash_table_add (known, g_strdup (others[i]));
  open_palette ();
  list = rfi_test_ui_find_named (get_palette (), "list");
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    {
      RfiPaletteOffer *offer = rfi_palette_row_get_offer (RFI_PALETTE_ROW (row));

      if (offer != NULL && offer->action != NULL)
        g_hash_table_add (known, g_strdup (offer->action + strlen ("win.")));
    }
  type ("ahmed");
  g_hash_table_add (known, g_strdup (get_offer ()->action + strlen ("win.")));
  press (GDK_KEY_Escape);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_auto(GStrv) actions = g_action_group_list_actions (groups[i]);

      for (guint j = 0; actions[j] != NULL; j++)
        if (!g_hash_table_contains (known, actions[j]))
          g_error ("%s cannot be typed", actions[j]);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/palette/sign-in", test_sign_in);
  g_test_add_func ("/palette/empty", test_empty);
  g_test_add_func ("/palette/narrow", test_narrow);
  g_test_add_func ("/palette/go", test_go);
  g_test_add_func ("/palette/open", test_open);
  g_test_add_func ("/palette/words", test_words);
  g_test_add_func ("/palette/assign", test_assign);
  g_test_add_func ("/palette/refused", test_refused);
  g_test_add_func ("/palette/priority", test_priority);
  g_test_add_func ("/palette/keys", test_keys);
  g_test_add_func ("/palette/filter", test_filter);
  g_test_add_func ("/palette/hidden", test_hidden);
  g_test_add_func ("/palette/all-actions", test_all_actions);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
