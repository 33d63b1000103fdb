/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-sheet"

#include "config.h"

#include "rfi-job-sheet.h"

#include "rfi-job-item.h"
#include "rfi-job-match.h"
#include "rfi-row-list.h"

#include <string.h>

/* Two lists of row numbers, both sorted: all jobs, and those of them that pass the filter. A
 * filter that opens up again thus sorts nothing.
 *
 * While another order is worked out both stay in the old one and follow what changes; the rows
 * that changed meanwhile are then taken out of the result and put in where they belong.
 */

/* So many are sorted at once, in less than a frame. */
#define N_AT_ONCE 1000

/* Up to so many changes are told apart; more are told as one. */
#define N_RANGES 8
#define N_FLOOD 64

/* In longer lists looking for what is apart takes longer than showing all of it anew. */
#define N_EXACT 200000

typedef struct
{
  guint n_items;
  guint n_hidden;
} Summary;

struct _RfiJobSheet
{
  GObject       parent_instance;

  RfiJobMatch  *match;     /* (owned) */
  RfiJobTable  *table;     /* the match's */
  RfiJobSorter  sorter;    /* both lists are sorted by */
  RfiRowList    all;
  RfiRowList    shown;     /* of those, the ones that pass */

  RfiJobSorter  wanted;    /* while sorting */
  GCancellable *sorting;   /* (owned) (nullable) */
  GByteArray   *changed;   /* (owned): by row, non-zero if it changed since sorting began */
  gboolean      lacks_rows;
  Summary       told;
};

enum {
  PROP_0,
  PROP_N_HIDDEN,
  PROP_N_ITEMS,
  PROP_SORTING,
  N_PROPS
};

static void follower_iface_init (RfiJobFollowerInterface *iface);
static void list_model_iface_init (GListModelInterface *iface);
static void begin_sorting (RfiJobSheet        *self,
                           const RfiJobSorter *sorter);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiJobSheet, rfi_job_sheet, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_JOB_FOLLOWER, follower_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];

static int
compare (RfiJobSheet *self,
         RfiJobState *a,
         guint        a_row,
         guint        b_row)
{
  return _rfi_job_sorter_compare (&self->sorter, self->table, a, a_row,
                                  _rfi_job_table_get_row (self->table, b_row), b_row);
}

/* Where @state, in @row, belongs among the rows of @list from @from on. */
static guint
find_place (RfiJobSheet      *self,
            const RfiRowList *list,
            guint             from,
            RfiJobState      *state,
            guint             row)
{
  guint low = from;
  guint high = list->n_rows;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (list->rows[middle] == row)
        return middle;
      if (compare (self, state, row, list->rows[middle]) > 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Where @row stands, whose job was @state when it came there. */
static gboolean
find_row (RfiJobSheet      *self,
          const RfiRowList *list,
          RfiJobState      *state,
          guint             row,
          guint            *place)
{
  *place = find_place (self, list, 0, state, row);
  if (*place < list->n_rows && list->rows[*place] == row)
    return TRUE;

  /* A name that changed may have put rows out of order, until all are sorted anew. */
  for (*place = 0; *place < list->n_rows; (*place)++)
    if (list->rows[*place] == row)
      return TRUE;
  return FALSE;
}

static void
tell_summary (RfiJobSheet *self)
{
  Summary now = { self->shown.n_rows, self->all.n_rows - self->shown.n_rows };
  Summary before = self->told;

  self->told = now;
  if (now.n_items != before.n_items)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (now.n_hidden != before.n_hidden)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HIDDEN]);
}

