/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-assign-dialog"

#include "config.h"

#include "rfi-assign-dialog.h"

#include "rfi-candidate-row.h"
#include "rfi-candidate-words.h"
#include "rfi-change-words.h"
#include "rfi-error-words.h"
#include "rfi-job-table.h"
#include "rfi-pill.h"
#include "rfi-session-commands.h"
#include "rfi-vendor-move.h"
#include "rfi-words.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RfiAssignDialog
{
  AdwWindow           parent_instance;

  RfiSession         *session;     /* (owned) */
  RfiJobItem         *item;        /* (owned) (nullable) */
  RfiJob             *seen;        /* (owned): as it was when the dialog opened */
  RfiCandidateList   *candidates;  /* (owned) */
  GtkFilter          *filter;      /* (owned): those who match the search, and maybe can't */
  GtkSizeGroup       *words;       /* (owned): of the reasons, so that bars stand in a column */
  GtkSingleSelection *choice;      /* (owned): of those that @filter lets through */
  gboolean            sending;

  GtkButton          *assign;      /* template children, from here on */
  GtkLabel           *assign_label;
  GtkLabel           *title;
  GtkLabel           *place;
  RfiPill            *priority;
  GtkLabel           *problem;
  GtkLabel           *news;
  GtkSearchEntry     *search;
  GtkSwitch          *show_excluded;
  GtkWidget          *excluded_box;
  GtkLabel           *who_can;
  GtkStack           *stack;
  GtkListView        *list;
  GtkLabel           *why;
  GtkLabel           *loses;
  RfiVendorMove      *vendor;
};

G_DEFINE_FINAL_TYPE (RfiAssignDialog, rfi_assign_dialog, ADW_TYPE_WINDOW)

enum {
  ASSIGNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* @words: (nullable) */
static void
show_words (GtkLabel   *label,
            const char *words)
{
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
}

/* (transfer none) (nullable) */
static RfiCandidateItem *
get_chosen (RfiAssignDialog *self)
{
  return self->choice != NULL ? gtk_single_selection_get_selected_item (self->choice) : NULL;
}

/* Why the chosen one can't be assigned now. (nullable): %NULL if they can */
static const char *
get_obstacle (RfiAssignDialog  *self,
              RfiCandidateItem *chosen)
{
  RfiVerdict verdict =
    rfi_session_check (self->session, rfi_job_item_get_id (self->item), RFI_ACTION_ASSIGN);
  const char *reason = rfi_candidate_item_get_reason (chosen);

  if (rfi_job_item_get_gone (self->item))
    return rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE);
  if (verdict != RFI_VERDICT_OK)
    return rfi_words_verdict (verdict);
  if (reason != NULL)
    return reason;
  if (rfi_candidate_item_get (chosen)->factors[RFI_FACTOR_HAS_IT] > 0)
    return _("Has this job already");

  return NULL;
}

/* "Assign to Sara": the first name is enough where the row shows the whole. */
static void
show_choice (RfiAssignDialog *self)
{
  RfiCandidateItem *chosen = get_chosen (self);
  const char *obstacle = NULL;
  g_auto(GStrv) names = NULL;
  g_autofree char *label = NULL;

  if (chosen == NULL)
    {
      gtk_label_set_label (self->assign_label, _("Assign"));
      gtk_widget_set_sensitive (GTK_WIDGET (self->assign), FALSE);
      return;
    }

  names = g_strsplit (rfi_candidate_item_get (chosen)->technician->display_name, " ", 2);
  /* translators: %s is a technician's first name */
  label = g_strdup_printf (_("_Assign to %s"), names[0] != NULL ? names[0] : "");
  gtk_label_set_label (self->assign_label, label);

  obstacle = get_obstacle (self, chosen);
  gtk_widget_set_sensitive (GTK_WIDGET (self->assign), obstacle == NULL && !self->sending);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->assign), obstacle);
}

/* What happened to the job while somebody was choosing. */
static void
show_news (RfiAssignDialog *self)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  g_autofree char *fields = NULL;
  g_autofree char *words = NULL;

  if (rfi_job_item_get_gone (self->item))
    {
      show_words (self->news, rfi_words_verdict (RFI_VERDICT_NOT_VISIBLE));
      return;
    }

  fields = rfi_change_words_fields (self->seen, job);
  if (fields != NULL && job->assigned_to != NULL &&
      g_strcmp0 (job->assigned_to, self->seen->assigned_to) != 0)
    /* translators: %s is a technician */
    words = g_strdup_printf (_("%s was given this job while you were choosing."),
                             rfi_session_get_name (self->session, job->assigned_to));
  else if (fields != NULL)
    /* translators: %s are fields: "status, priority" */
    words = g_strdup_printf (_("This job was changed while you were choosing: %s."), fields);
  show_words (self->news, words);
}

