/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-schedule"

#include "config.h"

#include "rfi-schedule.h"

#include "rfi-job-table-private.h"

/* Bars of one technician are an array sorted by start, then row number. What overlaps is searched
 * from the start of the range back by the longest bar there ever was. Levels are worked out when
 * they are asked for after a change.
 */

#define QUARTER G_GINT64_CONSTANT (900000)

typedef struct
{
  GArray  *bars;     /* (owned) (element-type RfiScheduleBar) */
  gint64   longest;  /* ms */
  gboolean stale;    /* levels */
} Lane;

struct _RfiSchedule
{
  GObject      parent_instance;

  RfiJobTable *table;         /* (owned) */
  GHashTable  *lanes;         /* (owned) (element-type utf8 Lane): by technician */
  guint        n_bars;
  gint64       now;           /* of history: one moment for all, so that what was put in is found */
  gboolean     from_history;
};

enum {
  SIGNAL_BARS_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiSchedule, rfi_schedule, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static RfiScheduleBar *
get_bar (Lane  *lane,
         guint  position)
{
  return &g_array_index (lane->bars, RfiScheduleBar, position);
}

static void
lane_free (gpointer data)
{
  Lane *lane = data;

  g_array_unref (lane->bars);
  g_free (lane);
}

static Lane *
ensure_lane (RfiSchedule *self,
             const char  *technician_id)
{
  Lane *lane = g_hash_table_lookup (self->lanes, technician_id);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      lane->bars = g_array_new (FALSE, FALSE, sizeof (RfiScheduleBar));
      g_hash_table_insert (self->lanes, g_strdup (technician_id), lane);
    }
  return lane;
}

/* Where the bar of @row that starts at @start stands or belongs. */
static gboolean
find_place (Lane   *lane,
            gint64  start,
            guint   row,
            guint  *place)
{
  guint low = 0;
  guint high = lane->bars->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const RfiScheduleBar *bar = get_bar (lane, middle);

      if (bar->span.start < start || (bar->span.start == start && bar->row < row))
        low = middle + 1;
      else
        high = middle;
    }

  *place = low;
  return low < lane->bars->len && get_bar (lane, low)->row == row
         && get_bar (lane, low)->span.start == start;
}

static gboolean
has_technician (const RfiJob *job)
{
  return job->assigned_to != NULL && job->assigned_to[0] != '\0';
}

gboolean
rfi_schedule_guess_span (const RfiJob *job,
                         gint64        now,
                         RfiSpan      *span)
{
  gint64 since = rfi_job_get_status_at (job);

  span->end = since;
  span->start = since;
  switch (job->status)
    {
    case RFI_STATUS_IN_PROGRESS:
      span->end = MAX (now, since + QUARTER);
      return TRUE;

    case RFI_STATUS_COMPLETED:
      span->start = MAX (job->created_at, since - rfi_schedule_get_length (job));
      span->end = MAX (span->end, span->start + QUARTER);
      return TRUE;

    case RFI_STATUS_ASSIGNED:
      span->end += QUARTER;
      return TRUE;

    case RFI_STATUS_PENDING:
    case RFI_STATUS_CANCELLED:
    default:
      return FALSE;
    }
}

/* @state: (nullable) */
static gboolean
get_span (RfiSchedule *self,
          RfiJobState *state,
          RfiSpan     *span)
{
  if (state == NULL || !has_technician (state->work) ||
      state->work->status == RFI_STATUS_CANCELLED)
    return FALSE;

  return self->from_history ? rfi_schedule_guess_span (state->work, self->now, span)
                            : rfi_schedule_get_span (state->work, span);
}

static void
tell (RfiSchedule *self,
      const char  *technician_id,
      guint        position,
      guint        n_removed,
      guint        n_added)
{
  self->n_bars += n_added - n_removed;
  g_signal_emit (self, signals[SIGNAL_BARS_CHANGED], 0, technician_id, position, n_removed,
                 n_added);
}

static void
take_out (RfiSchedule   *self,
          RfiJobState   *state,
          const RfiSpan *span,
          guint          row)
{
  Lane *lane = g_hash_table_lookup (self->lanes, state->work->assigned_to);
  guint place;

  if (lane == NULL || !find_place (lane, span->start, row, &place))
    return;

  g_array_remove_index (lane->bars, place);
  lane->stale = TRUE;
  tell (self, state->work->assigned_to, place, 1, 0);
}

