/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-still-cursor.h"

static gboolean
blinks (void)
{
  gboolean blinks;

  g_object_get (gtk_settings_get_default (), "gtk-cursor-blink", &blinks, NULL);
  return blinks;
}

static GtkWidget *
make_window (GtkWidget **entry)
{
  GtkWidget *window = gtk_window_new ();

  *entry = gtk_search_entry_new ();
  gtk_window_set_child (GTK_WINDOW (window), *entry);
  rfi_still_cursor_watch (GTK_EDITABLE (*entry));
  rfi_still_cursor_watch (GTK_EDITABLE (*entry));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (*entry);
  g_assert_true (blinks ());
  return window;
}

static void
test_pause (void)
{
  GtkWidget *entry;
  GtkWidget *window = make_window (&entry);

  gtk_editable_set_text (GTK_EDITABLE (entry), "f");
  g_assert_false (blinks ());
  gtk_editable_set_text (GTK_EDITABLE (entry), "fr");
  g_assert_false (blinks ());
  while (!blinks ())
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_gone (void)
{
  GtkWidget *entry;
  GtkWidget *window = make_window (&entry);

  gtk_editable_set_text (GTK_EDITABLE (entry), "f");
  g_assert_false (blinks ());
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_true (blinks ());
}

/* Who wants no blinking gets none afterwards either. */
static void
test_off (void)
{
  GtkWidget *entry;
  GtkWidget *window = make_window (&entry);

  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "f");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_false (blinks ());
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-cursor-blink");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/still-cursor/pause", test_pause);
  g_test_add_func ("/still-cursor/gone", test_gone);
  g_test_add_func ("/still-cursor/off", test_off);
  return g_test_run ();
}
