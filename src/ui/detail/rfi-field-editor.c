/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-field-editor"

#include "config.h"

#include "rfi-field-editor.h"

#include "rfi-error-words.h"
#include "rfi-job-hold.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiFieldEditor
{
  AdwBin         parent_instance;

  RfiSession    *session;      /* (owned) (nullable) */
  RfiJobItem    *item;         /* (owned) (nullable) */
  gulong         state_id;     /* on item */
  RfiJobHold    *hold;         /* (owned) (nullable): somebody types */
  char          *shown[RFI_N_CONTRACT_FIELDS];  /* (owned) (nullable): what the rows show */
  gboolean       filling;

  AdwEntryRow   *rows[RFI_N_CONTRACT_FIELDS];   /* template children; %NULL: another edits it */
  AdwComboRow   *priority;     /* template child */
  GtkTextView   *description;  /* template child */
  GtkRevealer   *description_actions;  /* template child */
  GtkLabel      *problem;      /* template child */
  GtkEventControllerFocus *focus;  /* template child */
};

G_DEFINE_FINAL_TYPE (RfiFieldEditor, rfi_field_editor, ADW_TYPE_BIN)

static const struct {
  RfiField    field;
  const char *child;
} text_rows[] = {
  { RFI_FIELD_TITLE, "title" },      { RFI_FIELD_STORE_NAME, "store_name" },
  { RFI_FIELD_ADDRESS, "address" },  { RFI_FIELD_CITY, "city" },
  { RFI_FIELD_STATE, "state" },      { RFI_FIELD_ZIP_CODE, "zip_code" },
};

/* @words: (nullable) */
static void
show_problem (RfiFieldEditor *self,
              const char     *words)
{
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL && *words != '\0');
}

static char *
get_description (RfiFieldEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* What stands in the row of @field now. Returns: (transfer full) */
static char *
get_typed (RfiFieldEditor *self,
           RfiField        field)
{
  if (field == RFI_FIELD_DESCRIPTION)
    return get_description (self);
  if (field == RFI_FIELD_PRIORITY)
    return g_strdup (rfi_priority_to_string (
      (RfiPriority) (RFI_N_PRIORITIES - 1 - adw_combo_row_get_selected (self->priority))));

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[field])));
}

static void
put_value (RfiFieldEditor *self,
           RfiField        field,
           const char     *value)
{
  RfiPriority priority;

  if (field == RFI_FIELD_DESCRIPTION)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->description), value, -1);
  else if (field == RFI_FIELD_PRIORITY && rfi_priority_from_string (value, &priority))
    adw_combo_row_set_selected (self->priority, RFI_N_PRIORITIES - 1 - priority);
  else if (self->rows[field] != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->rows[field]), value);
      /* A row takes any other text for typed, and offers to apply it. */
      adw_entry_row_set_show_apply_button (self->rows[field], FALSE);
      adw_entry_row_set_show_apply_button (self->rows[field], TRUE);
    }
}

static gboolean
is_edited_here (RfiField field)
{
  return field != RFI_FIELD_STATUS && field != RFI_FIELD_ASSIGNED_TO;
}

/* Brings a row up to date, unless somebody is typing in it. */
static void
refresh_field (RfiFieldEditor *self,
               RfiField        field,
               const char     *value)
{
  g_autofree char *typed = get_typed (self, field);
  gboolean dirty = self->shown[field] != NULL && g_strcmp0 (typed, self->shown[field]) != 0;

  if (g_strcmp0 (self->shown[field], value) == 0)
    return;

  if (!dirty || g_strcmp0 (typed, value) == 0)
    {
      put_value (self, field, value);
    }
  else
    {
      g_autofree char *words =
        /* translators: a field's name, then its new value */
        g_strdup_printf (_("%s was changed to “%s” elsewhere while you type."),
                         rfi_words_field (field), rfi_words_value (field, value));
      show_problem (self, words);
    }

  g_free (self->shown[field]);
  self->shown[field] = g_strdup (value);
}

