/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-rows"

#include "config.h"

#include "rfi-timeline-rows.h"

#include <string.h>

#define GATHER_MS 200

struct _RfiTimelineRows
{
  GObject       parent_instance;

  RfiSession   *session;   /* (owned) (nullable) */
  GListModel   *list;      /* (owned) (nullable) */
  RfiSchedule  *schedule;  /* (owned) */
  RfiJobFilter *filter;    /* (owned) */
  GPtrArray    *rows;      /* (owned) (element-type RfiTimelineRow) */
  GHashTable   *by_id;     /* (owned) (element-type utf8 guint): the rows' own ids */
  char         *wanted;    /* (owned): whom the filter asks for, as @rows have it */
  guint         source;    /* makes them anew */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiTimelineRows, rfi_timeline_rows, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  RfiTimelineRow *row = data;

  g_free (row->id);
  g_free (row->name);
  g_free (row->key);
  g_clear_object (&row->item);
  g_free (row);
}

static gboolean
is_wanted (RfiTimelineRows *self,
           GPtrArray       *technicians,
           const char      *id,
           const RfiUser   *user)
{
  const char *vendor_id = rfi_job_filter_get_vendor (self->filter);

  if (vendor_id != NULL && user != NULL && g_strcmp0 (user->vendor_id, vendor_id) != 0)
    return FALSE;

  return technicians->len == 0 || rfi_job_filter_has_technician (self->filter, id);
}

/* @item: (nullable) */
static void
add_row (RfiTimelineRows *self,
         GPtrArray       *technicians,
         const char      *id,
         RfiRecordItem   *item)
{
  const RfiUser *user = item != NULL ? rfi_record_item_get (item) : NULL;
  const char *name = id;
  RfiTimelineRow *row;

  if (!is_wanted (self, technicians, id, user))
    return;

  if (user != NULL)
    name = user->display_name;
  else if (self->session != NULL)
    name = rfi_session_get_name (self->session, id);
  row = g_new0 (RfiTimelineRow, 1);
  row->id = g_strdup (id);
  row->name = g_strdup (name);
  row->key = g_utf8_collate_key (name, -1);
  row->item = item != NULL ? g_object_ref (item) : NULL;
  g_ptr_array_add (self->rows, row);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const RfiTimelineRow *one = *(const RfiTimelineRow *const *) a;
  const RfiTimelineRow *other = *(const RfiTimelineRow *const *) b;
  int order = strcmp (one->key, other->key);

  return order != 0 ? order : strcmp (one->id, other->id);
}

static gboolean
has_bars (RfiTimelineRows *self,
          const char      *id)
{
  guint n_bars;

  rfi_schedule_get_bars (self->schedule, id, &n_bars);
  return n_bars > 0;
}

/* @seen: (element-type utf8): a set */
static void
add_known (RfiTimelineRows *self,
           GPtrArray       *technicians,
           GHashTable      *seen)
{
  for (guint i = 0; self->list != NULL && i < g_list_model_get_n_items (self->list); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (self->list, i);
      const RfiUser *user = rfi_record_item_get (item);

      if (!g_hash_table_add (seen, g_strdup (user->id)))
        continue;
      if (!user->inactive || has_bars (self, user->id))
        add_row (self, technicians, user->id, item);
    }
}

/* Returns: (transfer full): equal for filters that ask for the same people */
static char *
describe_wanted (RfiTimelineRows *self)
{
  g_autoptr(GPtrArray) technicians = rfi_job_filter_list_technicians (self->filter);
  const char *vendor_id = rfi_job_filter_get_vendor (self->filter);
  GString *text = g_string_new (vendor_id);

  for (guint i = 0; i < technicians->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) technicians->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
fill (RfiTimelineRows *self)
{
  g_autoptr(GPtrArray) technicians = rfi_job_filter_list_technicians (self->filter);
  g_autoptr(GPtrArray) ids = rfi_schedule_list_technicians (self->schedule);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_free (self->wanted);
  self->wanted = describe_wanted (self);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->rows, 0);
  add_known (self, technicians, seen);
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (seen, ids->pdata[i]))
      add_row (self, technicians, ids->pdata[i], NULL);

  g_ptr_array_sort (self->rows, compare_rows);
  for (guint i = 0; i < self->rows->len; i++)
    g_hash_table_insert (self->by_id, ((RfiTimelineRow *) self->rows->pdata[i])->id,
                         GUINT_TO_POINTER (i));
}

