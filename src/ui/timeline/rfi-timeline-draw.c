/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-draw"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-words.h"

#include "rfi-calendar.h"
#include "rfi-paint.h"
#include "rfi-session-schedule.h"
#include "rfi-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* What scrolls is drawn first, then the names and the hours over it. */

/* From one label to the next, at least, in pixels with text of the usual size. */
#define LABEL_ROOM 64

static void
look_up (RfiTimelineView *self,
         const char      *name,
         GdkRGBA         *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, name, color))
    g_warning ("The style sheet has no colour “%s”", name);
}

static GdkRGBA
mix (const GdkRGBA *ground,
     const GdkRGBA *color,
     float          share)
{
  return (GdkRGBA) {
    ground->red + (color->red - ground->red) * share,
    ground->green + (color->green - ground->green) * share,
    ground->blue + (color->blue - ground->blue) * share,
    1,
  };
}

static void
look_up_colors (RfiTimelineView *self)
{
  static const float shares[RFI_N_STATUSES] = {
    [RFI_STATUS_PENDING] = .13f, [RFI_STATUS_ASSIGNED] = .13f, [RFI_STATUS_IN_PROGRESS] = .20f,
    [RFI_STATUS_COMPLETED] = .08f, [RFI_STATUS_CANCELLED] = .08f,
  };
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  RfiTimelineColors *colors = &self->colors;

  if (self->colors_valid)
    return;

  look_up (self, "view_bg_color", &colors->back);
  look_up (self, "rfi_lane", &colors->off);
  look_up (self, "rfi_filled", &colors->now);
  look_up (self, "rfi_filled_fg", &colors->now_text);
  look_up (self, "rfi_ring", &colors->ring);
  look_up (self, "rfi_error", &colors->error);
  look_up (self, "rfi_success", &colors->success);
  colors->load = mix (&colors->back, &style->text, .15f);
  colors->line = mix (&colors->back, &style->text, style->high_contrast ? .3f : .07f);
  colors->edge = mix (&colors->back, &style->text, style->high_contrast ? .6f : .18f);
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    colors->bars[i] = mix (&colors->back, &style->statuses[i],
                           style->high_contrast ? 0 : shares[i]);
  self->colors_valid = TRUE;
}

static void
fill (RfiTimelineView *self,
      GtkSnapshot     *snapshot,
      double           x,
      double           y,
      double           width,
      double           height,
      const GdkRGBA   *color)
{
  graphene_rect_t bounds =
    GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

  if (width <= 0 || height <= 0)
    return;
  _rfi_timeline_view_flip (self, &bounds);
  gtk_snapshot_append_color (snapshot, color, &bounds);
}

/* @x: of the start edge. Returns: the width taken */
static int
draw_text (RfiTimelineView            *self,
           GtkSnapshot                *snapshot,
           const PangoFontDescription *font,
           const char                 *text,
           int                         width,
           double                      x,
           double                      y,
           const GdkRGBA              *color)
{
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoLayout *layout = rfi_card_texts_get (style->texts, context, font, text, NULL, width, 1);
  graphene_rect_t bounds;
  int taken, height;

  pango_layout_get_pixel_size (layout, &taken, &height);
  graphene_rect_init (&bounds, (float) x, (float) y, (float) (width > 0 ? width : taken), 1);
  _rfi_timeline_view_flip (self, &bounds);
  return rfi_paint_text (snapshot, style, context, font, text, width, bounds.origin.x,
                         bounds.origin.y, color);
}

/* The days in sight */

static double
get_x (RfiTimelineView *self,
       gint64           at)
{
  return self->column + floor (rfi_timeline_scale_get_x (&self->scale, at) -
                               _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL));
}

static double
get_row_top (RfiTimelineView *self,
             guint            row)
{
  return self->axis + (double) row * self->row_height -
         _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);
}

/* Working hours are light on dim ground. */
static void
draw_shifts (RfiTimelineView *self,
             GtkSnapshot     *snapshot,
             guint            row,
             const RfiSpan   *seen)
{
  const RfiUser *user = rfi_timeline_row_get_user (rfi_timeline_rows_get (self->rows, row));
  gint64 last = rfi_calendar_get_day (self->zone, seen->end);
  double top = get_row_top (self, row);

  for (gint64 day = rfi_calendar_get_day (self->zone, seen->start) - 1; day <= last; day++)
    {
      RfiSpan shift;

      if (user == NULL || !rfi_schedule_get_shift (user, self->zone, day, &shift))
        {
          fill (self, snapshot, self->column, top, gtk_widget_get_width (GTK_WIDGET (self)),
                self->row_height, &self->colors.back);
          return;
        }
      if (!user->inactive)
        fill (self, snapshot, get_x (self, shift.start), top,
              get_x (self, shift.end) - get_x (self, shift.start), self->row_height,
              &self->colors.back);
    }
}

