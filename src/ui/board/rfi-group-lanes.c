/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-group-lanes"

#include "config.h"

#include "rfi-group-lanes.h"

#include "rfi-lane-strip.h"
#include "rfi-record-item.h"

#include <glib/gi18n.h>

#define OPEN (1u << RFI_STATUS_PENDING | 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_IN_PROGRESS)
#define ENDED (1u << RFI_STATUS_COMPLETED | 1u << RFI_STATUS_CANCELLED)

/* While something is dragged near an edge, lanes from beyond come in. */
#define EDGE 48
#define EDGE_SPEED 0.9  /* pixels a ms */

struct _RfiGroupLanes
{
  GtkWidget        parent_instance;

  RfiSession      *session;    /* (owned) (nullable) */
  RfiJobTable     *jobs;       /* (owned) (nullable) */
  RfiJobFilter    *filter;     /* (owned) (nullable) */
  RfiJobSelection *selection;  /* (owned) (nullable) */
  RfiJobGroups    *groups;     /* (owned) (nullable) */
  RfiGrouping      by;
  RfiJobSort       sort;
  guint            statuses;
  RfiJobItem      *dragged;    /* (owned) (nullable) */
  guint            relist_source;
  guint            edge_tick;
  int              edge_step;  /* -1, 1 */
  gint64           edge_time;
  gboolean         jumping;

  GtkWidget       *scroller;
  RfiLaneStrip    *strip;
  GtkDropDown     *jump;       /* (owned) */
};

static void lanes_iface_init (RfiBoardLanesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiGroupLanes, rfi_group_lanes, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_BOARD_LANES, lanes_iface_init))

/* Which columns there are */

/* Returns: (transfer none): as people read it */
static const char *
get_name (RfiGroupLanes *self,
          const char    *key)
{
  if (*key == '\0')
    return _("Unassigned");
  if (self->session == NULL)
    return key;
  return self->by == RFI_GROUPING_VENDOR ? rfi_session_get_vendor_name (self->session, key)
                                         : rfi_session_get_name (self->session, key);
}

typedef struct
{
  const char *key;
  char       *order;  /* (owned) */
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;

  /* Nobody first. */
  if (*left->key == '\0' || *right->key == '\0')
    return (*left->key != '\0') - (*right->key != '\0');
  return strcmp (left->order, right->order);
}

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->order);
}

static void
add_entry (RfiGroupLanes *self,
           GArray        *entries,
           GHashTable    *known,
           const char    *key)
{
  Entry entry = { key, NULL };

  if (!g_hash_table_add (known, (gpointer) key))
    return;

  entry.order = g_utf8_collate_key (get_name (self, key), -1);
  g_array_append_val (entries, entry);
}

/* Who works here, whether or not they have anything to do: their lanes take jobs. */
static void
add_directory (RfiGroupLanes *self,
               GArray        *entries,
               GHashTable    *known)
{
  GListModel *people = self->by == RFI_GROUPING_VENDOR
                       ? rfi_session_get_vendors (self->session)
                       : rfi_session_get_technicians (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (people, i);
      const RfiUser *user = rfi_record_item_get (item);

      add_entry (self, entries, known,
                 self->by == RFI_GROUPING_VENDOR ? user->vendor_id : user->id);
    }
}

static gboolean
is_filtered (RfiGroupLanes *self)
{
  gboolean active = FALSE;

  g_object_get (self->filter, "active", &active, NULL);
  return active;
}

/* Returns: (transfer full) (element-type RfiLaneColumn) */
static GPtrArray *
list_columns (RfiGroupLanes *self)
{
  GPtrArray *columns = NULL;
  g_autoptr(GPtrArray) keys = rfi_job_groups_list (self->groups);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_clear_func (entries, clear_entry);
  if (self->by == RFI_GROUPING_TECHNICIAN)
    add_entry (self, entries, known, "");
  for (guint i = 0; i < keys->len; i++)
    add_entry (self, entries, known, g_ptr_array_index (keys, i));
  if (self->session != NULL && !is_filtered (self))
    add_directory (self, entries, known);
  g_array_sort (entries, compare_entries);

  columns = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_lane_column_free);
  for (guint i = 0; i < entries->len; i++)
    {
      const char *key = g_array_index (entries, Entry, i).key;

      g_ptr_array_add (columns, rfi_lane_column_new (key, get_name (self, key)));
    }
  return columns;
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      RfiLaneColumn *left = g_ptr_array_index (a, i);
      RfiLaneColumn *right = g_ptr_array_index (b, i);

      if (!g_str_equal (left->key, right->key) || !g_str_equal (left->name, right->name))
        return FALSE;
    }
  return TRUE;
}