static void
show_loser (RfiAssignDialog *self,
            RfiJob          *job)
{
  g_autofree char *words = NULL;

  if (job->assigned_to != NULL)
    /* translators: %s is the technician who has the job now */
    words = g_strdup_printf (_("%s loses this job."),
                             rfi_session_get_name (self->session, job->assigned_to));
  show_words (self->loses, words);
}

static void
show_job (RfiAssignDialog *self)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  g_autofree char *place = NULL;

  /* What one does oneself is no news. */
  if (self->sending)
    return;

  /* translators: store, street, city, state and ZIP of a job */
  place = g_strdup_printf (_("%s · %s, %s %s %s"), job->store_name, job->address, job->city,
                           job->state, job->zip_code);
  gtk_label_set_label (self->title, job->title);
  gtk_label_set_label (self->place, place);
  rfi_pill_set_priority (self->priority, job->priority);
  show_loser (self, job);
  show_news (self);
  show_choice (self);
}

/* Everybody was judged anew. */
static void
show_ranking (RfiAssignDialog *self)
{
  guint n_can = rfi_candidate_list_count_can (self->candidates);
  GPtrArray *ranked = rfi_candidate_list_get_ranked (self->candidates);
  g_autofree char *count = g_strdup_printf (ngettext ("%u who can", "%u who can", n_can), n_can);
  g_autofree char *why = rfi_candidate_words_best (ranked, rfi_job_item_get_job (self->item));
  RfiCandidateItem *chosen = get_chosen (self);
  const char *reason = chosen != NULL ? rfi_candidate_item_get_reason (chosen) : NULL;
  g_autofree char *problem = NULL;

  gtk_label_set_label (self->who_can, count);
  gtk_label_set_label (self->why, why);
  gtk_widget_set_visible (self->excluded_box, n_can < ranked->len);
  if (reason != NULL)
    /* translators: a technician, and why they can't be assigned any more */
    problem = g_strdup_printf (_("%s can’t be chosen any more; choose somebody else. %s"),
                               rfi_candidate_item_get (chosen)->technician->display_name, reason);
  show_words (self->problem, problem);
  show_choice (self);
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  RfiAssignDialog *self = user_data;
  const RfiUser *technician = rfi_candidate_item_get (item)->technician;
  g_autofree char *wanted = NULL;
  g_autofree char *name = NULL;

  if (!gtk_switch_get_active (self->show_excluded) && !rfi_candidate_item_get_could (item))
    return FALSE;

  wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  name = g_utf8_casefold (technician->display_name, -1);
  return strstr (name, wanted) != NULL;
}

static void
choose (RfiAssignDialog *self,
        guint            position)
{
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->choice)))
    return;

  gtk_single_selection_set_selected (self->choice, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* What was typed chooses the first who matches, so that Enter assigns. */
static void
search_changed_cb (RfiAssignDialog *self)
{
  if (self->filter == NULL)
    return;

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  choose (self, 0);
}

static void
excluded_cb (RfiAssignDialog *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, gtk_switch_get_active (self->show_excluded)
                                        ? GTK_FILTER_CHANGE_LESS_STRICT
                                        : GTK_FILTER_CHANGE_MORE_STRICT);
}

static void
found_cb (RfiAssignDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->choice));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
}

static void
assigned_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiAssignDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  self->sending = FALSE;
  if (rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  /* It may be closed by now. */
  if (self->item == NULL)
    return;

  show_job (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      show_words (self->problem, words);
    }
}

static void
assign_clicked_cb (RfiAssignDialog *self)
{
  RfiCandidateItem *chosen = get_chosen (self);
  RfiUser *technician;

  if (chosen == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->assign)))
    return;

  technician = rfi_candidate_item_get (chosen)->technician;
  self->sending = TRUE;
  show_words (self->problem, NULL);
  show_choice (self);
  g_signal_emit (self, signals[ASSIGNED], 0, rfi_job_item_get_id (self->item), technician->id);
  rfi_session_assign_async (self->session, rfi_job_item_get_id (self->item), technician->id,
                            assigned_cb, g_object_ref (self));
}

