/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-table"

#include "config.h"

#include "rfi-job-table.h"

#include "rfi-job-item-private.h"
#include "rfi-job-match.h"
#include "rfi-row-index.h"
#include "rfi-text-pool.h"

#include <string.h>

/* How a change travels: apply() puts it into the row, then tells each match, which works out
 * who passes its filter and tells its views, then notifies the items that somebody holds.
 *
 * Up to N_SINGLY changes are told one by one, each at the cost of a binary search. More are told
 * together, at the cost of one walk over each view's row numbers. A row that goes keeps its
 * state until all have been told. */
#define N_SINGLY 4

struct _RfiJobTable
{
  GObject     parent_instance;

  GArray     *rows;      /* (element-type RfiJobRow): owned states */
  GArray     *keys;      /* (element-type RfiJobKeys): of @rows */
  guint8      id_bytes[256];  /* 1 for those that ids have been written with so far */
  GArray     *gaps;      /* (element-type guint): row numbers to use again */
  RfiRowIndex *by_id;    /* (owned) */
  GHashTable *items;     /* (element-type guint RfiJobItem): by row, not owned */
  RfiJobCounts counts;   /* of jobs that are there */
  GHashTable *n_open;    /* (element-type utf8 guint): technician, interned, to jobs under way */
  GHashTable *people;    /* (element-type utf8 utf8): by id, both interned, as jobs name them */
  GHashTable *names;     /* (owned) (nullable) (element-type utf8 utf8): by id */
  GPtrArray  *matches;   /* (element-type RfiJobMatch), not owned */
  char       *sending;   /* (nullable): job id */
  gboolean    busy;
  guint       generation;  /* counts changes */
};

enum {
  PROP_0,
  PROP_N_JOBS,
  N_PROPS
};

enum {
  SIGNAL_ROWS_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiJobTable, rfi_job_table, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static RfiJobRow *
get_row (RfiJobTable *self,
         guint        row)
{
  return &g_array_index (self->rows, RfiJobRow, row);
}

static const char *
get_row_id (guint    row,
            gpointer user_data)
{
  return get_row (user_data, row)->state->work->id;
}

static void
item_gone (guint    row,
           gpointer user_data)
{
  RfiJobTable *self = user_data;

  g_hash_table_remove (self->items, GUINT_TO_POINTER (row));
}

static guint
take_row (RfiJobTable *self)
{
  RfiJobRow empty = { NULL, { 0 } };
  guint row;

  if (self->gaps->len > 0)
    {
      row = g_array_index (self->gaps, guint, self->gaps->len - 1);
      g_array_set_size (self->gaps, self->gaps->len - 1);
      return row;
    }

  g_array_append_val (self->rows, empty);
  g_array_set_size (self->keys, self->rows->len);
  return self->rows->len - 1;
}

static void
free_row (RfiJobTable *self,
          guint        row)
{
  RfiJobItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));

  if (item != NULL)
    {
      _rfi_job_item_detach (item);
      g_hash_table_remove (self->items, GUINT_TO_POINTER (row));
    }

  g_clear_pointer (&get_row (self, row)->state, rfi_job_state_unref);
  g_array_append_val (self->gaps, row);
}

/* Who has how many assigned or in progress is counted as a workload. */
static void
count_job (RfiJobTable *self,
           RfiJobState *state,
           int          step)
{
  const RfiJob *job = state->work;
  guint count;

  rfi_job_counts_add (&self->counts, state, step);
  if (job->assigned_to == NULL ||
      (job->status != RFI_STATUS_ASSIGNED && job->status != RFI_STATUS_IN_PROGRESS))
    return;

  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_open, job->assigned_to)) + step;
  if (count == 0)
    g_hash_table_remove (self->n_open, job->assigned_to);
  else
    g_hash_table_replace (self->n_open, g_strdup (job->assigned_to), GUINT_TO_POINTER (count));
}

/* Jobs bring the names of people with them, also of those no list tells us about. */
static void
learn_name (RfiJobTable *self,
            const char  *id,
            const char  *name)
{
  const char **texts[] = { &id, &name };

  if (id == NULL || name == NULL || strcmp (id, name) == 0 ||
      g_strcmp0 (g_hash_table_lookup (self->people, id), name) == 0)
    return;

  rfi_text_pool_take (texts, G_N_ELEMENTS (texts));
  g_hash_table_replace (self->people, (gpointer) id, (gpointer) name);
}

