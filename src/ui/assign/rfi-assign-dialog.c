/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-assign-dialog"

#include "config.h"

#include "rfi-assign-dialog.h"

#include "rfi-candidate-row.h"
#include "rfi-candidate-words.h"
#include "rfi-error-words.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-pill.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiAssignDialog
{
  AdwWindow       parent_instance;

  RfiSession     *session;     /* (owned) */
  RfiJobItem     *item;        /* (owned) (nullable) */
  gboolean        sending;

  GtkButton      *assign;      /* template children, from here on */
  GtkLabel       *title;
  GtkLabel       *place;
  RfiPill        *priority;
  GtkSearchEntry *search;
  GtkCheckButton *show_excluded;
  GtkLabel       *who_can;
  GtkListBox     *list;
  GtkWidget      *why_note;
  GtkLabel       *why;
  GtkLabel       *loses;
  GtkRevealer    *excluded_revealer;
  GtkListBox     *excluded;
  GtkLabel       *problem;
};

G_DEFINE_FINAL_TYPE (RfiAssignDialog, rfi_assign_dialog, ADW_TYPE_WINDOW)

enum {
  ASSIGNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* @words: (nullable) */
static void
show_problem (RfiAssignDialog *self,
              const char      *words)
{
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

/* "Assign to Sara": the first name is enough where the row shows the whole. */
static void
show_choice (RfiAssignDialog *self)
{
  GtkListBoxRow *row;
  RfiVerdict verdict;
  RfiUser *technician;
  g_auto(GStrv) names = NULL;
  g_autofree char *label = NULL;
  gboolean same;

  /* A list that is taken down loses its selection too. */
  if (self->item == NULL || self->list == NULL)
    return;

  row = gtk_list_box_get_selected_row (self->list);
  verdict = rfi_session_check (self->session, rfi_job_item_get_id (self->item), RFI_ACTION_ASSIGN);
  if (row == NULL)
    {
      gtk_button_set_label (self->assign, _("Assign"));
      gtk_widget_set_sensitive (GTK_WIDGET (self->assign), FALSE);
      return;
    }

  technician = rfi_candidate_row_get_technician (RFI_CANDIDATE_ROW (row));
  gtk_check_button_set_active (rfi_candidate_row_get_choice (RFI_CANDIDATE_ROW (row)), TRUE);
  names = g_strsplit (technician->display_name, " ", 2);
  /* translators: %s is a technician's first name */
  label = g_strdup_printf (_("_Assign to %s"), names[0] != NULL ? names[0] : "");
  gtk_button_set_label (self->assign, label);

  same = g_strcmp0 (technician->id, rfi_job_item_get_job (self->item)->assigned_to) == 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self->assign),
                            verdict == RFI_VERDICT_OK && !same && !self->sending);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->assign),
                               verdict != RFI_VERDICT_OK ? rfi_words_verdict (verdict)
                               : same                    ? _("Has this job already")
                                                         : NULL);
}

static void
show_job (RfiAssignDialog *self)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  g_autofree char *place = NULL;

  if (rfi_job_item_get_gone (self->item))
    {
      show_problem (self,
                    _("This job is gone: somebody deleted it, or gave it to another vendor."));
      gtk_widget_set_sensitive (GTK_WIDGET (self->assign), FALSE);
      return;
    }

  /* translators: store, street, city, state and ZIP of a job */
  place = g_strdup_printf (_("%s · %s, %s %s %s"), job->store_name, job->address, job->city,
                           job->state, job->zip_code);
  gtk_label_set_label (self->title, job->title);
  gtk_label_set_label (self->place, place);
  rfi_pill_set_priority (self->priority, job->priority);

  gtk_widget_set_visible (GTK_WIDGET (self->loses), job->assigned_to != NULL);
  if (job->assigned_to != NULL)
    {
      g_autofree char *words =
        /* translators: %s is the technician who has the job now */
        g_strdup_printf (_("%s loses this job."),
                         rfi_session_get_name (self->session, job->assigned_to));

      gtk_label_set_label (self->loses, words);
    }
  show_choice (self);
}

static void
add_job_cb (RfiJobState *state,
            gpointer     user_data)
{
  rfi_ranking_add_job (user_data, state->work);
}

