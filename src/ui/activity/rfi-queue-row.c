/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-queue-row"

#include "config.h"

#include "rfi-queue-row.h"

#include "rfi-deed-words.h"
#include "rfi-format.h"
#include "rfi-job-table.h"
#include "rfi-pill.h"
#include "rfi-queue-state.h"
#include "rfi-wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _RfiQueueRow
{
  GtkListBoxRow   parent_instance;

  RfiSession     *session;   /* (owned) */
  RfiRecordItem  *item;      /* (owned): of an RfiOperation */

  GtkImage       *icon;      /* template children, from here on */
  GtkLabel       *deed;
  RfiPill        *state;
  GtkLabel       *why;
  GtkProgressBar *progress;
  GtkLabel       *when;
  GtkWidget      *retry;
  GtkWidget      *resolve;
  GtkWidget      *discard;
};

G_DEFINE_FINAL_TYPE (RfiQueueRow, rfi_queue_row, GTK_TYPE_LIST_BOX_ROW)

static RfiOperation *
get_operation (RfiQueueRow *self)
{
  return rfi_record_item_get (self->item);
}

/* What can be done, by where the change stands; the plainest of it is a button. */
static void
update_actions (RfiQueueRow   *self,
                RfiQueueState  state)
{
  GtkWidget *widget = GTK_WIDGET (self);
  RfiOperation *operation = get_operation (self);
  gboolean lost = g_strcmp0 (operation->error_code, RFI_OPERATION_LOST) == 0;
  gboolean retry = state == RFI_QUEUE_RETRYING || (state == RFI_QUEUE_FAILED && !lost);
  gboolean conflict = state == RFI_QUEUE_CONFLICT;

  gtk_widget_action_set_enabled (widget, "change.retry", retry);
  gtk_widget_action_set_enabled (widget, "change.resolve", conflict);
  gtk_widget_action_set_enabled (widget, "change.discard",
                                 !conflict && state != RFI_QUEUE_SENDING);
  gtk_widget_action_set_enabled (
    widget, "change.show-job",
    rfi_job_table_lookup (rfi_session_get_jobs (self->session), operation->job_id) != NULL);
  gtk_widget_set_visible (self->retry, retry);
  gtk_widget_set_visible (self->resolve, conflict);
  gtk_widget_set_visible (self->discard, state == RFI_QUEUE_FAILED);
}

static void
update_progress (RfiQueueRow   *self,
                 RfiQueueState  state)
{
  RfiSyncState *sync = rfi_session_get_sync_state (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == RFI_QUEUE_SENDING);
  if (state == RFI_QUEUE_SENDING)
    gtk_progress_bar_set_fraction (self->progress, sync->sending_fraction);
}

void
rfi_queue_row_update (RfiQueueRow *self)
{
  RfiOperation *operation;
  RfiOperation *before;
  RfiQueueState state;
  g_autofree char *deed = NULL;
  g_autofree char *word = NULL;
  g_autofree char *why = NULL;
  g_autofree char *when = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (RFI_IS_QUEUE_ROW (self));

  operation = get_operation (self);
  state = rfi_queue_state_get (self->session, operation, g_get_real_time () / 1000, &before);
  deed = rfi_deed_words_operation (self->session, operation);
  word = rfi_queue_state_word (state, operation);
  why = rfi_queue_state_why (state, operation, before);
  when = rfi_format_age (operation->created_at);

  gtk_image_set_from_icon_name (self->icon, rfi_queue_state_icon (state));
  gtk_label_set_label (self->deed, deed);
  rfi_pill_set (self->state, NULL, word, rfi_queue_state_class (state));
  gtk_label_set_label (self->why, why);
  gtk_widget_set_visible (GTK_WIDGET (self->why), *why != '\0');
  gtk_label_set_label (self->when, when);
  update_progress (self, state);
  update_actions (self, state);

  description = g_strdup_printf ("%s. %s", word, why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, deed,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  RfiQueueRow *self = RFI_QUEUE_ROW (widget);

  rfi_session_retry (self->session, get_operation (self)->id);
}

static void
show_job_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.show-job", "s",
                              get_operation (RFI_QUEUE_ROW (widget))->job_id);
}

