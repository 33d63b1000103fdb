/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-search"

#include "config.h"

#include "rfi-job-search.h"

#include "rfi-job-order.h"
#include "rfi-job-table-private.h"

#include <string.h>

/* What a turn of the loop looks at: about three milliseconds. */
#define N_ROWS_AT_ONCE 10000

/* Fewer letters begin an id by chance. */
#define ID_LENGTH 4

/* Lesser is better. */
typedef enum {
  RANK_ID,
  RANK_TITLE,
  RANK_OPEN,
  RANK_OVER,
} Rank;

typedef struct
{
  RfiJobState *state;  /* (owned) */
  guint        row;
  Rank         rank;
  guint64      urgency;
} Hit;

struct _RfiJobSearch
{
  GObject       parent_instance;

  RfiJobTable  *table;     /* (owned) */
  RfiJobFilter *filter;    /* (owned): the words */
  char         *text;      /* (owned): folded, for ranks */
  guint         limit;
  GArray       *hits;      /* (element-type Hit): the best so far, sorted */
  GPtrArray    *best;      /* (element-type RfiJobState): theirs, when all is done */
  GArray       *found;     /* (element-type guint32): rows that have the words, as far as looked */
  GArray       *sought;    /* (element-type guint32) (nullable): looked through; %NULL = all */
  guint         next;      /* of those */
  guint         generation;  /* of the table, that @found and @sought are of */
  guint         source;    /* looks on */
  gboolean      done;
  gboolean      narrows;   /* what the filter said of its last change */
};

enum {
  DONE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiJobSearch, rfi_job_search, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
clear_hit (gpointer data)
{
  g_clear_pointer (&((Hit *) data)->state, rfi_job_state_unref);
}

static Rank
get_rank (RfiJobSearch *self,
          const RfiJob *job)
{
  size_t length = strlen (self->text);

  if (length >= ID_LENGTH && g_ascii_strncasecmp (job->id, self->text, length) == 0)
    return RANK_ID;
  if (g_ascii_strncasecmp (job->title, self->text, length) == 0)
    return RANK_TITLE;
  return rfi_status_is_final (job->status) ? RANK_OVER : RANK_OPEN;
}

static int
compare (const Hit *a,
         const Hit *b)
{
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;

  if (a->urgency != b->urgency)
    return a->urgency < b->urgency ? -1 : 1;

  return a->row < b->row ? -1 : a->row > b->row;
}

/* Keeps the best few: most of what is found is worse than those and costs one comparison. */
static void
take (RfiJobSearch *self,
      RfiJobState  *state,
      guint         row)
{
  Hit hit = {
    .state = state, .row = row, .rank = get_rank (self, state->work),
    .urgency = _rfi_job_order_get_keys (state->work).urgency,
  };
  guint position = self->hits->len;

  while (position > 0 && compare (&hit, &g_array_index (self->hits, Hit, position - 1)) < 0)
    position--;
  if (position >= self->limit)
    return;

  rfi_job_state_ref (hit.state);
  g_array_insert_val (self->hits, position, hit);
  if (self->hits->len > self->limit)
    g_array_set_size (self->hits, self->limit);
}

/* What is found has to be read, and waits for memory more than for anything else. */
static inline void
fetch_ahead (const RfiJobRow *row)
{
  if (row->state != NULL)
    __builtin_prefetch (row->state->work);
}

static guint32
get_sought (RfiJobSearch *self,
            guint         i)
{
  return self->sought != NULL ? g_array_index (self->sought, guint32, i) : i;
}

static void
look_at (RfiJobSearch *self,
         guint         end)
{
  const RfiJobRow *rows = _rfi_job_table_get_rows (self->table);
  GHashTable *names = _rfi_job_table_get_names (self->table);

  for (guint i = self->next; i < end; i++)
    {
      guint32 row = get_sought (self, i);

      /* Where much is found, more will be. */
      if (i + 16 < end && self->found->len > i / 8)
        {
          __builtin_prefetch (rows[get_sought (self, i + 16)].state);
          fetch_ahead (&rows[get_sought (self, i + 8)]);
        }
      if (rows[row].texts[0] == 0
          || !_rfi_job_filter_test (self->filter, rows[row].state, rows[row].texts, names))
        continue;

      g_array_append_val (self->found, row);
      take (self, rows[row].state, row);
    }
}

/* Forgets what was found; while the table stays, that is what words that only say more are looked
 * for in. */
static void
begin (RfiJobSearch *self,
       gboolean      narrows)
{
  guint generation = _rfi_job_table_get_generation (self->table);

  g_clear_pointer (&self->sought, g_array_unref);
  if (narrows && generation == self->generation)
    self->sought = g_steal_pointer (&self->found);
  g_clear_pointer (&self->found, g_array_unref);
  self->found = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->generation = generation;
  self->next = 0;
  g_array_set_size (self->hits, 0);
  _rfi_job_filter_begin (self->filter, _rfi_job_table_get_id_bytes (self->table),
                         _rfi_job_table_get_generation (self->table));
}

static void
look (RfiJobSearch *self)
{
  guint end;

  if (_rfi_job_table_get_generation (self->table) != self->generation)
    begin (self, FALSE);

  end = self->sought != NULL ? self->sought->len : _rfi_job_table_get_n_rows (self->table);
  self->done = end - self->next <= N_ROWS_AT_ONCE;
  if (!self->done)
    end = self->next + N_ROWS_AT_ONCE;
  look_at (self, end);
  self->next = end;
}

static void
finish (RfiJobSearch *self)
{
  for (guint i = 0; i < self->hits->len; i++)
    g_ptr_array_add (self->best, rfi_job_state_ref (g_array_index (self->hits, Hit, i).state));
  g_signal_emit (self, signals[DONE], 0);
}

static gboolean
look_cb (gpointer user_data)
{
  RfiJobSearch *self = user_data;

  look (self);
  if (!self->done)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_short (const char *text)
{
  return g_utf8_strlen (text, -1) < RFI_JOB_SEARCH_LENGTH;
}

/* Not called at all if the words are the same. */
static void
filter_changed_cb (RfiJobSearch *self)
{
  self->narrows = _rfi_job_filter_narrowed (self->filter);
}

static void
rfi_job_search_finalize (GObject *object)
{
  RfiJobSearch *self = RFI_JOB_SEARCH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->table);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->best, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->sought, g_array_unref);

