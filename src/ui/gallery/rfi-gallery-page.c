/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-gallery-page"

#include "config.h"

#include "rfi-gallery-page.h"

#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-photo-adder.h"
#include "rfi-photo-save.h"
#include "rfi-photo-viewer.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-texture.h"
#include "rfi-thumbnail.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

#define THUMBNAIL_WIDTH 164
#define THUMBNAIL_HEIGHT 118

struct _RfiGalleryPage
{
  AdwBin              parent_instance;

  RfiSession         *session;          /* (owned) (nullable) */
  RfiJobItem         *item;             /* (owned) (nullable) */
  GSignalGroup       *item_signals;     /* (owned): on item */
  GSignalGroup       *session_signals;  /* (owned): on session */
  GListStore         *photos;           /* (owned) (element-type RfiRecordItem) */
  GtkSingleSelection *selection;        /* (owned): of photos */
  GCancellable       *listing;          /* (owned) (nullable) */
  GCancellable       *loading;          /* (owned) (nullable): of the photo in the viewer */
  GBytes             *content;          /* (owned) (nullable): of the photo in the viewer */
  char               *shown_id;         /* (owned) (nullable): of the photo in the viewer */

  GtkStack           *stack;            /* template children, from here on */
  GtkLabel           *title;
  GtkLabel           *subtitle;
  GtkWidget          *thumbnails;
  GtkGridView        *grid;
  GtkWidget          *upload;
  GtkLabel           *upload_words;
  GtkProgressBar     *upload_bar;
  RfiPhotoViewer     *viewer;
  GtkLabel           *message;
  GtkLabel           *name;
  GtkLabel           *facts;
  GtkButton          *remove;
};

