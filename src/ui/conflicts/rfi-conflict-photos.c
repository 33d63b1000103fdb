/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-photos"

#include "config.h"

#include "rfi-conflict-photos.h"

#include "rfi-error-words.h"
#include "rfi-session-commands.h"
#include "rfi-thumbnail.h"

#include <glib/gi18n.h>

#define MOST_PHOTOS 3
#define WIDTH       58
#define HEIGHT      43

struct _RfiConflictPhotos
{
  AdwBin        parent_instance;

  GtkBox       *box;
  RfiSession   *session;      /* (owned) (nullable) */
  char         *job_id;       /* (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable): of the question what there is */
};

G_DEFINE_FINAL_TYPE (RfiConflictPhotos, rfi_conflict_photos, ADW_TYPE_BIN)

static void
clear (RfiConflictPhotos *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
}

static void
add_photo (RfiConflictPhotos *self,
           RfiPhoto          *photo)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *thumbnail = rfi_thumbnail_new (WIDTH, HEIGHT);
  /* translators: %s is a photo's file name */
  g_autofree char *label = g_strdup_printf (_("Show photo %s"), photo->file_name);

  rfi_thumbnail_set_photo (RFI_THUMBNAIL (thumbnail), self->session, self->job_id, photo);
  gtk_button_set_child (GTK_BUTTON (button), thumbnail);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rfi-photo");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-photo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", self->job_id, photo->id);
  gtk_box_append (self->box, button);
}

/* In the place of the photos; why is said on hovering, and to who reads by ear. */
static void
add_problem (RfiConflictPhotos *self,
             const GError      *error)
{
  GtkWidget *label = gtk_label_new (_("The photos can’t be listed"));
  g_autofree char *why = rfi_error_words (error);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "rfi-error");
  gtk_widget_set_tooltip_text (label, why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why,
                                  -1);
  gtk_box_append (self->box, label);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiConflictPhotos) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) photos =
    rfi_session_list_photos_finish (RFI_SESSION (object), result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_problem (self, error);
  for (guint i = 0; photos != NULL && i < photos->len && i < MOST_PHOTOS; i++)
    add_photo (self, g_ptr_array_index (photos, i));
}

void
rfi_conflict_photos_show (RfiConflictPhotos *self,
                          RfiSession        *session,
                          const char        *job_id)
{
  g_return_if_fail (RFI_IS_CONFLICT_PHOTOS (self));

  if (self->session == session && g_strcmp0 (self->job_id, job_id) == 0)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  clear (self);
  g_set_object (&self->session, session);
  g_free (self->job_id);
  self->job_id = g_strdup (job_id);
  if (session == NULL || job_id == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  rfi_session_list_photos_async (session, job_id, self->cancellable, listed_cb,
                                 g_object_ref (self));
}

static void
rfi_conflict_photos_dispose (GObject *object)
{
  RfiConflictPhotos *self = RFI_CONFLICT_PHOTOS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->job_id, g_free);

  G_OBJECT_CLASS (rfi_conflict_photos_parent_class)->dispose (object);
}

static void
rfi_conflict_photos_class_init (RfiConflictPhotosClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_conflict_photos_dispose;
}

static void
rfi_conflict_photos_init (RfiConflictPhotos *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}
