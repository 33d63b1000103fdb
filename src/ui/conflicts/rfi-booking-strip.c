/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-booking-strip"

#include "config.h"

#include "rfi-booking-strip.h"

#include "rfi-format.h"
#include "rfi-paint.h"
#include "rfi-style-look.h"

#include <glib/gi18n.h>

#define HOUR_MS   (G_GINT64_CONSTANT (60) * 60 * 1000)
#define BAR_GAP   4
#define BAR_INSET 8
#define RADIUS    6

typedef struct
{
  char    *title;
  RfiSpan  span;
} Booking;

struct _RfiBookingStrip
{
  GtkWidget  parent_instance;

  GArray    *bookings;  /* (owned) (element-type Booking) */
};

G_DEFINE_FINAL_TYPE (RfiBookingStrip, rfi_booking_strip, GTK_TYPE_WIDGET)

static void
booking_clear (gpointer data)
{
  g_free (((Booking *) data)->title);
}

static int
line_height (GtkWidget *widget)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, "Xg");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height + 2 * BAR_GAP;
}

/* From the full hour before the first to the one after the last. */
static RfiSpan
get_range (RfiBookingStrip *self)
{
  RfiSpan range = g_array_index (self->bookings, Booking, 0).span;

  for (guint i = 1; i < self->bookings->len; i++)
    {
      const RfiSpan *span = &g_array_index (self->bookings, Booking, i).span;

      range.start = MIN (range.start, span->start);
      range.end = MAX (range.end, span->end);
    }
  range.start -= range.start % HOUR_MS;
  range.end += HOUR_MS - 1 - (range.end - 1) % HOUR_MS;
  return range;
}

static float
place (const RfiSpan *range,
       gint64         at,
       float          width)
{
  return (float) ((double) (at - range->start) / (double) (range->end - range->start)) * width;
}

static void
draw_text (GtkWidget   *widget,
           GtkSnapshot *snapshot,
           const char  *text,
           float        x,
           float        y,
           float        width,
           GdkRGBA     *color)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);

  if (width < 1)
    return;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) width * PANGO_SCALE);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* Hours along the top; as many of them as there is room for. */
static void
draw_hours (RfiBookingStrip *self,
            GtkSnapshot     *snapshot,
            const RfiSpan   *range,
            float            width,
            const GdkRGBA   *color)
{
  GdkRGBA rule = *color;
  GdkRGBA dim = *color;
  int line = line_height (GTK_WIDGET (self));
  gint64 n_hours = (range->end - range->start) / HOUR_MS;
  gint64 step = 1;

  rule.alpha = 0.2f * color->alpha;
  dim.alpha = 0.7f * color->alpha;
  while (n_hours / step > 1 && width * (float) step / (float) n_hours < (float) line * 2.5f)
    step++;
  for (gint64 hour = 0; hour < n_hours; hour += step)
    {
      gint64 at = range->start + hour * HOUR_MS;
      g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local (at / 1000);
      g_autofree char *words = g_date_time_format (moment, "%H:%M");
      float x = place (range, at, width);

      gtk_snapshot_append_color (snapshot, &rule,
                                 &GRAPHENE_RECT_INIT (x, 0, 1, (float) gtk_widget_get_height (
                                                                 GTK_WIDGET (self))));
      draw_text (GTK_WIDGET (self), snapshot, words, x + BAR_GAP, 0, (float) line * 3, &dim);
    }
}

/* The time that the first and another share. %FALSE: none */
static gboolean
get_overlap (RfiBookingStrip *self,
             guint            other,
             RfiSpan         *overlap)
{
  const RfiSpan *a = &g_array_index (self->bookings, Booking, 0).span;
  const RfiSpan *b = &g_array_index (self->bookings, Booking, other).span;

  overlap->start = MAX (a->start, b->start);
  overlap->end = MIN (a->end, b->end);
  return overlap->start < overlap->end;
}

static float
line_place (RfiBookingStrip *self,
            guint            line)
{
  return (float) ((int) (line + 1) * (line_height (GTK_WIDGET (self)) + BAR_GAP));
}

static void
draw_bars (RfiBookingStrip *self,
           GtkSnapshot     *snapshot,
           const RfiSpan   *range,
           float            width)
{
  float height = (float) line_height (GTK_WIDGET (self));
  GdkRGBA tint;

  rfi_style_look_color (GTK_WIDGET (self), "accent_bg_color", &tint);
  for (guint i = 0; i < self->bookings->len; i++)
    {
      const Booking *booking = &g_array_index (self->bookings, Booking, i);
      float start = place (range, booking->span.start, width);
      float end = place (range, booking->span.end, width);

      tint.alpha = i == 0 ? 0.35f : 0.15f;
      rfi_paint_round (snapshot,
                       &GRAPHENE_RECT_INIT (start, line_place (self, i), end - start, height),
                       RADIUS, &tint);
    }
}

