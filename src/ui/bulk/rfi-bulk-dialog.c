/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bulk-dialog"

#include "config.h"

#include "rfi-bulk-dialog.h"

#include "rfi-bulk-group.h"
#include "rfi-job-item.h"
#include "rfi-undo-words.h"

#include <glib/gi18n.h>

/* Of more jobs in a group the rest is counted. */
#define MAX_ROWS 100

/* So few are seen at once when the dialog opens. */
#define FEW_ROWS 12

typedef enum {
  STAGE_PREVIEW,
  STAGE_RUNNING,
  STAGE_RESULT,
} Stage;

struct _RfiBulkDialog
{
  AdwWindow       parent_instance;

  RfiBulk        *bulk;         /* (owned) */
  GCancellable   *cancellable;  /* (owned) (nullable): of the run */
  Stage           stage;
  guint           n_wanted;     /* to be done in this run */
  guint           open;         /* bits: which of the groups are */
  guint           update_source;

  AdwWindowTitle *title;        /* template children, from here on */
  GtkButton      *close;
  GtkButton      *stop;
  GtkButton      *run;
  GtkButton      *retry;
  GtkLabel       *heading;
  GtkLabel       *summary;
  GtkLabel       *warning;
  GtkWidget      *progress;
  GtkListBox     *groups;
  GtkWidget      *undo;
};

G_DEFINE_FINAL_TYPE (RfiBulkDialog, rfi_bulk_dialog, ADW_TYPE_WINDOW)

static gboolean
cancels (RfiBulkDialog *self)
{
  return g_strcmp0 (rfi_patch_get (rfi_bulk_get_patch (self->bulk), RFI_FIELD_STATUS),
                    rfi_status_to_string (RFI_STATUS_CANCELLED)) == 0;
}

/* The lists */

static void
add_job (AdwExpanderRow *group,
         RfiBulkEntry   *entry)
{
  const RfiJob *job = rfi_job_item_get_job (rfi_bulk_entry_get_item (entry));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (job->title, -1);
  /* translators: a store and its city */
  g_autofree char *place = g_strdup_printf (_("%s · %s"), job->store_name, job->city);
  g_autofree char *subtitle = g_markup_escape_text (place, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (group, row);
}

static void
add_rest (AdwExpanderRow *group,
          guint           n_jobs)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title =
    g_strdup_printf (ngettext ("and %u more", "and %u more", n_jobs), n_jobs);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_row (group, row);
}

static const char *
get_icon (RfiBulkGroupKind kind)
{
  static const char * const icons[] = {
    [RFI_BULK_GROUP_READY] = "status-pending-symbolic",
    [RFI_BULK_GROUP_DONE] = "status-completed-symbolic",
    [RFI_BULK_GROUP_REFUSED] = "sync-failed-symbolic",
    [RFI_BULK_GROUP_LEFT] = "status-pending-symbolic",
    [RFI_BULK_GROUP_SAME] = "status-completed-symbolic",
  };

  return icons[kind];
}

static void
add_group (RfiBulkDialog *self,
           RfiBulkGroup  *group)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *reason = g_markup_escape_text (group->reason, -1);
  guint n_rows = MIN (group->entries->len, MAX_ROWS);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), group->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), reason);
  adw_expander_row_set_icon_name (ADW_EXPANDER_ROW (row), get_icon (group->kind));
  for (guint i = 0; i < n_rows; i++)
    add_job (ADW_EXPANDER_ROW (row), g_ptr_array_index (group->entries, i));
  if (group->entries->len > n_rows)
    add_rest (ADW_EXPANDER_ROW (row), group->entries->len - n_rows);
  gtk_list_box_append (self->groups, row);
}

static void
remember_open (RfiBulkDialog *self)
{
  GtkListBoxRow *row;

  for (int i = 0; i < 32 && (row = gtk_list_box_get_row_at_index (self->groups, i)) != NULL; i++)
    if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
      self->open |= 1u << i;
    else
      self->open &= ~(1u << i);
}