static void
items_changed (RfiJobSheet *self,
               guint        position,
               guint        removed,
               guint        added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
note_changed (RfiJobSheet *self,
              guint        row)
{
  if (self->sorting == NULL)
    return;

  if (row >= self->changed->len)
    {
      guint before = self->changed->len;

      g_byte_array_set_size (self->changed, _rfi_job_table_get_n_rows (self->table));
      memset (self->changed->data + before, 0, self->changed->len - before);
    }
  self->changed->data[row] = 1;
}

/* @place: where the row stands */
static void
move_one (RfiJobSheet *self,
          RfiRowList  *list,
          guint        place,
          RfiJobState *after,
          gboolean     visible)
{
  guint row = list->rows[place];
  guint to;

  if ((place == 0 || compare (self, after, row, list->rows[place - 1]) > 0) &&
      (place + 1 == list->n_rows || compare (self, after, row, list->rows[place + 1]) < 0))
    return;

  rfi_row_list_remove (list, place);
  to = find_place (self, list, 0, after, row);
  rfi_row_list_insert (list, to, row);
  if (visible)
    items_changed (self, MIN (place, to), MAX (place, to) - MIN (place, to) + 1,
                   MAX (place, to) - MIN (place, to) + 1);
}

/* @before, @after: (nullable): the row's job in @list, then and now */
static void
change_one (RfiJobSheet *self,
            RfiRowList  *list,
            guint        row,
            RfiJobState *before,
            RfiJobState *after,
            gboolean     visible)
{
  guint place;

  if (before != NULL)
    {
      gboolean found = find_row (self, list, before, row, &place);

      g_return_if_fail (found);
      if (after != NULL)
        {
          move_one (self, list, place, after, visible);
          return;
        }

      rfi_row_list_remove (list, place);
      if (visible)
        items_changed (self, place, 1, 0);
    }
  else if (after != NULL)
    {
      place = find_place (self, list, 0, after, row);
      rfi_row_list_insert (list, place, row);
      if (visible)
        items_changed (self, place, 0, 1);
    }
}

static void
rfi_job_sheet_one_changed (RfiJobFollower     *follower,
                           const RfiJobChange *change)
{
  RfiJobSheet *self = RFI_JOB_SHEET (follower);
  guint8 bits = rfi_job_match_get_bits (self->match)[change->row];

  note_changed (self, change->row);
  change_one (self, &self->all, change->row, change->before, change->after, FALSE);
  change_one (self, &self->shown, change->row,
              (bits & RFI_MATCH_BEFORE) != 0 ? change->before : NULL,
              (bits & RFI_MATCH_NOW) != 0 ? change->after : NULL, TRUE);
  tell_summary (self);
}

/* What differs between a list and itself after merge(). */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} Difference;

/* Takes what was touched out of @list. Returns: where the first of it stood */
static guint
take_out (RfiRowList   *list,
          const guint8 *touched,
          guint         n_touched)
{
  guint n_kept = 0;
  guint first = list->n_rows;

  for (guint i = 0; i < list->n_rows; i++)
    {
      guint32 row = list->rows[i];
      gboolean kept = row >= n_touched || !touched[row];

      if (!kept && i < first)
        first = i;
      list->rows[n_kept] = row;
      n_kept += kept;
    }
  list->n_rows = n_kept;
  return first;
}

/* Puts @added, which is in order, among the rows of @list. Returns: where the first of it stands */
static guint
put_in (RfiJobSheet      *self,
        RfiRowList       *list,
        const RfiRowList *added)
{
  g_autofree guint *places = g_new (guint, added->n_rows + 1);
  guint end = list->n_rows;
  guint place = 0;

  for (guint i = 0; i < added->n_rows; i++)
    {
      guint row = added->rows[i];

      place = find_place (self, list, place, _rfi_job_table_get_row (self->table, row), row);
      places[i] = place;
    }

  /* From the end on, so that each row is moved once. */
  rfi_row_list_reserve (list, list->n_rows + added->n_rows);
  for (guint i = added->n_rows; i-- > 0;)
    {
      memmove (list->rows + places[i] + i + 1, list->rows + places[i],
               (end - places[i]) * sizeof (guint32));
      list->rows[places[i] + i] = added->rows[i];
      end = places[i];
    }
  list->n_rows += added->n_rows;
  return added->n_rows > 0 ? places[0] : list->n_rows;
}

/* @touched: by row, up to @n_touched: what may stand elsewhere, or nowhere; @added: of that, what
 * stands in @list now, in order. Returns: one range that has all that differs */
static Difference
merge (RfiJobSheet      *self,
       RfiRowList       *list,
       const RfiRowList *added,
       const guint8     *touched,
       guint             n_touched)
{
  guint n_before = list->n_rows;
  guint first_out = take_out (list, touched, n_touched);
  guint first_in = put_in (self, list, added);
  guint first = MIN (first_out, first_in);
  Difference difference = { first, n_before - MIN (first, n_before), list->n_rows - first };

  return difference;
}

static RfiRowList
copy_list (const RfiRowList *list)
{
  RfiRowList copy = { NULL, };

  rfi_row_list_append (&copy, list->rows, list->n_rows);
  return copy;
}

static RfiRowList
keep_matching (RfiJobSheet      *self,
               const RfiRowList *list)
{
  RfiRowList kept = copy_list (list);

  rfi_row_list_keep (&kept, rfi_job_match_get_bits (self->match), RFI_MATCH_NOW);
  return kept;
}

