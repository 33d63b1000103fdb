/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane"

#include "config.h"

#include "rfi-lane-private.h"

/* So few are no work. */
#define FEW 8

/* Half of what is in sight on most screens: the first cards of all have their letters and faces to
 * be drawn for the first time. */
#define N_AT_ONCE 5

/* More than fit on most screens; of a lane that has never been laid out nobody knows. */
#define N_UNKNOWN 12

/* A list makes thirty rows where seven are in sight, and each lane has such a list: many jobs for
 * empty lanes make for a frame that is late. What can be seen comes first, what is below it when
 * that is painted. */
static guint
count_sight (RfiLane *self)
{
  int height = gtk_widget_get_height (self->list);

  return height > 0 ? (guint) (height / MAX (rfi_card_style_get_height (self->style), 1)) + 2
                    : N_UNKNOWN;
}

/* Whether somebody looks at the board, be it at its words on there being no jobs. */
static gboolean
is_looked_at (RfiLane *self)
{
  GtkWidget *board = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_STACK);

  return gtk_widget_get_mapped (board != NULL ? board : GTK_WIDGET (self));
}

static gboolean
is_cache_read (RfiLane *self)
{
  gboolean loading = FALSE;

  if (self->session != NULL)
    g_object_get (self->session, "loading", &loading, NULL);
  return loading;
}

/* One lane in each frame. */
static gboolean
take_frame (GdkFrameClock *clock)
{
  static GdkFrameClock *taken_of;  /* (unowned): compared only */
  static gint64 taken;
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  if (taken_of == clock && taken == frame)
    return FALSE;

  taken_of = clock;
  taken = frame;
  return TRUE;
}

static gboolean
fill_more_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  RfiLane *self = RFI_LANE (widget);

  if (self->selection != NULL && !take_frame (clock))
    return G_SOURCE_CONTINUE;

  if (self->selection != NULL
      && rfi_lane_selection_get_limit (self->selection) < count_sight (self))
    {
      guint limit = rfi_lane_selection_get_limit (self->selection) + N_AT_ONCE;

      rfi_lane_selection_set_limit (self->selection, MIN (limit, count_sight (self)));
      return G_SOURCE_CONTINUE;
    }

  self->fill_source = 0;
  rfi_lane_fill_all (self);
  return G_SOURCE_REMOVE;
}

void
rfi_lane_fill (RfiLane *self)
{
  guint n_jobs = self->view != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->view)) : 0;

  if (self->selection == NULL || n_jobs == 0
      || rfi_lane_selection_get_limit (self->selection) == G_MAXUINT)
    return;

  if (n_jobs <= FEW)
    {
      rfi_lane_fill_all (self);
      return;
    }

  /* At a start nothing is shown before there are cards to be seen. */
  if (rfi_lane_selection_get_limit (self->selection) == 0
      && (!is_looked_at (self) || is_cache_read (self)))
    rfi_lane_selection_set_limit (self->selection, count_sight (self));
  if (self->fill_source == 0)
    self->fill_source = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_more_cb, NULL, NULL);
}

void
rfi_lane_fill_all (RfiLane *self)
{
  if (self->selection != NULL)
    rfi_lane_selection_set_limit (self->selection, G_MAXUINT);
  if (self->fill_source != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_source);
  self->fill_source = 0;
}
