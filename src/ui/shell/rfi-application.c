/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-application"

#include "config.h"

#include "rfi-application.h"

#include "rfi-alert-desk.h"
#include "rfi-alert-notifier.h"
#include "rfi-frame-memory.h"
#include "rfi-graphics.h"
#include "rfi-memory.h"
#include "rfi-notifier.h"
#include "rfi-preferences-window.h"
#include "rfi-search-provider.h"
#include "rfi-session.h"
#include "rfi-window.h"

#include <glib/gi18n.h>

#define RESOURCE_PATH "/com/retailfixit/Dispatch"
#define JOB_URI       "retailfixit://job/"

struct _RfiApplication
{
  AdwApplication     parent_instance;

  RfiSessionManager *manager;   /* (owned) (nullable) before startup */
  GSettings         *settings;  /* (owned) (nullable) before startup */
  RfiNotifier       *notifier;  /* (owned) (nullable) before startup */
  RfiAlertDesk      *alerts;    /* (owned) (nullable) before startup */
  RfiAlertNotifier  *crier;     /* (owned) (nullable) before startup: of the alerts */
  RfiBackground     *background;  /* (owned) (nullable) before startup */
  RfiFocusWatch     *focus;     /* (owned) (nullable) before startup */
  RfiSearchProvider *provider;  /* (owned) */
  char              *profile;   /* (owned) */
  char              *server;    /* (owned) (nullable) */
  char              *waiting;   /* (owned) (nullable): action of a window, to be run … */
  char              *target;    /* (owned) (nullable): … with this when the session is there */
  gboolean           offline;
  gboolean           metered;   /* each byte of the connection costs */
  gboolean           renew_key;
  gboolean           restored;  /* the kept session was looked for */
  gboolean           restoring;
};

enum {
  PROP_0,
  PROP_METERED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiApplication, rfi_application, ADW_TYPE_APPLICATION)

static GParamSpec *properties[N_PROPS];

static RfiSession *
get_session (RfiApplication *self)
{
  return self->manager != NULL ? rfi_session_manager_get_session (self->manager) : NULL;
}

static RfiWindow *
get_window (RfiApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (RFI_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* Dialogs belong to the window that is used. */
static GtkWindow *
get_parent (RfiApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return window != NULL ? window : GTK_WINDOW (get_window (self));
}

static RfiWindow *
open_window (RfiApplication *self)
{
  GtkWidget *window = rfi_window_new (ADW_APPLICATION (self), self->manager, self->alerts);

  if (self->server != NULL)
    rfi_window_set_server (RFI_WINDOW (window), self->server);
  gtk_window_present (GTK_WINDOW (window));
  rfi_background_stay (self->background);
  return RFI_WINDOW (window);
}

/* A link or a notification came before there was anybody to show it to. */
static void
show_waiting (RfiApplication *self)
{
  RfiWindow *window = get_window (self);
  g_autofree char *action = NULL;
  g_autofree char *target = NULL;

  if (self->waiting == NULL || window == NULL || get_session (self) == NULL)
    return;

  action = g_steal_pointer (&self->waiting);
  target = g_steal_pointer (&self->target);
  gtk_widget_activate_action (GTK_WIDGET (window), action, "s", target);
}

/* @action: of a window, with a text for its target */
static void
show_later (RfiApplication *self,
            const char     *action,
            const char     *target)
{
  g_free (self->waiting);
  self->waiting = g_strdup (action);
  g_free (self->target);
  self->target = g_strdup (target);
}

/* The kept session opens straight into its saved data, without asking the network. */
static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiApplication) self = user_data;
  g_autoptr(GError) error = NULL;
  RfiWindow *window;

  rfi_session_manager_restore_finish (RFI_SESSION_MANAGER (object), result, &error);
  self->restoring = FALSE;
  self->restored = TRUE;
  g_application_release (G_APPLICATION (self));
  window = get_window (self);
  if (window == NULL)
    window = open_window (self);
  if (error != NULL)
    rfi_window_show_error (window, error);
  show_waiting (self);
}