/* Takes another list, all in one. @list: (transfer full) */
static void
take_shown (RfiJobSheet *self,
            RfiRowList  *list)
{
  guint n_before = self->shown.n_rows;
  guint n_same = 0;

  while (n_same < MIN (n_before, list->n_rows) &&
         self->shown.rows[n_same] == list->rows[n_same])
    n_same++;

  rfi_row_list_clear (&self->shown);
  self->shown = *list;
  if (n_before > n_same || list->n_rows > n_same)
    items_changed (self, n_same, n_before - n_same, list->n_rows - n_same);
}

/* Merges into what is shown, and tells what is apart apart. */
static void
merge_shown (RfiJobSheet      *self,
             const RfiRowList *added,
             const guint8     *touched,
             guint             n_touched)
{
  RfiRowList before = copy_list (&self->shown);
  RfiRowList after;
  g_autoptr(GArray) ranges = NULL;

  merge (self, &self->shown, added, touched, n_touched);
  after = self->shown;
  self->shown = before;
  ranges = rfi_row_list_diff (&before, &after, touched, N_RANGES, N_FLOOD);
  for (guint i = 0; i < ranges->len; i++)
    {
      RfiRowRange *range = &g_array_index (ranges, RfiRowRange, i);

      rfi_row_list_splice (&self->shown, range->position, range->n_removed,
                           after.rows + range->position, range->n_added);
      items_changed (self, range->position, range->n_removed, range->n_added);
    }
  rfi_row_list_clear (&after);
}

static void
rfi_job_sheet_many_changed (RfiJobFollower     *follower,
                            const RfiJobChange *changes,
                            guint               n_changes,
                            const guint8       *touched)
{
  RfiJobSheet *self = RFI_JOB_SHEET (follower);
  guint n_rows = _rfi_job_table_get_n_rows (self->table);
  RfiRowList added = { NULL, };

  rfi_row_list_reserve (&added, n_changes);
  for (guint i = 0; i < n_changes; i++)
    {
      note_changed (self, changes[i].row);
      if (changes[i].after != NULL)
        added.rows[added.n_rows++] = changes[i].row;
    }
  _rfi_job_sorter_sort (&self->sorter, self->table, added.rows, added.n_rows);
  merge (self, &self->all, &added, touched, n_rows);

  rfi_row_list_keep (&added, rfi_job_match_get_bits (self->match), RFI_MATCH_NOW);
  if (self->shown.n_rows > N_EXACT)
    {
      Difference difference = merge (self, &self->shown, &added, touched, n_rows);

      if (difference.n_removed > 0 || difference.n_added > 0)
        items_changed (self, difference.position, difference.n_removed, difference.n_added);
    }
  else
    {
      merge_shown (self, &added, touched, n_rows);
    }

  rfi_row_list_clear (&added);
  tell_summary (self);
}

static void
fill (RfiJobSheet *self)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->table);
  RfiRowList shown;

  rfi_row_list_reserve (&self->all, n_rows);
  for (guint row = 0; row < n_rows; row++)
    if (_rfi_job_table_has_row (self->table, row))
      rfi_row_list_append (&self->all, &row, 1);
  shown = keep_matching (self, &self->all);
  take_shown (self, &shown);
  tell_summary (self);
}

/* All rows as they come, and then in order. */
static void
refill (RfiJobSheet *self)
{
  const RfiJobSorter sorter = self->sorting != NULL ? self->wanted : self->sorter;

  self->lacks_rows = FALSE;
  self->sorter = (RfiJobSorter) { 0, };
  rfi_row_list_clear (&self->all);
  fill (self);
  if (sorter.n_keys > 0)
    begin_sorting (self, &sorter);
}

static void
rfi_job_sheet_filter_changed (RfiJobFollower *follower)
{
  RfiJobSheet *self = RFI_JOB_SHEET (follower);
  RfiRowList shown;

  if (self->lacks_rows)
    {
      refill (self);
      return;
    }

  shown = keep_matching (self, &self->all);
  take_shown (self, &shown);
  tell_summary (self);
}

static void
rfi_job_sheet_lacks_rows (RfiJobFollower *follower)
{
  RFI_JOB_SHEET (follower)->lacks_rows = TRUE;
}