G_DEFINE_FINAL_TYPE (RfiGalleryPage, rfi_gallery_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_JOB_ID,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Returns: (transfer none) (nullable) */
static RfiPhoto *
get_photo (RfiGalleryPage *self)
{
  RfiRecordItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? rfi_record_item_get (item) : NULL;
}

/* @words: (nullable) */
static void
show_message (RfiGalleryPage *self,
              const char     *words)
{
  gtk_label_set_label (self->message, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

static void
show_facts (RfiGalleryPage *self,
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

static void
show_load_error (RfiGalleryPage *self,
                 const GError   *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

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
  g_autoptr(RfiGalleryPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = rfi_texture_decode_finish (result, &error);

  if (texture == NULL)
    {
      show_load_error (self, error);
      return;
    }

  show_message (self, NULL);
  rfi_photo_viewer_set_texture (self->viewer, texture);
  if (get_photo (self) != NULL)
    show_facts (self, get_photo (self));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiGalleryPage) self = user_data;
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
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
update_remove (RfiGalleryPage *self,
               RfiPhoto       *photo)
{
  RfiVerdict verdict = rfi_session_check (self->session, rfi_job_item_get_id (self->item),
                                          RFI_ACTION_DELETE_PHOTO);
  RfiUser *user = rfi_session_get_user (self->session);

  if (verdict == RFI_VERDICT_OK && user->role == RFI_ROLE_TECHNICIAN &&
      g_strcmp0 (user->id, photo->uploaded_by) != 0)
    verdict = RFI_VERDICT_NOT_YOURS;

  /* What was never sent is taken out of the queue, which needs no connection. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->remove), photo->waiting || verdict == RFI_VERDICT_OK);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove),
                               photo->waiting || verdict == RFI_VERDICT_OK
                                 ? _("Delete photo (Delete)")
                                 : rfi_words_verdict (verdict));
}

static void
selection_changed_cb (RfiGalleryPage *self)
{
  RfiPhoto *photo = get_photo (self);

  if (photo == NULL || self->item == NULL)
    {
      g_clear_pointer (&self->shown_id, g_free);
      return;
    }

  update_remove (self, photo);
  if (g_strcmp0 (self->shown_id, photo->id) == 0)
    {
      show_facts (self, photo);
      return;
    }

  stop (&self->loading);
  g_free (self->shown_id);
  self->shown_id = g_strdup (photo->id);
  g_clear_pointer (&self->content, g_bytes_unref);
  rfi_photo_viewer_set_texture (self->viewer, NULL);
  show_facts (self, photo);
  show_message (self, _("Loading…"));
  self->loading = g_cancellable_new ();
  rfi_session_load_photo_async (self->session, rfi_job_item_get_id (self->item), photo->id,
                                self->loading, loaded_cb, g_object_ref (self));
}

static void
show_title (RfiGalleryPage *self,
            GPtrArray      *photos)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;
  guint n_waiting = 0;

  for (guint i = 0; i < photos->len; i++)
    n_waiting += ((RfiPhoto *) g_ptr_array_index (photos, i))->waiting ? 1 : 0;

  count = g_strdup_printf (ngettext ("%u photo", "%u photos", photos->len), photos->len);
  if (n_waiting > 0)
    /* translators: store, city, "12 photos", and how many of them wait to be sent */
    subtitle = g_strdup_printf (_("%s · %s · %s, %u waiting"), job->store_name, job->city, count,
                                n_waiting);
  else
    /* translators: store, city, "12 photos" */
    subtitle = g_strdup_printf (_("%s · %s · %s"), job->store_name, job->city, count);
  gtk_label_set_label (self->title, job->title);
  gtk_label_set_label (self->subtitle, subtitle);
}

/* Keeps the photo that is looked at, where the list still has it. */
static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiGalleryPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) photos =
    rfi_session_list_photos_finish (RFI_SESSION (object), result, &error);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *shown_id = g_strdup (self->shown_id);
  guint position = 0;

  if (photos == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_load_error (self, error);
      return;
    }

  for (guint i = 0; i < photos->len; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);

      g_ptr_array_add (items, rfi_record_item_new (RFI_TYPE_PHOTO, photo));
      if (g_strcmp0 (photo->id, shown_id) == 0)
        position = i;
    }

  g_list_store_splice (self->photos, 0, g_list_model_get_n_items (G_LIST_MODEL (self->photos)),
                       items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "photos" : "empty");
  gtk_single_selection_set_selected (self->selection, position);
  show_title (self, photos);
  selection_changed_cb (self);
}

static void
reload (RfiGalleryPage *self)
{
  if (self->item == NULL)
    return;

  stop (&self->listing);
  self->listing = g_cancellable_new ();
  rfi_session_list_photos_async (self->session, rfi_job_item_get_id (self->item), self->listing,
                                 listed_cb, g_object_ref (self));
}

static void
sync_state_cb (RfiGalleryPage *self)
{
  RfiSyncState *state = rfi_session_get_sync_state (self->session);
  gboolean sends = state->sending_id != NULL && self->item != NULL &&
                   g_strcmp0 (state->sending_job_id, rfi_job_item_get_id (self->item)) == 0;

  gtk_widget_set_visible (self->upload, FALSE);
  for (guint i = 0; sends && i < g_list_model_get_n_items (G_LIST_MODEL (self->photos)); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->photos), i);
      RfiPhoto *photo = rfi_record_item_get (item);

      if (g_strcmp0 (photo->id, state->sending_id) == 0)
        {
          /* translators: %s is a file's name */
          g_autofree char *words = g_strdup_printf (_("Uploading %s"), photo->file_name);

          gtk_label_set_label (self->upload_words, words);
          gtk_progress_bar_set_fraction (self->upload_bar, state->sending_fraction);
          gtk_widget_set_visible (self->upload, TRUE);
        }
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          RfiGalleryPage           *self)
{
  gtk_list_item_set_child (list_item, rfi_thumbnail_new (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         RfiGalleryPage           *self)
{
  RfiRecordItem *item = gtk_list_item_get_item (list_item);

  rfi_thumbnail_set_photo (RFI_THUMBNAIL (gtk_list_item_get_child (list_item)), self->session,
                           rfi_job_item_get_id (self->item), rfi_record_item_get (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           RfiGalleryPage           *self)
{
  rfi_thumbnail_set_photo (RFI_THUMBNAIL (gtk_list_item_get_child (list_item)), NULL, NULL, NULL);
}

static void
move (RfiGalleryPage *self,
      int             by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->photos));
  int position = (int) gtk_single_selection_get_selected (self->selection) + by;

  if (n > 0 && position >= 0 && position < (int) n)
    gtk_single_selection_set_selected (self->selection, (guint) position);
}

static void
previous_cb (RfiGalleryPage *self)
{
  move (self, -1);
}

static void
next_cb (RfiGalleryPage *self)
{
  move (self, 1);
}

static void
zoom_in_cb (RfiGalleryPage *self)
{
  rfi_photo_viewer_set_zoom (self->viewer, rfi_photo_viewer_get_zoom (self->viewer) * 1.5);
}

static void
zoom_out_cb (RfiGalleryPage *self)
{
  rfi_photo_viewer_set_zoom (self->viewer, rfi_photo_viewer_get_zoom (self->viewer) / 1.5);
}

static void
rotate_cb (RfiGalleryPage *self)
{
  rfi_photo_viewer_rotate (self->viewer);
}

static void
full_screen_cb (RfiGalleryPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean full = gtk_widget_get_visible (self->thumbnails);

  gtk_widget_set_visible (self->thumbnails, !full);
  if (full)
    gtk_window_fullscreen (window);
  else
    gtk_window_unfullscreen (window);
}

static void
copy_cb (RfiGalleryPage *self)
{
  GdkTexture *texture = rfi_photo_viewer_get_texture (self->viewer);

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
}

static void
toast (RfiGalleryPage *self,
       const char     *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiGalleryPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_photo_save_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    toast (self, error->message);
}

static void
save_cb (RfiGalleryPage *self)
{
  RfiPhoto *photo = get_photo (self);

  if (photo != NULL && self->content != NULL)
    rfi_photo_save_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->content,
                          photo->file_name, saved_cb, g_object_ref (self));
}

static void
removed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiGalleryPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      toast (self, words);
    }
  reload (self);
}