typedef void (*TickFunc) (RfiTimelineView *self,
                          GtkSnapshot     *snapshot,
                          double           x,
                          gint64           day,
                          int              minutes);

/* Every label's place in sight, by the clock of each day. */
static void
foreach_tick (RfiTimelineView *self,
              GtkSnapshot     *snapshot,
              const RfiSpan   *seen,
              TickFunc         func)
{
  int step = rfi_timeline_scale_get_step (&self->scale,
                                          LABEL_ROOM *
                                          MAX (1, rfi_card_style_get (self->style)->scale));
  gint64 last = rfi_calendar_get_day (self->zone, seen->end);

  for (gint64 day = rfi_calendar_get_day (self->zone, seen->start); day <= last; day++)
    for (int minutes = 0; minutes < 1440; minutes += step)
      {
        gint64 at = rfi_calendar_get_time (self->zone, day, minutes);

        if (at >= seen->start - step * RFI_TIMELINE_MINUTE && at <= seen->end)
          func (self, snapshot, get_x (self, at), day, minutes);
      }
}

static void
draw_tick_line (RfiTimelineView *self,
                GtkSnapshot     *snapshot,
                double           x,
                gint64           day,
                int              minutes)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self)) - self->axis;

  fill (self, snapshot, x, self->axis, 1, height,
        minutes == 0 ? &self->colors.edge : &self->colors.line);
}

/* As much of the day as fits before the next label. Returns: (transfer full) */
static char *
name_day (RfiTimelineView *self,
          gint64           at)
{
  double scale = MAX (1, rfi_card_style_get (self->style)->scale);
  int step = rfi_timeline_scale_get_step (&self->scale, LABEL_ROOM * scale);
  double room = step / 60.0 * self->scale.rate / scale;

  return room >= 130 ? rfi_timeline_words_day (at)
         : room >= 52 ? rfi_timeline_words_short_day (at) : rfi_timeline_words_date (at);
}

static void
draw_tick_label (RfiTimelineView *self,
                 GtkSnapshot     *snapshot,
                 double           x,
                 gint64           day,
                 int              minutes)
{
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  gint64 at = rfi_calendar_get_time (self->zone, day, minutes);
  g_autofree char *text = minutes == 0 ? name_day (self, at) : rfi_timeline_words_clock (at);

  fill (self, snapshot, x, self->axis - (minutes == 0 ? 12 : 6), 1, minutes == 0 ? 12 : 6,
        &self->colors.edge);
  draw_text (self, snapshot, style->caption_heading, text, -1, x + 5,
             (self->axis - style->caption_height) / 2, minutes == 0 ? &style->text : &style->dim);
}

static void
draw_now (RfiTimelineView *self,
          GtkSnapshot     *snapshot,
          gboolean         pill)
{
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  gint64 now = g_get_real_time () / 1000;
  double x = get_x (self, now);
  g_autofree char *text = rfi_timeline_words_clock (now);
  graphene_rect_t bounds;

  if (x < self->column || x > gtk_widget_get_width (GTK_WIDGET (self)))
    return;
  if (!pill)
    {
      fill (self, snapshot, x - 1, self->axis, 2,
            gtk_widget_get_height (GTK_WIDGET (self)) - self->axis, &self->colors.now);
      return;
    }

  bounds = GRAPHENE_RECT_INIT ((float) (x - 24 * MAX (1, style->scale)),
                               (self->axis - style->caption_height - 4) / 2.0f,
                               (float) (48 * MAX (1, style->scale)), style->caption_height + 4);
  draw_text (self, snapshot, style->caption_heading, text, -1, -1000, 0, &self->colors.now_text);
  _rfi_timeline_view_flip (self, &bounds);
  rfi_paint_round (snapshot, &bounds, bounds.size.height / 2, &self->colors.now);
  _rfi_timeline_view_flip (self, &bounds);
  draw_text (self, snapshot, style->caption_heading, text, -1,
             bounds.origin.x + 7 * MAX (1, style->scale), bounds.origin.y + 2,
             &self->colors.now_text);
}

/* Names */

typedef struct
{
  gint64 booked;  /* ms */
  gint64 shift;   /* ms; 0 = not known */
} Load;

