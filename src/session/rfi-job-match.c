/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-match"

#include "config.h"

#include "rfi-job-match.h"

/* When a search turns more rows than this, its views follow one in each turn of the loop: what
 * lists do with it takes long, and whoever types is heard in between. */
#define N_AT_ONCE 1000

/* For the same reason one turn looks at no more rows than these, about three milliseconds. */
#define N_ROWS_AT_ONCE 10000

/* Of how many it is first asked which have to be looked at. */
#define N_ROWS_LEFT 1000

struct _RfiJobMatch
{
  GObject       parent_instance;

  RfiJobTable  *table;     /* (owned) */
  RfiJobFilter *filter;    /* (owned) (nullable) */
  GPtrArray    *views;     /* (element-type RfiJobFollower), not owned */
  guint8       *bits;      /* (owned): by row */
  guint         n_bits;    /* room in @bits */
  guint         n_matches; /* rows that pass, as far as @bits say */
  gboolean      scanning;  /* the filter changed, and the rows from @next_row on do not know */
  gboolean      narrowed;  /* rows that did not pass before cannot pass now */
  guint         next_row;
  guint         n_turned;  /* rows, by this scan */
  GPtrArray    *pending;   /* (element-type RfiJobFollower): still to follow the filter */
  guint         source;    /* scans on, then tells the next of them */
  gboolean      unhurried; /* it follows a load, not a person */
  gboolean      telling;   /* the views, right now */
  gboolean      stale;     /* the filter changed while it could not be followed */
  gboolean      behind;    /* views lack rows, whether or not any of them turns */
};

G_DEFINE_FINAL_TYPE (RfiJobMatch, rfi_job_match, G_TYPE_OBJECT)

void
rfi_job_match_reserve (RfiJobMatch *self)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->table);
  guint wanted = MAX (n_rows + n_rows / 4, 64);

  if (n_rows <= self->n_bits)
    return;

  self->bits = g_realloc (self->bits, wanted);
  for (guint row = self->n_bits; row < wanted; row++)
    self->bits[row] = 0;
  self->n_bits = wanted;
}

static gboolean
test_row (RfiJobMatch *self,
          guint        row,
          RfiJobState *state)
{
  if (self->filter == NULL)
    return TRUE;

  return _rfi_job_filter_test (self->filter, state,
                               _rfi_job_table_get_rows (self->table)[row].texts,
                               _rfi_job_table_get_names (self->table));
}

static void
begin_scan (RfiJobMatch *self,
            gboolean     narrowed)
{
  rfi_job_match_reserve (self);
  if (self->filter != NULL)
    _rfi_job_filter_begin (self->filter, _rfi_job_table_get_id_bytes (self->table),
                           _rfi_job_table_get_generation (self->table));

  self->scanning = TRUE;
  self->narrowed = narrowed;
  self->next_row = 0;
  self->n_turned = 0;
}

static void
set_row (RfiJobMatch *self,
         guint        row,
         gboolean     now)
{
  guint8 before = self->bits[row] & RFI_MATCH_NOW;

  self->bits[row] = (now ? RFI_MATCH_NOW : 0) | (before != 0 ? RFI_MATCH_BEFORE : 0);
  self->n_turned += now != (before != 0);
  self->n_matches += now - (before != 0);
}

/* Decides what needs no look at the job. @left: (out): the other rows. Returns: how many */
static guint
scan_known (RfiJobMatch *self,
            guint        end,
            guint       *left)
{
  const RfiJobRow *rows = _rfi_job_table_get_rows (self->table);
  guint n_left = 0;

  for (guint row = self->next_row; row < end; row++)
    {
      gboolean now = rows[row].texts[0] != 0
                     && (!self->narrowed || (self->bits[row] & RFI_MATCH_NOW) != 0);

      if (now && self->filter != NULL
          && !_rfi_job_filter_recall (self->filter, rows[row].texts, &now))
        left[n_left++] = row;
      else
        set_row (self, row, now);
    }
  return n_left;
}

/* What is new has to be read, and waits for memory more than for anything else. */
static inline void
fetch_ahead (RfiJobMatch     *self,
             const RfiJobRow *rows,
             const guint     *left,
             guint            n_left)
{
  if (n_left > 16)
    __builtin_prefetch (rows[left[16]].state);
  if (n_left > 10)
    {
      __builtin_prefetch (rows[left[10]].state->work);
      __builtin_prefetch ((const char *) rows[left[10]].state->work + 64);
    }
  if (n_left > 4)
    _rfi_job_filter_fetch (self->filter, rows[left[4]].state, rows[left[4]].texts);
}

