/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-desk"

#include "config.h"

#include "rfi-conflict-desk.h"

#include "rfi-conflict-desk-private.h"
#include "rfi-conflict-watch.h"
#include "rfi-decision.h"
#include "rfi-job-day.h"
#include "rfi-record-item.h"
#include "rfi-session-private.h"
#include "rfi-store-decide.h"
#include "rfi-wire-conflict.h"

#include <string.h>

/* Whether records changed is asked after each look of the engine at the server, but no oftener. */
#define GAP_MS 2000

/* What did not change is still known to be so: that is written down no oftener. */
#define KEEP_MS (60 * 1000)

/* A list as long as that may not be all. */
#define MOST_RECORDS 1000

enum {
  PROP_0,
  PROP_CURRENT,
  PROP_N_WAITING,
  PROP_TOLD_AT,
  N_PROPS
};

enum {
  SETTLED,
  CHOSEN,
  TROUBLE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiConflictDesk, rfi_conflict_desk, G_TYPE_OBJECT)

static const char *
get_key (gconstpointer record)
{
  return ((const RfiConflict *) record)->id;
}

/* (transfer none) (nullable) */
static RfiConflict *
get_at (GListModel *list,
        guint       position)
{
  g_autoptr(RfiRecordItem) item = g_list_model_get_item (list, position);

  return item != NULL ? rfi_record_item_get (item) : NULL;
}

static const RfiConflictRecord *
find_record (RfiConflictDesk *self,
             const char      *record_id)
{
  for (guint i = 0; record_id != NULL && i < self->records->len; i++)
    {
      const RfiConflictRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->id, record_id) == 0)
        return record;
    }
  return NULL;
}

/* The own ones, with what the server knows of them. @here: (out): whose records they are */
static void
add_own (RfiConflictDesk *self,
         GHashTable      *here,
         GPtrArray       *all)
{
  GListModel *own = rfi_session_get_conflicts (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (own); i++)
    {
      RfiConflict *conflict = get_at (own, i);
      const RfiConflictRecord *record = find_record (self, conflict->record_id);

      if (conflict->record_id != NULL)
        g_hash_table_add (here, conflict->record_id);
      g_ptr_array_add (all, record != NULL ? rfi_conflict_record_to_conflict (record, conflict)
                                           : rfi_conflict_ref (conflict));
    }
}

/* Whether the record is about an own change that waits here, whose conflict this computer is about
 * to learn of: it would stand there as somebody else's for a moment. */
static gboolean
is_on_its_way (RfiConflictDesk         *self,
               const RfiConflictRecord *record)
{
  GListModel *outbox = rfi_session_get_outbox (self->session);

  if (g_strcmp0 (record->user_id, rfi_session_get_user (self->session)->id) != 0)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);

      if (strcmp (((RfiOperation *) rfi_record_item_get (item))->job_id, record->job_id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @all: (element-type RfiConflict) */
static void
count_waiting (RfiConflictDesk *self,
               GPtrArray       *all)
{
  const RfiUser *user = rfi_session_get_user (self->session);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const RfiConflict *conflict = g_ptr_array_index (all, i);

      n += !conflict->elsewhere || rfi_conflict_watch_is_for (conflict, user);
    }
  if (n == self->n_waiting)
    return;

  self->n_waiting = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

/* Today's, by the clock on the wall: ms since 1970. */
static gint64
get_midnight (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return rfi_job_day_get_start (zone, g_get_real_time () / 1000);
}

static void
rebuild_settled (RfiConflictDesk *self)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_unref);
  gint64 midnight = get_midnight ();

  for (guint i = 0; i < self->done->len; i++)
    {
      const RfiConflictRecord *record = g_ptr_array_index (self->done, i);

      if (record->resolved_at >= midnight)
        g_ptr_array_add (all, rfi_conflict_record_to_conflict (record, NULL));
    }
  rfi_record_list_set (self->settled, all);
}

