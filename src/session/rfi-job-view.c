/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-view"

#include "config.h"

#include "rfi-job-view-private.h"

#include "rfi-job-item.h"
#include "rfi-job-match.h"
#include "rfi-job-order.h"

#include <string.h>

/* Two lists of row numbers, both sorted: the jobs of these statuses, and those of them that pass
 * the filter. A filter that opens up again thus sorts nothing. A single change is found in them
 * by binary search; many changes, and filters, make new lists, and what differs is told in few
 * ranges: each costs GTK a look at all live rows, and a look at each added item if it removes
 * some. Measured with 100,000 items in a GtkListView: 6 ms a range, 80 ms to look at all.
 */
#define N_RANGES 8
#define N_FLOOD 64

/* How many added items GTK may look at one by one: about as many as it has rows for. */
#define LONG_RANGE 200

/* As many rows as a lane keeps, and some more. */
#define TOP_LENGTH 64

/* Over a longer way a move is told as going and coming: within one range lists keep focus and
 * selection, but they look at all of it. */
#define MOVE_RANGE 500

typedef struct
{
  guint  n_items;
  guint  n_urgent;
  guint  n_hidden;
  gint64 oldest;
} Summary;

struct _RfiJobView
{
  GObject      parent_instance;

  RfiJobMatch *match;     /* (owned) */
  guint        statuses;  /* bits */
  RfiJobPick   pick;
  RfiJobOrder  order;

  RfiRowList   all;       /* of these statuses */
  RfiRowList   shown;     /* of those, the ones that pass */
  guint        n_urgent;  /* shown */
  gint64       oldest;    /* shown */
  gboolean     lacks_rows;
  Summary      told;
};

enum {
  PROP_0,
  PROP_N_HIDDEN,
  PROP_N_ITEMS,
  PROP_N_URGENT,
  PROP_OLDEST,
  PROP_SORT,
  N_PROPS
};

static void follower_iface_init (RfiJobFollowerInterface *iface);
static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiJobView, rfi_job_view, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_JOB_FOLLOWER, follower_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];

static gboolean
has_status (RfiJobView  *self,
            RfiJobState *state)
{
  return state != NULL && (self->statuses >> state->work->status & 1) != 0 &&
         (self->pick.takes == NULL || self->pick.takes (state->work, self->pick.user_data));
}

/* Counts jobs in and out of what is shown. Returns: whether the oldest must be looked for */
static gboolean
count (RfiJobView  *self,
       RfiJobState *gone,
       RfiJobState *come)
{
  gboolean lost = gone != NULL && gone->work->created_at == self->oldest;

  if (gone != NULL && gone->work->priority == RFI_PRIORITY_URGENT)
    self->n_urgent--;
  if (come != NULL && come->work->priority == RFI_PRIORITY_URGENT)
    self->n_urgent++;
  if (come == NULL || lost)
    return lost;

  if (self->oldest == 0 || come->work->created_at < self->oldest)
    self->oldest = come->work->created_at;
  return FALSE;
}

static void
tell_summary (RfiJobView *self)
{
  Summary now = {
    .n_items = self->shown.n_rows,
    .n_urgent = self->n_urgent,
    .n_hidden = self->all.n_rows - self->shown.n_rows,
    .oldest = self->oldest,
  };
  Summary before = self->told;

  self->told = now;
  if (now.n_items != before.n_items)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (now.n_urgent != before.n_urgent)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_URGENT]);
  if (now.n_hidden != before.n_hidden)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HIDDEN]);
  if (now.oldest != before.oldest)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OLDEST]);
}

