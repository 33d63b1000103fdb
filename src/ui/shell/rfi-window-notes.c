/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window"

#include "config.h"

#include "rfi-window-private.h"

#include <glib/gi18n.h>

/* The number is RfiVaultError's, of a folder windows do not see. */
void
rfi_window_note_keyring (RfiWindow *self)
{
  static const char * const notes[] = {
    N_("No keyring runs here: nothing is kept when you quit, not even changes that wait."),
    N_("The keyring stayed locked: your sign-in lasts until you quit."),
    N_("The keyring could not keep your sign-in: it lasts until you quit."),
  };
  int note = -1;

  g_object_get (rfi_window_get_session (self), "keyring-note", &note, NULL);
  if (note >= 0)
    rfi_window_toast (self, _(notes[MIN ((guint) note, G_N_ELEMENTS (notes) - 1)]), NULL, NULL);
}

/* Of several windows one speaks for the session. */
static gboolean
is_oldest (RfiWindow *self)
{
  guint id = gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self));
  GList *at = gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self)));

  for (; at != NULL; at = at->next)
    if (RFI_IS_WINDOW (at->data) &&
        gtk_application_window_get_id (GTK_APPLICATION_WINDOW (at->data)) < id)
      return FALSE;
  return TRUE;
}

/* What was lost is downloaded again; what could not be is never lost silently. */
static void
say_recovered (RfiWindow *self)
{
  GtkWidget *dialog;
  g_autofree char *changes = NULL;
  int recovered = -1;

  g_object_get (rfi_window_get_session (self), "recovered", &recovered, NULL);
  if (recovered < 0 || !is_oldest (self))
    return;

  if (recovered > 0)
    changes = g_strdup_printf (ngettext ("%d change that was not sent yet could be saved.",
                                         "%d changes that were not sent yet could be saved.",
                                         recovered), recovered);
  else
    changes = g_strdup (_("No change that was not sent yet could be found in it."));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Saved Data Was Damaged"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* translators: %s is a sentence about changes not sent yet */
                                  _("Jobs are downloaded again. %s The damaged file is kept beside "
                                    "the new one, in case something is missing."), changes);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Without its key what waited cannot be read by anybody, but its file is set aside. */
static void
say_lost (RfiWindow *self)
{
  GtkWidget *dialog;
  int lost = -1;

  g_object_get (rfi_window_get_session (self), "lost", &lost, NULL);
  if (lost < 0 || !is_oldest (self))
    return;

  dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("The Key to Saved Data Is Missing"), NULL);
  if (lost == 0)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                                 _("Your keyring does not have it any more. Jobs are downloaded "
                                   "again; no change was waiting to be sent."));
  else
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                    ngettext ("Your keyring does not have it any more. Jobs are "
                                              "downloaded again. %d change that was not sent yet "
                                              "can’t be read: make it again. Its file is kept "
                                              "beside the new one, in case the key turns up.",
                                              "Your keyring does not have it any more. Jobs are "
                                              "downloaded again. %d changes that were not sent "
                                              "yet can’t be read: make them again. Their file is "
                                              "kept beside the new one, in case the key turns up.",
                                              lost), lost);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
rfi_window_note_recovery (RfiWindow *self)
{
  say_recovered (self);
  say_lost (self);
}