/* Of whole days, as far as they are in sight. */
static Load
get_load (RfiTimelineView      *self,
          const RfiTimelineRow *row,
          gint64                first_day,
          gint64                last_day)
{
  const RfiUser *user = rfi_timeline_row_get_user (row);
  RfiSpan range = { rfi_calendar_get_time (self->zone, first_day, 0),
                    rfi_calendar_get_time (self->zone, last_day + 1, 0) };
  RfiSpan shift;
  Load load = { 0, 0 };
  guint first, end, n_bars;
  const RfiScheduleBar *bars = rfi_schedule_get_bars (self->schedule, row->id, &n_bars);

  rfi_schedule_find_range (self->schedule, row->id, &range, &first, &end);
  for (guint i = first; i < end; i++)
    load.booked += MAX (0, MIN (bars[i].span.end, range.end) -
                           MAX (bars[i].span.start, range.start));
  for (gint64 day = first_day; user != NULL && day <= last_day; day++)
    if (rfi_schedule_get_shift (user, self->zone, day, &shift))
      load.shift += shift.end - shift.start;
  return load;
}

/* How full the day is, or while something is held, whether it fits here.
 * @good: (out): 1 is a yes, -1 a no, 0 neither. Returns: (transfer full) */
static char *
describe_row (RfiTimelineView      *self,
              const RfiTimelineRow *row,
              const Load           *load,
              int                  *good)
{
  const RfiUser *user = rfi_timeline_row_get_user (row);
  g_autofree char *booked = rfi_timeline_words_length (load->booked);
  g_autofree char *shift = rfi_timeline_words_length (load->shift);
  RfiScheduleCheck check;

  *good = 0;
  if (self->grab.item != NULL && self->session != NULL)
    {
      rfi_session_check_place (self->session, self->schedule,
                               rfi_job_item_get_id (self->grab.item), row->id, &self->grab.span,
                               &check);
      *good = rfi_schedule_is_refused (&check) || rfi_schedule_wants_answer (&check)
                ? -1 : check.problems == 0;
      return rfi_timeline_words_verdict (&check, &self->grab.span);
    }
  if (user != NULL && user->inactive)
    return g_strdup (_("Takes no work"));
  if (load->booked == 0)
    return g_strdup (_("Free"));
  if (load->shift == 0)
    /* translators: how much of a day is taken: "5 h 30 min" */
    return g_strdup_printf (_("%s booked"), booked);
  if (load->booked > load->shift)
    *good = -1;
  /* translators: how much of a working day is taken: "5 h 30 min of 9 h" */
  return g_strdup_printf (_("%s of %s"), booked, shift);
}

static double
draw_load (RfiTimelineView *self,
           GtkSnapshot     *snapshot,
           const Load      *load,
           double           x,
           double           y)
{
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  double share = load->shift > 0 ? MIN (1.0, (double) load->booked / (double) load->shift) : 0;

  if (load->shift == 0)
    return 0;
  fill (self, snapshot, x, y, 35, 5, &self->colors.load);
  fill (self, snapshot, x, y, 35 * share, 5,
        load->booked > load->shift ? &self->colors.error : &style->accent);
  return 41;
}

static void
draw_name (RfiTimelineView *self,
           GtkSnapshot     *snapshot,
           guint            number,
           gint64           first_day,
           gint64           last_day)
{
  const RfiTimelineRow *row = rfi_timeline_rows_get (self->rows, number);
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  gboolean narrow = _rfi_timeline_view_is_narrow (self);
  int avatar = (int) MIN (32 * MIN (style->scale, 1.4),
                          self->row_height - 8 - (narrow ? style->caption_height : 0));
  double top = get_row_top (self, number);
  double start = narrow ? (self->column - avatar) / 2 : 16;
  double x = start + avatar + 11;
  int width = (int) (self->column - x - 6);
  Load load = get_load (self, row, first_day, last_day);
  gboolean one_line = style->density == RFI_DENSITY_COMPACT;
  double text_top = top + (self->row_height - style->heading_height -
                           (one_line ? 0 : style->caption_height + 1)) / 2;
  int under = narrow ? style->caption_height : 0;
  graphene_rect_t bounds =
    GRAPHENE_RECT_INIT ((float) start, (float) (top + (self->row_height - avatar - under) / 2),
                        (float) avatar, (float) avatar);
  g_autofree char *words = NULL;
  const GdkRGBA *color = &style->dim;
  int good;

  _rfi_timeline_view_flip (self, &bounds);
  rfi_paint_avatar (snapshot, GTK_WIDGET (self), style,
                    gtk_widget_get_pango_context (GTK_WIDGET (self)), row->name, avatar,
                    bounds.origin.x, bounds.origin.y);
  if (narrow)
    {
      draw_text (self, snapshot, style->caption, row->name, self->column - 6, 3,
                 bounds.origin.y + avatar + 1, &style->dim);
      return;
    }

  draw_text (self, snapshot, style->heading, row->name, width, x, text_top, &style->text);
  if (one_line)
    return;

  words = describe_row (self, row, &load, &good);
  if (good != 0)
    color = good > 0 ? &self->colors.success : &self->colors.error;
  text_top += style->heading_height + 1;
  if (self->grab.item == NULL)
    x += draw_load (self, snapshot, &load, x, text_top + style->caption_height / 2 - 2);
  draw_text (self, snapshot, style->caption, words, (int) (self->column - x - 6), x, text_top,
             color);
}

