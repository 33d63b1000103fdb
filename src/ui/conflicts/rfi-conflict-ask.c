/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-ask"

#include "config.h"

#include "rfi-conflict-ask.h"

#include "rfi-error-words.h"

#include <glib/gi18n.h>

#define MOST_CHARACTERS 1000

/* A question about one conflict while it is open. */
typedef struct
{
  GtkWidget       *parent;    /* (owned) */
  RfiConflictDesk *desk;      /* (owned) */
  RfiConflict     *conflict;  /* (owned) */
  GtkWidget       *dialog;    /* borrowed */
  GtkTextView     *note;      /* of the dialog */
  AdwComboRow     *person;    /* (nullable): of the dialog */
  RfiCaseStep      step;
  gboolean         escalates;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->parent);
  g_object_unref (question->desk);
  rfi_conflict_unref (question->conflict);
  g_free (question);
}

static char *
get_note (Question *question)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (question->note);
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strdup (g_strstrip (text));
}

static void
note_changed_cb (Question *question)
{
  g_autofree char *note = get_note (question);
  glong length = g_utf8_strlen (note, -1);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (question->dialog), "go",
                                           length > 0 && length <= MOST_CHARACTERS);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (!rfi_conflict_desk_ask_finish (RFI_CONFLICT_DESK (object), result, &error))
    words = rfi_error_words (error);
  else if (question->escalates)
    words = g_strdup (_("Handed on. The conflict stays open until somebody decides it."));
  else if (question->step == RFI_CASE_END)
    words = g_strdup (_("The investigation is over. The conflict still waits for a decision."));
  else
    words = g_strdup (_("Noted, for everybody who may decide this conflict."));
  gtk_widget_activate_action (question->parent, "win.toast", "(sss)", words, "", "");
  question_free (question);
}

/* Whom it is to go to; (nullable): whoever may decide. */
static const char *
get_person (Question *question)
{
  GPtrArray *people = question->person != NULL
                        ? g_object_get_data (G_OBJECT (question->person), "people")
                        : NULL;
  guint selected = people != NULL ? adw_combo_row_get_selected (question->person) : 0;

  return selected > 0 && selected <= people->len
           ? ((RfiUser *) people->pdata[selected - 1])->id
           : NULL;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *note = get_note (question);

  question->dialog = NULL;
  if (!g_str_equal (response, "go"))
    question_free (question);
  else if (question->escalates)
    rfi_conflict_desk_escalate_async (question->desk, question->conflict->id,
                                      get_person (question), note, done_cb, question);
  else
    rfi_conflict_desk_investigate_async (question->desk, question->conflict->id, question->step,
                                         NULL, note, done_cb, question);
}

static GtkWidget *
make_note (Question *question)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *text = gtk_text_view_new ();

  question->note = GTK_TEXT_VIEW (text);
  gtk_text_view_set_wrap_mode (question->note, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (question->note, FALSE);
  gtk_text_view_set_top_margin (question->note, 6);
  gtk_text_view_set_bottom_margin (question->note, 6);
  gtk_text_view_set_left_margin (question->note, 6);
  gtk_text_view_set_right_margin (question->note, 6);
  gtk_widget_set_size_request (text, -1, 80);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"),
                                  -1);
  g_signal_connect_swapped (gtk_text_view_get_buffer (question->note), "changed",
                            G_CALLBACK (note_changed_cb), question);
  gtk_frame_set_child (GTK_FRAME (frame), text);
  return frame;
}

static Question *
question_new (GtkWidget       *parent,
              RfiConflictDesk *desk,
              RfiConflict     *conflict)
{
  Question *question = g_new0 (Question, 1);

  question->parent = g_object_ref (parent);
  question->desk = g_object_ref (desk);
  question->conflict = rfi_conflict_ref (conflict);
  return question;
}

/* @extra: above the note */
static void
ask (Question   *question,
     const char *heading,
     const char *body,
     const char *go,
     GtkWidget  *extra)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (question->parent));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  question->dialog = adw_message_dialog_new (window, heading, body);
  if (extra != NULL)
    gtk_box_append (GTK_BOX (box), extra);
  gtk_box_append (GTK_BOX (box), make_note (question));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (question->dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question->dialog), "cancel", _("_Cancel"),
                                    "go", go, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question->dialog), "go",
                                              ADW_RESPONSE_SUGGESTED);
  note_changed_cb (question);
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (question->note));
}

/* The people come after the dialog is there, which may be gone by then. */
static void
people_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr(AdwComboRow) row = g_weak_ref_get (ref);
  g_autoptr(GError) error = NULL;
  GPtrArray *people =
    rfi_conflict_desk_list_people_finish (RFI_CONFLICT_DESK (object), result, &error);

  if (row != NULL && people == NULL)
    {
      g_autofree char *words = rfi_error_words (error);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
    }
  if (row != NULL && people != NULL)
    {
      GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (row));

      for (guint i = 0; i < people->len; i++)
        gtk_string_list_append (names, ((RfiUser *) people->pdata[i])->display_name);
      g_object_set_data_full (G_OBJECT (row), "people", g_steal_pointer (&people),
                              (GDestroyNotify) g_ptr_array_unref);
    }
  g_clear_pointer (&people, g_ptr_array_unref);
  g_weak_ref_clear (ref);
  g_free (ref);
}

static GtkWidget *
make_person (Question *question)
{
  const char *anybody[] = { _("Whoever may decide"), NULL };
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkStringList) names = gtk_string_list_new (anybody);
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("To"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  question->person = ADW_COMBO_ROW (row);

  g_weak_ref_init (ref, row);
  rfi_conflict_desk_list_people_async (question->desk, question->conflict->id, people_cb, ref);
  return list;
}

void
rfi_conflict_ask_escalate (GtkWidget       *parent,
                           RfiConflictDesk *desk,
                           RfiConflict     *conflict)
{
  Question *question = question_new (parent, desk, conflict);

  question->escalates = TRUE;
  ask (question, _("Hand This Conflict On?"),
       _("Nothing is decided yet. Whoever gets it sees both sides, and your note."),
       _("_Escalate"), make_person (question));
}

void
rfi_conflict_ask_investigate (GtkWidget       *parent,
                              RfiConflictDesk *desk,
                              RfiConflict     *conflict,
                              RfiCaseStep      step)
{
  static const struct {
    const char *heading;
    const char *body;
    const char *go;
  } texts[RFI_N_CASE_STEPS] = {
    [RFI_CASE_BEGIN] = { N_("Look Into This Conflict?"),
                         N_("It stays open, and shows that you look into it, until you end that or "
                            "somebody decides. What is to be found out?"), N_("_Investigate") },
    [RFI_CASE_NOTE] = { N_("Add a Note"),
                        N_("Everybody who may decide this conflict reads it."), N_("_Add Note") },
    [RFI_CASE_END] = { N_("End the Investigation?"),
                       N_("The conflict waits for a decision as before. What was found out?"),
                       N_("_End") },
  };
  Question *question = question_new (parent, desk, conflict);

  question->step = step;
  ask (question, _(texts[step].heading), _(texts[step].body), _(texts[step].go), NULL);
}
