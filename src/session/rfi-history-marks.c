/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-marks"

#include "config.h"

#include "rfi-history-marks.h"

#include "rfi-wire-members.h"

/* More than a list shows. */
#define MOST_FOUND G_MAXINT32

static void
add (RfiHistoryMarks *self,
     gint64           first,
     gint64           n_records)
{
  const RfiHistoryMark mark = { first + 1, (guint) CLAMP (n_records, 0, RFI_HISTORY_PART_SIZE) };

  g_array_append_val (self->pages, mark);
}

RfiHistoryMarks *
rfi_history_marks_new (const gint64 *firsts,
                       guint         n_firsts,
                       gint64        found,
                       gint64        next)
{
  RfiHistoryMarks *self = g_new0 (RfiHistoryMarks, 1);

  self->next = next;
  self->pages = g_array_sized_new (FALSE, FALSE, sizeof (RfiHistoryMark), n_firsts);
  for (guint i = 0; i < n_firsts; i++)
    add (self, firsts[i], found - (gint64) i * RFI_HISTORY_PART_SIZE);
  return self;
}

/* Nothing is left out from @last down. */
static RfiHistoryMarks *
new_whole (gint64 last,
           gint64 found)
{
  RfiHistoryMarks *self = rfi_history_marks_new (NULL, 0, 0, 0);

  for (gint64 at = 0; at < found; at += RFI_HISTORY_PART_SIZE)
    add (self, last - at, found - at);
  return self;
}

static GArray *
read_firsts (const RfiJson *list)
{
  GArray *firsts = g_array_new (FALSE, FALSE, sizeof (gint64));
  RfiJsonIter iter;
  RfiJson value;

  rfi_json_iter_init (&iter, list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      gint64 first = rfi_wire_read_int (&value, 0);

      g_array_append_val (firsts, first);
    }
  return firsts;
}

RfiHistoryMarks *
rfi_history_marks_parse (GBytes  *bytes,
                         GError **error)
{
  g_autoptr(GArray) firsts = NULL;
  RfiJson root;
  RfiJson list;
  gint64 last;
  gint64 found;
  gint64 next;

  if (!rfi_wire_parse_object (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                              &root, error) ||
      !rfi_wire_get_list (&root, "marks", &list, error) ||
      !rfi_wire_need_int (&root, "last", 0, &last, error) ||
      !rfi_wire_need_int (&root, "found", 0, &found, error) ||
      !rfi_wire_need_int (&root, "next", 0, &next, error))
    return NULL;

  found = MIN (found, MOST_FOUND);
  if (rfi_wire_get_boolean (&root, "whole"))
    return new_whole (last, MIN (found, last));

  firsts = read_firsts (&list);
  return rfi_history_marks_new ((const gint64 *) (gpointer) firsts->data, firsts->len, found,
                                next);
}

void
rfi_history_marks_free (RfiHistoryMarks *self)
{
  g_clear_pointer (&self->pages, g_array_unref);
  g_free (self);
}
