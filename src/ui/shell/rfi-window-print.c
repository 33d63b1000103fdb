/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-print"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-job-item.h"
#include "rfi-print-sheets.h"
#include "rfi-printer.h"

#include <glib/gi18n.h>

/* (nullable): the job that is chosen; says so if there is none. */
static RfiJob *
get_chosen_job (RfiWindow *self)
{
  RfiJobItem *item = rfi_job_selection_get_cursor (rfi_window_get_selection (self));

  if (item == NULL)
    rfi_window_toast (self, _("Choose a job first"), NULL, NULL);
  return item != NULL ? rfi_job_item_get_job (item) : NULL;
}

/* Returns: (transfer full) (nullable) */
static RfiPrintDocument *
make_route (RfiWindow *self)
{
  RfiJob *job = get_chosen_job (self);

  if (job == NULL)
    return NULL;

  if (job->assigned_to == NULL || job->assigned_to[0] == '\0')
    {
      rfi_window_toast (self, _("Nobody has this job: choose one of the technician’s"), NULL, NULL);
      return NULL;
    }

  return rfi_print_sheets_route (rfi_window_get_session (self), job->assigned_to);
}

/* Returns: (transfer full) (nullable): %NULL if something has to be chosen first, as was said */
static RfiPrintDocument *
make_document (RfiWindow  *self,
               const char *kind)
{
  RfiSession *session = rfi_window_get_session (self);
  RfiJob *job;

  if (g_str_equal (kind, "board"))
    return rfi_print_sheets_board (session, rfi_window_get_filter (self));
  if (g_str_equal (kind, "handover"))
    return rfi_print_sheets_handover (session, rfi_window_get_alerts (self));
  if (g_str_equal (kind, "route"))
    return make_route (self);

  job = get_chosen_job (self);
  return job != NULL ? rfi_print_sheets_job (session, job) : NULL;
}

static void
failed_cb (RfiPrinter *printer,
           const char *words,
           gpointer    user_data)
{
  rfi_window_toast (user_data, words, NULL, NULL);
}

static void
saved_cb (RfiPrinter *printer,
          gpointer    user_data)
{
  rfi_window_toast (user_data, _("The PDF is saved"), NULL, NULL);
}

/* Returns: (transfer full) */
static RfiPrinter *
make_printer (RfiWindow        *self,
              RfiPrintDocument *document)
{
  RfiPrinter *printer = rfi_printer_new (document);

  g_signal_connect_object (printer, "failed", G_CALLBACK (failed_cb), self, 0);
  return printer;
}

static void
print (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  g_autoptr(RfiPrintDocument) document =
    make_document (user_data, g_variant_get_string (parameter, NULL));
  g_autoptr(RfiPrinter) printer = NULL;

  if (document == NULL)
    return;

  printer = make_printer (user_data, document);
  rfi_printer_print (printer, GTK_WINDOW (user_data));
}

typedef struct
{
  RfiWindow        *window;    /* (owned) */
  RfiPrintDocument *document;  /* (owned) */
} Saving;

static void
saving_free (gpointer  data,
             GClosure *closure)
{
  Saving *saving = data;

  g_object_unref (saving->window);
  g_object_unref (saving->document);
  g_free (saving);
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           Saving          *saving)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autoptr(RfiPrinter) printer = make_printer (saving->window, saving->document);

      g_signal_connect_object (printer, "finished", G_CALLBACK (saved_cb), saving->window, 0);
      if (g_file_peek_path (file) == NULL)
        rfi_window_toast (saving->window, _("Choose a folder on this computer"), NULL, NULL);
      else
        rfi_printer_export (printer, g_file_peek_path (file));
    }
  g_object_unref (chooser);
}

static void
save_pdf (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_autoptr(RfiPrintDocument) document =
    make_document (user_data, g_variant_get_string (parameter, NULL));
  GtkFileChooserNative *chooser;
  g_autofree char *name = NULL;
  Saving *saving;

  if (document == NULL)
    return;

  chooser = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (user_data),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  name = g_strdup_printf ("%s.pdf", rfi_print_document_get_title (document));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  saving = g_new (Saving, 1);
  saving->window = g_object_ref (user_data);
  saving->document = g_object_ref (document);
  g_signal_connect_data (chooser, "response", G_CALLBACK (chosen_cb), saving, saving_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
rfi_window_add_print_actions (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "print", .activate = print, .parameter_type = "s" },
    { .name = "save-pdf", .activate = save_pdf, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
