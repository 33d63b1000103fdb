/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-groups"

#include "config.h"

#include "rfi-job-groups.h"

#include "rfi-job-match.h"
#include "rfi-job-view-private.h"

/* Of each row the number of its group, 0 for rows of other statuses and for gaps. A view of one
 * group asks for its rows, which is a look at four bytes a row instead of at a job all over memory.
 * Groups never go: their numbers stay what they are, and there are no more than people.
 */
typedef struct
{
  char  *key;      /* (owned) */
  guint  n_shown;  /* pass the filter */
} Group;

struct _RfiJobGroups
{
  GObject      parent_instance;

  RfiJobMatch *match;       /* (owned) */
  RfiJobTable *table;       /* of the match */
  RfiJobFilter *filter;     /* (owned) (nullable) */
  RfiGrouping  by;
  guint        statuses;
  GArray      *groups;      /* (owned) (element-type Group): the first is no group */
  GHashTable  *numbers;     /* (owned) (element-type utf8 guint): by key, which the group owns */
  GArray      *rows;        /* (owned) (element-type guint32): by row */
  guint        n_rows;      /* in a group */
  guint        n_shown;     /* of those, pass the filter */
  gboolean     lacks_rows;
};

enum {
  CHANGED,
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void follower_iface_init (RfiJobFollowerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiJobGroups, rfi_job_groups, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_JOB_FOLLOWER, follower_iface_init))

const char *
rfi_job_groups_key (RfiGrouping   by,
                    const RfiJob *job)
{
  if (by == RFI_GROUPING_VENDOR)
    return job->vendor_id;
  return job->assigned_to != NULL ? job->assigned_to : "";
}

static Group *
get_group (RfiJobGroups *self,
           guint         number)
{
  return &g_array_index (self->groups, Group, number);
}

static void
clear_group (gpointer data)
{
  g_free (((Group *) data)->key);
}

static guint
ensure_group (RfiJobGroups *self,
              const char   *key)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));
  Group group = { NULL, };

  if (number != 0)
    return number;

  number = self->groups->len;
  group.key = g_strdup (key);
  g_array_append_val (self->groups, group);
  g_hash_table_insert (self->numbers, group.key, GUINT_TO_POINTER (number));
  return number;
}

/* @state: (nullable). Returns: 0 for what is in no group */
static guint
find_group (RfiJobGroups *self,
            RfiJobState  *state)
{
  if (state == NULL || (self->statuses >> state->work->status & 1) == 0)
    return 0;
  return ensure_group (self, rfi_job_groups_key (self->by, state->work));
}

static void
reserve (RfiJobGroups *self)
{
  guint n_rows = _rfi_job_table_get_n_rows (self->table);

  if (n_rows > self->rows->len)
    g_array_set_size (self->rows, n_rows);
}

/* Returns: whether the group now has jobs to show and had none, or the other way round */
static gboolean
count (RfiJobGroups *self,
       guint         number,
       int           step)
{
  Group *group = get_group (self, number);
  gboolean had = group->n_shown > 0;

  if (number == 0)
    return FALSE;

  group->n_shown += step;
  self->n_shown += step;
  return had != (group->n_shown > 0);
}

static gboolean
take_change (RfiJobGroups       *self,
             const guint8       *bits,
             const RfiJobChange *change)
{
  guint32 *at = &g_array_index (self->rows, guint32, change->row);
  guint before = *at;
  guint after = find_group (self, change->after);
  gboolean turned = FALSE;

  *at = after;
  self->n_rows += (after != 0) - (before != 0);
  if ((bits[change->row] & RFI_MATCH_BEFORE) != 0)
    turned = count (self, before, -1);
  if ((bits[change->row] & RFI_MATCH_NOW) != 0)
    turned |= count (self, after, 1);
  return turned;
}

static void
tell (RfiJobGroups *self,
      gboolean      turned)
{
  if (turned)
    g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[COUNTED], 0);
}

static void
rfi_job_groups_one_changed (RfiJobFollower     *follower,
                            const RfiJobChange *change)
{
  RfiJobGroups *self = RFI_JOB_GROUPS (follower);

  reserve (self);
  tell (self, take_change (self, rfi_job_match_get_bits (self->match), change));
}