static void
update_jump (RfiGroupLanes *self,
             GPtrArray     *columns)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    gtk_string_list_append (names, ((RfiLaneColumn *) g_ptr_array_index (columns, i))->name);
  self->jumping = TRUE;
  gtk_drop_down_set_model (self->jump, G_LIST_MODEL (names));
  self->jumping = FALSE;
}

static void
relist (RfiGroupLanes *self)
{
  GPtrArray *columns;

  g_clear_handle_id (&self->relist_source, g_source_remove);
  columns = self->groups != NULL
            ? list_columns (self)
            : g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_lane_column_free);
  if (is_same (columns, rfi_lane_strip_get_columns (self->strip)))
    {
      g_ptr_array_unref (columns);
      return;
    }

  rfi_lane_strip_set_columns (self->strip, self->by, columns);
  update_jump (self, columns);
}

static void
relist_cb (gpointer user_data)
{
  RfiGroupLanes *self = user_data;

  self->relist_source = 0;
  relist (self);
}

static void
queue_relist (RfiGroupLanes *self)
{
  if (self->relist_source == 0)
    self->relist_source = g_idle_add_once (relist_cb, self);
}

/* The lanes */

static void
set_view (RfiGroupLanes *self,
          RfiLane       *lane)
{
  g_autoptr(RfiJobView) view = NULL;

  if (self->groups != NULL && rfi_lane_get_key (lane) != NULL)
    {
      view = rfi_job_groups_make_view (self->groups, rfi_lane_get_key (lane));
      rfi_job_view_set_sort (view, self->sort);
    }
  rfi_lane_set_view (lane, self->session, view);
}

static void
bind_cb (RfiGroupLanes *self,
         RfiLane       *lane)
{
  set_view (self, lane);
  rfi_lane_offer (lane, self->dragged);
}

static void
offer (RfiLane  *lane,
       gpointer  item)
{
  rfi_lane_offer (lane, item);
}

static void
drag_started_cb (RfiGroupLanes *self,
                 RfiJobItem    *item)
{
  g_set_object (&self->dragged, item);
  rfi_lane_strip_foreach (self->strip, offer, item);
}

static void
drag_ended_cb (RfiGroupLanes *self)
{
  g_clear_object (&self->dragged);
  rfi_lane_strip_foreach (self->strip, offer, NULL);
}

/* Where @lane's neighbour is, whether or not it is in sight. */
static gboolean
find_beside (RfiGroupLanes *self,
             RfiLane       *lane,
             int            step,
             guint         *index)
{
  if (!rfi_lane_strip_find (self->strip, lane, index))
    return FALSE;

  *index += step;
  return *index < rfi_lane_strip_get_columns (self->strip)->len;
}