static void
draw_names (RfiTimelineView *self,
            GtkSnapshot     *snapshot,
            guint            first,
            guint            end,
            const RfiSpan   *seen)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  gint64 first_day = rfi_calendar_get_day (self->zone, seen->start);
  gint64 last_day = rfi_calendar_get_day (self->zone, seen->end - 1);

  /* Of a day or two the one in the middle is meant. */
  if (seen->end - seen->start <= 2 * RFI_TIMELINE_DAY)
    first_day = last_day = rfi_calendar_get_day (self->zone, seen->start / 2 + seen->end / 2);
  fill (self, snapshot, 0, 0, self->column, height, &self->colors.back);
  for (guint row = first; row < end; row++)
    {
      draw_name (self, snapshot, row, first_day, last_day);
      fill (self, snapshot, 0, get_row_top (self, row) + self->row_height - 1, self->column, 1,
            &self->colors.line);
    }
  fill (self, snapshot, self->column - 1, 0, 1, height, &self->colors.edge);
}

static void
draw_axis (RfiTimelineView *self,
           GtkSnapshot     *snapshot,
           const RfiSpan   *seen)
{
  const RfiCardStyle *style = rfi_card_style_get (self->style);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  graphene_rect_t clip = GRAPHENE_RECT_INIT (self->column, 0, width - self->column, self->axis);

  fill (self, snapshot, 0, 0, width, self->axis, &self->colors.off);
  _rfi_timeline_view_flip (self, &clip);
  gtk_snapshot_push_clip (snapshot, &clip);
  if (self->grab.item != NULL)
    {
      GdkRGBA held = self->colors.ring;

      held.alpha = .2f;
      fill (self, snapshot, get_x (self, self->grab.span.start), 0,
            get_x (self, self->grab.span.end) - get_x (self, self->grab.span.start), self->axis,
            &held);
    }
  foreach_tick (self, snapshot, seen, draw_tick_label);
  draw_now (self, snapshot, TRUE);
  gtk_snapshot_pop (snapshot);

  if (!_rfi_timeline_view_is_narrow (self))
    draw_text (self, snapshot, style->caption_heading, _("Technician"), self->column - 24, 16,
               (self->axis - style->caption_height) / 2, &style->dim);
  fill (self, snapshot, 0, self->axis - 1, width, 1, &self->colors.edge);
  fill (self, snapshot, self->column - 1, 0, 1, self->axis, &self->colors.edge);
}

void
_rfi_timeline_draw (RfiTimelineView *self,
                    GtkSnapshot     *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double y = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);
  guint n_rows = rfi_timeline_view_get_n_rows (self);
  guint first = MIN (n_rows, (guint) (y / self->row_height));
  guint end = MIN (n_rows, (guint) ((y + height - self->axis) / self->row_height) + 1);
  RfiSpan seen = rfi_timeline_view_get_seen (self);

  look_up_colors (self);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  fill (self, snapshot, 0, 0, width, height, &self->colors.off);
  for (guint row = first; row < end; row++)
    {
      draw_shifts (self, snapshot, row, &seen);
      fill (self, snapshot, self->column, get_row_top (self, row) + self->row_height - 1,
            width - self->column, 1, &self->colors.line);
    }
  foreach_tick (self, snapshot, &seen, draw_tick_line);
  draw_now (self, snapshot, FALSE);
  if (self->schedule != NULL)
    {
      _rfi_timeline_draw_bars (self, snapshot, first, end);
      draw_names (self, snapshot, first, end, &seen);
    }
  draw_axis (self, snapshot, &seen);
  gtk_snapshot_pop (snapshot);
}
