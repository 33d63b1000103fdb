/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-row-index"

#include "config.h"

#include "rfi-row-index.h"

#include <string.h>

/* Slots are searched in a row, and none is left free between a row and where its search begins. */
typedef struct
{
  guint32 hash;  /* 0: the slot is free */
  guint32 row;
} Slot;

struct _RfiRowIndex
{
  Slot        *slots;    /* (owned) */
  guint        n_slots;  /* a power of two; it never becomes less */
  guint        n_rows;
  RfiRowIdFunc get_id;
  gpointer     user_data;
};

#define MIN_SLOTS 64

/* Never 0; which slot it is, the bits above say. */
static guint32
hash_id (const char *id)
{
  return g_str_hash (id) | 1;
}

static guint
get_home (RfiRowIndex *self,
          guint32      hash)
{
  return hash >> 1 & (self->n_slots - 1);
}

static guint
get_next (RfiRowIndex *self,
          guint        i)
{
  return (i + 1) & (self->n_slots - 1);
}

/* The slot that has the row of @id, or the free one where the search for it ends. */
static guint
find_slot (RfiRowIndex *self,
           guint32      hash,
           const char  *id)
{
  guint i = get_home (self, hash);

  while (self->slots[i].hash != 0 &&
         (self->slots[i].hash != hash ||
          strcmp (self->get_id (self->slots[i].row, self->user_data), id) != 0))
    i = get_next (self, i);
  return i;
}

static void
place (RfiRowIndex *self,
       const Slot  *slot)
{
  guint i = get_home (self, slot->hash);

  while (self->slots[i].hash != 0)
    i = get_next (self, i);
  self->slots[i] = *slot;
}

static void
grow (RfiRowIndex *self)
{
  g_autofree Slot *before = g_steal_pointer (&self->slots);
  guint n_before = self->n_slots;

  self->n_slots = n_before * 2;
  self->slots = g_new0 (Slot, self->n_slots);
  for (guint i = 0; i < n_before; i++)
    if (before[i].hash != 0)
      place (self, &before[i]);
}

/* Those behind it that would be searched for from there or before move up. */
static void
empty_slot (RfiRowIndex *self,
            guint        i)
{
  guint mask = self->n_slots - 1;

  for (guint next = get_next (self, i); self->slots[next].hash != 0; next = get_next (self, next))
    {
      guint home = get_home (self, self->slots[next].hash);

      if (((next - home) & mask) < ((next - i) & mask))
        continue;
      self->slots[i] = self->slots[next];
      i = next;
    }
  self->slots[i] = (Slot) { 0, 0 };
}

RfiRowIndex *
rfi_row_index_new (RfiRowIdFunc get_id,
                   gpointer     user_data)
{
  RfiRowIndex *self = g_new0 (RfiRowIndex, 1);

  self->n_slots = MIN_SLOTS;
  self->slots = g_new0 (Slot, self->n_slots);
  self->get_id = get_id;
  self->user_data = user_data;
  return self;
}

void
rfi_row_index_free (RfiRowIndex *self)
{
  g_free (self->slots);
  g_free (self);
}

guint
rfi_row_index_get_n (RfiRowIndex *self)
{
  return self->n_rows;
}

gboolean
rfi_row_index_find (RfiRowIndex *self,
                    const char  *id,
                    guint       *row)
{
  guint i = find_slot (self, hash_id (id), id);

  if (self->slots[i].hash == 0)
    return FALSE;

  *row = self->slots[i].row;
  return TRUE;
}

/* Nearly full it is searched as fast as when half is free: what stands in the way is in the same
 * line of memory. */
void
rfi_row_index_add (RfiRowIndex *self,
                   const char  *id,
                   guint        row)
{
  Slot slot = { hash_id (id), row };

  if (self->n_rows >= self->n_slots / 8 * 7)
    grow (self);
  place (self, &slot);
  self->n_rows++;
}

void
rfi_row_index_remove (RfiRowIndex *self,
                      const char  *id)
{
  guint i = find_slot (self, hash_id (id), id);

  if (self->slots[i].hash == 0)
    return;

  empty_slot (self, i);
  self->n_rows--;
}