  G_OBJECT_CLASS (rfi_job_search_parent_class)->finalize (object);
}

static void
rfi_job_search_class_init (RfiJobSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_job_search_finalize;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_job_search_init (RfiJobSearch *self)
{
  self->filter = rfi_job_filter_new ();
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  self->text = g_strdup ("");
  self->hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_array_set_clear_func (self->hits, clear_hit);
  self->best = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  self->found = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->done = TRUE;
}

RfiJobSearch *
rfi_job_search_new (RfiJobTable *table,
                    guint        limit)
{
  RfiJobSearch *self;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), NULL);
  g_return_val_if_fail (limit > 0, NULL);

  self = g_object_new (RFI_TYPE_JOB_SEARCH, NULL);
  self->table = g_object_ref (table);
  self->limit = limit;
  return self;
}

void
rfi_job_search_set_text (RfiJobSearch *self,
                         const char   *text)
{
  gboolean narrows;

  g_return_if_fail (RFI_IS_JOB_SEARCH (self));
  g_return_if_fail (text != NULL);

  /* What was not looked at to its end may have more of it. */
  narrows = self->done && !is_short (self->text);
  self->narrows = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->best, 0);
  rfi_job_filter_set_text (self->filter, text);
  narrows = narrows && self->narrows;
  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  begin (self, narrows);
  self->done = is_short (self->text);
  if (!self->done)
    look (self);
  if (self->done)
    finish (self);
  else
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT, look_cb, self, NULL);
}

gboolean
rfi_job_search_is_done (RfiJobSearch *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SEARCH (self), TRUE);

  return self->done;
}

GPtrArray *
rfi_job_search_get_best (RfiJobSearch *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SEARCH (self), NULL);

  return self->best;
}

guint
rfi_job_search_get_n_found (RfiJobSearch *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SEARCH (self), 0);

  return self->found->len;
}
