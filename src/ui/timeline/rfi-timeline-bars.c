/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-bars"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-words.h"

#include "rfi-paint.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* A bar says its status by a symbol and a tint, its priority by a strip and another symbol, and
 * what it is by its title; under SMALL pixels the title comes first, under TINY nothing fits. */
#define SMALL 70
#define TINY  26
#define STRIP 4
#define LEAST_TEXT 26
#define RADIUS 6

/* Shown, but not what the filter asks for. */
#define FADED .28

typedef struct
{
  RfiTimelineView    *view;
  GtkSnapshot        *snapshot;
  const RfiCardStyle *style;
  PangoContext       *context;
  GHashTable         *selected;  /* (owned) (nullable) (element-type RfiJobState): a set */
  gboolean            filtered;
} Painter;

/* @bounds: as placed from the start edge */
static void
draw_ground (Painter               *self,
             const RfiJob          *job,
             const graphene_rect_t *placed)
{
  const RfiTimelineColors *colors = &self->view->colors;
  GdkRGBA outline = self->style->statuses[job->status];
  GdkRGBA strip = rfi_status_is_final (job->status) ? self->style->dim
                                                    : self->style->priorities[job->priority];
  graphene_rect_t bounds = *placed;
  graphene_rect_t edge = GRAPHENE_RECT_INIT (placed->origin.x, placed->origin.y,
                                             MIN (STRIP, placed->size.width),
                                             placed->size.height);
  GskRoundedRect round;

  outline.alpha *= self->style->high_contrast ? 1 : .7f;
  _rfi_timeline_view_flip (self->view, &bounds);
  _rfi_timeline_view_flip (self->view, &edge);
  if (bounds.size.width < TINY)
    {
      gtk_snapshot_append_color (self->snapshot, &colors->bars[job->status], &bounds);
      gtk_snapshot_append_color (self->snapshot, &strip, &edge);
      rfi_paint_outline (self->snapshot, &bounds, 0, 1, &outline);
      return;
    }

  gsk_rounded_rect_init_from_rect (&round, &bounds, RADIUS);
  gtk_snapshot_push_rounded_clip (self->snapshot, &round);
  gtk_snapshot_append_color (self->snapshot, &colors->bars[job->status], &bounds);
  gtk_snapshot_append_color (self->snapshot, &strip, &edge);
  gtk_snapshot_pop (self->snapshot);
  rfi_paint_outline (self->snapshot, &bounds, RADIUS, 1, &outline);
}

static void
draw_icon (Painter       *self,
           const char    *name,
           int            size,
           float          x,
           float          y,
           const GdkRGBA *color)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, size, size);

  _rfi_timeline_view_flip (self->view, &bounds);
  rfi_paint_icon (self->snapshot, GTK_WIDGET (self->view), name, size, bounds.origin.x,
                  bounds.origin.y, color);
}

static void
draw_text (Painter                    *self,
           const PangoFontDescription *font,
           const char                 *text,
           float                       x,
           float                       y,
           float                       width,
           const GdkRGBA              *color)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, width, 1);

  /* Dots alone say nothing. */
  if (width < LEAST_TEXT * MAX (1, self->style->scale))
    return;
  _rfi_timeline_view_flip (self->view, &bounds);
  rfi_paint_text (self->snapshot, self->style, self->context, font, text, (int) width,
                  bounds.origin.x, bounds.origin.y, color);
}

/* What begins before what is seen is named where it comes into sight. Where bars lie on each other
 * the title is as small as a caption: its line may be higher than the bar, its letters are not. */
