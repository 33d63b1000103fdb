/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-sorter"

#include "config.h"

#include "rfi-job-sorter.h"

#include "rfi-job-order.h"
#include "rfi-job-table-private.h"
#include "rfi-text-pool.h"

#include <string.h>

/* Every row gives one number per key: of a text at first which text it is, each different one
 * being kept once. A thread that touches nothing else puts the texts in order, makes their places
 * the numbers, and sorts by the keys from the last to the first, which is stable.
 */

/* Read in one turn of the main loop; each costs some waiting for memory. */
#define N_AT_ONCE 2048

#define N_NONE G_MAXUINT32

/* One key of all rows. */
typedef struct
{
  RfiJobSortKey key;
  guint64      *values;  /* (owned): by position; of text its index in @texts, until ranked */
  GPtrArray    *texts;   /* (owned) (element-type utf8): different ones from 1 on; 0 is "" */
  GArray       *seen;    /* (owned) (element-type guint32): by number of a shared text, its index */
} Column;

typedef struct
{
  RfiJobTable *jobs;     /* (owned) */
  guint32     *rows;     /* (owned) (nullable) */
  guint        n_rows;
  guint        n_read;
  GPtrArray   *owners;   /* (owned) (element-type RfiJob): of texts that are no copies */
  Column       columns[RFI_MAX_SORT_KEYS];
  guint        n_columns;
} Work;

typedef struct
{
  guint64 start;  /* the first bytes of @key, which mostly decide */
  char   *key;    /* (owned) */
  guint32 index;
} Rank;

/* Comparing two */

static int
compare_texts (const char *a,
               const char *b)
{
  int order;

  if (a == b)
    return 0;

  order = g_utf8_collate (a, b);
  return order != 0 ? order : strcmp (a, b);
}

static int
compare_by_key (const RfiJobSortKey *key,
                RfiJobTable         *jobs,
                RfiJobState         *a,
                RfiJobState         *b)
{
  gboolean a_empty, b_empty;
  int order;

  if (rfi_job_column_get_kind (key->column) == RFI_COLUMN_TEXT)
    {
      const char *a_text = rfi_job_column_get_text (key->column, jobs, a);
      const char *b_text = rfi_job_column_get_text (key->column, jobs, b);

      a_empty = *a_text == '\0';
      b_empty = *b_text == '\0';
      order = compare_texts (a_text, b_text);
    }
  else
    {
      gint64 a_number = rfi_job_column_get_number (key->column, a);
      gint64 b_number = rfi_job_column_get_number (key->column, b);

      a_empty = a_number == RFI_JOB_COLUMN_EMPTY;
      b_empty = b_number == RFI_JOB_COLUMN_EMPTY;
      order = (a_number > b_number) - (a_number < b_number);
    }

  if (a_empty || b_empty)
    return a_empty - b_empty;
  return key->descending ? -order : order;
}

int
_rfi_job_sorter_compare (const RfiJobSorter *self,
                         RfiJobTable        *jobs,
                         RfiJobState        *a,
                         guint               a_row,
                         RfiJobState        *b,
                         guint               b_row)
{
  for (guint i = 0; i < self->n_keys; i++)
    {
      int order = compare_by_key (&self->keys[i], jobs, a, b);

      if (order != 0)
        return order;
    }

  return a_row < b_row ? -1 : a_row > b_row;
}

/* Reading */

/* The number of the shared text that says what stands in @column; 0 if it is the job's alone. */
static guint
get_shared_number (RfiJobColumn  column,
                   RfiJobState  *state)
{
  const RfiJob *job = state->work;

  switch ((int) column)
    {
    case RFI_JOB_COLUMN_TITLE:
      return rfi_text_pool_get_number (job->title);
    case RFI_JOB_COLUMN_DESCRIPTION:
      return rfi_text_pool_get_number (job->description);
    case RFI_JOB_COLUMN_STORE_NAME:
      return rfi_text_pool_get_number (job->store_name);
    case RFI_JOB_COLUMN_ADDRESS:
      return rfi_text_pool_get_number (job->address);
    case RFI_JOB_COLUMN_CITY:
      return rfi_text_pool_get_number (job->city);
    case RFI_JOB_COLUMN_STATE:
      return rfi_text_pool_get_number (job->state);
    case RFI_JOB_COLUMN_ZIP_CODE:
      return rfi_text_pool_get_number (job->zip_code);
    default:
      return rfi_text_pool_get_number (rfi_job_column_get_id (column, state));
    }
}

