/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-cursor"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-words.h"

#include <glib/gi18n.h>

/* The cursor is on a bar, or on a technician's row between bars at some time. It moves with its
 * job: another technician's, or another time. */

static gboolean
find_row (RfiTimelineView *self,
          guint           *row)
{
  return self->rows != NULL && rfi_timeline_rows_find (self->rows, self->cursor_id, row);
}

/* The bar it is on, if that is still there; follows it to another row.
 * Returns: (nullable): until the schedule changes */
static const RfiScheduleBar *
find_bar (RfiTimelineView *self,
          guint           *position)
{
  const char *technician_id;
  const RfiScheduleBar *bars;
  guint n_bars;

  if (self->cursor == NULL || self->schedule == NULL ||
      !rfi_schedule_find (self->schedule, rfi_job_item_get_id (self->cursor), &technician_id,
                          position))
    return NULL;

  if (g_strcmp0 (self->cursor_id, technician_id) != 0)
    {
      g_free (self->cursor_id);
      self->cursor_id = g_strdup (technician_id);
    }
  bars = rfi_schedule_get_bars (self->schedule, technician_id, &n_bars);
  self->cursor_time = bars[*position].span.start;
  return &bars[*position];
}

gboolean
_rfi_timeline_cursor_get_bar (RfiTimelineView       *self,
                              guint                 *row,
                              const RfiScheduleBar **bar)
{
  guint position;

  *bar = find_bar (self, &position);
  return *bar != NULL && find_row (self, row);
}

gboolean
_rfi_timeline_cursor_get_bounds (RfiTimelineView *self,
                                 graphene_rect_t *bounds)
{
  guint position, row;
  const RfiScheduleBar *bar = find_bar (self, &position);
  RfiSpan hour;

  if (!find_row (self, &row))
    return FALSE;

  hour = (RfiSpan) { self->cursor_time, self->cursor_time + RFI_TIMELINE_HOUR };
  if (self->grab.item != NULL && rfi_timeline_rows_find (self->rows, self->grab.technician_id,
                                                         &row))
    _rfi_timeline_view_get_bounds (self, row, &self->grab.span, 0, 1, bounds);
  else if (bar != NULL)
    _rfi_timeline_view_get_bounds (self, row, &bar->span, bar->level, bar->n_levels, bounds);
  else
    _rfi_timeline_view_get_bounds (self, row, &hour, 0, 1, bounds);
  return TRUE;
}

/* What is held is said with where it would go. */
static char *
describe_grab (RfiTimelineView *self,
               const char      *name)
{
  const RfiJob *job = rfi_job_item_get_job (self->grab.item);
  g_autofree char *when = rfi_timeline_words_span (&self->grab.span, G_MININT64);
  g_autofree char *why = rfi_timeline_words_check (&self->grab.check, name);

  /* translators: what is held, whose row it is over, when it would be, and what speaks against it;
   * for screen readers */
  return g_strdup_printf (_("Holding %s: %s, %s. %s"), job->title, name, when,
                          *why != '\0' ? why : _("Fits"));
}

static char *
describe (RfiTimelineView      *self,
          const char           *name,
          const RfiScheduleBar *bar,
          guint                 position)
{
  RfiJobState *state = bar != NULL ? rfi_schedule_get_state (self->schedule, bar) : NULL;
  g_autofree char *words = NULL;
  guint n_bars;

  rfi_schedule_get_bars (self->schedule, self->cursor_id, &n_bars);
  if (state == NULL)
    {
      g_autofree char *day = rfi_timeline_words_day (self->cursor_time);
      g_autofree char *clock = rfi_timeline_words_clock (self->cursor_time);

      /* translators: a technician, a day and a time at which there is nothing to do */
      return g_strdup_printf (ngettext ("%s, nothing at %s, %s; %u job in all",
                                        "%s, nothing at %s, %s; %u jobs in all", n_bars),
                              name, day, clock, n_bars);
    }

  words = rfi_timeline_words_bar (state->work, &bar->span);
  if (bar->n_levels > 1)
    /* translators: a technician, one of their jobs in words, which of how many; it overlaps */
    return g_strdup_printf (_("%s: %s. %u of %u. Overlaps another job."), name, words,
                            position + 1, n_bars);
  /* translators: a technician, one of their jobs in words, which of how many */
  return g_strdup_printf (_("%s: %s. %u of %u."), name, words, position + 1, n_bars);
}