/* What was open stays open: it is known by its place among the others. */
static void
show_groups (RfiBulkDialog *self)
{
  g_autoptr(GPtrArray) groups = rfi_bulk_group_list (self->bulk, self->stage != STAGE_PREVIEW);
  g_autofree char *summary = rfi_bulk_group_summarise (groups);
  GtkListBoxRow *row;

  remember_open (self);
  while ((row = gtk_list_box_get_row_at_index (self->groups, 0)) != NULL)
    gtk_list_box_remove (self->groups, GTK_WIDGET (row));

  gtk_label_set_label (self->summary, summary);
  for (guint i = 0; i < groups->len; i++)
    {
      add_group (self, g_ptr_array_index (groups, i));
      row = gtk_list_box_get_row_at_index (self->groups, (int) i);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row),
                                     i < 32 && (self->open & 1u << i) != 0);
    }
}

/* The stages */

static guint
count_done (RfiBulkDialog *self)
{
  return rfi_bulk_count (self->bulk, RFI_BULK_KEPT) +
         rfi_bulk_count (self->bulk, RFI_BULK_CONFIRMED);
}

static void
show_progress (RfiBulkDialog *self)
{
  guint n_left = rfi_bulk_count (self->bulk, RFI_BULK_READY) +
                 rfi_bulk_count (self->bulk, RFI_BULK_RUNNING);
  guint n_done = self->n_wanted > n_left ? self->n_wanted - n_left : 0;
  /* translators: how far it is: "7 of 18" */
  g_autofree char *words = g_strdup_printf (_("%u of %u"), n_done, self->n_wanted);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 self->n_wanted > 0 ? (double) n_done / self->n_wanted : 0);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress), words);
}

static void
show_run_button (RfiBulkDialog *self)
{
  guint n = rfi_bulk_count (self->bulk, RFI_BULK_READY);
  g_autofree char *label = NULL;

  if (cancels (self))
    label = g_strdup_printf (ngettext ("_Cancel %u Job", "_Cancel %u Jobs", n), n);
  else if (rfi_bulk_get_kind (self->bulk) == RFI_OPERATION_ASSIGN)
    label = g_strdup_printf (ngettext ("_Assign %u Job", "_Assign %u Jobs", n), n);
  else
    label = g_strdup_printf (ngettext ("_Change %u Job", "_Change %u Jobs", n), n);
  gtk_button_set_label (self->run, label);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->run)), PANGO_ELLIPSIZE_END);
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), n > 0);
}

static gboolean
can_retry (RfiBulkDialog *self)
{
  return rfi_bulk_count (self->bulk, RFI_BULK_REFUSED) +
         rfi_bulk_count (self->bulk, RFI_BULK_FAILED) +
         rfi_bulk_count (self->bulk, RFI_BULK_READY) > 0;
}

static gboolean
can_undo (RfiBulkDialog *self)
{
  return count_done (self) > 0 && !cancels (self) &&
         rfi_bulk_get_done_step (self->bulk) != NULL;
}

static void
update (RfiBulkDialog *self)
{
  static const char * const titles[] = {
    [STAGE_PREVIEW] = N_("Preview"),
    [STAGE_RUNNING] = N_("Under Way"),
    [STAGE_RESULT] = N_("Result"),
  };
  Stage stage = self->stage;

  adw_window_title_set_title (self->title, _(titles[stage]));
  gtk_widget_set_visible (GTK_WIDGET (self->close), stage != STAGE_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), stage == STAGE_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->run), stage == STAGE_PREVIEW);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), stage == STAGE_RESULT && can_retry (self));
  gtk_widget_set_visible (self->undo, stage == STAGE_RESULT && can_undo (self));
  gtk_widget_set_visible (self->progress, stage == STAGE_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), stage != STAGE_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->groups), stage != STAGE_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), stage == STAGE_PREVIEW && cancels (self));
  gtk_button_set_label (self->close, stage == STAGE_RESULT ? _("_Close")
                                     : cancels (self)      ? _("_Keep Jobs")
                                                           : _("_Cancel"));
  if (stage == STAGE_RUNNING)
    show_progress (self);
  else
    show_groups (self);
  if (stage == STAGE_PREVIEW)
    show_run_button (self);
}

static void
update_cb (gpointer user_data)
{
  RfiBulkDialog *self = user_data;

  self->update_source = 0;
  update (self);
}

