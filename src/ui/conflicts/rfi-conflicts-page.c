/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflicts-page"

#include "config.h"

#include "rfi-conflicts-page.h"

#include "rfi-conflict-table.h"
#include "rfi-decision.h"
#include "rfi-deed-words.h"
#include "rfi-error-words.h"
#include "rfi-fold-layout.h"
#include "rfi-format.h"
#include "rfi-job-table.h"
#include "rfi-pill.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* Below this the fields are cards and the list is above them. */
#define NARROW_WIDTH 760

struct _RfiConflictsPage
{
  AdwBin            parent_instance;

  RfiSession       *session;          /* (owned) (nullable) */
  GSignalGroup     *session_signals;  /* (owned): on session */
  RfiDecision      *decision;         /* (owned) (nullable): of the selected conflict */

  GtkStack         *stack;            /* template children, from here on */
  GtkPaned         *paned;
  GtkListBox       *list;
  GtkLabel         *count;
  GtkOrientable    *head;
  GtkOrientable    *title_line;
  GtkOrientable    *actions;
  GtkWidget        *key_1;
  GtkWidget        *key_2;
  GtkLabel         *title;
  RfiPill          *priority;
  GtkLabel         *facts;
  GtkButton        *open_job;
  GtkLabel         *what;
  RfiConflictTable *table;
  GtkLabel         *problem;
  GtkButton        *use_server;
  GtkLabel         *server_words;
  GtkWidget        *retry_mine;
  GtkLabel         *retry_words;
  GtkWidget        *apply;
};

G_DEFINE_FINAL_TYPE (RfiConflictsPage, rfi_conflicts_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* "technician, notes": what a person has to decide. */
static char *
field_names (RfiConflict *conflict)
{
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  g_autoptr(GString) names = g_string_new (NULL);

  if (conflict->reason == RFI_CONFLICT_DELETED)
    return g_strdup (_("deleted on the server"));

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_decision_get_outcome (decision, (RfiField) i) == RFI_MERGE_COLLISION)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              rfi_words_bare_field ((RfiField) i));

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  RfiConflict *conflict = rfi_record_item_get (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *age = rfi_format_age (conflict->detected_at);
  g_autofree char *fields = field_names (conflict);
  GtkWidget *title = gtk_label_new (conflict->job_title);
  GtkWidget *when = gtk_label_new (age);
  GtkWidget *what = gtk_label_new (fields);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (when, "caption");
  gtk_widget_add_css_class (when, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_ellipsize (GTK_LABEL (what), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (what, "caption-heading");
  gtk_widget_add_css_class (what, "rfi-error");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), when);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), what);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  conflict->job_title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fields,
                                  -1);
  return row;
}

/* Returns: (transfer none) (nullable) */
static RfiConflict *
get_conflict_at (RfiConflictsPage *self,
                 guint             position)
{
  g_autoptr(RfiRecordItem) item =
    g_list_model_get_item (rfi_session_get_conflicts (self->session), position);

  return item != NULL ? rfi_record_item_get (item) : NULL;
}

static void
show_what (RfiConflictsPage *self,
           RfiConflict      *conflict)
{
  guint n = rfi_decision_count_collisions (self->decision);
  g_autofree char *count = NULL;
  g_autofree char *deed = rfi_deed_words_operation (self->session, conflict->operation);
  g_autofree char *words = NULL;

  if (conflict->reason == RFI_CONFLICT_DELETED)
    {
      /* translators: %s is what the person wanted to do: "Assign Ice machine to Sara" */
      words = g_strdup_printf (_("The job is gone from the server, or from your view of it, while "
                                 "this waited: %s. Accept that, or make the job anew; what you "
                                 "wrote stays in the history."), deed);
    }
  else
    {
      const char *who = conflict->theirs_by != NULL
                          ? rfi_session_get_name (self->session, conflict->theirs_by)
                          : _("somebody else");

      count = g_strdup_printf (ngettext ("%u field collides.", "%u fields collide.", n), n);
      /* translators: "2 fields collide.", then a name, then what the person wanted to do */
      words =
        g_strdup_printf (_("%s While your change waited, %s changed the job. You wanted: %s."),
                         count, who, deed);
    }

  gtk_label_set_label (self->what, words);
}