static void
rfi_job_groups_many_changed (RfiJobFollower     *follower,
                             const RfiJobChange *changes,
                             guint               n_changes,
                             const guint8       *touched)
{
  RfiJobGroups *self = RFI_JOB_GROUPS (follower);
  const guint8 *bits = rfi_job_match_get_bits (self->match);
  gboolean turned = FALSE;

  reserve (self);
  for (guint i = 0; i < n_changes; i++)
    turned |= take_change (self, bits, &changes[i]);
  tell (self, turned);
}

/* Looks at all rows. Texts that many jobs have in common are the same pointer meanwhile. */
static void
sort_out (RfiJobGroups *self)
{
  const RfiJobKeys *keys = _rfi_job_table_get_keys (self->table);
  guint n_rows = _rfi_job_table_get_n_rows (self->table);
  g_autoptr(GHashTable) known = g_hash_table_new (NULL, NULL);

  self->lacks_rows = FALSE;
  self->n_rows = 0;
  reserve (self);
  for (guint row = 0; row < n_rows; row++)
    {
      guint32 *at = &g_array_index (self->rows, guint32, row);
      gpointer key;

      *at = 0;
      if ((self->statuses >> _rfi_job_keys_get_status (&keys[row]) & 1) == 0 ||
          !_rfi_job_table_has_row (self->table, row))
        continue;

      key = (gpointer) rfi_job_groups_key (self->by,
                                           _rfi_job_table_get_row (self->table, row)->work);
      *at = GPOINTER_TO_UINT (g_hash_table_lookup (known, key));
      if (*at == 0)
        {
          *at = ensure_group (self, key);
          g_hash_table_insert (known, key, GUINT_TO_POINTER (*at));
        }
      self->n_rows++;
    }
}

/* Counts what passes anew. Returns: whether some group has jobs to show that had none, or the other
 * way round */
static gboolean
count_anew (RfiJobGroups *self)
{
  const guint8 *bits = rfi_job_match_get_bits (self->match);
  const guint32 *rows = (const guint32 *) (gpointer) self->rows->data;
  g_autofree guint *before = g_new (guint, self->groups->len);
  gboolean turned = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    {
      before[i] = get_group (self, i)->n_shown;
      get_group (self, i)->n_shown = 0;
    }
  for (guint row = 0; row < self->rows->len; row++)
    get_group (self, rows[row])->n_shown += (bits[row] & RFI_MATCH_NOW) != 0;

  self->n_shown = 0;
  get_group (self, 0)->n_shown = 0;
  for (guint i = 1; i < self->groups->len; i++)
    {
      turned |= (before[i] > 0) != (get_group (self, i)->n_shown > 0);
      self->n_shown += get_group (self, i)->n_shown;
    }
  return turned;
}

static void
rfi_job_groups_filter_changed (RfiJobFollower *follower)
{
  RfiJobGroups *self = RFI_JOB_GROUPS (follower);

  if (self->lacks_rows)
    sort_out (self);
  tell (self, count_anew (self));
}

static void
rfi_job_groups_lacks_rows (RfiJobFollower *follower)
{
  RFI_JOB_GROUPS (follower)->lacks_rows = TRUE;
}

static void
follower_iface_init (RfiJobFollowerInterface *iface)
{
  iface->one_changed = rfi_job_groups_one_changed;
  iface->many_changed = rfi_job_groups_many_changed;
  iface->filter_changed = rfi_job_groups_filter_changed;
  iface->lacks_rows = rfi_job_groups_lacks_rows;
}

static void
rfi_job_groups_dispose (GObject *object)
{
  RfiJobGroups *self = RFI_JOB_GROUPS (object);

  if (self->match != NULL)
    rfi_job_match_remove_view (self->match, RFI_JOB_FOLLOWER (self));
  g_clear_object (&self->match);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_job_groups_parent_class)->dispose (object);
}

static void
rfi_job_groups_finalize (GObject *object)
{
  RfiJobGroups *self = RFI_JOB_GROUPS (object);

  g_hash_table_unref (self->numbers);
  g_array_unref (self->groups);
  g_array_unref (self->rows);

  G_OBJECT_CLASS (rfi_job_groups_parent_class)->finalize (object);
}

