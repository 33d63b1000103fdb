/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-preferences-window"

#include "config.h"

#include "rfi-preferences-window.h"

#include "rfi-alert-preferences.h"
#include "rfi-choice-preferences.h"
#include "rfi-cache-row.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  GSettings            *settings;  /* (owned) */

  GtkWidget            *account;   /* template children, from here on */
  AdwAvatar            *avatar;
  AdwActionRow         *who;
  AdwActionRow         *server;
  AdwComboRow          *interval;
  GtkSwitch            *background;
  GtkSwitch            *metered;
  GtkSwitch            *shrink;
  GtkSwitch            *notify_urgent_job;
  GtkSwitch            *notify_assignment;
  GtkSwitch            *notify_conflict;
  GtkSwitch            *notify_sync_failure;
  AdwComboRow          *style;
  AdwComboRow          *density;
  GtkWidget            *storage;
  RfiCacheRow          *cache;
};

G_DEFINE_FINAL_TYPE (RfiPreferencesWindow, rfi_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* Seconds, as the rows of the list in the template. */
static const guint intervals[] = { 10, 30, 60, 300, 900 };

static gboolean
interval_to_row (GValue   *value,
                 GVariant *variant,
                 gpointer  user_data)
{
  guint seconds = g_variant_get_uint32 (variant);
  guint row = 0;

  while (row + 1 < G_N_ELEMENTS (intervals) && intervals[row] < seconds)
    row++;
  g_value_set_uint (value, row);
  return TRUE;
}

static GVariant *
row_to_interval (const GValue       *value,
                 const GVariantType *type,
                 gpointer            user_data)
{
  guint row = g_value_get_uint (value);

  return row < G_N_ELEMENTS (intervals) ? g_variant_new_uint32 (intervals[row]) : NULL;
}

/* The nicks of the schema, as the rows of the lists in the template. */
static const char * const styles[] = { "system", "light", "dark", NULL };
static const char * const densities[] = { "roomy", "standard", "compact", NULL };

static gboolean
nick_to_row (GValue   *value,
             GVariant *variant,
             gpointer  user_data)
{
  const char * const *nicks = user_data;
  guint row = 0;

  while (nicks[row] != NULL && !g_str_equal (nicks[row], g_variant_get_string (variant, NULL)))
    row++;
  g_value_set_uint (value, row);
  return nicks[row] != NULL;
}

static GVariant *
row_to_nick (const GValue       *value,
             const GVariantType *type,
             gpointer            user_data)
{
  const char * const *nicks = user_data;
  guint row = g_value_get_uint (value);

  return row < g_strv_length ((char **) nicks) ? g_variant_new_string (nicks[row]) : NULL;
}

static void
bind_switch (RfiPreferencesWindow *self,
             const char           *key,
             GtkSwitch            *sw)
{
  g_settings_bind (self->settings, key, sw, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
bind_settings (RfiPreferencesWindow *self)
{
  g_settings_bind_with_mapping (self->settings, "sync-interval", self->interval, "selected",
                                G_SETTINGS_BIND_DEFAULT, interval_to_row, row_to_interval, NULL,
                                NULL);
  g_settings_bind_with_mapping (self->settings, "style", self->style, "selected",
                                G_SETTINGS_BIND_DEFAULT, nick_to_row, row_to_nick,
                                (gpointer) styles, NULL);
  g_settings_bind_with_mapping (self->settings, "density", self->density, "selected",
                                G_SETTINGS_BIND_DEFAULT, nick_to_row, row_to_nick,
                                (gpointer) densities, NULL);
  bind_switch (self, "run-in-background", self->background);
  bind_switch (self, "photos-when-metered", self->metered);
  bind_switch (self, "shrink-photos", self->shrink);
  bind_switch (self, "notify-urgent-job", self->notify_urgent_job);
  bind_switch (self, "notify-assignment", self->notify_assignment);
  bind_switch (self, "notify-conflict", self->notify_conflict);
  bind_switch (self, "notify-sync-failure", self->notify_sync_failure);
}

static void
show_account (RfiPreferencesWindow *self,
              RfiSession           *session)
{
  RfiUser *user = rfi_session_get_user (session);
  g_autofree char *name = g_markup_escape_text (user->display_name, -1);
  g_autofree char *url = g_markup_escape_text (rfi_session_get_server_url (session), -1);

  adw_avatar_set_text (self->avatar, user->display_name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->who), name);
  adw_action_row_set_subtitle (self->who, rfi_words_role (user->role));
  adw_action_row_set_subtitle (self->server, url);
}

/* The window asks what to do with what is not sent yet. */
static void
sign_out_cb (RfiPreferencesWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.sign-out", NULL);
}

static void
rfi_preferences_window_dispose (GObject *object)
{
  RfiPreferencesWindow *self = RFI_PREFERENCES_WINDOW (object);

  /* The toolkit (libadwaita 1.2) never lets go of the groups of such a window, nor they of rows. */
  if (self->cache != NULL)
    rfi_cache_row_set_session (self->cache, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_PREFERENCES_WINDOW);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_preferences_window_parent_class)->dispose (object);
}

static void
rfi_preferences_window_class_init (RfiPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_preferences_window_dispose;

  g_type_ensure (RFI_TYPE_ALERT_PREFERENCES);
  g_type_ensure (RFI_TYPE_CACHE_ROW);
  g_type_ensure (RFI_TYPE_CHOICE_PREFERENCES);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/preferences/rfi-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, account);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, who);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, server);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, interval);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, background);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, metered);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, shrink);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, notify_urgent_job);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, notify_assignment);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, notify_conflict);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, notify_sync_failure);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, style);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, density);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, storage);
  gtk_widget_class_bind_template_child (widget_class, RfiPreferencesWindow, cache);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_cb);
}

static void
rfi_preferences_window_init (RfiPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (RFI_APP_ID);
  bind_settings (self);
}

GtkWidget *
rfi_preferences_window_new (GtkWindow  *parent,
                            RfiSession *session)
{
  RfiPreferencesWindow *self =
    g_object_new (RFI_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  gtk_widget_set_visible (self->account, session != NULL);
  gtk_widget_set_visible (self->storage, session != NULL);
  rfi_cache_row_set_session (self->cache, session);
  if (session != NULL)
    show_account (self, session);
  return GTK_WIDGET (self);
}
