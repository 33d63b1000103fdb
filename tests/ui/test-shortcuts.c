/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-desk.h"
#include "rfi-test-server.h"

/* The window of shortcuts tells of every key there is, and of none that there is not. */

static RfiTestServer *server;
static GHashTable *told;  /* (element-type utf8): accelerators of the window, as GTK writes them */

static void
tell (const char *keys)
{
  g_auto(GStrv) accelerators = g_strsplit (keys, " ", -1);

  for (guint i = 0; accelerators[i] != NULL; i++)
    {
      GdkModifierType modifiers;
      guint key;

      g_test_message ("%s", accelerators[i]);
      g_assert_true (gtk_accelerator_parse (accelerators[i], &key, &modifiers));
      g_hash_table_add (told, gtk_accelerator_name (key, modifiers));
    }
}

static void
read_window (void)
{
  g_autoptr(GtkBuilder) builder =
    gtk_builder_new_from_resource ("/com/retailfixit/Dispatch/ui/shell/shortcuts.ui");
  g_autoptr(GSList) objects = gtk_builder_get_objects (builder);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (GSList *at = objects; at != NULL; at = at->next)
    if (GTK_IS_SHORTCUTS_SHORTCUT (at->data))
      {
        g_autofree char *keys = NULL;
        g_autofree char *title = NULL;

        g_object_get (at->data, "accelerator", &keys, "title", &title, NULL);
        g_assert_true (title != NULL && *title != '\0');
        tell (keys);
      }
  gtk_window_destroy (window);
}

static void
assert_told (const char *accelerator,
             const char *what)
{
  GdkModifierType modifiers;
  guint key;
  g_autofree char *name = NULL;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));
  name = gtk_accelerator_name (key, modifiers);
  if (!g_hash_table_contains (told, name))
    g_error ("The shortcuts do not tell of %s for %s", name, what);
}

static void
test_application (void)
{
  GtkApplication *application = rfi_test_desk_application ();
  g_auto(GStrv) actions = gtk_application_list_action_descriptions (application);

  g_assert_cmpuint (g_strv_length (actions), >, 10);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto(GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);

      for (guint j = 0; keys[j] != NULL; j++)
        assert_told (keys[j], actions[i]);
    }
}

/* Those that a widget class of ours binds; a shortcut knows the toolkit's own, too. */
static void
check_controller (GtkWidget  *widget,
                  GListModel *shortcuts)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);
      GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);
      const char *name;
      g_autofree char *accelerator = NULL;

      if (!GTK_IS_KEYVAL_TRIGGER (trigger) || !GTK_IS_NAMED_ACTION (action))
        continue;

      name = gtk_named_action_get_action_name (GTK_NAMED_ACTION (action));
      if (!g_str_has_prefix (name, "win.") && !g_str_has_prefix (name, "app."))
        continue;
      accelerator = gtk_accelerator_name (
        gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
        gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)));
      assert_told (accelerator, name);
    }
}

static guint
check_widget (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint n_checked = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        {
          check_controller (widget, G_LIST_MODEL (controller));
          n_checked++;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_checked += check_widget (child);
  return n_checked;
}

static void
test_classes (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  g_assert_cmpuint (check_widget (GTK_WIDGET (rfi_test_desk_window ())), >, 0);
}

/* A key with Control that is told of is one: of the application, or of a list or page that handles
 * its own, as its own test shows. */
static void
test_none_invented (void)
{
  static const char * const handled[] = {
    "<Control>a", "<Control>space", "<Control>Left", "<Control>Right", "<Control>e",
    "<Control>plus", "<Control>minus", "<Control>z", "<Shift><Control>z", "<Control>Return",
    NULL,
  };
  GtkApplication *application = rfi_test_desk_application ();
  GHashTableIter iter;
  const char *name;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, NULL))
    {
      g_auto(GStrv) actions = gtk_application_get_actions_for_accel (application, name);

      if (strstr (name, "<Control>") != NULL && actions[0] == NULL &&
          !g_strv_contains (handled, name))
        g_error ("The shortcuts tell of %s, which does nothing", name);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  read_window ();

  g_test_add_func ("/shortcuts/application", test_application);
  g_test_add_func ("/shortcuts/classes", test_classes);
  g_test_add_func ("/shortcuts/none-invented", test_none_invented);

  status = rfi_test_desk_end (g_test_run ());
  g_clear_pointer (&told, g_hash_table_unref);
  rfi_test_server_free (server);
  return status;
}
