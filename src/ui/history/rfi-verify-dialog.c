/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-verify-dialog"

#include "config.h"

#include "rfi-verify-dialog.h"

#include "rfi-error-words.h"
#include "rfi-session-history.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  AdwMessageDialog *dialog;       /* (owned) */
  GtkProgressBar   *bar;
  GCancellable     *cancellable;  /* (owned) */
} Verifying;

static void
verifying_free (Verifying *verifying)
{
  g_object_unref (verifying->dialog);
  g_object_unref (verifying->cancellable);
  g_free (verifying);
}

static void
progress_cb (gint64   done,
             gint64   total,
             gpointer user_data)
{
  Verifying *verifying = user_data;
  g_autofree char *words = NULL;

  /* translators: so many of all entries of the history */
  words = g_strdup_printf (_("%'ld of %'ld entries"), (long) done, (long) total);
  gtk_progress_bar_set_fraction (verifying->bar,
                                 total > 0 ? (double) done / (double) total : 1);
  gtk_progress_bar_set_text (verifying->bar, words);
}

/* Returns: (transfer full) */
static char *
describe (const RfiHistoryVerdict *verdict)
{
  if (verdict->broken == 0)
    return g_strdup_printf (ngettext ("%'ld entry, unbroken.", "%'ld entries, unbroken.",
                                      (gulong) verdict->n_entries), (long) verdict->n_entries);
  if (verdict->missing)
    return g_strdup_printf (_("Entry %'ld is missing from the server’s history. What came before "
                              "it is unbroken; nothing after it can be relied on. Ask whoever runs "
                              "the server who has had access to its files."),
                            (long) verdict->broken);

  return g_strdup_printf (_("Entry %'ld of the server’s history was altered after it was written. "
                            "What came before it is unbroken; nothing from it on can be relied on. "
                            "Ask whoever runs the server who has had access to its files."),
                          (long) verdict->broken);
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Verifying *verifying = user_data;
  g_autoptr(GError) error = NULL;
  RfiHistoryVerdict verdict;
  g_autofree char *words = NULL;

  if (rfi_session_verify_history_finish (RFI_SESSION (object), result, &verdict, &error))
    {
      words = describe (&verdict);
      adw_message_dialog_set_heading (verifying->dialog,
                                      verdict.broken == 0 ? _("The History Is Whole")
                                                          : _("The History Is Broken"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      words = rfi_error_words (error);
      adw_message_dialog_set_heading (verifying->dialog, _("The History Can’t Be Verified Now"));
    }

  if (words != NULL)
    {
      adw_message_dialog_set_body (verifying->dialog, words);
      gtk_widget_set_visible (GTK_WIDGET (verifying->bar), FALSE);
      adw_message_dialog_set_response_label (verifying->dialog, "close", _("_Close"));
    }
  verifying_free (verifying);
}

GtkWidget *
rfi_verify_dialog_present (RfiSession *session,
                           GtkWindow  *parent)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Verifying the History"), NULL);
  GtkWidget *bar = gtk_progress_bar_new ();
  Verifying *verifying = g_new (Verifying, 1);

  verifying->dialog = g_object_ref (ADW_MESSAGE_DIALOG (dialog));
  verifying->bar = GTK_PROGRESS_BAR (bar);
  verifying->cancellable = g_cancellable_new ();
  adw_message_dialog_set_body (verifying->dialog,
                               _("Each entry is bound to the one before it. The server recomputes "
                                 "all of them."));
  gtk_progress_bar_set_show_text (verifying->bar, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Entries verified"), -1);
  adw_message_dialog_set_extra_child (verifying->dialog, bar);
  adw_message_dialog_add_response (verifying->dialog, "close", _("_Cancel"));
  adw_message_dialog_set_close_response (verifying->dialog, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (g_cancellable_cancel),
                           verifying->cancellable, G_CONNECT_SWAPPED);
  progress_cb (0, 0, verifying);
  rfi_session_verify_history_async (session, verifying->cancellable, progress_cb, verified_cb,
                                    verifying);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