static void
release_text (gpointer text)
{
  const char *released = text;
  const char **texts[] = { &released };

  rfi_text_pool_release (texts, G_N_ELEMENTS (texts));
}

static gboolean
looks_same (RfiJobState *a,
            RfiJobState *b)
{
  return a->mark == b->mark && a->n_pending == b->n_pending && rfi_job_equal (a->work, b->work);
}

/* Puts @state into a row that has one, or a new one. Takes the old one's place everywhere. */
static void
set_state (RfiJobTable *self,
           guint        row_number,
           RfiJobState *state)
{
  RfiJobRow *row = get_row (self, row_number);
  RfiJobState *before = row->state;
  RfiJobItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row_number));

  if (before != NULL)
    {
      count_job (self, before, -1);
      rfi_row_index_remove (self->by_id, before->work->id);
    }
  row->state = rfi_job_state_ref (state);
  rfi_row_index_add (self->by_id, state->work->id, row_number);
  g_array_index (self->keys, RfiJobKeys, row_number) = _rfi_job_order_get_keys (state->work);
  _rfi_job_filter_number (state->work, row->texts);
  for (const char *at = state->work->id; *at != '\0'; at++)
    self->id_bytes[(guchar) *at] = 1;
  learn_name (self, state->work->created_by, state->work->created_by_name);
  learn_name (self, state->work->assigned_to, state->work->assigned_to_name);
  count_job (self, state, 1);

  if (item != NULL)
    _rfi_job_item_set_state (item, state);
  g_clear_pointer (&before, rfi_job_state_unref);
}

/* Puts a change into its row; one that goes only stops being found. */
static void
install (RfiJobTable  *self,
         RfiJobChange *change)
{
  if (change->after != NULL)
    {
      set_state (self, change->row, change->after);
      return;
    }

  count_job (self, change->before, -1);
  rfi_row_index_remove (self->by_id, change->before->work->id);
  get_row (self, change->row)->texts[0] = 0;
}

static GPtrArray *
ref_matches (RfiJobTable *self)
{
  GPtrArray *matches = g_ptr_array_new_full (self->matches->len, g_object_unref);

  for (guint i = 0; i < self->matches->len; i++)
    g_ptr_array_add (matches, g_object_ref (g_ptr_array_index (self->matches, i)));

  return matches;
}

static void
tell_singly (RfiJobTable *self,
             GArray      *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      RfiJobChange *change = &g_array_index (changes, RfiJobChange, i);
      g_autoptr(GPtrArray) matches = ref_matches (self);

      install (self, change);
      for (guint j = 0; j < matches->len; j++)
        rfi_job_match_tell_changes (g_ptr_array_index (matches, j), change, 1, NULL);
    }
}

static void
tell_together (RfiJobTable *self,
               GArray      *changes)
{
  g_autofree guint8 *touched = g_new0 (guint8, self->rows->len);
  g_autoptr(GPtrArray) matches = ref_matches (self);

  for (guint i = 0; i < changes->len; i++)
    {
      RfiJobChange *change = &g_array_index (changes, RfiJobChange, i);

      install (self, change);
      touched[change->row] = 1;
    }

  for (guint j = 0; j < matches->len; j++)
    rfi_job_match_tell_changes (g_ptr_array_index (matches, j),
                                &g_array_index (changes, RfiJobChange, 0), changes->len, touched);
}

/* The items that somebody holds of changed jobs. */
static GPtrArray *
ref_items (RfiJobTable *self,
           GArray      *changes)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_hash_table_size (self->items) == 0)
    return items;

  for (guint i = 0; i < changes->len; i++)
    {
      RfiJobChange *change = &g_array_index (changes, RfiJobChange, i);
      RfiJobItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (change->row));

      if (item != NULL)
        g_ptr_array_add (items, g_object_ref (item));
    }

  return items;
}

static void
clear_change (gpointer data)
{
  RfiJobChange *change = data;

  g_clear_pointer (&change->before, rfi_job_state_unref);
  g_clear_pointer (&change->after, rfi_job_state_unref);
}

