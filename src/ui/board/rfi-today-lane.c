/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-today-lane"

#include "config.h"

#include "rfi-today-lane.h"

#include "rfi-job-day.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiTodayLane
{
  RfiLane      *lane;      /* unowned: it outlives this */
  RfiCardStyle *style;     /* (owned) */
  RfiSession   *session;   /* (owned) (nullable) */
  RfiJobTable  *jobs;      /* (owned) (nullable) */
  RfiJobFilter *filter;    /* (owned) (nullable) */
  RfiJobView   *all;       /* (owned) (nullable) */
  RfiJobView   *today;     /* (owned) (nullable) */
  gint64        midnight;  /* ms: that today began with */
  RfiJobSort    sort;
  gboolean      wanted;    /* a person wants to see all */
  gboolean      asked;     /* the filter does */
};

static guint
count (RfiJobView *view)
{
  return view != NULL ? g_list_model_get_n_items (G_LIST_MODEL (view)) : 0;
}

static gboolean
shows_all (RfiTodayLane *self)
{
  return self->wanted || self->asked;
}

static void
update_more (RfiTodayLane *self)
{
  guint n_earlier = count (self->all) - MIN (count (self->all), count (self->today));
  g_autofree char *label = NULL;

  if (self->asked || (n_earlier == 0 && !self->wanted))
    label = NULL;
  else if (self->wanted)
    label = g_strdup (_("Only Today"));
  else
    /* translators: shows jobs that were completed before today; how many there are */
    label = g_strdup_printf (_("Earlier (%'u)"), n_earlier);
  rfi_lane_set_more (self->lane, label);
}

static void
show (RfiTodayLane *self)
{
  if (shows_all (self))
    rfi_lane_set_words (self->lane, rfi_words_status (RFI_STATUS_COMPLETED),
                        _("Nothing completed"));
  else
    rfi_lane_set_words (self->lane, _("Completed today"), _("Nothing completed today"));
  rfi_lane_set_hint (self->lane, shows_all (self) ? NULL
                                 : _("A job whose time of completion is not known counts by its "
                                     "last change."));
  rfi_lane_set_view (self->lane, self->session, shows_all (self) ? self->all : self->today);
  update_more (self);
}

static void
sort_views (RfiTodayLane *self)
{
  if (self->all == NULL)
    return;

  rfi_job_view_set_sort (self->all, self->sort);
  rfi_job_view_set_sort (self->today, self->sort);
}

static gint64
get_midnight (RfiTodayLane *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return rfi_job_day_get_start (zone, rfi_card_style_get_now (self->style));
}

static void
forget_views (RfiTodayLane *self)
{
  if (self->all != NULL)
    g_signal_handlers_disconnect_by_func (self->all, update_more, self);
  if (self->today != NULL)
    g_signal_handlers_disconnect_by_func (self->today, update_more, self);
  g_clear_object (&self->all);
  g_clear_object (&self->today);
}

static void
follow (RfiTodayLane *self,
        RfiJobView   *view)
{
  g_signal_connect_swapped (view, "notify::n-items", G_CALLBACK (update_more), self);
}

static void
make_today (RfiTodayLane *self)
{
  self->midnight = get_midnight (self);
  self->today = rfi_job_day_view_new (self->jobs, self->filter, 1u << RFI_STATUS_COMPLETED,
                                      self->midnight);
  follow (self, self->today);
}

static void
more_cb (RfiTodayLane *self)
{
  self->wanted = !self->wanted;
  show (self);
}

RfiTodayLane *
rfi_today_lane_new (RfiLane      *lane,
                    RfiCardStyle *style)
{
  RfiTodayLane *self = g_new0 (RfiTodayLane, 1);

  self->lane = lane;
  self->style = rfi_card_style_ref (style);
  self->sort = RFI_JOB_SORT_UPDATED;
  g_signal_connect_swapped (lane, "more", G_CALLBACK (more_cb), self);
  show (self);
  return self;
}

void
rfi_today_lane_free (RfiTodayLane *self)
{
  g_signal_handlers_disconnect_by_func (self->lane, more_cb, self);
  forget_views (self);
  g_clear_object (&self->filter);
  g_clear_object (&self->jobs);
  g_clear_object (&self->session);
  rfi_card_style_unref (self->style);
  g_free (self);
}

void
rfi_today_lane_set_jobs (RfiTodayLane *self,
                         RfiSession   *session,
                         RfiJobTable  *jobs,
                         RfiJobFilter *filter)
{
  forget_views (self);
  self->wanted = FALSE;
  g_set_object (&self->session, session);
  g_set_object (&self->jobs, jobs);
  g_set_object (&self->filter, filter);
  if (jobs != NULL && filter != NULL)
    {
      self->all = rfi_job_view_new (jobs, filter, 1u << RFI_STATUS_COMPLETED);
      follow (self, self->all);
      make_today (self);
      sort_views (self);
    }
  show (self);
}

void
rfi_today_lane_set_sort (RfiTodayLane *self,
                         RfiJobSort    sort)
{
  self->sort = sort;
  sort_views (self);
}

void
rfi_today_lane_set_asked (RfiTodayLane *self,
                          gboolean      asked)
{
  if (self->asked == asked)
    return;

  self->asked = asked;
  show (self);
}

void
rfi_today_lane_refresh (RfiTodayLane *self)
{
  g_autoptr(RfiJobView) yesterday = NULL;

  if (self->today == NULL || self->midnight == get_midnight (self))
    return;

  g_signal_handlers_disconnect_by_func (self->today, update_more, self);
  yesterday = g_steal_pointer (&self->today);
  make_today (self);
  sort_views (self);
  show (self);
}

RfiJobView *
rfi_today_lane_get_all (RfiTodayLane *self)
{
  return self->all;
}