static void
leave_sideways_cb (RfiGroupLanes *self,
                   guint          position,
                   int            step,
                   RfiLane       *lane)
{
  GPtrArray *columns = rfi_lane_strip_get_columns (self->strip);
  guint index;

  for (gboolean more = find_beside (self, lane, step, &index); more && index < columns->len;
       index += step)
    {
      RfiLaneColumn *column = g_ptr_array_index (columns, index);

      if (rfi_job_groups_count (self->groups, column->key) == 0)
        continue;
      if (rfi_lane_focus_card (rfi_lane_strip_show (self->strip, index), position))
        return;
    }
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
move_sideways_cb (RfiGroupLanes *self,
                  RfiJobItem    *item,
                  int            step,
                  RfiLane       *lane)
{
  guint index;

  if (find_beside (self, lane, step, &index))
    rfi_lane_take (rfi_lane_strip_show (self->strip, index), item);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
made_cb (RfiGroupLanes *self,
         RfiLane       *lane)
{
  if (self->selection != NULL)
    rfi_lane_set_selection (lane, self->selection);
  g_signal_connect_object (lane, "drag-started", G_CALLBACK (drag_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "drag-ended", G_CALLBACK (drag_ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "leave-sideways", G_CALLBACK (leave_sideways_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "move-sideways", G_CALLBACK (move_sideways_cb), self,
                           G_CONNECT_SWAPPED);
}

/* To one of many */

static void
moved_cb (RfiGroupLanes *self)
{
  guint n = rfi_lane_strip_get_columns (self->strip)->len;

  self->jumping = TRUE;
  if (n > 0)
    gtk_drop_down_set_selected (self->jump, rfi_lane_strip_get_first (self->strip));
  self->jumping = FALSE;
}

static void
jumped_cb (RfiGroupLanes *self)
{
  guint index = gtk_drop_down_get_selected (self->jump);

  if (self->jumping || index >= rfi_lane_strip_get_columns (self->strip)->len)
    return;

  rfi_lane_focus_card (rfi_lane_strip_show (self->strip, index), 0);
}

static gboolean
edge_tick_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (widget);
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->edge_time != 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                              + self->edge_step * EDGE_SPEED * (now - self->edge_time) / 1000);
  self->edge_time = now;
  return G_SOURCE_CONTINUE;
}

static void
stop_edge (RfiGroupLanes *self)
{
  if (self->edge_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->edge_tick);
  self->edge_tick = 0;
  self->edge_time = 0;
}

static void
edge_motion_cb (RfiGroupLanes *self,
                double         x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->edge_step = x < EDGE ? -1 : x > width - EDGE ? 1 : 0;
  if (self->edge_step == 0)
    stop_edge (self);
  else if (self->edge_tick == 0)
    self->edge_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), edge_tick_cb, NULL, NULL);
}

/* What they show */

static void
set_view_cb (RfiLane  *lane,
             gpointer  user_data)
{
  set_view (user_data, lane);
}

static void
make_groups (RfiGroupLanes *self)
{
  g_autoptr(RfiJobGroups) before = g_steal_pointer (&self->groups);

  if (before != NULL)
    g_signal_handlers_disconnect_by_data (before, self);
  self->statuses = self->filter != NULL
                   ? OPEN | (rfi_job_filter_get_statuses (self->filter) & ENDED) : OPEN;
  if (self->jobs != NULL && self->filter != NULL && self->by != RFI_GROUPING_STATUS)
    {
      self->groups = rfi_job_groups_new (self->jobs, self->filter, self->by, self->statuses);
      g_signal_connect_object (self->groups, "changed", G_CALLBACK (queue_relist), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->groups, "counted", G_CALLBACK (rfi_board_lanes_changed),
                               self, G_CONNECT_SWAPPED);
    }
  relist (self);
  rfi_lane_strip_foreach (self->strip, set_view_cb, self);
  rfi_board_lanes_changed (RFI_BOARD_LANES (self));
}

static void
follow_directory (RfiGroupLanes *self,
                  RfiSession    *session)
{
  if (session == NULL)
    return;

  g_signal_connect_object (rfi_session_get_technicians (session), "items-changed",
                           G_CALLBACK (queue_relist), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rfi_session_get_vendors (session), "items-changed",
                           G_CALLBACK (queue_relist), self, G_CONNECT_SWAPPED);
}

static void
unfollow_directory (RfiGroupLanes *self)
{
  if (self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_func (rfi_session_get_technicians (self->session),
                                        queue_relist, self);
  g_signal_handlers_disconnect_by_func (rfi_session_get_vendors (self->session),
                                        queue_relist, self);
}

static void
rfi_group_lanes_set_jobs (RfiBoardLanes *lanes,
                          RfiSession    *session,
                          RfiJobTable   *jobs,
                          RfiJobFilter  *filter)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (lanes);

  if (self->session != session)
    {
      unfollow_directory (self);
      g_set_object (&self->session, session);
      follow_directory (self, session);
    }
  g_set_object (&self->jobs, jobs);
  g_set_object (&self->filter, filter);
  make_groups (self);
}

static void
set_selection_cb (RfiLane  *lane,
                  gpointer  selection)
{
  rfi_lane_set_selection (lane, selection);
}

static void
rfi_group_lanes_set_selection (RfiBoardLanes   *lanes,
                               RfiJobSelection *selection)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (lanes);

  if (g_set_object (&self->selection, selection))
    rfi_lane_strip_foreach (self->strip, set_selection_cb, selection);
}

static void
set_sort_cb (RfiLane  *lane,
             gpointer  sort)
{
  if (rfi_lane_get_view (lane) != NULL)
    rfi_job_view_set_sort (rfi_lane_get_view (lane), (RfiJobSort) GPOINTER_TO_UINT (sort));
}

