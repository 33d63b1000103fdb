/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-list"

#include "config.h"

#include "rfi-alert-list.h"

#include "rfi-alert-item-private.h"
#include "rfi-due-heap.h"
#include "rfi-job-table-private.h"

#include <string.h>

/* Each row is looked at when its job changes, and when the moment comes that the last look named:
 * the heap knows which is next. The clock of the wall may be set, and stands still for timers
 * while the computer sleeps: so no wait is longer than a minute, and after a jump all is looked at.
 */
#define LONGEST_WAIT 60000
#define JUMP 30000

/* So many at once are told as one. */
#define N_FLOOD 32

struct _RfiAlertList
{
  GObject        parent_instance;

  RfiJobTable   *table;       /* (owned) */
  RfiClock      *clock;       /* (owned) */
  RfiAlertRules  rules;
  RfiDueHeap    *heap;        /* (owned): rows of the table */
  GSequence     *items;       /* (owned) (element-type RfiAlertItem) */
  GHashTable    *by_row;      /* (owned) (element-type guint GSequenceIter) */
  GHashTable    *mutes;       /* (owned) (element-type guint RfiAlertMute): by row */
  RfiAlertFile  *file;        /* (owned) (nullable): they are kept in */
  GHashTable    *absent;      /* (owned) (nullable) (element-type utf8 RfiAlertMute): by jobs that
                                 are not in the table, or not yet */
  guint          save_source; /* some have been forgotten */
  GPtrArray     *arisen;      /* (owned) (element-type RfiAlertItem): to be told */
  guint          n_active;
  guint          n_critical;
  guint          n_late;      /* of the active ones: behind their plan */
  guint          timer;
  gint64         offset;      /* of the two clocks, as last seen */
  gint64         born;        /* ms since 1970: what is older is no news */
  gboolean       flood;       /* changes are told when it is over */
};

enum {
  PROP_0,
  PROP_N_ACTIVE,
  PROP_N_CRITICAL,
  PROP_N_ITEMS,
  PROP_N_LATE,
  N_PROPS
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiAlertList, rfi_alert_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];
static guint arisen_signal;

static RfiJobState *
get_state (RfiAlertList *self,
           guint         row)
{
  return row < _rfi_job_table_get_n_rows (self->table) && _rfi_job_table_has_row (self->table, row)
           ? _rfi_job_table_get_row (self->table, row)
           : NULL;
}

static GSequenceIter *
find_place (RfiAlertList *self,
            guint         row)
{
  return g_hash_table_lookup (self->by_row, GUINT_TO_POINTER (row));
}

/* Telling */