static void
items_changed (RfiJobView *self,
               guint       position,
               guint       removed,
               guint       added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
move_one (RfiJobView   *self,
          RfiRowList   *list,
          guint         place,
          const RfiJob *job,
          gboolean      visible)
{
  guint row = list->rows[place];
  guint to;
  guint way;

  if (_rfi_job_order_fits (&self->order, list, place, job))
    return;

  rfi_row_list_remove (list, place);
  _rfi_job_order_find (&self->order, list, 0, job, row, &to);
  way = MAX (place, to) - MIN (place, to);
  if (visible && way > MOVE_RANGE)
    items_changed (self, place, 1, 0);

  rfi_row_list_insert (list, to, row);
  if (visible && way > MOVE_RANGE)
    items_changed (self, to, 0, 1);
  else if (visible)
    items_changed (self, MIN (place, to), way + 1, way + 1);
}

/* @before, @after: (nullable): the row's job in @list, then and now */
static void
change_one (RfiJobView  *self,
            RfiRowList  *list,
            guint        row,
            RfiJobState *before,
            RfiJobState *after,
            gboolean     visible)
{
  guint place;

  if (before != NULL)
    {
      gboolean found = _rfi_job_order_find (&self->order, list, 0, before->work, row, &place);

      g_return_if_fail (found);
      if (after != NULL)
        {
          move_one (self, list, place, after->work, visible);
          return;
        }

      rfi_row_list_remove (list, place);
      if (visible)
        items_changed (self, place, 1, 0);
    }
  else if (after != NULL)
    {
      _rfi_job_order_find (&self->order, list, 0, after->work, row, &place);
      rfi_row_list_insert (list, place, row);
      if (visible)
        items_changed (self, place, 0, 1);
    }
}

static void
rfi_job_view_one_changed (RfiJobFollower     *follower,
                          const RfiJobChange *change)
{
  RfiJobView *self = RFI_JOB_VIEW (follower);
  guint8 bits = rfi_job_match_get_bits (self->match)[change->row];
  RfiJobState *before = has_status (self, change->before) ? change->before : NULL;
  RfiJobState *after = has_status (self, change->after) ? change->after : NULL;
  RfiJobState *gone = (bits & RFI_MATCH_BEFORE) != 0 ? before : NULL;
  RfiJobState *come = (bits & RFI_MATCH_NOW) != 0 ? after : NULL;
  gboolean lost_oldest;

  change_one (self, &self->all, change->row, before, after, FALSE);
  lost_oldest = count (self, gone, come);
  change_one (self, &self->shown, change->row, gone, come, TRUE);
  if (lost_oldest)
    self->oldest = _rfi_job_order_find_oldest (&self->order, &self->shown);
  tell_summary (self);
}

static void
replace_piece (RfiJobView    *self,
               guint          position,
               guint          n_removed,
               const guint32 *added,
               guint          n_added)
{
  if (n_removed == 0 && n_added == 0)
    return;

  rfi_row_list_splice (&self->shown, position, n_removed, added, n_added);
  items_changed (self, position, n_removed, n_added);
}

/* GTK asks for every added item of a range, to see whether focus and what it scrolled to came
 * back. For what others changed that has to be; after a search a person looks anew, and removing
 * first and adding then spares the search. Up to @n_at_once rows at the top are exchanged before:
 * widgets that show them then get other items, where new ones would have to be made and styled. */
static void
replace_range (RfiJobView        *self,
               const RfiRowList  *list,
               const RfiRowRange *range,
               guint              n_at_once)
{
  const guint32 *added = list->rows + range->position;
  guint n_top = MIN (n_at_once, MIN (range->n_removed, range->n_added));

  if (range->n_removed == 0 || range->n_added <= MAX (LONG_RANGE, n_at_once))
    {
      replace_piece (self, range->position, range->n_removed, added, range->n_added);
      return;
    }

  replace_piece (self, range->position, n_top, added, n_top);
  replace_piece (self, range->position + n_top, range->n_removed - n_top, NULL, 0);
  replace_piece (self, range->position + n_top, 0, added + n_top, range->n_added - n_top);
}

/* How long a piece that begins at @position may be: what a person looks at is near the top, and
 * so is what GTK then looks for. */
static guint
get_piece_length (guint position)
{
  return MAX (LONG_RANGE, 3 * position);
}

/* Where the first piece of @range ends, no shorter than it should be: at a row that was not
 * touched, and thus stands on both sides. Returns: the number of added items before it, the same
 * of @range if there is no such row; @n_removed: (out): of removed ones */
static guint
find_cut (RfiJobView        *self,
          const RfiRowList  *list,
          const RfiRowRange *range,
          const guint8      *touched,
          guint             *n_removed)
{
  guint length = get_piece_length (range->position);
  guint old = 0;
  guint new = 0;

  while (old < range->n_removed && new < range->n_added)
    {
      if (touched[self->shown.rows[range->position + old]])
        old++;
      else if (touched[list->rows[range->position + new]])
        new++;
      else if (new >= length)
        break;
      else
        {
          old++;
          new++;
        }
    }

  if (old == range->n_removed || new == range->n_added)
    {
      old = range->n_removed;
      new = range->n_added;
    }
  *n_removed = old;
  return new;
}

/* GTK asks for the added items of a range until it has found what it looked for among those
 * removed: where a whole list is told anew the top is told apart from what is far below. */
static void
replace_in_pieces (RfiJobView        *self,
                   const RfiRowList  *list,
                   const RfiRowRange *range,
                   const guint8      *touched)
{
  RfiRowRange rest = *range;

  while (rest.n_removed > 0 || rest.n_added > 0)
    {
      RfiRowRange piece = rest;

      piece.n_added = find_cut (self, list, &rest, touched, &piece.n_removed);
      replace_range (self, list, &piece, G_MAXUINT);
      rest.position += piece.n_added;
      rest.n_added -= piece.n_added;
      rest.n_removed -= piece.n_removed;
    }
}

/* Takes the new list, and tells what differs.
 * @touched: (nullable): rows that may have moved, come or gone; %NULL = any
 * @live: jobs changed, not what the person wants to see */
static void
replace_shown (RfiJobView   *self,
               RfiRowList   *list,
               const guint8 *touched,
               gboolean      live)
{
  g_autoptr(GArray) ranges = NULL;

  ranges = live ? rfi_row_list_diff (&self->shown, list, touched, N_RANGES, N_FLOOD)
                : rfi_row_list_diff (&self->shown, list, touched, 1, 1);

  for (guint i = 0; i < ranges->len; i++)
    {
      RfiRowRange *range = &g_array_index (ranges, RfiRowRange, i);

      if (live && touched != NULL)
        replace_in_pieces (self, list, range, touched);
      else
        replace_range (self, list, range, live ? G_MAXUINT : touched != NULL ? TOP_LENGTH : 0);
    }
}

static void
rfi_job_view_many_changed (RfiJobFollower     *follower,
                           const RfiJobChange *changes,
                           guint               n_changes,
                           const guint8       *touched)
{
  RfiJobView *self = RFI_JOB_VIEW (follower);
  const guint8 *bits = rfi_job_match_get_bits (self->match);
  RfiRowList added = { NULL, };
  RfiRowList all;
  RfiRowList shown = { NULL, };
  gboolean lost_oldest = FALSE;

  rfi_row_list_reserve (&added, n_changes);
  for (guint i = 0; i < n_changes; i++)
    {
      guint row = changes[i].row;
      RfiJobState *before = has_status (self, changes[i].before) ? changes[i].before : NULL;
      RfiJobState *after = has_status (self, changes[i].after) ? changes[i].after : NULL;

      lost_oldest |= count (self, (bits[row] & RFI_MATCH_BEFORE) != 0 ? before : NULL,
                            (bits[row] & RFI_MATCH_NOW) != 0 ? after : NULL);
      if (after != NULL)
        added.rows[added.n_rows++] = row;
    }

  _rfi_job_order_sort (&self->order, &added);
  all = _rfi_job_order_merge (&self->order, &self->all, &added, touched);
  rfi_row_list_clear (&self->all);
  self->all = all;

  rfi_row_list_append (&shown, all.rows, all.n_rows);
  rfi_row_list_keep (&shown, bits, RFI_MATCH_NOW);
  replace_shown (self, &shown, touched, TRUE);
  rfi_row_list_clear (&shown);
  rfi_row_list_clear (&added);

  if (lost_oldest)
    self->oldest = _rfi_job_order_find_oldest (&self->order, &self->shown);
  tell_summary (self);
}

static void
look_at_all (RfiJobView *self,
             RfiRowList *all)
{
  const RfiJobKeys *keys = _rfi_job_table_get_keys (self->order.table);
  guint n_rows = _rfi_job_table_get_n_rows (self->order.table);

  rfi_row_list_reserve (all, self->all.n_rows);
  for (guint row = 0; row < n_rows; row++)
    if ((self->statuses >> _rfi_job_keys_get_status (&keys[row]) & 1) != 0 &&
        _rfi_job_table_has_row (self->order.table, row) &&
        (self->pick.takes == NULL ||
         has_status (self, _rfi_job_table_get_row (self->order.table, row))))
      rfi_row_list_append (all, &row, 1);
}

/* The rows of these statuses, in order. */
static RfiRowList
collect (RfiJobView *self)
{
  RfiRowList all = { NULL, };

  if (self->pick.list != NULL)
    self->pick.list (self->pick.user_data, &all);
  else
    look_at_all (self, &all);
  _rfi_job_order_sort (&self->order, &all);
  return all;
}

/* What @shown has that is not shown yet, or the other way round. */
static guint8 *
find_touched (RfiJobView       *self,
              const guint8     *bits)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->order.table);
  guint8 *touched = g_malloc (n_rows);

  if (n_rows > 0)
    memset (touched, 1, n_rows);
  for (guint i = 0; i < self->shown.n_rows; i++)
    touched[self->shown.rows[i]] = (bits[self->shown.rows[i]] & RFI_MATCH_NOW) == 0;
  return touched;
}

