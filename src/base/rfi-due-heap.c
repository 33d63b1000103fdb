/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-due-heap"

#include "config.h"

#include "rfi-due-heap.h"

typedef struct
{
  gint64 due;
  guint  number;
} Entry;

/* A binary heap, and where in it each number is. */
struct _RfiDueHeap
{
  GArray *entries;  /* (element-type Entry) */
  GArray *places;   /* (element-type guint): by number, the place + 1, or 0 */
};

static Entry *
at (RfiDueHeap *self,
    guint       place)
{
  return &g_array_index (self->entries, Entry, place);
}

static void
put (RfiDueHeap *self,
     guint       place,
     Entry       entry)
{
  *at (self, place) = entry;
  g_array_index (self->places, guint, entry.number) = place + 1;
}

static void
rise (RfiDueHeap *self,
      guint       place)
{
  Entry entry = *at (self, place);

  while (place > 0 && at (self, (place - 1) / 2)->due > entry.due)
    {
      put (self, place, *at (self, (place - 1) / 2));
      place = (place - 1) / 2;
    }
  put (self, place, entry);
}

static void
sink (RfiDueHeap *self,
      guint       place)
{
  Entry entry = *at (self, place);
  guint child;

  while ((child = 2 * place + 1) < self->entries->len)
    {
      if (child + 1 < self->entries->len && at (self, child + 1)->due < at (self, child)->due)
        child++;
      if (at (self, child)->due >= entry.due)
        break;
      put (self, place, *at (self, child));
      place = child;
    }
  put (self, place, entry);
}

static void
take_out (RfiDueHeap *self,
          guint       place)
{
  Entry last = *at (self, self->entries->len - 1);
  guint number = at (self, place)->number;

  g_array_set_size (self->entries, self->entries->len - 1);
  g_array_index (self->places, guint, number) = 0;
  if (last.number == number)
    return;

  put (self, place, last);
  rise (self, place);
  sink (self, g_array_index (self->places, guint, last.number) - 1);
}

RfiDueHeap *
rfi_due_heap_new (void)
{
  RfiDueHeap *self = g_new0 (RfiDueHeap, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->places = g_array_new (FALSE, TRUE, sizeof (guint));
  return self;
}

void
rfi_due_heap_free (RfiDueHeap *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->places);
  g_free (self);
}

void
rfi_due_heap_set (RfiDueHeap *self,
                  guint       number,
                  gint64      due)
{
  Entry entry = { due, number };
  guint place;

  if (number >= self->places->len)
    {
      if (due == G_MAXINT64)
        return;
      g_array_set_size (self->places, number + 1);
    }

  place = g_array_index (self->places, guint, number);
  if (due == G_MAXINT64)
    {
      if (place > 0)
        take_out (self, place - 1);
      return;
    }

  if (place == 0)
    {
      g_array_append_val (self->entries, entry);
      place = self->entries->len;
    }
  put (self, place - 1, entry);
  rise (self, place - 1);
  sink (self, g_array_index (self->places, guint, number) - 1);
}

gboolean
rfi_due_heap_peek (RfiDueHeap *self,
                   guint      *number,
                   gint64     *due)
{
  if (self->entries->len == 0)
    return FALSE;

  *number = at (self, 0)->number;
  *due = at (self, 0)->due;
  return TRUE;
}

guint
rfi_due_heap_get_length (RfiDueHeap *self)
{
  return self->entries->len;
}