/* Names go when people are called differently; other text stays while its job does. */
static guint32
keep_text (Work        *work,
           Column      *column,
           RfiJobState *state)
{
  const char *text = rfi_job_column_get_text (column->key.column, work->jobs, state);

  if (*text == '\0')
    return 0;

  if (rfi_job_column_is_name (column->key.column))
    text = g_strdup (text);
  else
    g_ptr_array_add (work->owners, rfi_job_ref (state->work));
  g_ptr_array_add (column->texts, (gpointer) text);
  return column->texts->len - 1;
}

static void
make_room (Column *column,
           guint   number)
{
  guint before = column->seen->len;

  if (number < before)
    return;

  /* All there are by now: more may come while other turns are taken. */
  g_array_set_size (column->seen, MAX (number + 1, rfi_text_pool_get_n_numbers ()));
  memset (column->seen->data + before * sizeof (guint32), 0xff,
          (column->seen->len - before) * sizeof (guint32));
}

static guint32
find_text (Work        *work,
           Column      *column,
           RfiJobState *state)
{
  guint number = get_shared_number (column->key.column, state);
  guint32 *index;

  if (number == 0)
    return keep_text (work, column, state);

  make_room (column, number);
  index = &g_array_index (column->seen, guint32, number);
  if (*index == N_NONE)
    *index = keep_text (work, column, state);
  return *index;
}

static guint64
read_value (Work        *work,
            Column      *column,
            RfiJobState *state)
{
  gint64 number;

  if (column->texts != NULL)
    return find_text (work, column, state);

  number = rfi_job_column_get_number (column->key.column, state);
  if (number == RFI_JOB_COLUMN_EMPTY)
    return G_MAXUINT64;

  /* All that is counted or timed here is not negative. */
  number = MAX (number, 0);
  return column->key.descending ? (guint64) (G_MAXINT64 - number) : (guint64) number;
}

/* What is new has to be read, and waits for memory more than for anything else. */
static void
fetch_ahead (Work *work,
             guint from)
{
  const RfiJobRow *rows = _rfi_job_table_get_rows (work->jobs);
  const RfiJobState *state;

  if (from + 8 >= work->n_rows)
    return;

  if (from + 16 < work->n_rows)
    __builtin_prefetch (rows[work->rows[from + 16]].state);
  state = rows[work->rows[from + 8]].state;
  if (state == NULL)
    return;

  __builtin_prefetch (state->work);
  __builtin_prefetch ((const char *) state->work + 64);
  __builtin_prefetch ((const char *) state->work + 128);
}

static void
read_rows (Work *work,
           guint n_rows)
{
  guint end = work->n_read + MIN (n_rows, work->n_rows - work->n_read);

  for (guint i = work->n_read; i < end; i++)
    {
      RfiJobState *state = _rfi_job_table_get_row (work->jobs, work->rows[i]);

      fetch_ahead (work, i);
      for (guint j = 0; j < work->n_columns; j++)
        work->columns[j].values[i] =
          state != NULL ? read_value (work, &work->columns[j], state) : 0;
    }
  work->n_read = end;
}

/* Sorting */

static int
compare_ranks (const void *a,
               const void *b)
{
  const Rank *one = a;
  const Rank *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return strcmp (one->key, other->key);
}

static guint64
get_start (const char *key)
{
  guint64 start = 0;
  guint i;

  for (i = 0; i < 8 && key[i] != '\0'; i++)
    start = start << 8 | (guchar) key[i];
  return start << (8 * (8 - i));
}

/* Texts that collate alike stand by their bytes, as in compare_texts(). */
static void
settle_alike (Column *column,
              Rank   *ranks,
              guint   n_ranks)
{
  for (guint i = 1; i < n_ranks; i++)
    for (guint j = i; j > 0 && compare_ranks (&ranks[j - 1], &ranks[j]) == 0 &&
                      strcmp (g_ptr_array_index (column->texts, ranks[j - 1].index),
                              g_ptr_array_index (column->texts, ranks[j].index)) > 0; j--)
      {
        Rank swap = ranks[j];

        ranks[j] = ranks[j - 1];
        ranks[j - 1] = swap;
      }
}

static void
rank_texts (Column *column,
            guint   n_rows)
{
  guint n_texts = column->texts->len - 1;
  g_autofree Rank *ranks = g_new (Rank, n_texts);
  g_autofree guint64 *places = g_new (guint64, n_texts + 1);

  for (guint i = 0; i < n_texts; i++)
    {
      ranks[i].key = g_utf8_collate_key (g_ptr_array_index (column->texts, i + 1), -1);
      ranks[i].start = get_start (ranks[i].key);
      ranks[i].index = i + 1;
    }
  if (n_texts > 0)
    qsort (ranks, n_texts, sizeof (Rank), compare_ranks);
  settle_alike (column, ranks, n_texts);

  /* The same text may be there twice, where it is not shared. */
  places[0] = G_MAXUINT64;
  for (guint i = 0, place = 0; i < n_texts; i++)
    {
      place += i > 0 && strcmp (g_ptr_array_index (column->texts, ranks[i - 1].index),
                                g_ptr_array_index (column->texts, ranks[i].index)) != 0;
      places[ranks[i].index] = column->key.descending ? n_texts - place : place;
    }

  for (guint i = 0; i < n_rows; i++)
    column->values[i] = places[column->values[i]];
  for (guint i = 0; i < n_texts; i++)
    g_free (ranks[i].key);
}

