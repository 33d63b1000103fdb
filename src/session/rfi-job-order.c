/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-order"

#include "config.h"

#include "rfi-job-order.h"

#include "rfi-job-table-private.h"

#include <string.h>

/* Times need 44 bits until the year 2527; priorities and city ranks go above them. A planned start
 * stands above the age of the job in minutes. */
#define TIME_BITS 44
#define TIME_MAX ((G_GINT64_CONSTANT (1) << TIME_BITS) - 1)

typedef RfiJobOrderEntry Entry;

static guint64
time_key (gint64 ms)
{
  return (guint64) CLAMP (ms, 0, TIME_MAX);
}

RfiJobKeys
_rfi_job_order_get_keys (const RfiJob *job)
{
  return (RfiJobKeys) {
    .urgency = (guint64) (RFI_PRIORITY_URGENT - job->priority) << TIME_BITS |
               time_key (job->created_at),
    .change = (guint64) job->status << TIME_BITS | time_key (job->updated_at),
  };
}

RfiStatus
_rfi_job_keys_get_status (const RfiJobKeys *keys)
{
  return (RfiStatus) (keys->change >> TIME_BITS);
}

RfiPriority
_rfi_job_keys_get_priority (const RfiJobKeys *keys)
{
  return (RfiPriority) (RFI_PRIORITY_URGENT - (int) (keys->urgency >> TIME_BITS));
}

gint64
_rfi_job_keys_get_created (const RfiJobKeys *keys)
{
  return (gint64) keys->urgency & TIME_MAX;
}

/* In minutes, which both fit into one number that way: what has no plan is after all that has. */
static guint64
schedule_key (const RfiJob *job)
{
  guint64 created = time_key (job->created_at) / 60000;
  gint64 start;

  if (!rfi_job_extra_get_time (job->extra, RFI_FIELD_SCHEDULED_START, &start))
    start = TIME_MAX;
  return time_key (start) / 60000 << 30 | (created & ((1u << 30) - 1));
}

/* What a number alone can say of the order; of RFI_JOB_SORT_CITY only the part below the city.
 * @job: of @keys, where the order asks for it */
static guint64
number_key (RfiJobSort        sort,
            const RfiJobKeys *keys,
            const RfiJob     *job)
{
  switch (sort)
    {
    case RFI_JOB_SORT_URGENCY:
      return keys->urgency;
    case RFI_JOB_SORT_NEWEST:
      return (guint64) TIME_MAX - (keys->urgency & TIME_MAX);
    case RFI_JOB_SORT_UPDATED:
      return (guint64) TIME_MAX - (keys->change & TIME_MAX);
    case RFI_JOB_SORT_SCHEDULE:
      return schedule_key (job);
    case RFI_JOB_SORT_AGE:
    case RFI_JOB_SORT_CITY:
    default:
      return keys->urgency & TIME_MAX;
    }
}

/* Cities are interned: the same text is the same pointer. */
static int
compare_cities (const char *a,
                const char *b)
{
  int order;

  if (a == b)
    return 0;

  order = g_utf8_collate (a, b);
  return order != 0 ? order : strcmp (a, b);
}

static const RfiJob *
get_job (const RfiJobOrder *self,
         guint              row)
{
  return _rfi_job_table_get_row (self->table, row)->work;
}

/* Whether numbers alone do not tell the order: jobs are then looked at, which lie anywhere. */
static gboolean
needs_jobs (const RfiJobOrder *self)
{
  return self->sort == RFI_JOB_SORT_CITY || self->sort == RFI_JOB_SORT_SCHEDULE;
}

/* Negative if row @at stands before one with @keys, in @row.
 * @job: (nullable): its, where the order asks for it */
static int
compare (const RfiJobOrder *self,
         guint              at,
         const RfiJobKeys  *keys,
         const RfiJob      *job,
         guint              row)
{
  const RfiJob *at_job = needs_jobs (self) ? get_job (self, at) : NULL;
  guint64 at_key;
  guint64 key;

  if (self->sort == RFI_JOB_SORT_CITY)
    {
      int order = compare_cities (at_job->city, job->city);

      if (order != 0)
        return order;
    }

  at_key = number_key (self->sort, &_rfi_job_table_get_keys (self->table)[at], at_job);
  key = number_key (self->sort, keys, job);
  if (at_key != key)
    return at_key < key ? -1 : 1;

  return at < row ? -1 : at > row;
}

