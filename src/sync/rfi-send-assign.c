/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-assign"

#include "config.h"

#include "rfi-send-assign.h"

#include "rfi-remote-jobs.h"
#include "rfi-status.h"

struct _RfiSendAssign
{
  RfiSend parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiSendAssign, rfi_send_assign, RFI_TYPE_SEND)

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
rfi_send_assign_needs_look (RfiSend *send)
{
  return TRUE;
}

static gboolean
rfi_send_assign_is_illegal (RfiSend *send,
                            RfiJob  *row)
{
  return rfi_status_is_final (row->status);
}

static void
rfi_send_assign_send (RfiSend *send)
{
  RfiOperation *operation = rfi_send_get_operation (send);
  const char *technician = rfi_patch_get (operation->patch, RFI_FIELD_ASSIGNED_TO);

  if (technician != NULL && *technician == '\0')
    technician = NULL;

  rfi_remote_assign_async (rfi_send_get_parts (send)->remote, operation->job_id, technician,
                           rfi_send_get_etag (send), operation->id,
                           rfi_send_get_cancellable (send), sent_cb, g_object_ref (send));
}

static void
rfi_send_assign_class_init (RfiSendAssignClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  send_class->needs_look = rfi_send_assign_needs_look;
  send_class->is_illegal = rfi_send_assign_is_illegal;
  send_class->send = rfi_send_assign_send;
}

static void
rfi_send_assign_init (RfiSendAssign *self)
{
}

RfiSend *
rfi_send_assign_new (void)
{
  return g_object_new (RFI_TYPE_SEND_ASSIGN, NULL);
}
