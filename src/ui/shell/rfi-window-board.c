/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-board"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-board-page.h"
#include "rfi-gone.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* What lanes of people ask for: a job goes to somebody, or to nobody. Where it is taken from
 * somebody, they are named first.
 */
typedef struct
{
  RfiWindow *window;         /* (owned) */
  char      *job_id;         /* (owned) */
  char      *technician_id;  /* (owned) */
} HandOver;

static void
hand_over_free (gpointer  data,
                GClosure *closure)
{
  HandOver *self = data;

  g_object_unref (self->window);
  g_free (self->job_id);
  g_free (self->technician_id);
  g_free (self);
}

static void
assigned_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error))
    rfi_window_toast_error (window, error);
}

static void
assign (RfiWindow  *self,
        const char *job_id,
        const char *technician_id)
{
  RfiSession *session = rfi_window_get_session (self);

  if (session != NULL)
    rfi_session_assign_async (session, job_id, technician_id, assigned_cb, g_object_ref (self));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             HandOver         *hand_over)
{
  if (g_strcmp0 (response, "yes") == 0)
    assign (hand_over->window, hand_over->job_id, hand_over->technician_id);
}

static void
ask (RfiWindow    *self,
     const RfiJob *job,
     const char   *technician_id)
{
  static const char * const deeds[] = { "yes", NULL };
  RfiSession *session = rfi_window_get_session (self);
  const char *loser = rfi_session_get_name (session, job->assigned_to);
  gboolean is_taken = *technician_id == '\0';
  HandOver *hand_over = g_new0 (HandOver, 1);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (is_taken)
    /* translators: the title of a job, then who has it */
    heading = g_strdup_printf (_("Take “%1$s” from %2$s?"), job->title, loser);
  else
    /* translators: the title of a job, then who is to have it */
    heading = g_strdup_printf (_("Give “%1$s” to %2$s?"), job->title,
                               rfi_session_get_name (session, technician_id));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);
  if (is_taken)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                                 _("It waits for somebody to be assigned again."));
  else
    /* translators: %s is who has the job now */
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _("%s loses it."), loser);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", _("_Cancel"),
                                    "yes", is_taken ? _("_Take Off") : _("_Assign"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");

  rfi_gone_follow (ADW_MESSAGE_DIALOG (dialog), rfi_session_get_jobs (session), job->id, deeds);
  hand_over->window = g_object_ref (self);
  hand_over->job_id = g_strdup (job->id);
  hand_over->technician_id = g_strdup (technician_id);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), hand_over, hand_over_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hand_over (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  RfiSession *session = rfi_window_get_session (self);
  const char *job_id, *technician_id;
  RfiVerdict verdict;
  RfiJobState *state;

  if (session == NULL)
    return;

  g_variant_get (parameter, "(&s&s)", &job_id, &technician_id);
  verdict = rfi_session_check_assign (session, job_id, technician_id);
  if (verdict != RFI_VERDICT_OK)
    {
      rfi_window_toast (self, rfi_words_verdict (verdict), NULL, NULL);
      return;
    }

  state = rfi_job_table_lookup (rfi_session_get_jobs (session), job_id);
  if (state->work->assigned_to != NULL && state->work->assigned_to[0] != '\0')
    ask (self, state->work, technician_id);
  else
    assign (self, job_id, technician_id);
}

/* What the board is grouped by */

/* Returns: (nullable): while nobody is signed in */
static RfiBoardPage *
show_board (RfiWindow *self)
{
  if (rfi_window_get_session (self) == NULL)
    return NULL;

  rfi_window_show_page (self, "board");
  return RFI_BOARD_PAGE (rfi_window_get_page (self, "board"));
}

static gboolean
sees_vendors (RfiWindow *self)
{
  return rfi_session_get_user (rfi_window_get_session (self))->role == RFI_ROLE_ADMIN;
}

static void
group_board (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RfiBoardPage *board = show_board (user_data);

  if (board == NULL)
    return;

  if (g_str_equal (g_variant_get_string (parameter, NULL), "vendor") && !sees_vendors (user_data))
    rfi_window_toast (user_data, _("You see the jobs of one vendor."), NULL, NULL);
  else
    g_object_set (board, "grouping", g_variant_get_string (parameter, NULL), NULL);
}

static void
group_board_next (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  RfiBoardPage *board = show_board (user_data);
  RfiGrouping last;

  if (board == NULL)
    return;

  last = sees_vendors (user_data) ? RFI_GROUPING_VENDOR : RFI_GROUPING_TECHNICIAN;
  rfi_board_page_set_grouping (board, (rfi_board_page_get_grouping (board) + 1) % (last + 1));
}

void
rfi_window_add_board_actions (RfiWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "hand-over", .activate = hand_over, .parameter_type = "(ss)" },
    { .name = "group-board", .activate = group_board, .parameter_type = "s" },
    { .name = "group-board-next", .activate = group_board_next },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