static void
show_job_facts (RfiConflictsPage *self,
                RfiConflict      *conflict)
{
  RfiJobState *state =
    rfi_job_table_lookup (rfi_session_get_jobs (self->session), conflict->job_id);
  g_autofree char *detected = rfi_format_clock (conflict->detected_at);
  g_autofree char *words = NULL;

  gtk_label_set_label (self->title, conflict->job_title);
  gtk_widget_set_visible (GTK_WIDGET (self->open_job), state != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->priority), state != NULL);
  if (state == NULL)
    {
      /* translators: %s is a time */
      words = g_strdup_printf (_("detected %s"), detected);
    }
  else
    {
      rfi_pill_set_priority (self->priority, state->work->priority);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_job), "s", conflict->job_id);
      /* translators: store, street, city, then when the conflict was found */
      words = g_strdup_printf (_("%s · %s, %s · detected %s"), state->work->store_name,
                               state->work->address, state->work->city, detected);
    }
  gtk_label_set_label (self->facts, words);
}

static void
set_decision (RfiConflictsPage *self,
              RfiConflict      *conflict)
{
  gboolean gone = conflict->theirs == NULL;

  rfi_conflict_table_set_decision (self->table, NULL, NULL);
  g_clear_pointer (&self->decision, rfi_decision_free);
  self->decision = rfi_decision_new (conflict);

  show_job_facts (self, conflict);
  show_what (self, conflict);
  rfi_conflict_table_set_decision (self->table, self->session, self->decision);
  gtk_label_set_label (self->problem, "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_label_set_label (self->server_words,
                       gone ? _("Accept Deletion") : _("Use Server Version"));
  gtk_widget_set_visible (self->retry_mine,
                          !gone || rfi_session_get_user (self->session)->role !=
                                     RFI_ROLE_TECHNICIAN);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->use_server), _("Give up your change (1)"));
  gtk_label_set_label (self->retry_words, gone ? _("Create It Again") : _("Retry My Change"));
  gtk_widget_set_tooltip_text (self->retry_mine,
                               gone ? _("Make the job anew with your change (2)")
                                    : _("Send your change again, on top of the server’s version "
                                        "(2)"));
  gtk_widget_set_visible (self->apply, !gone);
}

static void
row_selected_cb (RfiConflictsPage *self,
                 GtkListBoxRow    *row)
{
  RfiConflict *conflict =
    row != NULL ? get_conflict_at (self, (guint) gtk_list_box_row_get_index (row)) : NULL;

  if (conflict == NULL)
    return;

  /* The list may be filled anew by itself: what was chosen so far stays. */
  if (self->decision == NULL ||
      g_strcmp0 (rfi_decision_get_conflict (self->decision)->id, conflict->id) != 0)
    set_decision (self, conflict);
}

static void
select_position (RfiConflictsPage *self,
                 int               position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

/* -1 if it is not there */
static int
find_position (RfiConflictsPage *self,
               const char       *conflict_id)
{
  guint n = g_list_model_get_n_items (rfi_session_get_conflicts (self->session));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (get_conflict_at (self, i)->id, conflict_id))
      return (int) i;

  return -1;
}

static void
conflicts_changed_cb (RfiConflictsPage *self)
{
  guint n = g_list_model_get_n_items (rfi_session_get_conflicts (self->session));
  g_autofree char *count = g_strdup_printf ("%u", n);
  int position = 0;

  gtk_label_set_label (self->count, count);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "desk" : "empty");
  if (n == 0)
    {
      rfi_conflict_table_set_decision (self->table, NULL, NULL);
      g_clear_pointer (&self->decision, rfi_decision_free);
      return;
    }

  if (self->decision != NULL)
    position = find_position (self, rfi_decision_get_conflict (self->decision)->id);
  select_position (self, MAX (position, 0));
}

static void
resolved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiConflictsPage) self = user_data;
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  if (rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)",
                                  _("Conflict settled. The losing values stay in the history."), "",
                                  "");
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      gtk_label_set_label (self->problem, words);
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    }
}

/* @patch: (nullable): %NULL = the server's version */
static void
resolve (RfiConflictsPage *self,
         RfiPatch         *patch)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  rfi_session_resolve_async (self->session, rfi_decision_get_conflict (self->decision)->id, patch,
                             resolved_cb, g_object_ref (self));
}

static void
use_server_cb (RfiConflictsPage *self)
{
  if (self->decision != NULL)
    resolve (self, NULL);
}

static void
apply_cb (RfiConflictsPage *self)
{
  g_autoptr(RfiPatch) patch = NULL;

  if (self->decision == NULL || rfi_decision_get_conflict (self->decision)->theirs == NULL)
    return;

  patch = rfi_decision_to_patch (self->decision);
  resolve (self, patch);
}

