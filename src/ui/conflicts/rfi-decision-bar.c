/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-decision-bar"

#include "config.h"

#include "rfi-decision-bar.h"

#include "rfi-choice-settings.h"
#include "rfi-conflict-ask.h"
#include "rfi-conflict-table.h"
#include "rfi-conflict-words.h"
#include "rfi-decision-right.h"
#include "rfi-error-words.h"
#include "rfi-merge-dialog.h"
#include "rfi-modify-dialog.h"
#include "rfi-words.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiDecisionBar
{
  AdwBin       parent_instance;

  RfiSession  *session;               /* (owned) (nullable) */
  RfiDecision *decision;              /* (nullable): the page's */
  GSettings   *settings;              /* (owned) */
  GtkWidget   *ticks[RFI_N_FIELDS];   /* (nullable): of `always` */
  RfiField     merging;               /* of the dialog that is open */

  GtkBox      *always;                /* template children, from here on */
  GtkLabel    *problem;
  GtkWidget   *actions;
  GtkButton   *use_server;
  GtkLabel    *server_words;
  GtkWidget   *retry_mine;
  GtkLabel    *retry_words;
  GtkWidget   *merge;
  GtkWidget   *modify;
  GtkWidget   *escalate;
  GtkWidget   *apply;
  GtkWidget   *key_1;
  GtkWidget   *key_2;
  GtkWidget   *key_m;
  GtkWidget   *key_e;
};

G_DEFINE_FINAL_TYPE (RfiDecisionBar, rfi_decision_bar, ADW_TYPE_BIN)

enum {
  VALUES,
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RfiConflict *
get_conflict (RfiDecisionBar *self)
{
  return rfi_decision_get_conflict (self->decision);
}

static void
show_problem (RfiDecisionBar *self,
              const char     *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *words != '\0');
}

/* What was ticked holds from now on, if it is what was decided. */
static void
remember (RfiDecisionBar *self)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiChoice choice = rfi_decision_get_choice (self->decision, (RfiField) i);

      if (self->ticks[i] == NULL ||
          !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->ticks[i])))
        continue;
      if (choice == RFI_CHOICE_MINE || choice == RFI_CHOICE_THEIRS)
        rfi_choice_settings_set (self->settings, (RfiField) i, choice == RFI_CHOICE_MINE ? 1 : -1);
    }
}

static void
decided_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiDecisionBar) self = user_data;
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (rfi_conflict_desk_decide_finish (RFI_CONFLICT_DESK (object), result, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)",
                                  _("Conflict settled. The losing values stay in the history."),
                                  _("_Undo"), "win.undo-decision");
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      show_problem (self, words);
    }
}

/* @patch: (nullable): %NULL = the server's version */
static void
decide (RfiDecisionBar *self,
        RfiPatch       *patch)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (self->session);

  remember (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  rfi_conflict_desk_begin (desk);
  rfi_conflict_desk_decide_async (desk, get_conflict (self)->id, patch, decided_cb,
                                  g_object_ref (self));
}

/* A result that may not be does not leave. */
static void
apply (RfiDecisionBar *self)
{
  g_autoptr(RfiPatch) patch = NULL;
  RfiFault fault;

  if (get_conflict (self)->theirs == NULL)
    return;
  if (!rfi_decision_check (self->decision, &fault))
    {
      g_autofree char *words = rfi_conflict_words_fault (&fault);

      show_problem (self, words);
      return;
    }

  patch = rfi_decision_to_patch (self->decision);
  decide (self, patch);
}

/* Nothing of one's own that may not win is given up by asking for it. */
static void
retry (RfiDecisionBar *self)
{
  RfiConflict *conflict = get_conflict (self);
  g_autofree char *obstacle = rfi_conflict_words_obstacle (self->session, self->decision);

  if (*obstacle != '\0')
    {
      show_problem (self, obstacle);
      return;
    }
  if (conflict->theirs == NULL || conflict->operation->patch == NULL)
    {
      g_autoptr(RfiPatch) wanted = rfi_decision_insist (self->decision);

      decide (self, wanted);
      return;
    }

  rfi_decision_choose_all (self->decision, TRUE);
  g_signal_emit (self, signals[CHOSEN], 0);
  apply (self);
}

static void
merged_cb (RfiDecisionBar *self,
           const char     *text)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  rfi_patch_set (patch, self->merging, text);
  g_signal_emit (self, signals[VALUES], 0, patch);
}

