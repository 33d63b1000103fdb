/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-actions"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-assign-dialog.h"
#include "rfi-new-job-dialog.h"
#include "rfi-photo-adder.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

static void
show_page (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);
  GtkWidget *focus;
  GtkWidget *page;

  rfi_window_show_page (user_data, name);
  page = rfi_window_get_page (user_data, name);
  focus = gtk_root_get_focus (GTK_ROOT (user_data));
  if (page == NULL || (focus != NULL && gtk_widget_is_ancestor (focus, page)))
    return;

  /* Keys mean what they mean there from now on. */
  if (!gtk_widget_grab_focus (page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
show_job (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  rfi_window_show_job (user_data, g_variant_get_string (parameter, NULL));
}

static void
close_detail (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  rfi_window_close_detail (user_data);
}

static void
show_photos (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  rfi_window_show_photos (user_data, g_variant_get_string (parameter, NULL), NULL);
}

static void
show_photo (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  const char *job_id, *photo_id;

  g_variant_get (parameter, "(&s&s)", &job_id, &photo_id);
  rfi_window_show_photos (user_data, job_id, photo_id);
}

static void
show_conflict (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  rfi_window_show_conflict (user_data, g_variant_get_string (parameter, NULL));
}

static void
undo_decision (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  rfi_window_undo_decision (user_data);
}

static void
search (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  rfi_window_search (user_data);
}

static void
toast (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  const char *text, *label, *detailed_action;

  g_variant_get (parameter, "(&s&s&s)", &text, &label, &detailed_action);
  if (g_str_equal (detailed_action, "win.undo-decision"))
    rfi_window_toast_decision (user_data, text, label, detailed_action);
  else
    rfi_window_toast (user_data, text, label, detailed_action);
}

/* Jobs */

static void
job_created_cb (RfiWindow  *self,
                const char *job_id)
{
  rfi_window_show_job (self, job_id);
}

static void
new_job (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  GtkWidget *dialog = rfi_new_job_dialog_new (rfi_window_get_session (self), GTK_WINDOW (self));

  g_signal_connect_object (dialog, "created", G_CALLBACK (job_created_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
command_done_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RfiWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    rfi_window_toast_error (self, error);
}

static void
set_status (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  RfiSession *session = rfi_window_get_session (self);
  const char *job_id, *word;
  RfiVerdict verdict;
  RfiStatus status;

  g_variant_get (parameter, "(&s&s)", &job_id, &word);
  if (!rfi_status_from_string (word, &status))
    return;

  verdict = rfi_session_check_status (session, job_id, status);
  if (verdict == RFI_VERDICT_NEEDS_TECHNICIAN)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.assign", "s", job_id);
  else if (verdict != RFI_VERDICT_OK)
    rfi_window_toast (self, rfi_words_verdict (verdict), NULL, NULL);
  else
    rfi_session_set_status_async (session, job_id, status, command_done_cb, g_object_ref (self));
}

static void
assign (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  RfiSession *session = rfi_window_get_session (self);
  const char *job_id = g_variant_get_string (parameter, NULL);
  RfiVerdict verdict = rfi_session_check (session, job_id, RFI_ACTION_ASSIGN);

  if (verdict != RFI_VERDICT_OK)
    rfi_window_toast (self, rfi_words_verdict (verdict), NULL, NULL);
  else
    gtk_window_present (GTK_WINDOW (rfi_assign_dialog_new (session, job_id, GTK_WINDOW (self))));
}

static void
cancel_job (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  rfi_window_ask_cancel (user_data, g_variant_get_string (parameter, NULL));
}

static void
delete_job (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  rfi_window_ask_delete (user_data, g_variant_get_string (parameter, NULL));
}

static void
add_failed_cb (RfiPhotoAdder *adder,
               const char    *words,
               gpointer       user_data)
{
  rfi_window_toast (user_data, words, NULL, NULL);
}

static void
add_photos (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  g_autoptr(RfiPhotoAdder) adder = NULL;

  adder = rfi_photo_adder_new (rfi_window_get_session (self),
                               g_variant_get_string (parameter, NULL));
  g_signal_connect_object (adder, "failed", G_CALLBACK (add_failed_cb), self, 0);
  rfi_photo_adder_choose (adder, GTK_WINDOW (self));
}

/* The account */

static void
sign_out (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  rfi_window_ask_sign_out (user_data);
}

static void
renew (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  rfi_window_ask_password (user_data);
}

void
rfi_window_add_actions (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "show-page", .activate = show_page, .parameter_type = "s" },
    { .name = "show-job", .activate = show_job, .parameter_type = "s" },
    { .name = "close-detail", .activate = close_detail },
    { .name = "show-photos", .activate = show_photos, .parameter_type = "s" },
    { .name = "show-photo", .activate = show_photo, .parameter_type = "(ss)" },
    { .name = "show-conflict", .activate = show_conflict, .parameter_type = "s" },
    { .name = "undo-decision", .activate = undo_decision },
    { .name = "search", .activate = search },
    { .name = "toast", .activate = toast, .parameter_type = "(sss)" },
    { .name = "new-job", .activate = new_job },
    { .name = "set-status", .activate = set_status, .parameter_type = "(ss)" },
    { .name = "assign", .activate = assign, .parameter_type = "s" },
    { .name = "cancel-job", .activate = cancel_job, .parameter_type = "s" },
    { .name = "delete-job", .activate = delete_job, .parameter_type = "s" },
    { .name = "add-photos", .activate = add_photos, .parameter_type = "s" },
    { .name = "sign-out", .activate = sign_out },
    { .name = "renew", .activate = renew },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  rfi_window_add_history_actions (self);
  rfi_window_add_palette (self);
}

static void
set_enabled (RfiWindow  *self,
             const char *name,
             gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
rfi_window_update_actions (RfiWindow *self)
{
  static const char * const needing_session[] = {
    "show-page", "show-job", "show-photos", "show-photo", "show-conflict", "search",
    "set-status", "assign", "cancel-job", "delete-job", "add-photos", "sign-out", "renew",
    "show-as-of", "compare-moments", "show-history", "restore-value",
  };
  RfiSession *session = rfi_window_get_session (self);

  for (guint i = 0; i < G_N_ELEMENTS (needing_session); i++)
    set_enabled (self, needing_session[i], session != NULL);
  rfi_window_update_palette (self);
  set_enabled (self, "next-alert", session != NULL);
  set_enabled (self, "previous-alert", session != NULL);
  set_enabled (self, "print", session != NULL);
  set_enabled (self, "wall", session != NULL);
  set_enabled (self, "save-pdf", session != NULL);
  set_enabled (self, "new-job",
               session != NULL
               && rfi_session_check (session, NULL, RFI_ACTION_CREATE) == RFI_VERDICT_OK);
}
