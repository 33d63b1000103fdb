/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-questions"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-application.h"
#include "rfi-error-words.h"
#include "rfi-gone.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* What a question is about, until it is answered. */
typedef struct
{
  RfiWindow *window;  /* (owned) */
  char      *job_id;  /* (owned) */
} Question;

static Question *
question_new (RfiWindow  *window,
              const char *job_id)
{
  Question *self = g_new0 (Question, 1);

  self->window = g_object_ref (window);
  self->job_id = g_strdup (job_id);
  return self;
}

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *self = data;

  g_object_unref (self->window);
  g_free (self->job_id);
  g_free (self);
}

static void
command_done_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RfiWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    rfi_window_toast_error (window, error);
}

static RfiJobTable *
get_jobs (RfiWindow *self)
{
  return rfi_session_get_jobs (rfi_window_get_session (self));
}

/* One that is there, as the rules have said. */
static const RfiJob *
look_up (RfiWindow  *self,
         const char *job_id)
{
  return rfi_job_table_lookup (get_jobs (self), job_id)->work;
}

/* Refuses what may not be, in words. */
static gboolean
may (RfiWindow  *self,
     const char *job_id,
     RfiAction   action)
{
  RfiVerdict verdict = rfi_session_check (rfi_window_get_session (self), job_id, action);

  if (verdict != RFI_VERDICT_OK)
    rfi_window_toast (self, rfi_words_verdict (verdict), NULL, NULL);
  return verdict == RFI_VERDICT_OK;
}

static GtkWidget *
new_question (RfiWindow  *self,
              const char *heading,
              const char *body,
              const char *no,
              const char *yes)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", no, "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  return dialog;
}

/* What is not to be done any more once the job is gone. */
static const char * const deeds[] = { "yes", NULL };

/* Cancelling */

static void
cancel_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    Question         *question)
{
  RfiSession *session = rfi_window_get_session (question->window);

  if (g_strcmp0 (response, "yes") == 0 && session != NULL)
    rfi_session_set_status_async (session, question->job_id, RFI_STATUS_CANCELLED,
                                  command_done_cb, g_object_ref (question->window));
}

void
rfi_window_ask_cancel (RfiWindow  *self,
                       const char *job_id)
{
  const RfiJob *job;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (!may (self, job_id, RFI_ACTION_CANCEL))
    return;

  job = look_up (self, job_id);
  /* translators: %s is the title of a job */
  heading = g_strdup_printf (_("Cancel “%s”?"), job->title);
  if (job->assigned_to != NULL && job->assigned_to[0] != '\0')
    /* translators: the name of a technician, then of a store */
    body = g_strdup_printf (_("%s no longer sees it as work to do, and nobody goes to %s. "
                              "A cancelled job can’t be opened again."),
                            rfi_session_get_name (rfi_window_get_session (self),
                                                  job->assigned_to),
                            job->store_name);
  else
    /* translators: %s is the name of a store */
    body = g_strdup_printf (_("Nobody goes to %s. A cancelled job can’t be opened again."),
                            job->store_name);

  dialog = new_question (self, heading, body, _("_Keep Job"), _("_Cancel Job"));
  rfi_gone_follow (ADW_MESSAGE_DIALOG (dialog), get_jobs (self), job_id, deeds);
  g_signal_connect_data (dialog, "response", G_CALLBACK (cancel_response_cb),
                         question_new (self, job_id), question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Deleting */

static void
delete_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    Question         *question)
{
  RfiSession *session = rfi_window_get_session (question->window);

  if (g_strcmp0 (response, "yes") == 0 && session != NULL)
    rfi_session_delete_async (session, question->job_id, command_done_cb,
                              g_object_ref (question->window));
}

void
rfi_window_ask_delete (RfiWindow  *self,
                       const char *job_id)
{
  const RfiJob *job;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (!may (self, job_id, RFI_ACTION_DELETE))
    return;

  job = look_up (self, job_id);
  /* translators: %s is the title of a job */
  heading = g_strdup_printf (_("Delete “%s”?"), job->title);
  if (job->n_photos > 0)
    body = g_strdup_printf (ngettext ("The job and its %u photo go away for everybody. This can’t "
                                      "be taken back.",
                                      "The job and its %u photos go away for everybody. This "
                                      "can’t be taken back.", job->n_photos), job->n_photos);
  else
    body = g_strdup (_("The job goes away for everybody. This can’t be taken back."));

  dialog = new_question (self, heading, body, _("_Keep Job"), _("_Delete Job"));
  rfi_gone_follow (ADW_MESSAGE_DIALOG (dialog), get_jobs (self), job_id, deeds);
  g_signal_connect_data (dialog, "response", G_CALLBACK (delete_response_cb),
                         question_new (self, job_id), question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Quitting */

static const char *const nothing_stays =
  N_("No keyring runs here, so nothing can stay on this computer: what is not sent is lost.");

static void
quit_response_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  Question         *question)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (question->window));

  if (g_strcmp0 (response, "yes") == 0)
    gtk_window_destroy (GTK_WINDOW (question->window));
  else
    rfi_background_stay (rfi_application_get_background (RFI_APPLICATION (application)));
}