static void
rebuild (RfiConflictDesk *self)
{
  g_autoptr(GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_unref);

  add_own (self, here, all);
  for (guint i = 0; i < self->records->len; i++)
    {
      const RfiConflictRecord *record = g_ptr_array_index (self->records, i);

      if (!g_hash_table_contains (here, record->id) &&
          !g_hash_table_contains (self->decided, record->id) && !is_on_its_way (self, record))
        g_ptr_array_add (all, rfi_conflict_record_to_conflict (record, NULL));
    }
  rfi_record_list_set (self->list, all);
  count_waiting (self, all);
  rebuild_settled (self);
}

/* What a person said once and for all */

int
rfi_conflict_desk_get_choice (RfiConflictDesk *self,
                              RfiField         field)
{
  const char *word;

  g_return_val_if_fail (RFI_IS_CONFLICT_DESK (self), 0);

  if (self->choices == NULL || rfi_field_get_rule (field) == RFI_MERGE_STATE_MACHINE ||
      !g_variant_lookup (self->choices, rfi_field_to_string (field), "&s", &word))
    return 0;

  return strcmp (word, "mine") == 0 ? 1 : strcmp (word, "theirs") == 0 ? -1 : 0;
}

/* Whether the choices leave nothing open. @decision: is made so */
static gboolean
choose (RfiConflictDesk *self,
        RfiDecision     *decision)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  RfiFault fault;
  guint n = 0;

  if (conflict->reason != RFI_CONFLICT_FIELDS || conflict->theirs == NULL ||
      conflict->operation->patch == NULL)
    return FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      int choice = rfi_conflict_desk_get_choice (self, (RfiField) i);

      if (rfi_decision_get_outcome (decision, (RfiField) i) != RFI_MERGE_COLLISION)
        continue;
      if (choice == 0)
        return FALSE;
      rfi_decision_choose (decision, (RfiField) i, choice > 0);
      n++;
    }
  return n > 0 && rfi_decision_check (decision, &fault);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RfiConflictDesk *self = RFI_CONFLICT_DESK (object);
  g_autoptr(RfiConflict) conflict = user_data;
  g_autoptr(GError) error = NULL;

  if (rfi_conflict_desk_decide_finish (self, result, &error))
    g_signal_emit (object, signals[CHOSEN], 0, conflict);
  else
    g_hash_table_remove (self->tried, conflict->id);
  /* What somebody decided meanwhile is no trouble. */
  if (g_error_matches (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE))
    g_clear_error (&error);
  _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_CHOOSE, error);
}

static void
apply_choices (RfiConflictDesk *self)
{
  GListModel *own = rfi_session_get_conflicts (self->session);
  guint n = 0;

  for (guint i = 0; self->choices != NULL && i < g_list_model_get_n_items (own); i++)
    {
      RfiConflict *conflict = get_at (own, i);
      g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
      g_autoptr(RfiPatch) patch = NULL;

      if (g_hash_table_contains (self->tried, conflict->id) || !choose (self, decision))
        continue;

      n++;
      g_hash_table_add (self->tried, g_strdup (conflict->id));
      patch = rfi_decision_to_patch (decision);
      rfi_conflict_desk_begin (self);
      rfi_conflict_desk_decide_async (self, conflict->id, patch, chosen_cb,
                                      rfi_conflict_ref (conflict));
    }
  if (n == 0)
    _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_CHOOSE, NULL);
}

void
rfi_conflict_desk_set_choices (RfiConflictDesk *self,
                               GVariant        *choices)
{
  g_return_if_fail (RFI_IS_CONFLICT_DESK (self));

  if (choices != NULL)
    g_variant_ref_sink (choices);
  g_clear_pointer (&self->choices, g_variant_unref);
  self->choices = choices;
  apply_choices (self);
}

/* What the server tells */

typedef struct
{
  RfiConflictDesk *desk;      /* (owned) */
  RfiConflict     *conflict;  /* (owned) */
} Settlement;

static void
settlement_free (Settlement *self)
{
  rfi_conflict_unref (self->conflict);
  g_object_unref (self->desk);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settlement, settlement_free)

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Settlement) settlement = user_data;
  g_autoptr(GError) error = NULL;

  rfi_store_finish (RFI_STORE (object), result, &error);
  if (settlement->desk->session == NULL)
    return;

  _rfi_conflict_desk_set_trouble (settlement->desk, RFI_DESK_TROUBLE_SETTLE, error);
  if (error != NULL)
    return;

  _rfi_session_changed (settlement->desk->session);
  g_signal_emit (settlement->desk, signals[SETTLED], 0, settlement->conflict);
}

