/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflicts-page"

#include "config.h"

#include "rfi-conflicts-page.h"

#include "rfi-case-panel.h"
#include "rfi-conflict-ask.h"
#include "rfi-conflict-head.h"
#include "rfi-conflict-queue.h"
#include "rfi-conflict-story.h"
#include "rfi-conflict-table.h"
#include "rfi-conflict-words.h"
#include "rfi-decision-bar.h"
#include "rfi-fold-layout.h"
#include "rfi-kind-panel.h"
#include "rfi-tall-layout.h"

#include <glib/gi18n.h>

/* Below this the fields are cards and the list is above them. */
#define NARROW_WIDTH 760

struct _RfiConflictsPage
{
  AdwBin            parent_instance;

  RfiSession       *session;       /* (owned) (nullable) */
  GSignalGroup     *desk_signals;  /* (owned): on the desk of session */
  GSignalGroup     *list_signals;  /* (owned): on its list */
  GSignalGroup     *past_signals;  /* (owned): on what was settled */
  GSettings        *settings;      /* (owned) */
  RfiDecision      *decision;      /* (owned) (nullable): of the selected conflict */

  GtkStack         *stack;         /* template children, from here on */
  AdwStatusPage    *empty;
  GtkPaned         *paned;
  RfiConflictQueue *queue;
  GtkStack         *side;
  GtkWidget        *detail;
  GtkWidget        *content;
  RfiConflictHead  *head;
  GtkWidget        *note;
  GtkImage         *note_icon;
  GtkLabel         *what;
  RfiCasePanel     *case_panel;
  RfiKindPanel     *kind_panel;
  RfiConflictTable *table;
  GtkLabel         *rules;
  RfiConflictStory *story;
  RfiDecisionBar   *bar;
};

G_DEFINE_FINAL_TYPE (RfiConflictsPage, rfi_conflicts_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static RfiConflictDesk *
get_desk (RfiConflictsPage *self)
{
  return rfi_conflict_desk_get (self->session);
}

static void
clear_decision (RfiConflictsPage *self)
{
  rfi_conflict_table_set_decision (self->table, NULL, NULL);
  rfi_case_panel_show (self->case_panel, self->session, NULL);
  rfi_kind_panel_show (self->kind_panel, self->session, NULL);
  rfi_decision_bar_show (self->bar, self->session, NULL);
  g_clear_pointer (&self->decision, rfi_decision_free);
}

/* What was said once and for all is what it begins with. */
static void
take_choices (RfiConflictsPage *self)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      int choice = rfi_conflict_desk_get_choice (get_desk (self), (RfiField) i);

      if (choice != 0 && !rfi_decision_get_conflict (self->decision)->elsewhere &&
          rfi_decision_get_outcome (self->decision, (RfiField) i) == RFI_MERGE_COLLISION)
        rfi_decision_choose (self->decision, (RfiField) i, choice > 0);
    }
}

/* As it was decided, for the table. */
static void
take_resolution (RfiConflictsPage *self,
                 RfiConflict      *conflict)
{
  const RfiPatch *resolution = conflict->facts->resolution;
  const RfiPatch *mine = conflict->operation->patch;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      const char *value = resolution != NULL ? rfi_patch_get (resolution, field) : NULL;
      gboolean collides =
        rfi_decision_get_outcome (self->decision, field) == RFI_MERGE_COLLISION;

      if (value == NULL && collides)
        rfi_decision_choose (self->decision, field, FALSE);
      else if (value != NULL && collides && rfi_decision_may_be_mine (self->decision, field) &&
               mine != NULL && g_strcmp0 (value, rfi_patch_get (mine, field)) == 0)
        rfi_decision_choose (self->decision, field, TRUE);
      else if (value != NULL)
        rfi_decision_set_value (self->decision, field, value);
    }
}

/* (nullable): what a person may still decide */
static RfiDecision *
get_open (RfiConflictsPage *self)
{
  return self->decision != NULL &&
             !rfi_conflict_facts_is_settled (rfi_decision_get_conflict (self->decision)->facts)
           ? self->decision
           : NULL;
}

/* Red is what has to be decided. */
static void
dress_note (RfiConflictsPage *self,
            gboolean          settled)
{
  gtk_image_set_from_icon_name (self->note_icon,
                                settled ? "object-select-symbolic" : "sync-conflict-symbolic");
  if (settled)
    {
      gtk_widget_remove_css_class (self->note, "conflict");
      gtk_widget_remove_css_class (GTK_WIDGET (self->note_icon), "rfi-error");
    }
  else
    {
      gtk_widget_add_css_class (self->note, "conflict");
      gtk_widget_add_css_class (GTK_WIDGET (self->note_icon), "rfi-error");
    }
}

