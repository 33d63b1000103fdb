/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-create"

#include "config.h"

#include "rfi-send-create.h"

#include "rfi-remote-jobs.h"
#include "rfi-time.h"

struct _RfiSendCreate
{
  RfiSend parent_instance;

  RfiJob  *found;  /* (owned) (nullable): carries our id */
};

G_DEFINE_FINAL_TYPE (RfiSendCreate, rfi_send_create, RFI_TYPE_SEND)

/* Clocks are compared across computers here; so much may they disagree. */
#define CLOCK_SLACK (2 * 60 * 1000)

static void listed_recent_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);
static void listed_all_cb    (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiSend) send = user_data;
  g_autoptr(GError) error = NULL;
  RfiJob *row = rfi_remote_job_finish (RFI_REMOTE (object), result, &error);

  rfi_send_answered (send, row, g_steal_pointer (&error));
}

static gboolean
rfi_send_create_is_mine (RfiSend *send,
                         RfiJob  *row)
{
  return row != NULL
         && g_strcmp0 (rfi_job_extra_get_operation (row->extra),
                       rfi_send_get_operation (send)->id) == 0;
}

static void
row_cb (RfiJob   *job,
        gpointer  user_data)
{
  RfiSendCreate *self = user_data;

  if (self->found == NULL && rfi_send_create_is_mine (RFI_SEND (self), job))
    self->found = job;
  else
    rfi_job_unref (job);
}

/* What changed since the person typed it, then, as a write can fall behind, everything. */
static void
rfi_send_create_look (RfiSend *send)
{
  RfiSyncParts *parts = rfi_send_get_parts (send);
  RfiOperation *operation = rfi_send_get_operation (send);
  g_autofree char *since = NULL;

  if (parts->server_idempotent)
    {
      rfi_send_looked (send, NULL, NULL);
      return;
    }

  since = rfi_time_to_string (operation->created_at + parts->clock_offset - CLOCK_SLACK);
  rfi_remote_pull_async (parts->remote, since, row_cb, send, rfi_send_get_cancellable (send),
                         listed_recent_cb, g_object_ref (send));
}

static void
listed_recent_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  RfiSendCreate *self = user_data;
  RfiSend *send = RFI_SEND (self);
  g_autoptr(RfiRemotePull) pull = NULL;
  g_autoptr(GError) error = NULL;

  pull = rfi_remote_pull_finish (RFI_REMOTE (object), result, &error);
  if (self->found != NULL || pull == NULL)
    {
      if (self->found != NULL)
        g_clear_error (&error);
      rfi_send_looked (send, g_steal_pointer (&self->found), g_steal_pointer (&error));
      g_object_unref (self);
      return;
    }

  rfi_remote_pull_async (rfi_send_get_parts (send)->remote, NULL, row_cb, send,
                         rfi_send_get_cancellable (send), listed_all_cb, send);
}

static void
listed_all_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(RfiSendCreate) self = user_data;
  g_autoptr(RfiRemotePull) pull = NULL;
  g_autoptr(GError) error = NULL;

  pull = rfi_remote_pull_finish (RFI_REMOTE (object), result, &error);
  if (self->found != NULL)
    g_clear_error (&error);
  rfi_send_looked (RFI_SEND (self), g_steal_pointer (&self->found), g_steal_pointer (&error));
}

static void
rfi_send_create_send (RfiSend *send)
{
  RfiOperation *operation = rfi_send_get_operation (send);

  rfi_remote_create_async (rfi_send_get_parts (send)->remote, operation->patch,
                           operation->vendor_id, operation->id, rfi_send_get_cancellable (send),
                           sent_cb, g_object_ref (send));
}

static void
rfi_send_create_finalize (GObject *object)
{
  g_clear_pointer (&RFI_SEND_CREATE (object)->found, rfi_job_unref);

  G_OBJECT_CLASS (rfi_send_create_parent_class)->finalize (object);
}

static void
rfi_send_create_class_init (RfiSendCreateClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rfi_send_create_finalize;

  send_class->look = rfi_send_create_look;
  send_class->is_mine = rfi_send_create_is_mine;
  send_class->send = rfi_send_create_send;
}

static void
rfi_send_create_init (RfiSendCreate *self)
{
}

RfiSend *
rfi_send_create_new (void)
{
  return g_object_new (RFI_TYPE_SEND_CREATE, NULL);
}