/* @record: (transfer none) */
static void
settle (Settlement              *settlement,
        const RfiConflictRecord *record)
{
  RfiConflictDesk *self = settlement->desk;
  RfiConflict *told = rfi_conflict_record_to_conflict (record, settlement->conflict);
  RfiStore *store = self->session != NULL ? _rfi_session_get_store (self->session) : NULL;
  Settlement *next;

  if (store == NULL)
    {
      rfi_conflict_unref (told);
      return;
    }

  next = g_new (Settlement, 1);
  next->desk = g_object_ref (self);
  next->conflict = told;
  rfi_store_settle_async (store, told->id, record->resolved_by, record->resolution,
                          g_get_real_time () / 1000, self->cancellable, settled_cb, next);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Settlement) settlement = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  g_autoptr(RfiConflictRecord) record = NULL;
  gsize length;
  const char *text;

  if (answer == NULL)
    return;

  text = g_bytes_get_data (answer, &length);
  record = rfi_conflict_record_parse (text, (gssize) length, &error);
  if (record == NULL)
    _rfi_conflict_desk_set_trouble (settlement->desk, RFI_DESK_TROUBLE_SETTLE, error);
  else if (record->resolved)
    settle (settlement, record);
}

/* Own conflicts that the server no longer counts as open: somebody else settled them. */
static void
look_up_settled (RfiConflictDesk *self)
{
  GListModel *own = rfi_session_get_conflicts (self->session);
  RfiSyncThread *sync = _rfi_session_get_sync (self->session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (own); i++)
    {
      RfiConflict *conflict = get_at (own, i);
      g_autofree char *path = NULL;
      Settlement *settlement;

      if (conflict->record_id == NULL || find_record (self, conflict->record_id) != NULL ||
          !g_hash_table_contains (self->asked, conflict->id))
        continue;

      n++;
      path = g_strdup_printf ("/v1/conflicts/%s", conflict->record_id);
      settlement = g_new (Settlement, 1);
      settlement->desk = g_object_ref (self);
      settlement->conflict = rfi_conflict_ref (conflict);
      rfi_sync_thread_ask_async (sync, path, NULL, self->cancellable, looked_up_cb, settlement);
    }
  if (n == 0)
    _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_SETTLE, NULL);
}

static void
forget_decided (RfiConflictDesk *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->decided);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (find_record (self, id) == NULL)
      g_hash_table_iter_remove (&iter);
}

/* @records: (transfer none) */
static void
take_records (RfiConflictDesk *self,
              GPtrArray       *records,
              gint64           told_at)
{
  g_ptr_array_set_size (self->records, 0);
  g_ptr_array_set_size (self->done, 0);
  while (records->len > 0)
    {
      RfiConflictRecord *record = g_ptr_array_steal_index (records, records->len - 1);

      g_ptr_array_insert (record->resolved ? self->done : self->records, 0, record);
    }
  self->told_at = told_at;
  forget_decided (self);
  rebuild (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOLD_AT]);
}

void
_rfi_conflict_desk_take_told (RfiConflictDesk *self,
                              GPtrArray       *records,
                              gint64           told_at)
{
  if (!self->current && self->session != NULL)
    take_records (self, records, told_at);
}

/* Records that somebody decided about here are not told any more. */
static void
keep_told (RfiConflictDesk *self)
{
  g_autoptr(GPtrArray) told = g_ptr_array_new ();

  for (guint i = 0; i < self->records->len; i++)
    {
      RfiConflictRecord *record = g_ptr_array_index (self->records, i);

      if (!g_hash_table_contains (self->decided, record->id))
        g_ptr_array_add (told, record);
    }
  for (guint i = 0; i < self->done->len; i++)
    g_ptr_array_add (told, g_ptr_array_index (self->done, i));
  self->kept_at = self->told_at;
  _rfi_conflict_desk_keep_told (self, told, self->told_at);
}

