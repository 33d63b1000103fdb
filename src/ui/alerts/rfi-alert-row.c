/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-row"

#include "config.h"

#include "rfi-alert-row.h"

#include "rfi-alert-words.h"
#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-pill.h"

#include <glib/gi18n.h>

struct _RfiAlertRow
{
  GtkWidget     parent_instance;

  RfiAlertList *list;     /* (owned) (nullable) */
  RfiAlertItem *item;     /* (owned) (nullable) */
  GSignalGroup *signals;  /* (owned): on item */

  GtkWidget    *content;  /* template children, from here on */
  RfiPill      *severity;
  GtkLabel     *title;
  GtkLabel     *place;
  GtkLabel     *reason;
  GtkButton    *assign;
  GtkWidget    *snooze;
  GtkWidget    *acknowledge;
  GtkWidget    *remind;
};

G_DEFINE_FINAL_TYPE (RfiAlertRow, rfi_alert_row, GTK_TYPE_WIDGET)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* Returns: (transfer full) */
static char *
mute_words (RfiAlertItem *item)
{
  gint64 until = rfi_alert_item_get_muted_until (item);
  g_autofree char *clock = NULL;

  if (until == G_MAXINT64)
    return g_strdup (_("Acknowledged"));

  clock = rfi_format_clock (until);
  /* translators: %s is a time of day: an alert is put off until then */
  return g_strdup_printf (_("Snoozed until %s"), clock);
}

static void
show_buttons (RfiAlertRow  *self,
              const RfiJob *job)
{
  gboolean muted = rfi_alert_item_get_muted (self->item);
  gboolean unassigned = job->assigned_to == NULL || job->assigned_to[0] == '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->assign), unassigned && !muted);
  gtk_widget_set_visible (self->snooze, !muted);
  gtk_widget_set_visible (self->acknowledge, !muted);
  gtk_widget_set_visible (self->remind, muted);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->assign), "s", job->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->assign), "alerts.assign");
}

void
rfi_alert_row_update (RfiAlertRow *self)
{
  const RfiJob *job;
  RfiSeverity severity;
  RfiAlertKind kind;
  g_autofree char *reason = NULL;
  g_autofree char *place = NULL;
  g_autofree char *mute = NULL;

  g_return_if_fail (RFI_IS_ALERT_ROW (self));

  if (self->item == NULL)
    return;

  job = rfi_alert_item_get_state (self->item)->work;
  kind = rfi_alert_item_get_kind (self->item);
  severity = rfi_alert_get_severity (kind);
  reason = rfi_alert_words_reason (kind, rfi_alert_item_get_since (self->item), now_ms ());
  /* translators: a store, then a city */
  place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);

  if (rfi_alert_item_get_muted (self->item))
    {
      mute = mute_words (self->item);
      rfi_pill_set (self->severity, rfi_alert_words_icon (severity), mute, "dim-label");
    }
  else
    {
      rfi_pill_set (self->severity, rfi_alert_words_icon (severity),
                    rfi_alert_words_severity (severity), rfi_alert_words_class (severity));
    }
  gtk_label_set_label (self->title, job->title);
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->reason, reason);
  show_buttons (self, job);
}

static void
mute_until (RfiAlertRow *self,
            gint64       until)
{
  if (self->list != NULL && self->item != NULL)
    rfi_alert_row_mute (GTK_WIDGET (self), self->list, rfi_alert_item_get_job_id (self->item),
                        until);
}

static void
snooze_cb (RfiAlertRow *self)
{
  mute_until (self, now_ms () + RFI_ALERT_SNOOZE);
}

static void
acknowledge_cb (RfiAlertRow *self)
{
  mute_until (self, G_MAXINT64);
}

static void
remind_cb (RfiAlertRow *self)
{
  mute_until (self, 0);
}

static void
rfi_alert_row_dispose (GObject *object)
{
  RfiAlertRow *self = RFI_ALERT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_ALERT_ROW);
  g_clear_object (&self->signals);
  g_clear_object (&self->item);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (rfi_alert_row_parent_class)->dispose (object);
}

static void
rfi_alert_row_class_init (RfiAlertRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_alert_row_dispose;

  g_type_ensure (RFI_TYPE_PILL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/alerts/rfi-alert-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, content);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, severity);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, title);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, place);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, reason);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, assign);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, snooze);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, acknowledge);
  gtk_widget_class_bind_template_child (widget_class, RfiAlertRow, remind);
  gtk_widget_class_bind_template_callback (widget_class, snooze_cb);
  gtk_widget_class_bind_template_callback (widget_class, acknowledge_cb);
  gtk_widget_class_bind_template_callback (widget_class, remind_cb);
}

static void
rfi_alert_row_init (RfiAlertRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (RFI_TYPE_ALERT_ITEM);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (rfi_alert_row_update),
                                  self);
}

GtkWidget *
rfi_alert_row_new (void)
{
  return g_object_new (RFI_TYPE_ALERT_ROW, NULL);
}

RfiAlertItem *
rfi_alert_row_get_item (RfiAlertRow *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ROW (self), NULL);

  return self->item;
}

void
rfi_alert_row_set (RfiAlertRow  *self,
                   RfiAlertList *list,
                   RfiAlertItem *item)
{
  g_return_if_fail (RFI_IS_ALERT_ROW (self));

  g_set_object (&self->list, list);
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->signals, item);
  rfi_alert_row_update (self);
}

void
rfi_alert_row_mute (GtkWidget    *widget,
                    RfiAlertList *list,
                    const char   *job_id,
                    gint64        until)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_alert_list_mute (list, job_id, until, &error))
    return;

  words = rfi_error_words (error);
  gtk_widget_activate_action (widget, "win.toast", "(sss)", words, "", "");
}
