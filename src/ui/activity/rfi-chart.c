/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-chart"

#include "config.h"

#include "rfi-chart.h"

#include "rfi-format.h"
#include "rfi-pulse-words.h"
#include "rfi-style-look.h"

#include <glib/gi18n.h>
#include <math.h>

/* At the usual size of text. */
#define MIN_WIDTH  200
#define PLOT       84
#define GAP        6

#define LINE_WIDTH 2.0
#define DOT        1.5

struct _RfiChart
{
  GtkWidget       parent_instance;

  RfiPulseSeries  series;
  GArray         *points;  /* (owned) (element-type RfiPulsePoint) */
};

G_DEFINE_FINAL_TYPE (RfiChart, rfi_chart, GTK_TYPE_WIDGET)

/* One drawing. */
typedef struct
{
  RfiChart    *chart;
  GtkSnapshot *snapshot;
  PangoLayout *layout;  /* for all texts, one after the other */
  float        left;    /* of the plot */
  float        top;
  float        width;
  float        height;
  double       most;    /* the value at its top */
  GdkRGBA      ink;
  GdkRGBA      dim;
} Drawing;

static const RfiPulsePoint *
get_points (RfiChart *self)
{
  return (const RfiPulsePoint *) (gpointer) self->points->data;
}

/* The next value above all that is easy to read: 1, 2 or 5 times a power of ten. */
static double
find_most (RfiChart *self)
{
  double most = 1;
  double step;

  if (self->series == RFI_PULSE_UPTIME)
    return 100;

  for (guint i = 0; i < self->points->len; i++)
    most = MAX (most, get_points (self)[i].value);
  step = pow (10, floor (log10 (most)));
  if (most <= step)
    return step;
  if (most <= 2 * step)
    return 2 * step;
  return most <= 5 * step ? 5 * step : 10 * step;
}

static void
draw_text (Drawing    *drawing,
           const char *text,
           float       x,
           float       y,
           float       align)
{
  int width;
  int height;

  pango_layout_set_text (drawing->layout, text, -1);
  pango_layout_get_pixel_size (drawing->layout, &width, &height);
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT (roundf (x - align * width), roundf (y)));
  gtk_snapshot_append_layout (drawing->snapshot, drawing->layout, &drawing->dim);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_rule (Drawing *drawing,
           float    y,
           float    alpha)
{
  GdkRGBA color = drawing->dim;

  color.alpha *= alpha;
  gtk_snapshot_append_color (drawing->snapshot, &color,
                             &GRAPHENE_RECT_INIT (drawing->left, roundf (y), drawing->width, 1));
}

static float
get_x (Drawing *drawing,
       guint    index)
{
  return drawing->left + drawing->width * ((float) index + .5f) /
                           (float) drawing->chart->points->len;
}

static float
get_y (Drawing *drawing,
       double   value)
{
  return drawing->top + drawing->height * (float) (1 - MIN (value / drawing->most, 1));
}

/* A value of nothing is still a mark: it is not the same as no value. */
static void
draw_bars (Drawing *drawing)
{
  guint n = drawing->chart->points->len;
  float slot = drawing->width / (float) n;
  float bar = MAX (slot - 1, 1);

  for (guint i = 0; i < n; i++)
    {
      const RfiPulsePoint *point = &get_points (drawing->chart)[i];
      float height = MAX (drawing->top + drawing->height - get_y (drawing, point->value), 1.5f);

      if (point->known)
        gtk_snapshot_append_color (
          drawing->snapshot, &drawing->ink,
          &GRAPHENE_RECT_INIT (drawing->left + slot * (float) i,
                               drawing->top + drawing->height - height, bar, height));
    }
}

static void
draw_line (Drawing *drawing)
{
  cairo_t *cairo = gtk_snapshot_append_cairo (
    drawing->snapshot, &GRAPHENE_RECT_INIT (drawing->left - 2, drawing->top - 2,
                                            drawing->width + 4, drawing->height + 4));
  gboolean drawing_on = FALSE;

  gdk_cairo_set_source_rgba (cairo, &drawing->ink);
  cairo_set_line_width (cairo, LINE_WIDTH);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < drawing->chart->points->len; i++)
    {
      const RfiPulsePoint *point = &get_points (drawing->chart)[i];
      float x = get_x (drawing, i);
      float y = get_y (drawing, point->value);

      if (point->known && drawing_on)
        cairo_line_to (cairo, x, y);
      else if (point->known)
        cairo_move_to (cairo, x, y);
      drawing_on = point->known;
    }
  cairo_stroke (cairo);
  for (guint i = 0; i < drawing->chart->points->len; i++)
    if (get_points (drawing->chart)[i].known)
      {
        cairo_arc (cairo, get_x (drawing, i),
                   get_y (drawing, get_points (drawing->chart)[i].value), DOT, 0, 2 * G_PI);
        cairo_fill (cairo);
      }
  cairo_destroy (cairo);
}