static void
fill_cb (gpointer user_data)
{
  RfiTimelineRows *self = user_data;

  self->source = 0;
  fill (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A flood of jobs brings somebody new with each of its waves. */
static void
queue_fill (RfiTimelineRows *self)
{
  if (self->source == 0)
    self->source = g_timeout_add_once (GATHER_MS, fill_cb, self);
}

/* Most of what a filter asks, each letter of a search too, is not about people. */
static void
filter_changed_cb (RfiTimelineRows *self)
{
  g_autofree char *wanted = describe_wanted (self);

  if (strcmp (wanted, self->wanted) == 0)
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_idle_add_once (fill_cb, self);
}

/* Only somebody's first bar makes a row; who keeps none loses theirs at the next occasion. */
static void
bars_changed_cb (RfiTimelineRows *self,
                 const char      *technician_id,
                 guint            position,
                 guint            removed,
                 guint            added)
{
  if (added > removed && !g_hash_table_contains (self->by_id, technician_id))
    queue_fill (self);
}

static void
rfi_timeline_rows_dispose (GObject *object)
{
  RfiTimelineRows *self = RFI_TIMELINE_ROWS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->list);
  g_clear_object (&self->schedule);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_timeline_rows_parent_class)->dispose (object);
}

static void
rfi_timeline_rows_finalize (GObject *object)
{
  RfiTimelineRows *self = RFI_TIMELINE_ROWS (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->rows);
  g_free (self->wanted);

  G_OBJECT_CLASS (rfi_timeline_rows_parent_class)->finalize (object);
}

static void
rfi_timeline_rows_class_init (RfiTimelineRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_timeline_rows_dispose;
  object_class->finalize = rfi_timeline_rows_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", RFI_TYPE_TIMELINE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
rfi_timeline_rows_init (RfiTimelineRows *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

RfiTimelineRows *
rfi_timeline_rows_new (RfiSession   *session,
                       GListModel   *technicians,
                       RfiSchedule  *schedule,
                       RfiJobFilter *filter)
{
  RfiTimelineRows *self = g_object_new (RFI_TYPE_TIMELINE_ROWS, NULL);

  g_set_object (&self->session, session);
  g_set_object (&self->list, technicians);
  self->schedule = g_object_ref (schedule);
  self->filter = g_object_ref (filter);
  fill (self);
  if (technicians != NULL)
    g_signal_connect_object (technicians, "items-changed", G_CALLBACK (queue_fill), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (schedule, "bars-changed", G_CALLBACK (bars_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

guint
rfi_timeline_rows_get_n (RfiTimelineRows *self)
{
  return self->rows->len;
}

const RfiTimelineRow *
rfi_timeline_rows_get (RfiTimelineRows *self,
                       guint            position)
{
  g_return_val_if_fail (position < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, position);
}

RfiUser *
rfi_timeline_row_get_user (const RfiTimelineRow *row)
{
  return row->item != NULL ? rfi_record_item_get (row->item) : NULL;
}

gboolean
rfi_timeline_rows_find (RfiTimelineRows *self,
                        const char      *technician_id,
                        guint           *position)
{
  gpointer value;

  if (technician_id == NULL
      || !g_hash_table_lookup_extended (self->by_id, technician_id, NULL, &value))
    return FALSE;

  *position = GPOINTER_TO_UINT (value);
  return TRUE;
}
