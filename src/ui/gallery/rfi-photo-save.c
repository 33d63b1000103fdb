/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-save"

#include "config.h"

#include "rfi-photo-save.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkFileChooserNative *chooser;  /* (owned) */
  GBytes               *content;  /* (owned) */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->chooser);
  g_bytes_unref (save->content);
  g_free (save);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  g_autoptr(GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not saved");
      return;
    }

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_file_replace_contents_bytes_async (file, save->content, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       written_cb, g_steal_pointer (&task));
}

void
rfi_photo_save_async (GtkWindow           *parent,
                      GBytes              *content,
                      const char          *file_name,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, rfi_photo_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  save->content = g_bytes_ref (content);
  save->chooser = gtk_file_chooser_native_new (_("Save Photo"), parent,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (save->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (save->chooser), file_name);
  g_signal_connect (save->chooser, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (save->chooser));
}

gboolean
rfi_photo_save_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