static void
put_in (RfiSchedule   *self,
        RfiJobState   *state,
        const RfiSpan *span,
        guint          row)
{
  Lane *lane = ensure_lane (self, state->work->assigned_to);
  RfiScheduleBar bar = { *span, row, 0, 1 };
  guint place;

  find_place (lane, span->start, row, &place);
  g_array_insert_val (lane->bars, place, bar);
  lane->longest = MAX (lane->longest, span->end - span->start);
  lane->stale = TRUE;
  tell (self, state->work->assigned_to, place, 0, 1);
}

/* The same technician and start: the bar stays where it is. */
static gboolean
replace (RfiSchedule        *self,
         const RfiJobChange *change,
         const RfiSpan      *before,
         const RfiSpan      *after)
{
  const char *technician_id = change->after->work->assigned_to;
  Lane *lane = g_hash_table_lookup (self->lanes, technician_id);
  guint place;

  if (before->start != after->start || lane == NULL ||
      g_strcmp0 (change->before->work->assigned_to, technician_id) != 0 ||
      !find_place (lane, after->start, change->row, &place))
    return FALSE;

  get_bar (lane, place)->span = *after;
  lane->longest = MAX (lane->longest, after->end - after->start);
  lane->stale |= before->end != after->end;
  tell (self, technician_id, place, 1, 1);
  return TRUE;
}

static void
follow (RfiSchedule        *self,
        const RfiJobChange *change)
{
  RfiSpan before, after;
  gboolean was = get_span (self, change->before, &before);
  gboolean is = get_span (self, change->after, &after);

  if (was && is && replace (self, change, &before, &after))
    return;
  if (was)
    take_out (self, change->before, &before, change->row);
  if (is)
    put_in (self, change->after, &after, change->row);
}

static void
rows_changed_cb (RfiSchedule *self,
                 GArray      *changes)
{
  for (guint i = 0; i < changes->len; i++)
    follow (self, &g_array_index (changes, RfiJobChange, i));
}

static void
fill (RfiSchedule *self)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->table);

  for (guint row = 0; row < n_rows; row++)
    {
      RfiJobState *state = _rfi_job_table_has_row (self->table, row)
                           ? _rfi_job_table_get_row (self->table, row) : NULL;
      RfiSpan span;

      if (get_span (self, state, &span))
        put_in (self, state, &span, row);
    }
}

/* Within a group of bars that hang together each takes the first level that is free again. */
#define MAX_LEVELS 8

static void
set_levels (Lane  *lane,
            guint  first,
            guint  end,
            guint  n_levels)
{
  for (guint i = first; i < end; i++)
    get_bar (lane, i)->n_levels = (guint8) n_levels;
}

static void
level (Lane *lane)
{
  gint64 ends[MAX_LEVELS] = { 0 };
  gint64 group_end = G_MININT64;
  guint n_levels = 1;
  guint first = 0;

  for (guint i = 0; i < lane->bars->len; i++)
    {
      RfiScheduleBar *bar = get_bar (lane, i);
      guint at = 0;

      if (bar->span.start >= group_end)
        {
          set_levels (lane, first, i, n_levels);
          first = i;
          n_levels = 1;
          for (guint j = 0; j < MAX_LEVELS; j++)
            ends[j] = G_MININT64;
        }
      while (at < MAX_LEVELS - 1 && ends[at] > bar->span.start)
        at++;
      ends[at] = MAX (ends[at], bar->span.end);
      bar->level = (guint8) at;
      n_levels = MAX (n_levels, at + 1);
      group_end = MAX (group_end, bar->span.end);
    }
  set_levels (lane, first, lane->bars->len, n_levels);
  lane->stale = FALSE;
}

static void
rfi_schedule_dispose (GObject *object)
{
  RfiSchedule *self = RFI_SCHEDULE (object);

  if (self->table != NULL)
    g_signal_handlers_disconnect_by_func (self->table, rows_changed_cb, self);
  g_clear_object (&self->table);
  g_hash_table_remove_all (self->lanes);

  G_OBJECT_CLASS (rfi_schedule_parent_class)->dispose (object);
}

static void
rfi_schedule_finalize (GObject *object)
{
  g_hash_table_unref (RFI_SCHEDULE (object)->lanes);

  G_OBJECT_CLASS (rfi_schedule_parent_class)->finalize (object);
}

