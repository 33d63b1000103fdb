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

/* How often @box was drawn: its window has frames of its own, for as long as it turns active. */
static guint n_drawn;

static void
draw_cb (GtkDrawingArea *box,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  n_drawn++;
}

static GtkWidget *
show_box (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_drawing_area_new ();

  n_drawn = 0;
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (box), draw_cb, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  rfi_test_wait (n_drawn > 0);
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

/* What a widget that lights up does in its dispose, and its window with it. */
static void
destroy (GtkWidget *box)
{
  rfi_flash_stop (box);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (box)));
}

static void
test_once (void)
{
  GtkWidget *box = show_box ();
  guint n_before = n_drawn;

  set_motion (TRUE);
  rfi_flash_start (box);
  g_assert_true (is_lit (box));
  rfi_test_wait (!is_lit (box) && n_drawn > n_before);
  /* The toolkit's own animation draws in each sixtieth of a second. */
  g_assert_cmpuint (n_drawn - n_before, <, 12);
  destroy (box);
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
  destroy (box);
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
  destroy (box);
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
