/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-alerts"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-job-item.h"
#include "rfi-wall-window.h"

#include <glib/gi18n.h>

/* From the job that is chosen to the next that wants attention. */
static void
step (RfiWindow *self,
      gboolean   forward)
{
  RfiAlertList *list = rfi_window_get_alerts (self);
  RfiJobItem *chosen = rfi_job_selection_get_cursor (rfi_window_get_selection (self));
  RfiAlertItem *item = NULL;
  g_autofree char *job_id = NULL;

  if (list != NULL)
    item = rfi_alert_list_step (list, chosen != NULL ? rfi_job_item_get_id (chosen) : NULL,
                                forward);
  if (item == NULL)
    {
      rfi_window_toast (self, _("No job wants attention"), NULL, NULL);
      return;
    }

  job_id = g_strdup (rfi_alert_item_get_job_id (item));
  rfi_window_show_job (self, job_id);
}

static void
next_alert (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  step (user_data, TRUE);
}

static void
previous_alert (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  step (user_data, FALSE);
}

/* On the screen that this window is on, and gone with what it shows. */
static void
show_wall (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  GtkWidget *wall = rfi_wall_window_new (GTK_WINDOW (self), rfi_window_get_session (self),
                                         rfi_window_get_alerts (self));

  g_signal_connect_object (rfi_window_get_manager (self), "notify::session",
                           G_CALLBACK (gtk_window_destroy), wall, G_CONNECT_SWAPPED);
  gtk_window_fullscreen (GTK_WINDOW (wall));
  gtk_window_present (GTK_WINDOW (wall));
}

void
rfi_window_add_alert_actions (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "next-alert", .activate = next_alert },
    { .name = "previous-alert", .activate = previous_alert },
    { .name = "wall", .activate = show_wall },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
