/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-history"

#include "config.h"

#include "rfi-job-history.h"

#include "rfi-deed-words.h"
#include "rfi-entry-menu.h"
#include "rfi-format.h"
#include "rfi-session-commands.h"
#include "rfi-session-history.h"
#include "rfi-session-records.h"

#include <glib/gi18n.h>

#define MOST_LINES 50
#define FIRST_LINES 4

struct _RfiJobHistory
{
  AdwBin        parent_instance;

  RfiSession   *session;      /* (owned) (nullable) */
  char         *job_id;       /* (owned) (nullable) */
  GPtrArray    *entries;      /* (owned) (nullable) (element-type RfiAuditEntry) */
  GCancellable *cancellable;  /* (owned) (nullable) */
  gint64        credited;     /* the newest line that it was asked of who did it */
  gboolean      asking;       /* the server, for what was before */
  gboolean      show_all;

  GtkListBox   *list;         /* template child */
  GtkButton    *more;         /* template child */
  GtkLabel     *empty;        /* template child */
};

G_DEFINE_FINAL_TYPE (RfiJobHistory, rfi_job_history, ADW_TYPE_BIN)

enum {
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Made anew each time: what is possible changes. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  RfiJobHistory *self =
    RFI_JOB_HISTORY (gtk_widget_get_ancestor (GTK_WIDGET (button), RFI_TYPE_JOB_HISTORY));
  g_autoptr(GMenu) menu = rfi_entry_menu_new (self->session, user_data);

  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GtkWidget *
make_menu_button (RfiAuditEntry *entry)
{
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON,
                                    "icon-name", "view-more-symbolic",
                                    "has-frame", FALSE,
                                    "valign", GTK_ALIGN_CENTER,
                                    "tooltip-text", _("What can be done with this entry"),
                                    NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What can be done with this entry"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_menu_cb,
                                         rfi_audit_entry_ref (entry),
                                         (GDestroyNotify) rfi_audit_entry_unref);
  return button;
}

static GtkWidget *
make_row (RfiJobHistory *self,
          RfiAuditEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *time;
  g_autofree char *detail = NULL;
  g_autofree char *title = rfi_deed_words_audit (self->session, entry, &detail);
  g_autofree char *clock = rfi_format_clock (entry->at);
  g_autofree char *moment = rfi_format_moment (entry->at);
  g_autofree char *avatar_text =
    rfi_format_avatar_text (rfi_deed_words_person (self->session, entry));
  g_autofree char *safe_detail = g_markup_escape_text (detail, -1);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_detail);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             adw_avatar_new (24, avatar_text, entry->user_id != NULL));

  if (entry->pending)
    {
      g_autofree char *words = g_strdup_printf ("%s\n%s", clock, _("queued"));

      time = gtk_label_new (words);
    }
  else
    {
      time = gtk_label_new (clock);
    }
  gtk_label_set_justify (GTK_LABEL (time), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_tooltip_text (time, moment);
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_add_css_class (time, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), time);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_menu_button (entry));
  return row;
}

/* @words: (nullable): below what is listed, if anything is */
static void
say (RfiJobHistory *self,
     const char    *words)
{
  gtk_label_set_label (self->empty, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->empty), words != NULL);
}

static void
fill (RfiJobHistory *self)
{
  guint n_shown = self->show_all ? self->entries->len : MIN (self->entries->len, FIRST_LINES);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (row != NULL)
    {
      gtk_list_box_remove (self->list, row);
      row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
    }
  for (guint i = 0; i < n_shown; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (self->entries, i)));

  gtk_widget_set_visible (GTK_WIDGET (self->list), n_shown > 0);
  say (self, n_shown == 0 && !self->asking
               ? _("Nothing is known yet. What happens from now on is kept here.")
               : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_shown < self->entries->len);
  if (n_shown < self->entries->len)
    {
      g_autofree char *words = g_strdup_printf (_("Show all %u"), self->entries->len);

      gtk_button_set_label (self->more, words);
    }
}

static void
credited_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiJobHistory) self = user_data;
  g_autoptr(GError) error = NULL;
  int n = rfi_session_credit_history_finish (RFI_SESSION (object), result, &error);

  if (n > 0)
    rfi_job_history_reload (self);
  if (n >= 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* What is listed anew takes these words away, and asks again. */
  self->credited = 0;
  say (self, _("Who did it can’t be told right now."));
}