/* Counts what is shown anew. */
static void
sum_up (RfiJobView *self)
{
  const RfiJobKeys *keys = _rfi_job_table_get_keys (self->order.table);

  self->n_urgent = 0;
  for (guint i = 0; i < self->shown.n_rows; i++)
    if (_rfi_job_keys_get_priority (&keys[self->shown.rows[i]]) == RFI_PRIORITY_URGENT)
      self->n_urgent++;
  self->oldest = _rfi_job_order_find_oldest (&self->order, &self->shown);
  tell_summary (self);
}

/* Looks at all rows, whatever was known of them. */
static void
fill (RfiJobView *self)
{
  const guint8 *bits = rfi_job_match_get_bits (self->match);
  g_autofree guint8 *touched = find_touched (self, bits);
  RfiRowList all = collect (self);
  RfiRowList shown = { NULL, };

  self->lacks_rows = FALSE;
  rfi_row_list_clear (&self->all);
  self->all = all;
  rfi_row_list_append (&shown, all.rows, all.n_rows);
  rfi_row_list_keep (&shown, bits, RFI_MATCH_NOW);
  replace_shown (self, &shown, touched, TRUE);
  rfi_row_list_clear (&shown);

  sum_up (self);
}

static void
rfi_job_view_filter_changed (RfiJobFollower *follower)
{
  RfiJobView *self = RFI_JOB_VIEW (follower);
  const guint8 *bits = rfi_job_match_get_bits (self->match);
  g_autofree guint8 *touched = NULL;
  RfiRowList shown = { NULL, };

  if (self->lacks_rows)
    {
      fill (self);
      return;
    }

  /* Only of rows that may be shown, no others are asked for. */
  touched = g_malloc (_rfi_job_table_get_n_rows (self->order.table));
  for (guint i = 0; i < self->all.n_rows; i++)
    {
      guint row = self->all.rows[i];

      touched[row] = bits[row] == RFI_MATCH_NOW || bits[row] == RFI_MATCH_BEFORE;
    }

  rfi_row_list_append (&shown, self->all.rows, self->all.n_rows);
  rfi_row_list_keep (&shown, bits, RFI_MATCH_NOW);
  replace_shown (self, &shown, touched, FALSE);
  rfi_row_list_clear (&shown);
  sum_up (self);
}

