/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-column"

#include "config.h"

#include "rfi-job-column.h"

#include "rfi-item-list.h"
#include "rfi-job-table-private.h"

#include <string.h>

/* In the order of RfiJobColumn. */
static const struct {
  const char   *name;
  RfiColumnKind kind;
} kinds[RFI_N_JOB_COLUMNS] = {
  { "priority", RFI_COLUMN_WORD },
  { "status", RFI_COLUMN_WORD },
  { "title", RFI_COLUMN_TEXT },
  { "store", RFI_COLUMN_TEXT },
  { "city", RFI_COLUMN_TEXT },
  { "state", RFI_COLUMN_TEXT },
  { "technician", RFI_COLUMN_TEXT },
  { "created", RFI_COLUMN_TIME },
  { "updated", RFI_COLUMN_TIME },
  { "scheduled-start", RFI_COLUMN_TIME },
  { "scheduled-end", RFI_COLUMN_TIME },
  { "photos", RFI_COLUMN_NUMBER },
  { "mark", RFI_COLUMN_WORD },
  { "id", RFI_COLUMN_TEXT },
  { "description", RFI_COLUMN_TEXT },
  { "address", RFI_COLUMN_TEXT },
  { "zip-code", RFI_COLUMN_TEXT },
  { "vendor", RFI_COLUMN_TEXT },
  { "created-by", RFI_COLUMN_TEXT },
  { "estimated-minutes", RFI_COLUMN_NUMBER },
  { "hold-until", RFI_COLUMN_TIME },
  { "skills", RFI_COLUMN_TEXT },
  { "completion-notes", RFI_COLUMN_TEXT },
  { "parts", RFI_COLUMN_NUMBER },
  { "labour", RFI_COLUMN_NUMBER },
  { "notes", RFI_COLUMN_NUMBER },
  { "waiting", RFI_COLUMN_NUMBER },
  { "version", RFI_COLUMN_NUMBER },
};

const char *
rfi_job_column_to_string (RfiJobColumn column)
{
  g_return_val_if_fail (column < RFI_N_JOB_COLUMNS, NULL);

  return kinds[column].name;
}

gboolean
rfi_job_column_from_string (const char   *text,
                            RfiJobColumn *column)
{
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    if (strcmp (kinds[i].name, text) == 0)
      {
        *column = (RfiJobColumn) i;
        return TRUE;
      }

  return FALSE;
}

RfiColumnKind
rfi_job_column_get_kind (RfiJobColumn column)
{
  g_return_val_if_fail (column < RFI_N_JOB_COLUMNS, RFI_COLUMN_TEXT);

  return kinds[column].kind;
}

gboolean
rfi_job_column_is_name (RfiJobColumn column)
{
  return column == RFI_JOB_COLUMN_TECHNICIAN || column == RFI_JOB_COLUMN_CREATED_BY ||
         column == RFI_JOB_COLUMN_VENDOR;
}

const char *
rfi_job_column_get_id (RfiJobColumn  column,
                       RfiJobState  *state)
{
  switch ((int) column)
    {
    case RFI_JOB_COLUMN_TECHNICIAN:
      return state->work->assigned_to;
    case RFI_JOB_COLUMN_CREATED_BY:
      return state->work->created_by;
    case RFI_JOB_COLUMN_VENDOR:
      return state->work->vendor_id;
    default:
      return NULL;
    }
}

/* As a session calls people and vendors, by the name if it is known. */
static const char *
get_name (RfiJobTable *jobs,
          const char  *id)
{
  GHashTable *names = _rfi_job_table_get_names (jobs);
  const char *name;

  if (id == NULL || *id == '\0')
    return "";

  name = names != NULL ? g_hash_table_lookup (names, id) : NULL;
  if (name == NULL)
    name = _rfi_job_table_get_person (jobs, id);
  return name != NULL ? name : id;
}

