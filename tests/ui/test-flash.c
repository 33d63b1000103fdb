/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-flash.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

/* What lights up for a change of somebody else does so once, in few frames, and only where it is
 * seen and may move. */

static void
set_motion (gboolean motion)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", motion, NULL);
}

static GtkWidget *
show_box (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  rfi_test_wait (gtk_widget_get_mapped (box) && gtk_widget_get_height (box) > 0);
  return box;
}

static gboolean
is_lit (GtkWidget *widget)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gboolean said = rfi_flash_draw (widget, snapshot, 0);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);

  g_assert_cmpint (said, ==, node != NULL);
  g_clear_pointer (&node, gsk_render_node_unref);
  return said;
}

static void
count_cb (GdkFrameClock *clock,
          guint         *n_frames)
{
  (*n_frames)++;
}

static void
test_once (void)
{
  GtkWidget *box = show_box ();
  GdkFrameClock *clock = gtk_widget_get_frame_clock (box);
  guint n_frames = 0;

  set_motion (TRUE);
  g_signal_connect (clock, "after-paint", G_CALLBACK (count_cb), &n_frames);
  rfi_flash_start (box);
  g_assert_true (is_lit (box));
  rfi_test_wait (!is_lit (box));
  /* The toolkit's own animation takes one in each sixtieth of a second. */
  g_assert_cmpuint (n_frames, <, 12);
  g_signal_handlers_disconnect_by_data (clock, &n_frames);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (box)));
}

static void
test_stopped (void)
{
  GtkWidget *box = show_box ();

  set_motion (TRUE);
  rfi_flash_start (box);
  rfi_flash_start (box);
  rfi_flash_stop (box);
  g_assert_false (is_lit (box));
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (box)));
}

static void
test_not_wanted (void)
{
  GtkWidget *box = show_box ();

  set_motion (FALSE);
  rfi_flash_start (box);
  g_assert_false (is_lit (box));

  set_motion (TRUE);
  gtk_widget_set_visible (box, FALSE);
  rfi_flash_start (box);
  g_assert_false (is_lit (box));
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (box)));
}

int
main (int   argc,
      char *argv[])
{
  rfi_test_ui_init (&argc, &argv);

  g_test_add_func ("/flash/once", test_once);
  g_test_add_func ("/flash/stopped", test_stopped);
  g_test_add_func ("/flash/not-wanted", test_not_wanted);
  return g_test_run ();
}