static void
rfi_job_view_lacks_rows (RfiJobFollower *follower)
{
  RFI_JOB_VIEW (follower)->lacks_rows = TRUE;
}

static GType
rfi_job_view_get_item_type (GListModel *model)
{
  return RFI_TYPE_JOB_ITEM;
}

static guint
rfi_job_view_get_n_items (GListModel *model)
{
  return RFI_JOB_VIEW (model)->shown.n_rows;
}

static gpointer
rfi_job_view_get_item (GListModel *model,
                       guint       position)
{
  RfiJobView *self = RFI_JOB_VIEW (model);

  if (position >= self->shown.n_rows)
    return NULL;

  return _rfi_job_table_ref_row_item (self->order.table, self->shown.rows[position]);
}

static void
follower_iface_init (RfiJobFollowerInterface *iface)
{
  iface->one_changed = rfi_job_view_one_changed;
  iface->many_changed = rfi_job_view_many_changed;
  iface->filter_changed = rfi_job_view_filter_changed;
  iface->lacks_rows = rfi_job_view_lacks_rows;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rfi_job_view_get_item_type;
  iface->get_n_items = rfi_job_view_get_n_items;
  iface->get_item = rfi_job_view_get_item;
}

static void
rfi_job_view_dispose (GObject *object)
{
  RfiJobView *self = RFI_JOB_VIEW (object);

  if (self->match != NULL)
    rfi_job_match_remove_view (self->match, RFI_JOB_FOLLOWER (self));
  self->order.table = NULL;
  g_clear_object (&self->match);
  rfi_row_list_clear (&self->shown);
  rfi_row_list_clear (&self->all);
  if (self->pick.destroy != NULL)
    g_clear_pointer (&self->pick.user_data, self->pick.destroy);
  self->pick.destroy = NULL;

  G_OBJECT_CLASS (rfi_job_view_parent_class)->dispose (object);
}

