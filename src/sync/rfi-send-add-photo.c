/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-add-photo"

#include "config.h"

#include "rfi-send-add-photo.h"

#include "rfi-photo.h"
#include "rfi-remote-photos.h"
#include "rfi-sealed-file.h"
#include "rfi-store.h"

struct _RfiSendAddPhoto
{
  RfiSend parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiSendAddPhoto, rfi_send_add_photo, RFI_TYPE_SEND)

/* Clocks are compared across computers here; so much may they disagree. */
#define CLOCK_SLACK (2 * 60 * 1000)

static void
progress_cb (gint64   sent,
             gint64   total,
             gpointer user_data)
{
  if (total > 0)
    rfi_send_report_progress (user_data, (double) sent / (double) total);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiSend) send = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiPhoto) photo = NULL;

  photo = rfi_remote_upload_photo_finish (RFI_REMOTE (object), result, &error);
  if (photo != NULL)
    g_hash_table_add (rfi_send_get_parts (send)->own_photos, g_strdup (photo->id));
  rfi_send_answered (send, NULL, g_steal_pointer (&error));
}

static gboolean
looks_like_mine (RfiSend        *send,
                 const RfiPhoto *photo)
{
  RfiOperation *operation = rfi_send_get_operation (send);
  RfiSyncParts *parts = rfi_send_get_parts (send);

  /* What it knows again by its key is better sent once more than taken for another's that looks
   * the same: cameras give their names over and over. */
  if (parts->server_idempotent)
    return g_strcmp0 (photo->id, operation->id) == 0;

  return photo->size == operation->photo_size &&
         g_strcmp0 (photo->file_name, operation->photo_name) == 0 &&
         g_strcmp0 (photo->uploaded_by, operation->user_id) == 0 &&
         photo->uploaded_at + CLOCK_SLACK >= operation->created_at + parts->clock_offset &&
         !g_hash_table_contains (parts->own_photos, photo->id);
}

static gboolean
rfi_send_add_photo_is_mine (RfiSend *send,
                            RfiJob  *row)
{
  if (row == NULL || row->photos == NULL || !rfi_send_get_operation (send)->maybe_applied)
    return FALSE;

  for (guint i = 0; i < row->photos->len; i++)
    {
      const RfiPhoto *photo = g_ptr_array_index (row->photos, i);

      if (looks_like_mine (send, photo))
        {
          g_hash_table_add (rfi_send_get_parts (send)->own_photos, g_strdup (photo->id));
          return TRUE;
        }
    }

  return FALSE;
}

/* What a thread needs to know of our copy. */
typedef struct
{
  RfiSeal *seal;  /* (owned) */
  char    *path;  /* (owned) */
} Copy;

static void
copy_free (Copy *copy)
{
  rfi_seal_unref (copy->seal);
  g_free (copy->path);
  g_free (copy);
}

static void
open_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Copy *copy = task_data;
  GError *error = NULL;
  GBytes *content = rfi_sealed_file_read (copy->seal, copy->path, &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RfiSend *send = RFI_SEND (object);
  RfiOperation *operation = rfi_send_get_operation (send);
  GError *error = NULL;
  g_autoptr(GBytes) content = g_task_propagate_pointer (G_TASK (result), &error);

  if (content == NULL)
    rfi_send_answered (send, NULL, error);
  else
    rfi_remote_upload_photo_async (rfi_send_get_parts (send)->remote, operation->job_id, content,
                                   operation->photo_name, operation->photo_mime, operation->id,
                                   progress_cb, send, rfi_send_get_cancellable (send), sent_cb,
                                   g_object_ref (send));
}

static void
rfi_send_add_photo_send (RfiSend *send)
{
  g_autoptr(GTask) task =
    g_task_new (send, rfi_send_get_cancellable (send), opened_cb, NULL);
  Copy *copy = g_new (Copy, 1);

  copy->seal = rfi_seal_ref (rfi_store_get_seal (rfi_send_get_parts (send)->store));
  copy->path = g_strdup (rfi_send_get_operation (send)->photo_path);
  g_task_set_source_tag (task, rfi_send_add_photo_send);
  g_task_set_task_data (task, copy, (GDestroyNotify) copy_free);
  g_task_run_in_thread (task, open_in_thread);
}

static void
rfi_send_add_photo_class_init (RfiSendAddPhotoClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  send_class->is_mine = rfi_send_add_photo_is_mine;
  send_class->send = rfi_send_add_photo_send;
}

static void
rfi_send_add_photo_init (RfiSendAddPhoto *self)
{
}

RfiSend *
rfi_send_add_photo_new (void)
{
  return g_object_new (RFI_TYPE_SEND_ADD_PHOTO, NULL);
}
