/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-panel"

#include "config.h"

#include "rfi-photo-panel.h"

#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-gone.h"
#include "rfi-photo-save.h"
#include "rfi-photo-viewer.h"
#include "rfi-session-commands.h"
#include "rfi-texture.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

#define ZOOM_STEP 1.5

struct _RfiPhotoPanel
{
  AdwBin          parent_instance;

  RfiSession     *session;   /* (owned) (nullable) */
  RfiJobItem     *item;      /* (owned) (nullable) */
  RfiPhoto       *photo;     /* (owned) (nullable) */
  GCancellable   *loading;   /* (owned) (nullable) */
  GBytes         *content;   /* (owned) (nullable): of the photo, once loaded */

  RfiPhotoViewer *viewer;    /* template children, from here on */
  GtkLabel       *message;
  GtkButton      *download;
  GtkLabel       *name;
  GtkLabel       *facts;
  GtkWidget      *remove;
};

G_DEFINE_FINAL_TYPE (RfiPhotoPanel, rfi_photo_panel, ADW_TYPE_BIN)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWindow *
get_window (RfiPhotoPanel *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
toast (RfiPhotoPanel *self,
       const char    *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

/* Showing */

/* @words: (nullable) */
static void
show_message (RfiPhotoPanel *self,
              const char     *words)
{
  gtk_label_set_label (self->message, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

static void
show_facts (RfiPhotoPanel *self,
            RfiPhoto       *photo)
{
  GdkTexture *texture = rfi_photo_viewer_get_texture (self->viewer);
  g_autofree char *size = g_format_size ((guint64) photo->size);
  g_autofree char *when = rfi_format_clock (photo->uploaded_at);
  g_autofree char *pixels = NULL;
  g_autofree char *words = NULL;

  pixels = texture != NULL ? g_strdup_printf ("%d × %d · ", gdk_texture_get_width (texture),
                                              gdk_texture_get_height (texture))
                           : g_strdup ("");
  if (photo->waiting)
    /* translators: size in pixels, size in bytes */
    words = g_strdup_printf (_("%s%s · waiting to be sent, safe on this computer"), pixels, size);
  else
    /* translators: size in pixels, size in bytes, a person, a time */
    words = g_strdup_printf (_("%s%s · added by %s, %s"), pixels, size,
                             rfi_session_get_name (self->session, photo->uploaded_by), when);

  gtk_label_set_label (self->name, photo->file_name);
  gtk_label_set_label (self->facts, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->viewer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  photo->file_name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* On a metered connection a person decides what a photo is worth. */
static void
show_spared (RfiPhotoPanel *self,
             const GError  *error)
{
  g_autofree char *words = rfi_error_words (error);
  g_autofree char *size = g_format_size ((guint64) self->photo->size);
  /* translators: %s is a size, "2.3 MB" */
  g_autofree char *label = g_strdup_printf (_("_Download %s"), size);

  show_message (self, words);
  gtk_button_set_label (self->download, label);
  gtk_widget_set_visible (GTK_WIDGET (self->download), TRUE);
}

static void
show_load_error (RfiPhotoPanel *self,
                 const GError   *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_SPARED))
    {
      show_spared (self, error);
      return;
    }

  words = rfi_session_get_online (self->session)
            ? rfi_error_words (error)
            : g_strdup (_("This photo is not on this computer yet. It is shown as soon as the "
                          "server answers."));
  show_message (self, words);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiPhotoPanel) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = rfi_texture_decode_finish (result, &error);

  if (texture == NULL)
    {
      show_load_error (self, error);
      return;
    }

  show_message (self, NULL);
  rfi_photo_viewer_set_texture (self->viewer, texture);
  if (self->photo != NULL)
    show_facts (self, self->photo);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiPhotoPanel) self = user_data;
  g_autoptr(GError) error = NULL;
  GBytes *content = rfi_session_load_photo_finish (RFI_SESSION (object), result, &error);

  if (content == NULL)
    {
      show_load_error (self, error);
      return;
    }

  g_clear_pointer (&self->content, g_bytes_unref);
  self->content = content;
  rfi_texture_decode_async (content, 0, 0, self->loading, decoded_cb, g_object_ref (self));
}

static void
update_remove (RfiPhotoPanel *self)
{
  RfiVerdict verdict = rfi_session_check (self->session, rfi_job_item_get_id (self->item),
                                          RFI_ACTION_DELETE_PHOTO);
  RfiUser *user = rfi_session_get_user (self->session);
  gboolean may;

  if (verdict == RFI_VERDICT_OK && user->role == RFI_ROLE_TECHNICIAN &&
      g_strcmp0 (user->id, self->photo->uploaded_by) != 0)
    verdict = RFI_VERDICT_NOT_YOURS;

  /* What was never sent is taken out of the queue, which needs no connection. */
  may = self->photo->waiting || verdict == RFI_VERDICT_OK;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.delete", may);
  gtk_widget_set_tooltip_text (self->remove, may ? _("Delete photo (Delete)")
                                                 : rfi_words_verdict (verdict));
}

static void
stop (RfiPhotoPanel *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
begin (RfiPhotoPanel *self)
{
  stop (self);
  g_clear_pointer (&self->content, g_bytes_unref);
  rfi_photo_viewer_set_texture (self->viewer, NULL);
  show_facts (self, self->photo);
  show_message (self, _("Loading…"));
  gtk_widget_set_visible (GTK_WIDGET (self->download), FALSE);
  self->loading = g_cancellable_new ();
}

static void
load (RfiPhotoPanel *self)
{
  begin (self);
  rfi_session_load_photo_async (self->session, rfi_job_item_get_id (self->item), self->photo->id,
                                self->loading, loaded_cb, g_object_ref (self));
}

/* The thumbnail is made of the same photo. */
static void
downloaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_signal_emit (user_data, signals[CHANGED], 0);
  loaded_cb (object, result, user_data);
}

/* Actions */

static void
download_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  RfiPhotoPanel *self = RFI_PHOTO_PANEL (widget);

  if (self->photo == NULL)
    return;

  begin (self);
  rfi_session_download_photo_async (self->session, rfi_job_item_get_id (self->item),
                                    self->photo->id, self->loading, downloaded_cb,
                                    g_object_ref (self));
}

static void
zoom_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  RfiPhotoPanel *self = RFI_PHOTO_PANEL (widget);
  double zoom = rfi_photo_viewer_get_zoom (self->viewer);

  if (g_str_equal (action_name, "photo.zoom-in"))
    zoom *= ZOOM_STEP;
  else if (g_str_equal (action_name, "photo.zoom-out"))
    zoom /= ZOOM_STEP;
  else
    zoom = 1;
  rfi_photo_viewer_set_zoom (self->viewer, zoom);
}

