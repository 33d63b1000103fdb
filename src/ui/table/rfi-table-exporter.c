/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-exporter"

#include "config.h"

#include "rfi-table-exporter.h"

#include "rfi-error-words.h"
#include "rfi-table-export.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiTableExporter
{
  AdwBin                parent_instance;

  GtkFileChooserNative *chooser;      /* (owned) (nullable): while it asks */
  RfiJobSheet          *sheet;        /* (owned) (nullable): to be saved where it asks */
  RfiTableLayout       *layout;       /* (owned) (nullable) */
  GCancellable         *cancellable;  /* (owned) (nullable): while it saves */
  char                 *file_name;    /* (owned) (nullable) */

  GtkRevealer          *revealer;
  GtkWidget            *words;
  GtkWidget            *bar;
  GtkWidget            *stop;
};

G_DEFINE_FINAL_TYPE (RfiTableExporter, rfi_table_exporter, ADW_TYPE_BIN)

static void
progress (guint    n_done,
          guint    n_rows,
          gpointer user_data)
{
  RfiTableExporter *self = user_data;
  g_autofree char *words = NULL;

  /* translators: how far saving is */
  words = g_strdup_printf (_("Saving jobs — %'u of %'u"), n_done, n_rows);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 n_rows > 0 ? (double) n_done / n_rows : 0);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
set_failed (RfiTableExporter *self,
            gboolean          failed)
{
  gtk_widget_set_visible (self->bar, !failed);
  gtk_button_set_label (GTK_BUTTON (self->stop), failed ? _("Close") : _("Cancel"));
  if (failed)
    gtk_widget_add_css_class (self->words, "rfi-error");
  else
    gtk_widget_remove_css_class (self->words, "rfi-error");
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiTableExporter) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  guint n_rows;

  rfi_table_export_finish (result, &n_rows, &error);
  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }

  if (error != NULL)
    {
      words = rfi_error_words_file (error);
      gtk_label_set_label (GTK_LABEL (self->words), words);
      set_failed (self, TRUE);
      gtk_revealer_set_reveal_child (self->revealer, TRUE);
      return;
    }

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  /* translators: %s is a file's name */
  words = g_strdup_printf (ngettext ("%'u job saved in %s", "%'u jobs saved in %s", n_rows),
                           n_rows, self->file_name);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

static void
forget_chooser (RfiTableExporter *self)
{
  g_clear_object (&self->chooser);
  g_clear_object (&self->sheet);
  g_clear_object (&self->layout);
}

static void
response_cb (RfiTableExporter *self,
             int               response)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    rfi_table_exporter_save (self, self->sheet, self->layout, file);
  forget_chooser (self);
}

static void
rfi_table_exporter_dispose (GObject *object)
{
  RfiTableExporter *self = RFI_TABLE_EXPORTER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_chooser (self);

  G_OBJECT_CLASS (rfi_table_exporter_parent_class)->dispose (object);
}

static void
rfi_table_exporter_finalize (GObject *object)
{
  g_free (RFI_TABLE_EXPORTER (object)->file_name);

  G_OBJECT_CLASS (rfi_table_exporter_parent_class)->finalize (object);
}

static void
rfi_table_exporter_class_init (RfiTableExporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_table_exporter_dispose;
  object_class->finalize = rfi_table_exporter_finalize;

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/table/rfi-table-exporter.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiTableExporter, revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiTableExporter, words);
  gtk_widget_class_bind_template_child (widget_class, RfiTableExporter, bar);
  gtk_widget_class_bind_template_child (widget_class, RfiTableExporter, stop);
  gtk_widget_class_bind_template_callback (widget_class, rfi_table_exporter_stop);
}

static void
rfi_table_exporter_init (RfiTableExporter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_table_exporter_choose (RfiTableExporter *self,
                           RfiJobSheet      *sheet,
                           RfiTableLayout   *layout)
{
  GtkRoot *root;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = NULL;

  g_return_if_fail (RFI_IS_TABLE_EXPORTER (self));

  if (self->chooser != NULL || self->cancellable != NULL)
    return;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  /* translators: the suggested name of a file; %s is a day such as 2026-11-27 */
  name = g_strdup_printf (_("jobs-%s.csv"), day);
  self->sheet = g_object_ref (sheet);
  self->layout = g_object_ref (layout);
  self->chooser = gtk_file_chooser_native_new (_("Export Jobs"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
rfi_table_exporter_save (RfiTableExporter *self,
                         RfiJobSheet      *sheet,
                         RfiTableLayout   *layout,
                         GFile            *file)
{
  g_return_if_fail (RFI_IS_TABLE_EXPORTER (self));
  g_return_if_fail (self->cancellable == NULL);

  g_free (self->file_name);
  self->file_name = g_file_get_basename (file);
  self->cancellable = g_cancellable_new ();
  set_failed (self, FALSE);
  rfi_table_export_async (sheet, rfi_table_layout_get_shown (layout),
                          rfi_table_layout_get_n_shown (layout), file, progress, self,
                          self->cancellable, saved_cb, g_object_ref (self));
}

void
rfi_table_exporter_stop (RfiTableExporter *self)
{
  g_return_if_fail (RFI_IS_TABLE_EXPORTER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

gboolean
rfi_table_exporter_is_busy (RfiTableExporter *self)
{
  g_return_val_if_fail (RFI_IS_TABLE_EXPORTER (self), FALSE);

  return self->cancellable != NULL;
}
