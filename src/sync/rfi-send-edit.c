/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-edit"

#include "config.h"

#include "rfi-send-edit.h"

#include "rfi-remote-jobs.h"

struct _RfiSendEdit
{
  RfiSend parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiSendEdit, rfi_send_edit, RFI_TYPE_SEND)

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
rfi_send_edit_send (RfiSend *send)
{
  RfiOperation *operation = rfi_send_get_operation (send);

  rfi_remote_edit_async (rfi_send_get_parts (send)->remote, rfi_send_get_row (send),
                         operation->patch, rfi_send_get_etag (send), operation->id,
                         rfi_send_get_cancellable (send), sent_cb, g_object_ref (send));
}

static void
rfi_send_edit_class_init (RfiSendEditClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  send_class->send = rfi_send_edit_send;
}

static void
rfi_send_edit_init (RfiSendEdit *self)
{
}

RfiSend *
rfi_send_edit_new (void)
{
  return g_object_new (RFI_TYPE_SEND_EDIT, NULL);
}