static void
rfi_job_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RfiJobView *self = RFI_JOB_VIEW (object);

  switch (prop_id)
    {
    case PROP_N_HIDDEN:
      g_value_set_uint (value, rfi_job_view_get_n_hidden (self));
      break;

    case PROP_N_ITEMS:
      g_value_set_uint (value, self->shown.n_rows);
      break;

    case PROP_N_URGENT:
      g_value_set_uint (value, self->n_urgent);
      break;

    case PROP_OLDEST:
      g_value_set_int64 (value, self->oldest);
      break;

    case PROP_SORT:
      g_value_set_uint (value, self->order.sort);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_view_class_init (RfiJobViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_job_view_dispose;
  object_class->get_property = rfi_job_view_get_property;

  properties[PROP_N_HIDDEN] =
    g_param_spec_uint ("n-hidden", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_N_URGENT] =
    g_param_spec_uint ("n-urgent", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_OLDEST] =
    g_param_spec_int64 ("oldest", NULL, NULL,
                        0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_SORT] =
    g_param_spec_uint ("sort", NULL, NULL,
                       0, RFI_JOB_SORT_SCHEDULE, RFI_JOB_SORT_URGENCY,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_job_view_init (RfiJobView *self)
{
}

RfiJobView *
rfi_job_view_new (RfiJobTable  *table,
                  RfiJobFilter *filter,
                  guint         statuses)
{
  return rfi_job_view_new_wanted (table, filter, statuses, NULL, NULL);
}

RfiJobView *
rfi_job_view_new_wanted (RfiJobTable    *table,
                         RfiJobFilter   *filter,
                         guint           statuses,
                         RfiJobViewFunc  wanted,
                         gpointer        user_data)
{
  RfiJobPick pick = { .takes = wanted, .user_data = user_data };

  return _rfi_job_view_new_picked (table, filter, statuses, &pick);
}

RfiJobView *
_rfi_job_view_new_picked (RfiJobTable      *table,
                          RfiJobFilter     *filter,
                          guint             statuses,
                          const RfiJobPick *pick)
{
  RfiJobView *self;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), NULL);
  g_return_val_if_fail (filter == NULL || RFI_IS_JOB_FILTER (filter), NULL);

  self = g_object_new (RFI_TYPE_JOB_VIEW, NULL);
  self->pick = *pick;
  self->match = rfi_job_match_get (table, filter);
  self->order.table = table;
  self->statuses = statuses;
  fill (self);
  rfi_job_match_add_view (self->match, RFI_JOB_FOLLOWER (self));
  return self;
}

void
rfi_job_view_set_sort (RfiJobView *self,
                       RfiJobSort  sort)
{
  RfiRowList shown = { NULL, };

  g_return_if_fail (RFI_IS_JOB_VIEW (self));
  g_return_if_fail (!_rfi_job_table_is_busy (self->order.table));

  if (self->order.sort == sort)
    return;

  rfi_job_match_flush (self->match);
  self->order.sort = sort;
  _rfi_job_order_sort (&self->order, &self->all);
  rfi_row_list_append (&shown, self->all.rows, self->all.n_rows);
  rfi_row_list_keep (&shown, rfi_job_match_get_bits (self->match), RFI_MATCH_NOW);
  replace_shown (self, &shown, NULL, FALSE);
  rfi_row_list_clear (&shown);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}

RfiJobSort
rfi_job_view_get_sort (RfiJobView *self)
{
  g_return_val_if_fail (RFI_IS_JOB_VIEW (self), RFI_JOB_SORT_URGENCY);

  return self->order.sort;
}

guint
rfi_job_view_get_n_urgent (RfiJobView *self)
{
  g_return_val_if_fail (RFI_IS_JOB_VIEW (self), 0);

  return self->n_urgent;
}

guint
rfi_job_view_get_n_hidden (RfiJobView *self)
{
  g_return_val_if_fail (RFI_IS_JOB_VIEW (self), 0);

  return self->all.n_rows - self->shown.n_rows;
}

gint64
rfi_job_view_get_oldest (RfiJobView *self)
{
  g_return_val_if_fail (RFI_IS_JOB_VIEW (self), 0);

  return self->oldest;
}

gboolean
rfi_job_view_find (RfiJobView *self,
                   const char *job_id,
                   guint      *position)
{
  const RfiJob *job;
  guint row;

  g_return_val_if_fail (RFI_IS_JOB_VIEW (self), FALSE);

  if (!_rfi_job_table_find_row (self->order.table, job_id, &row) ||
      !has_status (self, _rfi_job_table_get_row (self->order.table, row)))
    return FALSE;

  job = _rfi_job_table_get_row (self->order.table, row)->work;
  return _rfi_job_order_find (&self->order, &self->shown, 0, job, row, position);
}