static void
rotate_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  rfi_photo_viewer_rotate (RFI_PHOTO_PANEL (widget)->viewer);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  GdkTexture *texture = rfi_photo_viewer_get_texture (RFI_PHOTO_PANEL (widget)->viewer);

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiPhotoPanel) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_photo_save_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    toast (self, error->message);
}

static void
save_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  RfiPhotoPanel *self = RFI_PHOTO_PANEL (widget);

  if (self->photo != NULL && self->content != NULL)
    rfi_photo_save_async (get_window (self), self->content, self->photo->file_name, saved_cb,
                          g_object_ref (self));
}

static void
removed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiPhotoPanel) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      toast (self, words);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The photo that the question names: another may be shown by now, where this one is gone. */
typedef struct
{
  RfiPhotoPanel *panel;   /* (owned) */
  RfiSession    *session; /* (owned) */
  char          *job_id;  /* (owned) */
  RfiPhoto      *photo;   /* (owned) */
} Removal;

static void
removal_free (Removal  *removal,
              GClosure *closure)
{
  g_object_unref (removal->panel);
  g_object_unref (removal->session);
  g_free (removal->job_id);
  rfi_photo_unref (removal->photo);
  g_free (removal);
}

static void
remove_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    Removal          *removal)
{
  if (!g_str_equal (response, "delete"))
    return;

  if (removal->photo->waiting)
    rfi_session_discard (removal->session, removal->photo->id);
  else
    rfi_session_delete_photo_async (removal->session, removal->job_id, removal->photo->id,
                                    removed_cb, g_object_ref (removal->panel));
}