/* What a person reads before they choose, or what came of it. */
static void
show_words (RfiConflictsPage *self,
            RfiConflict      *conflict)
{
  g_autofree char *story =
    get_open (self) != NULL ? rfi_conflict_words_story (self->session, self->decision)
                            : rfi_conflict_words_record (self->session, conflict);
  g_autofree char *rules =
    get_open (self) != NULL ? rfi_conflict_words_rules (self->decision) : g_strdup ("");

  dress_note (self, get_open (self) == NULL);
  gtk_label_set_label (self->what, story);
  gtk_label_set_label (self->rules, rules);
  gtk_widget_set_visible (GTK_WIDGET (self->rules), *rules != '\0');
}

static void
set_decision (RfiConflictsPage *self,
              RfiConflict      *conflict)
{
  clear_decision (self);
  self->decision = rfi_decision_new (conflict);
  if (get_open (self) != NULL)
    take_choices (self);
  else
    take_resolution (self, conflict);

  show_words (self, conflict);
  rfi_conflict_head_show (self->head, self->session, conflict);
  rfi_kind_panel_show (self->kind_panel, self->session, get_open (self));
  rfi_decision_bar_show (self->bar, self->session, get_open (self));
  rfi_conflict_table_set_decision (self->table, self->session, self->decision);
  rfi_conflict_story_show (self->story, self->session, conflict->job_id);
}

/* Whether the same is asked: what was chosen so far stays then. */
static gboolean
is_same (RfiConflict *a,
         RfiConflict *b)
{
  return g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->operation->id, b->operation->id) == 0 &&
         a->version == b->version && a->reason == b->reason &&
         (a->theirs == NULL) == (b->theirs == NULL);
}

/* The focus is not left to go on from what goes: the next row it reached would open what was
 * settled before, which nobody asked for. */
static void
keep_focus (RfiConflictsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (gtk_widget_get_root (focus) == NULL ||
                        gtk_widget_is_ancestor (focus, self->detail)))
    rfi_conflict_queue_focus (self->queue);
}

static void
selected_cb (RfiConflictsPage *self,
             RfiConflict      *conflict)
{
  gboolean had_facts;

  if (conflict == NULL)
    keep_focus (self);
  gtk_stack_set_visible_child_name (self->side, conflict != NULL ? "detail" : "nothing");
  if (conflict == NULL)
    {
      clear_decision (self);
      return;
    }
  if (self->decision == NULL ||
      !is_same (rfi_decision_get_conflict (self->decision), conflict))
    {
      set_decision (self, conflict);
      return;
    }

  /* Somebody handed it on, or wrote a note; or who and when came after the conflict. */
  had_facts = rfi_decision_get_conflict (self->decision)->facts != NULL;
  rfi_decision_set_conflict (self->decision, conflict);
  rfi_case_panel_show (self->case_panel, self->session, get_open (self));
  if (had_facts == (conflict->facts != NULL))
    return;

  show_words (self, conflict);
  rfi_conflict_head_show (self->head, self->session, conflict);
  rfi_conflict_table_set_decision (self->table, self->session, self->decision);
}

static void
together_cb (RfiConflictsPage *self)
{
  g_autoptr(GPtrArray) alike = rfi_conflict_queue_list_like (self->queue);

  if (alike->len > 1)
    rfi_conflict_ask_together (GTK_WIDGET (self), self->session, alike);
}

static void
answer_cb (RfiConflictsPage *self,
           const char       *answer)
{
  rfi_decision_bar_answer (self->bar, g_str_equal (answer, "server")  ? RFI_DESK_SERVER
                                      : g_str_equal (answer, "local") ? RFI_DESK_LOCAL
                                                                      : RFI_DESK_RESULT);
}

static void
investigate_cb (RfiConflictsPage *self,
                int               step)
{
  rfi_conflict_ask_investigate (GTK_WIDGET (self), get_desk (self),
                                rfi_decision_get_conflict (self->decision), (RfiCaseStep) step);
}

/* Typed, put together, or offered: the rest that is open is as the change has it. */
static void
values_cb (RfiConflictsPage *self,
           RfiPatch         *patch)
{
  if (self->decision == NULL)
    return;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i))
      rfi_decision_set_value (self->decision, (RfiField) i, rfi_patch_get (patch, (RfiField) i));
    else if (rfi_decision_get_conflict (self->decision)->reason == RFI_CONFLICT_OVER_BOOKING &&
             rfi_decision_get_choice (self->decision, (RfiField) i) == RFI_CHOICE_OPEN)
      rfi_decision_choose (self->decision, (RfiField) i, TRUE);
  /* Fields may be shown that were not. */
  rfi_conflict_table_set_decision (self->table, self->session, self->decision);
}