/* Returns: (transfer full) (element-type RfiCandidate) */
static GPtrArray *
rank (RfiAssignDialog *self)
{
  GListModel *model = rfi_session_get_technicians (self->session);
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  RfiRanking *ranking;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (model, i);

      g_ptr_array_add (technicians, rfi_user_ref (rfi_record_item_get (item)));
    }

  ranking = rfi_ranking_new (rfi_session_get_user (self->session),
                             rfi_job_item_get_job (self->item), technicians);
  rfi_job_table_foreach (rfi_session_get_jobs (self->session), add_job_cb, ranking);
  return rfi_ranking_finish (ranking);
}

static guint
find_most_open (GPtrArray *candidates)
{
  guint most = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (candidates, i);

      most = MAX (most, candidate->factors[RFI_FACTOR_OPEN_JOBS]);
    }

  return most;
}

static void
add_excluded (RfiAssignDialog    *self,
              const RfiCandidate *candidate)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_markup_escape_text (candidate->technician->display_name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rfi_words_verdict (candidate->verdict));
  gtk_list_box_append (self->excluded, row);
}

static void
fill (RfiAssignDialog *self)
{
  g_autoptr(GPtrArray) candidates = rank (self);
  RfiJob *job = rfi_job_item_get_job (self->item);
  guint most_open = find_most_open (candidates);
  GtkCheckButton *group = NULL;
  guint n_can = 0;
  g_autofree char *why = rfi_candidate_words_best (candidates, job);
  g_autofree char *count = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (candidates, i);
      GtkWidget *row;

      if (candidate->verdict != RFI_VERDICT_OK)
        {
          add_excluded (self, candidate);
          continue;
        }

      row = rfi_candidate_row_new (candidate, job, most_open, n_can == 0, group);
      group = rfi_candidate_row_get_choice (RFI_CANDIDATE_ROW (row));
      gtk_list_box_append (self->list, row);
      n_can++;
    }

  count = g_strdup_printf (ngettext ("%u who can", "%u who can", n_can), n_can);
  gtk_label_set_label (self->who_can, count);
  gtk_label_set_label (self->why, why);
  gtk_widget_set_visible (GTK_WIDGET (self->show_excluded), n_can < candidates->len);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  RfiAssignDialog *self = user_data;
  g_autofree char *wanted =
    g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  RfiUser *technician = rfi_candidate_row_get_technician (RFI_CANDIDATE_ROW (row));
  g_autofree char *name = g_utf8_casefold (technician->display_name, -1);

  return strstr (name, wanted) != NULL;
}

/* What was typed chooses the first who matches, so that Enter assigns. */
static void
search_changed_cb (RfiAssignDialog *self)
{
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_cb (row, self))
      break;

  gtk_list_box_select_row (self->list, row);
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

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      show_problem (self, words);
    }
  show_choice (self);
}

static void
assign_clicked_cb (RfiAssignDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  RfiUser *technician;

  if (row == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->assign)))
    return;

  technician = rfi_candidate_row_get_technician (RFI_CANDIDATE_ROW (row));
  self->sending = TRUE;
  show_problem (self, NULL);
  show_choice (self);
  g_signal_emit (self, signals[ASSIGNED], 0, rfi_job_item_get_id (self->item), technician->id);
  rfi_session_assign_async (self->session, rfi_job_item_get_id (self->item), technician->id,
                            assigned_cb, g_object_ref (self));
}

static void
move_selection (RfiAssignDialog *self,
                int              by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;

  for (row = gtk_list_box_get_row_at_index (self->list, index); row != NULL;
       row = gtk_list_box_get_row_at_index (self->list, index += by))
    if (filter_cb (row, self))
      {
        gtk_list_box_select_row (self->list, row);
        return;
      }
}

/* The focus stays in the search while the arrows choose and Ctrl+Enter assigns. */
static gboolean
key_pressed_cb (RfiAssignDialog *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      move_selection (self, keyval == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    {
      assign_clicked_cb (self);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
rfi_assign_dialog_dispose (GObject *object)
{
  RfiAssignDialog *self = RFI_ASSIGN_DIALOG (object);

  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_assign_dialog_parent_class)->dispose (object);
}

static void
rfi_assign_dialog_class_init (RfiAssignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_assign_dialog_dispose;

  signals[ASSIGNED] = g_signal_new ("assigned", RFI_TYPE_ASSIGN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (RFI_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/assign/rfi-assign-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, assign);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, place);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, show_excluded);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, who_can);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, list);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, why_note);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, why);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, loses);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, excluded_revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, excluded);
  gtk_widget_class_bind_template_child (widget_class, RfiAssignDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, assign_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_choice);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_assign_dialog_init (RfiAssignDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
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
  self->item = g_steal_pointer (&item);
  fill (self);
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