gboolean
_rfi_job_order_fits (const RfiJobOrder *self,
                     const RfiRowList  *list,
                     guint              place,
                     const RfiJob      *job)
{
  RfiJobKeys keys = _rfi_job_order_get_keys (job);
  const guint32 *at = list->rows + place;

  return (place == 0 || compare (self, at[-1], &keys, job, *at) <= 0) &&
         (place + 1 == list->n_rows || compare (self, at[1], &keys, job, *at) >= 0);
}

gboolean
_rfi_job_order_find (const RfiJobOrder *self,
                     const RfiRowList  *list,
                     guint              from,
                     const RfiJob      *job,
                     guint              row,
                     guint             *place)
{
  RfiJobKeys keys = _rfi_job_order_get_keys (job);
  guint low = from;
  guint high = list->n_rows;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint at = list->rows[middle];

      if (at == row)
        {
          *place = middle;
          return TRUE;
        }

      if (compare (self, at, &keys, job, row) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  *place = low;
  return FALSE;
}

/* Where @row belongs in @list, likely not far from @from: sought in steps that double. */
static guint
find_next (const RfiJobOrder *self,
           const RfiRowList  *list,
           guint              from,
           guint              row)
{
  const RfiJobKeys *keys = &_rfi_job_table_get_keys (self->table)[row];
  const RfiJob *job = needs_jobs (self) ? get_job (self, row) : NULL;
  guint step = 1;
  guint high;

  while (step <= list->n_rows - from
         && compare (self, list->rows[from + step - 1], keys, job, row) < 0)
    {
      from += step;
      step *= 2;
    }

  high = from + MIN (step - 1, list->n_rows - from);
  while (from < high)
    {
      guint middle = from + (high - from) / 2;

      if (compare (self, list->rows[middle], keys, job, row) < 0)
        from = middle + 1;
      else
        high = middle;
    }

  return from;
}

RfiRowList
_rfi_job_order_merge (const RfiJobOrder *self,
                      const RfiRowList  *list,
                      const RfiRowList  *added,
                      const guint8      *touched)
{
  RfiRowList kept = { NULL, };
  RfiRowList merged = { NULL, };
  guint from = 0;

  rfi_row_list_reserve (&kept, list->n_rows);
  for (guint i = 0; i < list->n_rows; i++)
    if (!touched[list->rows[i]])
      kept.rows[kept.n_rows++] = list->rows[i];

  rfi_row_list_reserve (&merged, kept.n_rows + added->n_rows);
  for (guint i = 0; i < added->n_rows; i++)
    {
      guint to = find_next (self, &kept, from, added->rows[i]);

      rfi_row_list_append (&merged, kept.rows + from, to - from);
      rfi_row_list_append (&merged, added->rows + i, 1);
      from = to;
    }
  rfi_row_list_append (&merged, kept.rows + from, kept.n_rows - from);

  rfi_row_list_clear (&kept);
  return merged;
}

gint64
_rfi_job_order_find_oldest (const RfiJobOrder *self,
                            const RfiRowList  *list)
{
  const RfiJobKeys *keys = _rfi_job_table_get_keys (self->table);
  gint64 oldest = G_MAXINT64;

  if (list->n_rows == 0)
    return 0;
  if (self->sort == RFI_JOB_SORT_AGE)
    return _rfi_job_keys_get_created (&keys[list->rows[0]]);
  if (self->sort == RFI_JOB_SORT_NEWEST)
    return _rfi_job_keys_get_created (&keys[list->rows[list->n_rows - 1]]);

  for (guint i = 0; i < list->n_rows; i++)
    {
      RfiPriority priority = _rfi_job_keys_get_priority (&keys[list->rows[i]]);

      oldest = MIN (oldest, _rfi_job_keys_get_created (&keys[list->rows[i]]));
      if (self->sort == RFI_JOB_SORT_URGENCY)
        {
          RfiJob next = { .created_at = 0 };
          guint place;

          /* On to the first of the next priority: within one, the first is the oldest. */
          if (priority == RFI_PRIORITY_LOW)
            break;
          next.priority = (RfiPriority) (priority - 1);
          _rfi_job_order_find (self, list, i, &next, G_MAXUINT, &place);
          i = MAX (place, i + 1) - 1;
        }
    }

  return oldest;
}

static int
compare_city_pointers (gconstpointer a,
                       gconstpointer b)
{
  return compare_cities (*(const char *const *) a, *(const char *const *) b);
}

/* There are far fewer cities than jobs: sort those, then jobs by their city's rank. */
static void
add_city_ranks (const RfiJobOrder *self,
                Entry             *entries,
                guint              n_entries)
{
  g_autoptr(GHashTable) ranks = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) cities = g_ptr_array_new ();

  for (guint i = 0; i < n_entries; i++)
    {
      const char *city = get_job (self, entries[i].row)->city;

      if (g_hash_table_add (ranks, (gpointer) city))
        g_ptr_array_add (cities, (gpointer) city);
    }

  g_ptr_array_sort (cities, compare_city_pointers);
  for (guint i = 0; i < cities->len; i++)
    g_hash_table_insert (ranks, g_ptr_array_index (cities, i), GUINT_TO_POINTER (i));

  for (guint i = 0; i < n_entries; i++)
    {
      guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (ranks,
                                                          get_job (self, entries[i].row)->city));

      entries[i].key |= (guint64) rank << TIME_BITS;
    }
}

