/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-ranking"

#include "config.h"

#include "rfi-ranking.h"

#include <string.h>

/* What one of each factor is worth. Few open jobs matter most; being near outweighs one job
 * more; knowing the store outweighs being near; counts past these limits add nothing.
 */
static const struct {
  int   worth;
  guint limit;
} weights[RFI_N_FACTORS] = {
  [RFI_FACTOR_OPEN_JOBS] = { -10, G_MAXINT },
  [RFI_FACTOR_SAME_STORE] = { 25, 1 },
  [RFI_FACTOR_SAME_CITY] = { 15, 1 },
  [RFI_FACTOR_SAME_ZIP] = { 8, 1 },
  [RFI_FACTOR_KNOWS_STORE] = { 3, 3 },
  [RFI_FACTOR_WORKING] = { -5, 2 },
  [RFI_FACTOR_HAS_IT] = { 0, 1 },
};

struct _RfiRanking
{
  RfiJob     *job;         /* (owned) */
  GPtrArray  *candidates;  /* (owned) (element-type RfiCandidate) */
  GHashTable *by_id;       /* (owned) user id → candidate */
};

static void
candidate_free (RfiCandidate *candidate)
{
  rfi_user_unref (candidate->technician);
  g_clear_pointer (&candidate->current, rfi_job_unref);
  g_free (candidate);
}

RfiRanking *
rfi_ranking_new (const RfiUser *user,
                 RfiJob        *job,
                 GPtrArray     *technicians)
{
  RfiRanking *self = g_new0 (RfiRanking, 1);

  self->job = rfi_job_ref (job);
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < technicians->len; i++)
    {
      RfiUser *technician = g_ptr_array_index (technicians, i);
      RfiCandidate *candidate = g_new0 (RfiCandidate, 1);

      candidate->technician = rfi_user_ref (technician);
      candidate->verdict = rfi_rules_check_assign (user, job, technician, TRUE);
      candidate->factors[RFI_FACTOR_HAS_IT] =
        g_strcmp0 (job->assigned_to, technician->id) == 0 ? 1 : 0;
      g_ptr_array_add (self->candidates, candidate);
      g_hash_table_insert (self->by_id, technician->id, candidate);
    }

  return self;
}

static void
count_place (RfiCandidate *candidate,
             RfiJob       *job,
             RfiJob       *other)
{
  if (strcmp (job->store_name, other->store_name) == 0 && strcmp (job->city, other->city) == 0)
    candidate->factors[RFI_FACTOR_SAME_STORE]++;
  else if (strcmp (job->city, other->city) == 0 && strcmp (job->state, other->state) == 0)
    candidate->factors[RFI_FACTOR_SAME_CITY]++;
  else if (strlen (job->zip_code) >= 3 && strncmp (job->zip_code, other->zip_code, 3) == 0)
    candidate->factors[RFI_FACTOR_SAME_ZIP]++;
}

void
rfi_ranking_add_job (RfiRanking *self,
                     RfiJob     *other)
{
  RfiCandidate *candidate;

  if (other->assigned_to == NULL || strcmp (other->id, self->job->id) == 0)
    return;

  candidate = g_hash_table_lookup (self->by_id, other->assigned_to);
  if (candidate == NULL)
    return;

  if (!rfi_status_is_final (other->status))
    {
      candidate->factors[RFI_FACTOR_OPEN_JOBS]++;
      count_place (candidate, self->job, other);
    }
  else if (other->status == RFI_STATUS_COMPLETED &&
           strcmp (self->job->store_name, other->store_name) == 0 &&
           strcmp (self->job->city, other->city) == 0)
    {
      candidate->factors[RFI_FACTOR_KNOWS_STORE]++;
    }

  if (other->status == RFI_STATUS_IN_PROGRESS)
    {
      candidate->factors[RFI_FACTOR_WORKING]++;
      if (candidate->current == NULL || other->updated_at > candidate->current->updated_at)
        {
          g_clear_pointer (&candidate->current, rfi_job_unref);
          candidate->current = rfi_job_ref (other);
        }
    }
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const RfiCandidate *left = *(const RfiCandidate *const *) a;
  const RfiCandidate *right = *(const RfiCandidate *const *) b;
  gboolean left_can = left->verdict == RFI_VERDICT_OK;
  gboolean right_can = right->verdict == RFI_VERDICT_OK;
  int order;

  if (left_can != right_can)
    return left_can ? -1 : 1;
  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  order = g_utf8_collate (left->technician->display_name, right->technician->display_name);
  return order != 0 ? order : strcmp (left->technician->id, right->technician->id);
}

GPtrArray *
rfi_ranking_finish (RfiRanking *self)
{
  GPtrArray *candidates = g_steal_pointer (&self->candidates);

  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (candidates, i);

      for (guint j = 0; j < RFI_N_FACTORS; j++)
        candidate->score += weights[j].worth * (int) MIN (candidate->factors[j], weights[j].limit);
    }
  g_ptr_array_sort (candidates, compare_candidates);

  rfi_job_unref (self->job);
  g_hash_table_unref (self->by_id);
  g_free (self);
  return candidates;
}