static void
draw_words (Painter               *self,
            const RfiJob          *job,
            const graphene_rect_t *bounds)
{
  const RfiCardStyle *style = self->style;
  gboolean final = rfi_status_is_final (job->status);
  double scale = MAX (1, style->scale);
  int icon = (int) (13 * scale);
  float end = bounds->origin.x + bounds->size.width - 5;
  float x = MAX (bounds->origin.x + STRIP, (float) self->view->column) + 6;
  gboolean two = bounds->size.height >= style->heading_height + style->caption_height + 4;
  gboolean low = bounds->size.height < style->heading_height;
  int line = low ? style->caption_height : style->heading_height;
  float height = line + (two ? style->caption_height : 0);
  float y = bounds->origin.y + (bounds->size.height - height) / 2;
  float icon_y = y + (line - icon) / 2;
  float start = x;

  /* Scrolled, what is cut off by the names would be laid out anew for each pixel. */
  if (bounds->origin.x < (float) self->view->column)
    end = x + (int) (end - x) / 8 * 8;
  if (end - x < TINY - STRIP - 11 || bounds->size.height < style->caption_height - 4)
    return;
  draw_icon (self, rfi_words_status_icon (job->status), icon, x, icon_y,
             &style->statuses[job->status]);
  x += icon + 5;
  if (bounds->size.width >= SMALL * scale && x + icon <= end)
    {
      draw_icon (self, rfi_words_priority_icon (job->priority), icon, x, icon_y,
                 final ? &style->dim : &style->priorities[job->priority]);
      x += icon + 5;
    }
  draw_text (self, low ? style->caption : style->heading, job->title, x, y, end - x,
             final ? &style->dim : &style->text);
  /* The store's name alone: a text that many bars have, so that it is laid out once. */
  if (two)
    draw_text (self, style->caption, job->store_name, start, y + line, end - start, &style->dim);
}

static void
draw_ring (Painter               *self,
           const graphene_rect_t *placed,
           float                  outset,
           float                  width)
{
  graphene_rect_t ring;

  graphene_rect_inset_r (placed, -outset, -outset, &ring);
  _rfi_timeline_view_flip (self->view, &ring);
  rfi_paint_outline (self->snapshot, &ring, RADIUS + outset, width, &self->view->colors.ring);
}

static void
draw_bar (Painter              *self,
          guint                 row,
          const RfiScheduleBar *bar)
{
  RfiTimelineView *view = self->view;
  RfiJobState *state = rfi_schedule_get_state (view->schedule, bar);
  graphene_rect_t bounds;
  gboolean faded, held;

  if (state == NULL)
    return;

  held = view->grab.item != NULL && rfi_job_item_get_state (view->grab.item) == state;
  faded = held || (self->filtered && !rfi_job_filter_matches (view->filter, state));
  _rfi_timeline_view_get_bounds (view, row, &bar->span, bar->level, bar->n_levels, &bounds);
  if (faded)
    gtk_snapshot_push_opacity (self->snapshot, FADED);
  draw_ground (self, state->work, &bounds);
  if (bounds.size.width >= TINY)
    draw_words (self, state->work, &bounds);
  if (faded)
    gtk_snapshot_pop (self->snapshot);
  if (self->selected != NULL && g_hash_table_contains (self->selected, state))
    draw_ring (self, &bounds, 1, 2);
}

/* Overlaps */

static void
draw_hatch (Painter         *self,
            guint            row,
            const RfiSpan   *span)
{
  const GdkRGBA *error = &self->view->colors.error;
  GdkRGBA none = *error, line = *error;
  graphene_rect_t bounds;
  GskColorStop stops[4];

  none.alpha = .06f;
  line.alpha = .75f;
  stops[0] = (GskColorStop) { 0, line };
  stops[1] = (GskColorStop) { .22f, line };
  stops[2] = (GskColorStop) { .22f, none };
  stops[3] = (GskColorStop) { 1, none };
  _rfi_timeline_view_get_bounds (self->view, row, span, 0, 1, &bounds);
  _rfi_timeline_view_flip (self->view, &bounds);
  gtk_snapshot_append_repeating_linear_gradient (
    self->snapshot, &bounds, &GRAPHENE_POINT_INIT (bounds.origin.x, bounds.origin.y),
    &GRAPHENE_POINT_INIT (bounds.origin.x + 6, bounds.origin.y + 6), stops, G_N_ELEMENTS (stops));
  rfi_paint_outline (self->snapshot, &bounds, 0, 1.5f, error);
}

static gboolean
is_open (Painter              *self,
         const RfiScheduleBar *bar)
{
  RfiJobState *state = rfi_schedule_get_state (self->view->schedule, bar);

  return state != NULL && !rfi_status_is_final (state->work->status);
}

/* Each stretch in which somebody ought to be in two places; what is over hurts nobody. */
static void
draw_overlaps (Painter              *self,
               guint                 row,
               const RfiScheduleBar *bars,
               guint                 first,
               guint                 end)
{
  gint64 until = G_MININT64;

  for (guint i = first; i < end; i++)
    {
      RfiSpan span = { bars[i].span.start, MIN (until, bars[i].span.end) };

      if (!is_open (self, &bars[i]))
        continue;
      if (span.end > span.start)
        draw_hatch (self, row, &span);
      until = MAX (until, bars[i].span.end);
    }
}