/* What came without a name may have one at the server. */
static void
credit (RfiJobHistory *self)
{
  gint64 newest = self->credited;

  if (self->session == NULL || self->job_id == NULL ||
      !rfi_session_has_server_history (self->session))
    return;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RfiAuditEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->user_id == NULL)
        newest = MAX (newest, entry->id);
    }
  if (newest == self->credited)
    return;

  self->credited = newest;
  rfi_session_credit_history_async (self->session, self->job_id, self->cancellable, credited_cb,
                                    g_object_ref (self));
}

static gboolean
is_whole (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((RfiAuditEntry *) g_ptr_array_index (entries, i))->action == RFI_AUDIT_CREATED)
      return TRUE;

  return FALSE;
}

static void
show (RfiJobHistory *self)
{
  fill (self);
  g_signal_emit (self, signals[LOADED], 0, self->entries);
}

/* The server knows all but what waits here. */
static void
take_over (RfiJobHistory  *self,
           RfiHistoryPart *part)
{
  for (guint i = self->entries->len; i > 0; i--)
    if (!((RfiAuditEntry *) g_ptr_array_index (self->entries, i - 1))->pending)
      g_ptr_array_remove_index (self->entries, i - 1);
  g_ptr_array_extend_and_steal (self->entries, g_steal_pointer (&part->entries));
}

static void
told_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiJobHistory) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiHistoryPart) part =
    rfi_session_query_history_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->asking = FALSE;
  if (part != NULL && part->entries->len > 0)
    take_over (self, part);
  show (self);
  if (part == NULL)
    say (self, _("What was before can’t be asked of the server right now."));
}

/* Of a job that is older than this console's cache only the server knows how it began. */
static void
ask_server (RfiJobHistory *self)
{
  const RfiHistoryQuery query = { .job_id = self->job_id, .limit = MOST_LINES };

  self->asking = TRUE;
  rfi_session_query_history_async (self->session, &query, self->cancellable, told_cb,
                                   g_object_ref (self));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiJobHistory) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *entries = rfi_session_list_audit_finish (RFI_SESSION (object), result, &error);

  if (entries == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, _("The history can’t be read right now."));
      return;
    }

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  if (!is_whole (entries) && rfi_session_has_server_history (self->session))
    ask_server (self);
  else
    credit (self);
  show (self);
}

void
rfi_job_history_reload (RfiJobHistory *self)
{
  g_return_if_fail (RFI_IS_JOB_HISTORY (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->asking = FALSE;
  if (self->job_id == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  rfi_session_list_audit_async (self->session, self->job_id, MOST_LINES, self->cancellable,
                                listed_cb, g_object_ref (self));
}

void
rfi_job_history_set_job (RfiJobHistory *self,
                         RfiSession    *session,
                         const char    *job_id)
{
  g_return_if_fail (RFI_IS_JOB_HISTORY (self));

  g_set_object (&self->session, session);
  g_free (self->job_id);
  self->job_id = g_strdup (job_id);
  self->credited = 0;
  self->show_all = FALSE;
  rfi_job_history_reload (self);
}

static void
more_clicked_cb (RfiJobHistory *self)
{
  self->show_all = TRUE;
  fill (self);
}

static void
whole_clicked_cb (RfiJobHistory *self)
{
  if (self->job_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-history", "(sss)", self->job_id, "",
                                "");
}

static void
rfi_job_history_dispose (GObject *object)
{
  RfiJobHistory *self = RFI_JOB_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->job_id, g_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (rfi_job_history_parent_class)->dispose (object);
}

static void
rfi_job_history_class_init (RfiJobHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_job_history_dispose;

  signals[LOADED] = g_signal_new ("loaded", RFI_TYPE_JOB_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/detail/rfi-job-history.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiJobHistory, list);
  gtk_widget_class_bind_template_child (widget_class, RfiJobHistory, more);
  gtk_widget_class_bind_template_child (widget_class, RfiJobHistory, empty);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, whole_clicked_cb);
}

static void
rfi_job_history_init (RfiJobHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
