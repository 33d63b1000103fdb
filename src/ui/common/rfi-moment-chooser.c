/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-moment-chooser"

#include "config.h"

#include "rfi-moment-chooser.h"

#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiMomentChooser
{
  AdwBin         parent_instance;

  gint64         at;        /* ms since 1970 */
  gboolean       setting;   /* what is chosen is being shown, not changed */

  GtkMenuButton *day;       /* template children, from here on */
  GtkCalendar   *calendar;
  GtkAdjustment *hour;
  GtkAdjustment *minute;
};

G_DEFINE_FINAL_TYPE (RfiMomentChooser, rfi_moment_chooser, ADW_TYPE_BIN)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
chosen_cb (RfiMomentChooser *self)
{
  g_autoptr(GDateTime) day = NULL;
  g_autoptr(GDateTime) moment = NULL;

  if (self->setting)
    return;

  day = gtk_calendar_get_date (self->calendar);
  moment = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                  g_date_time_get_day_of_month (day),
                                  (int) gtk_adjustment_get_value (self->hour),
                                  (int) gtk_adjustment_get_value (self->minute), 59);
  rfi_moment_chooser_set_at (self, g_date_time_to_unix (moment) * 1000 + 999);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
two_digits_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

gint64
rfi_moment_chooser_get_at (RfiMomentChooser *self)
{
  g_return_val_if_fail (RFI_IS_MOMENT_CHOOSER (self), 0);

  return self->at;
}

void
rfi_moment_chooser_set_at (RfiMomentChooser *self,
                           gint64            at)
{
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *day = NULL;

  g_return_if_fail (RFI_IS_MOMENT_CHOOSER (self));

  self->at = at;
  moment = g_date_time_new_from_unix_local (at / 1000);
  /* translators: a date as it is written without the time */
  day = g_date_time_format (moment, _("%a %-e %B %Y"));
  self->setting = TRUE;
  gtk_menu_button_set_label (self->day, day);
  gtk_calendar_select_day (self->calendar, moment);
  gtk_adjustment_set_value (self->hour, g_date_time_get_hour (moment));
  gtk_adjustment_set_value (self->minute, g_date_time_get_minute (moment));
  self->setting = FALSE;
}

static void
rfi_moment_chooser_class_init (RfiMomentChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_MOMENT_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/common/rfi-moment-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiMomentChooser, day);
  gtk_widget_class_bind_template_child (widget_class, RfiMomentChooser, calendar);
  gtk_widget_class_bind_template_child (widget_class, RfiMomentChooser, hour);
  gtk_widget_class_bind_template_child (widget_class, RfiMomentChooser, minute);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, two_digits_cb);
}

static void
rfi_moment_chooser_init (RfiMomentChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
