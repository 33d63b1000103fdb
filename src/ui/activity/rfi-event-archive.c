/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-event-archive"

#include "config.h"

#include "rfi-event-archive.h"

#include "rfi-error-words.h"
#include "rfi-session-activity.h"

#include <glib/gi18n.h>

static void
archived_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_session_archive_events_finish (RFI_SESSION (object), result, &error))
    words = g_strdup (_("Old events are in the archive"));
  else
    words = rfi_error_words (error);
  gtk_widget_activate_action (widget, "win.toast", "(sss)", words, "", "");
}

void
rfi_event_archive_run (GtkWidget  *widget,
                       RfiSession *session)
{
  rfi_session_archive_events_async (session, archived_cb, g_object_ref (widget));
}