void
rfi_decision_bar_merge (RfiDecisionBar *self,
                        RfiField        field)
{
  RfiConflict *conflict;
  GtkWidget *dialog;
  g_autofree char *owner = NULL;
  g_autofree char *other = NULL;
  const char *base;

  g_return_if_fail (RFI_IS_DECISION_BAR (self));

  conflict = get_conflict (self);
  owner = rfi_conflict_words_owner (self->session, conflict);
  other = rfi_conflict_words_other (self->session, conflict);
  base = rfi_patch_get (conflict->base, field);
  self->merging = field;
  dialog = rfi_merge_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), field,
                                 base != NULL ? base : "",
                                 rfi_patch_get (conflict->operation->patch, field),
                                 rfi_patch_get (conflict->theirs, field), owner, other);
  g_signal_connect_object (dialog, "merged", G_CALLBACK (merged_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The first text that both wrote and that was not put together yet. -1: there is none */
static int
find_mergeable (RfiDecisionBar *self)
{
  int found = -1;

  for (guint i = 0; self->decision != NULL && i < RFI_N_FIELDS; i++)
    if (rfi_conflict_table_can_merge (self->decision, (RfiField) i) &&
        (found < 0 || rfi_decision_get_choice (self->decision, (RfiField) found) ==
                        RFI_CHOICE_OTHER))
      found = (int) i;
  return found;
}

static void
modified_cb (RfiDecisionBar *self,
             RfiPatch       *patch)
{
  g_signal_emit (self, signals[VALUES], 0, patch);
}

static void
modify (RfiDecisionBar *self)
{
  GtkWidget *dialog =
    rfi_modify_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session,
                           self->decision);

  g_signal_connect_object (dialog, "modified", G_CALLBACK (modified_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
rfi_decision_bar_answer (RfiDecisionBar *self,
                         RfiDeskAnswer   answer)
{
  g_return_if_fail (RFI_IS_DECISION_BAR (self));

  if (self->decision == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self)))
    return;

  switch (answer)
    {
    case RFI_DESK_SERVER:
      decide (self, NULL);
      break;
    case RFI_DESK_LOCAL:
      retry (self);
      break;
    case RFI_DESK_RESULT:
      apply (self);
      break;
    case RFI_DESK_MERGE:
      if (find_mergeable (self) >= 0)
        rfi_decision_bar_merge (self, (RfiField) find_mergeable (self));
      break;
    case RFI_DESK_MODIFY:
      if (gtk_widget_get_visible (self->modify))
        modify (self);
      break;
    case RFI_DESK_ESCALATE:
    default:
      if (gtk_widget_get_visible (self->escalate))
        rfi_conflict_ask_escalate (GTK_WIDGET (self), rfi_conflict_desk_get (self->session),
                                   get_conflict (self));
      break;
    }
}

static void
use_server_cb (RfiDecisionBar *self)
{
  rfi_decision_bar_answer (self, RFI_DESK_SERVER);
}

static void
retry_mine_cb (RfiDecisionBar *self)
{
  rfi_decision_bar_answer (self, RFI_DESK_LOCAL);
}

static void
merge_cb (RfiDecisionBar *self)
{
  rfi_decision_bar_answer (self, RFI_DESK_MERGE);
}

static void
modify_cb (RfiDecisionBar *self)
{
  rfi_decision_bar_answer (self, RFI_DESK_MODIFY);
}

static void
escalate_cb (RfiDecisionBar *self)
{
  rfi_decision_bar_answer (self, RFI_DESK_ESCALATE);
}

static void
apply_cb (RfiDecisionBar *self)
{
  rfi_decision_bar_answer (self, RFI_DESK_RESULT);
}

/* "Always keep mine for Notes"; "" where neither side's own value is chosen. (transfer full) */
static char *
tick_words (RfiDecisionBar *self,
            RfiField        field)
{
  switch ((int) rfi_decision_get_choice (self->decision, field))
    {
    case RFI_CHOICE_MINE:
      /* translators: %s is a field's name */
      return g_strdup_printf (_("Always keep mine for %s"), rfi_words_field (field));
    case RFI_CHOICE_THEIRS:
      /* translators: %s is a field's name */
      return g_strdup_printf (_("Always use the server’s for %s"), rfi_words_field (field));
    default:
      return g_strdup ("");
    }
}

void
rfi_decision_bar_update (RfiDecisionBar *self)
{
  g_return_if_fail (RFI_IS_DECISION_BAR (self));

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->ticks[i] != NULL)
      {
        g_autofree char *words = tick_words (self, (RfiField) i);

        gtk_label_set_label (
          GTK_LABEL (gtk_check_button_get_child (GTK_CHECK_BUTTON (self->ticks[i]))), words);
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->ticks[i]),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
        gtk_widget_set_visible (self->ticks[i], *words != '\0');
      }
  show_problem (self, "");
}

/* Its words wrap in little room. */
static GtkWidget *
make_tick (void)
{
  GtkWidget *tick = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (tick), label);
  return tick;
}