/* @answer: what @records, (transfer none), were read from */
static void
take_answer (RfiConflictDesk *self,
             GBytes          *answer,
             GPtrArray       *records)
{
  gint64 now = g_get_real_time () / 1000;
  guint n = records->len;

  take_records (self, records, now);
  _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_READ, NULL);
  if (self->kept == NULL || !g_bytes_equal (self->kept, answer) ||
      (rfi_conflict_desk_get_troubles (self) & RFI_DESK_TROUBLE_KEEP) != 0 ||
      (n > 0 && now - self->kept_at >= KEEP_MS))
    {
      g_clear_pointer (&self->kept, g_bytes_unref);
      self->kept = g_bytes_ref (answer);
      keep_told (self);
    }
  if (self->records->len < MOST_RECORDS)
    look_up_settled (self);
  if ((self->troubles & RFI_DESK_TROUBLE_CHOOSE) != 0)
    apply_choices (self);
  if (self->current)
    return;

  self->current = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

void
_rfi_conflict_desk_forget (RfiConflictDesk *self)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();

  take_records (self, nothing, 0);
  g_clear_pointer (&self->kept, g_bytes_unref);
  rfi_conflict_desk_refresh (self);
}

static gboolean
can_ask (RfiConflictDesk *self)
{
  return self->session != NULL && _rfi_session_get_sync (self->session) != NULL &&
         rfi_session_get_online (self->session) &&
         rfi_session_get_sync_state (self->session)->dialect == RFI_DIALECT_SYNC_V1;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiConflictDesk) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  g_autoptr(GPtrArray) records = NULL;

  self->asking = FALSE;
  if (self->session == NULL || _rfi_session_get_sync (self->session) == NULL)
    return;

  if (answer != NULL)
    {
      gsize length;
      const char *text = g_bytes_get_data (answer, &length);

      records = rfi_conflict_record_parse_list (text, (gssize) length, &error);
    }
  /* Who is offline knows that nothing is told. */
  _rfi_conflict_desk_set_trouble (self, RFI_DESK_TROUBLE_ASK, can_ask (self) ? error : NULL);
  if (records != NULL)
    take_answer (self, answer, records);
  if (self->asks_again)
    rfi_conflict_desk_refresh (self);
}

static void
remember_own (RfiConflictDesk *self)
{
  GListModel *own = rfi_session_get_conflicts (self->session);

  g_hash_table_remove_all (self->asked);
  for (guint i = 0; i < g_list_model_get_n_items (own); i++)
    g_hash_table_add (self->asked, g_strdup (get_at (own, i)->id));
}

void
rfi_conflict_desk_refresh (RfiConflictDesk *self)
{
  g_autofree char *path = NULL;

  g_return_if_fail (RFI_IS_CONFLICT_DESK (self));

  if (!can_ask (self))
    return;

  self->asks_again = self->asking;
  if (self->asking)
    return;

  self->asking = TRUE;
  remember_own (self);
  path = g_strdup_printf ("/v1/conflicts?state=open&settledSince=%" G_GINT64_FORMAT,
                          get_midnight ());
  rfi_sync_thread_ask_async (_rfi_session_get_sync (self->session), path, NULL, self->cancellable,
                             listed_cb, g_object_ref (self));
}

