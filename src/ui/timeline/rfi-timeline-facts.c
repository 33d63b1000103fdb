/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-facts"

#include "config.h"

#include "rfi-timeline-deeds.h"
#include "rfi-timeline-words.h"

/* The card with a job's facts. Under the pointer it is the toolkit's tooltip. That has no key of
 * its own: so I shows the same beside the cursor, and it goes along until it is sent away. */

/* Returns: (transfer full): as markup */
static char *
describe (RfiTimelineView      *self,
          const RfiScheduleBar *bar,
          guint                 row)
{
  return rfi_timeline_words_facts (rfi_schedule_get_state (self->schedule, bar)->work, &bar->span,
                                   rfi_timeline_rows_get (self->rows, row)->name);
}

static gboolean
query_tooltip_cb (RfiTimelineView *self,
                  int              x,
                  int              y,
                  gboolean         keyboard,
                  GtkTooltip      *tooltip)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT ((float) x, (float) y, 0, 0);
  g_autofree char *markup = NULL;
  RfiTimelineHit hit;

  if (self->schedule == NULL || self->grab.item != NULL || self->facts)
    return FALSE;

  _rfi_timeline_view_flip (self, &place);
  if (!_rfi_timeline_view_hit (self, place.origin.x, y, &hit))
    return FALSE;

  markup = describe (self, hit.bar, hit.row);
  _rfi_timeline_view_flip (self, &hit.bounds);
  gtk_tooltip_set_markup (tooltip, markup);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) hit.bounds.origin.x,
                                                       (int) hit.bounds.origin.y,
                                                       (int) hit.bounds.size.width,
                                                       (int) hit.bounds.size.height });
  return TRUE;
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

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_object (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), self,
                           G_CONNECT_SWAPPED);
}