static void
draw_row (Painter *self,
          guint    row,
          RfiSpan *seen)
{
  RfiTimelineView *view = self->view;
  const char *id = rfi_timeline_rows_get (view->rows, row)->id;
  guint first, end, n_bars;
  const RfiScheduleBar *bars = rfi_schedule_get_bars (view->schedule, id, &n_bars);
  gboolean overlaps = FALSE;

  rfi_schedule_find_range (view->schedule, id, seen, &first, &end);
  for (guint i = first; i < end; i++)
    if (bars[i].span.end > seen->start)
      {
        draw_bar (self, row, &bars[i]);
        overlaps |= bars[i].n_levels > 1;
      }
  /* What is only known of the past overlaps because too little is known. */
  if (overlaps && view->read_only == NULL)
    draw_overlaps (self, row, bars, first, end);
}

/* What is held */

static void
stroke_dashed (Painter               *self,
               const graphene_rect_t *bounds,
               const GdkRGBA         *color)
{
  const double dashes[] = { 6, 4 };
  cairo_t *cairo = gtk_snapshot_append_cairo (self->snapshot, bounds);

  gdk_cairo_set_source_rgba (cairo, color);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cairo, 2);
  cairo_rectangle (cairo, bounds->origin.x + 1, bounds->origin.y + 1, bounds->size.width - 2,
                   bounds->size.height - 2);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
}

static void
draw_held (Painter *self)
{
  RfiTimelineView *view = self->view;
  const RfiTimelineGrab *grab = &view->grab;
  gboolean good = grab->check.problems == 0 && !rfi_schedule_is_refused (&grab->check);
  const GdkRGBA *color = good ? &view->colors.ring : &view->colors.error;
  GdkRGBA tint = *color;
  graphene_rect_t placed, bounds;
  guint row;

  if (grab->item == NULL || !rfi_timeline_rows_find (view->rows, grab->technician_id, &row))
    return;

  tint.alpha = .12f;
  _rfi_timeline_view_get_bounds (view, row, &grab->span, 0, 1, &placed);
  bounds = placed;
  _rfi_timeline_view_flip (view, &bounds);
  gtk_snapshot_append_color (self->snapshot, &view->colors.back, &bounds);
  gtk_snapshot_append_color (self->snapshot, &tint, &bounds);
  draw_words (self, rfi_job_item_get_job (grab->item), &placed);
  stroke_dashed (self, &bounds, color);
}

static void
draw_cursor (Painter *self)
{
  RfiTimelineView *view = self->view;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  graphene_rect_t bounds;

  if (gtk_widget_get_focus_child (GTK_WIDGET (view)) == NULL || root == NULL ||
      !gtk_window_get_focus_visible (GTK_WINDOW (root)) ||
      !_rfi_timeline_cursor_get_bounds (view, &bounds))
    return;

  draw_ring (self, &bounds, 2, self->style->high_contrast ? 3 : 2);
}

static GHashTable *
list_selected (RfiTimelineView *view)
{
  g_autoptr(GPtrArray) items = rfi_job_selection_list (view->selection);
  GHashTable *selected = items->len > 0 ? g_hash_table_new (NULL, NULL) : NULL;

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (selected, rfi_job_item_get_state (items->pdata[i]));
  return selected;
}

void
_rfi_timeline_draw_bars (RfiTimelineView *view,
                         GtkSnapshot     *snapshot,
                         guint            first_row,
                         guint            end_row)
{
  RfiSpan seen = rfi_timeline_view_get_seen (view);
  Painter self = {
    .view = view,
    .snapshot = snapshot,
    .style = rfi_card_style_get (view->style),
    .context = gtk_widget_get_pango_context (GTK_WIDGET (view)),
    .selected = list_selected (view),
  };

  g_object_get (view->filter, "active", &self.filtered, NULL);
  for (guint row = first_row; row < end_row; row++)
    draw_row (&self, row, &seen);
  draw_held (&self);
  draw_cursor (&self);
  g_clear_pointer (&self.selected, g_hash_table_unref);
}
