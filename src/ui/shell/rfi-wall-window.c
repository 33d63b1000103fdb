/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wall-window"

#include "config.h"

#include "rfi-wall-window.h"

#include "rfi-alert-words.h"
#include "rfi-board-page.h"
#include "rfi-job-filter-parts.h"
#include "rfi-job-table.h"
#include "rfi-job-tally.h"
#include "rfi-renew.h"
#include "rfi-saved-views.h"
#include "rfi-truth.h"

#include <glib/gi18n.h>

#define OPEN (1u << RFI_STATUS_PENDING | 1u << RFI_STATUS_ASSIGNED | 1u << RFI_STATUS_IN_PROGRESS)

/* It may hang there for weeks: a step changes the filter of the one board it has, and nothing is
 * made or kept. */
struct _RfiWallWindow
{
  GtkWindow     parent_instance;

  GSettings    *settings;   /* (owned) */
  RfiSession   *session;    /* (owned) */
  RfiAlertList *alerts;     /* (owned) (nullable) */
  RfiJobFilter *filter;     /* (owned) */
  guint         view;
  guint         step_source;
  guint         clock_source;
  guint         cookie;     /* of the screen kept awake; 0 = it is not */

  GtkLabel     *title;      /* template children, from here on */
  GtkLabel     *urgency;
  GtkImage     *truth_icon;
  GtkLabel     *truth;
  GtkLabel     *clock;
  RfiBoardPage *board;
};

G_DEFINE_FINAL_TYPE (RfiWallWindow, rfi_wall_window, GTK_TYPE_WINDOW)

/* In the settings, all views that the person has saved: they come after those below. */
#define SAVED "saved"

/* By their names in the settings. */
static const struct {
  const char *name;
  const char *title;
  guint       priorities;
  gboolean    unassigned;
} views[] = {
  { "all", N_("All Jobs"), 0, FALSE },
  { "urgent", N_("Urgent"), 1u << RFI_PRIORITY_URGENT, FALSE },
  { "unassigned", N_("Without a Technician"), 0, TRUE },
};

/* Returns: (transfer full) (nullable): %NULL if @view is none that was saved, or not any more */
static RfiSavedView *
get_saved (RfiWallWindow *self,
           guint          view)
{
  RfiSavedViews *saved = rfi_session_get_views (self->session);

  return saved != NULL && view >= G_N_ELEMENTS (views)
           ? g_list_model_get_item (G_LIST_MODEL (saved), view - G_N_ELEMENTS (views)) : NULL;
}

static guint
count_views (RfiWallWindow *self)
{
  RfiSavedViews *saved = rfi_session_get_views (self->session);

  return G_N_ELEMENTS (views) +
         (saved != NULL ? g_list_model_get_n_items (G_LIST_MODEL (saved)) : 0);
}

static void
show_view (RfiWallWindow *self,
           guint          view)
{
  g_autoptr(RfiSavedView) saved = get_saved (self, view);

  self->view = view;
  if (saved != NULL)
    {
      rfi_job_filter_copy (rfi_saved_view_get_filter (saved), self->filter);
      gtk_label_set_label (self->title, rfi_saved_view_get_name (saved));
      return;
    }

  rfi_job_filter_clear (self->filter);
  rfi_job_filter_set_priorities (self->filter, views[view].priorities);
  rfi_job_filter_set_statuses (self->filter, view > 0 ? OPEN : 0);
  rfi_job_filter_set_technician (self->filter, "", views[view].unassigned);
  gtk_label_set_label (self->title, _(views[view].title));
}

/* Whether a person chose the view and it has anything to show. */
static gboolean
is_worth_showing (RfiWallWindow      *self,
                  const char * const *chosen,
                  guint               view)
{
  RfiJobTable *jobs = rfi_session_get_jobs (self->session);
  const RfiJobCounts *counts = rfi_job_table_get_counts (jobs);
  g_autoptr(RfiSavedView) saved = get_saved (self, view);
  g_autoptr(RfiJobTally) tally = NULL;

  if (saved != NULL && g_strv_contains (chosen, SAVED))
    tally = rfi_job_tally_new (jobs, rfi_saved_view_get_filter (saved));
  if (view >= G_N_ELEMENTS (views))
    return tally != NULL && rfi_job_tally_get_n (tally) > 0;
  if (!g_strv_contains (chosen, views[view].name))
    return FALSE;
  if (views[view].priorities != 0)
    return counts->open_priorities[RFI_PRIORITY_URGENT] > 0;
  if (views[view].unassigned)
    return counts->n_unassigned > 0;
  return TRUE;
}

static gboolean
step_cb (gpointer user_data)
{
  rfi_wall_window_step (user_data);
  return G_SOURCE_CONTINUE;
}