static void
remove_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    RfiGalleryPage   *self)
{
  RfiPhoto *photo = get_photo (self);

  if (!g_str_equal (response, "delete") || photo == NULL)
    return;

  if (photo->waiting)
    rfi_session_discard (self->session, photo->id);
  else
    rfi_session_delete_photo_async (self->session, rfi_job_item_get_id (self->item), photo->id,
                                    removed_cb, g_object_ref (self));
}

static void
remove_cb (RfiGalleryPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  RfiPhoto *photo = get_photo (self);
  GtkWidget *dialog;
  g_autofree char *body = NULL;

  if (photo == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->remove)))
    return;

  if (photo->waiting)
    /* translators: %s is a photo's file name */
    body = g_strdup_printf (_("%s was not sent yet. It is taken out of the queue."),
                            photo->file_name);
  else
    /* translators: a photo's file name, and a job's title */
    body = g_strdup_printf (_("%s is deleted from “%s” for everyone. This can’t be undone."),
                            photo->file_name, rfi_job_item_get_job (self->item)->title);

  dialog = adw_message_dialog_new (window, _("Delete Photo?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Keep Photo"),
                                    "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_failed_cb (RfiPhotoAdder  *adder,
               GError         *error,
               RfiGalleryPage *self)
{
  toast (self, error->message);
}

/* Returns: (transfer full) */
static RfiPhotoAdder *
make_adder (RfiGalleryPage *self)
{
  RfiPhotoAdder *adder = rfi_photo_adder_new (self->session, rfi_job_item_get_id (self->item));

  g_signal_connect_object (adder, "failed", G_CALLBACK (add_failed_cb), self, 0);
  return adder;
}

