/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-story"

#include "config.h"

#include "rfi-conflict-story.h"

#include "rfi-deed-words.h"
#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-session-commands.h"
#include "rfi-session-history.h"
#include "rfi-session-records.h"

#include <glib/gi18n.h>

#define MOST_LINES 6

struct _RfiConflictStory
{
  AdwBin        parent_instance;

  GtkListBox   *list;
  GtkLabel     *problem;
  RfiSession   *session;      /* (owned) (nullable) */
  char         *job_id;       /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable): of the reading */
  gboolean      credited;     /* the server was asked who did it */
};

G_DEFINE_FINAL_TYPE (RfiConflictStory, rfi_conflict_story, ADW_TYPE_BIN)

/* A row that is there takes the words of another entry: making one costs more. */
static GtkWidget *
ensure_line (RfiConflictStory *self,
             guint             position)
{
  GtkListBoxRow *known = gtk_list_box_get_row_at_index (self->list, (int) position);
  GtkWidget *row;
  GtkWidget *time;

  if (known != NULL)
    return GTK_WIDGET (known);

  row = adw_action_row_new ();
  time = gtk_label_new (NULL);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), time);
  g_object_set_data (G_OBJECT (row), "time", time);
  gtk_list_box_append (self->list, row);
  return row;
}

static void
fill_line (RfiConflictStory *self,
           guint             position,
           RfiAuditEntry    *entry)
{
  GtkWidget *row = ensure_line (self, position);
  g_autofree char *detail = NULL;
  g_autofree char *title = rfi_deed_words_audit (self->session, entry, &detail);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_detail = g_markup_escape_text (detail, -1);
  g_autofree char *clock = rfi_format_clock (entry->at);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_detail);
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "time"), clock);
}

static void
drop_lines (RfiConflictStory *self,
            guint             from)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) from)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* @error: (nullable): why nothing can be told */
static void
show_problem (RfiConflictStory *self,
              const GError     *error)
{
  g_autofree char *why = error != NULL ? rfi_error_words (error) : g_strdup ("");
  /* translators: %s is a sentence that says why */
  g_autofree char *words = g_strdup_printf (_("What happened can’t be read. %s"), why);

  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static void list_entries (RfiConflictStory *self);

static void
credited_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiConflictStory) self = user_data;
  g_autoptr(GError) error = NULL;
  int n = rfi_session_credit_history_finish (RFI_SESSION (object), result, &error);

  if (n > 0)
    list_entries (self);
  if (n >= 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_label_set_label (self->problem, _("Who did it can’t be told right now."));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

/* What came without a name may have one at the server. */
static void
credit (RfiConflictStory *self,
        GPtrArray        *entries)
{
  if (self->credited || !rfi_session_has_server_history (self->session))
    return;

  for (guint i = 0; i < entries->len && !self->credited; i++)
    self->credited = ((RfiAuditEntry *) g_ptr_array_index (entries, i))->user_id == NULL;
  if (self->credited)
    rfi_session_credit_history_async (self->session, self->job_id, self->cancellable, credited_cb,
                                      g_object_ref (self));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiConflictStory) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries =
    rfi_session_list_audit_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  drop_lines (self, entries != NULL ? entries->len : 0);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    fill_line (self, i, g_ptr_array_index (entries, i));
  show_problem (self, error);
  gtk_widget_set_visible (GTK_WIDGET (self->list), error == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), error != NULL || entries->len > 0);
  if (entries != NULL)
    credit (self, entries);
}

static void
list_entries (RfiConflictStory *self)
{
  rfi_session_list_audit_async (self->session, self->job_id, MOST_LINES, self->cancellable,
                                listed_cb, g_object_ref (self));
}

void
rfi_conflict_story_show (RfiConflictStory *self,
                         RfiSession       *session,
                         const char       *job_id)
{
  g_return_if_fail (RFI_IS_CONFLICT_STORY (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->session, session);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (session == NULL)
    return;

  g_free (self->job_id);
  self->job_id = g_strdup (job_id);
  self->credited = FALSE;
  self->cancellable = g_cancellable_new ();
  list_entries (self);
}

static void
rfi_conflict_story_dispose (GObject *object)
{
  RfiConflictStory *self = RFI_CONFLICT_STORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->job_id, g_free);

  G_OBJECT_CLASS (rfi_conflict_story_parent_class)->dispose (object);
}

static void
rfi_conflict_story_class_init (RfiConflictStoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_conflict_story_dispose;
}

static void
rfi_conflict_story_init (RfiConflictStory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("What happened"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What happened"), -1);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->problem, 0);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "rfi-error");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
