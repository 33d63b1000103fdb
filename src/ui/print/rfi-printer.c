/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-printer"

#include "config.h"

#include "rfi-printer.h"

#include <glib/gi18n.h>

struct _RfiPrinter
{
  GObject            parent_instance;

  RfiPrintDocument  *document;   /* (owned) */
  GtkPrintOperation *operation;  /* (owned) */
  RfiPrinter        *held;       /* (owned) (nullable): itself, until it is done */
};

G_DEFINE_FINAL_TYPE (RfiPrinter, rfi_printer, G_TYPE_OBJECT)

static guint failed_signal;
static guint finished_signal;

/* What was chosen the last time, for as long as the console runs. */
static GtkPrintSettings *last_settings;
static GtkPageSetup *last_setup;

static void
begin_cb (RfiPrinter        *self,
          GtkPrintContext   *context,
          GtkPrintOperation *operation)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  rfi_print_document_begin (self->document, pango, gtk_print_context_get_width (context),
                            gtk_print_context_get_height (context));
  g_object_unref (pango);
}

/* Called until it is done: the console goes on meanwhile. */
static gboolean
paginate_cb (RfiPrinter        *self,
             GtkPrintContext   *context,
             GtkPrintOperation *operation)
{
  if (!rfi_print_document_continue (self->document))
    return FALSE;

  gtk_print_operation_set_n_pages (operation,
                                   (int) rfi_print_document_get_n_pages (self->document));
  return TRUE;
}

static void
draw_cb (RfiPrinter        *self,
         GtkPrintContext   *context,
         int                page,
         GtkPrintOperation *operation)
{
  rfi_print_document_draw (self->document, gtk_print_context_get_cairo_context (context),
                           (guint) page);
}

static void
tell_failure (RfiPrinter *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  gtk_print_operation_get_error (self->operation, &error);
  /* translators: %s says what is wrong, such as "Permission denied" */
  words = g_strdup_printf (_("It can’t be printed: %s"),
                           error != NULL ? error->message : _("the printer does not answer"));
  g_signal_emit (self, failed_signal, 0, words);
}

static void
done_cb (RfiPrinter              *self,
         GtkPrintOperationResult  result,
         GtkPrintOperation       *operation)
{
  g_autoptr(RfiPrinter) held = g_steal_pointer (&self->held);

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      tell_failure (self);
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      g_set_object (&last_settings, gtk_print_operation_get_print_settings (operation));
      g_set_object (&last_setup, gtk_print_operation_get_default_page_setup (operation));
      g_signal_emit (self, finished_signal, 0);
    }
}

/* A run that does not even begin says so at once. */
static void
run (RfiPrinter              *self,
     GtkPrintOperationAction  action,
     GtkWindow               *parent)
{
  g_autoptr(RfiPrinter) self_ref = g_object_ref (self);

  g_set_object (&self->held, self);
  if (gtk_print_operation_run (self->operation, action, parent, NULL) ==
        GTK_PRINT_OPERATION_RESULT_ERROR &&
      self->held != NULL)
    {
      tell_failure (self);
      g_clear_object (&self->held);
    }
}

static void
rfi_printer_dispose (GObject *object)
{
  RfiPrinter *self = RFI_PRINTER (object);

  g_clear_object (&self->operation);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (rfi_printer_parent_class)->dispose (object);
}

static void
rfi_printer_class_init (RfiPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_printer_dispose;

  failed_signal = g_signal_new ("failed", RFI_TYPE_PRINTER, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  finished_signal = g_signal_new ("finished", RFI_TYPE_PRINTER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_printer_init (RfiPrinter *self)
{
  self->operation = gtk_print_operation_new ();
  gtk_print_operation_set_unit (self->operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (self->operation, TRUE);
  gtk_print_operation_set_show_progress (self->operation, TRUE);
  gtk_print_operation_set_allow_async (self->operation, TRUE);
  g_signal_connect_object (self->operation, "begin-print", G_CALLBACK (begin_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->operation, "paginate", G_CALLBACK (paginate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->operation, "draw-page", G_CALLBACK (draw_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->operation, "done", G_CALLBACK (done_cb), self,
                           G_CONNECT_SWAPPED);
}

RfiPrinter *
rfi_printer_new (RfiPrintDocument *document)
{
  RfiPrinter *self = g_object_new (RFI_TYPE_PRINTER, NULL);

  self->document = g_object_ref (document);
  gtk_print_operation_set_job_name (self->operation, rfi_print_document_get_title (document));
  return self;
}

void
rfi_printer_print (RfiPrinter *self,
                   GtkWindow  *parent)
{
  g_return_if_fail (RFI_IS_PRINTER (self));

  if (last_settings != NULL)
    gtk_print_operation_set_print_settings (self->operation, last_settings);
  if (last_setup != NULL)
    gtk_print_operation_set_default_page_setup (self->operation, last_setup);
  run (self, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent);
}

void
rfi_printer_export (RfiPrinter *self,
                    const char *path)
{
  g_return_if_fail (RFI_IS_PRINTER (self));

  gtk_print_operation_set_export_filename (self->operation, path);
  run (self, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL);
}
