/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-undo-question"

#include "config.h"

#include "rfi-undo-question.h"

#include "rfi-audit-entry.h"
#include "rfi-deed-words.h"
#include "rfi-format.h"
#include "rfi-job-item.h"
#include "rfi-session-commands.h"
#include "rfi-undo-words.h"
#include "rfi-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More jobs than this are only counted. */
#define MAX_SHOWN 4

/* Of a job only the latest of its history is looked through. */
#define MAX_HISTORY 200

/* The task that a dialog asks for. */
#define TASK_KEY "rfi-undo-task"

typedef struct
{
  GtkWindow *parent;   /* (owned) */
  RfiBulk   *bulk;     /* (owned) */
  GPtrArray *clashes;  /* (owned) (element-type RfiBulkEntry) */
  GString   *body;     /* (owned) */
  guint      n_shown;
  gboolean   answered;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->parent);
  g_object_unref (question->bulk);
  g_ptr_array_unref (question->clashes);
  g_string_free (question->body, TRUE);
  g_free (question);
}

static void look_up_next (GTask        *task);
static void history_cb   (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);
static void response_cb  (GtkWidget    *dialog,
                          const char   *response,
                          GTask        *task);
static void destroy_cb   (GtkWidget    *dialog,
                          GTask        *task);

/* (element-type RfiBulkEntry) */
static GPtrArray *
list_clashes (RfiBulk *bulk)
{
  GPtrArray *clashes = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *entries = rfi_bulk_get_entries (bulk);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr(RfiBulkEntry) entry = g_list_model_get_item (entries, i);

      if (rfi_bulk_entry_get_state (entry) == RFI_BULK_CLASH)
        g_ptr_array_add (clashes, g_steal_pointer (&entry));
    }
  return clashes;
}

