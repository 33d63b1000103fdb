/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-badges"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-conflict-desk.h"

/* How much waits behind a page is said wherever pages are switched: on the board the jobs that want
 * attention, on the timeline those behind their plan, of conflicts those for this person, in
 * Activity the changes that failed. */

#define BADGES_KEY "rfi-badges"

typedef struct
{
  RfiWindow    *window;  /* (unowned): it owns this */
  GSignalGroup *alerts;  /* (owned) */
  GSignalGroup *desk;    /* (owned) */
  GSignalGroup *session; /* (owned) */
  guint         source;
} Badges;

static void
badges_free (gpointer data)
{
  Badges *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->alerts);
  g_object_unref (self->desk);
  g_object_unref (self->session);
  g_free (self);
}

static void
set_badge (RfiWindow  *window,
           const char *page,
           guint       n,
           gboolean    urgent)
{
  AdwViewStack *pages = ADW_VIEW_STACK (
    gtk_widget_get_template_child (GTK_WIDGET (window), RFI_TYPE_WINDOW, "pages"));
  GtkWidget *place = adw_view_stack_get_child_by_name (pages, page);

  if (place != NULL)
    g_object_set (adw_view_stack_get_page (pages, place), "badge-number", n, "needs-attention",
                  n > 0 && urgent, NULL);
}

static guint
get_count (gpointer    object,
           const char *property)
{
  guint n = 0;

  if (object != NULL)
    g_object_get (object, property, &n, NULL);
  return n;
}

static gboolean
update_alerts_cb (gpointer user_data)
{
  Badges *self = user_data;
  RfiAlertList *list = rfi_window_get_alerts (self->window);
  guint n_late = get_count (list, "n-late");
  gboolean urgent = get_count (list, "n-critical") > 0;

  self->source = 0;
  set_badge (self->window, "board", get_count (list, "n-active") - n_late, urgent);
  set_badge (self->window, "timeline", n_late, urgent);
  return G_SOURCE_REMOVE;
}

/* Several numbers change at once, and the header finds its places anew for each. */
static void
queue_alerts (Badges *self)
{
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, update_alerts_cb, self, NULL);
}

static void
update_conflicts (Badges *self)
{
  RfiSession *session = rfi_window_get_session (self->window);
  guint n = session != NULL ? get_count (rfi_conflict_desk_get (session), "n-waiting") : 0;

  set_badge (self->window, "conflicts", n, TRUE);
}

static void
update_failures (Badges *self)
{
  RfiSession *session = rfi_window_get_session (self->window);
  guint n = session != NULL ? rfi_session_get_sync_state (session)->n_failed : 0;

  set_badge (self->window, "activity", n, TRUE);
}

static Badges *
badges_new (RfiWindow *window)
{
  Badges *self = g_new0 (Badges, 1);

  self->window = window;
  self->alerts = g_signal_group_new (RFI_TYPE_ALERT_LIST);
  g_signal_group_connect_swapped (self->alerts, "notify::n-active", G_CALLBACK (queue_alerts),
                                  self);
  g_signal_group_connect_swapped (self->alerts, "notify::n-critical", G_CALLBACK (queue_alerts),
                                  self);
  g_signal_group_connect_swapped (self->alerts, "notify::n-late", G_CALLBACK (queue_alerts), self);
  self->desk = g_signal_group_new (RFI_TYPE_CONFLICT_DESK);
  g_signal_group_connect_swapped (self->desk, "notify::n-waiting", G_CALLBACK (update_conflicts),
                                  self);
  self->session = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session, "notify::sync-state",
                                  G_CALLBACK (update_failures), self);
  return self;
}

void
rfi_window_update_badges (RfiWindow *self)
{
  RfiSession *session = rfi_window_get_session (self);
  Badges *badges = g_object_get_data (G_OBJECT (self), BADGES_KEY);

  if (badges == NULL)
    {
      badges = badges_new (self);
      g_object_set_data_full (G_OBJECT (self), BADGES_KEY, badges, badges_free);
    }
  g_signal_group_set_target (badges->alerts, rfi_window_get_alerts (self));
  g_signal_group_set_target (badges->desk,
                             session != NULL ? rfi_conflict_desk_get (session) : NULL);
  g_signal_group_set_target (badges->session, session);
  queue_alerts (badges);
  update_conflicts (badges);
  update_failures (badges);
}
