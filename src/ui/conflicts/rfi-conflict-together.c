/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-together"

#include "config.h"

#include "rfi-conflict-ask.h"

#include "rfi-conflict-words.h"
#include "rfi-decision.h"
#include "rfi-error-words.h"

#include <glib/gi18n.h>

/* One answer for several conflicts while it is asked for, and then carried out one by one. */
typedef struct
{
  GtkWidget       *parent;      /* (owned) */
  RfiSession      *session;     /* (owned) */
  RfiConflictDesk *desk;        /* (owned) */
  GPtrArray       *conflicts;   /* (owned) (element-type RfiConflict) */
  GtkWidget       *dialog;      /* borrowed, while it is open */
  GtkListBox      *preview;     /* of the dialog */
  GError          *error;       /* (owned) (nullable): the last one */
  gboolean         mine;
  guint            next;
  guint            n_settled;
} Together;

static void
together_free (Together *self)
{
  g_object_unref (self->parent);
  g_object_unref (self->session);
  g_object_unref (self->desk);
  g_ptr_array_unref (self->conflicts);
  g_clear_error (&self->error);
  g_free (self);
}

/* Returns: (transfer full): as it would be decided. @obstacle: (out) (transfer full): why it may
 * not be, "" if it may */
static RfiDecision *
decide (Together     *self,
        RfiConflict  *conflict,
        char        **obstacle)
{
  RfiDecision *decision = rfi_decision_new (conflict);
  RfiFault fault;

  rfi_decision_choose_all (decision, self->mine);
  *obstacle = self->mine ? rfi_conflict_words_obstacle (self->session, decision) : g_strdup ("");
  if (**obstacle == '\0' && !rfi_decision_check (decision, &fault))
    {
      g_free (*obstacle);
      *obstacle = rfi_conflict_words_fault (&fault);
    }
  return decision;
}

static void
add_preview (Together    *self,
             RfiConflict *conflict,
             guint       *n_allowed)
{
  g_autofree char *obstacle = NULL;
  g_autoptr(RfiDecision) decision = decide (self, conflict, &obstacle);
  gboolean allowed = *obstacle == '\0';
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (conflict->job_title, -1);
  g_autofree char *words = !allowed     ? g_strdup (obstacle)
                           : self->mine ? rfi_conflict_words_if_local (self->session, decision)
                                        : rfi_conflict_words_if_server (self->session, decision);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_sensitive (row, allowed);
  gtk_list_box_append (self->preview, row);
  *n_allowed += allowed;
}

static void
show_preview (Together *self)
{
  GtkListBoxRow *row;
  guint n_allowed = 0;
  g_autofree char *words = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->preview, 0)) != NULL)
    gtk_list_box_remove (self->preview, GTK_WIDGET (row));
  for (guint i = 0; i < self->conflicts->len; i++)
    add_preview (self, g_ptr_array_index (self->conflicts, i), &n_allowed);

  words = g_strdup_printf (ngettext ("_Settle %u", "_Settle %u", n_allowed), n_allowed);
  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (self->dialog), "go", words);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self->dialog), "go",
                                           n_allowed > 0);
}

static void
mine_toggled_cb (GtkCheckButton *button,
                 Together       *self)
{
  self->mine = gtk_check_button_get_active (button);
  show_preview (self);
}

static void settle_next (Together *self);

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Together *self = user_data;
  GError *error = NULL;

  if (rfi_conflict_desk_decide_finish (RFI_CONFLICT_DESK (object), result, &error))
    {
      self->n_settled++;
    }
  else
    {
      g_clear_error (&self->error);
      self->error = error;
    }
  settle_next (self);
}

static void
finish (Together *self)
{
  g_autofree char *words = NULL;

  if (self->n_settled > 0)
    words = g_strdup_printf (ngettext ("%u conflict settled. The losing values stay in the "
                                       "history.",
                                       "%u conflicts settled. The losing values stay in the "
                                       "history.", self->n_settled), self->n_settled);
  else if (self->error != NULL)
    words = rfi_error_words (self->error);
  if (words != NULL)
    gtk_widget_activate_action (self->parent, "win.toast", "(sss)", words,
                                self->n_settled > 0 ? _("_Undo") : "",
                                self->n_settled > 0 ? "win.undo-decision" : "");
  together_free (self);
}

static void
settle_next (Together *self)
{
  while (self->next < self->conflicts->len)
    {
      RfiConflict *conflict = g_ptr_array_index (self->conflicts, self->next++);
      g_autofree char *obstacle = NULL;
      g_autoptr(RfiDecision) decision = decide (self, conflict, &obstacle);
      g_autoptr(RfiPatch) patch = self->mine ? rfi_decision_insist (decision) : NULL;

      if (*obstacle != '\0')
        continue;

      rfi_conflict_desk_decide_async (self->desk, conflict->id, patch, settled_cb, self);
      return;
    }
  finish (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Together         *self)
{
  if (!g_str_equal (response, "go"))
    {
      together_free (self);
      return;
    }

  rfi_conflict_desk_begin (self->desk);
  settle_next (self);
}

static GtkWidget *
make_question (Together *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *server = gtk_check_button_new_with_label (_("Use the server’s version"));
  GtkWidget *mine = gtk_check_button_new_with_label (_("Keep our change, on top of it"));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *preview = gtk_list_box_new ();

  gtk_check_button_set_group (GTK_CHECK_BUTTON (mine), GTK_CHECK_BUTTON (server));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (server), TRUE);
  g_signal_connect (mine, "toggled", G_CALLBACK (mine_toggled_cb), self);
  gtk_box_append (GTK_BOX (box), server);
  gtk_box_append (GTK_BOX (box), mine);

  gtk_widget_add_css_class (preview, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (preview), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What it does to each job"), -1);
  self->preview = GTK_LIST_BOX (preview);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), preview);
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

void
rfi_conflict_ask_together (GtkWidget  *parent,
                           RfiSession *session,
                           GPtrArray  *conflicts)
{
  Together *self = g_new0 (Together, 1);
  g_autofree char *heading = g_strdup_printf (
    ngettext ("Decide %u Conflict?", "Decide %u Conflicts Together?", conflicts->len),
    conflicts->len);

  self->parent = g_object_ref (parent);
  self->session = g_object_ref (session);
  self->desk = g_object_ref (rfi_conflict_desk_get (session));
  self->conflicts = g_ptr_array_ref (conflicts);
  self->dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading,
                            _("They ask the same. What each answer does is said below."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self->dialog), make_question (self));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self->dialog), "cancel", _("_Cancel"),
                                    "go", _("_Settle"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self->dialog), "go",
                                              ADW_RESPONSE_SUGGESTED);
  show_preview (self);
  g_signal_connect (self->dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
}
