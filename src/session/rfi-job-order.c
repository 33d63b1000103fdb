/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-order"

#include "config.h"

#include "rfi-job-order.h"

#include <string.h>

/* Times need 44 bits until the year 2527; priorities and city ranks go above them. */
#define TIME_BITS 44
#define TIME_MAX ((G_GINT64_CONSTANT (1) << TIME_BITS) - 1)

typedef RfiJobOrderEntry Entry;

static guint64
time_key (gint64 ms)
{
  return (guint64) CLAMP (ms, 0, TIME_MAX);
}

/* What a number alone can say of the order; of RFI_JOB_SORT_CITY only the part below the city. */
static guint64
number_key (RfiJobSort    sort,
            const RfiJob *job)
{
  switch (sort)
    {
    case RFI_JOB_SORT_URGENCY:
      return (guint64) (RFI_PRIORITY_URGENT - job->priority) << TIME_BITS |
             time_key (job->created_at);
    case RFI_JOB_SORT_NEWEST:
      return (guint64) TIME_MAX - time_key (job->created_at);
    case RFI_JOB_SORT_UPDATED:
      return (guint64) TIME_MAX - time_key (job->updated_at);
    case RFI_JOB_SORT_AGE:
    case RFI_JOB_SORT_CITY:
    default:
      return time_key (job->created_at);
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

int
_rfi_job_order_compare (RfiJobSort    sort,
                        const RfiJob *a,
                        guint         a_row,
                        const RfiJob *b,
                        guint         b_row)
{
  guint64 a_key = number_key (sort, a);
  guint64 b_key = number_key (sort, b);

  if (sort == RFI_JOB_SORT_CITY)
    {
      int order = compare_cities (a->city, b->city);

      if (order != 0)
        return order;
    }

  if (a_key != b_key)
    return a_key < b_key ? -1 : 1;

  return a_row < b_row ? -1 : a_row > b_row;
}

static int
compare_city_pointers (gconstpointer a,
                       gconstpointer b)
{
  return compare_cities (*(const char *const *) a, *(const char *const *) b);
}

/* There are far fewer cities than jobs: sort those, then jobs by their city's rank. */
static void
add_city_ranks (Entry           *entries,
                guint            n_entries,
                RfiJobOrderFunc  get_job,
                gpointer         user_data)
{
  g_autoptr(GHashTable) ranks = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) cities = g_ptr_array_new ();

  for (guint i = 0; i < n_entries; i++)
    {
      const char *city = get_job (entries[i].row, user_data)->city;

      if (g_hash_table_add (ranks, (gpointer) city))
        g_ptr_array_add (cities, (gpointer) city);
    }

  g_ptr_array_sort (cities, compare_city_pointers);
  for (guint i = 0; i < cities->len; i++)
    g_hash_table_insert (ranks, g_ptr_array_index (cities, i), GUINT_TO_POINTER (i));

  for (guint i = 0; i < n_entries; i++)
    {
      const char *city = get_job (entries[i].row, user_data)->city;
      guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, city));

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
_rfi_job_order_sort (RfiJobSort       sort,
                     guint32         *rows,
                     guint            n_rows,
                     RfiJobOrderFunc  get_job,
                     gpointer         user_data)
{
  g_autofree Entry *entries = NULL;
  gboolean ascending = TRUE;

  if (n_rows < 2)
    return;

  for (guint i = 1; i < n_rows && ascending; i++)
    ascending = rows[i - 1] < rows[i];
  if (!ascending)
    qsort (rows, n_rows, sizeof (guint32), compare_rows);

  entries = g_new (Entry, n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      entries[i].key = number_key (sort, get_job (rows[i], user_data));
      entries[i].row = rows[i];
    }

  if (sort == RFI_JOB_SORT_CITY)
    add_city_ranks (entries, n_rows, get_job, user_data);
  _rfi_job_order_sort_entries (entries, n_rows);

  for (guint i = 0; i < n_rows; i++)
    rows[i] = entries[i].row;
}

static const RfiJob *
get_state_job (guint    row,
               gpointer user_data)
{
  return ((RfiJobState *) g_ptr_array_index ((GPtrArray *) user_data, row))->work;
}

void
_rfi_job_order_sort_states (GPtrArray *states)
{
  g_autofree guint32 *rows = g_new (guint32, states->len);
  g_autofree gpointer *before = g_memdup2 (states->pdata, states->len * sizeof (gpointer));

  for (guint i = 0; i < states->len; i++)
    rows[i] = i;
  _rfi_job_order_sort (RFI_JOB_SORT_URGENCY, rows, states->len, get_state_job, states);
  for (guint i = 0; i < states->len; i++)
    states->pdata[i] = before[rows[i]];
}
