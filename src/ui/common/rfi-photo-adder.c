/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-adder"

#include "config.h"

#include "rfi-photo-adder.h"

#include "rfi-error-words.h"
#include "rfi-photo-shrink.h"
#include "rfi-session-commands.h"

#include <glib/gi18n.h>

struct _RfiPhotoAdder
{
  GObject               parent_instance;

  RfiSession           *session;  /* (owned) */
  GSettings            *settings; /* (owned) */
  char                 *job_id;   /* (owned) */
  GtkFileChooserNative *chooser;  /* (owned) (nullable) while it is open */
  GListModel           *files;    /* (owned) (nullable) (element-type GFile) */
  guint                 position; /* of the file being added */
};

enum {
  FAILED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiPhotoAdder, rfi_photo_adder, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void add_next (RfiPhotoAdder *self);

static char *
get_file_name (RfiPhotoAdder *self)
{
  g_autoptr(GFile) file = g_list_model_get_item (self->files, self->position);

  return g_file_get_basename (file);
}

static void
fail (RfiPhotoAdder *self,
      const char    *reason)
{
  g_autofree char *name = get_file_name (self);
  /* translators: a file's name, and why it was not added */
  g_autofree char *words = g_strdup_printf (_("%s: %s"), name, reason);

  g_signal_emit (self, signals[FAILED], 0, words);
}

static void
fail_by_error (RfiPhotoAdder *self,
               const GError  *error)
{
  g_autofree char *words = rfi_error_words (error);

  fail (self, words);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    fail_by_error (self, error);
  self->position++;
  add_next (self);
}

static void
shrunken_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autofree char *name = get_file_name (self);
  g_autoptr(GBytes) content = rfi_photo_shrink_finish (result, &name);

  rfi_session_add_photo_async (self->session, self->job_id, content, name, added_cb,
                               g_object_ref (self));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = get_file_name (self);
  g_autoptr(GBytes) content = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);

  if (content == NULL)
    {
      fail_by_error (self, error);
      self->position++;
      add_next (self);
      return;
    }

  if (g_settings_get_boolean (self->settings, "shrink-photos"))
    rfi_photo_shrink_async (content, shrunken_cb, g_object_ref (self));
  else
    rfi_session_add_photo_async (self->session, self->job_id, content, name, added_cb,
                                 g_object_ref (self));
}

/* A film is refused by its size, before it fills the memory. */
static void
measured_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (info != NULL && g_file_info_get_size (info) < RFI_PHOTO_SIZE_LIMIT)
    {
      g_file_load_bytes_async (G_FILE (object), NULL, loaded_cb, g_object_ref (self));
      return;
    }

  if (info != NULL)
    fail (self, _("Photos must be smaller than 10 MB."));
  else
    fail_by_error (self, error);
  self->position++;
  add_next (self);
}

static void
add_next (RfiPhotoAdder *self)
{
  g_autoptr(GFile) file = g_list_model_get_item (self->files, self->position);

  if (file != NULL)
    g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                             G_PRIORITY_DEFAULT, NULL, measured_cb, g_object_ref (self));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      self->files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      add_next (self);
    }
  g_clear_object (&self->chooser);
}

static void
rfi_photo_adder_finalize (GObject *object)
{
  RfiPhotoAdder *self = RFI_PHOTO_ADDER (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->files);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_free (self->job_id);

  G_OBJECT_CLASS (rfi_photo_adder_parent_class)->finalize (object);
}

static void
rfi_photo_adder_class_init (RfiPhotoAdderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_photo_adder_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rfi_photo_adder_init (RfiPhotoAdder *self)
{
  self->settings = g_settings_new (RFI_APP_ID);
}

RfiPhotoAdder *
rfi_photo_adder_new (RfiSession *session,
                     const char *job_id)
{
  RfiPhotoAdder *self = g_object_new (RFI_TYPE_PHOTO_ADDER, NULL);

  self->session = g_object_ref (session);
  self->job_id = g_strdup (job_id);
  return self;
}

void
rfi_photo_adder_choose (RfiPhotoAdder *self,
                        GtkWindow     *parent)
{
  g_autoptr(GtkFileFilter) pictures = gtk_file_filter_new ();

  g_return_if_fail (RFI_IS_PHOTO_ADDER (self));

  gtk_file_filter_set_name (pictures, _("Photos (JPEG, PNG)"));
  gtk_file_filter_add_mime_type (pictures, "image/jpeg");
  gtk_file_filter_add_mime_type (pictures, "image/png");
  self->chooser = gtk_file_chooser_native_new (_("Add Photos"), parent,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), pictures);
  g_signal_connect (self->chooser, "response", G_CALLBACK (response_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
rfi_photo_adder_add (RfiPhotoAdder *self,
                     GdkFileList   *files)
{
  g_autoptr(GListStore) store = g_list_store_new (G_TYPE_FILE);
  g_autoptr(GSList) listed = gdk_file_list_get_files (files);

  g_return_if_fail (RFI_IS_PHOTO_ADDER (self));

  for (GSList *at = listed; at != NULL; at = at->next)
    g_list_store_append (store, at->data);
  g_set_object (&self->files, G_LIST_MODEL (store));
  self->position = 0;
  add_next (self);
}

static void
picture_added_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      g_autofree char *words = rfi_error_words (error);

      g_signal_emit (self, signals[FAILED], 0, words);
    }
}

static void
picture_shrunken_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autofree char *name = g_strdup (_("Pasted.png"));
  g_autoptr(GBytes) content = rfi_photo_shrink_finish (result, &name);

  rfi_session_add_photo_async (self->session, self->job_id, content, name, picture_added_cb,
                               g_object_ref (self));
}

static void
picture_pasted_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  g_autoptr(GdkTexture) texture =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (object), result, NULL);
  g_autoptr(GBytes) content = NULL;

  if (texture == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0,
                     _("There is no picture to paste. Copy a photo or picture files first."));
      return;
    }

  content = gdk_texture_save_to_png_bytes (texture);
  if (g_settings_get_boolean (self->settings, "shrink-photos"))
    rfi_photo_shrink_async (content, picture_shrunken_cb, g_object_ref (self));
  else
    rfi_session_add_photo_async (self->session, self->job_id, content, _("Pasted.png"),
                                 picture_added_cb, g_object_ref (self));
}

static void
files_pasted_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RfiPhotoAdder) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL)
    rfi_photo_adder_add (self, g_value_get_boxed (value));
  else
    gdk_clipboard_read_texture_async (GDK_CLIPBOARD (object), NULL, picture_pasted_cb,
                                      g_object_ref (self));
}

void
rfi_photo_adder_paste (RfiPhotoAdder *self,
                       GdkClipboard  *clipboard)
{
  g_return_if_fail (RFI_IS_PHOTO_ADDER (self));

  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                  files_pasted_cb, g_object_ref (self));
}
