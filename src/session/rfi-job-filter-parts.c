/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-filter-parts"

#include "config.h"

#include "rfi-job-filter-parts.h"

#include "rfi-job-table-private.h"

static void
copy_technicians (RfiJobFilter *from,
                  RfiJobFilter *to)
{
  g_autoptr(GPtrArray) before = rfi_job_filter_list_technicians (to);
  g_autoptr(GPtrArray) people = rfi_job_filter_list_technicians (from);

  /* The first list lies in what it is taken from. */
  for (guint i = 0; i < before->len; i++)
    {
      g_autofree char *id = g_strdup (g_ptr_array_index (before, i));

      rfi_job_filter_set_technician (to, id, rfi_job_filter_has_technician (from, id));
    }
  for (guint i = 0; i < people->len; i++)
    rfi_job_filter_set_technician (to, g_ptr_array_index (people, i), TRUE);
}

static void
copy_criterion (RfiJobFilter  *from,
                RfiJobFilter  *to,
                RfiFilterPart  part)
{
  const RfiJobCriteria *source = rfi_job_filter_get_criteria (from);
  RfiJobCriteria criteria = { 0 };

  rfi_job_criteria_copy (rfi_job_filter_get_criteria (to), &criteria);
  switch ((int) part)
    {
    case RFI_PART_PLACE:
      g_free (criteria.place);
      criteria.place = g_strdup (source->place);
      break;

    case RFI_PART_CREATED_BY:
      g_free (criteria.created_by);
      criteria.created_by = g_strdup (source->created_by);
      break;

    case RFI_PART_AGE:
      criteria.older_hours = source->older_hours;
      break;

    case RFI_PART_PHOTOS:
      criteria.photos = source->photos;
      break;

    case RFI_PART_SCHEDULE:
      criteria.schedule = source->schedule;
      break;

    default:
      g_assert_not_reached ();
    }
  rfi_job_filter_set_criteria (to, &criteria);
  rfi_job_criteria_clear (&criteria);
}

void
rfi_job_filter_copy_part (RfiJobFilter  *from,
                          RfiJobFilter  *to,
                          RfiFilterPart  part)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (from));
  g_return_if_fail (RFI_IS_JOB_FILTER (to));

  switch (part)
    {
    case RFI_PART_TEXT:
      rfi_job_filter_set_text (to, rfi_job_filter_get_text (from));
      break;

    case RFI_PART_PRIORITIES:
      rfi_job_filter_set_priorities (to, rfi_job_filter_get_priorities (from));
      break;

    case RFI_PART_STATUSES:
      rfi_job_filter_set_statuses (to, rfi_job_filter_get_statuses (from));
      break;

    case RFI_PART_MARKS:
      rfi_job_filter_set_marks (to, rfi_job_filter_get_marks (from));
      break;

    case RFI_PART_TECHNICIANS:
      copy_technicians (from, to);
      break;

    case RFI_PART_VENDOR:
      rfi_job_filter_set_vendor (to, rfi_job_filter_get_vendor (from));
      break;

    case RFI_PART_PLACE:
    case RFI_PART_CREATED_BY:
    case RFI_PART_AGE:
    case RFI_PART_PHOTOS:
    case RFI_PART_SCHEDULE:
    default:
      copy_criterion (from, to, part);
      break;
    }
}

static void
copy_parts (RfiJobFilter *from,
            RfiJobFilter *to,
            guint         parts)
{
  rfi_job_filter_freeze (to);
  for (guint i = 0; i < RFI_N_FILTER_PARTS; i++)
    if (parts & 1u << i)
      rfi_job_filter_copy_part (from, to, (RfiFilterPart) i);
  rfi_job_filter_thaw (to);
}

void
rfi_job_filter_copy (RfiJobFilter *from,
                     RfiJobFilter *to)
{
  copy_parts (from, to, (1u << RFI_N_FILTER_PARTS) - 1);
}

void
rfi_job_filter_take_off (RfiJobFilter *self,
                         guint         parts)
{
  g_autoptr(RfiJobFilter) nothing = rfi_job_filter_new ();

  copy_parts (nothing, self, parts);
}

guint
rfi_job_filter_explain (RfiJobFilter *self,
                        RfiJobTable  *table,
                        RfiJobState  *state)
{
  guint32 numbers[RFI_N_SOUGHT_TEXTS];
  guint parts = 0;

  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), 0);
  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), 0);

  _rfi_job_filter_number (state->work, numbers);
  for (guint i = 0; i < RFI_N_FILTER_PARTS; i++)
    {
      g_autoptr(RfiJobFilter) one = rfi_job_filter_new ();

      rfi_job_filter_copy_part (self, one, (RfiFilterPart) i);
      _rfi_job_filter_begin (one, NULL, 0);
      if (!_rfi_job_filter_test (one, state, numbers, _rfi_job_table_get_names (table)))
        parts |= 1u << i;
    }
  return parts;
}
