/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-announcement"

#include "config.h"

#include "rfi-announcement.h"

typedef struct {
  char          *id;            /* (owned) */
  GNotification *notification;  /* (owned) */
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *self = data;

  g_free (self->id);
  g_object_unref (self->notification);
  g_free (self);
}

/* (element-type Waiting): what waits until it is known whether somebody tells it */
static GPtrArray *
get_waiting (GApplication *application)
{
  GPtrArray *waiting = g_object_get_data (G_OBJECT (application), "rfi-waiting-announcements");

  if (waiting == NULL)
    {
      waiting = g_ptr_array_new_with_free_func (waiting_free);
      g_object_set_data_full (G_OBJECT (application), "rfi-waiting-announcements", waiting,
                              (GDestroyNotify) g_ptr_array_unref);
    }
  return waiting;
}

static void
forget (GPtrArray  *waiting,
        const char *id)
{
  for (guint i = waiting->len; i > 0; i--)
    if (g_str_equal (((Waiting *) waiting->pdata[i - 1])->id, id))
      g_ptr_array_remove_index (waiting, i - 1);
}

static void
answered_cb (GObject      *connection,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GApplication) application = user_data;
  GPtrArray *waiting = get_waiting (application);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);

  if (reply == NULL)
    g_debug ("Nothing is announced: %s", error->message);

  for (guint i = 0; reply != NULL && i < waiting->len; i++)
    {
      Waiting *next = waiting->pdata[i];

      g_application_send_notification (application, next->id, next->notification);
    }
  g_ptr_array_set_size (waiting, 0);
}

/* In a sandbox a portal tells, and that is always there. */
static gboolean
has_portal (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

void
rfi_announcement_send (GApplication  *application,
                       const char    *id,
                       GNotification *notification)
{
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  GPtrArray *waiting = get_waiting (application);
  Waiting *next;

  g_return_if_fail (G_IS_NOTIFICATION (notification));

  if (connection == NULL || has_portal ())
    {
      g_application_send_notification (application, id, notification);
      return;
    }

  /* GIO warns of each that nobody takes. Who takes them may have to be started first. */
  if (waiting->len == 0)
    g_dbus_connection_call (connection, "org.freedesktop.Notifications",
                            "/org/freedesktop/Notifications", "org.freedesktop.DBus.Peer", "Ping",
                            NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, answered_cb,
                            g_object_ref (application));
  forget (waiting, id);
  next = g_new0 (Waiting, 1);
  next->id = g_strdup (id);
  next->notification = g_object_ref (notification);
  g_ptr_array_add (waiting, next);
}

void
rfi_announcement_withdraw (GApplication *application,
                           const char   *id)
{
  forget (get_waiting (application), id);
  g_application_withdraw_notification (application, id);
}