static void
add_cb (RfiGalleryPage *self)
{
  g_autoptr(RfiPhotoAdder) adder = NULL;

  if (self->item == NULL)
    return;

  adder = make_adder (self);
  rfi_photo_adder_choose (adder, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static gboolean
drop_cb (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         RfiGalleryPage *self)
{
  g_autoptr(RfiPhotoAdder) adder = NULL;

  if (self->item == NULL)
    return FALSE;

  adder = make_adder (self);
  rfi_photo_adder_add (adder, g_value_get_boxed (value));
  return TRUE;
}

static void
paste (RfiGalleryPage *self)
{
  g_autoptr(RfiPhotoAdder) adder = NULL;

  if (self->item == NULL)
    return;

  adder = make_adder (self);
  rfi_photo_adder_paste (adder, gtk_widget_get_clipboard (GTK_WIDGET (self)));
}

static void
close_cb (RfiGalleryPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
control_key (RfiGalleryPage *self,
             guint           keyval)
{
  if (keyval == GDK_KEY_v)
    paste (self);
  else if (keyval == GDK_KEY_c)
    copy_cb (self);
  else if (keyval == GDK_KEY_s)
    save_cb (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (RfiGalleryPage  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  static const struct {
    guint  keyval;
    void (*action) (RfiGalleryPage *self);
  } keys[] = {
    { GDK_KEY_Left, previous_cb },    { GDK_KEY_Right, next_cb },
    { GDK_KEY_plus, zoom_in_cb },     { GDK_KEY_KP_Add, zoom_in_cb },
    { GDK_KEY_equal, zoom_in_cb },    { GDK_KEY_minus, zoom_out_cb },
    { GDK_KEY_KP_Subtract, zoom_out_cb }, { GDK_KEY_r, rotate_cb },
    { GDK_KEY_F11, full_screen_cb },  { GDK_KEY_Delete, remove_cb },
    { GDK_KEY_Escape, close_cb },
  };

  if ((state & GDK_CONTROL_MASK) != 0)
    return control_key (self, keyval);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval)
      {
        keys[i].action (self);
        return GDK_EVENT_STOP;
      }
  if (keyval == GDK_KEY_0)
    {
      rfi_photo_viewer_set_zoom (self->viewer, 1);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

void
rfi_gallery_page_set_job_id (RfiGalleryPage *self,
                             const char     *job_id)
{
  g_return_if_fail (RFI_IS_GALLERY_PAGE (self));

  stop (&self->listing);
  stop (&self->loading);
  g_clear_object (&self->item);
  g_clear_pointer (&self->shown_id, g_free);
  g_list_store_remove_all (self->photos);
  if (job_id != NULL && self->session != NULL)
    self->item = rfi_job_table_get_item (rfi_session_get_jobs (self->session), job_id);

  g_signal_group_set_target (self->item_signals, self->item);
  reload (self);
}

const char *
rfi_gallery_page_get_job_id (RfiGalleryPage *self)
{
  g_return_val_if_fail (RFI_IS_GALLERY_PAGE (self), NULL);

  return self->item != NULL ? rfi_job_item_get_id (self->item) : NULL;
}

void
rfi_gallery_page_set_session (RfiGalleryPage *self,
                              RfiSession     *session)
{
  g_return_if_fail (RFI_IS_GALLERY_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  rfi_gallery_page_set_job_id (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
rfi_gallery_page_dispose (GObject *object)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (object);

  stop (&self->listing);
  stop (&self->loading);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->session_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_GALLERY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->photos);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->shown_id, g_free);

  G_OBJECT_CLASS (rfi_gallery_page_parent_class)->dispose (object);
}

static void
rfi_gallery_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (object);

  switch (prop_id)
    {
    case PROP_JOB_ID:
      g_value_set_string (value, rfi_gallery_page_get_job_id (self));
      break;

    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_gallery_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (object);

  switch (prop_id)
    {
    case PROP_JOB_ID:
      rfi_gallery_page_set_job_id (self, g_value_get_string (value));
      break;

    case PROP_SESSION:
      rfi_gallery_page_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, title);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, thumbnails);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, upload);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, upload_words);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, upload_bar);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, viewer);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, message);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, name);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, facts);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, remove);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, full_screen_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, rotate_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
}

static void
rfi_gallery_page_class_init (RfiGalleryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_gallery_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_gallery_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_gallery_page_set_property;

  signals[CLOSED] = g_signal_new ("closed", RFI_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_JOB_ID] =
    g_param_spec_string ("job-id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (RFI_TYPE_PHOTO_VIEWER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/gallery/rfi-gallery-page.ui");
  bind_template (widget_class);
}

static void
rfi_gallery_page_init (RfiGalleryPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->photos = g_list_store_new (RFI_TYPE_RECORD_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->photos)));
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));

  self->item_signals = g_signal_group_new (RFI_TYPE_JOB_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::state", G_CALLBACK (reload), self);
  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::sync-state",
                                  G_CALLBACK (sync_state_cb), self);
}

GtkWidget *
rfi_gallery_page_new (void)
{
  return g_object_new (RFI_TYPE_GALLERY_PAGE, NULL);
}