void
rfi_undo_question_ask_async (GtkWindow           *parent,
                             RfiBulk             *bulk,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->parent = g_object_ref (parent);
  question->bulk = g_object_ref (bulk);
  question->clashes = list_clashes (bulk);
  question->body = g_string_new (NULL);
  g_task_set_source_tag (task, rfi_undo_question_ask_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  look_up_next (task);
}

/* Nothing is left to be undone of a job that goes while it is asked about. */
static void
progress_cb (RfiBulk          *bulk,
             AdwMessageDialog *dialog)
{
  GTask *task = g_object_get_data (G_OBJECT (dialog), TASK_KEY);
  Question *question = task != NULL ? g_task_get_task_data (task) : NULL;
  g_autoptr(GString) body = NULL;

  if (question == NULL || question->answered)
    return;

  body = g_string_new (question->body->str);
  for (guint i = 0; i < question->clashes->len; i++)
    {
      RfiJobItem *item = rfi_bulk_entry_get_item (g_ptr_array_index (question->clashes, i));

      if (rfi_job_item_get_gone (item))
        /* translators: %s is the title of a job */
        g_string_append_printf (body, _("\n“%s” is gone: somebody deleted it, or it belongs to "
                                        "somebody else now."), rfi_job_item_get_job (item)->title);
    }
  adw_message_dialog_set_body (dialog, body->str);
  adw_message_dialog_set_response_enabled (dialog, "anyway",
                                           rfi_bulk_count (bulk, RFI_BULK_CLASH) > 0);
}

/* @task: (transfer full) */
static void
present (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  RfiSession *session = rfi_bulk_get_session (question->bulk);
  gboolean redo = rfi_bulk_get_redo (question->bulk);
  guint n_others = rfi_bulk_count (question->bulk, RFI_BULK_READY);
  g_autofree char *name = rfi_undo_words_step (session, rfi_bulk_get_step (question->bulk));
  g_autofree char *heading =
    /* translators: %s is such as "Assign to Sara" */
    g_strdup_printf (redo ? _("Redo “%s”?") : _("Undo “%s”?"), name);
  GtkWidget *dialog;

  if (question->clashes->len > question->n_shown)
    g_string_append_printf (question->body,
                            ngettext ("\nSomebody changed %u more job.",
                                      "\nSomebody changed %u more jobs.",
                                      question->clashes->len - question->n_shown),
                            question->clashes->len - question->n_shown);
  dialog = adw_message_dialog_new (question->parent, heading, question->body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep"));
  if (n_others > 0)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "others",
                                     redo ? _("Redo the _Others") : _("Undo the _Others"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "anyway",
                                   redo ? _("Redo _Anyway") : _("Undo _Anyway"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "anyway",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  g_signal_connect (dialog, "destroy", G_CALLBACK (destroy_cb), task);
  g_object_set_data (G_OBJECT (dialog), TASK_KEY, task);
  g_signal_connect_object (question->bulk, "progress", G_CALLBACK (progress_cb), dialog, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
look_up_next (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  RfiBulkEntry *entry;

  if (question->n_shown == MIN (question->clashes->len, MAX_SHOWN))
    {
      present (task);
      return;
    }

  entry = g_ptr_array_index (question->clashes, question->n_shown);
  rfi_session_list_audit_async (rfi_bulk_get_session (question->bulk),
                                rfi_job_item_get_id (rfi_bulk_entry_get_item (entry)), MAX_HISTORY,
                                NULL, history_cb, task);
}

/* The line of history that put there what stands there. (nullable) */
static RfiAuditEntry *
find_line (GPtrArray  *history,
           RfiField    field,
           const char *value)
{
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      RfiAuditEntry *line = g_ptr_array_index (history, i);

      if (line->action == RFI_AUDIT_CHANGED && line->field == (int) field)
        return g_strcmp0 (line->after != NULL ? line->after : "", value) == 0 ? line : NULL;
    }
  return NULL;
}

/* Who it was, if they have a name here. */
static const char *
name_person (RfiSession          *session,
             const RfiAuditEntry *line)
{
  const char *name = line != NULL && line->user_id != NULL
                     ? rfi_session_get_name (session, line->user_id) : NULL;

  return name != NULL && !g_str_equal (name, line->user_id) ? name : _("Somebody");
}

/* "Kim set the priority to Low at 10:58. Undo would set it back to High." */
static void
describe_field (Question     *question,
                RfiBulkEntry *entry,
                RfiField      field,
                GPtrArray    *history)
{
  RfiSession *session = rfi_bulk_get_session (question->bulk);
  const RfiJob *job = rfi_job_item_get_job (rfi_bulk_entry_get_item (entry));
  RfiDeed *origin = rfi_bulk_entry_get_origin (entry);
  const char *wanted = rfi_patch_get (rfi_bulk_get_redo (question->bulk) ? origin->after
                                                                          : origin->before, field);
  RfiAuditEntry *line = find_line (history, field, rfi_job_get_field (job, field));
  g_autofree char *found = rfi_deed_words_value (session, field, rfi_job_get_field (job, field));
  g_autofree char *back = rfi_deed_words_value (session, field, wanted);
  const char *who = name_person (session, line);
  g_autofree char *clock = line != NULL ? rfi_format_clock (line->at) : NULL;

  if (clock != NULL)
    /* translators: a person, a field such as "the priority", its value, a time */
    g_string_append_printf (question->body, _("%s set %s to %s at %s."), who,
                            rfi_words_the_field (field), found, clock);
  else
    /* translators: a person, a field such as "the priority", its value */
    g_string_append_printf (question->body, _("%s set %s to %s."), who,
                            rfi_words_the_field (field), found);
  g_string_append_c (question->body, ' ');
  g_string_append_printf (question->body,
                          rfi_bulk_get_redo (question->bulk)
                          /* translators: %s is a value that a field had */
                          ? _("Redo would set it to %s again.")
                          : _("Undo would set it back to %s."), back);
  g_string_append_c (question->body, '\n');
}

static void
describe (Question     *question,
          RfiBulkEntry *entry,
          GPtrArray    *history)
{
  const RfiJob *job = rfi_job_item_get_job (rfi_bulk_entry_get_item (entry));
  RfiPatch *expected = rfi_bulk_entry_get_expected (entry);

  g_string_append_printf (question->body, "%s\n", job->title);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (expected, (RfiField) i) &&
        g_strcmp0 (rfi_patch_get (expected, (RfiField) i),
                   rfi_job_get_field (job, (RfiField) i)) != 0)
      describe_field (question, entry, (RfiField) i, history);
}

static void
history_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr(GPtrArray) history = NULL;
  g_autoptr(GError) error = NULL;

  history = rfi_session_list_audit_finish (RFI_SESSION (object), result, &error);
  if (history == NULL)
    g_debug ("Who changed it is not known: %s", error->message);

  describe (question, g_ptr_array_index (question->clashes, question->n_shown), history);
  question->n_shown++;
  look_up_next (task);
}

static void
answer (GTask         *task,
        RfiUndoChoice  choice)
{
  Question *question = g_task_get_task_data (task);

  if (question->answered)
    return;

  question->answered = TRUE;
  g_task_return_int (task, choice);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response,
             GTask      *task)
{
  answer (task, g_str_equal (response, "anyway")   ? RFI_UNDO_ANYWAY
                : g_str_equal (response, "others") ? RFI_UNDO_OTHERS
                                                   : RFI_UNDO_KEEP);
}

/* It may go with its window, too. */
static void
destroy_cb (GtkWidget *dialog,
            GTask     *task)
{
  answer (task, RFI_UNDO_KEEP);
  g_object_set_data (G_OBJECT (dialog), TASK_KEY, NULL);
  g_object_unref (task);
}

RfiUndoChoice
rfi_undo_question_ask_finish (GAsyncResult  *result,
                              RfiBulk      **bulk)
{
  Question *question = g_task_get_task_data (G_TASK (result));

  *bulk = g_object_ref (question->bulk);
  return (RfiUndoChoice) g_task_propagate_int (G_TASK (result), NULL);
}
