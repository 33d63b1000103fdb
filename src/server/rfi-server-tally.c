/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-tally"

#include "config.h"

#include "rfi-server-tally.h"

#include "rfi-server-head.h"
#include "rfi-server-sums.h"

#define CHUNK 1024

static void
tally_free (gpointer data)
{
  RfiServerTally *self = data;

  g_array_unref (self->sums);
  g_string_chunk_free (self->texts);
  g_free (self->actor_id);
  g_free (self->actor_name);
  g_free (self);
}

void
rfi_server_tally_begin (RfiDb *db)
{
  RfiServerTally *self = g_new0 (RfiServerTally, 1);

  self->mark.audit_n = -1;
  self->sums = g_array_new (FALSE, FALSE, sizeof (RfiServerTallySum));
  self->texts = g_string_chunk_new (CHUNK);
  rfi_db_set_data (db, self, tally_free);
}

RfiServerTally *
rfi_server_tally_get (RfiDb *db)
{
  return rfi_db_get_data (db);
}

void
rfi_server_tally_add_sum (RfiServerTally *self,
                          char            letter,
                          const char     *id,
                          gint64          n,
                          guint64         sum)
{
  const RfiServerTallySum added = {
    .id = id != NULL ? g_string_chunk_insert_const (self->texts, id) : NULL,
    .letter = letter, .n = n, .sum = sum,
  };

  g_array_append_val (self->sums, added);
  self->mark.n_sums = self->sums->len;
}

void
rfi_server_tally_undo (RfiServerTally           *self,
                       const RfiServerTallyMark *mark)
{
  self->mark = *mark;
  g_array_set_size (self->sums, mark->n_sums);
}

static int
compare_scopes (gconstpointer a,
                gconstpointer b)
{
  const RfiServerTallySum *first = a;
  const RfiServerTallySum *second = b;

  if (first->letter != second->letter)
    return first->letter < second->letter ? -1 : 1;

  return g_strcmp0 (first->id, second->id);
}

/* One for each scope. */
static void
add_up (GArray *sums)
{
  guint n = 0;

  g_array_sort (sums, compare_scopes);
  for (guint i = 0; i < sums->len; i++)
    {
      const RfiServerTallySum *sum = &g_array_index (sums, RfiServerTallySum, i);
      RfiServerTallySum *last = n > 0 ? &g_array_index (sums, RfiServerTallySum, n - 1) : NULL;

      if (last == NULL || last->letter != sum->letter || last->id != sum->id)
        {
          g_array_index (sums, RfiServerTallySum, n++) = *sum;
          continue;
        }
      last->n += sum->n;
      last->sum += sum->sum;
    }
  g_array_set_size (sums, n);
}

gboolean
rfi_server_tally_keep (RfiDb   *db,
                       GError **error)
{
  RfiServerTally *self = rfi_server_tally_get (db);

  add_up (self->sums);
  for (guint i = 0; i < self->sums->len; i++)
    if (!rfi_server_sums_add (db, &g_array_index (self->sums, RfiServerTallySum, i), error))
      return FALSE;

  g_array_set_size (self->sums, 0);
  self->mark.n_sums = 0;
  return self->mark.head == 0 || rfi_server_head_set (db, self->mark.head, error);
}

void
rfi_server_tally_end (RfiDb *db)
{
  rfi_db_set_data (db, NULL, NULL);
}
