/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-preferences"

#include "config.h"

#include "rfi-alert-preferences.h"

#include <stdio.h>

struct _RfiAlertPreferences
{
  AdwPreferencesPage  parent_instance;

  GSettings          *settings;        /* (owned) */

  GtkWidget          *unassigned;      /* template children, from here on */
  GtkWidget          *unacknowledged;
  GtkWidget          *late;
  GtkWidget          *overrun;
  GtkWidget          *sla_urgent;
  GtkWidget          *sla_high;
  GtkWidget          *sla_medium;
  GtkWidget          *sla_low;
  GtkWidget          *risk;
  GtkSwitch          *notify;
  GtkSwitch          *quiet;
  GtkWidget          *quiet_from;
  GtkWidget          *quiet_until;
  GtkWidget          *wall_seconds;
  GtkSwitch          *wall_all;
  GtkSwitch          *wall_urgent;
  GtkSwitch          *wall_unassigned;
  GtkSwitch          *wall_saved;
};

G_DEFINE_FINAL_TYPE (RfiAlertPreferences, rfi_alert_preferences, ADW_TYPE_PREFERENCES_PAGE)

/* A time of day is a number of minutes. */
static gboolean
show_time_cb (RfiAlertPreferences *self,
              GtkSpinButton       *spin)
{
  int minutes = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
read_time_cb (RfiAlertPreferences *self,
              double              *value,
              GtkSpinButton       *spin)
{
  int hours = 0;
  int minutes = 0;

  if (sscanf (gtk_editable_get_text (GTK_EDITABLE (spin)), "%2d:%2d", &hours, &minutes) < 1)
    return GTK_INPUT_ERROR;

  *value = CLAMP (hours * 60 + minutes, 0, 24 * 60 - 1);
  return TRUE;
}

static gboolean
to_hours (GValue   *value,
          GVariant *variant,
          gpointer  user_data)
{
  g_value_set_double (value, g_variant_get_uint32 (variant) / 60.0);
  return TRUE;
}

static GVariant *
from_hours (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  return g_variant_new_uint32 ((guint32) (g_value_get_double (value) * 60 + 0.5));
}

/* The views that are shown in turn are a list of their names. */

static const char * const wall_views[] = { "all", "urgent", "unassigned", "saved" };

static void
show_wall_views (RfiAlertPreferences *self)
{
  g_auto(GStrv) chosen = g_settings_get_strv (self->settings, "wall-views");
  GtkSwitch *switches[] = { self->wall_all, self->wall_urgent, self->wall_unassigned,
                            self->wall_saved };

  for (guint i = 0; i < G_N_ELEMENTS (wall_views); i++)
    gtk_switch_set_active (switches[i],
                           g_strv_contains ((const char * const *) chosen, wall_views[i]));
}

static void
wall_toggled_cb (RfiAlertPreferences *self)
{
  GtkSwitch *switches[] = { self->wall_all, self->wall_urgent, self->wall_unassigned,
                            self->wall_saved };
  const char *chosen[G_N_ELEMENTS (wall_views) + 1] = { NULL };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wall_views); i++)
    if (gtk_switch_get_active (switches[i]))
      chosen[n++] = wall_views[i];
  g_settings_set_strv (self->settings, "wall-views", chosen);
}

static void
bind_wall (RfiAlertPreferences *self)
{
  GtkSwitch *switches[] = { self->wall_all, self->wall_urgent, self->wall_unassigned,
                            self->wall_saved };

  show_wall_views (self);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_signal_connect_object (switches[i], "notify::active", G_CALLBACK (wall_toggled_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
bind_settings (RfiAlertPreferences *self)
{
  const struct {
    const char *key;
    GtkWidget  *spin;
  } minutes[] = {
    { "alert-unassigned", self->unassigned }, { "alert-unacknowledged", self->unacknowledged },
    { "alert-late", self->late }, { "alert-overrun", self->overrun }, { "sla-risk", self->risk },
    { "quiet-from", self->quiet_from }, { "quiet-until", self->quiet_until },
    { "wall-seconds", self->wall_seconds },
  };
  const struct {
    const char *key;
    GtkWidget  *spin;
  } hours[] = {
    { "sla-urgent", self->sla_urgent }, { "sla-high", self->sla_high },
    { "sla-medium", self->sla_medium }, { "sla-low", self->sla_low },
  };

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    g_settings_bind (self->settings, minutes[i].key,
                     gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (minutes[i].spin)), "value",
                     G_SETTINGS_BIND_DEFAULT);
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    g_settings_bind_with_mapping (
      self->settings, hours[i].key,
      gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (hours[i].spin)), "value",
      G_SETTINGS_BIND_DEFAULT, to_hours, from_hours, NULL, NULL);
  g_settings_bind (self->settings, "notify-alert", self->notify, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "quiet-hours", self->quiet, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
rfi_alert_preferences_dispose (GObject *object)
{
  g_clear_object (&RFI_ALERT_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (rfi_alert_preferences_parent_class)->dispose (object);
}

static void
rfi_alert_preferences_class_init (RfiAlertPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_alert_preferences_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/preferences/rfi-alert-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, unassigned);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, unacknowledged);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, late);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, overrun);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, sla_urgent);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, sla_high);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, sla_medium);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, sla_low);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, risk);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, notify);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, quiet);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, quiet_from);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, quiet_until);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, wall_seconds);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, wall_all);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, wall_urgent);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, wall_unassigned);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertPreferences, wall_saved);
  gtk_widget_class_bind_template_callback (widget_class, show_time_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_time_cb);
}

static void
rfi_alert_preferences_init (RfiAlertPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (RFI_APP_ID);
  bind_settings (self);
  bind_wall (self);
}