const char *
rfi_job_column_get_text (RfiJobColumn  column,
                         RfiJobTable  *jobs,
                         RfiJobState  *state)
{
  const RfiJob *job = state->work;

  switch ((int) column)
    {
    case RFI_JOB_COLUMN_ID:
      return job->id;
    case RFI_JOB_COLUMN_TITLE:
      return job->title;
    case RFI_JOB_COLUMN_DESCRIPTION:
      return job->description;
    case RFI_JOB_COLUMN_STORE_NAME:
      return job->store_name;
    case RFI_JOB_COLUMN_ADDRESS:
      return job->address;
    case RFI_JOB_COLUMN_CITY:
      return job->city;
    case RFI_JOB_COLUMN_STATE:
      return job->state;
    case RFI_JOB_COLUMN_ZIP_CODE:
      return job->zip_code;
    case RFI_JOB_COLUMN_TECHNICIAN:
    case RFI_JOB_COLUMN_CREATED_BY:
    case RFI_JOB_COLUMN_VENDOR:
      return get_name (jobs, rfi_job_column_get_id (column, state));
    case RFI_JOB_COLUMN_SKILLS:
      return rfi_job_extra_get (job->extra, RFI_FIELD_SKILLS);
    case RFI_JOB_COLUMN_COMPLETION_NOTES:
      return rfi_job_extra_get (job->extra, RFI_FIELD_COMPLETION_NOTES);
    default:
      g_return_val_if_reached ("");
    }
}

static gint64
get_time (const RfiJob *job,
          RfiField      field)
{
  gint64 ms = RFI_JOB_COLUMN_EMPTY;

  rfi_job_extra_get_time (job->extra, field, &ms);
  return ms;
}

static gint64
get_decimal (const RfiJob *job,
             RfiField      field)
{
  gint64 number;

  if (!g_ascii_string_to_signed (rfi_job_extra_get (job->extra, field), 10, 0, G_MAXINT32, &number,
                                 NULL))
    return RFI_JOB_COLUMN_EMPTY;
  return number;
}

/* How many items a list has, or of labour how many minutes it says. */
static gint64
sum_items (const RfiJob *job,
           RfiField      field)
{
  g_autofree char *text = rfi_job_extra_dup (job->extra, field);
  g_autoptr(GPtrArray) items = NULL;
  gint64 sum = 0;

  if (*text != '\0')
    items = rfi_item_list_parse (field, text);
  if (items == NULL)
    return RFI_JOB_COLUMN_EMPTY;

  for (guint i = 0; i < items->len; i++)
    sum += field == RFI_FIELD_NOTES ? 1 : ((RfiItem *) g_ptr_array_index (items, i))->number;
  return sum;
}

static gint64
or_empty (gint64 number)
{
  return number > 0 ? number : RFI_JOB_COLUMN_EMPTY;
}

gint64
rfi_job_column_get_number (RfiJobColumn  column,
                           RfiJobState  *state)
{
  const RfiJob *job = state->work;

  switch ((int) column)
    {
    case RFI_JOB_COLUMN_PRIORITY:
      return RFI_PRIORITY_URGENT - (gint64) job->priority;
    case RFI_JOB_COLUMN_STATUS:
      return job->status;
    case RFI_JOB_COLUMN_MARK:
      return state->mark == RFI_MARK_CONFIRMED ? RFI_JOB_COLUMN_EMPTY
                                               : RFI_MARK_CONFLICT - (gint64) state->mark;
    case RFI_JOB_COLUMN_CREATED:
      return or_empty (job->created_at);
    case RFI_JOB_COLUMN_UPDATED:
      return or_empty (job->updated_at);
    case RFI_JOB_COLUMN_SCHEDULED_START:
      return get_time (job, RFI_FIELD_SCHEDULED_START);
    case RFI_JOB_COLUMN_SCHEDULED_END:
      return get_time (job, RFI_FIELD_SCHEDULED_END);
    case RFI_JOB_COLUMN_HOLD_UNTIL:
      return get_time (job, RFI_FIELD_HOLD_UNTIL);
    case RFI_JOB_COLUMN_ESTIMATED_MINUTES:
      return get_decimal (job, RFI_FIELD_ESTIMATED_MINUTES);
    case RFI_JOB_COLUMN_PHOTOS:
      return or_empty (job->n_photos);
    case RFI_JOB_COLUMN_PARTS:
      return sum_items (job, RFI_FIELD_PARTS);
    case RFI_JOB_COLUMN_LABOUR:
      return sum_items (job, RFI_FIELD_LABOUR);
    case RFI_JOB_COLUMN_NOTES:
      return sum_items (job, RFI_FIELD_NOTES);
    case RFI_JOB_COLUMN_WAITING:
      return or_empty (state->n_pending);
    case RFI_JOB_COLUMN_VERSION:
      return or_empty (job->version);
    default:
      g_return_val_if_reached (RFI_JOB_COLUMN_EMPTY);
    }
}
