/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-grab"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-words.h"

#include "rfi-held.h"
#include "rfi-session-schedule.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* What is held is judged at every place it is moved over, by the rules that hold when it is
 * dropped. Nothing that comes from the server moves it. */

static const char *
get_name (RfiTimelineView *self,
          const char      *technician_id)
{
  guint row;

  return rfi_timeline_rows_find (self->rows, technician_id, &row)
         ? rfi_timeline_rows_get (self->rows, row)->name : technician_id;
}

static void
toast (RfiTimelineView *self,
       const char      *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

static void
show_bubble (RfiTimelineView *self)
{
  const RfiTimelineGrab *grab = &self->grab;
  g_autofree char *when = rfi_timeline_words_span (&grab->span, G_MININT64);
  g_autofree char *why = NULL;
  g_autofree char *markup = NULL;
  gboolean good = !rfi_schedule_is_refused (&grab->check) && grab->check.problems == 0;

  why = rfi_timeline_words_check (&grab->check, get_name (self, grab->technician_id));
  markup = g_markup_printf_escaped ("<b>%s</b>\n%s", when, good ? _("Fits") : why);
  gtk_label_set_markup (GTK_LABEL (self->bubble), markup);
  if (good)
    gtk_widget_remove_css_class (self->bubble, "problem");
  else
    gtk_widget_add_css_class (self->bubble, "problem");
  gtk_widget_set_visible (self->bubble, TRUE);
}

static void
judge (RfiTimelineView *self)
{
  RfiTimelineGrab *grab = &self->grab;

  if (self->session != NULL)
    rfi_session_check_place (self->session, self->schedule, rfi_job_item_get_id (grab->item),
                             grab->technician_id, &grab->span, &grab->check);
  show_bubble (self);
  _rfi_timeline_view_changed (self);
}

RfiJobTable *
_rfi_timeline_view_get_jobs (RfiTimelineView *self)
{
  return self->session != NULL ? rfi_session_get_jobs (self->session) : NULL;
}

static void
clear (RfiTimelineView *self)
{
  g_clear_pointer (&self->grab.holds, g_ptr_array_unref);
  g_clear_object (&self->grab.item);
  g_clear_pointer (&self->grab.technician_id, g_free);
  self->grab = (RfiTimelineGrab) { NULL, };
  gtk_widget_set_visible (self->bubble, FALSE);
}

gboolean
_rfi_timeline_grab_begin (RfiTimelineView *self,
                          RfiJobItem      *item,
                          const char      *technician_id,
                          const RfiSpan   *span,
                          RfiTimelineGrip  grip)
{
  RfiVerdict verdict = RFI_VERDICT_OK;

  if (self->read_only != NULL || rfi_job_item_get_gone (item))
    {
      toast (self, self->read_only != NULL ? self->read_only
                                           : rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE));
      return FALSE;
    }
  if (self->session != NULL)
    verdict = rfi_session_check (self->session, rfi_job_item_get_id (item), RFI_ACTION_EDIT);
  if (verdict == RFI_VERDICT_NOT_YOUR_ROLE)
    return FALSE;

  clear (self);
  self->grab.item = g_object_ref (item);
  self->grab.holds = rfi_held_new (_rfi_timeline_view_get_jobs (self), item, NULL);
  self->grab.technician_id = g_strdup (technician_id);
  self->grab.span = *span;
  self->grab.grip = grip;
  judge (self);
  return TRUE;
}

void
_rfi_timeline_grab_move (RfiTimelineView *self,
                         const char      *technician_id,
                         gint64           edge)
{
  RfiTimelineGrab *grab = &self->grab;
  gint64 length = grab->span.end - grab->span.start;
  RfiSpan span = grab->span;

  switch (grab->grip)
    {
    case RFI_TIMELINE_GRIP_START:
      span.start = MIN (edge, span.end - RFI_TIMELINE_QUARTER);
      technician_id = NULL;
      break;

    case RFI_TIMELINE_GRIP_END:
      span.end = MAX (edge, span.start + RFI_TIMELINE_QUARTER);
      technician_id = NULL;
      break;

    case RFI_TIMELINE_GRIP_WHOLE:
    default:
      span.start = edge;
      span.end = edge + length;
      break;
    }

  if (span.start == grab->span.start && span.end == grab->span.end &&
      (technician_id == NULL || g_strcmp0 (technician_id, grab->technician_id) == 0))
    return;

  grab->span = span;
  grab->moved = TRUE;
  if (technician_id != NULL && g_strcmp0 (technician_id, grab->technician_id) != 0)
    {
      g_free (grab->technician_id);
      grab->technician_id = g_strdup (technician_id);
    }
  judge (self);
}

void
_rfi_timeline_grab_cancel (RfiTimelineView *self)
{
  if (self->grab.item == NULL)
    return;

  clear (self);
  _rfi_timeline_view_changed (self);
}

void
_rfi_timeline_grab_drop (RfiTimelineView *self)
{
  g_autoptr(RfiJobItem) item = NULL;
  g_autofree char *technician_id = NULL;
  RfiSpan span = self->grab.span;
  gboolean moved = self->grab.moved;
  gboolean may;

  if (self->grab.item == NULL)
    return;

  item = g_object_ref (self->grab.item);
  technician_id = g_strdup (self->grab.technician_id);
  may = rfi_held_may_drop (GTK_WIDGET (self), _rfi_timeline_view_get_jobs (self), item);
  clear (self);
  _rfi_timeline_view_changed (self);
  if (moved && may && rfi_job_item_get_gone (item))
    toast (self, rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE));
  else if (moved && may)
    g_signal_emit_by_name (self, "place", rfi_job_item_get_id (item), technician_id, span.start,
                           span.end);
}

gboolean
rfi_timeline_view_grab (RfiTimelineView *self,
                        RfiJobItem      *item)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  const char *technician_id = self->cursor_id;
  RfiSpan span;
  guint row;

  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), FALSE);

  if (self->rows == NULL || !rfi_timeline_rows_find (self->rows, technician_id, &row))
    return FALSE;

  if (rfi_timeline_rows_find (self->rows, job->assigned_to, &row))
    technician_id = job->assigned_to;
  if (!rfi_schedule_get_span (job, &span))
    {
      gint64 now = g_get_real_time () / 1000;

      span.start = rfi_timeline_snap (MAX (self->cursor_time, now) + RFI_TIMELINE_QUARTER / 2);
      span.end = span.start + rfi_schedule_get_length (job);
    }
  if (!_rfi_timeline_grab_begin (self, item, technician_id, &span, RFI_TIMELINE_GRIP_WHOLE))
    return FALSE;

  self->grab.moved = TRUE;
  _rfi_timeline_view_reveal (self, row, &span);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return TRUE;
}

RfiJobItem *
rfi_timeline_view_get_grabbed (RfiTimelineView  *self,
                               RfiSpan          *span,
                               const char      **technician_id)
{
  g_return_val_if_fail (RFI_IS_TIMELINE_VIEW (self), NULL);

  *span = self->grab.span;
  *technician_id = self->grab.technician_id;
  return self->grab.item;
}
