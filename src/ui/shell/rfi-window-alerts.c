/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-alerts"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-alert-words.h"
#include "rfi-job-item.h"

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

void
rfi_window_add_alert_actions (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "next-alert", .activate = next_alert },
    { .name = "previous-alert", .activate = previous_alert },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