/* A job that is gone is made anew as it was last seen, with the person's change on it. */
static void
create_again (RfiConflictsPage *self,
              RfiConflict      *conflict)
{
  g_autoptr(RfiPatch) patch = rfi_patch_copy (conflict->base);

  for (guint i = 0; conflict->operation->patch != NULL && i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (conflict->operation->patch, (RfiField) i))
      rfi_patch_set (patch, (RfiField) i, rfi_patch_get (conflict->operation->patch, (RfiField) i));

  resolve (self, patch);
}

static void
retry_mine_cb (RfiConflictsPage *self)
{
  if (self->decision == NULL)
    return;
  if (rfi_decision_get_conflict (self->decision)->theirs == NULL)
    {
      create_again (self, rfi_decision_get_conflict (self->decision));
      return;
    }

  rfi_decision_choose_all (self->decision, TRUE);
  rfi_conflict_table_refresh (self->table);
  apply_cb (self);
}

static gboolean
key_pressed_cb (RfiConflictsPage *self,
                guint             keyval,
                guint             keycode,
                GdkModifierType   state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int position = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (self->decision == NULL)
    return GDK_EVENT_PROPAGATE;

  if ((state & GDK_CONTROL_MASK) != 0 && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    apply_cb (self);
  else if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  else if (keyval == GDK_KEY_j)
    select_position (self, position + 1);
  else if (keyval == GDK_KEY_k)
    select_position (self, position - 1);
  else if (keyval == GDK_KEY_1)
    use_server_cb (self);
  else if (keyval == GDK_KEY_2)
    retry_mine_cb (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* In little room the list lies above the conflict, whose fields are cards. */
static void
arrange (RfiConflictsPage *self)
{
  gboolean narrow = rfi_fold_layout_get_narrow (
    RFI_FOLD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  narrow ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_position (self->paned, narrow ? 120 : 310);
  gtk_orientable_set_orientation (self->head, narrow ? GTK_ORIENTATION_VERTICAL
                                                     : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (self->title_line, narrow ? GTK_ORIENTATION_VERTICAL
                                                           : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (self->actions, narrow ? GTK_ORIENTATION_VERTICAL
                                                        : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (self->apply, narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  gtk_widget_set_visible (self->key_1, !narrow);
  gtk_widget_set_visible (self->key_2, !narrow);
  rfi_conflict_table_set_narrow (self->table, narrow);
}

void
rfi_conflicts_page_set_session (RfiConflictsPage *self,
                                RfiSession       *session)
{
  GListModel *conflicts = session != NULL ? rfi_session_get_conflicts (session) : NULL;

  g_return_if_fail (RFI_IS_CONFLICTS_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  rfi_conflict_table_set_decision (self->table, NULL, NULL);
  g_clear_pointer (&self->decision, rfi_decision_free);
  g_signal_group_set_target (self->session_signals, conflicts);
  gtk_list_box_bind_model (self->list, conflicts, make_row_cb, self, NULL);
  if (session != NULL)
    conflicts_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
rfi_conflicts_page_show (RfiConflictsPage *self,
                         const char       *conflict_id)
{
  g_return_if_fail (RFI_IS_CONFLICTS_PAGE (self));

  if (self->session != NULL && *conflict_id != '\0')
    select_position (self, find_position (self, conflict_id));
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
rfi_conflicts_page_dispose (GObject *object)
{
  RfiConflictsPage *self = RFI_CONFLICTS_PAGE (object);

  g_clear_object (&self->session_signals);
  if (self->table != NULL)
    rfi_conflict_table_set_decision (self->table, NULL, NULL);
  g_clear_pointer (&self->decision, rfi_decision_free);
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
rfi_conflicts_page_class_init (RfiConflictsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_conflicts_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_conflicts_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_conflicts_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (RFI_TYPE_CONFLICT_TABLE);
  g_type_ensure (RFI_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-conflicts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, paned);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, count);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, head);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, title_line);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, actions);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, key_1);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, key_2);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, title);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, facts);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, open_job);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, what);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, table);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, use_server);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, server_words);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, retry_mine);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, retry_words);
  gtk_widget_class_bind_template_child (widget_class, RfiConflictsPage, apply);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_mine_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_server_cb);
}

static void
rfi_conflicts_page_init (RfiConflictsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rfi_fold_layout_new (NARROW_WIDTH));
  g_signal_connect_object (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "notify::narrow",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);

  self->session_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_object (self->session_signals, "items-changed",
                                 G_CALLBACK (conflicts_changed_cb), self,
                                 G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
