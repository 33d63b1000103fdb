/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-facts"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-words.h"

/* The card with a job's facts: of the bar under the pointer when that rests on it, and by I of the
 * one that the cursor is on, with which it goes along until it is sent away.
 *
 * It is not the toolkit's tooltip: that one is lost, before it comes too, when any other widget of
 * the window is given a tooltip, and when one move leads from a bar to the next; and it stays when
 * something else comes to lie under the pointer. */

/* As the toolkit's. */
#define REST_MS 500

/* Returns: (transfer full): as markup */
static char *
describe (RfiTimelineView      *self,
          const RfiScheduleBar *bar,
          guint                 row)
{
  return rfi_timeline_words_facts (rfi_schedule_get_state (self->schedule, bar)->work, &bar->span,
                                   rfi_timeline_rows_get (self->rows, row)->name);
}

void
_rfi_timeline_tip_hide (RfiTimelineView *self)
{
  g_clear_handle_id (&self->tip_timer, g_source_remove);
  g_clear_pointer (&self->tip_id, g_free);
  gtk_widget_set_visible (self->tip, FALSE);
}

/* What is under the pointer, if its card may be shown. */
static gboolean
find_pointed (RfiTimelineView *self,
              RfiTimelineHit  *hit)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT ((float) self->pointer_x, 0, 0, 0);

  if (!self->has_pointer || self->schedule == NULL || self->grab.item != NULL || self->facts)
    return FALSE;

  _rfi_timeline_view_flip (self, &place);
  return _rfi_timeline_view_hit (self, place.origin.x, self->pointer_y, hit);
}

/* By the bar, where the pointer came on it. */
static void
place_tip (RfiTimelineView      *self,
           const RfiTimelineHit *hit)
{
  self->tip_place = hit->bounds;
  self->tip_place.origin.x = (float) self->pointer_x - 24;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
fill_tip (RfiTimelineView      *self,
          const RfiTimelineHit *hit)
{
  g_autofree char *markup = describe (self, hit->bar, hit->row);

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->tip)), markup) != 0)
    gtk_label_set_markup (GTK_LABEL (self->tip), markup);
}

static void
rested_cb (gpointer user_data)
{
  RfiTimelineView *self = user_data;
  RfiTimelineHit hit;

  self->tip_timer = 0;
  if (!find_pointed (self, &hit))
    return;

  fill_tip (self, &hit);
  place_tip (self, &hit);
  gtk_widget_set_visible (self->tip, TRUE);
}

void
_rfi_timeline_tip_update (RfiTimelineView *self,
                          gboolean         moved)
{
  gboolean shown = gtk_widget_get_visible (self->tip);
  RfiTimelineHit hit;
  const char *id;

  if (!find_pointed (self, &hit))
    {
      _rfi_timeline_tip_hide (self);
      return;
    }
  /* Nobody pointed at what came by itself. */
  if (self->tip_id == NULL && !moved)
    return;

  id = rfi_schedule_get_state (self->schedule, hit.bar)->work->id;
  if (shown)
    fill_tip (self, &hit);
  if (shown && g_strcmp0 (self->tip_id, id) != 0)
    place_tip (self, &hit);
  g_free (self->tip_id);
  self->tip_id = g_strdup (id);
  if (!shown && moved)
    {
      g_clear_handle_id (&self->tip_timer, g_source_remove);
      self->tip_timer = g_timeout_add_once (REST_MS, rested_cb, self);
    }
}

static void
look_cb (gpointer user_data)
{
  RfiTimelineView *self = user_data;

  self->tip_source = 0;
  _rfi_timeline_tip_update (self, FALSE);
}

void
_rfi_timeline_tip_queue (RfiTimelineView *self)
{
  if (self->tip_id != NULL && self->tip_source == 0)
    self->tip_source = g_idle_add_once (look_cb, self);
}

/* Who does something else has seen enough. */
static gboolean
event_cb (RfiTimelineView *self,
          GdkEvent        *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_KEY_PRESS || type == GDK_SCROLL)
    _rfi_timeline_tip_hide (self);
  return GDK_EVENT_PROPAGATE;
}

void
_rfi_timeline_facts_update (RfiTimelineView *self)
{
  g_autofree char *markup = NULL;
  const RfiScheduleBar *bar;
  guint row;

  if (self->grab.item != NULL)
    self->facts = FALSE;
  if (!self->facts)
    return;

  if (!_rfi_timeline_cursor_get_bar (self, &row, &bar))
    {
      self->facts = FALSE;
      gtk_widget_set_visible (self->bubble, FALSE);
      return;
    }
  markup = describe (self, bar, row);
  gtk_label_set_markup (GTK_LABEL (self->bubble), markup);
  gtk_widget_remove_css_class (self->bubble, "problem");
  gtk_widget_set_visible (self->bubble, TRUE);
}

static void
update_cb (gpointer user_data)
{
  RfiTimelineView *self = user_data;

  self->facts_source = 0;
  _rfi_timeline_view_changed (self);
}

void
_rfi_timeline_facts_queue (RfiTimelineView *self)
{
  if (self->facts && self->facts_source == 0)
    self->facts_source = g_idle_add_once (update_cb, self);
}

gboolean
_rfi_timeline_facts_show (RfiTimelineView *self,
                          gboolean         show)
{
  const RfiScheduleBar *bar;
  guint row;

  if (self->facts == show)
    return TRUE;
  if (show && !_rfi_timeline_cursor_get_bar (self, &row, &bar))
    return FALSE;

  self->facts = show;
  gtk_widget_set_visible (self->bubble, show);
  _rfi_timeline_cursor_say (self);
  return TRUE;
}

static void
leave_cb (RfiTimelineView *self)
{
  _rfi_timeline_facts_show (self, FALSE);
}

void
_rfi_timeline_facts_add (RfiTimelineView *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}
