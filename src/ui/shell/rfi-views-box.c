/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-views-box"

#include "config.h"

#include "rfi-views-box.h"

#include "rfi-builtin-view.h"
#include "rfi-job-filter-parts.h"
#include "rfi-job-filter-text.h"
#include "rfi-job-table.h"
#include "rfi-job-tally.h"
#include "rfi-saved-views.h"
#include "rfi-view-row.h"

#include <glib/gi18n.h>

/* Ages are asked for in hours, schedules in days. */
#define REFRESH_INTERVAL 60  /* s */

struct _RfiViewsBox
{
  AdwBin         parent_instance;

  RfiSession    *session;  /* (owned) (nullable) */
  RfiSavedViews *saved;    /* (owned) (nullable) */
  RfiJobFilter  *filter;   /* (owned) (nullable) */
  GPtrArray     *rows;     /* (element-type RfiViewRow), not owned */
  GPtrArray     *tallies;  /* (element-type RfiJobTally nullable): of the rows */
  GtkListBox    *list;     /* child */
  guint          n_pinned;  /* rows above the built-in ones */
  guint          refresh_source;
};

G_DEFINE_FINAL_TYPE (RfiViewsBox, rfi_views_box, ADW_TYPE_BIN)

/* A search is looked for in whatever view is chosen: what they are without words. */
static char *
describe (RfiJobFilter *filter)
{
  g_autoptr(RfiJobFilter) copy = rfi_job_filter_new ();

  rfi_job_filter_copy (filter, copy);
  rfi_job_filter_set_text (copy, "");
  return rfi_job_filter_to_text (copy);
}

/* The view that the filter is, if it is one. */
static void
filter_changed_cb (RfiViewsBox *self)
{
  g_autofree char *wanted = describe (self->filter);
  RfiViewRow *found = NULL;

  for (guint i = 0; i < self->rows->len && found == NULL; i++)
    {
      RfiViewRow *row = g_ptr_array_index (self->rows, i);
      RfiJobFilter *filter = rfi_view_row_get_filter (row);
      const char *text = rfi_job_filter_get_text (filter);
      g_autofree char *view = describe (filter);

      if (g_strcmp0 (view, wanted) == 0
          && (*text == '\0' || g_strcmp0 (text, rfi_job_filter_get_text (self->filter)) == 0))
        found = row;
    }
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (found));
}

static void
row_activated_cb (RfiViewsBox *self,
                  RfiViewRow  *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", rfi_view_row_get_id (row));
}

/* @tally: (transfer full) (nullable) */
static void
add_row (RfiViewsBox *self,
         GtkWidget   *row,
         RfiJobTally *tally)
{
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->tallies, tally);
}

static void
add_builtin (RfiViewsBox    *self,
             RfiBuiltinView  view)
{
  g_autoptr(RfiJobFilter) filter = rfi_builtin_view_make_filter (view, self->session);
  RfiJobTable *jobs = rfi_session_get_jobs (self->session);
  gboolean counted;
  guint n_jobs;

  counted = rfi_builtin_view_count (view, rfi_job_table_get_counts (jobs), &n_jobs);
  add_row (self,
           rfi_view_row_new (rfi_builtin_view_get_id (view), rfi_builtin_view_get_icon (view),
                             rfi_builtin_view_get_title (view), filter),
           counted ? NULL : rfi_job_tally_new (jobs, filter));
}

static void
add_saved (RfiViewsBox *self,
           gboolean     pinned)
{
  RfiJobTable *jobs = rfi_session_get_jobs (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->saved)); i++)
    {
      g_autoptr(RfiSavedView) view = g_list_model_get_item (G_LIST_MODEL (self->saved), i);

      if (rfi_saved_view_get_pinned (view) == pinned)
        add_row (self, rfi_view_row_new_saved (view),
                 rfi_job_tally_new (jobs, rfi_saved_view_get_filter (view)));
    }
}

/* The row of this view; whoever moves it by keys moves on with it. */
static void
focus_view (RfiViewsBox *self,
            const char  *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (rfi_view_row_get_id (g_ptr_array_index (self->rows, i)), id) == 0)
      gtk_widget_grab_focus (g_ptr_array_index (self->rows, i));
}

static char *
get_focused (RfiViewsBox *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && RFI_IS_VIEW_ROW (focus)
         ? g_strdup (rfi_view_row_get_id (RFI_VIEW_ROW (focus))) : NULL;
}

