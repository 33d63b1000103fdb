/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-feed"

#include "config.h"

#include "rfi-job-feed.h"

#include "rfi-job-hold-private.h"
#include "rfi-job-table-private.h"

/* Jobs handed to the table at once: a slice of the first load or of a big pull takes about five
 * milliseconds. Views tell of each slice of a pull once, which takes as long again; of the first
 * load they tell when it is complete. */
#define LOAD_SIZE  3000
#define SLICE_SIZE 1500

/* Changes that follow each other faster than frames are gathered. */
#define GATHER_MS 16

typedef struct
{
  RfiStoreChange *change;    /* (owned) (nullable): %NULL for the first load */
  GPtrArray      *upserted;  /* (owned) (element-type RfiJobState) */
  guint           n_done;
  gboolean        told;      /* of the first load: all is in the table, and views follow */
} Part;

struct _RfiJobFeed
{
  GObject      parent_instance;

  RfiJobTable *table;     /* (owned) */
  GQueue       parts;     /* (element-type Part) */
  guint        n_waiting; /* jobs in @parts */
  guint        source;
  gint64       last;      /* when the last slice went in, µs */
  gboolean     stopped;
  gboolean     waiting;   /* the first load is still to come: it goes before all else */
};

enum {
  LOADED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiJobFeed, rfi_job_feed, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
part_free (Part *part)
{
  g_clear_pointer (&part->change, rfi_store_change_unref);
  g_clear_pointer (&part->upserted, g_ptr_array_unref);
  g_free (part);
}

static gboolean
joins (Part *part,
       Part *first)
{
  return part->change != NULL && first->change != NULL &&
         part->change->foreign == first->change->foreign && part->change->renamed_from == NULL &&
         part->change->removed->len == 0;
}

/* Moves up to @n_wanted jobs of @part into @slice. Returns: whether the part is used up */
static gboolean
take (RfiJobFeed *self,
      Part       *part,
      GPtrArray  *slice,
      guint       n_wanted)
{
  guint n = MIN (part->upserted->len - part->n_done, n_wanted - slice->len);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (slice, rfi_job_state_ref (part->upserted->pdata[part->n_done + i]));
  part->n_done += n;
  self->n_waiting -= n;
  return part->n_done == part->upserted->len;
}

/* Fills @slice from @first and from those after it that may go along. Returns: whether @first is
 * used up */
static gboolean
fill_slice (RfiJobFeed *self,
            Part       *first,
            GPtrArray  *slice)
{
  Part *part;

  if (!take (self, first, slice, SLICE_SIZE))
    return FALSE;

  while ((part = g_queue_peek_head (&self->parts)) != NULL && joins (part, first) &&
         take (self, part, slice, SLICE_SIZE))
    part_free (g_queue_pop_head (&self->parts));

  return TRUE;
}

/* Returns: whether @part is used up */
static gboolean
load_slice (RfiJobFeed *self,
            Part       *part)
{
  guint n = MIN (part->upserted->len - part->n_done, LOAD_SIZE);

  if (part->told)
    {
      _rfi_job_table_flush (self->table);
      return TRUE;
    }

  _rfi_job_table_load (self->table, (RfiJobState **) part->upserted->pdata + part->n_done, n);
  part->n_done += n;
  self->n_waiting -= n;
  part->told = part->n_done == part->upserted->len;
  if (part->told)
    _rfi_job_table_loaded (self->table);
  return FALSE;
}

/* @part: (transfer full) */
static void
feed_load (RfiJobFeed *self,
           Part       *part)
{
  if (!load_slice (self, part) && !self->stopped)
    {
      g_queue_push_head (&self->parts, part);
      return;
    }

  if (!self->stopped)
    g_signal_emit (self, signals[LOADED], 0);
  part_free (part);
}

/* @first: (transfer full) */
static void
feed_change (RfiJobFeed *self,
             Part       *first)
{
  RfiStoreChange *change = first->n_done == 0 ? first->change : NULL;
  gboolean flash = first->change->foreign;
  g_autoptr(GPtrArray) slice = NULL;
  g_autoptr(GPtrArray) removed = NULL;
  gboolean used_up;

  slice = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  used_up = fill_slice (self, first, slice);

  if (change != NULL && change->renamed_from != NULL)
    rfi_job_table_rename (self->table, change->renamed_from, change->renamed_to);
  removed = _rfi_job_hold_sift (self->table, slice, change != NULL ? change->removed : NULL,
                                flash);
  rfi_job_table_apply (self->table, slice, removed, flash);

  if (!used_up && !self->stopped)
    {
      g_queue_push_head (&self->parts, first);
      return;
    }

  part_free (first);
}

static void
feed_slice (RfiJobFeed *self)
{
  Part *first = g_queue_pop_head (&self->parts);

  if (first->change == NULL)
    feed_load (self, first);
  else
    feed_change (self, first);
}

static void schedule (RfiJobFeed *self);

static gboolean
feed_cb (gpointer user_data)
{
  RfiJobFeed *self = user_data;

  self->source = 0;
  feed_slice (self);
  self->last = g_get_monotonic_time ();
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (RfiJobFeed *self)
{
  gint64 since = (g_get_monotonic_time () - self->last) / 1000;
  Part *first = g_queue_peek_head (&self->parts);

  if (self->source != 0 || self->stopped || self->waiting || first == NULL)
    return;

  /* Views that follow a load do so before that. */
  if (first->told)
    self->source = g_idle_add_full (G_PRIORITY_LOW, feed_cb, self, NULL);
  /* A flood goes on whenever there is nothing to draw and nobody types. */
  else if (self->n_waiting > SLICE_SIZE)
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, feed_cb, self, NULL);
  else if (since >= GATHER_MS)
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT, feed_cb, self, NULL);
  else
    self->source = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (GATHER_MS - since), feed_cb,
                                       self, NULL);
}

