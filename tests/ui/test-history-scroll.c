/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench-chain.h"
#include "rfi-history-query.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#define N_ENTRIES 2000

/* A history of many screens, and where one is in it. */

static RfiTestServer *server;

static void
grow (void)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  g_autoptr(GError) error = NULL;
  RfiDb *db = rfi_db_open (path, TRUE, "/com/retailfixit/Dispatch/sql/server", &error);

  g_assert_no_error (error);
  rfi_bench_chain_grow (db, 0, N_ENTRIES);
  g_assert_true (rfi_db_close (db, NULL));
}

static GtkColumnView *
get_view (void)
{
  return GTK_COLUMN_VIEW (rfi_test_desk_find (GTK_TYPE_COLUMN_VIEW));
}

static GtkAdjustment *
get_place (void)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_view ()));
}

static guint
count_rows (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (get_view ())));
}

static void
choose (guint kind)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (rfi_test_desk_find_named ("kind")), kind);
}

/* Another question begins at the top, wherever one was. The toolkit warns of a list that is moved
 * while it is empty, and a warning ends the test. */
static void
test_asks_at_top (void)
{
  grow ();
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_test_desk_show_page ("history");
  rfi_test_wait (get_view () != NULL && count_rows () >= N_ENTRIES &&
                 gtk_adjustment_get_upper (get_place ()) > 20. * N_ENTRIES);

  gtk_adjustment_set_value (get_place (), 10. * N_ENTRIES);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_place ()), >, 0);
  choose (RFI_HISTORY_LIFE);
  rfi_test_wait (get_view () == NULL || count_rows () < N_ENTRIES);
  choose (RFI_HISTORY_ALL);
  rfi_test_wait (get_view () != NULL && count_rows () >= N_ENTRIES);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_place ()), ==, 0);
}

static double
get_part (void)
{
  return gtk_adjustment_get_value (get_place ()) / gtk_adjustment_get_upper (get_place ());
}

static void
move (double part)
{
  gtk_adjustment_set_value (get_place (), part * gtk_adjustment_get_upper (get_place ()));
}

static void
painted_cb (GdkFrameClock *clock,
            gpointer       user_data)
{
  (*(guint *) user_data)++;
}

/* Until what is asked for by now is painted. */
static void
wait_painted (void)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (get_view ()));
  guint n_frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &n_frames);

  gtk_widget_queue_draw (GTK_WIDGET (get_view ()));
  rfi_test_wait (n_frames >= 1);
  g_signal_handler_disconnect (clock, id);
}

/* Whether each place that is seen has a row. */
static gboolean
is_filled (void)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (get_view ()));

  for (int y = 4; y < gtk_widget_get_height (list); y += 16)
    if (gtk_widget_pick (list, 60, y, GTK_PICK_DEFAULT) == list)
      return FALSE;
  return TRUE;
}

/* The thumb is where it was dragged to, however often before the list could lay out its rows. */
static void
test_drags (void)
{
  static const double drags[][3] = {
    { 0.6, 0.45, 0.45 }, { 0.3, 0.5, 0.5 }, { 0.2, 0.9, 0.9 }, { 0.9, 0.1, 0.1 }, { 0.6, 0.8, 0.3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (drags); i++)
    {
      wait_painted ();
      for (guint j = 0; j < G_N_ELEMENTS (drags[i]); j++)
        move (drags[i][j]);
      wait_painted ();
      g_assert_cmpfloat_with_epsilon (get_part (), drags[i][2], 0.01);
      g_assert_true (is_filled ());
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  g_test_add_func ("/history-scroll/asks-at-top", test_asks_at_top);
  g_test_add_func ("/history-scroll/drags", test_drags);
  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