static void
rfi_application_activate (GApplication *application)
{
  RfiApplication *self = RFI_APPLICATION (application);
  RfiWindow *window = get_window (self);

  if (window != NULL)
    {
      gtk_window_present (get_parent (self));
      show_waiting (self);
    }
  else if (rfi_background_come_again (self->background))
    {
      return;
    }
  else if (self->restored)
    {
      open_window (self);
      show_waiting (self);
    }
  else if (!self->restoring)
    {
      self->restoring = TRUE;
      g_application_hold (application);
      rfi_session_manager_restore_async (self->manager, NULL, restored_cb, g_object_ref (self));
    }
}

static void
rfi_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  RfiApplication *self = RFI_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);
      g_autofree char *job_id = NULL;

      if (!g_str_has_prefix (uri, JOB_URI))
        continue;

      job_id = g_uri_unescape_string (uri + strlen (JOB_URI), NULL);
      show_later (self, "win.show-job", job_id);
    }
  g_application_activate (application);
}

/* Actions */

static void
sync_now (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  RfiSession *session = get_session (user_data);

  if (session != NULL)
    rfi_session_sync_now (session);
}

static void
change_offline (GSimpleAction *action,
                GVariant      *state,
                gpointer       user_data)
{
  RfiSession *session = get_session (user_data);

  if (session == NULL)
    return;

  rfi_session_set_forced_offline (session, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RfiApplication *self = RFI_APPLICATION (user_data);

  if (self->restored)
    open_window (self);
  else
    g_application_activate (G_APPLICATION (self));
}

static void
new_job (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RfiApplication *self = RFI_APPLICATION (user_data);
  RfiWindow *window = get_window (self);

  g_application_activate (G_APPLICATION (self));
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.new-job", NULL);
}

static void
show_job (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  show_later (user_data, "win.show-job", g_variant_get_string (parameter, NULL));
  g_application_activate (user_data);
}

static void
assign (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  show_later (user_data, "win.assign", g_variant_get_string (parameter, NULL));
  g_application_activate (user_data);
}

static void
next_alert (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RfiWindow *window = get_window (user_data);

  g_application_activate (user_data);
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.next-alert", NULL);
}

static void
show_page (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  show_later (user_data, "win.show-page", g_variant_get_string (parameter, NULL));
  g_application_activate (user_data);
}

static void
search (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  RfiWindow *window;

  show_later (user_data, "win.search-for", g_variant_get_string (parameter, NULL));
  g_application_activate (user_data);
  window = get_window (user_data);
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
}

static void
show_preferences (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  RfiApplication *self = RFI_APPLICATION (user_data);
  GtkWidget *window = rfi_preferences_window_new (get_parent (self), get_session (self));

  gtk_window_present (GTK_WINDOW (window));
}

static void
show_shortcuts (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  RfiApplication *self = RFI_APPLICATION (user_data);
  g_autoptr(GtkBuilder) builder = NULL;
  GtkWindow *window;

  builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/shell/shortcuts.ui");
  window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  gtk_window_set_transient_for (window, get_parent (self));
  gtk_window_present (window);
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RfiApplication *self = RFI_APPLICATION (user_data);

  adw_show_about_window (get_parent (self),
                         "application-name", "RetailFixIt Dispatch",
                         "application-icon", RFI_APP_ID,
                         "version", RFI_VERSION,
                         "comments", _("Put the right technician on each repair job"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "developer-name", "RetailFixIt",
                         /* translators: your names, one per line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  RfiApplication *self = RFI_APPLICATION (user_data);
  GList *windows;

  rfi_background_quit (self->background);
  /* Each window saves its state when it is closed; the last one ends the application. */
  windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));
  g_list_free_full (windows, (GDestroyNotify) gtk_window_close);
}

static void
add_actions (RfiApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "sync-now", .activate = sync_now },
    { .name = "toggle-offline", .state = "false", .change_state = change_offline },
    { .name = "new-window", .activate = new_window },
    { .name = "new-job", .activate = new_job },
    { .name = "show-job", .activate = show_job, .parameter_type = "s" },
    { .name = "assign", .activate = assign, .parameter_type = "s" },
    { .name = "next-alert", .activate = next_alert },
    { .name = "show-page", .activate = show_page, .parameter_type = "s" },
    { .name = "search", .activate = search, .parameter_type = "s" },
    { .name = "preferences", .activate = show_preferences },
    { .name = "shortcuts", .activate = show_shortcuts },
    { .name = "about", .activate = show_about },
    { .name = "quit", .activate = quit },
  };
  static const struct {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "app.sync-now", { "<Control>r", "F5" } },
    { "app.new-window", { "<Control><Shift>n" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.shortcuts", { "<Control>question" } },
    { "app.quit", { "<Control>q" } },
    { "win.new-job", { "<Control>n" } },
    { "win.search", { "<Control>f" } },
    { "win.palette", { "<Control>k" } },
    { "win.split", { "F4" } },
    { "win.group-board-next", { "<Control>g" } },
    { "win.toggle-sidebar", { "F9" } },
    { "win.next-alert", { "F8" } },
    { "win.wall", { "F11" } },
    { "win.print('job')", { "<Control>p" } },
    { "win.previous-alert", { "<Shift>F8" } },
    { "window.close", { "<Control>w" } },
    { "win.show-page('board')", { "<Control>1" } },
    { "win.show-page('timeline')", { "<Control>2" } },
    { "win.show-page('jobs')", { "<Control>3" } },
    { "win.show-page('conflicts')", { "<Control>4" } },
    { "win.show-page('history')", { "<Control>5" } },
    { "win.show-page('activity')", { "<Control>6" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           (const char **) accelerators[i].keys);
}

/* The session */

static void
forced_offline_cb (RfiApplication *self)
{
  RfiSession *session = get_session (self);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "toggle-offline");
  gboolean offline = FALSE;

  if (session != NULL)
    g_object_get (session, "forced-offline", &offline, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (offline));
}

static void
interval_changed_cb (RfiApplication *self)
{
  RfiSession *session = get_session (self);

  if (session != NULL)
    rfi_session_set_sync_interval (session, g_settings_get_uint (self->settings, "sync-interval"));
}

static void
spare_photos (RfiApplication *self)
{
  RfiSession *session = get_session (self);

  if (session != NULL)
    rfi_session_set_spare_photos (session,
                                  self->metered && !g_settings_get_boolean (self->settings,
                                                                            "photos-when-metered"));
}

static void
session_changed_cb (RfiApplication *self)
{
  RfiSession *session = get_session (self);

  if (session != NULL)
    g_signal_connect_object (session, "notify::forced-offline",
                             G_CALLBACK (forced_offline_cb), self, G_CONNECT_SWAPPED);
  forced_offline_cb (self);
  interval_changed_cb (self);
  spare_photos (self);
  rfi_notifier_set_session (self->notifier, session);
  rfi_alert_desk_set_session (self->alerts, session);
  rfi_alert_notifier_set_session (self->crier, session);
  rfi_search_provider_set_session (self->provider, session);
}

/* A session that was closed is to be looked for again. */
static void
closing_cb (RfiApplication *self)
{
  self->restored = FALSE;
}

static void
style_changed_cb (RfiApplication *self)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK,
  };
  guint style = (guint) g_settings_get_enum (self->settings, "style");

  adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                      schemes[MIN (style, G_N_ELEMENTS (schemes) - 1)]);
}

