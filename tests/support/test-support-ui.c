/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-ui.h"

#include <glib/gstdio.h>

static GtkWidget *
named_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Add",
                                  -1);
  return button;
}

static GtkWidget *
window_with (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), child);
  return window;
}

static void
test_named (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = window_with (box);

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Save"));
  gtk_box_append (GTK_BOX (box), named_button ());
  rfi_test_ui_assert_named (window);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_nameless (gconstpointer data)
{
  GType type = *(const GType *) data;

  if (g_test_subprocess ())
    {
      GtkWidget *widget = g_object_new (type, NULL);

      if (GTK_IS_BUTTON (widget))
        gtk_button_set_icon_name (GTK_BUTTON (widget), "list-add-symbolic");
      rfi_test_ui_assert_named (window_with (widget));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*in GtkWindow*");
}

static void
test_find (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *hidden = gtk_label_new ("Hidden");
  GtkWidget *button = gtk_button_new_with_label ("Save");

  g_object_ref_sink (box);
  gtk_widget_set_visible (hidden, FALSE);
  gtk_widget_set_name (button, "save");
  gtk_box_append (GTK_BOX (box), hidden);
  gtk_box_append (GTK_BOX (box), button);

  g_assert_true (rfi_test_ui_find (box, GTK_TYPE_BUTTON) == button);
  g_assert_true (rfi_test_ui_find_named (box, "save") == button);
  g_assert_null (rfi_test_ui_find_named (box, "other"));
  g_assert_true (rfi_test_ui_has_text (box, "Save"));
  g_assert_false (rfi_test_ui_has_text (box, "Hidden"));

  g_object_unref (box);
}

static void
test_picture (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("rfi-picture-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "window.png", NULL);
  GtkWidget *window = window_with (gtk_button_new_with_label ("Save"));
  int width = 0;
  int height = 0;

  g_assert_no_error (error);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 200);
  rfi_test_ui_show (GTK_WINDOW (window));
  rfi_test_ui_save_picture (GTK_WINDOW (window), path);

  gdk_pixbuf_get_file_info (path, &width, &height);
  g_assert_cmpint (width, >=, 300);
  g_assert_cmpint (height, >=, 200);

  gtk_window_destroy (GTK_WINDOW (window));
  g_remove (path);
  g_rmdir (dir);
}

int
main (int   argc,
      char *argv[])
{
  const GType types[] = {
    GTK_TYPE_BUTTON, GTK_TYPE_ENTRY, GTK_TYPE_SEARCH_ENTRY, GTK_TYPE_SWITCH, GTK_TYPE_MENU_BUTTON,
    GTK_TYPE_CHECK_BUTTON, GTK_TYPE_TEXT_VIEW,
  };

  rfi_test_ui_init (&argc, &argv);

  g_test_add_func ("/support/ui/named", test_named);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/support/ui/nameless/", g_type_name (types[i]), NULL);

      g_test_add_data_func (path, &types[i], test_nameless);
    }
  g_test_add_func ("/support/ui/find", test_find);
  g_test_add_func ("/support/ui/picture", test_picture);

  return g_test_run ();
}