static gboolean
gap_over_cb (gpointer user_data)
{
  RfiConflictDesk *self = user_data;

  self->timer = 0;
  if (self->asks_again && !self->asking)
    rfi_conflict_desk_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
synced_cb (RfiConflictDesk *self)
{
  gint64 at = rfi_session_get_sync_state (self->session)->last_sync_at;

  if (at == self->last_sync_at || !can_ask (self))
    return;

  self->last_sync_at = at;
  if (self->timer != 0)
    {
      self->asks_again = TRUE;
      return;
    }
  self->timer = g_timeout_add (GAP_MS, gap_over_cb, self);
  rfi_conflict_desk_refresh (self);
}

static void
own_changed_cb (RfiConflictDesk *self)
{
  rebuild (self);
  apply_choices (self);
}

RfiSession *
_rfi_conflict_desk_get_session (RfiConflictDesk *self)
{
  return self->session;
}

GPtrArray *
_rfi_conflict_desk_get_undo (RfiConflictDesk *self)
{
  return self->undo;
}

void
_rfi_conflict_desk_hide (RfiConflictDesk *self,
                         RfiConflict     *conflict,
                         gboolean         hidden)
{
  if (conflict->record_id == NULL)
    return;

  if (hidden)
    g_hash_table_add (self->decided, g_strdup (conflict->record_id));
  else
    g_hash_table_remove (self->decided, conflict->record_id);
  rebuild (self);
  /* Deciding took it off the disk. */
  if (!hidden && self->told_at != 0)
    keep_told (self);
}

void
_rfi_conflict_desk_keep (RfiConflictDesk *self,
                         RfiConflict     *conflict)
{
  g_hash_table_add (self->tried, g_strdup (conflict->id));
}

GListModel *
rfi_conflict_desk_get_list (RfiConflictDesk *self)
{
  g_return_val_if_fail (RFI_IS_CONFLICT_DESK (self), NULL);

  return G_LIST_MODEL (self->list);
}

GListModel *
rfi_conflict_desk_get_settled (RfiConflictDesk *self)
{
  g_return_val_if_fail (RFI_IS_CONFLICT_DESK (self), NULL);

  return G_LIST_MODEL (self->settled);
}

RfiConflict *
rfi_conflict_desk_find (RfiConflictDesk *self,
                        const char      *conflict_id)
{
  g_return_val_if_fail (RFI_IS_CONFLICT_DESK (self), NULL);

  return rfi_record_list_find (self->list, conflict_id);
}

/* The session is about to go, and keeps this no longer. */
static void
let_go (gpointer data)
{
  RfiConflictDesk *self = data;

  self->session = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self);
}

RfiConflictDesk *
rfi_conflict_desk_get (RfiSession *session)
{
  RfiConflictDesk *self;

  g_return_val_if_fail (RFI_IS_SESSION (session), NULL);

  self = g_object_get_data (G_OBJECT (session), "rfi-conflict-desk");
  if (self != NULL)
    return self;

  self = g_object_new (RFI_TYPE_CONFLICT_DESK, NULL);
  self->session = session;
  g_object_set_data_full (G_OBJECT (session), "rfi-conflict-desk", self, let_go);
  g_signal_connect_object (rfi_session_get_conflicts (session), "items-changed",
                           G_CALLBACK (own_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (synced_cb), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  _rfi_conflict_desk_load_told (self);
  synced_cb (self);
  return self;
}

static void
rfi_conflict_desk_finalize (GObject *object)
{
  RfiConflictDesk *self = RFI_CONFLICT_DESK (object);

  g_clear_object (&self->list);
  g_clear_object (&self->settled);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->kept, g_bytes_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->decided, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_pointer (&self->tried, g_hash_table_unref);
  g_clear_pointer (&self->choices, g_variant_unref);

  G_OBJECT_CLASS (rfi_conflict_desk_parent_class)->finalize (object);
}

static void
rfi_conflict_desk_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CURRENT:
      g_value_set_boolean (value, RFI_CONFLICT_DESK (object)->current);
      break;

    case PROP_N_WAITING:
      g_value_set_uint (value, RFI_CONFLICT_DESK (object)->n_waiting);
      break;

    case PROP_TOLD_AT:
      g_value_set_int64 (value, RFI_CONFLICT_DESK (object)->told_at);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_conflict_desk_class_init (RfiConflictDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_conflict_desk_finalize;
  object_class->get_property = rfi_conflict_desk_get_property;

  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_WAITING] =
    g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TOLD_AT] =
    g_param_spec_int64 ("told-at", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SETTLED] = g_signal_new ("settled", RFI_TYPE_CONFLICT_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_CONFLICT);
  signals[CHOSEN] = g_signal_new ("chosen", RFI_TYPE_CONFLICT_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_CONFLICT);
  signals[TROUBLE] = g_signal_new ("trouble", RFI_TYPE_CONFLICT_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_conflict_desk_init (RfiConflictDesk *self)
{
  self->list = rfi_record_list_new (RFI_TYPE_CONFLICT, get_key);
  self->settled = rfi_record_list_new (RFI_TYPE_CONFLICT, get_key);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_record_free);
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_record_free);
  self->decided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->undo = g_ptr_array_new_with_free_func (_rfi_desk_deed_free);
  self->cancellable = g_cancellable_new ();
}