/* One's own changes alone: what others are asked is another matter each time. */
static void
make_ticks (RfiDecisionBar *self)
{
  gboolean may = self->decision != NULL && !get_conflict (self)->elsewhere &&
                 get_conflict (self)->reason == RFI_CONFLICT_FIELDS;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      gboolean wanted =
        may && rfi_decision_get_outcome (self->decision, (RfiField) i) == RFI_MERGE_COLLISION &&
        rfi_choice_settings_may ((RfiField) i);

      if (!wanted && self->ticks[i] != NULL)
        {
          gtk_box_remove (self->always, self->ticks[i]);
          self->ticks[i] = NULL;
        }
      else if (wanted && self->ticks[i] == NULL)
        {
          self->ticks[i] = make_tick ();
          gtk_box_append (self->always, self->ticks[i]);
        }
      if (self->ticks[i] != NULL)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (self->ticks[i]), FALSE);
    }
}

static void
show_words (RfiDecisionBar *self,
            RfiConflict    *conflict)
{
  gboolean gone = conflict->theirs == NULL;
  gboolean deletes = conflict->operation->kind == RFI_OPERATION_DELETE;

  gtk_label_set_label (self->server_words, gone      ? _("Accept Deletion")
                                           : deletes ? _("Keep the Job")
                                                     : _("Use Server Version"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->use_server),
                               conflict->elsewhere ? _("The change is given up (1)")
                                                   : _("Give up your change (1)"));
  gtk_label_set_label (self->retry_words, gone                  ? _("Create It Again")
                                          : deletes             ? _("Delete It All the Same")
                                          : conflict->elsewhere ? _("Accept the Change")
                                                                : _("Retry My Change"));
  gtk_widget_set_tooltip_text (self->retry_mine,
                               gone      ? _("Make the job anew with your change (2)")
                               : deletes ? _("Delete the job with what was changed (2)")
                                         : _("Send your change again, on top of the server’s "
                                             "version (2)"));
}

static void
show_answers (RfiDecisionBar *self,
              RfiConflict    *conflict)
{
  gboolean gone = conflict->theirs == NULL;
  gboolean sets = !gone && conflict->operation->patch != NULL;
  g_autoptr(RfiPatch) wanted = rfi_decision_insist (self->decision);

  /* What this person may never say is not offered; a step that is none now says so when asked. */
  gtk_widget_set_visible (self->retry_mine,
                          rfi_decision_right_check (rfi_session_get_user (self->session), conflict,
                                                    wanted) == RFI_VERDICT_OK);
  gtk_widget_set_visible (self->merge, find_mergeable (self) >= 0);
  gtk_widget_set_visible (self->modify, sets);
  gtk_widget_set_visible (self->escalate, conflict->record_id != NULL);
  gtk_widget_set_visible (self->apply, sets);
}

void
rfi_decision_bar_show (RfiDecisionBar *self,
                       RfiSession     *session,
                       RfiDecision    *decision)
{
  g_return_if_fail (RFI_IS_DECISION_BAR (self));

  g_set_object (&self->session, session);
  self->decision = decision;
  make_ticks (self);
  gtk_widget_set_visible (GTK_WIDGET (self), decision != NULL);
  if (decision == NULL)
    return;

  show_words (self, get_conflict (self));
  show_answers (self, get_conflict (self));
  rfi_decision_bar_update (self);
}

void
rfi_decision_bar_set_narrow (RfiDecisionBar *self,
                             gboolean        narrow)
{
  GtkWidget *keys[] = { self->key_1, self->key_2, self->key_m, self->key_e };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_set_visible (keys[i], !narrow);
}

static void
rfi_decision_bar_dispose (GObject *object)
{
  RfiDecisionBar *self = RFI_DECISION_BAR (object);

  self->decision = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_decision_bar_parent_class)->dispose (object);
}

static void
rfi_decision_bar_class_init (RfiDecisionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_decision_bar_dispose;

  signals[VALUES] = g_signal_new ("values", RFI_TYPE_DECISION_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_PATCH);
  signals[CHOSEN] = g_signal_new ("chosen", RFI_TYPE_DECISION_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-decision-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, always);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, actions);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, use_server);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, server_words);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, retry_mine);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, retry_words);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, merge);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, modify);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, escalate);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, apply);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, key_1);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, key_2);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, key_m);
  gtk_widget_class_bind_template_child (widget_class, RfiDecisionBar, key_e);
  gtk_widget_class_bind_template_callback (widget_class, use_server_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_mine_cb);
  gtk_widget_class_bind_template_callback (widget_class, merge_cb);
  gtk_widget_class_bind_template_callback (widget_class, modify_cb);
  gtk_widget_class_bind_template_callback (widget_class, escalate_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
rfi_decision_bar_init (RfiDecisionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (RFI_APP_ID);
}