static void
scan_rows (RfiJobMatch *self,
           guint        end)
{
  const RfiJobRow *rows = _rfi_job_table_get_rows (self->table);
  GHashTable *names = _rfi_job_table_get_names (self->table);
  guint left[N_ROWS_LEFT];

  while (self->next_row < end)
    {
      guint block_end = MIN (end - self->next_row, N_ROWS_LEFT) + self->next_row;
      guint n_left = scan_known (self, block_end, left);

      for (guint i = 0; i < n_left; i++)
        {
          const RfiJobRow *row = &rows[left[i]];

          fetch_ahead (self, rows, left + i, n_left - i);
          set_row (self, left[i],
                   _rfi_job_filter_test (self->filter, row->state, row->texts, names));
        }
      self->next_row = block_end;
    }
}

/* Looks at up to @n_more rows. When all have been looked at, views have to follow what turned. */
static void
scan_on (RfiJobMatch *self,
         guint        n_more)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->table);

  scan_rows (self, self->next_row + MIN (n_rows - self->next_row, n_more));
  if (self->next_row < n_rows)
    return;

  self->scanning = FALSE;
  if (self->n_turned > 0 || self->behind)
    g_ptr_array_extend (self->pending, self->views, NULL, NULL);
  self->behind = FALSE;
}

static void
tell_pending (RfiJobMatch *self)
{
  g_autoptr(RfiJobFollower) view = g_object_ref (g_ptr_array_steal_index (self->pending, 0));

  self->telling = TRUE;
  RFI_JOB_FOLLOWER_GET_IFACE (view)->filter_changed (view);
  self->telling = FALSE;
}

static gboolean follow_cb (gpointer user_data);

/* Whoever types waits for it; after a load nobody does. */
static void
queue_follow (RfiJobMatch *self)
{
  if ((self->scanning || self->pending->len > 0) && self->source == 0)
    self->source = g_idle_add_full (self->unhurried ? G_PRIORITY_DEFAULT_IDLE : G_PRIORITY_DEFAULT,
                                    follow_cb, self, NULL);
}

static gboolean
follow_cb (gpointer user_data)
{
  g_autoptr(RfiJobMatch) self = g_object_ref (user_data);

  self->source = 0;
  if (self->scanning)
    scan_on (self, N_ROWS_AT_ONCE);
  else if (self->pending->len > 0)
    tell_pending (self);
  queue_follow (self);
  rfi_job_match_settle (self);
  return G_SOURCE_REMOVE;
}

void
rfi_job_match_flush (RfiJobMatch *self)
{
  if (self->scanning)
    scan_on (self, G_MAXUINT);
  while (self->pending->len > 0 && !self->telling)
    tell_pending (self);
}

/* The filter has changed again: what its last words were is gone, and no view knows of them. */
static void
drop_scan (RfiJobMatch *self)
{
  for (guint row = 0; row < self->next_row; row++)
    {
      gboolean now = (self->bits[row] & RFI_MATCH_NOW) != 0;
      gboolean before = (self->bits[row] & RFI_MATCH_BEFORE) != 0;

      self->n_matches += before - now;
      self->bits[row] = before ? RFI_MATCH_NOW : 0;
    }
  self->scanning = FALSE;
}

static void
tell_filter (RfiJobMatch *self,
             gboolean     narrowed)
{
  if (self->telling || _rfi_job_table_is_busy (self->table))
    {
      self->stale = TRUE;
      return;
    }

  if (self->scanning)
    {
      narrowed = narrowed && self->narrowed;
      drop_scan (self);
    }
  rfi_job_match_flush (self);
  self->stale = FALSE;
  self->unhurried = FALSE;
  begin_scan (self, narrowed);
  scan_on (self, N_ROWS_AT_ONCE);
  if (!self->scanning && self->n_turned <= N_AT_ONCE)
    rfi_job_match_flush (self);
  else if (self->pending->len > 0)
    tell_pending (self);
  queue_follow (self);
  rfi_job_match_settle (self);
}

static void
filter_changed_cb (RfiJobMatch *self)
{
  tell_filter (self, _rfi_job_filter_narrowed (self->filter) && !self->stale);
}

static void
rfi_job_match_finalize (GObject *object)
{
  RfiJobMatch *self = RFI_JOB_MATCH (object);

  g_assert (self->views->len == 0);

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_remove (_rfi_job_table_get_matches (self->table), self);
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  g_clear_object (&self->table);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->bits, g_free);

  G_OBJECT_CLASS (rfi_job_match_parent_class)->finalize (object);
}

static void
rfi_job_match_class_init (RfiJobMatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_job_match_finalize;
}

static void
rfi_job_match_init (RfiJobMatch *self)
{
  self->pending = g_ptr_array_new ();
  self->views = g_ptr_array_new ();
}