/* The session goes with the last window unless it goes on without, and what is not kept goes with
 * the session. */
static guint
count_at_risk (RfiWindow *self)
{
  RfiSession *session = rfi_window_get_session (self);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean fleeting = FALSE;
  guint n_queued = 0;

  if (session == NULL || application == NULL ||
      gtk_application_get_windows (application)->next != NULL ||
      rfi_background_is_wanted (rfi_application_get_background (RFI_APPLICATION (application))))
    return 0;

  g_object_get (session, "fleeting", &fleeting, "n-queued", &n_queued, NULL);
  return fleeting ? n_queued : 0;
}

gboolean
rfi_window_ask_quit (RfiWindow *self)
{
  guint n_at_risk = count_at_risk (self);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (n_at_risk == 0)
    return FALSE;

  heading = g_strdup_printf (ngettext ("Quit with %u unsent change?",
                                       "Quit with %u unsent changes?", n_at_risk), n_at_risk);
  dialog = new_question (self, heading, _(nothing_stays), _("_Stay"), _("_Quit"));
  g_signal_connect_data (dialog, "response", G_CALLBACK (quit_response_cb),
                         question_new (self, NULL), question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* Signing out */

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(RfiWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_manager_sign_out_finish (RFI_SESSION_MANAGER (object), result, &error))
    rfi_window_toast_error (window, error);
}

static void
export_response_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  g_autoptr(RfiWindow) window = user_data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      rfi_session_manager_sign_out_async (rfi_window_get_manager (window),
                                          RFI_SIGN_OUT_EXPORT_PENDING, file,
                                          signed_out_cb, g_object_ref (window));
    }
  g_object_unref (dialog);
}

static void
ask_export_file (RfiWindow *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export Unsent Changes"),
                                                               GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                                               _("_Export"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("unsent-changes.json"));
  g_signal_connect (chooser, "response", G_CALLBACK (export_response_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
sign_out_response_cb (AdwMessageDialog *dialog,
                      const char       *response,
                      Question         *question)
{
  RfiWindow *window = question->window;

  if (g_strcmp0 (response, "export") == 0)
    ask_export_file (window);
  else if (g_strcmp0 (response, "yes") == 0)
    rfi_session_manager_sign_out_async (rfi_window_get_manager (window),
                                        RFI_SIGN_OUT_KEEP_PENDING, NULL,
                                        signed_out_cb, g_object_ref (window));
}

void
rfi_window_ask_sign_out (RfiWindow *self)
{
  RfiSession *session = rfi_window_get_session (self);
  const RfiUser *user = rfi_session_get_user (session);
  gboolean fleeting = FALSE;
  guint n_queued = 0;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  g_object_get (session, "n-queued", &n_queued, "fleeting", &fleeting, NULL);
  if (n_queued > 0)
    {
      heading = g_strdup_printf (ngettext ("Sign out with %u unsent change?",
                                           "Sign out with %u unsent changes?", n_queued),
                                 n_queued);
      /* translators: %s is a person's name */
      body = fleeting ? g_strdup (_(nothing_stays))
                      : g_strdup_printf (_("What is not sent stays on this computer and goes out "
                                           "when %s signs in here again."), user->display_name);
    }
  else
    {
      heading = g_strdup (_("Sign out?"));
      body = g_strdup (_("Everything is sent. The next person can sign in."));
    }

  dialog = new_question (self, heading, body, _("_Stay"), _("Sign _Out"));
  if (n_queued > 0)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "export", _("_Export First…"));
  else
    adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                                ADW_RESPONSE_SUGGESTED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (sign_out_response_cb),
                         question_new (self, NULL), question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Signing in again */

static void
renewed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiWindow) window = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (rfi_session_manager_renew_finish (RFI_SESSION_MANAGER (object), result, &error))
    return;

  words = rfi_error_words (error);
  rfi_window_toast (window, words, _("Try Again"), "win.renew");
}

static void
renew_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   Question         *question)
{
  GtkWidget *list = adw_message_dialog_get_extra_child (dialog);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));

  if (g_strcmp0 (response, "renew") == 0)
    rfi_session_manager_renew_async (rfi_window_get_manager (question->window),
                                     gtk_editable_get_text (GTK_EDITABLE (row)), NULL,
                                     renewed_cb, g_object_ref (question->window));
}

static void
password_changed_cb (GtkEditable      *editable,
                     AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "renew",
                                           gtk_editable_get_text (editable)[0] != '\0');
}

void
rfi_window_ask_password (RfiWindow *self)
{
  const RfiUser *user = rfi_session_get_user (rfi_window_get_session (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Sign in again"), NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_password_entry_row_new ();

  /* translators: an e-mail address, then the address of a server */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("%s at %s. Your changes are kept."), user->email,
                                  rfi_session_get_server_url (rfi_window_get_session (self)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Password"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "later", _("_Later"), "renew", _("_Sign In"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "renew",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "renew");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "renew", FALSE);
  g_signal_connect_object (row, "changed", G_CALLBACK (password_changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (renew_response_cb),
                         question_new (self, NULL), question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (row);
}
