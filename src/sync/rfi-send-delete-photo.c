/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-delete-photo"

#include "config.h"

#include "rfi-send-delete-photo.h"

#include "rfi-remote-photos.h"
#include "rfi-photo.h"
#include "rfi-sync-error.h"

struct _RfiSendDeletePhoto
{
  RfiSend parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiSendDeletePhoto, rfi_send_delete_photo, RFI_TYPE_SEND)

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiSend) send = user_data;
  g_autoptr(GError) error = NULL;

  rfi_remote_delete_photo_finish (RFI_REMOTE (object), result, &error);
  rfi_send_answered (send, NULL, g_steal_pointer (&error));
}

static gboolean
rfi_send_delete_photo_is_mine (RfiSend *send,
                               RfiJob  *row)
{
  const char *photo_id = rfi_send_get_operation (send)->photo_id;

  for (guint i = 0; row != NULL && row->photos != NULL && i < row->photos->len; i++)
    {
      const RfiPhoto *photo = g_ptr_array_index (row->photos, i);

      if (g_strcmp0 (photo->id, photo_id) == 0)
        return FALSE;
    }

  return TRUE;
}

static void
rfi_send_delete_photo_send (RfiSend *send)
{
  RfiOperation *operation = rfi_send_get_operation (send);

  rfi_remote_delete_photo_async (rfi_send_get_parts (send)->remote, operation->job_id,
                                 operation->photo_id, operation->id,
                                 rfi_send_get_cancellable (send), sent_cb, g_object_ref (send));
}

static gboolean
rfi_send_delete_photo_judge (RfiSend      *send,
                             const GError *error)
{
  if (!rfi_sync_error_is_gone (error))
    return FALSE;

  rfi_send_reread (send);
  return TRUE;
}

static void
rfi_send_delete_photo_class_init (RfiSendDeletePhotoClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  send_class->is_mine = rfi_send_delete_photo_is_mine;
  send_class->send = rfi_send_delete_photo_send;
  send_class->judge = rfi_send_delete_photo_judge;
}

static void
rfi_send_delete_photo_init (RfiSendDeletePhoto *self)
{
}

RfiSend *
rfi_send_delete_photo_new (void)
{
  return g_object_new (RFI_TYPE_SEND_DELETE_PHOTO, NULL);
}