static void
tell (RfiAlertList *self,
      guint         position,
      guint         n_removed,
      guint         n_added)
{
  if (!self->flood)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
count (RfiAlertList *self,
       RfiAlertItem *item,
       int           step)
{
  RfiAlertKind kind = rfi_alert_item_get_kind (item);

  if (rfi_alert_item_get_muted (item))
    return;

  self->n_active += step;
  if (rfi_alert_get_severity (kind) == RFI_SEVERITY_CRITICAL)
    self->n_critical += step;
  if (rfi_alert_is_late (kind))
    self->n_late += step;
}

/* @item: (transfer full) */
static void
put_in (RfiAlertList *self,
        RfiAlertItem *item)
{
  GSequenceIter *place =
    g_sequence_insert_sorted (self->items, item, _rfi_alert_item_compare, NULL);
  guint row = _rfi_alert_item_get_facts (item)->row;

  g_hash_table_insert (self->by_row, GUINT_TO_POINTER (row), place);
  count (self, item, 1);
  tell (self, (guint) g_sequence_iter_get_position (place), 0, 1);
}

static void
take_out (RfiAlertList  *self,
          GSequenceIter *place)
{
  RfiAlertItem *item = g_sequence_get (place);
  guint position = (guint) g_sequence_iter_get_position (place);

  count (self, item, -1);
  g_hash_table_remove (self->by_row,
                       GUINT_TO_POINTER (_rfi_alert_item_get_facts (item)->row));
  g_sequence_remove (place);
  tell (self, position, 1, 0);
}

/* Whether the item would stand elsewhere than between its neighbours. */
static gboolean
is_misplaced (GSequenceIter *place)
{
  GSequenceIter *next = g_sequence_iter_next (place);

  if (!g_sequence_iter_is_begin (place) &&
      _rfi_alert_item_compare (g_sequence_get (g_sequence_iter_prev (place)),
                               g_sequence_get (place), NULL) > 0)
    return TRUE;

  return !g_sequence_iter_is_end (next) &&
         _rfi_alert_item_compare (g_sequence_get (place), g_sequence_get (next), NULL) > 0;
}

static void
change (RfiAlertList        *self,
        GSequenceIter       *place,
        RfiJobState         *state,
        const RfiAlertFacts *facts)
{
  g_autoptr(RfiAlertItem) item = g_object_ref (g_sequence_get (place));
  guint before = (guint) g_sequence_iter_get_position (place);
  guint after;

  count (self, item, -1);
  _rfi_alert_item_set (item, state, facts);
  count (self, item, 1);
  if (is_misplaced (place))
    {
      g_sequence_sort_changed (place, _rfi_alert_item_compare, NULL);
      after = (guint) g_sequence_iter_get_position (place);
      tell (self, MIN (before, after), MAX (before, after) - MIN (before, after) + 1,
            MAX (before, after) - MIN (before, after) + 1);
    }
  _rfi_alert_item_tell (item);
}

/* Keeping */

static gboolean
save (RfiAlertList  *self,
      GError       **error)
{
  g_autoptr(GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 now = rfi_clock_get_wall (self->clock);
  GHashTableIter iter;
  gpointer key, mute;

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_hash_table_iter_init (&iter, self->absent);
  while (g_hash_table_iter_next (&iter, &key, &mute))
    if (rfi_alert_mute_is_recent (mute, now))
      g_hash_table_insert (kept, key, mute);
  g_hash_table_iter_init (&iter, self->mutes);
  while (g_hash_table_iter_next (&iter, &key, &mute))
    g_hash_table_insert (kept, (gpointer) get_state (self, GPOINTER_TO_UINT (key))->work->id,
                         mute);
  return rfi_alert_file_write (self->file, kept, error);
}

/* What is on disk and should be forgotten is forgotten when it is next read. */
static void
save_now (RfiAlertList *self)
{
  g_autoptr(GError) error = NULL;

  if (!save (self, &error))
    g_warning ("What is known of alerts is not kept: %s", error->message);
}

static gboolean
save_cb (gpointer user_data)
{
  RfiAlertList *self = RFI_ALERT_LIST (user_data);

  self->save_source = 0;
  save_now (self);
  return G_SOURCE_REMOVE;
}

/* Nobody waits for it. */
static void
queue_save (RfiAlertList *self)
{
  if (self->file != NULL && self->save_source == 0)
    self->save_source = g_idle_add_full (G_PRIORITY_LOW, save_cb, self, NULL);
}

/* Looking */

/* (nullable) */
static RfiAlertMute *
find_mute (RfiAlertList *self,
           guint         row)
{
  RfiAlertMute *mute = g_hash_table_lookup (self->mutes, GUINT_TO_POINTER (row));
  RfiJobState *state = get_state (self, row);
  gpointer job_id, kept;

  if (mute != NULL || state == NULL || self->absent == NULL ||
      !g_hash_table_steal_extended (self->absent, state->work->id, &job_id, &kept))
    return mute;

  g_free (job_id);
  g_hash_table_insert (self->mutes, GUINT_TO_POINTER (row), kept);
  return kept;
}

static void
forget (RfiAlertList *self,
        guint         row)
{
  if (g_hash_table_remove (self->mutes, GUINT_TO_POINTER (row)))
    queue_save (self);
}

/* What of the present reasons a person does not know yet. A reason that went, or is counted from
 * another moment, is forgotten, and the whole once nothing is left or its time has come. */
static guint
find_unknown (RfiAlertList        *self,
              guint                row,
              const RfiAlertCheck *check,
              gint64               now)
{
  RfiAlertMute *mute = find_mute (self, row);

  if (mute == NULL)
    return check->kinds;

  for (guint kind = 0; kind < RFI_N_ALERT_KINDS; kind++)
    if ((check->kinds & 1u << kind) == 0 || check->since[kind] != mute->since[kind])
      mute->kinds &= ~(1u << kind);
  if (mute->kinds == 0 || mute->until <= now)
    {
      forget (self, row);
      return check->kinds;
    }

  return check->kinds & ~mute->kinds;
}

static gint64
get_muted_until (RfiAlertList *self,
                 guint         row)
{
  const RfiAlertMute *mute = g_hash_table_lookup (self->mutes, GUINT_TO_POINTER (row));

  return mute != NULL ? mute->until : G_MAXINT64;
}

/* A job that comes into sight as it was before anybody looked has wanted attention all along. */
static void
note_arisen (RfiAlertList *self,
             guint         row,
             gboolean      fresh)
{
  if (fresh && get_state (self, row)->work->updated_at < self->born)
    return;

  g_ptr_array_add (self->arisen, g_object_ref (g_sequence_get (find_place (self, row))));
}

static void
show (RfiAlertList        *self,
      guint                row,
      RfiJobState         *state,
      const RfiAlertCheck *check,
      guint                unknown,
      gboolean             fresh)
{
  GSequenceIter *place = find_place (self, row);
  guint shown = unknown != 0 ? unknown : check->kinds;
  RfiAlertKind kind = (RfiAlertKind) g_bit_nth_lsf (shown, -1);
  RfiAlertFacts facts = { kind, check->since[kind], 0, row };
  const RfiAlertFacts *before;

  if (unknown == 0)
    facts.muted_until = get_muted_until (self, row);
  if (place == NULL)
    {
      put_in (self, _rfi_alert_item_new (state, &facts));
      if (unknown != 0)
        note_arisen (self, row, fresh);
      return;
    }

  before = _rfi_alert_item_get_facts (g_sequence_get (place));
  if (unknown != 0 && (before->muted_until != 0 || kind < before->kind ||
                       (kind == before->kind && facts.since != before->since)))
    note_arisen (self, row, FALSE);
  change (self, place, state, &facts);
}

static void
check_row (RfiAlertList  *self,
           guint          row,
           gint64         now,
           RfiAlertCheck *check)
{
  RfiJobState *state = get_state (self, row);

  if (state != NULL)
    rfi_alert_check (state->work, &self->rules, now, check);
}

/* @fresh: whether the job just came into the table */
static void
look_at (RfiAlertList *self,
         guint         row,
         gint64        now,
         gboolean      fresh)
{
  RfiJobState *state = get_state (self, row);
  RfiAlertCheck check = { .next = G_MAXINT64 };
  guint unknown;

  check_row (self, row, now, &check);
  unknown = find_unknown (self, row, &check, now);
  rfi_due_heap_set (self->heap, row, MIN (check.next, get_muted_until (self, row)));

  if (check.kinds != 0)
    show (self, row, state, &check, unknown, fresh);
  else if (find_place (self, row) != NULL)
    take_out (self, find_place (self, row));
}

/* Batches */

typedef struct
{
  guint n_items, n_active, n_critical, n_late;
} Batch;

static Batch
begin (RfiAlertList *self,
       guint         n_rows)
{
  Batch batch = { (guint) g_sequence_get_length (self->items), self->n_active,
                  self->n_critical, self->n_late };

  self->flood = n_rows > N_FLOOD;
  return batch;
}

static void
tell_arisen (RfiAlertList *self)
{
  g_autoptr(GPtrArray) arisen = g_steal_pointer (&self->arisen);

  self->arisen = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < arisen->len; i++)
    g_signal_emit (self, arisen_signal, 0, g_ptr_array_index (arisen, i));
}

static gboolean tick_cb (gpointer user_data);

static void
arm (RfiAlertList *self)
{
  guint row;
  gint64 due;

  if (self->timer != 0)
    rfi_clock_disarm (self->clock, self->timer);
  self->timer = 0;
  if (!rfi_due_heap_peek (self->heap, &row, &due))
    return;

  self->timer = rfi_clock_arm (self->clock,
                               CLAMP (due - rfi_clock_get_wall (self->clock), 1, LONGEST_WAIT),
                               tick_cb, self);
}

/* @silent: what arose is no news */
static void
end (RfiAlertList *self,
     const Batch  *batch,
     gboolean      silent)
{
  g_autoptr(RfiAlertList) held = g_object_ref (self);
  guint n_items = (guint) g_sequence_get_length (self->items);

  if (self->flood)
    {
      self->flood = FALSE;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, batch->n_items, n_items);
    }
  arm (self);
  if (n_items != batch->n_items)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (self->n_active != batch->n_active)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
  if (self->n_critical != batch->n_critical)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CRITICAL]);
  if (self->n_late != batch->n_late)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LATE]);
  if (silent)
    g_ptr_array_set_size (self->arisen, 0);
  else
    tell_arisen (self);
}

