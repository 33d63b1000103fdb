/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane-selection"

#include "config.h"

#include "rfi-lane-selection.h"

#include "rfi-job-item.h"

/* As many rows as a list shows, and some more. */
#define TOP_LENGTH 64

struct _RfiLaneSelection
{
  GObject          parent_instance;

  RfiJobView      *view;    /* (owned) */
  RfiJobSelection *chosen;  /* (owned) */
  guint            anchor;  /* where the last range began */
  guint            limit;   /* how many of the view have been told */
};

static void rfi_lane_selection_list_model_init      (GListModelInterface        *iface);
static void rfi_lane_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiLaneSelection, rfi_lane_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rfi_lane_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      rfi_lane_selection_selection_model_init))

static guint
get_n (RfiLaneSelection *self)
{
  return MIN (g_list_model_get_n_items (G_LIST_MODEL (self->view)), self->limit);
}

/* Returns: (transfer full) (element-type RfiJobItem) */
static GPtrArray *
list_range (RfiLaneSelection *self,
            guint             position,
            guint             n_items)
{
  GPtrArray *items = g_ptr_array_new_full (n_items, g_object_unref);

  for (guint i = position; i < position + n_items; i++)
    {
      RfiJobItem *item = g_list_model_get_item (G_LIST_MODEL (self->view), i);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

static void
changed_cb (RfiLaneSelection *self)
{
  if (get_n (self) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, get_n (self));
}

/* What is beyond the limit has not been told: what goes in front of it pushes others out. */
static void
items_changed_cb (RfiLaneSelection *self,
                  guint             position,
                  guint             removed,
                  guint             added)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->view)) + removed - added;

  if (position >= self->limit)
    return;

  if (self->limit < MAX (n_before, n_before + added - removed))
    {
      removed = MIN (n_before, self->limit) - position;
      added = get_n (self) - position;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* The list */

static GType
rfi_lane_selection_get_item_type (GListModel *list)
{
  return RFI_TYPE_JOB_ITEM;
}

static guint
rfi_lane_selection_get_n_items (GListModel *list)
{
  return get_n (RFI_LANE_SELECTION (list));
}

static gpointer
rfi_lane_selection_get_item (GListModel *list,
                             guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (RFI_LANE_SELECTION (list)->view), position);
}

static void
rfi_lane_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rfi_lane_selection_get_item_type;
  iface->get_n_items = rfi_lane_selection_get_n_items;
  iface->get_item = rfi_lane_selection_get_item;
}

/* What is selected of it */

static gboolean
rfi_lane_selection_is_selected (GtkSelectionModel *model,
                                guint              position)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->view), position);

  return item != NULL && rfi_job_selection_has (self->chosen, item);
}

static GtkBitset *
rfi_lane_selection_get_selection_in_range (GtkSelectionModel *model,
                                           guint              position,
                                           guint              n_items)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(GPtrArray) items = rfi_job_selection_list (self->chosen);
  GtkBitset *selected = gtk_bitset_new_empty ();

  for (guint i = 0; i < items->len; i++)
    {
      guint at;

      if (rfi_job_view_find (self->view, rfi_job_item_get_id (g_ptr_array_index (items, i)), &at))
        gtk_bitset_add (selected, at);
    }
  return selected;
}

static gboolean
rfi_lane_selection_select_item (GtkSelectionModel *model,
                                guint              position,
                                gboolean           unselect_rest)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(GPtrArray) items = list_range (self, position, 1);

  if (items->len == 0)
    return FALSE;

  self->anchor = position;
  if (unselect_rest)
    rfi_job_selection_choose (self->chosen, g_ptr_array_index (items, 0));
  else
    rfi_job_selection_change (self->chosen, items, NULL, g_ptr_array_index (items, 0));
  return TRUE;
}

static gboolean
rfi_lane_selection_unselect_item (GtkSelectionModel *model,
                                  guint              position)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(GPtrArray) items = list_range (self, position, 1);

  rfi_job_selection_change (self->chosen, NULL, items, NULL);
  return TRUE;
}

/* The cursor goes where the range was drawn to: away from where it began. */
static gboolean
rfi_lane_selection_select_range (GtkSelectionModel *model,
                                 guint              position,
                                 guint              n_items,
                                 gboolean           unselect_rest)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(GPtrArray) items = list_range (self, position, n_items);
  RfiJobItem *end;

  if (items->len == 0)
    return FALSE;

  end = g_ptr_array_index (items, self->anchor == position ? items->len - 1 : 0);
  if (unselect_rest)
    rfi_job_selection_replace (self->chosen, items, end);
  else
    rfi_job_selection_change (self->chosen, items, NULL, end);
  return TRUE;
}

static gboolean
rfi_lane_selection_unselect_range (GtkSelectionModel *model,
                                   guint              position,
                                   guint              n_items)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(GPtrArray) items = list_range (self, position, n_items);

  rfi_job_selection_change (self->chosen, NULL, items, NULL);
  return TRUE;
}