static void
rfi_group_lanes_set_sort (RfiBoardLanes *lanes,
                          RfiJobSort     sort)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (lanes);

  self->sort = sort;
  rfi_lane_strip_foreach (self->strip, set_sort_cb, GUINT_TO_POINTER (sort));
}

/* Finished jobs are there when they are asked for. */
static void
rfi_group_lanes_filter_changed (RfiBoardLanes *lanes)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (lanes);

  if (self->statuses != (OPEN | (rfi_job_filter_get_statuses (self->filter) & ENDED)))
    make_groups (self);
  else
    queue_relist (self);
}

static void
rfi_group_lanes_count (RfiBoardLanes  *lanes,
                       RfiBoardCounts *counts)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (lanes);

  if (self->groups == NULL)
    return;

  counts->n_shown += rfi_job_groups_get_n (self->groups);
  counts->n_hidden += rfi_job_groups_get_n_hidden (self->groups);
}

static void
scroll_to_top_cb (RfiLane  *lane,
                  gpointer  user_data)
{
  rfi_lane_scroll_to_top (lane);
}

static void
rfi_group_lanes_scroll_to_top (RfiBoardLanes *lanes)
{
  rfi_lane_strip_foreach (RFI_GROUP_LANES (lanes)->strip, scroll_to_top_cb, NULL);
}

static void
refresh_cb (RfiLane  *lane,
            gpointer  resize)
{
  rfi_lane_refresh (lane, GPOINTER_TO_INT (resize));
}

static void
rfi_group_lanes_refresh (RfiBoardLanes *lanes,
                         gboolean       resize)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (lanes);

  rfi_lane_strip_foreach (self->strip, refresh_cb, GINT_TO_POINTER (resize));
  if (resize)
    gtk_widget_queue_resize (GTK_WIDGET (self->strip));
}

static void
lanes_iface_init (RfiBoardLanesInterface *iface)
{
  iface->set_jobs = rfi_group_lanes_set_jobs;
  iface->set_selection = rfi_group_lanes_set_selection;
  iface->set_sort = rfi_group_lanes_set_sort;
  iface->filter_changed = rfi_group_lanes_filter_changed;
  iface->count = rfi_group_lanes_count;
  iface->scroll_to_top = rfi_group_lanes_scroll_to_top;
  iface->refresh = rfi_group_lanes_refresh;
}

static void
rfi_group_lanes_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (RFI_GROUP_LANES (widget)->scroller, orientation, for_size,
                      minimum, natural, NULL, NULL);
}

static void
rfi_group_lanes_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (widget);

  rfi_lane_strip_set_page (self->strip, width);
  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
}

static void
rfi_group_lanes_dispose (GObject *object)
{
  RfiGroupLanes *self = RFI_GROUP_LANES (object);

  g_clear_handle_id (&self->relist_source, g_source_remove);
  stop_edge (self);
  unfollow_directory (self);
  if (self->groups != NULL)
    g_signal_handlers_disconnect_by_data (self->groups, self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->dragged);
  g_clear_object (&self->groups);
  g_clear_object (&self->jump);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->jobs);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_group_lanes_parent_class)->dispose (object);
}

static void
rfi_group_lanes_class_init (RfiGroupLanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_group_lanes_dispose;
  widget_class->measure = rfi_group_lanes_measure;
  widget_class->size_allocate = rfi_group_lanes_size_allocate;
}

static void
rfi_group_lanes_init (RfiGroupLanes *self)
{
  GtkEventController *motion = gtk_drop_controller_motion_new ();

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (motion, "motion", G_CALLBACK (edge_motion_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (stop_edge), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

GtkWidget *
rfi_group_lanes_new (RfiCardStyle *style,
                     GtkDropDown  *jump)
{
  RfiGroupLanes *self = g_object_new (RFI_TYPE_GROUP_LANES, NULL);
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  self->strip = RFI_LANE_STRIP (rfi_lane_strip_new (style, adjustment));
  g_signal_connect_object (self->strip, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->strip));

  self->jump = g_object_ref (jump);
  g_signal_connect_object (jump, "notify::selected", G_CALLBACK (jumped_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
rfi_group_lanes_set_grouping (RfiGroupLanes *self,
                              RfiGrouping    by)
{
  g_return_if_fail (RFI_IS_GROUP_LANES (self));

  if (self->by == by)
    return;

  self->by = by;
  make_groups (self);
}