static gboolean
is_dirty (RfiFieldEditor *self)
{
  for (guint i = 0; i < RFI_N_CONTRACT_FIELDS; i++)
    if (is_edited_here ((RfiField) i) && self->shown[i] != NULL)
      {
        g_autofree char *typed = get_typed (self, (RfiField) i);

        if (g_strcmp0 (typed, self->shown[i]) != 0)
          return TRUE;
      }

  return FALSE;
}

static void
refresh (RfiFieldEditor *self)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  RfiVerdict verdict =
    rfi_session_check (self->session, rfi_job_item_get_id (self->item), RFI_ACTION_EDIT);

  self->filling = TRUE;
  for (guint i = 0; i < RFI_N_CONTRACT_FIELDS; i++)
    if (is_edited_here ((RfiField) i))
      refresh_field (self, (RfiField) i, rfi_job_get_field (job, (RfiField) i));
  self->filling = FALSE;

  gtk_widget_set_sensitive (GTK_WIDGET (self), verdict == RFI_VERDICT_OK);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               verdict == RFI_VERDICT_OK ? NULL : rfi_words_verdict (verdict));
}

static void
hold (RfiFieldEditor *self)
{
  if (self->item != NULL && self->hold == NULL)
    self->hold = rfi_job_hold_new (rfi_session_get_jobs (self->session), self->item);
}

/* What is typed and not yet done stays in hand, wherever the focus is; when it leaves it is still
 * said to be here. */
static void
let_go_of (RfiFieldEditor *self,
           gboolean        focused)
{
  if (self->hold != NULL && !focused && !is_dirty (self))
    g_clear_pointer (&self->hold, rfi_job_hold_free);
}

static void
focus_left_cb (RfiFieldEditor *self)
{
  let_go_of (self, FALSE);
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiFieldEditor) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_session_command_finish (RFI_SESSION (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = rfi_error_words (error);

      show_problem (self, words);
    }
  let_go_of (self, gtk_event_controller_focus_contains_focus (self->focus));
}

/* Nobody replaces what they have not seen. Returns: whether there was something to see first: that
 * the job is gone, or another value */
static gboolean
show_news_of (RfiFieldEditor *self,
              RfiField        field)
{
  RfiJobTable *jobs = rfi_session_get_jobs (self->session);
  const RfiJob *news = rfi_job_hold_get_news (jobs, self->item);

  if (rfi_job_item_get_mark (self->item) != RFI_MARK_NEWS)
    return FALSE;
  if (news != NULL && g_strcmp0 (rfi_job_get_field (news, field), self->shown[field]) == 0)
    return FALSE;

  rfi_job_hold_show (jobs, rfi_job_item_get_id (self->item));
  return TRUE;
}

static void
apply_field (RfiFieldEditor *self,
             RfiField        field)
{
  g_autofree char *typed = get_typed (self, field);
  g_autofree char *value = g_strstrip (g_strdup (typed));
  RfiFieldProblem problem = rfi_field_check (field, value);
  g_autoptr(RfiPatch) patch = NULL;

  if (self->item == NULL || g_strcmp0 (value, self->shown[field]) == 0)
    return;

  if (problem != RFI_FIELD_OK)
    {
      g_autofree char *words = rfi_words_field_problem (field, problem);

      show_problem (self, words);
      if (self->rows[field] != NULL)
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->rows[field]), "error");
          gtk_widget_grab_focus (GTK_WIDGET (self->rows[field]));
        }
      return;
    }

  if (show_news_of (self, field))
    return;

  show_problem (self, NULL);
  patch = rfi_patch_new ();
  rfi_patch_set (patch, field, value);
  rfi_session_edit_async (self->session, rfi_job_item_get_id (self->item), patch, edited_cb,
                          g_object_ref (self));
}

static void
row_apply_cb (AdwEntryRow    *row,
              RfiFieldEditor *self)
{
  for (guint i = 0; i < RFI_N_CONTRACT_FIELDS; i++)
    if (self->rows[i] == row)
      apply_field (self, (RfiField) i);
}

static void
row_changed_cb (AdwEntryRow    *row,
                RfiFieldEditor *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  if (!self->filling)
    show_problem (self, NULL);
}

