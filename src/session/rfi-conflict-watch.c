/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-watch"

#include "config.h"

#include "rfi-conflict-watch.h"

#include "rfi-record-item.h"

struct _RfiConflictWatch
{
  GObject      parent_instance;

  RfiClock    *clock;      /* (owned) */
  GListModel  *conflicts;  /* (owned) */
  RfiUser     *user;       /* (owned) */
  GHashTable  *told;       /* (owned) (element-type utf8 RfiConflictWait): by conflict id */
  GHashTable  *handed;     /* (owned) (element-type utf8): conflict ids */
  guint        timer;
};

G_DEFINE_FINAL_TYPE (RfiConflictWatch, rfi_conflict_watch, G_TYPE_OBJECT)

enum {
  WAITS,
  HANDED_ON,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_handed_to (const RfiConflict *conflict,
              const RfiUser     *user)
{
  if (!rfi_conflict_facts_is_escalated (conflict->facts))
    return FALSE;

  return conflict->facts->escalated_to != NULL
           ? g_strcmp0 (conflict->facts->escalated_to, user->id) == 0
           : user->role == RFI_ROLE_ADMIN;
}

gboolean
rfi_conflict_watch_is_for (const RfiConflict *conflict,
                           const RfiUser     *user)
{
  return is_handed_to (conflict, user) ||
         (rfi_conflict_facts_is_investigated (conflict->facts) &&
          g_strcmp0 (conflict->facts->owner, user->id) == 0);
}

static void
tell_handed_on (RfiConflictWatch *self,
                RfiConflict      *conflict)
{
  /* Whoever hands it to themselves knows. */
  if (!is_handed_to (conflict, self->user) ||
      g_strcmp0 (conflict->facts->escalated_by, self->user->id) == 0)
    {
      g_hash_table_remove (self->handed, conflict->id);
      return;
    }
  if (g_hash_table_add (self->handed, g_strdup (conflict->id)))
    g_signal_emit (self, signals[HANDED_ON], 0, conflict);
}

static void
tell_wait (RfiConflictWatch *self,
           RfiConflict      *conflict,
           gint64            now)
{
  RfiConflictWait wait = rfi_conflict_wait_judge (conflict, now);
  int told = GPOINTER_TO_INT (g_hash_table_lookup (self->told, conflict->id));

  /* What others have to do is theirs to be reminded of. */
  if ((int) wait <= told ||
      (conflict->elsewhere && !rfi_conflict_watch_is_for (conflict, self->user)))
    return;

  g_hash_table_insert (self->told, g_strdup (conflict->id), GINT_TO_POINTER ((int) wait));
  g_signal_emit (self, signals[WAITS], 0, conflict, (int) wait);
}

static gboolean look_cb (gpointer user_data);

static void
look (RfiConflictWatch *self)
{
  gint64 now = rfi_clock_get_wall (self->clock);
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (self->conflicts); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (self->conflicts, i);
      g_autoptr(RfiConflict) conflict = rfi_conflict_ref (rfi_record_item_get (item));

      tell_handed_on (self, conflict);
      tell_wait (self, conflict, now);
      next = MIN (next, rfi_conflict_wait_get_next (conflict, now));
    }

  if (self->timer != 0)
    rfi_clock_disarm (self->clock, self->timer);
  self->timer = 0;
  if (next != G_MAXINT64)
    self->timer = rfi_clock_arm (self->clock, MAX (next - now, 1), look_cb, self);
}

static gboolean
look_cb (gpointer user_data)
{
  RfiConflictWatch *self = user_data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GListModel       *conflicts,
            guint             position,
            guint             removed,
            guint             added,
            RfiConflictWatch *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (conflicts, i);

      g_signal_handlers_disconnect_by_func (item, look, self);
      g_signal_connect_object (item, "notify::record", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
    }
  look (self);
}

void
rfi_conflict_watch_start (RfiConflictWatch *self)
{
  g_return_if_fail (RFI_IS_CONFLICT_WATCH (self));

  g_signal_connect_object (self->conflicts, "items-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_AFTER);
  changed_cb (self->conflicts, 0, 0, g_list_model_get_n_items (self->conflicts), self);
}

static void
rfi_conflict_watch_dispose (GObject *object)
{
  RfiConflictWatch *self = RFI_CONFLICT_WATCH (object);

  if (self->timer != 0)
    rfi_clock_disarm (self->clock, self->timer);
  self->timer = 0;
  g_clear_object (&self->conflicts);

  G_OBJECT_CLASS (rfi_conflict_watch_parent_class)->dispose (object);
}

static void
rfi_conflict_watch_finalize (GObject *object)
{
  RfiConflictWatch *self = RFI_CONFLICT_WATCH (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->handed);

  G_OBJECT_CLASS (rfi_conflict_watch_parent_class)->finalize (object);
}

static void
rfi_conflict_watch_class_init (RfiConflictWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_conflict_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_conflict_watch_finalize;

  signals[WAITS] = g_signal_new ("waits", RFI_TYPE_CONFLICT_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, RFI_TYPE_CONFLICT, G_TYPE_INT);
  signals[HANDED_ON] = g_signal_new ("handed-on", RFI_TYPE_CONFLICT_WATCH, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_CONFLICT);
}

static void
rfi_conflict_watch_init (RfiConflictWatch *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->handed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RfiConflictWatch *
rfi_conflict_watch_new (RfiClock   *clock,
                        GListModel *conflicts,
                        RfiUser    *user)
{
  RfiConflictWatch *self = g_object_new (RFI_TYPE_CONFLICT_WATCH, NULL);

  self->clock = g_object_ref (clock);
  self->conflicts = g_object_ref (conflicts);
  self->user = rfi_user_ref (user);
  return self;
}