static void
tell (RfiJobTable *self,
      GArray      *changes,
      gboolean     flash)
{
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GPtrArray) items = NULL;
  guint n_before = rfi_row_index_get_n (self->by_id);

  if (changes->len == 0)
    return;

  self->busy = TRUE;
  if (changes->len <= N_SINGLY)
    tell_singly (self, changes);
  else
    tell_together (self, changes);
  items = ref_items (self, changes);
  for (guint i = 0; i < changes->len; i++)
    if (g_array_index (changes, RfiJobChange, i).after == NULL)
      free_row (self, g_array_index (changes, RfiJobChange, i).row);
  self->busy = FALSE;

  matches = ref_matches (self);
  for (guint i = 0; i < matches->len; i++)
    rfi_job_match_settle (g_ptr_array_index (matches, i));

  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0, changes);
  for (guint i = 0; i < items->len; i++)
    _rfi_job_item_notify (g_ptr_array_index (items, i), flash);
  if (rfi_row_index_get_n (self->by_id) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_JOBS]);
}

/* Before any row changes, views have to be where their filters are. */
static GArray *
begin_changes (RfiJobTable *self,
               guint        n_expected)
{
  GArray *changes = g_array_sized_new (FALSE, FALSE, sizeof (RfiJobChange), n_expected);

  _rfi_job_table_flush (self);
  self->generation++;
  g_array_set_clear_func (changes, clear_change);
  return changes;
}

/* @after: (nullable) */
static void
add_change (GArray      *changes,
            guint        row,
            RfiJobState *before,
            RfiJobState *after)
{
  RfiJobChange change = {
    row,
    before != NULL ? rfi_job_state_ref (before) : NULL,
    after != NULL ? rfi_job_state_ref (after) : NULL,
  };

  g_array_append_val (changes, change);
}

/* @planned: (element-type utf8 guint): ids this batch has seen, to index + 1 in @changes, or 0 */
static void
plan_upsert (RfiJobTable *self,
             GArray      *changes,
             GHashTable  *planned,
             RfiJobState *state)
{
  const char *id = state->work->id;
  gpointer index;
  guint row;

  if (g_hash_table_lookup_extended (planned, id, NULL, &index) && GPOINTER_TO_UINT (index) > 0)
    {
      RfiJobChange *change = &g_array_index (changes, RfiJobChange, GPOINTER_TO_UINT (index) - 1);

      /* The key is the old state's. */
      g_hash_table_replace (planned, (gpointer) id, index);
      g_clear_pointer (&change->after, rfi_job_state_unref);
      change->after = rfi_job_state_ref (state);
      return;
    }

  if (!_rfi_job_table_find_row (self, id, &row))
    add_change (changes, take_row (self), NULL, state);
  else if (looks_same (get_row (self, row)->state, state))
    {
      set_state (self, row, state);
      return;
    }
  else
    add_change (changes, row, get_row (self, row)->state, state);

  g_hash_table_replace (planned, (gpointer) id, GUINT_TO_POINTER (changes->len));
}

static void
rfi_job_table_finalize (GObject *object)
{
  RfiJobTable *self = RFI_JOB_TABLE (object);
  GHashTableIter iter;
  gpointer item;

  g_assert (self->matches->len == 0);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    _rfi_job_item_detach (item);

  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->by_id, rfi_row_index_free);
  g_clear_pointer (&self->n_open, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->gaps, g_array_unref);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  g_clear_pointer (&self->sending, g_free);

  G_OBJECT_CLASS (rfi_job_table_parent_class)->finalize (object);
}