static void
chosen_cb (RfiConflictsPage *self)
{
  rfi_conflict_table_refresh (self->table);
}

static void
changed_cb (RfiConflictsPage *self)
{
  if (get_open (self) == NULL)
    return;

  rfi_decision_bar_update (self->bar);
  rfi_case_panel_show (self->case_panel, self->session, self->decision);
}

static void
merge_field_cb (RfiConflictsPage *self,
                guint             field)
{
  rfi_decision_bar_merge (self->bar, (RfiField) field);
}

/* That nothing is listed does not say that there is nothing. */
static void
trouble_cb (RfiConflictsPage *self)
{
  g_autofree char *told = rfi_conflict_desk_get_troubles (get_desk (self)) != 0
                            ? rfi_conflict_words_told (self->session)
                            : NULL;

  adw_status_page_set_description (self->empty,
                                   told != NULL
                                     ? told
                                     : _("When somebody changes the same field of a job as you, "
                                         "both versions wait here side by side."));
}

static void
list_changed_cb (RfiConflictsPage *self)
{
  guint n = g_list_model_get_n_items (rfi_conflict_desk_get_list (get_desk (self))) +
            g_list_model_get_n_items (rfi_conflict_desk_get_settled (get_desk (self)));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "desk" : "empty");
}

static void
settled_cb (RfiConflictsPage *self,
            RfiConflict      *conflict)
{
  const char *by = conflict->facts->resolved_by_name;
  g_autofree char *words = NULL;

  /* translators: a name, then a job's title */
  words = g_strdup_printf (_("%s settled the conflict on %s. What you wrote stays in the history."),
                           by != NULL ? by : _("Somebody"), conflict->job_title);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

static void
chosen_before_cb (RfiConflictsPage *self,
                  RfiConflict      *conflict)
{
  /* translators: %s is a job's title */
  g_autofree char *words = g_strdup_printf (
    _("The conflict on %s is settled as you chose once and for all."), conflict->job_title);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, _("_Undo"),
                              "win.undo-decision");
}

