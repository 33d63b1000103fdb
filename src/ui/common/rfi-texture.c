/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-texture"

#include "config.h"

#include "rfi-texture.h"

typedef struct
{
  GBytes *content;  /* (owned) */
  int     width;
  int     height;
} Decode;

static void
decode_free (Decode *decode)
{
  g_bytes_unref (decode->content);
  g_free (decode);
}

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Decode *decode = task_data;
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (decode->content);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GdkPixbuf) upright = NULL;
  GError *error = NULL;

  if (decode->width > 0)
    pixbuf = gdk_pixbuf_new_from_stream_at_scale (stream, decode->width, decode->height, TRUE,
                                                  cancellable, &error);
  else
    pixbuf = gdk_pixbuf_new_from_stream (stream, cancellable, &error);

  if (pixbuf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  g_task_return_pointer (task, gdk_texture_new_for_pixbuf (upright), g_object_unref);
}

void
rfi_texture_decode_async (GBytes              *content,
                          int                  width,
                          int                  height,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Decode *decode = g_new0 (Decode, 1);

  g_task_set_source_tag (task, rfi_texture_decode_async);
  decode->content = g_bytes_ref (content);
  decode->width = width;
  decode->height = height;
  g_task_set_task_data (task, decode, (GDestroyNotify) decode_free);
  g_task_run_in_thread (task, decode_thread);
}

GdkTexture *
rfi_texture_decode_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
