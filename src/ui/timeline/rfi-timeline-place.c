/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-place"

#include "config.h"

#include "rfi-timeline-view-private.h"

#include <math.h>

/* Where times and technicians are in the widget, and back. */

double
_rfi_timeline_view_get_offset (RfiTimelineView *self,
                               GtkOrientation   orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  return adjustment != NULL ? floor (gtk_adjustment_get_value (adjustment)) : 0;
}

double
_rfi_timeline_view_get_room (RfiTimelineView *self)
{
  return MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) - self->column);
}

gint64
_rfi_timeline_view_get_time_at (RfiTimelineView *self,
                                double           x)
{
  return rfi_timeline_scale_get_time (
    &self->scale,
    x - self->column + _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL));
}

gboolean
_rfi_timeline_view_get_row_at (RfiTimelineView *self,
                               double           y,
                               guint           *row)
{
  double from_top = y - self->axis + _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);

  if (self->rows == NULL || y < self->axis || from_top < 0 ||
      from_top / self->row_height >= rfi_timeline_rows_get_n (self->rows))
    return FALSE;

  *row = (guint) (from_top / self->row_height);
  return TRUE;
}

void
_rfi_timeline_view_get_bounds (RfiTimelineView *self,
                               guint            row,
                               const RfiSpan   *span,
                               guint            level,
                               guint            n_levels,
                               graphene_rect_t *bounds)
{
  double left = rfi_timeline_scale_get_x (&self->scale, span->start) -
                _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
  double right = rfi_timeline_scale_get_x (&self->scale, span->end) -
                 _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
  double top = self->axis + (double) row * self->row_height -
               _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);
  double height = (double) (self->row_height - 2 * RFI_TIMELINE_BAR_GAP + 1) / n_levels;

  left = self->column + floor (left);
  right = self->column + floor (right);
  top += RFI_TIMELINE_BAR_GAP + floor (level * height);
  graphene_rect_init (bounds, (float) left, (float) top,
                      (float) MAX (3, right - left - 1),
                      (float) MAX (3, floor (height) - (n_levels > 1)));
}

void
_rfi_timeline_view_flip (RfiTimelineView *self,
                         graphene_rect_t *bounds)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    bounds->origin.x = (float) gtk_widget_get_width (GTK_WIDGET (self)) - bounds->origin.x
                       - bounds->size.width;
}

/* So far beside its ends a bar is found: some are three pixels wide. */
#define SLACK 2

gboolean
_rfi_timeline_view_hit (RfiTimelineView *self,
                        double           x,
                        double           y,
                        RfiTimelineHit  *hit)
{
  RfiSpan range = { _rfi_timeline_view_get_time_at (self, x - 4),
                    _rfi_timeline_view_get_time_at (self, x + 4) };
  static const int slacks[] = { 0, SLACK };
  const RfiScheduleBar *bars;
  const char *id;
  guint first, end, n_bars;

  if (x < self->column || !_rfi_timeline_view_get_row_at (self, y, &hit->row))
    return FALSE;

  id = rfi_timeline_rows_get (self->rows, hit->row)->id;
  bars = rfi_schedule_get_bars (self->schedule, id, &n_bars);
  rfi_schedule_find_range (self->schedule, id, &range, &first, &end);
  /* What is drawn there comes before what is beside it. */
  for (guint s = 0; s < G_N_ELEMENTS (slacks); s++)
    for (guint i = end; i > first; i--)
      {
        graphene_rect_t around;

        hit->position = i - 1;
        hit->bar = &bars[i - 1];
        _rfi_timeline_view_get_bounds (self, hit->row, &hit->bar->span, hit->bar->level,
                                       hit->bar->n_levels, &hit->bounds);
        graphene_rect_inset_r (&hit->bounds, (float) -slacks[s], 0, &around);
        if (graphene_rect_contains_point (&around, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
          return TRUE;
      }
  return FALSE;
}

gboolean
_rfi_timeline_view_is_narrow (RfiTimelineView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) < 560 * rfi_card_style_get (self->style)->scale;
}

/* Scrolling */

static void
configure (RfiTimelineView *self,
           GtkOrientation   orientation,
           double           total,
           double           page,
           double           step)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double value;

  if (adjustment == NULL)
    return;

  value = CLAMP (gtk_adjustment_get_value (adjustment), 0, MAX (0, total - page));
  self->allocating = TRUE;
  gtk_adjustment_configure (adjustment, value, 0, MAX (total, page), step, page * 0.9, page);
  self->allocating = FALSE;
}

void
_rfi_timeline_view_set_offset (RfiTimelineView *self,
                               GtkOrientation   orientation,
                               double           offset)
{
  if (self->adjustments[orientation] != NULL)
    gtk_adjustment_set_value (self->adjustments[orientation], floor (offset));
}