static void
rebuild (RfiViewsBox *self)
{
  g_autofree char *focused = get_focused (self);

  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->tallies, 0);
  if (self->session == NULL)
    return;

  if (self->saved != NULL)
    add_saved (self, TRUE);
  self->n_pinned = self->rows->len;
  for (guint i = 0; i < RFI_N_BUILTIN_VIEWS; i++)
    add_builtin (self, (RfiBuiltinView) i);
  if (self->saved != NULL)
    add_saved (self, FALSE);
  rfi_views_box_update (self);
  if (self->filter != NULL)
    filter_changed_cb (self);
  if (focused != NULL)
    focus_view (self, focused);
}

static void
tally_free (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

/* What depends on the time of day shows it. */
static gboolean
refresh_cb (gpointer user_data)
{
  RfiViewsBox *self = user_data;

  for (guint i = 0; i < self->rows->len; i++)
    rfi_job_filter_refresh (rfi_view_row_get_filter (g_ptr_array_index (self->rows, i)));
  rfi_views_box_update (self);
  return G_SOURCE_CONTINUE;
}

static void
rfi_views_box_map (GtkWidget *widget)
{
  RfiViewsBox *self = RFI_VIEWS_BOX (widget);

  GTK_WIDGET_CLASS (rfi_views_box_parent_class)->map (widget);

  refresh_cb (self);
  self->refresh_source = g_timeout_add_seconds (REFRESH_INTERVAL, refresh_cb, self);
}

static void
rfi_views_box_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RFI_VIEWS_BOX (widget)->refresh_source, g_source_remove);

  GTK_WIDGET_CLASS (rfi_views_box_parent_class)->unmap (widget);
}

static void
rfi_views_box_dispose (GObject *object)
{
  RfiViewsBox *self = RFI_VIEWS_BOX (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_ptr_array_set_size (self->tallies, 0);
  g_clear_object (&self->saved);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (rfi_views_box_parent_class)->dispose (object);
}

static void
rfi_views_box_finalize (GObject *object)
{
  RfiViewsBox *self = RFI_VIEWS_BOX (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->tallies);

  G_OBJECT_CLASS (rfi_views_box_parent_class)->finalize (object);
}

static void
rfi_views_box_class_init (RfiViewsBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_views_box_dispose;
  object_class->finalize = rfi_views_box_finalize;
  GTK_WIDGET_CLASS (klass)->map = rfi_views_box_map;
  GTK_WIDGET_CLASS (klass)->unmap = rfi_views_box_unmap;
}

static void
rfi_views_box_init (RfiViewsBox *self)
{
  self->rows = g_ptr_array_new ();
  self->tallies = g_ptr_array_new_with_free_func (tally_free);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Views"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

void
rfi_views_box_set_filter (RfiViewsBox  *self,
                          RfiJobFilter *filter)
{
  g_return_if_fail (RFI_IS_VIEWS_BOX (self));

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, filter_changed_cb, self);
  g_set_object (&self->filter, filter);
  if (filter == NULL)
    return;

  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  filter_changed_cb (self);
}

void
rfi_views_box_set_session (RfiViewsBox *self,
                           RfiSession  *session)
{
  RfiSavedViews *saved = session != NULL ? rfi_session_get_views (session) : NULL;

  g_return_if_fail (RFI_IS_VIEWS_BOX (self));

  if (self->saved != NULL)
    g_signal_handlers_disconnect_by_func (self->saved, rebuild, self);
  g_set_object (&self->session, session);
  g_set_object (&self->saved, saved);
  if (saved != NULL)
    g_signal_connect_object (saved, "items-changed", G_CALLBACK (rebuild), self,
                             G_CONNECT_SWAPPED);
  rebuild (self);
}

void
rfi_views_box_update (RfiViewsBox *self)
{
  const RfiJobCounts *counts;

  g_return_if_fail (RFI_IS_VIEWS_BOX (self));

  if (self->session == NULL)
    return;

  counts = rfi_job_table_get_counts (rfi_session_get_jobs (self->session));
  for (guint i = 0; i < self->rows->len; i++)
    {
      RfiJobTally *tally = g_ptr_array_index (self->tallies, i);
      guint n_jobs = 0;

      if (tally != NULL)
        n_jobs = rfi_job_tally_get_n (tally);
      else
        rfi_builtin_view_count ((RfiBuiltinView) (i - self->n_pinned), counts, &n_jobs);
      rfi_view_row_set_count (g_ptr_array_index (self->rows, i), n_jobs);
    }
}
