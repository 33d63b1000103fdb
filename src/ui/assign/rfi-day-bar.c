/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-day-bar"

#include "config.h"

#include "rfi-day-bar.h"

#include "rfi-paint.h"
#include "rfi-style-look.h"

#define HEIGHT 12
#define RADIUS 3

struct _RfiDayBar
{
  GtkWidget  parent_instance;

  RfiSpan    day;
  RfiSpan    shift;
  RfiSpan    wanted;
  GArray    *taken;   /* (owned) (nullable) (element-type RfiSpan) */
};

G_DEFINE_FINAL_TYPE (RfiDayBar, rfi_day_bar, GTK_TYPE_WIDGET)

static void
rfi_day_bar_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

/* %FALSE if nothing of it is to be seen. */
static gboolean
get_bounds (RfiDayBar       *self,
            const RfiSpan   *span,
            graphene_rect_t *bounds)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double scale = width / (double) (self->day.end - self->day.start);
  double from = (double) (MAX (span->start, self->day.start) - self->day.start) * scale;
  double until = (double) (MIN (span->end, self->day.end) - self->day.start) * scale;

  if (until <= from)
    return FALSE;

  /* As things on a line are read from the left in one language and from the right in another. */
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    graphene_rect_init (bounds, (float) (width - until), 0, (float) (until - from), HEIGHT);
  else
    graphene_rect_init (bounds, (float) from, 0, (float) (until - from), HEIGHT);
  return TRUE;
}

static void
paint (RfiDayBar     *self,
       GtkSnapshot   *snapshot,
       const RfiSpan *span,
       GdkRGBA        color,
       float          alpha)
{
  graphene_rect_t bounds;

  color.alpha *= alpha;
  if (get_bounds (self, span, &bounds))
    rfi_paint_round (snapshot, &bounds, RADIUS, &color);
}

static void
rfi_day_bar_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  RfiDayBar *self = RFI_DAY_BAR (widget);
  GdkRGBA text, accent;
  graphene_rect_t bounds;

  if (self->taken == NULL || self->day.end <= self->day.start)
    return;

  rfi_style_look_color (widget, "window_fg_color", &text);
  rfi_style_look_color (widget, "accent_color", &accent);
  paint (self, snapshot, &self->day, text, .06f);
  paint (self, snapshot, &self->shift, text, .12f);
  for (guint i = 0; i < self->taken->len; i++)
    paint (self, snapshot, &g_array_index (self->taken, RfiSpan, i), text, .55f);
  if (get_bounds (self, &self->wanted, &bounds))
    rfi_paint_outline (snapshot, &bounds, RADIUS, 2, &accent);
}

static void
rfi_day_bar_dispose (GObject *object)
{
  g_clear_pointer (&RFI_DAY_BAR (object)->taken, g_array_unref);

  G_OBJECT_CLASS (rfi_day_bar_parent_class)->dispose (object);
}

static void
rfi_day_bar_class_init (RfiDayBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_day_bar_dispose;
  widget_class->measure = rfi_day_bar_measure;
  widget_class->snapshot = rfi_day_bar_snapshot;

  gtk_widget_class_set_css_name (widget_class, "rfidaybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rfi_day_bar_init (RfiDayBar *self)
{
}

void
rfi_day_bar_set (RfiDayBar     *self,
                 const RfiSpan *day,
                 const RfiSpan *shift,
                 GArray        *taken,
                 const RfiSpan *wanted)
{
  g_return_if_fail (RFI_IS_DAY_BAR (self));

  self->day = *day;
  self->shift = *shift;
  self->wanted = *wanted;
  g_array_ref (taken);
  g_clear_pointer (&self->taken, g_array_unref);
  self->taken = taken;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
