/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane-target"

#include "config.h"

#include "rfi-lane-private.h"

#include "rfi-held.h"
#include "rfi-job-menu.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* What a lane does with a job that comes to it from another one, by pointer or keyboard. */

static gboolean
is_here (RfiLane      *self,
         const RfiJob *job)
{
  if (self->by == RFI_GROUPING_STATUS)
    return job->status == self->status;
  return g_strcmp0 (rfi_job_groups_key (self->by, job), self->key) == 0;
}

/* Taking the technician off is a step of its own, which begun work does not have. */
static const char *
refuse_assign (RfiLane    *self,
               RfiJobItem *item)
{
  const RfiJob *job = rfi_job_item_get_job (item);
  RfiVerdict verdict = RFI_VERDICT_OK;

  if (self->session != NULL)
    verdict = rfi_session_check_assign (self->session, rfi_job_item_get_id (item), self->key);
  else if (rfi_status_is_final (job->status))
    verdict = RFI_VERDICT_JOB_IS_OVER;
  if (verdict == RFI_VERDICT_ILLEGAL_STEP && *self->key == '\0')
    return _("Work on it has begun: give it to somebody else instead.");
  return verdict != RFI_VERDICT_OK ? rfi_words_verdict (verdict) : NULL;
}

/* Returns: (nullable): why @item may not come here now; %NULL = it may */
static const char *
refuse (RfiLane    *self,
        RfiJobItem *item)
{
  RfiVerdict verdict;

  switch (self->by)
    {
    case RFI_GROUPING_TECHNICIAN:
      return refuse_assign (self, item);

    case RFI_GROUPING_VENDOR:
      return _("A job stays with its vendor.");

    case RFI_GROUPING_STATUS:
    default:
      verdict = rfi_job_menu_check (self->session, item, self->status);
      return verdict != RFI_VERDICT_OK ? rfi_words_verdict (verdict) : NULL;
    }
}

/* All that is meant by @item. Returns: (transfer full) (element-type RfiJobItem) */
static GPtrArray *
list_meant (RfiLane    *self,
            RfiJobItem *item)
{
  GPtrArray *items;

  if (rfi_lane_means_many (self, item))
    return rfi_job_selection_list (self->chosen);

  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (items, g_object_ref (item));
  return items;
}

/* How many of what is meant by @item can come here. @n_jobs: (out): of those that are not here
 * already; @why: (out) (nullable): why not, of the first one that cannot */
static guint
count_welcome (RfiLane     *self,
               RfiJobItem  *item,
               guint       *n_jobs,
               const char **why)
{
  g_autoptr(GPtrArray) items = list_meant (self, item);
  guint n_welcome = 0;

  *n_jobs = 0;
  *why = NULL;
  for (guint i = 0; i < items->len; i++)
    {
      RfiJobItem *one = g_ptr_array_index (items, i);
      const char *found;

      if (is_here (self, rfi_job_item_get_job (one)))
        continue;

      ++*n_jobs;
      found = refuse (self, one);
      if (found == NULL)
        n_welcome++;
      else if (*why == NULL)
        *why = found;
    }
  return n_welcome;
}

void
rfi_lane_offer (RfiLane    *self,
                RfiJobItem *item)
{
  g_autofree char *some = NULL;
  guint n_welcome, n_jobs;
  const char *why;

  g_return_if_fail (RFI_IS_LANE (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self), "accepts");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "refuses");
  gtk_widget_set_visible (self->reason, FALSE);
  if (item == NULL)
    return;

  n_welcome = count_welcome (self, item, &n_jobs, &why);
  if (n_jobs == 0)
    return;

  /* translators: of several jobs that are dragged together */
  some = g_strdup_printf (ngettext ("%u of %u job can come here", "%u of %u jobs can come here",
                                    n_jobs), n_welcome, n_jobs);
  gtk_widget_add_css_class (GTK_WIDGET (self), n_welcome > 0 ? "accepts" : "refuses");
  gtk_label_set_label (GTK_LABEL (self->reason), n_welcome > 0 ? some : why);
  gtk_widget_set_visible (self->reason, n_welcome < n_jobs);
}

static gboolean
take_one (RfiLane    *self,
          RfiJobItem *item)
{
  const char *action = "win.hand-over";
  GVariant *parameter;

  if (self->by == RFI_GROUPING_TECHNICIAN)
    parameter = g_variant_new ("(ss)", rfi_job_item_get_id (item), self->key);
  else
    action = rfi_job_menu_get_step (item, self->status, &parameter);
  return gtk_widget_activate_action_variant (GTK_WIDGET (self), action, parameter);
}

static gboolean
take_many (RfiLane *self)
{
  const char *action = "win.bulk-hand-over";
  GVariant *parameter;

  if (self->by == RFI_GROUPING_TECHNICIAN)
    parameter = g_variant_new_string (self->key);
  else
    action = rfi_job_menu_get_bulk_step (self->status, &parameter);
  return gtk_widget_activate_action_variant (GTK_WIDGET (self), action, parameter);
}

/* Nothing becomes pending again. */
static gboolean
takes_any (RfiLane *self)
{
  return self->by == RFI_GROUPING_TECHNICIAN ||
         (self->by == RFI_GROUPING_STATUS && self->status != RFI_STATUS_PENDING);
}

/* Of several some may be refused: those are named before anything is done. */
gboolean
rfi_lane_welcomes (RfiLane      *self,
                   const GValue *value)
{
  if (G_VALUE_HOLDS (value, RFI_TYPE_JOB_SELECTION))
    return !gtk_widget_has_css_class (GTK_WIDGET (self), "refuses") && takes_any (self);
  return refuse (self, g_value_get_object (value)) == NULL;
}

/* What comes from another window becomes what is selected here. */
static gboolean
drop_many (RfiLane         *self,
           RfiJobSelection *dropped)
{
  if (!takes_any (self))
    return FALSE;

  if (dropped != self->chosen)
    {
      g_autoptr(GPtrArray) items = rfi_job_selection_list (dropped);

      rfi_job_selection_replace (self->chosen, items, rfi_job_selection_get_cursor (dropped));
    }
  return take_many (self);
}

gboolean
rfi_lane_drop (RfiLane      *self,
               const GValue *value)
{
  RfiJobTable *jobs = self->session != NULL ? rfi_session_get_jobs (self->session) : NULL;
  gpointer dropped = g_value_get_object (value);

  if (dropped == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, RFI_TYPE_JOB_SELECTION))
    return drop_many (self, dropped);
  if (!rfi_held_may_drop (GTK_WIDGET (self), jobs, dropped) ||
      is_here (self, rfi_job_item_get_job (dropped)) || refuse (self, dropped) != NULL)
    return FALSE;
  return take_one (self, dropped);
}

void
rfi_lane_take (RfiLane    *self,
               RfiJobItem *item)
{
  guint n_welcome, n_jobs;
  const char *why;

  g_return_if_fail (RFI_IS_LANE (self));

  n_welcome = count_welcome (self, item, &n_jobs, &why);
  if (n_jobs > 0 && n_welcome == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", why, "", "");
  else if (n_jobs > 0 && rfi_lane_means_many (self, item))
    take_many (self);
  else if (n_jobs > 0)
    take_one (self, item);
}