static void
rfi_job_feed_finalize (GObject *object)
{
  RfiJobFeed *self = RFI_JOB_FEED (object);

  rfi_job_feed_stop (self);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (rfi_job_feed_parent_class)->finalize (object);
}

static void
rfi_job_feed_class_init (RfiJobFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_job_feed_finalize;

  signals[LOADED] =
    g_signal_new ("loaded",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
rfi_job_feed_init (RfiJobFeed *self)
{
  g_queue_init (&self->parts);
  self->waiting = TRUE;
}

RfiJobFeed *
rfi_job_feed_new (RfiJobTable *table)
{
  RfiJobFeed *self = g_object_new (RFI_TYPE_JOB_FEED, NULL);

  self->table = g_object_ref (table);
  return self;
}

/* @change: (nullable) */
static Part *
part_new (RfiJobFeed     *self,
          RfiStoreChange *change,
          GPtrArray      *upserted)
{
  Part *part = g_new0 (Part, 1);

  part->change = change != NULL ? rfi_store_change_ref (change) : NULL;
  part->upserted = g_ptr_array_ref (upserted);
  self->n_waiting += upserted->len;
  return part;
}

void
rfi_job_feed_push_first (RfiJobFeed *self,
                         GPtrArray  *states)
{
  g_return_if_fail (RFI_IS_JOB_FEED (self));

  if (self->waiting && !self->stopped)
    rfi_job_table_apply (self->table, states, NULL, FALSE);
}

void
rfi_job_feed_push_states (RfiJobFeed *self,
                          GPtrArray  *states)
{
  g_return_if_fail (RFI_IS_JOB_FEED (self));

  g_return_if_fail (self->waiting);

  if (self->stopped)
    return;

  self->waiting = FALSE;
  g_queue_push_head (&self->parts, part_new (self, NULL, states));
  schedule (self);
}

void
rfi_job_feed_push_change (RfiJobFeed     *self,
                          RfiStoreChange *change)
{
  g_return_if_fail (RFI_IS_JOB_FEED (self));

  if (self->stopped || (change->upserted->len == 0 && change->removed->len == 0 &&
                        change->renamed_from == NULL))
    return;

  g_queue_push_tail (&self->parts, part_new (self, change, change->upserted));
  schedule (self);
}

void
rfi_job_feed_flush (RfiJobFeed *self)
{
  g_return_if_fail (RFI_IS_JOB_FEED (self));

  if (self->waiting || self->n_waiting > SLICE_SIZE)
    return;

  while (!self->stopped && !g_queue_is_empty (&self->parts))
    feed_slice (self);
  g_clear_handle_id (&self->source, g_source_remove);
}

void
rfi_job_feed_stop (RfiJobFeed *self)
{
  Part *part;

  g_return_if_fail (RFI_IS_JOB_FEED (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  while ((part = g_queue_pop_head (&self->parts)) != NULL)
    part_free (part);
}