static void
look_at_all (RfiAlertList *self,
             gboolean      silent)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->table);
  gint64 now = rfi_clock_get_wall (self->clock);
  Batch batch = begin (self, n_rows);

  self->offset = now - rfi_clock_get_monotonic (self->clock);
  for (guint row = 0; row < n_rows; row++)
    look_at (self, row, now, FALSE);
  end (self, &batch, silent);
}

static void
look_at_due (RfiAlertList *self,
             gint64        now)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  Batch batch;
  gint64 due;
  guint row;

  while (rfi_due_heap_peek (self->heap, &row, &due) && due <= now)
    {
      g_array_append_val (rows, row);
      rfi_due_heap_set (self->heap, row, G_MAXINT64);
    }

  batch = begin (self, rows->len);
  for (guint i = 0; i < rows->len; i++)
    look_at (self, g_array_index (rows, guint, i), now, FALSE);
  end (self, &batch, FALSE);
}

static gboolean
tick_cb (gpointer user_data)
{
  RfiAlertList *self = RFI_ALERT_LIST (user_data);
  gint64 now = rfi_clock_get_wall (self->clock);
  gint64 offset = now - rfi_clock_get_monotonic (self->clock);

  self->timer = 0;
  if (ABS (offset - self->offset) > JUMP)
    look_at_all (self, FALSE);
  else
    look_at_due (self, now);
  return G_SOURCE_REMOVE;
}

