/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-modify-dialog"

#include "config.h"

#include "rfi-modify-dialog.h"

#include "rfi-conflict-words.h"
#include "rfi-record-item.h"
#include "rfi-time.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiModifyDialog
{
  AdwWindow    parent_instance;

  RfiSession  *session;             /* (owned) */
  RfiConflict *conflict;            /* (owned) */
  RfiPatch    *before;              /* (owned): the result as it was */
  GtkWidget   *rows[RFI_N_FIELDS];  /* (nullable): what holds the value */
  GPtrArray   *words[RFI_N_FIELDS]; /* (owned) (nullable) (element-type utf8): of a choice */

  GtkBox      *fields;              /* template children, from here on */
  GtkLabel    *problem;
  GtkWidget   *use;
};

G_DEFINE_FINAL_TYPE (RfiModifyDialog, rfi_modify_dialog, ADW_TYPE_WINDOW)

enum {
  MODIFIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

gboolean
rfi_modify_dialog_has (RfiField field)
{
  return rfi_field_get_rule (field) != RFI_MERGE_UNION;
}

static gboolean
is_time (RfiField field)
{
  return field == RFI_FIELD_SCHEDULED_START || field == RFI_FIELD_SCHEDULED_END ||
         field == RFI_FIELD_HOLD_UNTIL;
}

static gboolean
is_text (RfiField field)
{
  return field == RFI_FIELD_DESCRIPTION || field == RFI_FIELD_COMPLETION_NOTES;
}

/* "2026-11-27 14:30", in the person's zone. @value: a time of the contract, or "".
 * Returns: (transfer full) */
static char *
time_to_words (const char *value)
{
  g_autoptr(GDateTime) moment = NULL;
  gint64 ms;

  if (!rfi_time_parse (value, -1, &ms))
    return g_strdup (value);

  moment = g_date_time_new_from_unix_local (ms / 1000);
  return g_date_time_format (moment, "%Y-%m-%d %H:%M");
}

/* The other way; what is no time stays as it is, and is judged. Returns: (transfer full) */
static char *
time_from_words (const char *words)
{
  g_autoptr(GDateTime) moment = NULL;
  int year, month, day, hour, minute;

  if (sscanf (words, "%4d-%2d-%2d %2d:%2d", &year, &month, &day, &hour, &minute) == 5)
    moment = g_date_time_new_local (year, month, day, hour, minute, 0);
  return moment != NULL ? rfi_time_to_string (g_date_time_to_unix (moment) * 1000)
                        : g_strdup (words);
}

/* Returns: (transfer full) */
static char *
get_value (RfiModifyDialog *self,
           RfiField         field)
{
  GtkWidget *row = self->rows[field];

  if (ADW_IS_COMBO_ROW (row))
    return g_strdup (g_ptr_array_index (self->words[field],
                                        adw_combo_row_get_selected (ADW_COMBO_ROW (row))));
  if (GTK_IS_TEXT_VIEW (row))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (row));
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  return is_time (field) ? time_from_words (gtk_editable_get_text (GTK_EDITABLE (row)))
                         : g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
}

/* What differs. (transfer full) */
static RfiPatch *
collect (RfiModifyDialog *self)
{
  RfiPatch *patch = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      g_autofree char *value = self->rows[i] != NULL ? get_value (self, (RfiField) i) : NULL;

      if (value != NULL && g_strcmp0 (value, rfi_patch_get (self->before, (RfiField) i)) != 0)
        rfi_patch_set (patch, (RfiField) i, value);
    }
  return patch;
}

/* As if it were decided so. */
static void
judge (RfiModifyDialog *self)
{
  g_autoptr(RfiDecision) decision = rfi_decision_new (self->conflict);
  g_autoptr(RfiPatch) patch = collect (self);
  g_autofree char *words = NULL;
  RfiFault fault;
  gboolean allowed;

  rfi_decision_choose_all (decision, FALSE);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *value = rfi_patch_get (patch, (RfiField) i);

      if (value == NULL)
        value = rfi_patch_get (self->before, (RfiField) i);
      rfi_decision_set_value (decision, (RfiField) i, value);
    }
  allowed = rfi_decision_check (decision, &fault);
  words = rfi_conflict_words_fault (&fault);
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !allowed);
  gtk_widget_set_sensitive (self->use, allowed);
}

static void
use_cb (RfiModifyDialog *self)
{
  g_autoptr(RfiPatch) patch = collect (self);

  g_signal_emit (self, signals[MODIFIED], 0, patch);
  gtk_window_close (GTK_WINDOW (self));
}

/* @words: what is shown, @value: what it stands for */
static void
add_choice (RfiModifyDialog *self,
            RfiField         field,
            GtkStringList   *model,
            const char      *words,
            const char      *value)
{
  gtk_string_list_append (model, words);
  g_ptr_array_add (self->words[field], g_strdup (value));
}