void
_rfi_timeline_view_update_adjustments (RfiTimelineView *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self)) - self->axis;
  guint n_rows = self->rows != NULL ? rfi_timeline_rows_get_n (self->rows) : 0;
  gint64 wanted = self->wanted_start;

  configure (self, GTK_ORIENTATION_HORIZONTAL, rfi_timeline_scale_get_width (&self->scale),
             _rfi_timeline_view_get_room (self), MAX (self->scale.rate / 4, 24));
  configure (self, GTK_ORIENTATION_VERTICAL, (double) n_rows * self->row_height, MAX (height, 1),
             self->row_height);
  if (wanted == 0 || self->adjustments[GTK_ORIENTATION_HORIZONTAL] == NULL)
    return;

  self->allocating = TRUE;
  _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_HORIZONTAL,
                                 rfi_timeline_scale_get_x (&self->scale, wanted));
  self->allocating = FALSE;
}

void
_rfi_timeline_view_reveal (RfiTimelineView *self,
                           guint            row,
                           const RfiSpan   *span)
{
  double x = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
  double y = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_VERTICAL);
  double room = _rfi_timeline_view_get_room (self);
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - self->axis;
  double left, right;
  double top = (double) row * self->row_height;

  if (span->start < self->scale.start || span->end > self->scale.end)
    {
      rfi_timeline_view_show_time (self, span->start - RFI_TIMELINE_HOUR);
      x = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
    }
  left = rfi_timeline_scale_get_x (&self->scale, span->start) - 24;
  right = rfi_timeline_scale_get_x (&self->scale, span->end) + 24;
  /* What is out of sight comes to where there is something to see on both sides. */
  if (right < x || left > x + room)
    x = left - room / 3;
  if (right > x + room)
    x = right - room;
  if (left < x)
    x = left;
  if (top + self->row_height > y + height)
    y = top + self->row_height - height;
  _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_HORIZONTAL, x);
  _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_VERTICAL, MIN (y, top));
}

void
rfi_timeline_view_show_span (RfiTimelineView *self,
                             RfiTimelineSpan  span)
{
  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  self->span = (int) span;
  rfi_timeline_scale_fit (&self->scale, span, _rfi_timeline_view_get_room (self));
  _rfi_timeline_view_changed (self);
}

void
rfi_timeline_view_show_time (RfiTimelineView *self,
                             gint64           at)
{
  gint64 room;

  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  room = (gint64) (_rfi_timeline_view_get_room (self) / self->scale.rate * RFI_TIMELINE_HOUR);
  if (at < self->scale.start || at + room > self->scale.end)
    rfi_timeline_scale_set_range (&self->scale, self->zone, at);
  self->wanted_start = at;
  _rfi_timeline_view_update_adjustments (self);
  _rfi_timeline_view_changed (self);
  g_signal_emit_by_name (self, "scale-changed");
}

RfiSpan
rfi_timeline_view_get_seen (RfiTimelineView *self)
{
  RfiSpan seen = { 0, 0 };

  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), seen);

  seen.start = _rfi_timeline_view_get_time_at (self, self->column);
  seen.end = _rfi_timeline_view_get_time_at (self, self->column +
                                                   _rfi_timeline_view_get_room (self));
  return seen;
}

double
rfi_timeline_view_get_zoom (RfiTimelineView *self)
{
  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), 0);

  return rfi_timeline_scale_get_zoom (&self->scale, _rfi_timeline_view_get_room (self));
}

void
rfi_timeline_view_set_zoom (RfiTimelineView *self,
                            double           zoom)
{
  double room;

  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  room = _rfi_timeline_view_get_room (self);
  rfi_timeline_view_zoom_by (self, rfi_timeline_scale_get_factor (&self->scale, zoom, room), -1);
}

void
rfi_timeline_view_zoom_by (RfiTimelineView *self,
                           double           factor,
                           double           pointer)
{
  double offset = _rfi_timeline_view_get_offset (self, GTK_ORIENTATION_HORIZONTAL);
  double room, at;

  g_return_if_fail (RFI_IS_TIMELINE_VIEW (self));

  room = _rfi_timeline_view_get_room (self);
  at = pointer < 0 ? room / 2 : CLAMP (pointer - self->column, 0, room);
  offset = rfi_timeline_scale_zoom (&self->scale, factor, offset, at, room);
  self->wanted_start = 0;
  self->span = -1;
  _rfi_timeline_view_update_adjustments (self);
  self->allocating = TRUE;
  _rfi_timeline_view_set_offset (self, GTK_ORIENTATION_HORIZONTAL, offset);
  self->allocating = FALSE;
  _rfi_timeline_view_changed (self);
  g_signal_emit_by_name (self, "scale-changed");
}

gboolean
rfi_timeline_view_get_place (RfiTimelineView *self,
                             const char      *technician_id,
                             gint64           at,
                             double          *x,
                             double          *y)
{
  RfiSpan span = { at, at };
  graphene_rect_t bounds;
  guint row;

  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), FALSE);

  if (self->rows == NULL || !rfi_timeline_rows_find (self->rows, technician_id, &row))
    return FALSE;

  _rfi_timeline_view_get_bounds (self, row, &span, 0, 1, &bounds);
  bounds.size.width = 1;
  _rfi_timeline_view_flip (self, &bounds);
  *x = bounds.origin.x;
  *y = bounds.origin.y + bounds.size.height / 2;
  return TRUE;
}