static void
rfi_job_sheet_names_changed (RfiJobFollower *follower)
{
  RfiJobSheet *self = RFI_JOB_SHEET (follower);
  const RfiJobSorter sorter = self->sorting != NULL ? self->wanted : self->sorter;

  for (guint i = 0; i < sorter.n_keys; i++)
    if (rfi_job_column_is_name (sorter.keys[i].column))
      {
        begin_sorting (self, &sorter);
        return;
      }
}

/* Sorting */

static void
end_sorting (RfiJobSheet *self)
{
  g_clear_object (&self->sorting);
  g_byte_array_set_size (self->changed, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORTING]);
}

/* What changed while @list was sorted goes where it belongs now. */
static void
mend (RfiJobSheet *self,
      RfiRowList  *list)
{
  RfiRowList added = { NULL, };

  for (guint row = 0; row < self->changed->len; row++)
    if (self->changed->data[row] && _rfi_job_table_has_row (self->table, row))
      rfi_row_list_append (&added, &row, 1);
  _rfi_job_sorter_sort (&self->sorter, self->table, added.rows, added.n_rows);
  merge (self, list, &added, self->changed->data, self->changed->len);
  rfi_row_list_clear (&added);
}

/* @all: (transfer full): sorted by @wanted */
static void
take_sorted (RfiJobSheet *self,
             RfiRowList  *all)
{
  RfiRowList shown;

  gboolean all_match = self->shown.n_rows == self->all.n_rows;

  self->sorter = self->wanted;
  if (self->changed->len > 0)
    mend (self, all);
  rfi_row_list_clear (&self->all);
  self->all = *all;
  shown = all_match ? copy_list (all) : keep_matching (self, all);
  take_shown (self, &shown);
  tell_summary (self);
}

typedef struct
{
  RfiJobSheet *self;    /* (owned) */
  guint        n_rows;
} Sorting;

static void
sorted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Sorting *sorting = user_data;
  g_autoptr(RfiJobSheet) self = sorting->self;
  g_autoptr(GError) error = NULL;
  RfiRowList all = { NULL, };

  all.rows = _rfi_job_sorter_sort_finish (result, &error);
  all.n_rows = all.size = sorting->n_rows;

  /* Cancelled: another order is wanted, or none any more. */
  if (error != NULL)
    return;

  rfi_job_match_flush (self->match);
  take_sorted (self, &all);
  end_sorting (self);
}

static void
begin_sorting (RfiJobSheet        *self,
               const RfiJobSorter *sorter)
{
  gboolean was_sorting = self->sorting != NULL;
  RfiRowList all = { NULL, };
  Sorting *sorting;

  rfi_job_match_flush (self->match);
  g_cancellable_cancel (self->sorting);
  g_clear_object (&self->sorting);
  g_byte_array_set_size (self->changed, 0);
  self->wanted = *sorter;
  rfi_row_list_append (&all, self->all.rows, self->all.n_rows);

  if (all.n_rows <= N_AT_ONCE)
    {
      _rfi_job_sorter_sort (sorter, self->table, all.rows, all.n_rows);
      take_sorted (self, &all);
      if (was_sorting)
        end_sorting (self);
      return;
    }

  sorting = g_new0 (Sorting, 1);
  sorting->self = g_object_ref (self);
  sorting->n_rows = all.n_rows;
  self->sorting = g_cancellable_new ();
  _rfi_job_sorter_sort_async (sorter, self->table, all.rows, all.n_rows, self->sorting, sorted_cb,
                              sorting);
  if (!was_sorting)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORTING]);
}

/* The object */

static void
follower_iface_init (RfiJobFollowerInterface *iface)
{
  iface->one_changed = rfi_job_sheet_one_changed;
  iface->many_changed = rfi_job_sheet_many_changed;
  iface->filter_changed = rfi_job_sheet_filter_changed;
  iface->lacks_rows = rfi_job_sheet_lacks_rows;
  iface->names_changed = rfi_job_sheet_names_changed;
}

static GType
rfi_job_sheet_get_item_type (GListModel *model)
{
  return RFI_TYPE_JOB_ITEM;
}

static guint
rfi_job_sheet_get_n_items (GListModel *model)
{
  return RFI_JOB_SHEET (model)->shown.n_rows;
}

static gpointer
rfi_job_sheet_get_item (GListModel *model,
                        guint       position)
{
  RfiJobSheet *self = RFI_JOB_SHEET (model);

  if (position >= self->shown.n_rows)
    return NULL;

  return _rfi_job_table_ref_row_item (self->table, self->shown.rows[position]);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rfi_job_sheet_get_item_type;
  iface->get_n_items = rfi_job_sheet_get_n_items;
  iface->get_item = rfi_job_sheet_get_item;
}