/* The conflict that @operation is in. Returns: (transfer full) (nullable) */
static char *
find_conflict (RfiSession   *session,
               RfiOperation *operation)
{
  GListModel *conflicts = rfi_session_get_conflicts (session);

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (conflicts, i);
      RfiConflict *conflict = rfi_record_item_get (item);

      if (g_str_equal (conflict->operation->id, operation->id))
        return g_strdup (conflict->id);
    }

  return NULL;
}

static void
resolve_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  RfiQueueRow *self = RFI_QUEUE_ROW (widget);
  g_autofree char *id = find_conflict (self->session, get_operation (self));

  gtk_widget_activate_action (widget, "win.show-conflict", "s", id != NULL ? id : "");
}

static void
discard_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     RfiQueueRow      *self)
{
  if (g_str_equal (response, "discard"))
    rfi_session_discard (self->session, get_operation (self)->id);
}

/* What is lost, to the person who has to decide. */
static char *
loss_words (RfiQueueRow *self)
{
  RfiOperation *operation = get_operation (self);
  g_autofree char *deed = rfi_deed_words_operation (self->session, operation);
  const char *loss;

  switch (operation->kind)
    {
    case RFI_OPERATION_CREATE:
      loss = _("The new job and every later change of it are given up: the server never had it.");
      break;
    case RFI_OPERATION_ADD_PHOTO:
      loss = _("The copy of the photo that waits here is deleted; the file it came from stays.");
      break;
    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_SET_STATUS:
    case RFI_OPERATION_ASSIGN:
    case RFI_OPERATION_DELETE:
    case RFI_OPERATION_DELETE_PHOTO:
    case RFI_OPERATION_RESOLVE:
    case RFI_OPERATION_VOID:
    case RFI_OPERATION_MOVE:
    default:
      loss = _("The job shows the server’s version again. What you set stays readable in the "
               "history.");
      break;
    }

  if (operation->maybe_applied)
    /* translators: what a change would do, what its loss means */
    return g_strdup_printf (_("“%s” is not sent again. An earlier try may have reached the server, "
                              "which can’t be taken back. %s"), deed, loss);

  /* translators: what a change would do, what its loss means */
  return g_strdup_printf (_("“%s” is not sent. %s"), deed, loss);
}

static void
discard_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  RfiQueueRow *self = RFI_QUEUE_ROW (widget);
  g_autofree char *body = loss_words (self);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                              _("Discard This Change?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Keep It"),
                                    "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rfi_queue_row_dispose (GObject *object)
{
  RfiQueueRow *self = RFI_QUEUE_ROW (object);

  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_queue_row_parent_class)->dispose (object);
}

static void
rfi_queue_row_class_init (RfiQueueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_queue_row_dispose;

  gtk_widget_class_install_action (widget_class, "change.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "change.discard", NULL, discard_cb);
  gtk_widget_class_install_action (widget_class, "change.show-job", NULL, show_job_cb);
  gtk_widget_class_install_action (widget_class, "change.resolve", NULL, resolve_cb);

  g_type_ensure (RFI_TYPE_PILL);
  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/activity/rfi-queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, deed);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, state);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, why);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, progress);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, when);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, retry);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, resolve);
  gtk_widget_class_bind_template_child (widget_class, RfiQueueRow, discard);
}

static void
rfi_queue_row_init (RfiQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rfi_queue_row_new (RfiSession    *session,
                   RfiRecordItem *item)
{
  RfiQueueRow *self = g_object_new (RFI_TYPE_QUEUE_ROW, NULL);
  g_autofree char *moment = NULL;

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  /* Never changes, and every setting asks the display where the pointer is. */
  moment = rfi_format_moment (get_operation (self)->created_at);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->when), moment);
  g_signal_connect_object (item, "notify::record", G_CALLBACK (rfi_queue_row_update), self,
                           G_CONNECT_SWAPPED);
  rfi_queue_row_update (self);
  return GTK_WIDGET (self);
}
