/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-shrink"

#include "config.h"

#include "rfi-photo-shrink.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

typedef struct
{
  GBytes *content;  /* (owned) */
  GBytes *smaller;  /* (owned) (nullable) */
} Shrink;

static void
shrink_free (gpointer data)
{
  Shrink *shrink = data;

  g_bytes_unref (shrink->content);
  g_clear_pointer (&shrink->smaller, g_bytes_unref);
  g_free (shrink);
}

/* Learns the size from the head of the file, so that most photos need not be decoded whole. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  gboolean *large = user_data;
  int side = MAX (width, height);

  *large = side > RFI_PHOTO_SHRINK_SIDE;
  if (*large)
    gdk_pixbuf_loader_set_size (loader,
                                MAX (1, (int) ((gint64) width * RFI_PHOTO_SHRINK_SIDE / side)),
                                MAX (1, (int) ((gint64) height * RFI_PHOTO_SHRINK_SIDE / side)));
}

/* Returns: (transfer full) (nullable) */
static GdkPixbuf *
load_smaller (GBytes *content)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean large = FALSE;
  gboolean loaded;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &large);
  loaded = gdk_pixbuf_loader_write_bytes (loader, content, NULL);
  loaded = gdk_pixbuf_loader_close (loader, NULL) && loaded;
  pixbuf = loaded && large ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static void
shrink_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Shrink *shrink = task_data;
  g_autoptr(GdkPixbuf) pixbuf = load_smaller (shrink->content);
  char *data = NULL;
  gsize size;

  if (pixbuf != NULL && gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", NULL,
                                                   "quality", "80", NULL))
    {
      shrink->smaller = g_bytes_new_take (data, size);
      if (size >= g_bytes_get_size (shrink->content))
        g_clear_pointer (&shrink->smaller, g_bytes_unref);
    }

  g_task_return_boolean (task, TRUE);
}

void
rfi_photo_shrink_async (GBytes              *content,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Shrink *shrink = g_new0 (Shrink, 1);

  g_task_set_source_tag (task, rfi_photo_shrink_async);
  shrink->content = g_bytes_ref (content);
  g_task_set_task_data (task, shrink, shrink_free);
  g_task_run_in_thread (task, shrink_thread);
}

/* "IMG.png" → "IMG.jpg". Returns: (transfer full) */
static char *
as_jpeg (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = NULL;

  if (dot == NULL)
    return g_strconcat (name, ".jpg", NULL);
  if (g_ascii_strcasecmp (dot, ".jpg") == 0 || g_ascii_strcasecmp (dot, ".jpeg") == 0)
    return g_strdup (name);

  stem = g_strndup (name, (gsize) (dot - name));
  return g_strconcat (stem, ".jpg", NULL);
}

GBytes *
rfi_photo_shrink_finish (GAsyncResult  *result,
                         char         **name)
{
  Shrink *shrink;
  char *jpeg;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  shrink = g_task_get_task_data (G_TASK (result));
  if (shrink->smaller == NULL)
    return g_bytes_ref (shrink->content);

  jpeg = as_jpeg (*name);
  g_free (*name);
  *name = jpeg;
  return g_bytes_ref (shrink->smaller);
}