static void
rows_changed_cb (RfiAlertList *self,
                 GArray       *changes)
{
  gint64 now = rfi_clock_get_wall (self->clock);
  Batch batch = begin (self, changes->len);

  for (guint i = 0; i < changes->len; i++)
    {
      const RfiJobChange *change = &g_array_index (changes, RfiJobChange, i);

      if (change->after == NULL)
        forget (self, change->row);
      look_at (self, change->row, now, change->before == NULL);
    }
  end (self, &batch, FALSE);
}

/* The model */

static GType
get_item_type (GListModel *model)
{
  return RFI_TYPE_ALERT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (RFI_ALERT_LIST (model)->items);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GSequenceIter *place =
    g_sequence_get_iter_at_pos (RFI_ALERT_LIST (model)->items, (int) MIN (position, G_MAXINT));

  return g_sequence_iter_is_end (place) ? NULL : g_object_ref (g_sequence_get (place));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
rfi_alert_list_dispose (GObject *object)
{
  RfiAlertList *self = RFI_ALERT_LIST (object);

  if (self->timer != 0)
    rfi_clock_disarm (self->clock, self->timer);
  self->timer = 0;
  if (self->save_source != 0)
    save_now (self);
  if (self->table != NULL)
    g_signal_handlers_disconnect_by_data (self->table, self);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (rfi_alert_list_parent_class)->dispose (object);
}

static void
rfi_alert_list_finalize (GObject *object)
{
  RfiAlertList *self = RFI_ALERT_LIST (object);

  g_clear_object (&self->clock);
  rfi_due_heap_free (self->heap);
  g_sequence_free (self->items);
  g_hash_table_unref (self->by_row);
  g_hash_table_unref (self->mutes);
  g_clear_pointer (&self->absent, g_hash_table_unref);
  g_clear_pointer (&self->file, rfi_alert_file_free);
  g_ptr_array_unref (self->arisen);

  G_OBJECT_CLASS (rfi_alert_list_parent_class)->finalize (object);
}

static void
rfi_alert_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RfiAlertList *self = RFI_ALERT_LIST (object);

  switch (prop_id)
    {
    case PROP_N_ACTIVE:
      g_value_set_uint (value, self->n_active);
      break;

    case PROP_N_CRITICAL:
      g_value_set_uint (value, self->n_critical);
      break;

    case PROP_N_ITEMS:
      g_value_set_uint (value, get_n_items (G_LIST_MODEL (self)));
      break;

    case PROP_N_LATE:
      g_value_set_uint (value, self->n_late);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_alert_list_class_init (RfiAlertListClass *klass)
{
  static const char * const names[N_PROPS] = {
    [PROP_N_ACTIVE] = "n-active", [PROP_N_CRITICAL] = "n-critical",
    [PROP_N_ITEMS] = "n-items", [PROP_N_LATE] = "n-late",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_alert_list_dispose;
  object_class->finalize = rfi_alert_list_finalize;
  object_class->get_property = rfi_alert_list_get_property;

  for (guint i = PROP_N_ACTIVE; i < N_PROPS; i++)
    properties[i] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0,
                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  arisen_signal = g_signal_new ("arisen", RFI_TYPE_ALERT_LIST, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_ALERT_ITEM);
}

static void
rfi_alert_list_init (RfiAlertList *self)
{
  self->heap = rfi_due_heap_new ();
  self->items = g_sequence_new (g_object_unref);
  self->by_row = g_hash_table_new (NULL, NULL);
  self->mutes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->arisen = g_ptr_array_new_with_free_func (g_object_unref);
}

RfiAlertList *
rfi_alert_list_new (RfiJobTable         *table,
                    const RfiAlertRules *rules,
                    RfiClock            *clock)
{
  RfiAlertList *self = g_object_new (RFI_TYPE_ALERT_LIST, NULL);

  self->table = g_object_ref (table);
  self->clock = g_object_ref (clock);
  self->rules = *rules;
  self->born = rfi_clock_get_wall (clock);
  g_signal_connect_swapped (table, "rows-changed", G_CALLBACK (rows_changed_cb), self);
  look_at_all (self, TRUE);
  return self;
}

void
rfi_alert_list_keep (RfiAlertList *self,
                     RfiAlertFile *file)
{
  g_return_if_fail (RFI_IS_ALERT_LIST (self));
  g_return_if_fail (self->file == NULL);

  self->file = file;
  self->absent = rfi_alert_file_read (file);
  look_at_all (self, TRUE);
}

void
rfi_alert_list_set_rules (RfiAlertList        *self,
                          const RfiAlertRules *rules)
{
  g_return_if_fail (RFI_IS_ALERT_LIST (self));

  self->rules = *rules;
  look_at_all (self, TRUE);
}

guint
rfi_alert_list_get_n_active (RfiAlertList *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_LIST (self), 0);

  return self->n_active;
}

guint
rfi_alert_list_get_n_critical (RfiAlertList *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_LIST (self), 0);

  return self->n_critical;
}

RfiAlertItem *
rfi_alert_list_find (RfiAlertList *self,
                     const char   *job_id)
{
  GSequenceIter *place;
  guint row;

  g_return_val_if_fail (RFI_IS_ALERT_LIST (self), NULL);

  if (!_rfi_job_table_find_row (self->table, job_id, &row))
    return NULL;

  place = find_place (self, row);
  return place != NULL ? g_sequence_get (place) : NULL;
}

RfiAlertItem *
rfi_alert_list_step (RfiAlertList *self,
                     const char   *job_id,
                     gboolean      forward)
{
  RfiAlertItem *from;
  guint row;
  guint position;

  g_return_val_if_fail (RFI_IS_ALERT_LIST (self), NULL);

  if (self->n_active == 0)
    return NULL;

  from = rfi_alert_list_find (self, job_id);
  if (from == NULL || rfi_alert_item_get_muted (from))
    position = forward ? 0 : self->n_active - 1;
  else
    {
      row = _rfi_alert_item_get_facts (from)->row;
      position = (guint) g_sequence_iter_get_position (find_place (self, row));
      position = (position + (forward ? 1 : self->n_active - 1)) % self->n_active;
    }

  return g_sequence_get (g_sequence_get_iter_at_pos (self->items, (int) position));
}

/* Returns: (transfer full) (nullable): %NULL if there is nothing to be known */
static RfiAlertMute *
make_mute (RfiAlertList *self,
           guint         row,
           gint64        until,
           gint64        now)
{
  RfiAlertCheck check = { .next = G_MAXINT64 };
  RfiAlertMute *mute;

  check_row (self, row, now, &check);
  if (until == 0 || check.kinds == 0)
    return NULL;

  mute = g_new0 (RfiAlertMute, 1);
  mute->kinds = check.kinds;
  mute->until = until;
  memcpy (mute->since, check.since, sizeof mute->since);
  return mute;
}

/* @mute: (transfer full) (nullable) */
static void
set_mute (RfiAlertList *self,
          guint         row,
          RfiAlertMute *mute)
{
  if (mute != NULL)
    g_hash_table_insert (self->mutes, GUINT_TO_POINTER (row), mute);
  else
    g_hash_table_remove (self->mutes, GUINT_TO_POINTER (row));
}

gboolean
rfi_alert_list_mute (RfiAlertList  *self,
                     const char    *job_id,
                     gint64         until,
                     GError       **error)
{
  gint64 now = rfi_clock_get_wall (self->clock);
  gpointer before = NULL;
  Batch batch;
  guint row;

  g_return_val_if_fail (RFI_IS_ALERT_LIST (self), FALSE);

  if (!_rfi_job_table_find_row (self->table, job_id, &row))
    return TRUE;

  g_hash_table_steal_extended (self->mutes, GUINT_TO_POINTER (row), NULL, &before);
  set_mute (self, row, make_mute (self, row, until, now));
  if (self->file != NULL && !save (self, error))
    {
      set_mute (self, row, before);
      return FALSE;
    }

  g_free (before);
  batch = begin (self, 1);
  look_at (self, row, now, FALSE);
  end (self, &batch, TRUE);
  return TRUE;
}