static RfiJobMatch *
find (RfiJobTable  *table,
      RfiJobFilter *filter)
{
  GPtrArray *matches = _rfi_job_table_get_matches (table);

  for (guint i = 0; i < matches->len; i++)
    if (((RfiJobMatch *) g_ptr_array_index (matches, i))->filter == filter)
      return g_ptr_array_index (matches, i);

  return NULL;
}

RfiJobMatch *
rfi_job_match_get (RfiJobTable  *table,
                   RfiJobFilter *filter)
{
  RfiJobMatch *self = find (table, filter);

  if (self != NULL)
    {
      /* Another view begins with where the filter is, not with where it is going. */
      rfi_job_match_flush (self);
      rfi_job_match_reserve (self);
      return g_object_ref (self);
    }

  self = g_object_new (RFI_TYPE_JOB_MATCH, NULL);
  self->table = g_object_ref (table);
  if (filter != NULL)
    {
      self->filter = g_object_ref (filter);
      g_signal_connect_swapped (filter, "changed", G_CALLBACK (filter_changed_cb), self);
    }
  g_ptr_array_add (_rfi_job_table_get_matches (table), self);
  begin_scan (self, FALSE);
  scan_on (self, G_MAXUINT);
  return self;
}

const guint8 *
rfi_job_match_get_bits (RfiJobMatch *self)
{
  return self->bits;
}

guint
rfi_job_match_get_n (RfiJobMatch *self)
{
  rfi_job_match_flush (self);
  return self->n_matches;
}

void
rfi_job_match_add_view (RfiJobMatch    *self,
                        RfiJobFollower *view)
{
  g_ptr_array_add (self->views, view);
}

void
rfi_job_match_remove_view (RfiJobMatch    *self,
                           RfiJobFollower *view)
{
  g_ptr_array_remove (self->views, view);
  g_ptr_array_remove (self->pending, view);
}

static GPtrArray *
ref_views (RfiJobMatch *self)
{
  GPtrArray *views = NULL;

  views = g_ptr_array_copy (self->views, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_set_free_func (views, g_object_unref);
  return views;
}

void
rfi_job_match_tell_changes (RfiJobMatch        *self,
                            const RfiJobChange *changes,
                            guint               n_changes,
                            const guint8       *touched)
{
  g_autoptr(GPtrArray) views = NULL;

  rfi_job_match_reserve (self);
  if (self->filter != NULL)
    _rfi_job_filter_begin (self->filter, _rfi_job_table_get_id_bytes (self->table), 0);

  for (guint i = 0; i < n_changes; i++)
    {
      guint row = changes[i].row;
      gboolean before = changes[i].before != NULL && (self->bits[row] & RFI_MATCH_NOW) != 0;
      gboolean now = changes[i].after != NULL && test_row (self, row, changes[i].after);

      self->bits[row] = (now ? RFI_MATCH_NOW : 0) | (before ? RFI_MATCH_BEFORE : 0);
      self->n_matches += now - before;
    }

  views = ref_views (self);
  for (guint i = 0; i < views->len; i++)
    {
      RfiJobFollower *view = g_ptr_array_index (views, i);
      RfiJobFollowerInterface *iface = RFI_JOB_FOLLOWER_GET_IFACE (view);

      if (touched == NULL)
        iface->one_changed (view, changes);
      else
        iface->many_changed (view, changes, n_changes, touched);
    }
}

void
rfi_job_match_take_rows (RfiJobMatch *self)
{
  rfi_job_match_flush (self);
  for (guint i = 0; i < self->views->len; i++)
    {
      RfiJobFollower *view = g_ptr_array_index (self->views, i);

      RFI_JOB_FOLLOWER_GET_IFACE (view)->lacks_rows (view);
    }
  self->behind = TRUE;
  self->unhurried = TRUE;
  begin_scan (self, FALSE);
  queue_follow (self);
}

void
rfi_job_match_settle (RfiJobMatch *self)
{
  if (self->stale)
    tell_filter (self, FALSE);
}

void
rfi_job_match_invalidate (RfiJobMatch *self)
{
  g_autoptr(GPtrArray) views = ref_views (self);

  for (guint i = 0; i < views->len; i++)
    {
      RfiJobFollower *view = g_ptr_array_index (views, i);

      if (RFI_JOB_FOLLOWER_GET_IFACE (view)->names_changed != NULL)
        RFI_JOB_FOLLOWER_GET_IFACE (view)->names_changed (view);
    }
  if (self->filter != NULL && *rfi_job_filter_get_text (self->filter) != '\0')
    tell_filter (self, FALSE);
}