static void
arm (RfiWallWindow *self)
{
  g_clear_handle_id (&self->step_source, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->step_source = g_timeout_add_seconds (
      g_settings_get_uint (self->settings, "wall-seconds"), step_cb, self);
}

static gboolean
clock_cb (gpointer user_data)
{
  RfiWallWindow *self = user_data;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  /* translators: weekday, day and month, and time, for a screen on the wall */
  g_autofree char *text = g_date_time_format (now, _("%A, %-d %B  %H:%M"));

  if (g_strcmp0 (gtk_label_get_label (self->clock), text) != 0)
    gtk_label_set_label (self->clock, text);
  return G_SOURCE_CONTINUE;
}

static void
update_truth (RfiWallWindow *self)
{
  RfiSyncState *state = rfi_session_get_sync_state (self->session);
  g_autofree char *words = rfi_truth_words (state);
  const char *classes[] = { rfi_truth_is_trouble (state) ? "rfi-error" : NULL, NULL };

  rfi_renew_icon (self->truth_icon, rfi_truth_icon (state));
  gtk_label_set_label (self->truth, words);
  gtk_widget_set_css_classes (GTK_WIDGET (self->truth), classes);
}

static void
update_urgency (RfiWallWindow *self)
{
  guint n = self->alerts != NULL ? rfi_alert_list_get_n_critical (self->alerts) : 0;
  g_autofree char *words =
    g_strdup_printf (_("%s: %u"), rfi_alert_words_severity (RFI_SEVERITY_CRITICAL), n);

  gtk_label_set_label (self->urgency, words);
  gtk_widget_set_visible (GTK_WIDGET (self->urgency), n > 0);
}

static gboolean
key_cb (RfiWallWindow   *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

/* While it is seen */

static void
rfi_wall_window_map (GtkWidget *widget)
{
  RfiWallWindow *self = RFI_WALL_WINDOW (widget);
  GApplication *application = g_application_get_default ();

  GTK_WIDGET_CLASS (rfi_wall_window_parent_class)->map (widget);

  if (self->cookie == 0 && GTK_IS_APPLICATION (application))
    self->cookie = gtk_application_inhibit (GTK_APPLICATION (application), GTK_WINDOW (self),
                                            GTK_APPLICATION_INHIBIT_IDLE,
                                            _("The board is shown on a wall"));
  clock_cb (self);
  if (self->clock_source == 0)
    self->clock_source = g_timeout_add_seconds (1, clock_cb, self);
  arm (self);
}

static void
rfi_wall_window_unmap (GtkWidget *widget)
{
  RfiWallWindow *self = RFI_WALL_WINDOW (widget);

  g_clear_handle_id (&self->step_source, g_source_remove);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  if (self->cookie != 0)
    gtk_application_uninhibit (GTK_APPLICATION (g_application_get_default ()), self->cookie);
  self->cookie = 0;

  GTK_WIDGET_CLASS (rfi_wall_window_parent_class)->unmap (widget);
}

static void
rfi_wall_window_dispose (GObject *object)
{
  RfiWallWindow *self = RFI_WALL_WINDOW (object);

  g_clear_object (&self->alerts);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_wall_window_parent_class)->dispose (object);
}

static void
rfi_wall_window_class_init (RfiWallWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_wall_window_dispose;
  widget_class->map = rfi_wall_window_map;
  widget_class->unmap = rfi_wall_window_unmap;

  g_type_ensure (RFI_TYPE_BOARD_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/shell/rfi-wall-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiWallWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RfiWallWindow, urgency);
  gtk_widget_class_bind_template_child (widget_class, RfiWallWindow, truth_icon);
  gtk_widget_class_bind_template_child (widget_class, RfiWallWindow, truth);
  gtk_widget_class_bind_template_child (widget_class, RfiWallWindow, clock);
  gtk_widget_class_bind_template_child (widget_class, RfiWallWindow, board);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
rfi_wall_window_init (RfiWallWindow *self)
{
  self->settings = g_settings_new (RFI_APP_ID);
  self->filter = rfi_job_filter_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rfi_board_page_set_filter (self->board, self->filter);
  rfi_board_page_set_wall (self->board);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
  g_signal_connect_object (self->settings, "changed::wall-seconds", G_CALLBACK (arm), self,
                           G_CONNECT_SWAPPED);
}

/* As large as the screen that @parent is on, also where no window manager makes it so. */
static void
fill_screen (RfiWallWindow *self,
             GtkWindow     *parent)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (parent));
  GdkMonitor *monitor =
    surface != NULL ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface),
                                                          surface) : NULL;
  GdkRectangle area;

  if (monitor == NULL)
    return;

  gdk_monitor_get_geometry (monitor, &area);
  gtk_window_set_default_size (GTK_WINDOW (self), area.width, area.height);
}

GtkWidget *
rfi_wall_window_new (GtkWindow    *parent,
                     RfiSession   *session,
                     RfiAlertList *alerts)
{
  RfiWallWindow *self = g_object_new (RFI_TYPE_WALL_WINDOW, "transient-for", parent, NULL);

  fill_screen (self, parent);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::sync-state", G_CALLBACK (update_truth), self,
                           G_CONNECT_SWAPPED);
  if (alerts != NULL)
    {
      self->alerts = g_object_ref (alerts);
      g_signal_connect_object (alerts, "notify::n-critical", G_CALLBACK (update_urgency), self,
                               G_CONNECT_SWAPPED);
    }
  rfi_board_page_set_session (self->board, session);
  update_truth (self);
  update_urgency (self);
  show_view (self, G_N_ELEMENTS (views) - 1);
  rfi_wall_window_step (self);
  return GTK_WIDGET (self);
}

void
rfi_wall_window_step (RfiWallWindow *self)
{
  g_auto(GStrv) chosen = NULL;
  guint n_views;

  g_return_if_fail (RFI_IS_WALL_WINDOW (self));

  n_views = count_views (self);
  chosen = g_settings_get_strv (self->settings, "wall-views");
  for (guint i = 1; i <= n_views; i++)
    {
      guint view = (self->view + i) % n_views;

      if (is_worth_showing (self, (const char * const *) chosen, view))
        {
          if (view != self->view || view >= G_N_ELEMENTS (views))
            show_view (self, view);
          return;
        }
    }
  show_view (self, 0);
}

const char *
rfi_wall_window_get_view (RfiWallWindow *self)
{
  g_return_val_if_fail (RFI_IS_WALL_WINDOW (self), NULL);

  return self->view < G_N_ELEMENTS (views) ? views[self->view].name : SAVED;
}
