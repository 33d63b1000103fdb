/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-row-list"

#include "config.h"

#include "rfi-row-list.h"

#include <string.h>

void
rfi_row_list_clear (RfiRowList *self)
{
  g_clear_pointer (&self->rows, g_free);
  self->n_rows = self->size = 0;
}

void
rfi_row_list_reserve (RfiRowList *self,
                      guint       n_rows)
{
  if (n_rows <= self->size)
    return;

  /* Room for the next few, a list grows one row at a time. */
  self->size = MAX (n_rows, self->size + self->size / 4);
  self->rows = g_renew (guint32, self->rows, self->size);
}

void
rfi_row_list_append (RfiRowList    *self,
                     const guint32 *rows,
                     guint          n_rows)
{
  if (n_rows == 0)
    return;

  rfi_row_list_reserve (self, self->n_rows + n_rows);
  memcpy (self->rows + self->n_rows, rows, n_rows * sizeof (guint32));
  self->n_rows += n_rows;
}

void
rfi_row_list_insert (RfiRowList *self,
                     guint       position,
                     guint32     row)
{
  rfi_row_list_splice (self, position, 0, &row, 1);
}

void
rfi_row_list_remove (RfiRowList *self,
                     guint       position)
{
  rfi_row_list_splice (self, position, 1, NULL, 0);
}

void
rfi_row_list_splice (RfiRowList    *self,
                     guint          position,
                     guint          n_removed,
                     const guint32 *added,
                     guint          n_added)
{
  guint n_after;

  g_return_if_fail (position + n_removed <= self->n_rows);

  n_after = self->n_rows - position - n_removed;
  rfi_row_list_reserve (self, self->n_rows - n_removed + n_added);
  if (n_after > 0)
    memmove (self->rows + position + n_added, self->rows + position + n_removed,
             n_after * sizeof (guint32));
  if (n_added > 0)
    memcpy (self->rows + position, added, n_added * sizeof (guint32));
  self->n_rows = self->n_rows - n_removed + n_added;
}

void
rfi_row_list_keep (RfiRowList   *self,
                   const guint8 *bits,
                   guint8        bit)
{
  guint n_rows = 0;

  for (guint i = 0; i < self->n_rows; i++)
    {
      self->rows[n_rows] = self->rows[i];
      n_rows += (bits[self->rows[i]] & bit) != 0;
    }

  self->n_rows = n_rows;
}

/* The next run that differs, from @i in @before and @j in @after on, both moved past it. */
static gboolean
find_range (const RfiRowList *before,
            const RfiRowList *after,
            const guint8     *touched,
            guint            *i,
            guint            *j,
            RfiRowRange      *range)
{
  guint old_end;
  guint new_end;

  while (*i < before->n_rows && *j < after->n_rows && before->rows[*i] == after->rows[*j])
    {
      (*i)++;
      (*j)++;
    }

  old_end = *i;
  while (old_end < before->n_rows && (touched == NULL || touched[before->rows[old_end]]))
    old_end++;
  new_end = *j;
  while (new_end < after->n_rows && (touched == NULL || touched[after->rows[new_end]]))
    new_end++;

  range->position = *j;
  range->n_removed = old_end - *i;
  range->n_added = new_end - *j;
  *i = old_end;
  *j = new_end;

  while (range->n_removed > 0 && range->n_added > 0 &&
         before->rows[old_end - 1] == after->rows[new_end - 1])
    {
      range->n_removed--;
      range->n_added--;
      old_end--;
      new_end--;
    }

  return range->n_removed > 0 || range->n_added > 0;
}

/* How many rows stay between a range and the next. */
static guint
get_gap (GArray *ranges,
         guint   i)
{
  RfiRowRange *range = &g_array_index (ranges, RfiRowRange, i);

  return g_array_index (ranges, RfiRowRange, i + 1).position - range->position - range->n_added;
}

/* Joins ranges over the narrowest gaps until there are few enough. */
static GArray *
join_ranges (GArray *ranges,
             guint   n_ranges)
{
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (RfiRowRange));
  g_autofree guint *breaks = g_new (guint, n_ranges);
  guint n_breaks = 0;
  guint next_break = 0;

  /* The widest gaps, few of them, kept by where they are. */
  for (guint i = 0; i + 1 < ranges->len; i++)
    {
      guint narrowest = 0;

      breaks[n_breaks++] = i;
      if (n_breaks < n_ranges)
        continue;

      for (guint k = 1; k < n_breaks; k++)
        if (get_gap (ranges, breaks[k]) < get_gap (ranges, breaks[narrowest]))
          narrowest = k;
      memmove (breaks + narrowest, breaks + narrowest + 1,
               (n_breaks - narrowest - 1) * sizeof (guint));
      n_breaks--;
    }

  for (guint i = 0; i < ranges->len; i++)
    {
      RfiRowRange range = g_array_index (ranges, RfiRowRange, i);

      while (i + 1 < ranges->len && (next_break == n_breaks || breaks[next_break] != i))
        {
          RfiRowRange *other = &g_array_index (ranges, RfiRowRange, i + 1);
          guint gap = get_gap (ranges, i);

          range.n_removed += gap + other->n_removed;
          range.n_added += gap + other->n_added;
          i++;
        }
      next_break++;
      g_array_append_val (joined, range);
    }

  return joined;
}

GArray *
rfi_row_list_diff (const RfiRowList *before,
                   const RfiRowList *after,
                   const guint8     *touched,
                   guint             n_ranges,
                   guint             n_flood)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (RfiRowRange));
  GArray *joined;
  guint i = 0;
  guint j = 0;

  while (i < before->n_rows || j < after->n_rows)
    {
      RfiRowRange range;

      if (find_range (before, after, touched, &i, &j, &range))
        g_array_append_val (ranges, range);
    }

  if (ranges->len <= n_ranges)
    return ranges;

  joined = join_ranges (ranges, ranges->len > n_flood ? 1 : n_ranges);
  g_array_unref (ranges);
  return joined;
}
