/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-figures"

#include "config.h"

#include "rfi-figures.h"

#include "rfi-chart.h"
#include "rfi-figure-table.h"
#include "rfi-pulse-words.h"
#include "rfi-session-activity.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

/* A span is shown in so many parts, each so many minutes long. */
typedef struct
{
  const char *name;
  guint       n;
  guint       minutes;
} Span;

static const Span spans[] = {
  { "hour", 60, 1 },
  { "day", 96, 15 },
  { "week", 84, 120 },
};

#define MOST_PARTS 96

struct _RfiFigures
{
  AdwBin          parent_instance;

  RfiSession     *session;  /* (owned) (nullable) */
  const Span     *span;
  RfiChart       *charts[RFI_N_PULSE_SERIES];
  GtkLabel       *values[RFI_N_PULSE_SERIES];

  GtkStack       *stack;    /* template children, from here on */
  GtkWidget      *cards;
  RfiFigureTable *table;
  GtkToggleButton *as_table;
};

G_DEFINE_FINAL_TYPE (RfiFigures, rfi_figures, ADW_TYPE_BIN)

/* The last value there is. */
static void
show_value (RfiFigures          *self,
            RfiPulseSeries       series,
            const RfiPulsePoint *points)
{
  g_autofree char *words = NULL;
  guint i = self->span->n - 1;

  while (i > 0 && !points[i].known)
    i--;
  words = rfi_pulse_words_point (series, &points[i]);
  gtk_label_set_label (self->values[series], words);
}

/* Parts begin at whole multiples of their length, so that they stand still while time goes on. */
static gint64
find_until (const Span *span)
{
  gint64 step = span->minutes * RFI_PULSE_MINUTE;
  gint64 now = g_get_real_time () / 1000;

  return now - now % step + step;
}

void
rfi_figures_update (RfiFigures *self)
{
  RfiPulsePoint points[RFI_N_PULSE_SERIES][MOST_PARTS];
  RfiPulse *pulse;

  g_return_if_fail (RFI_IS_FIGURES (self));

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  memset (points, 0, sizeof points);
  pulse = rfi_session_get_pulse (self->session);
  for (guint i = 0; i < RFI_N_PULSE_SERIES; i++)
    {
      rfi_pulse_sum (pulse, (RfiPulseSeries) i, find_until (self->span),
                     self->span->minutes * RFI_PULSE_MINUTE, self->span->n, points[i]);
      rfi_chart_set (self->charts[i], points[i], self->span->n);
      show_value (self, (RfiPulseSeries) i, points[i]);
    }
  if (gtk_toggle_button_get_active (self->as_table))
    rfi_figure_table_set (self->table, points[0], MOST_PARTS, self->span->n);
}

void
rfi_figures_set_session (RfiFigures *self,
                         RfiSession *session)
{
  g_return_if_fail (RFI_IS_FIGURES (self));

  if (g_set_object (&self->session, session))
    rfi_figures_update (self);
}

static void
span_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  RfiFigures *self = RFI_FIGURES (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    if (g_str_equal (spans[i].name, name))
      self->span = &spans[i];
  rfi_figures_update (self);
}

static void
shown_cb (RfiFigures *self)
{
  gtk_stack_set_visible_child_name (
    self->stack, gtk_toggle_button_get_active (self->as_table) ? "table" : "charts");
  rfi_figures_update (self);
}

static void
toggled_cb (RfiFigures      *self,
            GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    gtk_widget_activate_action (GTK_WIDGET (self), "figures.span", "s",
                                gtk_widget_get_name (GTK_WIDGET (button)));
}

static GtkWidget *
make_card (RfiFigures     *self,
           RfiPulseSeries  series)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = gtk_label_new (rfi_pulse_words_name (series));
  GtkWidget *value = gtk_label_new ("");
  GtkWidget *chart = rfi_chart_new (series);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), value);
  gtk_box_append (GTK_BOX (card), head);
  gtk_widget_set_vexpand (chart, TRUE);
  gtk_box_append (GTK_BOX (card), chart);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "rfi-figure");
  gtk_widget_set_hexpand (card, TRUE);
  self->charts[series] = RFI_CHART (chart);
  self->values[series] = GTK_LABEL (value);
  return card;
}

static void
rfi_figures_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rfi_figures_parent_class)->map (widget);

  rfi_figures_update (RFI_FIGURES (widget));
}

static void
rfi_figures_dispose (GObject *object)
{
  g_clear_object (&RFI_FIGURES (object)->session);

  G_OBJECT_CLASS (rfi_figures_parent_class)->dispose (object);
}

static void
rfi_figures_class_init (RfiFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_figures_dispose;
  widget_class->map = rfi_figures_map;

  gtk_widget_class_install_action (widget_class, "figures.span", "s", span_cb);

  g_type_ensure (RFI_TYPE_FIGURE_TABLE);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/activity/rfi-figures.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiFigures, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiFigures, cards);
  gtk_widget_class_bind_template_child (widget_class, RfiFigures, table);
  gtk_widget_class_bind_template_child (widget_class, RfiFigures, as_table);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
rfi_figures_init (RfiFigures *self)
{
  self->span = &spans[0];
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < RFI_N_PULSE_SERIES; i++)
    gtk_box_append (GTK_BOX (self->cards), make_card (self, (RfiPulseSeries) i));
}