static void
rfi_schedule_class_init (RfiScheduleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_schedule_dispose;
  object_class->finalize = rfi_schedule_finalize;

  signals[SIGNAL_BARS_CHANGED] =
    g_signal_new ("bars-changed", RFI_TYPE_SCHEDULE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 4, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_UINT,
                  G_TYPE_UINT, G_TYPE_UINT);
}

static void
rfi_schedule_init (RfiSchedule *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lane_free);
}

RfiSchedule *
rfi_schedule_new (RfiJobTable *table,
                  gboolean     from_history)
{
  RfiSchedule *self;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), NULL);

  self = g_object_new (RFI_TYPE_SCHEDULE, NULL);
  self->table = g_object_ref (table);
  self->from_history = from_history;
  self->now = g_get_real_time () / 1000;
  fill (self);
  g_signal_connect_swapped (table, "rows-changed", G_CALLBACK (rows_changed_cb), self);
  return self;
}

const RfiScheduleBar *
rfi_schedule_get_bars (RfiSchedule *self,
                       const char  *technician_id,
                       guint       *n_bars)
{
  Lane *lane;

  g_return_val_if_fail (RFI_IS_SCHEDULE (self), NULL);

  lane = g_hash_table_lookup (self->lanes, technician_id);
  *n_bars = lane != NULL ? lane->bars->len : 0;
  if (*n_bars == 0)
    return NULL;
  if (lane->stale)
    level (lane);
  return get_bar (lane, 0);
}

RfiJobState *
rfi_schedule_get_state (RfiSchedule          *self,
                        const RfiScheduleBar *bar)
{
  return _rfi_job_table_get_row (self->table, bar->row);
}

RfiJobItem *
rfi_schedule_get_item (RfiSchedule          *self,
                       const RfiScheduleBar *bar)
{
  return rfi_schedule_get_state (self, bar) != NULL
         ? _rfi_job_table_ref_row_item (self->table, bar->row) : NULL;
}

void
rfi_schedule_find_range (RfiSchedule   *self,
                         const char    *technician_id,
                         const RfiSpan *range,
                         guint         *first,
                         guint         *end)
{
  Lane *lane;

  g_return_if_fail (RFI_IS_SCHEDULE (self));

  *first = *end = 0;
  lane = g_hash_table_lookup (self->lanes, technician_id);
  if (lane == NULL)
    return;

  find_place (lane, range->start - lane->longest, 0, first);
  find_place (lane, range->end, 0, end);
}

gboolean
rfi_schedule_find (RfiSchedule  *self,
                   const char   *job_id,
                   const char  **technician_id,
                   guint        *position)
{
  RfiJobState *state;
  Lane *lane;
  RfiSpan span;
  guint row;

  g_return_val_if_fail (RFI_IS_SCHEDULE (self), FALSE);

  if (!_rfi_job_table_find_row (self->table, job_id, &row))
    return FALSE;

  state = _rfi_job_table_get_row (self->table, row);
  if (!get_span (self, state, &span))
    return FALSE;

  *technician_id = state->work->assigned_to;
  lane = g_hash_table_lookup (self->lanes, *technician_id);
  return lane != NULL && find_place (lane, span.start, row, position);
}

GPtrArray *
rfi_schedule_list_technicians (RfiSchedule *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id, lane;

  g_return_val_if_fail (RFI_IS_SCHEDULE (self), ids);

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, &id, &lane))
    if (((Lane *) lane)->bars->len > 0)
      g_ptr_array_add (ids, id);
  return ids;
}

guint
rfi_schedule_get_n_bars (RfiSchedule *self)
{
  g_return_val_if_fail (RFI_IS_SCHEDULE (self), 0);

  return self->n_bars;
}

static gboolean
lacks_place (const RfiJob *job)
{
  RfiSpan span;

  return !rfi_status_is_final (job->status)
         && (!has_technician (job) || !rfi_schedule_get_span (job, &span));
}

gboolean
rfi_schedule_is_waiting (const RfiJob *job,
                         gpointer      now)
{
  return lacks_place (job) && rfi_schedule_get_hold (job) <= *(const gint64 *) now;
}

gboolean
rfi_schedule_is_held (const RfiJob *job,
                      gpointer      now)
{
  return lacks_place (job) && rfi_schedule_get_hold (job) > *(const gint64 *) now;
}