static void
load_icons_in_thread (GTask        *task,
                      gpointer      source_object,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  g_task_return_boolean (task, gtk_icon_theme_has_icon (source_object, RFI_APP_ID));
}

/* GTK begins to list its icons beside the start, but libadwaita and we bring folders of our own,
 * and with each the list is thrown away. The first window would wait for it; other threads may
 * ask a theme that is set up, and whoever asks first makes the list. */
static void
load_icons (void)
{
  g_autoptr(GTask) task = NULL;

  task = g_task_new (gtk_icon_theme_get_for_display (gdk_display_get_default ()), NULL, NULL, NULL);
  g_task_set_source_tag (task, load_icons);
  g_task_run_in_thread (task, load_icons_in_thread);
}

static void
rfi_application_startup (GApplication *application)
{
  RfiApplication *self = RFI_APPLICATION (application);

  G_APPLICATION_CLASS (rfi_application_parent_class)->startup (application);
  load_icons ();

  self->settings = g_settings_new (RFI_APP_ID);
  g_signal_connect_object (self->settings, "changed::style", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::sync-interval",
                           G_CALLBACK (interval_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::photos-when-metered",
                           G_CALLBACK (spare_photos), self, G_CONNECT_SWAPPED);
  g_object_bind_property (g_network_monitor_get_default (), "network-metered", self, "metered",
                          G_BINDING_SYNC_CREATE);
  style_changed_cb (self);
  gtk_window_set_default_icon_name (RFI_APP_ID);
  self->notifier = rfi_notifier_new (GTK_APPLICATION (self), self->settings);
  self->alerts = rfi_alert_desk_new (self->settings);
  self->crier = rfi_alert_notifier_new (GTK_APPLICATION (self), self->settings, self->alerts);
  self->manager = rfi_session_manager_new (self->profile, self->offline);
  rfi_session_manager_set_renew_key (self->manager, self->renew_key);
  g_signal_connect_object (self->manager, "notify::session", G_CALLBACK (session_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->background = rfi_background_new (GTK_APPLICATION (self), self->settings, self->manager);
  g_signal_connect_object (self->background, "notify::closing", G_CALLBACK (closing_cb), self,
                           G_CONNECT_SWAPPED);
  self->focus = rfi_focus_watch_new (GTK_APPLICATION (self), self->manager);
  add_actions (self);
}

/* Before anybody can ask by the name. */
static gboolean
rfi_application_dbus_register (GApplication     *application,
                               GDBusConnection  *connection,
                               const char       *object_path,
                               GError          **error)
{
  RfiApplication *self = RFI_APPLICATION (application);
  g_autofree char *path = g_strconcat (object_path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (rfi_application_parent_class)->dbus_register (application, connection,
                                                                             object_path, error) &&
         rfi_search_provider_export (self->provider, connection, path, error);
}

static void
rfi_application_dbus_unregister (GApplication    *application,
                                 GDBusConnection *connection,
                                 const char      *object_path)
{
  RfiApplication *self = RFI_APPLICATION (application);

  /* The last time is when all of it goes. */
  if (self->provider != NULL)
    rfi_search_provider_unexport (self->provider);
  G_APPLICATION_CLASS (rfi_application_parent_class)->dbus_unregister (application, connection,
                                                                        object_path);
}

static void
rfi_application_window_added (GtkApplication *application,
                              GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (rfi_application_parent_class)->window_added (application, window);
  rfi_frame_memory_watch (GTK_WIDGET (window));
}

/* The last window takes the session along, unless that goes on without. */
static void
rfi_application_window_removed (GtkApplication *application,
                                GtkWindow      *window)
{
  RfiApplication *self = RFI_APPLICATION (application);

  /* Held before the last window lets go. */
  g_application_hold (G_APPLICATION (self));
  GTK_APPLICATION_CLASS (rfi_application_parent_class)->window_removed (application, window);
  if (get_window (self) == NULL)
    rfi_background_leave (self->background);
  g_application_release (G_APPLICATION (self));
}

static void
rfi_application_shutdown (GApplication *application)
{
  RfiApplication *self = RFI_APPLICATION (application);

  rfi_notifier_set_session (self->notifier, NULL);
  g_clear_object (&self->notifier);
  rfi_alert_notifier_set_session (self->crier, NULL);
  g_clear_object (&self->crier);
  rfi_alert_desk_set_session (self->alerts, NULL);
  g_clear_object (&self->alerts);
  rfi_search_provider_set_session (self->provider, NULL);
  g_clear_object (&self->focus);
  g_clear_object (&self->background);
  g_clear_object (&self->manager);

  G_APPLICATION_CLASS (rfi_application_parent_class)->shutdown (application);
}

/* The command line */

/* A profile of one's own is a console of one's own: it must not land in the windows of another.
 * The same profile again finds its own windows, because its name is made from the path. */
static void
take_profile (RfiApplication *self,
              const char     *path)
{
  g_autoptr(GFile) folder = g_file_new_for_commandline_arg (path);
  g_autofree char *digest = NULL;
  g_autofree char *id = NULL;

  g_free (self->profile);
  self->profile = g_file_get_path (folder);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->profile, -1);
  id = g_strdup_printf (RFI_APP_ID ".Profile%.12s", digest);
  g_application_set_application_id (G_APPLICATION (self), id);
}

/* What is asked of a console that already runs goes to that one. */
static int
forward (GApplication *application,
         const char   *action)
{
  g_autoptr(GError) error = NULL;

  if (!g_application_register (application, NULL, &error))
    {
      g_warning ("Could not register: %s", error->message);
      return EXIT_FAILURE;
    }
  if (!g_application_get_is_remote (application))
    return -1;

  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
  return EXIT_SUCCESS;
}

static int
rfi_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  RfiApplication *self = RFI_APPLICATION (application);
  const char *profile;

  if (g_variant_dict_lookup (options, "profile", "^&ay", &profile))
    take_profile (self, profile);
  g_variant_dict_lookup (options, "server", "s", &self->server);
  self->offline = g_variant_dict_contains (options, "offline");
  self->renew_key = g_variant_dict_contains (options, "renew-key");

  if (g_variant_dict_contains (options, "new-window"))
    return forward (application, "new-window");
  if (g_variant_dict_contains (options, "new-job"))
    return forward (application, "new-job");
  return -1;
}

static void
add_options (GApplication *application)
{
  static const GOptionEntry entries[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, NULL, N_("Sign in to this server"), N_("URL") },
    { "profile", 'p', 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Keep data in this folder, apart from other profiles"), N_("FOLDER") },
    { "offline", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start without connecting"), NULL },
    { "renew-key", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Seal saved data with a new key"), NULL },
    { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open another window"), NULL },
    { "new-job", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start with a new job"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_application_add_main_option_entries (application, entries);
  g_application_set_option_context_parameter_string (application, "[retailfixit://job/ID]");
  g_application_set_option_context_summary (application,
                                            _("Put the right technician on each repair job."));
}

static void
rfi_application_finalize (GObject *object)
{
  RfiApplication *self = RFI_APPLICATION (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->settings);
  g_free (self->profile);
  g_free (self->server);
  g_free (self->waiting);
  g_free (self->target);

  G_OBJECT_CLASS (rfi_application_parent_class)->finalize (object);
}

static void
rfi_application_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_METERED:
      g_value_set_boolean (value, RFI_APPLICATION (object)->metered);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_application_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RfiApplication *self = RFI_APPLICATION (object);

  switch (prop_id)
    {
    case PROP_METERED:
      self->metered = g_value_get_boolean (value);
      spare_photos (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_application_class_init (RfiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rfi_application_finalize;
  G_OBJECT_CLASS (klass)->get_property = rfi_application_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_application_set_property;
  application_class->startup = rfi_application_startup;
  application_class->shutdown = rfi_application_shutdown;
  application_class->activate = rfi_application_activate;
  application_class->open = rfi_application_open;
  application_class->handle_local_options = rfi_application_handle_local_options;
  application_class->dbus_register = rfi_application_dbus_register;
  application_class->dbus_unregister = rfi_application_dbus_unregister;
  GTK_APPLICATION_CLASS (klass)->window_added = rfi_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = rfi_application_window_removed;

  properties[PROP_METERED] =
    g_param_spec_boolean ("metered", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
rfi_application_init (RfiApplication *self)
{
  rfi_memory_prepare ();
  rfi_graphics_prepare ();
  self->profile = g_build_filename (g_get_user_data_dir (), "retailfixit-dispatch", NULL);
  self->provider = rfi_search_provider_new (G_APPLICATION (self));
  add_options (G_APPLICATION (self));
}

RfiBackground *
rfi_application_get_background (RfiApplication *self)
{
  g_return_val_if_fail (RFI_IS_APPLICATION (self), NULL);

  return self->background;
}

RfiFocusWatch *
rfi_application_get_focus_watch (RfiApplication *self)
{
  g_return_val_if_fail (RFI_IS_APPLICATION (self), NULL);

  return self->focus;
}

RfiApplication *
rfi_application_new (void)
{
  return g_object_new (RFI_TYPE_APPLICATION,
                       "application-id", RFI_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCE_PATH,
                       NULL);
}
