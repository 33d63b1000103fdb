/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-candidate-list"

#include "config.h"

#include "rfi-candidate-list.h"

#include "rfi-calendar.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"

#include <string.h>

struct _RfiCandidateList
{
  GObject     parent_instance;

  RfiSession *session;  /* (owned) */
  RfiJobItem *item;     /* (owned) */
  GListStore *store;    /* (owned) (element-type RfiCandidateItem) */
  GPtrArray  *ranked;   /* (owned) (element-type RfiCandidate) */
  gint64      now;      /* when they were ranked */
  guint       refresh;  /* id of a source */
};

enum {
  REFRESHED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiCandidateList, rfi_candidate_list, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
add_job_cb (RfiJobState *state,
            gpointer     user_data)
{
  rfi_ranking_add_job (user_data, state->work);
}

static void
rank (RfiCandidateList *self)
{
  GListModel *model = rfi_session_get_technicians (self->session);
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  RfiRanking *ranking;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (model, i);

      g_ptr_array_add (technicians, rfi_user_ref (rfi_record_item_get (item)));
    }

  self->now = g_get_real_time () / 1000;
  ranking = rfi_ranking_new (rfi_session_get_user (self->session),
                             rfi_job_item_get_job (self->item), technicians, zone, self->now);
  rfi_job_table_foreach (rfi_session_get_jobs (self->session), add_job_cb, ranking);
  g_clear_pointer (&self->ranked, g_ptr_array_unref);
  self->ranked = rfi_ranking_finish (ranking);
}

/* Those listed already. Takes them out of @left. */
static void
update_items (RfiCandidateList *self,
              GHashTable       *left)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RfiCandidateItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      const char *id = rfi_candidate_item_get (item)->technician->id;
      RfiCandidate *candidate = g_hash_table_lookup (left, id);

      if (candidate == NULL)
        {
          rfi_candidate_item_set_vanished (item);
          continue;
        }

      g_hash_table_remove (left, id);
      rfi_candidate_item_set (item, self->ranked, candidate);
    }
}

static void
refresh (RfiCandidateList *self)
{
  g_autoptr(GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  rank (self);
  for (guint i = 0; i < self->ranked->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (self->ranked, i);

      g_hash_table_insert (left, candidate->technician->id, candidate);
    }

  update_items (self, left);
  for (guint i = 0; i < self->ranked->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (self->ranked, i);

      if (g_hash_table_contains (left, candidate->technician->id))
        g_ptr_array_add (added, rfi_candidate_item_new (self->ranked, candidate));
    }

  g_list_store_splice (self->store, g_list_model_get_n_items (G_LIST_MODEL (self->store)), 0,
                       added->pdata, added->len);
  g_signal_emit (self, signals[REFRESHED], 0);
}

static gboolean
refresh_cb (gpointer user_data)
{
  RfiCandidateList *self = user_data;

  self->refresh = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* Technicians may come and go by the thousand, one by one. */
static void
refresh_soon (RfiCandidateList *self)
{
  if (self->refresh == 0)
    self->refresh = g_idle_add (refresh_cb, self);
}

static void
rfi_candidate_list_dispose (GObject *object)
{
  RfiCandidateList *self = RFI_CANDIDATE_LIST (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  g_clear_object (&self->store);
  g_clear_pointer (&self->ranked, g_ptr_array_unref);

  G_OBJECT_CLASS (rfi_candidate_list_parent_class)->dispose (object);
}

static void
rfi_candidate_list_class_init (RfiCandidateListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_candidate_list_dispose;

  signals[REFRESHED] = g_signal_new ("refreshed", RFI_TYPE_CANDIDATE_LIST, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_candidate_list_init (RfiCandidateList *self)
{
  self->store = g_list_store_new (RFI_TYPE_CANDIDATE_ITEM);
}

RfiCandidateList *
rfi_candidate_list_new (RfiSession *session,
                        RfiJobItem *item)
{
  RfiCandidateList *self = g_object_new (RFI_TYPE_CANDIDATE_LIST, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  refresh (self);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rfi_session_get_technicians (session), "items-changed",
                           G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  return self;
}

GListModel *
rfi_candidate_list_get_model (RfiCandidateList *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_LIST (self), NULL);

  return G_LIST_MODEL (self->store);
}

GPtrArray *
rfi_candidate_list_get_ranked (RfiCandidateList *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_LIST (self), NULL);

  return self->ranked;
}

guint
rfi_candidate_list_count_can (RfiCandidateList *self)
{
  guint n = 0;

  g_return_val_if_fail (RFI_IS_CANDIDATE_LIST (self), 0);

  while (n < self->ranked->len &&
         !rfi_candidate_is_excluded (g_ptr_array_index (self->ranked, n)))
    n++;
  return n;
}

guint
rfi_candidate_list_get_most_open (RfiCandidateList *self)
{
  guint n = rfi_candidate_list_count_can (self);
  guint most = 0;

  for (guint i = 0; i < n; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (self->ranked, i);

      most = MAX (most, candidate->factors[RFI_FACTOR_OPEN_JOBS]);
    }
  return most;
}

static void
widen (RfiSpan       *day,
       const RfiSpan *by)
{
  if (by->end <= by->start)
    return;

  day->start = MIN (day->start, by->start);
  day->end = MAX (day->end, by->end);
}

gboolean
rfi_candidate_list_get_day (RfiCandidateList *self,
                            RfiSpan          *day)
{
  guint n = rfi_candidate_list_count_can (self);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 today = rfi_calendar_get_day (zone, self->now);

  *day = (RfiSpan) { G_MAXINT64, G_MININT64 };
  for (guint i = 0; i < n; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (self->ranked, i);

      widen (day, &candidate->shift);
      for (guint j = 0; j < candidate->today->len; j++)
        widen (day, &g_array_index (candidate->today, RfiSpan, j));
    }

  /* A job of several days would leave nothing to see of today. */
  day->start = MAX (day->start, rfi_calendar_get_time (zone, today, 0));
  day->end = MIN (day->end, rfi_calendar_get_time (zone, today, 24 * 60));
  return day->start < day->end;
}