static void
rfi_job_table_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_JOBS:
      g_value_set_uint (value, rfi_job_table_get_n_jobs (RFI_JOB_TABLE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_table_class_init (RfiJobTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_job_table_finalize;
  object_class->get_property = rfi_job_table_get_property;

  properties[PROP_N_JOBS] =
    g_param_spec_uint ("n-jobs", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* See rfi-job-table-private.h. */
  signals[SIGNAL_ROWS_CHANGED] =
    g_signal_new ("rows-changed", RFI_TYPE_JOB_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
clear_row (gpointer data)
{
  RfiJobRow *row = data;

  g_clear_pointer (&row->state, rfi_job_state_unref);
}

static void
rfi_job_table_init (RfiJobTable *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (RfiJobRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->keys = g_array_new (FALSE, FALSE, sizeof (RfiJobKeys));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (guint));
  self->by_id = rfi_row_index_new (get_row_id, self);
  self->items = g_hash_table_new (NULL, NULL);
  self->n_open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, release_text, release_text);
  self->matches = g_ptr_array_new ();
}

RfiJobTable *
rfi_job_table_new (void)
{
  return g_object_new (RFI_TYPE_JOB_TABLE, NULL);
}

guint
rfi_job_table_get_n_jobs (RfiJobTable *self)
{
  g_return_val_if_fail (RFI_IS_JOB_TABLE (self), 0);

  return rfi_row_index_get_n (self->by_id);
}

RfiJobState *
rfi_job_table_lookup (RfiJobTable *self,
                      const char  *job_id)
{
  guint row;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (self), NULL);

  return _rfi_job_table_find_row (self, job_id, &row) ? get_row (self, row)->state : NULL;
}

RfiJobItem *
rfi_job_table_get_item (RfiJobTable *self,
                        const char  *job_id)
{
  guint row;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (self), NULL);

  return _rfi_job_table_find_row (self, job_id, &row) ? _rfi_job_table_ref_row_item (self, row)
                                                      : NULL;
}

void
rfi_job_table_apply (RfiJobTable *self,
                     GPtrArray   *upserted,
                     GPtrArray   *removed,
                     gboolean     flash)
{
  g_autoptr(GArray) changes = NULL;
  g_autoptr(GHashTable) planned = NULL;
  guint n_removed = removed != NULL ? removed->len : 0;
  guint n_upserted = upserted != NULL ? upserted->len : 0;

  g_return_if_fail (RFI_IS_JOB_TABLE (self));
  g_return_if_fail (!self->busy);

  changes = begin_changes (self, n_removed + n_upserted);
  planned = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_removed; i++)
    {
      const char *id = g_ptr_array_index (removed, i);
      guint row;

      if (!_rfi_job_table_find_row (self, id, &row) || g_hash_table_contains (planned, id))
        continue;

      add_change (changes, row, get_row (self, row)->state, NULL);
      g_hash_table_replace (planned, (gpointer) id, GUINT_TO_POINTER (changes->len));
    }

  for (guint i = 0; i < n_upserted; i++)
    plan_upsert (self, changes, planned, g_ptr_array_index (upserted, i));

  tell (self, changes, flash);
}

void
rfi_job_table_rename (RfiJobTable *self,
                      const char  *old_id,
                      const char  *new_id)
{
  g_autoptr(GArray) changes = NULL;
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiJobState) state = NULL;
  RfiJobState *before;
  RfiJob renamed;
  guint row;
  guint other;

  g_return_if_fail (RFI_IS_JOB_TABLE (self));
  g_return_if_fail (!self->busy);

  if (strcmp (old_id, new_id) == 0 || !_rfi_job_table_find_row (self, old_id, &row))
    return;

  before = get_row (self, row)->state;
  renamed = *before->work;
  renamed.id = new_id;
  job = rfi_job_new (&renamed);
  state = rfi_job_state_new (job, before->mark, before->n_pending);

  if (g_strcmp0 (self->sending, old_id) == 0)
    {
      g_free (self->sending);
      self->sending = g_strdup (new_id);
    }

  /* An event may have brought the job under its final id before the answer that says so. */
  changes = begin_changes (self, 2);
  if (_rfi_job_table_find_row (self, new_id, &other))
    add_change (changes, other, get_row (self, other)->state, NULL);
  add_change (changes, row, before, state);
  tell (self, changes, FALSE);
}

void
_rfi_job_table_load (RfiJobTable  *self,
                     RfiJobState **states,
                     guint         n_states)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();
  g_autoptr(GArray) changes = begin_changes (self, n_states);
  guint row;

  g_return_if_fail (!self->busy);

  for (guint i = 0; i < n_states; i++)
    if (rfi_row_index_find (self->by_id, states[i]->work->id, &row))
      {
        g_ptr_array_add (known, states[i]);
      }
    else
      {
        RfiJobChange change = { .row = take_row (self), .after = rfi_job_state_ref (states[i]) };

        set_state (self, change.row, states[i]);
        g_array_append_val (changes, change);
      }

  for (guint i = 0; i < self->matches->len; i++)
    rfi_job_match_reserve (g_ptr_array_index (self->matches, i));
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0, changes);
  rfi_job_table_apply (self, known, NULL, FALSE);
}

void
_rfi_job_table_loaded (RfiJobTable *self)
{
  for (guint i = 0; i < self->matches->len; i++)
    rfi_job_match_take_rows (g_ptr_array_index (self->matches, i));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_JOBS]);
}