/* From the first down to each that it shares a time with. */
static void
draw_overlaps (RfiBookingStrip *self,
               GtkSnapshot     *snapshot,
               const RfiSpan   *range,
               float            width)
{
  float height = (float) line_height (GTK_WIDGET (self));
  float top = line_place (self, 0);
  GdkRGBA tint;
  RfiSpan overlap;

  rfi_style_look_color (GTK_WIDGET (self), "rfi_filled", &tint);
  tint.alpha = 0.3f;
  for (guint i = 1; i < self->bookings->len; i++)
    if (get_overlap (self, i, &overlap))
      {
        float from = place (range, overlap.start, width);
        float to = place (range, overlap.end, width);

        gtk_snapshot_append_color (snapshot, &tint,
                                   &GRAPHENE_RECT_INIT (from, top, to - from,
                                                        line_place (self, i) + height - top));
      }
}

/* Over a short bar at the end it begins as much further left as it takes to be seen. */
static void
draw_titles (RfiBookingStrip *self,
             GtkSnapshot     *snapshot,
             const RfiSpan   *range,
             float            width,
             GdkRGBA         *color)
{
  for (guint i = 0; i < self->bookings->len; i++)
    {
      const Booking *booking = &g_array_index (self->bookings, Booking, i);
      float start = place (range, booking->span.start, width);
      float room = MAX (place (range, booking->span.end, width) - start, width / 2);
      g_autoptr(PangoLayout) layout =
        gtk_widget_create_pango_layout (GTK_WIDGET (self), booking->title);
      int wanted;

      pango_layout_get_pixel_size (layout, &wanted, NULL);
      start = MIN (start, width - MIN (room, (float) wanted + 2 * BAR_INSET));
      draw_text (GTK_WIDGET (self), snapshot, booking->title, start + BAR_INSET,
                 line_place (self, i) + BAR_GAP, room - 2 * BAR_INSET, color);
    }
}

static void
rfi_booking_strip_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  RfiBookingStrip *self = RFI_BOOKING_STRIP (widget);
  float width = (float) gtk_widget_get_width (widget);
  GdkRGBA text;
  RfiSpan range;

  if (self->bookings->len == 0)
    return;

  range = get_range (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  draw_hours (self, snapshot, &range, width, &text);
  draw_bars (self, snapshot, &range, width);
  draw_overlaps (self, snapshot, &range, width);
  draw_titles (self, snapshot, &range, width, &text);
}

static void
rfi_booking_strip_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  RfiBookingStrip *self = RFI_BOOKING_STRIP (widget);

  *minimum_baseline = *natural_baseline = -1;
  *minimum = 120;
  *natural = 480;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) (self->bookings->len + 1) * (line_height (widget) + BAR_GAP);
}

static void
describe (RfiBookingStrip *self)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->bookings->len; i++)
    {
      const Booking *booking = &g_array_index (self->bookings, Booking, i);
      g_autofree char *start = rfi_format_clock (booking->span.start);
      g_autofree char *end = rfi_format_clock (booking->span.end);

      if (i > 0)
        g_string_append (words, ", ");
      /* translators: a job's title and two times */
      g_string_append_printf (words, _("%s from %s to %s"), booking->title, start, end);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                  -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words->str);
}

void
rfi_booking_strip_add (RfiBookingStrip *self,
                       const char      *title,
                       const RfiSpan   *span)
{
  Booking booking = { .title = g_strdup (title), .span = *span };

  g_return_if_fail (RFI_IS_BOOKING_STRIP (self));

  g_array_append_val (self->bookings, booking);
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
rfi_booking_strip_finalize (GObject *object)
{
  g_array_unref (RFI_BOOKING_STRIP (object)->bookings);

  G_OBJECT_CLASS (rfi_booking_strip_parent_class)->finalize (object);
}

static void
rfi_booking_strip_class_init (RfiBookingStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rfi_booking_strip_finalize;
  widget_class->snapshot = rfi_booking_strip_snapshot;
  widget_class->measure = rfi_booking_strip_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rfi_booking_strip_init (RfiBookingStrip *self)
{
  self->bookings = g_array_new (FALSE, FALSE, sizeof (Booking));
  g_array_set_clear_func (self->bookings, booking_clear);
}

GtkWidget *
rfi_booking_strip_new (void)
{
  return g_object_new (RFI_TYPE_BOOKING_STRIP, NULL);
}
