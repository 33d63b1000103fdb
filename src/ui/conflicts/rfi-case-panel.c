/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-case-panel"

#include "config.h"

#include "rfi-case-panel.h"

#include "rfi-conflict-words.h"
#include "rfi-format.h"

#include <glib/gi18n.h>

struct _RfiCasePanel
{
  AdwBin       parent_instance;

  GtkListBox  *list;          /* (nullable): while something is shown */
};

G_DEFINE_FINAL_TYPE (RfiCasePanel, rfi_case_panel, ADW_TYPE_BIN)

enum {
  ANSWER,
  INVESTIGATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
answer_cb (GtkButton    *button,
           RfiCasePanel *self)
{
  g_signal_emit (self, signals[ANSWER], 0, g_object_get_data (G_OBJECT (button), "answer"));
}

static void
step_cb (GtkButton    *button,
         RfiCasePanel *self)
{
  g_signal_emit (self, signals[INVESTIGATE], 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step")));
}

static GtkWidget *
add_row (RfiCasePanel *self,
         const char   *title,
         const char   *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *words = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->list, row);
  return row;
}

/* @label: (nullable): it can't be given, and @subtitle says why */
static void
add_answer (RfiCasePanel *self,
            const char   *title,
            char         *subtitle,
            const char   *label,
            const char   *answer)
{
  g_autofree char *words = subtitle;
  GtkWidget *row = add_row (self, title, words);
  GtkWidget *button;

  if (label == NULL)
    return;

  button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_object_set_data (G_OBJECT (button), "answer", (gpointer) answer);
  g_signal_connect_object (button, "clicked", G_CALLBACK (answer_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_step (RfiCasePanel *self,
          GtkWidget    *row,
          const char   *label,
          RfiCaseStep   step)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER (step));
  g_signal_connect_object (button, "clicked", G_CALLBACK (step_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_notes (RfiCasePanel     *self,
           RfiConflictFacts *facts)
{
  for (guint i = 0; i < facts->notes->len; i++)
    {
      const RfiCaseNote *note = g_ptr_array_index (facts->notes, i);
      g_autofree char *clock = rfi_format_clock (note->at);
      /* translators: a name and a time */
      g_autofree char *title = g_strdup_printf (_("%s, %s"), note->by_name, clock);

      add_row (self, title, note->text);
    }
}

/* Only admins look into things. */
static void
add_investigation (RfiCasePanel     *self,
                   RfiConflictFacts *facts,
                   gboolean          is_admin)
{
  g_autofree char *since = NULL;
  g_autofree char *words = NULL;
  GtkWidget *row;

  if (!rfi_conflict_facts_is_investigated (facts))
    {
      if (is_admin)
        {
          row = add_row (self, _("Investigate"),
                         _("Nothing changes yet: the conflict stays open, and everybody sees that "
                           "you look into it and what you note."));
          add_step (self, row, _("_Investigate…"), RFI_CASE_BEGIN);
        }
      if (facts != NULL && facts->begun_at != 0)
        add_notes (self, facts);
      return;
    }

  since = rfi_format_ago (facts->begun_at);
  /* translators: a name, then "2 hours ago" */
  words = g_strdup_printf (_("%s looks into it, begun %s."),
                           facts->owner_name != NULL ? facts->owner_name : facts->owner, since);
  row = add_row (self, _("Investigation"), words);
  if (is_admin)
    {
      add_step (self, row, _("Add _Note…"), RFI_CASE_NOTE);
      add_step (self, row, _("_End…"), RFI_CASE_END);
    }
  add_notes (self, facts);
}

static void
add_answers (RfiCasePanel      *self,
             RfiSession        *session,
             const RfiDecision *decision)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  gboolean can_merge = conflict->theirs != NULL && conflict->operation->patch != NULL;
  g_autofree char *obstacle = rfi_conflict_words_obstacle (session, decision);

  add_answer (self, _("Accept the Server’s Version"),
              rfi_conflict_words_if_server (session, decision), _("Accept"), "server");
  add_answer (self, _("Accept the Change"), rfi_conflict_words_if_local (session, decision),
              *obstacle == '\0' ? _("Accept") : NULL, "local");
  if (can_merge)
    add_answer (self, _("Merge"), rfi_conflict_words_if_merged (session, decision), _("Apply"),
                "merge");
}

void
rfi_case_panel_show (RfiCasePanel      *self,
                     RfiSession        *session,
                     const RfiDecision *decision)
{
  RfiConflict *conflict = decision != NULL ? rfi_decision_get_conflict (decision) : NULL;
  gboolean is_case = conflict != NULL && (conflict->elsewhere ||
                                          rfi_conflict_facts_is_escalated (conflict->facts) ||
                                          rfi_conflict_facts_is_investigated (conflict->facts));
  g_autofree char *escalation = NULL;

  g_return_if_fail (RFI_IS_CASE_PANEL (self));

  gtk_widget_set_visible (GTK_WIDGET (self), is_case);
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->list = NULL;
  if (!is_case)
    return;

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What can be done"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));

  escalation = rfi_conflict_words_escalation (session, conflict);
  if (*escalation != '\0')
    add_row (self, _("Handed On"), escalation);
  add_answers (self, session, decision);
  add_investigation (self, conflict->facts,
                     rfi_session_get_user (session)->role == RFI_ROLE_ADMIN &&
                       conflict->record_id != NULL);
}

static void
rfi_case_panel_class_init (RfiCasePanelClass *klass)
{
  signals[ANSWER] = g_signal_new ("answer", RFI_TYPE_CASE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[INVESTIGATE] = g_signal_new ("investigate", RFI_TYPE_CASE_PANEL, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
rfi_case_panel_init (RfiCasePanel *self)
{
}