void
_rfi_timeline_cursor_describe (RfiTimelineView *self)
{
  g_autofree char *words = NULL;
  const RfiScheduleBar *bar;
  guint position = 0, row;

  self->stale = FALSE;
  if (self->rows == NULL || rfi_timeline_rows_get_n (self->rows) == 0)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->cells[self->cell]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("No technicians"), -1);
      return;
    }

  bar = find_bar (self, &position);
  if (!find_row (self, &row))
    {
      row = 0;
      g_free (self->cursor_id);
      self->cursor_id = g_strdup (rfi_timeline_rows_get (self->rows, 0)->id);
    }
  if (self->grab.item != NULL && rfi_timeline_rows_find (self->rows, self->grab.technician_id,
                                                         &row))
    words = describe_grab (self, rfi_timeline_rows_get (self->rows, row)->name);
  else if (self->facts)
    words = g_strdup (gtk_label_get_text (GTK_LABEL (self->bubble)));
  else
    words = describe (self, rfi_timeline_rows_get (self->rows, row)->name, bar, position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cells[self->cell]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* A screen reader speaks of what gets the focus: so it goes to the other cell. */
void
_rfi_timeline_cursor_say (RfiTimelineView *self)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  _rfi_timeline_facts_update (self);
  self->cell = 1 - self->cell;
  _rfi_timeline_cursor_describe (self);
  if (focused)
    gtk_widget_grab_focus (self->cells[self->cell]);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_rfi_timeline_cursor_set (RfiTimelineView      *self,
                          guint                 row,
                          const RfiScheduleBar *bar,
                          gint64                at)
{
  g_autoptr(RfiJobItem) item = NULL;

  if (bar != NULL)
    item = rfi_schedule_get_item (self->schedule, bar);
  g_free (self->cursor_id);
  self->cursor_id = g_strdup (rfi_timeline_rows_get (self->rows, row)->id);
  self->cursor_time = bar != NULL ? bar->span.start : at;
  g_set_object (&self->cursor, item);
  _rfi_timeline_cursor_say (self);
  if (item != NULL)
    rfi_job_selection_choose (self->selection, item);
}

/* The bar of a row that is nearest to a time, within half a day. Returns: (nullable) */
static const RfiScheduleBar *
find_nearest (RfiTimelineView *self,
              guint            row,
              gint64           at)
{
  guint n_bars;
  const RfiScheduleBar *bars =
    rfi_schedule_get_bars (self->schedule, rfi_timeline_rows_get (self->rows, row)->id, &n_bars);
  const RfiScheduleBar *nearest = NULL;
  gint64 least = RFI_TIMELINE_DAY / 2;

  for (guint i = 0; i < n_bars; i++)
    {
      gint64 distance = at < bars[i].span.start ? bars[i].span.start - at
                        : at >= bars[i].span.end ? at - bars[i].span.end + 1 : 0;

      if (distance < least)
        {
          least = distance;
          nearest = &bars[i];
        }
    }
  return nearest;
}

/* Returns: (nullable): the next one in that direction */
static const RfiScheduleBar *
find_next (RfiTimelineView *self,
           int              step)
{
  guint n_bars, position;
  const RfiScheduleBar *bar = find_bar (self, &position);
  const RfiScheduleBar *bars = rfi_schedule_get_bars (self->schedule, self->cursor_id, &n_bars);
  int next = 0;

  if (bar != NULL)
    next = (int) position + step;
  else
    {
      while (next < (int) n_bars && bars[next].span.start < self->cursor_time)
        next++;
      if (step < 0)
        next += step;
    }
  return next >= 0 && next < (int) n_bars ? &bars[next] : NULL;
}

void
_rfi_timeline_cursor_move (RfiTimelineView *self,
                           int              sideways,
                           int              rows)
{
  const RfiScheduleBar *bar;
  RfiSpan span;
  guint row, n_rows;
  int wanted;

  if (!find_row (self, &row))
    return;

  n_rows = rfi_timeline_rows_get_n (self->rows);
  wanted = CLAMP ((int) row + rows, 0, (int) n_rows - 1);
  if (sideways != 0)
    bar = find_next (self, sideways);
  else
    bar = find_nearest (self, (guint) wanted, self->cursor_time);
  if ((sideways != 0 && bar == NULL) || (sideways == 0 && wanted == (int) row))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  span = bar != NULL ? bar->span
                     : (RfiSpan) { self->cursor_time, self->cursor_time + RFI_TIMELINE_HOUR };
  _rfi_timeline_cursor_set (self, (guint) wanted, bar, self->cursor_time);
  _rfi_timeline_view_reveal (self, (guint) wanted, &span);
}

gboolean
rfi_timeline_view_show_job (RfiTimelineView *self,
                            const char      *job_id)
{
  const char *technician_id;
  const RfiScheduleBar *bars;
  RfiSpan span;
  guint position, n_bars, row;

  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), FALSE);

  if (self->schedule == NULL ||
      !rfi_schedule_find (self->schedule, job_id, &technician_id, &position) ||
      !rfi_timeline_rows_find (self->rows, technician_id, &row))
    return FALSE;

  bars = rfi_schedule_get_bars (self->schedule, technician_id, &n_bars);
  span = bars[position].span;
  _rfi_timeline_cursor_set (self, row, &bars[position], span.start);
  _rfi_timeline_view_reveal (self, row, &span);
  return TRUE;
}
