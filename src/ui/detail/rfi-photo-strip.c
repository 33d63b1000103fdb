/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-strip"

#include "config.h"

#include "rfi-photo-strip.h"

#include "rfi-session-commands.h"
#include "rfi-thumbnail.h"

#include <glib/gi18n.h>

#define THUMBNAIL_WIDTH 86
#define THUMBNAIL_HEIGHT 65

struct _RfiPhotoStrip
{
  AdwBin        parent_instance;

  RfiSession   *session;      /* (owned) (nullable) */
  char         *job_id;       /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable) */

  GtkBox       *photos;       /* template child */
  GtkLabel     *count;        /* template child */
  GtkWidget    *scroller;     /* template child */
  GtkWidget    *empty;        /* template child */
};

G_DEFINE_FINAL_TYPE (RfiPhotoStrip, rfi_photo_strip, ADW_TYPE_BIN)

static GtkWidget *
make_button (RfiPhotoStrip *self,
             RfiPhoto      *photo)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *thumbnail = rfi_thumbnail_new (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
  g_autofree char *label = NULL;

  /* translators: %s is a photo's file name */
  label = g_strdup_printf (_("Show photo %s"), photo->file_name);
  rfi_thumbnail_set_photo (RFI_THUMBNAIL (thumbnail), self->session, self->job_id, photo);
  gtk_button_set_child (GTK_BUTTON (button), thumbnail);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rfi-photo");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-photo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", self->job_id, photo->id);
  return button;
}

static void
show_count (RfiPhotoStrip *self,
            GPtrArray     *photos)
{
  g_autofree char *words = NULL;
  guint n_waiting = 0;

  for (guint i = 0; i < photos->len; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);

      n_waiting += photo->waiting ? 1 : 0;
    }

  if (n_waiting > 0)
    /* translators: how many photos there are, and how many still have to be sent */
    words = g_strdup_printf (_("%u · %u waiting to go"), photos->len, n_waiting);
  else if (photos->len > 0)
    words = g_strdup_printf ("%u", photos->len);

  gtk_label_set_label (self->count, words != NULL ? words : "");
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiPhotoStrip) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) photos =
    rfi_session_list_photos_finish (RFI_SESSION (object), result, &error);
  GtkWidget *child;

  if (photos == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_label (self->count, _("The photos can’t be listed right now."));
      return;
    }

  child = gtk_widget_get_first_child (GTK_WIDGET (self->photos));
  while (child != NULL)
    {
      gtk_box_remove (self->photos, child);
      child = gtk_widget_get_first_child (GTK_WIDGET (self->photos));
    }
  for (guint i = 0; i < photos->len; i++)
    gtk_box_append (self->photos, make_button (self, g_ptr_array_index (photos, i)));

  gtk_widget_set_visible (self->scroller, photos->len > 0);
  gtk_widget_set_visible (self->empty, photos->len == 0);
  show_count (self, photos);
}

void
rfi_photo_strip_reload (RfiPhotoStrip *self)
{
  g_return_if_fail (RFI_IS_PHOTO_STRIP (self));

  /* What is still being listed is of the job before. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->job_id == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  rfi_session_list_photos_async (self->session, self->job_id, self->cancellable, listed_cb,
                                 g_object_ref (self));
}

void
rfi_photo_strip_set_job (RfiPhotoStrip *self,
                         RfiSession    *session,
                         const char    *job_id)
{
  g_return_if_fail (RFI_IS_PHOTO_STRIP (self));

  g_set_object (&self->session, session);
  g_free (self->job_id);
  self->job_id = g_strdup (job_id);
  rfi_photo_strip_reload (self);
}

static void
add_clicked_cb (RfiPhotoStrip *self)
{
  if (self->job_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.add-photos", "s", self->job_id);
}

static void
rfi_photo_strip_dispose (GObject *object)
{
  RfiPhotoStrip *self = RFI_PHOTO_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->job_id, g_free);

  G_OBJECT_CLASS (rfi_photo_strip_parent_class)->dispose (object);
}

static void
rfi_photo_strip_class_init (RfiPhotoStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_photo_strip_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/detail/rfi-photo-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoStrip, photos);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoStrip, count);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoStrip, empty);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
rfi_photo_strip_init (RfiPhotoStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