static void
rfi_job_sheet_dispose (GObject *object)
{
  RfiJobSheet *self = RFI_JOB_SHEET (object);

  g_cancellable_cancel (self->sorting);
  g_clear_object (&self->sorting);
  if (self->match != NULL)
    rfi_job_match_remove_view (self->match, RFI_JOB_FOLLOWER (self));
  self->table = NULL;
  g_clear_object (&self->match);
  rfi_row_list_clear (&self->shown);
  rfi_row_list_clear (&self->all);
  g_clear_pointer (&self->changed, g_byte_array_unref);

  G_OBJECT_CLASS (rfi_job_sheet_parent_class)->dispose (object);
}

static void
rfi_job_sheet_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RfiJobSheet *self = RFI_JOB_SHEET (object);

  switch (prop_id)
    {
    case PROP_N_HIDDEN:
      g_value_set_uint (value, rfi_job_sheet_get_n_hidden (self));
      break;

    case PROP_N_ITEMS:
      g_value_set_uint (value, self->shown.n_rows);
      break;

    case PROP_SORTING:
      g_value_set_boolean (value, rfi_job_sheet_get_sorting (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_sheet_class_init (RfiJobSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rfi_job_sheet_dispose;
  object_class->get_property = rfi_job_sheet_get_property;

  properties[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SORTING] = g_param_spec_boolean ("sorting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_job_sheet_init (RfiJobSheet *self)
{
  self->changed = g_byte_array_new ();
}

RfiJobSheet *
rfi_job_sheet_new (RfiJobTable  *table,
                   RfiJobFilter *filter)
{
  RfiJobSheet *self;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), NULL);
  g_return_val_if_fail (filter == NULL || RFI_IS_JOB_FILTER (filter), NULL);

  self = g_object_new (RFI_TYPE_JOB_SHEET, NULL);
  self->match = rfi_job_match_get (table, filter);
  self->table = table;
  fill (self);
  rfi_job_match_add_view (self->match, RFI_JOB_FOLLOWER (self));
  return self;
}

void
rfi_job_sheet_set_sorter (RfiJobSheet        *self,
                          const RfiJobSorter *sorter)
{
  g_return_if_fail (RFI_IS_JOB_SHEET (self));
  g_return_if_fail (sorter->n_keys <= RFI_MAX_SORT_KEYS);
  g_return_if_fail (!_rfi_job_table_is_busy (self->table));

  begin_sorting (self, sorter);
}

guint
rfi_job_sheet_get_n_hidden (RfiJobSheet *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), 0);

  return self->all.n_rows - self->shown.n_rows;
}

gboolean
rfi_job_sheet_get_sorting (RfiJobSheet *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), FALSE);

  return self->sorting != NULL;
}

RfiJobTable *
rfi_job_sheet_get_table (RfiJobSheet *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), NULL);

  return self->table;
}

RfiJobState *
rfi_job_sheet_peek (RfiJobSheet *self,
                    guint        position)
{
  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), NULL);

  if (position >= self->shown.n_rows)
    return NULL;
  return _rfi_job_table_get_row (self->table, self->shown.rows[position]);
}

guint32 *
rfi_job_sheet_dup_rows (RfiJobSheet *self,
                        guint       *n_rows)
{
  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), NULL);

  *n_rows = self->shown.n_rows;
  return g_memdup2 (self->shown.rows, self->shown.n_rows * sizeof (guint32));
}

RfiJobState *
rfi_job_sheet_peek_row (RfiJobSheet *self,
                        guint32      row)
{
  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), NULL);

  return row < _rfi_job_table_get_n_rows (self->table) && _rfi_job_table_has_row (self->table, row)
         ? _rfi_job_table_get_row (self->table, row) : NULL;
}

gboolean
rfi_job_sheet_find (RfiJobSheet *self,
                    const char  *job_id,
                    guint       *position)
{
  guint row;

  g_return_val_if_fail (RFI_IS_JOB_SHEET (self), FALSE);

  if (!_rfi_job_table_find_row (self->table, job_id, &row) ||
      (rfi_job_match_get_bits (self->match)[row] & RFI_MATCH_NOW) == 0)
    return FALSE;

  return find_row (self, &self->shown, _rfi_job_table_get_row (self->table, row), row, position);
}
