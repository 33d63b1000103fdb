/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-hold"

#include "config.h"

#include "rfi-job-hold-private.h"

#include "rfi-job-item-private.h"
#include "rfi-job-table-private.h"

#include <string.h>

/* What is held of a table belongs to it, and is few. */
typedef struct
{
  RfiJobTable *table;  /* unowned: it owns this */
  GPtrArray   *held;   /* (owned) (element-type Held) */
  guint        source; /* lets go once the table has told its changes */
} Holds;

typedef struct
{
  RfiJobItem  *item;    /* (owned) */
  guint        n;       /* holds of it */
  RfiJobState *state;   /* (owned) (nullable): what waits */
  gboolean     removed; /* its removal waits */
} Held;

struct _RfiJobHold
{
  RfiJobTable *table;  /* (owned) */
  RfiJobItem  *item;   /* (owned) */
};

static G_DEFINE_QUARK (rfi-job-holds, holds)

static void
held_free (gpointer data)
{
  Held *self = data;

  _rfi_job_item_set_news (self->item, FALSE);
  g_clear_pointer (&self->state, rfi_job_state_unref);
  g_object_unref (self->item);
  g_free (self);
}

static void
holds_free (gpointer data)
{
  Holds *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->held);
  g_free (self);
}

static Holds *
ensure_holds (RfiJobTable *table)
{
  Holds *self = g_object_get_qdata (G_OBJECT (table), holds_quark ());

  if (self == NULL)
    {
      self = g_new0 (Holds, 1);
      self->table = table;
      self->held = g_ptr_array_new_with_free_func (held_free);
      g_object_set_qdata_full (G_OBJECT (table), holds_quark (), self, holds_free);
    }
  return self;
}

/* (nullable) */
static Held *
find (RfiJobTable *table,
      const char  *job_id)
{
  Holds *self = g_object_get_qdata (G_OBJECT (table), holds_quark ());

  for (guint i = 0; self != NULL && i < self->held->len; i++)
    {
      Held *held = g_ptr_array_index (self->held, i);

      if (strcmp (rfi_job_item_get_id (held->item), job_id) == 0)
        return held;
    }
  return NULL;
}

static void
set_news (Held        *held,
          RfiJobState *state,
          gboolean     removed)
{
  g_clear_pointer (&held->state, rfi_job_state_unref);
  held->state = state != NULL ? rfi_job_state_ref (state) : NULL;
  held->removed = removed;
  _rfi_job_item_set_news (held->item, state != NULL || removed);
}

static void
show (Holds *self,
      Held  *held)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (held->state != NULL)
    g_ptr_array_add (states, rfi_job_state_ref (held->state));
  if (held->removed)
    g_ptr_array_add (ids, g_strdup (rfi_job_item_get_id (held->item)));

  set_news (held, NULL, FALSE);
  if (states->len > 0 || ids->len > 0)
    rfi_job_table_apply (self->table, states, ids, TRUE);
}

static void
let_go (Holds *self)
{
  for (guint i = self->held->len; i > 0; i--)
    {
      Held *held = g_ptr_array_index (self->held, i - 1);

      if (held->n > 0)
        continue;

      g_ptr_array_steal_index (self->held, i - 1);
      show (self, held);
      held_free (held);
      /* Those who were told may have let go of more. */
      i = self->held->len + 1;
    }
}

static gboolean
let_go_cb (gpointer user_data)
{
  Holds *self = user_data;

  self->source = 0;
  let_go (self);
  return G_SOURCE_REMOVE;
}

RfiJobHold *
rfi_job_hold_new (RfiJobTable *table,
                  RfiJobItem  *item)
{
  RfiJobHold *self = g_new0 (RfiJobHold, 1);
  Holds *holds = ensure_holds (table);
  Held *held = find (table, rfi_job_item_get_id (item));

  self->table = g_object_ref (table);
  self->item = g_object_ref (item);
  if (held == NULL)
    {
      held = g_new0 (Held, 1);
      held->item = g_object_ref (item);
      g_ptr_array_add (holds->held, held);
    }
  held->n++;
  return self;
}

void
rfi_job_hold_free (RfiJobHold *self)
{
  Holds *holds = ensure_holds (self->table);
  Held *held = find (self->table, rfi_job_item_get_id (self->item));

  if (held != NULL && held->n > 0)
    held->n--;
  if (!_rfi_job_table_is_busy (self->table))
    let_go (holds);
  else if (holds->source == 0)
    holds->source = g_idle_add (let_go_cb, holds);

  g_object_unref (self->item);
  g_object_unref (self->table);
  g_free (self);
}

void
rfi_job_hold_show (RfiJobTable *table,
                   const char  *job_id)
{
  Held *held = find (table, job_id);

  if (held != NULL && !_rfi_job_table_is_busy (table))
    show (ensure_holds (table), held);
}

const RfiJob *
rfi_job_hold_get_news (RfiJobTable *table,
                       RfiJobItem  *item)
{
  Held *held = find (table, rfi_job_item_get_id (item));

  return held != NULL && held->state != NULL ? held->state->work : NULL;
}

/* What a person did is pending when it comes. What comes else, such as the photos that were looked
 * for, has in it what waits, and waits with it. */
static gboolean
does_wait (Held        *held,
           RfiJobState *state,
           gboolean     foreign)
{
  gboolean has_news = held->state != NULL || held->removed;

  return foreign || (has_news && state->n_pending == 0);
}

GPtrArray *
_rfi_job_hold_sift (RfiJobTable *table,
                    GPtrArray   *upserted,
                    GPtrArray   *removed,
                    gboolean     foreign)
{
  Holds *self = g_object_get_qdata (G_OBJECT (table), holds_quark ());
  g_autoptr(GPtrArray) left = NULL;
  gboolean waits;
  Held *held;

  if (self == NULL || self->held->len == 0)
    return removed != NULL ? g_ptr_array_ref (removed) : NULL;

  left = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; removed != NULL && i < removed->len; i++)
    {
      held = find (table, g_ptr_array_index (removed, i));
      if (held != NULL)
        set_news (held, NULL, foreign);
      if (held == NULL || !foreign)
        g_ptr_array_add (left, g_strdup (g_ptr_array_index (removed, i)));
    }

  for (guint i = upserted->len; i > 0; i--)
    {
      RfiJobState *state = g_ptr_array_index (upserted, i - 1);

      held = find (table, state->work->id);
      if (held == NULL)
        continue;

      waits = does_wait (held, state, foreign);
      set_news (held, waits ? state : NULL, FALSE);
      if (waits)
        g_ptr_array_remove_index (upserted, i - 1);
    }
  return g_steal_pointer (&left);
}