static void
priority_selected_cb (RfiFieldEditor *self)
{
  if (!self->filling)
    apply_field (self, RFI_FIELD_PRIORITY);
}

static void
description_changed_cb (RfiFieldEditor *self)
{
  g_autofree char *typed = get_description (self);

  gtk_revealer_set_reveal_child (self->description_actions,
                                 !self->filling &&
                                 g_strcmp0 (typed, self->shown[RFI_FIELD_DESCRIPTION]) != 0);
}

static void
description_apply_cb (RfiFieldEditor *self)
{
  apply_field (self, RFI_FIELD_DESCRIPTION);
  gtk_revealer_set_reveal_child (self->description_actions, FALSE);
}

static void
description_revert_cb (RfiFieldEditor *self)
{
  put_value (self, RFI_FIELD_DESCRIPTION, self->shown[RFI_FIELD_DESCRIPTION]);
  show_problem (self, NULL);
  let_go_of (self, gtk_event_controller_focus_contains_focus (self->focus));
}

static void
clear_job (RfiFieldEditor *self)
{
  g_clear_pointer (&self->hold, rfi_job_hold_free);
  if (self->item != NULL)
    g_clear_signal_handler (&self->state_id, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  for (guint i = 0; i < RFI_N_CONTRACT_FIELDS; i++)
    g_clear_pointer (&self->shown[i], g_free);
}

static void
rfi_field_editor_dispose (GObject *object)
{
  RfiFieldEditor *self = RFI_FIELD_EDITOR (object);

  clear_job (self);

  G_OBJECT_CLASS (rfi_field_editor_parent_class)->dispose (object);
}

static void
rfi_field_editor_class_init (RfiFieldEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_field_editor_dispose;

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/detail/rfi-field-editor.ui");
  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, text_rows[i].child, FALSE,
      (gssize) (G_STRUCT_OFFSET (RfiFieldEditor, rows) +
                text_rows[i].field * sizeof (AdwEntryRow *)));
  gtk_widget_class_bind_template_child (widget_class, RfiFieldEditor, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiFieldEditor, description);
  gtk_widget_class_bind_template_child (widget_class, RfiFieldEditor, description_actions);
  gtk_widget_class_bind_template_child (widget_class, RfiFieldEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiFieldEditor, focus);
  gtk_widget_class_bind_template_callback (widget_class, hold);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, priority_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, description_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, description_revert_cb);
}

static void
rfi_field_editor_init (RfiFieldEditor *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->filling = TRUE;
  for (guint i = RFI_N_PRIORITIES; i > 0; i--)
    gtk_string_list_append (words, rfi_words_priority ((RfiPriority) (i - 1)));
  adw_combo_row_set_model (self->priority, G_LIST_MODEL (words));
  self->filling = FALSE;

  g_signal_connect_object (gtk_text_view_get_buffer (self->description), "changed",
                           G_CALLBACK (description_changed_cb), self, G_CONNECT_SWAPPED);
}

void
rfi_field_editor_set_job (RfiFieldEditor *self,
                          RfiSession     *session,
                          RfiJobItem     *item)
{
  g_return_if_fail (RFI_IS_FIELD_EDITOR (self));

  clear_job (self);
  show_problem (self, NULL);
  if (item == NULL)
    return;

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  self->state_id =
    g_signal_connect_swapped (item, "notify::state", G_CALLBACK (refresh), self);
  refresh (self);
}

char *
rfi_field_editor_get_unsaved (RfiFieldEditor *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (RFI_IS_FIELD_EDITOR (self), NULL);

  for (guint i = 0; i < RFI_N_CONTRACT_FIELDS; i++)
    {
      g_autofree char *typed = NULL;

      if (!is_edited_here ((RfiField) i) || self->shown[i] == NULL)
        continue;

      typed = get_typed (self, (RfiField) i);
      if (g_strcmp0 (typed, self->shown[i]) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* translators: a field and what was typed there: "Title: Fix the gate" */
      g_string_append_printf (text, _("%s: %s"), rfi_words_field ((RfiField) i), typed);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