static void
sort (Work *work)
{
  g_autofree RfiJobOrderEntry *entries = NULL;
  g_autofree guint32 *sorted = NULL;

  if (work->n_rows == 0)
    return;

  entries = g_new (RfiJobOrderEntry, work->n_rows);
  for (guint i = 0; i < work->n_rows; i++)
    entries[i] = (RfiJobOrderEntry) { work->rows[i], i };
  _rfi_job_order_sort_entries (entries, work->n_rows);

  for (guint j = work->n_columns; j-- > 0;)
    {
      Column *column = &work->columns[j];

      if (column->texts != NULL)
        rank_texts (column, work->n_rows);
      for (guint i = 0; i < work->n_rows; i++)
        entries[i].key = column->values[entries[i].row];
      _rfi_job_order_sort_entries (entries, work->n_rows);
    }

  sorted = g_new (guint32, work->n_rows);
  for (guint i = 0; i < work->n_rows; i++)
    sorted[i] = work->rows[entries[i].row];
  memcpy (work->rows, sorted, work->n_rows * sizeof (guint32));
}

/* @rows: (transfer full) */
static Work *
work_new (const RfiJobSorter *sorter,
          RfiJobTable        *jobs,
          guint32            *rows,
          guint               n_rows)
{
  Work *work = g_new0 (Work, 1);

  work->jobs = g_object_ref (jobs);
  work->rows = rows;
  work->n_rows = n_rows;
  /* Room for all, which costs nothing until it is used, so that no turn has to move it. */
  work->owners = g_ptr_array_new_full (n_rows, (GDestroyNotify) rfi_job_unref);
  work->n_columns = sorter->n_keys;
  for (guint i = 0; i < sorter->n_keys; i++)
    {
      Column *column = &work->columns[i];

      column->key = sorter->keys[i];
      column->values = g_new (guint64, n_rows);
      if (rfi_job_column_get_kind (column->key.column) != RFI_COLUMN_TEXT)
        continue;

      column->texts = g_ptr_array_sized_new (n_rows + 1);
      if (rfi_job_column_is_name (column->key.column))
        g_ptr_array_set_free_func (column->texts, g_free);
      g_ptr_array_add (column->texts, NULL);
      column->seen = g_array_new (FALSE, FALSE, sizeof (guint32));
    }
  return work;
}

/* What may take long to free, wherever that is not noticed. */
static void
clear_columns (Work *work)
{
  for (guint i = 0; i < work->n_columns; i++)
    {
      g_free (work->columns[i].values);
      g_clear_pointer (&work->columns[i].texts, g_ptr_array_unref);
      g_clear_pointer (&work->columns[i].seen, g_array_unref);
    }
  g_clear_pointer (&work->owners, g_ptr_array_unref);
  work->n_columns = 0;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  clear_columns (work);
  g_clear_object (&work->jobs);
  g_free (work->rows);
  g_free (work);
}

void
_rfi_job_sorter_sort (const RfiJobSorter *self,
                      RfiJobTable        *jobs,
                      guint32            *rows,
                      guint               n_rows)
{
  Work *work = work_new (self, jobs, rows, n_rows);

  read_rows (work, n_rows);
  sort (work);
  work->rows = NULL;
  work_free (work);
}

static void
sort_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work *work = task_data;

  sort (work);
  clear_columns (work);
  g_task_return_pointer (task, g_steal_pointer (&work->rows), g_free);
}

static gboolean
read_cb (gpointer user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  read_rows (work, N_AT_ONCE);
  if (work->n_read < work->n_rows)
    return G_SOURCE_CONTINUE;

  /* The table ends where it began. */
  g_clear_object (&work->jobs);
  g_task_run_in_thread (task, sort_in_thread);
  return G_SOURCE_REMOVE;
}

void
_rfi_job_sorter_sort_async (const RfiJobSorter *self,
                            RfiJobTable        *jobs,
                            guint32            *rows,
                            guint               n_rows,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _rfi_job_sorter_sort_async);
  g_task_set_task_data (task, work_new (self, jobs, rows, n_rows), work_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, read_cb, task, g_object_unref);
}

guint32 *
_rfi_job_sorter_sort_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