static void
draw_texts (Drawing *drawing)
{
  RfiChart *self = drawing->chart;
  const RfiPulsePoint *points = get_points (self);
  guint n = self->points->len;
  g_autofree char *most = rfi_pulse_words_value (self->series, drawing->most);
  g_autofree char *from = rfi_format_clock (points[0].at);
  float below = drawing->top + drawing->height + 3;

  draw_text (drawing, most, drawing->left, 0, 0);
  draw_text (drawing, from, drawing->left, below, 0);
  draw_text (drawing, _("now"), drawing->left + drawing->width, below, 1);
  if (!points[n - 1].known)
    for (guint i = 0; i < n; i++)
      if (points[i].known)
        return;
  if (!points[n - 1].known)
    draw_text (drawing, _("Nothing is known of this time"), drawing->left + drawing->width / 2,
               drawing->top + drawing->height / 2 - 8, .5f);
}

static int
get_line_height (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return rfi_style_look_line_height (context, pango_context_get_font_description (context));
}

static void
rfi_chart_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  RfiChart *self = RFI_CHART (widget);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  float line = (float) get_line_height (widget);
  Drawing drawing = {
    .chart = self, .snapshot = snapshot, .layout = layout, .left = 0, .top = line + GAP,
    .width = (float) gtk_widget_get_width (widget),
    .height = (float) gtk_widget_get_height (widget) - 2 * (line + GAP),
    .most = find_most (self),
  };

  if (self->points->len == 0 || drawing.height <= 0)
    return;

  rfi_style_look_color (widget, "accent_color", &drawing.ink);
  rfi_style_look_color (widget, "rfi_dim", &drawing.dim);
  draw_rule (&drawing, drawing.top, .35f);
  draw_rule (&drawing, drawing.top + drawing.height / 2, .2f);
  draw_rule (&drawing, drawing.top + drawing.height, .7f);
  if (self->series == RFI_PULSE_DURATION || self->series == RFI_PULSE_LATENCY)
    draw_line (&drawing);
  else
    draw_bars (&drawing);
  draw_texts (&drawing);
}

static void
rfi_chart_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = MIN_WIDTH;
    }
  else
    {
      *minimum = 2 * (get_line_height (widget) + GAP) + PLOT;
      *natural = *minimum;
    }
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  RfiChart *self = RFI_CHART (widget);
  int width = gtk_widget_get_width (widget);
  const RfiPulsePoint *point;
  g_autofree char *value = NULL;
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;
  guint index;

  if (keyboard || width <= 0 || x < 0 || self->points->len == 0)
    return FALSE;

  index = MIN ((guint) x * self->points->len / (guint) width, self->points->len - 1);
  point = &get_points (self)[index];
  value = rfi_pulse_words_point (self->series, point);
  at = rfi_format_clock (point->at);
  /* translators: a time, then a value */
  text = g_strdup_printf (_("%s: %s"), at, value);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
rfi_chart_set (RfiChart            *self,
               const RfiPulsePoint *points,
               guint                n)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RFI_IS_CHART (self));

  if (self->points->len == n && n > 0 &&
      memcmp (self->points->data, points, n * sizeof *points) == 0)
    return;

  g_array_set_size (self->points, 0);
  g_array_append_vals (self->points, points, n);
  words = rfi_pulse_words_describe (self->series, points, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
rfi_chart_finalize (GObject *object)
{
  g_array_unref (RFI_CHART (object)->points);

  G_OBJECT_CLASS (rfi_chart_parent_class)->finalize (object);
}

static void
rfi_chart_class_init (RfiChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rfi_chart_finalize;
  widget_class->measure = rfi_chart_measure;
  widget_class->snapshot = rfi_chart_snapshot;

  gtk_widget_class_set_css_name (widget_class, "rfichart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rfi_chart_init (RfiChart *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (RfiPulsePoint));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
rfi_chart_new (RfiPulseSeries series)
{
  RfiChart *self = g_object_new (RFI_TYPE_CHART, NULL);

  self->series = series;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rfi_pulse_words_name (series), -1);
  return GTK_WIDGET (self);
}
