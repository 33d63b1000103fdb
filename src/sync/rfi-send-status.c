/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-status"

#include "config.h"

#include "rfi-send-status.h"

#include "rfi-remote-jobs.h"
#include "rfi-status.h"

struct _RfiSendStatus
{
  RfiSend parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiSendStatus, rfi_send_status, RFI_TYPE_SEND)

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

static void
rfi_send_status_send (RfiSend *send)
{
  RfiOperation *operation = rfi_send_get_operation (send);
  RfiStatus status = RFI_STATUS_PENDING;

  if (!rfi_status_from_string (rfi_patch_get (operation->patch, RFI_FIELD_STATUS), &status))
    g_critical ("Operation %s has no status", operation->id);

  rfi_remote_set_status_async (rfi_send_get_parts (send)->remote, operation->job_id, status,
                               rfi_send_get_etag (send), operation->id,
                               rfi_send_get_cancellable (send), sent_cb, g_object_ref (send));
}

static void
rfi_send_status_class_init (RfiSendStatusClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  send_class->send = rfi_send_status_send;
}

static void
rfi_send_status_init (RfiSendStatus *self)
{
}

RfiSend *
rfi_send_status_new (void)
{
  return g_object_new (RFI_TYPE_SEND_STATUS, NULL);
}