static gboolean
rfi_lane_selection_select_all (GtkSelectionModel *model)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  guint n_jobs = g_list_model_get_n_items (G_LIST_MODEL (self->view));
  g_autoptr(GPtrArray) items = list_range (self, 0, n_jobs);

  rfi_job_selection_replace (self->chosen, items, rfi_job_selection_get_cursor (self->chosen));
  return TRUE;
}

static gboolean
rfi_lane_selection_unselect_all (GtkSelectionModel *model)
{
  rfi_job_selection_choose (RFI_LANE_SELECTION (model)->chosen, NULL);
  return TRUE;
}

/* (element-type RfiJobItem): those of @mask that are, or are not, in @selected */
static GPtrArray *
list_masked (RfiLaneSelection *self,
             GtkBitset        *selected,
             GtkBitset        *mask,
             gboolean          in)
{
  g_autoptr(GtkBitset) wanted = gtk_bitset_copy (mask);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint at;

  if (in)
    gtk_bitset_intersect (wanted, selected);
  else
    gtk_bitset_subtract (wanted, selected);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, wanted, &at); more;
       more = gtk_bitset_iter_next (&iter, &at))
    {
      RfiJobItem *item = g_list_model_get_item (G_LIST_MODEL (self->view), at);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

/* What a rubber band ends with; over the whole lane it is all there is to be selected. */
static gboolean
rfi_lane_selection_set_selection (GtkSelectionModel *model,
                                  GtkBitset         *selected,
                                  GtkBitset         *mask)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (model);
  g_autoptr(GPtrArray) added = list_masked (self, selected, mask, TRUE);

  if (gtk_bitset_get_size (mask) >= get_n (self))
    {
      rfi_job_selection_replace (self->chosen, added, NULL);
    }
  else
    {
      g_autoptr(GPtrArray) removed = list_masked (self, selected, mask, FALSE);

      rfi_job_selection_change (self->chosen, added, removed, NULL);
    }
  return TRUE;
}

static void
rfi_lane_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = rfi_lane_selection_is_selected;
  iface->get_selection_in_range = rfi_lane_selection_get_selection_in_range;
  iface->select_item = rfi_lane_selection_select_item;
  iface->unselect_item = rfi_lane_selection_unselect_item;
  iface->select_range = rfi_lane_selection_select_range;
  iface->unselect_range = rfi_lane_selection_unselect_range;
  iface->select_all = rfi_lane_selection_select_all;
  iface->unselect_all = rfi_lane_selection_unselect_all;
  iface->set_selection = rfi_lane_selection_set_selection;
}

static void
rfi_lane_selection_finalize (GObject *object)
{
  RfiLaneSelection *self = RFI_LANE_SELECTION (object);

  g_clear_object (&self->view);
  g_clear_object (&self->chosen);

  G_OBJECT_CLASS (rfi_lane_selection_parent_class)->finalize (object);
}

static void
rfi_lane_selection_class_init (RfiLaneSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_lane_selection_finalize;
}

static void
rfi_lane_selection_init (RfiLaneSelection *self)
{
  self->limit = G_MAXUINT;
}

static void
follow (RfiLaneSelection *self,
        RfiJobView       *view)
{
  self->view = g_object_ref (view);
  g_signal_connect_object (view, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

RfiLaneSelection *
rfi_lane_selection_new (RfiJobView      *view,
                        RfiJobSelection *chosen)
{
  RfiLaneSelection *self = g_object_new (RFI_TYPE_LANE_SELECTION, NULL);

  follow (self, view);
  self->chosen = g_object_ref (chosen);
  g_signal_connect_object (chosen, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
rfi_lane_selection_get_limit (RfiLaneSelection *self)
{
  g_return_val_if_fail (RFI_IS_LANE_SELECTION (self), G_MAXUINT);

  return self->limit;
}

void
rfi_lane_selection_set_limit (RfiLaneSelection *self,
                              guint             limit)
{
  guint n_before, n_after;

  g_return_if_fail (RFI_IS_LANE_SELECTION (self));

  n_before = get_n (self);
  self->limit = limit;
  n_after = get_n (self);
  if (n_before < n_after)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n_after - n_before);
  else if (n_after < n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_after, n_before - n_after, 0);
}

void
rfi_lane_selection_set_view (RfiLaneSelection *self,
                             RfiJobView       *view)
{
  guint n_before = get_n (self);
  guint n_jobs = g_list_model_get_n_items (G_LIST_MODEL (view));
  guint n_top = MIN (n_jobs, TOP_LENGTH);

  g_return_if_fail (RFI_IS_LANE_SELECTION (self));

  g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  follow (self, view);
  self->anchor = 0;

  /* Those at the top get the widgets there are; of the rest nobody is to be asked. */
  self->limit = n_top;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, n_top);
  self->limit = G_MAXUINT;
  if (n_jobs > n_top)
    g_list_model_items_changed (G_LIST_MODEL (self), n_top, 0, n_jobs - n_top);
}