static Removal *
make_removal (RfiPhotoPanel *self)
{
  Removal *removal = g_new (Removal, 1);

  removal->panel = g_object_ref (self);
  removal->session = g_object_ref (self->session);
  removal->job_id = g_strdup (rfi_job_item_get_id (self->item));
  removal->photo = rfi_photo_ref (self->photo);
  return removal;
}

static void
remove_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  RfiPhotoPanel *self = RFI_PHOTO_PANEL (widget);
  static const char * const deeds[] = { "delete", NULL };
  RfiPhoto *photo = self->photo;
  GtkWidget *dialog;
  g_autofree char *body = NULL;

  if (photo == NULL)
    return;

  if (photo->waiting)
    /* translators: %s is a photo's file name */
    body = g_strdup_printf (_("%s was not sent yet. It is taken out of the queue."),
                            photo->file_name);
  else
    /* translators: a photo's file name, and a job's title */
    body = g_strdup_printf (_("%s is deleted from “%s” for everyone. This can’t be undone."),
                            photo->file_name, rfi_job_item_get_job (self->item)->title);

  dialog = adw_message_dialog_new (get_window (self), _("Delete Photo?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Keep Photo"),
                                    "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  rfi_gone_follow (ADW_MESSAGE_DIALOG (dialog), rfi_session_get_jobs (self->session),
                   rfi_job_item_get_id (self->item), deeds);
  g_signal_connect_data (dialog, "response", G_CALLBACK (remove_response_cb), make_removal (self),
                         (GClosureNotify) removal_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
rfi_photo_panel_show (RfiPhotoPanel *self,
                      RfiSession    *session,
                      RfiJobItem    *item,
                      RfiPhoto      *photo)
{
  g_autofree char *shown_id = NULL;

  g_return_if_fail (RFI_IS_PHOTO_PANEL (self));

  shown_id = g_strdup (rfi_photo_panel_get_photo_id (self));
  g_set_object (&self->session, session);
  g_set_object (&self->item, item);
  g_clear_pointer (&self->photo, rfi_photo_unref);
  if (photo == NULL || item == NULL)
    {
      stop (self);
      rfi_photo_viewer_set_texture (self->viewer, NULL);
      return;
    }

  self->photo = rfi_photo_ref (photo);
  update_remove (self);
  if (g_strcmp0 (shown_id, photo->id) == 0)
    show_facts (self, photo);
  else
    load (self);
}

const char *
rfi_photo_panel_get_photo_id (RfiPhotoPanel *self)
{
  g_return_val_if_fail (RFI_IS_PHOTO_PANEL (self), NULL);

  return self->photo != NULL ? self->photo->id : NULL;
}

static void
rfi_photo_panel_dispose (GObject *object)
{
  RfiPhotoPanel *self = RFI_PHOTO_PANEL (object);

  stop (self);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->photo, rfi_photo_unref);
  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_photo_panel_parent_class)->dispose (object);
}

static void
rfi_photo_panel_class_init (RfiPhotoPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_photo_panel_dispose;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_PHOTO_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "photo.download", NULL, download_cb);
  gtk_widget_class_install_action (widget_class, "photo.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "photo.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "photo.zoom-fit", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "photo.rotate", NULL, rotate_cb);
  gtk_widget_class_install_action (widget_class, "photo.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "photo.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "photo.delete", NULL, remove_cb);

  g_type_ensure (RFI_TYPE_PHOTO_VIEWER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/gallery/rfi-photo-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoPanel, viewer);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoPanel, message);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoPanel, download);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoPanel, name);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, RfiPhotoPanel, remove);
}

static void
rfi_photo_panel_init (RfiPhotoPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
