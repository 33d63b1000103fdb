/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-history-exporter"

#include "config.h"

#include "rfi-history-exporter.h"

#include "rfi-error-words.h"
#include "rfi-history-export.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  RfiSession       *session;      /* (owned) */
  RfiHistoryQuery  *query;        /* (owned) */
  gboolean          server;
  RfiHistoryFormat  format;
  GtkWindow        *parent;       /* (owned) */
  char             *file_name;    /* (owned) (nullable) */
  AdwMessageDialog *dialog;       /* (owned) (nullable): while it saves */
  GtkProgressBar   *bar;
  GCancellable     *cancellable;  /* (owned) */
} Saving;

static Saving *
saving_new (RfiSession            *session,
            const RfiHistoryQuery *query,
            gboolean               server,
            RfiHistoryFormat       format,
            GtkWindow             *parent)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->session = g_object_ref (session);
  saving->query = rfi_history_query_copy (query);
  saving->server = server;
  saving->format = format;
  saving->parent = g_object_ref (parent);
  saving->cancellable = g_cancellable_new ();
  return saving;
}

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->session);
  rfi_history_query_free (saving->query);
  g_object_unref (saving->parent);
  g_free (saving->file_name);
  g_clear_object (&saving->dialog);
  g_object_unref (saving->cancellable);
  g_free (saving);
}

static void
progress_cb (guint    n_done,
             double   part,
             gpointer user_data)
{
  Saving *saving = user_data;
  g_autofree char *words =
    g_strdup_printf (ngettext ("%'u entry saved", "%'u entries saved", n_done), n_done);

  gtk_progress_bar_set_fraction (saving->bar, CLAMP (part, 0, 1));
  gtk_progress_bar_set_text (saving->bar, words);
}

static void
say_saved (Saving *saving,
           guint   n_rows)
{
  /* translators: %s is a file's name */
  g_autofree char *words = g_strdup_printf (ngettext ("%'u entry saved in %s",
                                                      "%'u entries saved in %s", n_rows),
                                            n_rows, saving->file_name);

  gtk_window_close (GTK_WINDOW (saving->dialog));
  gtk_widget_activate_action (GTK_WIDGET (saving->parent), "win.toast", "(sss)", words, "", "");
}

static void
say_failed (Saving       *saving,
            const GError *error)
{
  g_autofree char *words =
    error->domain == G_IO_ERROR ? rfi_error_words_file (error) : rfi_error_words (error);

  adw_message_dialog_set_heading (saving->dialog, _("The History Was Not Saved"));
  adw_message_dialog_set_body (saving->dialog, words);
  gtk_widget_set_visible (GTK_WIDGET (saving->bar), FALSE);
  adw_message_dialog_set_response_label (saving->dialog, "close", _("_Close"));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr(GError) error = NULL;
  guint n_rows;

  if (rfi_history_export_finish (result, &n_rows, &error))
    say_saved (saving, n_rows);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_failed (saving, error);
  saving_free (saving);
}

/* @saving: (transfer full) */
static GtkWidget *
save (Saving *saving,
      GFile  *file)
{
  GtkWidget *dialog = adw_message_dialog_new (saving->parent, _("Saving the History"), NULL);
  GtkWidget *bar = gtk_progress_bar_new ();

  saving->file_name = g_file_get_basename (file);
  saving->dialog = g_object_ref (ADW_MESSAGE_DIALOG (dialog));
  saving->bar = GTK_PROGRESS_BAR (bar);
  adw_message_dialog_set_body (saving->dialog, saving->file_name);
  gtk_progress_bar_set_show_text (saving->bar, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Entries saved"), -1);
  adw_message_dialog_set_extra_child (saving->dialog, bar);
  adw_message_dialog_add_response (saving->dialog, "close", _("_Cancel"));
  adw_message_dialog_set_close_response (saving->dialog, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (g_cancellable_cancel),
                           saving->cancellable, G_CONNECT_SWAPPED);
  progress_cb (0, 0, saving);
  gtk_window_present (GTK_WINDOW (dialog));
  rfi_history_export_async (saving->session, saving->query, saving->server, saving->format, file,
                            progress_cb, saving, saving->cancellable, saved_cb, saving);
  return dialog;
}

static void
response_cb (GtkFileChooserNative *chooser,
             int                   response,
             gpointer              user_data)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  Saving *saving = user_data;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    save (saving, file);
  else
    saving_free (saving);
  g_object_unref (chooser);
}

void
rfi_history_exporter_choose (RfiSession            *session,
                             const RfiHistoryQuery *query,
                             gboolean               server,
                             RfiHistoryFormat       format,
                             GtkWindow             *parent)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = NULL;
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export History"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Save"), NULL);

  /* translators: the suggested name of a file; a day such as 2026-11-27, and "csv" or "json" */
  name = g_strdup_printf (_("history-%s.%s"), day, format == RFI_HISTORY_CSV ? "csv" : "json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb),
                    saving_new (session, query, server, format, parent));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

GtkWidget *
rfi_history_exporter_save (RfiSession            *session,
                           const RfiHistoryQuery *query,
                           gboolean               server,
                           RfiHistoryFormat       format,
                           GtkWindow             *parent,
                           GFile                 *file)
{
  return save (saving_new (session, query, server, format, parent), file);
}
