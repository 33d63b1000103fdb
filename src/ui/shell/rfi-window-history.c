/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-history"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-as-of-window.h"
#include "rfi-compare-window.h"
#include "rfi-history-page.h"
#include "rfi-session-commands.h"
#include "rfi-session-restore.h"

/* It closes when the session ends. */
static void
present (RfiWindow *self,
         GtkWidget *window)
{
  g_signal_connect_object (rfi_window_get_manager (self), "notify::session",
                           G_CALLBACK (gtk_window_close), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_as_of (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  present (user_data, rfi_as_of_window_new (rfi_window_get_session (user_data), user_data,
                                            g_variant_get_int64 (parameter)));
}

/* Two moments in ms since 1970; 0 for the second is now. */
static void
compare (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  gint64 from, to;

  g_variant_get (parameter, "(xx)", &from, &to);
  if (to == 0)
    to = g_get_real_time () / 1000;
  present (user_data, rfi_compare_window_new (rfi_window_get_session (user_data), user_data, from,
                                              to));
}

/* "" in a place of the parameter: it does not matter. */
static const char *
null_if_empty (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static void
show_history (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  const char *job_id, *user_id, *device_id;

  g_variant_get (parameter, "(&s&s&s)", &job_id, &user_id, &device_id);
  rfi_window_show_page (user_data, "history");
  rfi_history_page_look_for (RFI_HISTORY_PAGE (rfi_window_get_page (user_data, "history")),
                             null_if_empty (job_id), null_if_empty (user_id),
                             null_if_empty (device_id));
}

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    rfi_window_toast_error (self, error);
}

static void
restore_value (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  const char *job_id, *name, *expected, *value;
  RfiField field;

  g_variant_get (parameter, "(&s&s&s&s)", &job_id, &name, &expected, &value);
  if (rfi_field_from_string (name, &field))
    rfi_session_restore_async (rfi_window_get_session (user_data), job_id, field, expected, value,
                               restored_cb, g_object_ref (user_data));
}

void
rfi_window_add_history_actions (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "show-as-of", .activate = show_as_of, .parameter_type = "x" },
    { .name = "compare-moments", .activate = compare, .parameter_type = "(xx)" },
    { .name = "show-history", .activate = show_history, .parameter_type = "(sss)" },
    { .name = "restore-value", .activate = restore_value, .parameter_type = "(ssss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
