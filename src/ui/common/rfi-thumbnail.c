/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-thumbnail"

#include "config.h"

#include "rfi-thumbnail.h"

#include "rfi-session-commands.h"
#include "rfi-texture.h"

#include <glib/gi18n.h>

struct _RfiThumbnail
{
  GtkWidget     parent_instance;

  GtkWidget    *overlay;      /* child */
  GtkWidget    *picture;      /* in overlay */
  GtkWidget    *placeholder;  /* in overlay: while there is no picture */
  GtkWidget    *waiting;      /* in overlay: still to be sent */
  int           width;
  int           height;
  char         *key;          /* (owned) (nullable): photo id and size, in the cache */
  GCancellable *cancellable;  /* (owned) (nullable): of the load under way */
};

G_DEFINE_FINAL_TYPE (RfiThumbnail, rfi_thumbnail, GTK_TYPE_WIDGET)

/* About 150 thumbnails of 328×236: 46 MB would be too many to keep, 12 MB is not. */
#define CACHE_SIZE 40

/* Of the main thread: key → GdkTexture, and the keys from oldest to newest use. */
static GHashTable *cache;
static GQueue cache_order = G_QUEUE_INIT;

static void
cache_put (const char *key,
           GdkTexture *texture)
{
  if (cache == NULL)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (g_hash_table_contains (cache, key))
    return;

  g_hash_table_insert (cache, g_strdup (key), g_object_ref (texture));
  g_queue_push_tail (&cache_order, g_strdup (key));
  if (cache_order.length > CACHE_SIZE)
    {
      g_autofree char *oldest = g_queue_pop_head (&cache_order);

      g_hash_table_remove (cache, oldest);
    }
}

static GdkTexture *
cache_get (const char *key)
{
  return cache != NULL ? g_hash_table_lookup (cache, key) : NULL;
}

static void
show_texture (RfiThumbnail *self,
              GdkTexture   *texture)
{
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->placeholder, texture == NULL);
}

static void
show_broken (RfiThumbnail *self,
             const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_error_matches (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_SPARED))
    {
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Not downloaded, to spare the connection"));
      return;
    }

  gtk_image_set_from_icon_name (GTK_IMAGE (self->placeholder), "image-missing-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("This photo can’t be shown right now."));
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiThumbnail) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = rfi_texture_decode_finish (result, &error);

  if (texture == NULL)
    {
      show_broken (self, error);
      return;
    }

  cache_put (self->key, texture);
  show_texture (self, texture);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiThumbnail) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) content =
    rfi_session_load_photo_finish (RFI_SESSION (object), result, &error);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (content == NULL)
    {
      show_broken (self, error);
      return;
    }

  /* The picture covers its box, so it is decoded a little larger than the box is. */
  rfi_texture_decode_async (content, self->width * scale * 4 / 3, self->height * scale * 4 / 3,
                            self->cancellable, decoded_cb, g_object_ref (self));
}

static void
stop_loading (RfiThumbnail *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rfi_thumbnail_dispose (GObject *object)
{
  RfiThumbnail *self = RFI_THUMBNAIL (object);

  stop_loading (self);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_thumbnail_parent_class)->dispose (object);
}

static void
rfi_thumbnail_finalize (GObject *object)
{
  g_free (RFI_THUMBNAIL (object)->key);

  G_OBJECT_CLASS (rfi_thumbnail_parent_class)->finalize (object);
}

static void
rfi_thumbnail_class_init (RfiThumbnailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_thumbnail_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_thumbnail_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "rfithumbnail");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rfi_thumbnail_init (RfiThumbnail *self)
{
  self->overlay = gtk_overlay_new ();
  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->picture);

  self->placeholder = gtk_image_new_from_icon_name ("image-x-generic-symbolic");
  gtk_widget_add_css_class (self->placeholder, "dim-label");
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->placeholder);

  self->waiting = gtk_image_new_from_icon_name ("sync-queued-symbolic");
  gtk_widget_set_halign (self->waiting, GTK_ALIGN_END);
  gtk_widget_set_valign (self->waiting, GTK_ALIGN_END);
  gtk_widget_set_visible (self->waiting, FALSE);
  gtk_widget_add_css_class (self->waiting, "waiting");
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->waiting);

  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
rfi_thumbnail_new (int width,
                   int height)
{
  RfiThumbnail *self = g_object_new (RFI_TYPE_THUMBNAIL, NULL);

  self->width = width;
  self->height = height;
  gtk_widget_set_size_request (GTK_WIDGET (self), width, height);
  return GTK_WIDGET (self);
}

static void
describe (RfiThumbnail *self,
          RfiPhoto     *photo)
{
  g_autofree char *words = NULL;

  if (photo->waiting)
    /* translators: %s is a photo's file name */
    words = g_strdup_printf (_("Photo %s, waiting to be sent"), photo->file_name);
  else
    /* translators: %s is a photo's file name */
    words = g_strdup_printf (_("Photo %s"), photo->file_name);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
rfi_thumbnail_set_photo (RfiThumbnail *self,
                         RfiSession   *session,
                         const char   *job_id,
                         RfiPhoto     *photo)
{
  GdkTexture *known;

  g_return_if_fail (RFI_IS_THUMBNAIL (self));

  stop_loading (self);
  g_clear_pointer (&self->key, g_free);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->placeholder), "image-x-generic-symbolic");
  gtk_widget_set_visible (self->waiting, photo != NULL && photo->waiting);
  if (photo == NULL)
    {
      show_texture (self, NULL);
      return;
    }

  self->key = g_strdup_printf ("%s %d", photo->id, self->width);
  known = cache_get (self->key);
  show_texture (self, known);
  describe (self, photo);

  if (known == NULL)
    {
      self->cancellable = g_cancellable_new ();
      rfi_session_load_photo_async (session, job_id, photo->id, self->cancellable, loaded_cb,
                                    g_object_ref (self));
    }
}