static void
add_statuses (RfiModifyDialog *self,
              RfiField         field,
              GtkStringList   *model)
{
  const char *theirs = rfi_patch_get (self->conflict->theirs, RFI_FIELD_STATUS);
  RfiStatus from;

  if (!rfi_status_from_string (theirs, &from))
    return;

  for (guint to = 0; to < RFI_N_STATUSES; to++)
    if (to == from || rfi_status_may_become (from, (RfiStatus) to))
      add_choice (self, field, model, rfi_words_status ((RfiStatus) to),
                  rfi_status_to_string ((RfiStatus) to));
}

static void
add_technicians (RfiModifyDialog *self,
                 RfiField         field,
                 GtkStringList   *model)
{
  GListModel *technicians = rfi_session_get_technicians (self->session);

  add_choice (self, field, model, _("Nobody"), "");
  for (guint i = 0; i < g_list_model_get_n_items (technicians); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (technicians, i);
      const RfiUser *technician = rfi_record_item_get (item);

      if (!technician->inactive)
        add_choice (self, field, model, technician->display_name, technician->id);
    }
}

static void
add_priorities (RfiModifyDialog *self,
                RfiField         field,
                GtkStringList   *model)
{
  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    add_choice (self, field, model, rfi_words_priority ((RfiPriority) i),
                rfi_priority_to_string ((RfiPriority) i));
}

static GtkWidget *
make_choice (RfiModifyDialog *self,
             RfiField         field,
             const char      *value)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkStringList) model = gtk_string_list_new (NULL);

  self->words[field] = g_ptr_array_new_with_free_func (g_free);
  if (field == RFI_FIELD_STATUS)
    add_statuses (self, field, model);
  else if (field == RFI_FIELD_PRIORITY)
    add_priorities (self, field, model);
  else
    add_technicians (self, field, model);

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  for (guint i = 0; i < self->words[field]->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->words[field], i), value) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  self->rows[field] = row;
  return row;
}

static GtkWidget *
make_entry (RfiModifyDialog *self,
            RfiField         field,
            const char      *value)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = is_time (field) ? time_to_words (value) : g_strdup (value);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "changed", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  self->rows[field] = row;
  return row;
}

static GtkWidget *
make_text (RfiModifyDialog *self,
           RfiField         field,
           const char      *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (rfi_words_field (field));
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *text = gtk_text_view_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (text), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (text), 6);
  gtk_widget_set_size_request (text, -1, 90);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rfi_words_field (field), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), value, -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "changed",
                           G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  gtk_frame_set_child (GTK_FRAME (frame), text);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), frame);
  self->rows[field] = text;
  return box;
}

static void
add_field (RfiModifyDialog   *self,
           const RfiDecision *decision,
           AdwPreferencesGroup *group,
           RfiField           field)
{
  const char *value = rfi_decision_get_result (decision, field);
  GtkWidget *row;

  if (value == NULL)
    value = "";
  rfi_patch_set (self->before, field, value);
  if (is_text (field))
    {
      gtk_box_append (self->fields, make_text (self, field, value));
      return;
    }

  if (field == RFI_FIELD_STATUS || field == RFI_FIELD_PRIORITY || field == RFI_FIELD_ASSIGNED_TO)
    row = make_choice (self, field, value);
  else
    row = make_entry (self, field, value);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rfi_words_field (field));
  adw_preferences_group_add (group, row);
}

static void
rfi_modify_dialog_finalize (GObject *object)
{
  RfiModifyDialog *self = RFI_MODIFY_DIALOG (object);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    g_clear_pointer (&self->words[i], g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->conflict, rfi_conflict_unref);
  g_clear_pointer (&self->before, rfi_patch_unref);

  G_OBJECT_CLASS (rfi_modify_dialog_parent_class)->finalize (object);
}

static void
rfi_modify_dialog_class_init (RfiModifyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rfi_modify_dialog_finalize;

  signals[MODIFIED] = g_signal_new ("modified", RFI_TYPE_MODIFY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_PATCH);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-modify-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiModifyDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, RfiModifyDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiModifyDialog, use);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
rfi_modify_dialog_init (RfiModifyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->before = rfi_patch_new ();
}

GtkWidget *
rfi_modify_dialog_new (GtkWindow         *parent,
                       RfiSession        *session,
                       const RfiDecision *decision)
{
  RfiModifyDialog *self = g_object_new (RFI_TYPE_MODIFY_DIALOG, "transient-for", parent, NULL);
  GtkWidget *group = adw_preferences_group_new ();

  self->session = g_object_ref (session);
  self->conflict = rfi_conflict_ref (rfi_decision_get_conflict (decision));
  gtk_box_prepend (self->fields, group);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_decision_is_shown (decision, (RfiField) i) && rfi_modify_dialog_has ((RfiField) i))
      add_field (self, decision, ADW_PREFERENCES_GROUP (group), (RfiField) i);
  judge (self);
  return GTK_WIDGET (self);
}