/* It is somebody else's to assign now. */
static void
vendor_moved_cb (RfiAssignDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
vendor_failed_cb (RfiAssignDialog *self,
                  const char      *words)
{
  show_words (self->problem, words);
}

static void
move_choice (RfiAssignDialog *self,
             int              by)
{
  guint at = gtk_single_selection_get_selected (self->choice);

  if (at == GTK_INVALID_LIST_POSITION)
    choose (self, 0);
  else if (by > 0 || at > 0)
    choose (self, at + (guint) by);
}

/* A digit chooses, unless a name is being typed: some have digits. With Alt it always does. */
static gboolean
choose_digit (RfiAssignDialog *self,
              guint            keyval,
              GdkModifierType  state)
{
  guint32 sign = gdk_keyval_to_unicode (keyval);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (sign < '1' || sign > '9' || (state & GDK_CONTROL_MASK) != 0 ||
      (*typed != '\0' && (state & GDK_ALT_MASK) == 0))
    return FALSE;

  choose (self, sign - '1');
  return TRUE;
}

/* The focus stays in the search while arrows and digits choose and Enter assigns. */
static gboolean
key_pressed_cb (RfiAssignDialog *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      move_choice (self, keyval == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    {
      assign_clicked_cb (self);
      return GDK_EVENT_STOP;
    }

  return choose_digit (self, keyval, state);
}

static void
position_cb (GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  rfi_candidate_row_set_position (RFI_CANDIDATE_ROW (row), gtk_list_item_get_position (list_item));
}

static void
selected_cb (GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  rfi_candidate_row_set_chosen (RFI_CANDIDATE_ROW (row), gtk_list_item_get_selected (list_item));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  user_data)
{
  RfiAssignDialog *self = RFI_ASSIGN_DIALOG (user_data);

  gtk_list_item_set_child (list_item, rfi_candidate_row_new (self->candidates, self->item,
                                                             self->words));
  g_signal_connect (list_item, "notify::position", G_CALLBACK (position_cb), NULL);
  g_signal_connect (list_item, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  user_data)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  rfi_candidate_row_set_item (RFI_CANDIDATE_ROW (row), gtk_list_item_get_item (list_item));
  position_cb (list_item);
  selected_cb (list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  user_data)
{
  rfi_candidate_row_set_item (RFI_CANDIDATE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
rfi_assign_dialog_dispose (GObject *object)
{
  RfiAssignDialog *self = RFI_ASSIGN_DIALOG (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_ASSIGN_DIALOG);
  g_clear_object (&self->choice);
  g_clear_object (&self->words);
  g_clear_object (&self->filter);
  g_clear_object (&self->candidates);
  g_clear_pointer (&self->seen, rfi_job_unref);
  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_assign_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, assign);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, assign_label);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, place);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, news);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, show_excluded);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, excluded_box);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, who_can);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, list);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, why);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, loses);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, vendor);
  gtk_widget_class_bind_template_callback (widget_class, assign_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, vendor_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, vendor_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, excluded_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
rfi_assign_dialog_class_init (RfiAssignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_assign_dialog_dispose;

  signals[ASSIGNED] = g_signal_new ("assigned", RFI_TYPE_ASSIGN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (RFI_TYPE_PILL);
  g_type_ensure (RFI_TYPE_VENDOR_MOVE);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/assign/rfi-assign-dialog.ui");
  bind_template (widget_class);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_assign_dialog_init (RfiAssignDialog *self)
{
  self->words = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
}

static void
fill (RfiAssignDialog *self)
{
  GListModel *model;
  GtkFilterListModel *found;

  self->candidates = rfi_candidate_list_new (self->session, self->item);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  model = g_object_ref (rfi_candidate_list_get_model (self->candidates));
  found = gtk_filter_list_model_new (model, g_object_ref (self->filter));
  self->choice = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_single_selection_set_autoselect (self->choice, FALSE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->choice));
  g_signal_connect_object (self->choice, "items-changed", G_CALLBACK (found_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "notify::selected-item", G_CALLBACK (show_choice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->candidates, "refreshed", G_CALLBACK (show_ranking), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_selected (self->choice, 0);
  found_cb (self);
  show_ranking (self);
}

GtkWidget *
rfi_assign_dialog_new (RfiSession *session,
                       const char *job_id,
                       GtkWindow  *parent)
{
  RfiAssignDialog *self;
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (rfi_session_get_jobs (session), job_id);

  g_return_val_if_fail (item != NULL, NULL);

  self = g_object_new (RFI_TYPE_ASSIGN_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->seen = rfi_job_ref (rfi_job_item_get_job (item));
  self->item = g_steal_pointer (&item);
  fill (self);
  rfi_vendor_move_set_job (self->vendor, session, self->item);
  show_job (self);
  g_signal_connect_object (self->item, "notify::state", G_CALLBACK (show_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "notify::gone", G_CALLBACK (show_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::online", G_CALLBACK (show_choice), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GTK_WIDGET (self);
}