static gboolean
key_pressed_cb (RfiConflictsPage *self,
                guint             keyval,
                guint             keycode,
                GdkModifierType   state)
{
  static const struct {
    guint         keyval;
    RfiDeskAnswer answer;
  } keys[] = {
    { GDK_KEY_1, RFI_DESK_SERVER },
    { GDK_KEY_2, RFI_DESK_LOCAL },
    { GDK_KEY_m, RFI_DESK_MERGE },
    { GDK_KEY_e, RFI_DESK_ESCALATE },
  };

  if (self->decision == NULL)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0 && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    {
      rfi_decision_bar_answer (self->bar, RFI_DESK_RESULT);
      return GDK_EVENT_STOP;
    }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_j || keyval == GDK_KEY_k)
    {
      rfi_conflict_queue_walk (self->queue, keyval == GDK_KEY_j ? 1 : -1);
      return GDK_EVENT_STOP;
    }

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval)
      {
        rfi_decision_bar_answer (self->bar, keys[i].answer);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* Below the conflict, or where that would leave no room for it at its end. */
static void
place_bar (RfiConflictsPage *self,
           GtkWidget        *box)
{
  GtkWidget *bar = GTK_WIDGET (self->bar);
  GtkWidget *before = gtk_widget_get_parent (bar);

  if (before == box)
    return;

  g_object_ref (bar);
  gtk_box_remove (GTK_BOX (before), bar);
  gtk_box_append (GTK_BOX (box), bar);
  g_object_unref (bar);
}

/* Of the list above the conflict: large text makes taller rows, but the conflict matters more. */
static int
list_height (RfiConflictsPage *self)
{
  int wanted = (int) (150 * rfi_fold_layout_text_scale (GTK_WIDGET (self)));

  return CLAMP (wanted, 150, MAX (150, gtk_widget_get_height (GTK_WIDGET (self)) / 3));
}

/* In little room the list lies above the conflict, whose fields are cards. */
static void
arrange (RfiConflictsPage *self)
{
  gboolean narrow = rfi_fold_layout_get_narrow (
    RFI_FOLD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_position (self->paned, narrow ? list_height (self) : 310);
  rfi_conflict_head_set_narrow (self->head, narrow);
  rfi_decision_bar_set_narrow (self->bar, narrow);
  place_bar (self, narrow ? self->content : self->detail);
  rfi_conflict_table_set_narrow (self->table, narrow);
}

static void
update_choices (RfiConflictsPage *self)
{
  if (self->session != NULL)
    rfi_conflict_desk_set_choices (get_desk (self),
                                   g_settings_get_value (self->settings, "conflict-choices"));
}

void
rfi_conflicts_page_set_session (RfiConflictsPage *self,
                                RfiSession       *session)
{
  RfiConflictDesk *desk = session != NULL ? rfi_conflict_desk_get (session) : NULL;

  g_return_if_fail (RFI_IS_CONFLICTS_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  clear_decision (self);
  rfi_conflict_queue_set_session (self->queue, session);
  g_signal_group_set_target (self->desk_signals, desk);
  g_signal_group_set_target (self->list_signals,
                             desk != NULL ? rfi_conflict_desk_get_list (desk) : NULL);
  g_signal_group_set_target (self->past_signals,
                             desk != NULL ? rfi_conflict_desk_get_settled (desk) : NULL);
  if (session != NULL)
    {
      list_changed_cb (self);
      trouble_cb (self);
      update_choices (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
rfi_conflicts_page_show (RfiConflictsPage *self,
                         const char       *conflict_id)
{
  g_return_if_fail (RFI_IS_CONFLICTS_PAGE (self));

  if (self->session != NULL && *conflict_id != '\0')
    rfi_conflict_queue_select (self->queue, conflict_id);
  rfi_conflict_queue_focus (self->queue);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiConflictsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  int n = rfi_conflict_desk_undo_finish (RFI_CONFLICT_DESK (object), result, &error);
  g_autofree char *words = rfi_conflict_words_undone (n, error);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

void
rfi_conflicts_page_undo (RfiConflictsPage *self)
{
  g_return_if_fail (RFI_IS_CONFLICTS_PAGE (self));

  if (self->session != NULL)
    rfi_conflict_desk_undo_async (get_desk (self), undone_cb, g_object_ref (self));
}

/* In the queue, where the keys that decide are heard. */
static gboolean
rfi_conflicts_page_grab_focus (GtkWidget *widget)
{
  RfiConflictsPage *self = RFI_CONFLICTS_PAGE (widget);

  if (self->decision == NULL)
    return FALSE;

  rfi_conflict_queue_focus (self->queue);
  return TRUE;
}

static void
rfi_conflicts_page_dispose (GObject *object)
{
  RfiConflictsPage *self = RFI_CONFLICTS_PAGE (object);

  g_clear_object (&self->desk_signals);
  g_clear_object (&self->list_signals);
  g_clear_object (&self->past_signals);
  g_clear_object (&self->settings);
  if (self->table != NULL && self->decision != NULL)
    clear_decision (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_conflicts_page_parent_class)->dispose (object);
}

static void
rfi_conflicts_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RfiConflictsPage *self = RFI_CONFLICTS_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_conflicts_page_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RfiConflictsPage *self = RFI_CONFLICTS_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      rfi_conflicts_page_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-conflicts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, paned);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, queue);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, side);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, content);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, head);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, note);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, note_icon);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, what);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, case_panel);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, kind_panel);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, table);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, rules);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, story);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, bar);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, investigate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, merge_field_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, together_cb);
  gtk_widget_class_bind_template_callback (widget_class, values_cb);
}

static void
rfi_conflicts_page_class_init (RfiConflictsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_conflicts_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = rfi_conflicts_page_grab_focus;
  G_OBJECT_CLASS (klass)->get_property = rfi_conflicts_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_conflicts_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (RFI_TYPE_CASE_PANEL);
  g_type_ensure (RFI_TYPE_CONFLICT_HEAD);
  g_type_ensure (RFI_TYPE_CONFLICT_QUEUE);
  g_type_ensure (RFI_TYPE_CONFLICT_STORY);
  g_type_ensure (RFI_TYPE_CONFLICT_TABLE);
  g_type_ensure (RFI_TYPE_DECISION_BAR);
  g_type_ensure (RFI_TYPE_KIND_PANEL);
  g_type_ensure (RFI_TYPE_TALL_LAYOUT);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rfi_conflicts_page_init (RfiConflictsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rfi_fold_layout_new (NARROW_WIDTH));
  g_signal_connect_object (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "notify::narrow",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);

  self->settings = g_settings_new (RFI_APP_ID);
  g_signal_connect_object (self->settings, "changed::conflict-choices",
                           G_CALLBACK (update_choices), self, G_CONNECT_SWAPPED);
  self->desk_signals = g_signal_group_new (RFI_TYPE_CONFLICT_DESK);
  g_signal_group_connect_object (self->desk_signals, "settled", G_CALLBACK (settled_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->desk_signals, "chosen", G_CALLBACK (chosen_before_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->desk_signals, "trouble", G_CALLBACK (trouble_cb), self,
                                 G_CONNECT_SWAPPED);
  self->list_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_object (self->list_signals, "items-changed", G_CALLBACK (list_changed_cb),
                                 self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->past_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_object (self->past_signals, "items-changed", G_CALLBACK (list_changed_cb),
                                 self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
