/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-focus-watch"

#include "config.h"

#include "rfi-focus-watch.h"

#include "rfi-absence.h"
#include "rfi-session.h"

struct _RfiFocusWatch
{
  GObject            parent_instance;

  GtkApplication    *application;  /* (weak): it owns the watch */
  RfiSessionManager *manager;      /* (owned) */
  RfiAbsence        *absence;      /* (owned) */
};

G_DEFINE_FINAL_TYPE (RfiFocusWatch, rfi_focus_watch, G_TYPE_OBJECT)

/* A dialog may have no application of its own; who types in it has not left. */
static gboolean
is_ours (RfiFocusWatch *self,
         GtkWindow     *window)
{
  for (; window != NULL; window = gtk_window_get_transient_for (window))
    if (gtk_window_get_application (window) == self->application)
      return TRUE;
  return FALSE;
}

static gboolean
is_used (RfiFocusWatch *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window) && is_ours (self, window))
        return TRUE;
    }
  return FALSE;
}

static void
look (RfiFocusWatch *self)
{
  RfiSession *session = rfi_session_manager_get_session (self->manager);

  if (rfi_absence_set_present (self->absence, is_used (self)) && session != NULL)
    rfi_session_come_back (session);
}

static void
windows_changed_cb (RfiFocusWatch *self,
                    guint          position,
                    guint          n_removed,
                    guint          n_added,
                    GListModel    *windows)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      g_signal_connect_object (window, "notify::is-active", G_CALLBACK (look), self,
                               G_CONNECT_SWAPPED);
    }
  look (self);
}

static void
rfi_focus_watch_finalize (GObject *object)
{
  RfiFocusWatch *self = RFI_FOCUS_WATCH (object);

  g_clear_pointer (&self->absence, rfi_absence_free);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (rfi_focus_watch_parent_class)->finalize (object);
}

static void
rfi_focus_watch_class_init (RfiFocusWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_focus_watch_finalize;
}

static void
rfi_focus_watch_init (RfiFocusWatch *self)
{
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);

  self->absence = rfi_absence_new (clock);
}

RfiFocusWatch *
rfi_focus_watch_new (GtkApplication    *application,
                     RfiSessionManager *manager)
{
  RfiFocusWatch *self = g_object_new (RFI_TYPE_FOCUS_WATCH, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  self->application = application;
  self->manager = g_object_ref (manager);
  g_signal_connect_object (windows, "items-changed", G_CALLBACK (windows_changed_cb), self,
                           G_CONNECT_SWAPPED);
  windows_changed_cb (self, 0, 0, g_list_model_get_n_items (windows), windows);
  return self;
}

void
rfi_focus_watch_set_clock (RfiFocusWatch *self,
                           RfiClock      *clock)
{
  g_return_if_fail (RFI_IS_FOCUS_WATCH (self));

  rfi_absence_free (self->absence);
  self->absence = rfi_absence_new (clock);
  look (self);
}