void
_rfi_job_table_flush (RfiJobTable *self)
{
  g_autoptr(GPtrArray) matches = ref_matches (self);

  for (guint i = 0; i < matches->len; i++)
    rfi_job_match_flush (g_ptr_array_index (matches, i));
}

static void
mark_sending (RfiJobTable *self,
              gboolean     sending)
{
  RfiJobItem *item;
  guint row;

  if (self->sending == NULL || !_rfi_job_table_find_row (self, self->sending, &row))
    return;

  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));
  if (item != NULL)
    _rfi_job_item_set_sending (item, sending);
}

void
rfi_job_table_set_sending (RfiJobTable *self,
                           const char  *job_id)
{
  g_return_if_fail (RFI_IS_JOB_TABLE (self));

  if (g_strcmp0 (self->sending, job_id) == 0)
    return;

  mark_sending (self, FALSE);
  g_free (self->sending);
  self->sending = g_strdup (job_id);
  mark_sending (self, TRUE);
}

const RfiJobCounts *
rfi_job_table_get_counts (RfiJobTable *self)
{
  g_return_val_if_fail (RFI_IS_JOB_TABLE (self), NULL);

  return &self->counts;
}

guint
rfi_job_table_count_open (RfiJobTable *self,
                          const char  *technician_id)
{
  g_return_val_if_fail (RFI_IS_JOB_TABLE (self), 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_open, technician_id));
}

void
rfi_job_table_foreach (RfiJobTable     *self,
                       RfiJobTableFunc  func,
                       gpointer         user_data)
{
  g_return_if_fail (RFI_IS_JOB_TABLE (self));

  for (guint row = 0; row < self->rows->len; row++)
    if (_rfi_job_table_has_row (self, row))
      func (get_row (self, row)->state, user_data);
}

guint
_rfi_job_table_get_n_rows (RfiJobTable *self)
{
  return self->rows->len;
}

RfiJobState *
_rfi_job_table_get_row (RfiJobTable *self,
                        guint        row)
{
  return get_row (self, row)->state;
}

const RfiJobRow *
_rfi_job_table_get_rows (RfiJobTable *self)
{
  return (const RfiJobRow *) self->rows->data;
}

const RfiJobKeys *
_rfi_job_table_get_keys (RfiJobTable *self)
{
  return (const RfiJobKeys *) self->keys->data;
}

guint
_rfi_job_table_get_generation (RfiJobTable *self)
{
  return self->generation;
}

const guint8 *
_rfi_job_table_get_id_bytes (RfiJobTable *self)
{
  return self->id_bytes;
}

gboolean
_rfi_job_table_has_row (RfiJobTable *self,
                        guint        row)
{
  return get_row (self, row)->texts[0] != 0;
}

RfiJobItem *
_rfi_job_table_ref_row_item (RfiJobTable *self,
                             guint        row)
{
  RfiJobItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));
  RfiJobState *state = get_row (self, row)->state;

  if (item != NULL)
    return g_object_ref (item);

  item = _rfi_job_item_new (state, row, item_gone, self);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (row), item);
  _rfi_job_item_set_sending (item, g_strcmp0 (self->sending, state->work->id) == 0);
  return item;
}

gboolean
_rfi_job_table_find_row (RfiJobTable *self,
                         const char  *job_id,
                         guint       *row)
{
  return job_id != NULL && rfi_row_index_find (self->by_id, job_id, row);
}

const char *
_rfi_job_table_get_person (RfiJobTable *self,
                           const char  *user_id)
{
  return g_hash_table_lookup (self->people, user_id);
}

gboolean
_rfi_job_table_is_busy (RfiJobTable *self)
{
  return self->busy;
}

void
_rfi_job_table_set_names (RfiJobTable *self,
                          GHashTable  *names)
{
  g_autoptr(GPtrArray) matches = ref_matches (self);

  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = g_hash_table_ref (names);
  self->generation++;
  for (guint i = 0; i < matches->len; i++)
    rfi_job_match_invalidate (g_ptr_array_index (matches, i));
}

GHashTable *
_rfi_job_table_get_names (RfiJobTable *self)
{
  return self->names;
}

GPtrArray *
_rfi_job_table_get_matches (RfiJobTable *self)
{
  return self->matches;
}