/* A byte at a time; bytes that are the same in all keys cost one look. */
void
_rfi_job_order_sort_entries (RfiJobOrderEntry *entries,
                             guint             n_entries)
{
  g_autofree Entry *spare = g_new (Entry, n_entries);
  Entry *from = entries;
  Entry *to = spare;

  for (guint shift = 0; shift < 64; shift += 8)
    {
      guint starts[256] = { 0 };
      guint sum = 0;
      Entry *swap;

      for (guint i = 0; i < n_entries; i++)
        starts[from[i].key >> shift & 0xff]++;
      if (n_entries == 0 || starts[from[0].key >> shift & 0xff] == n_entries)
        continue;

      for (guint byte = 0; byte < 256; byte++)
        {
          guint count = starts[byte];

          starts[byte] = sum;
          sum += count;
        }

      for (guint i = 0; i < n_entries; i++)
        to[starts[from[i].key >> shift & 0xff]++] = from[i];

      swap = from;
      from = to;
      to = swap;
    }

  if (from != entries)
    memcpy (entries, from, n_entries * sizeof (Entry));
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint32 a_row = *(const guint32 *) a;
  guint32 b_row = *(const guint32 *) b;

  return a_row < b_row ? -1 : a_row > b_row;
}

void
_rfi_job_order_sort (const RfiJobOrder *self,
                     RfiRowList        *list)
{
  const RfiJobKeys *keys = _rfi_job_table_get_keys (self->table);
  g_autofree Entry *entries = NULL;
  gboolean ascending = TRUE;

  if (list->n_rows < 2)
    return;

  for (guint i = 1; i < list->n_rows && ascending; i++)
    ascending = list->rows[i - 1] < list->rows[i];
  if (!ascending)
    qsort (list->rows, list->n_rows, sizeof (guint32), compare_rows);

  entries = g_new (Entry, list->n_rows);
  for (guint i = 0; i < list->n_rows; i++)
    {
      guint row = list->rows[i];

      entries[i].key = number_key (self->sort, &keys[row],
                                   needs_jobs (self) ? get_job (self, row) : NULL);
      entries[i].row = row;
    }

  if (self->sort == RFI_JOB_SORT_CITY)
    add_city_ranks (self, entries, list->n_rows);
  _rfi_job_order_sort_entries (entries, list->n_rows);

  for (guint i = 0; i < list->n_rows; i++)
    list->rows[i] = entries[i].row;
}