static void
rfi_job_groups_class_init (RfiJobGroupsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_job_groups_dispose;
  object_class->finalize = rfi_job_groups_finalize;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_JOB_GROUPS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COUNTED] = g_signal_new ("counted", RFI_TYPE_JOB_GROUPS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_job_groups_init (RfiJobGroups *self)
{
  Group none = { NULL, };

  self->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_set_clear_func (self->groups, clear_group);
  g_array_append_val (self->groups, none);
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->rows = g_array_new (FALSE, TRUE, sizeof (guint32));
}

RfiJobGroups *
rfi_job_groups_new (RfiJobTable  *table,
                    RfiJobFilter *filter,
                    RfiGrouping   by,
                    guint         statuses)
{
  RfiJobGroups *self;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), NULL);
  g_return_val_if_fail (filter == NULL || RFI_IS_JOB_FILTER (filter), NULL);
  g_return_val_if_fail (by != RFI_GROUPING_STATUS, NULL);

  self = g_object_new (RFI_TYPE_JOB_GROUPS, NULL);
  self->match = rfi_job_match_get (table, filter);
  self->table = table;
  g_set_object (&self->filter, filter);
  self->by = by;
  self->statuses = statuses;
  sort_out (self);
  count_anew (self);
  /* Before the views that ask it. */
  rfi_job_match_add_view (self->match, RFI_JOB_FOLLOWER (self));
  return self;
}

guint
rfi_job_groups_count (RfiJobGroups *self,
                      const char   *key)
{
  guint number;

  g_return_val_if_fail (RFI_IS_JOB_GROUPS (self), 0);

  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));
  return number != 0 ? get_group (self, number)->n_shown : 0;
}

guint
rfi_job_groups_get_n (RfiJobGroups *self)
{
  g_return_val_if_fail (RFI_IS_JOB_GROUPS (self), 0);

  return self->n_shown;
}

guint
rfi_job_groups_get_n_hidden (RfiJobGroups *self)
{
  g_return_val_if_fail (RFI_IS_JOB_GROUPS (self), 0);

  return self->n_rows - self->n_shown;
}

GPtrArray *
rfi_job_groups_list (RfiJobGroups *self)
{
  GPtrArray *keys = g_ptr_array_new ();

  g_return_val_if_fail (RFI_IS_JOB_GROUPS (self), keys);

  for (guint i = 1; i < self->groups->len; i++)
    if (get_group (self, i)->n_shown > 0)
      g_ptr_array_add (keys, get_group (self, i)->key);
  return keys;
}

/* What a view of one group holds on to. */
typedef struct
{
  RfiJobGroups *groups;  /* (owned) */
  guint         number;
} Pick;

static void
pick_free (gpointer data)
{
  Pick *pick = data;

  g_object_unref (pick->groups);
  g_free (pick);
}

static gboolean
pick_takes (const RfiJob *job,
            gpointer      user_data)
{
  Pick *pick = user_data;

  return g_strcmp0 (rfi_job_groups_key (pick->groups->by, job),
                    get_group (pick->groups, pick->number)->key) == 0;
}

static void
pick_list (gpointer    user_data,
           RfiRowList *list)
{
  Pick *pick = user_data;
  const guint32 *rows = (const guint32 *) (gpointer) pick->groups->rows->data;

  for (guint32 row = 0; row < pick->groups->rows->len; row++)
    if (rows[row] == pick->number)
      rfi_row_list_append (list, &row, 1);
}

RfiJobView *
rfi_job_groups_make_view (RfiJobGroups *self,
                          const char   *key)
{
  RfiJobPick job_pick = { pick_takes, pick_list, NULL, pick_free };
  Pick *pick;

  g_return_val_if_fail (RFI_IS_JOB_GROUPS (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  pick = g_new (Pick, 1);
  pick->groups = g_object_ref (self);
  pick->number = ensure_group (self, key);
  job_pick.user_data = pick;
  return _rfi_job_view_new_picked (self->table, self->filter, self->statuses, &job_pick);
}