/* Many entries change between two frames. */
static void
progress_cb (RfiBulkDialog *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_once (update_cb, self);
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(RfiBulkDialog) self = user_data;

  rfi_bulk_run_finish (RFI_BULK (object), result);
  g_clear_object (&self->cancellable);
  if (self->title == NULL)
    return;

  self->stage = STAGE_RESULT;
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->close));
}

static void
begin (RfiBulkDialog *self,
       guint          n_wanted)
{
  self->stage = STAGE_RUNNING;
  self->n_wanted = n_wanted;
  self->cancellable = g_cancellable_new ();
  update (self);
}

static void
run_clicked_cb (RfiBulkDialog *self)
{
  begin (self, rfi_bulk_count (self->bulk, RFI_BULK_READY));
  rfi_bulk_run_async (self->bulk, FALSE, self->cancellable, ran_cb, g_object_ref (self));
}

static void
retry_clicked_cb (RfiBulkDialog *self)
{
  begin (self, rfi_bulk_count (self->bulk, RFI_BULK_REFUSED) +
               rfi_bulk_count (self->bulk, RFI_BULK_READY));
  rfi_bulk_retry_async (self->bulk, self->cancellable, ran_cb, g_object_ref (self));
}

static void
stop_clicked_cb (RfiBulkDialog *self)
{
  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  rfi_bulk_stop (self->bulk);
}

static void
undo_clicked_cb (RfiBulkDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.undo", NULL);
  gtk_window_close (GTK_WINDOW (self));
}

/* While it runs, closing means to stop: what came of it is shown first. */
static gboolean
rfi_bulk_dialog_close_request (GtkWindow *window)
{
  RfiBulkDialog *self = RFI_BULK_DIALOG (window);

  if (self->stage == STAGE_RUNNING)
    {
      stop_clicked_cb (self);
      return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (rfi_bulk_dialog_parent_class)->close_request (window);
}

static void
rfi_bulk_dialog_dispose (GObject *object)
{
  RfiBulkDialog *self = RFI_BULK_DIALOG (object);

  if (self->cancellable != NULL)
    stop_clicked_cb (self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->bulk != NULL)
    g_signal_handlers_disconnect_by_data (self->bulk, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_BULK_DIALOG);

  G_OBJECT_CLASS (rfi_bulk_dialog_parent_class)->dispose (object);
}

static void
rfi_bulk_dialog_finalize (GObject *object)
{
  RfiBulkDialog *self = RFI_BULK_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->bulk);

  G_OBJECT_CLASS (rfi_bulk_dialog_parent_class)->finalize (object);
}

static void
rfi_bulk_dialog_class_init (RfiBulkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_bulk_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_bulk_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = rfi_bulk_dialog_close_request;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/bulk/rfi-bulk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, close);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, stop);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, run);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, retry);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, groups);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkDialog, undo);
  gtk_widget_class_bind_template_callback (widget_class, run_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_bulk_dialog_init (RfiBulkDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What the rules say may change while somebody reads. */
static void
online_cb (RfiBulkDialog *self)
{
  if (self->stage == STAGE_PREVIEW)
    rfi_bulk_check (self->bulk);
}

GtkWidget *
rfi_bulk_dialog_new (RfiBulk   *bulk,
                     GtkWindow *parent)
{
  RfiBulkDialog *self = g_object_new (RFI_TYPE_BULK_DIALOG, "transient-for", parent, NULL);
  g_autofree char *heading =
    rfi_undo_words_change (rfi_bulk_get_session (bulk), rfi_bulk_get_kind (bulk),
                           rfi_bulk_get_patch (bulk),
                           g_list_model_get_n_items (rfi_bulk_get_entries (bulk)));

  self->bulk = g_object_ref (bulk);
  self->open = g_list_model_get_n_items (rfi_bulk_get_entries (bulk)) <= FEW_ROWS ? 1 : 0;
  gtk_label_set_label (self->heading, heading);
  if (cancels (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->run), "destructive-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->run), "suggested-action");
  g_signal_connect_object (bulk, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rfi_bulk_get_session (bulk), "notify::online", G_CALLBACK (online_cb),
                           self, G_CONNECT_SWAPPED);
  update (self);
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 cancels (self) ? GTK_WIDGET (self->close)
                                                : GTK_WIDGET (self->run));
  return GTK_WIDGET (self);
}
