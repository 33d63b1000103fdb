/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-tray-card"

#include "config.h"

#include "rfi-tray-card.h"

#include "rfi-format.h"
#include "rfi-pill.h"
#include "rfi-schedule-check.h"
#include "rfi-timeline-words.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiTrayCard
{
  GtkWidget   parent_instance;

  RfiJobItem *item;  /* (owned) (nullable) */

  RfiPill    *priority;
  GtkWidget  *age;
  GtkWidget  *title;
  GtkWidget  *place;
  GtkWidget  *length;
  GtkWidget  *hold;
};

G_DEFINE_FINAL_TYPE (RfiTrayCard, rfi_tray_card, GTK_TYPE_WIDGET)

static char *
describe_hold (const RfiJob *job)
{
  gint64 until = rfi_schedule_get_hold (job);
  g_autofree char *clock = until != 0 ? rfi_format_clock (until) : NULL;

  if (until <= g_get_real_time () / 1000)
    return g_strdup ("");
  /* translators: a moment */
  return g_strdup_printf (_("Hold until %s"), clock);
}

static void
set_words (RfiTrayCard  *self,
           const RfiJob *job)
{
  g_autofree char *age = rfi_format_age (job->created_at);
  g_autofree char *place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);
  g_autofree char *length = rfi_timeline_words_length (rfi_schedule_get_length (job));
  /* translators: how long a job may take */
  g_autofree char *about = g_strdup_printf (_("about %s"), length);
  g_autofree char *hold = describe_hold (job);
  /* translators: a job that waits for a time: title, priority, age, store and city, length */
  g_autofree char *words = g_strdup_printf (_("%s, %s, %s old, %s, %s"), job->title,
                                            rfi_words_priority (job->priority), age, place, about);

  gtk_label_set_label (GTK_LABEL (self->age), age);
  gtk_label_set_label (GTK_LABEL (self->title), job->title);
  gtk_label_set_label (GTK_LABEL (self->place), place);
  gtk_label_set_label (GTK_LABEL (self->length), about);
  gtk_label_set_label (GTK_LABEL (self->hold), hold);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), job->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
update (RfiTrayCard *self)
{
  static const char * const classes[RFI_N_PRIORITIES] = {
    [RFI_PRIORITY_LOW] = "low", [RFI_PRIORITY_MEDIUM] = "medium", [RFI_PRIORITY_HIGH] = "high",
    [RFI_PRIORITY_URGENT] = "urgent",
  };
  const RfiJob *job = rfi_job_item_get_job (self->item);

  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    if (i == job->priority)
      gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
  rfi_pill_set_priority (self->priority, job->priority);
  set_words (self, job);
}

static void
rfi_tray_card_dispose (GObject *object)
{
  RfiTrayCard *self = RFI_TRAY_CARD (object);
  GtkWidget *child;

  rfi_tray_card_set_item (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (rfi_tray_card_parent_class)->dispose (object);
}

static void
rfi_tray_card_class_init (RfiTrayCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_tray_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rfitraycard");
}

static GtkWidget *
add_line (RfiTrayCard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_parent (line, GTK_WIDGET (self));
  return line;
}

static GtkWidget *
add_label (GtkWidget  *line,
           const char *style_class,
           gboolean    dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style_class);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (line), label);
  return label;
}

static void
rfi_tray_card_init (RfiTrayCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *line;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "rfi-card");

  line = add_line (self);
  self->priority = g_object_new (RFI_TYPE_PILL, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->priority));
  self->age = add_label (line, "caption", TRUE);
  self->title = add_label (add_line (self), "heading", FALSE);
  self->place = add_label (add_line (self), "caption", TRUE);
  line = add_line (self);
  self->length = add_label (line, "caption", TRUE);
  gtk_widget_set_hexpand (self->length, TRUE);
  self->hold = add_label (line, "caption", TRUE);
}

GtkWidget *
rfi_tray_card_new (void)
{
  return g_object_new (RFI_TYPE_TRAY_CARD, NULL);
}

RfiJobItem *
rfi_tray_card_get_item (RfiTrayCard *self)
{
  g_return_val_if_fail (RFI_IS_TRAY_CARD (self), NULL);

  return self->item;
}

void
rfi_tray_card_set_item (RfiTrayCard *self,
                        RfiJobItem  *item)
{
  g_return_if_fail (RFI_IS_TRAY_CARD (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
