/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-vendor-move"

#include "config.h"

#include "rfi-vendor-move.h"

#include "rfi-error-words.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"
#include "rfi-wrap-layout.h"

#include <glib/gi18n.h>

struct _RfiVendorMove
{
  GtkBox       parent_instance;

  RfiSession  *session;  /* (owned) (nullable) */
  RfiJobItem  *item;     /* (owned) (nullable) */
  gboolean     sending;

  GtkDropDown *vendors;  /* template children, from here on */
  GtkWidget   *move;
  GtkLabel    *move_label;
  GtkLabel    *loses;
};

enum {
  MOVED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiVendorMove, rfi_vendor_move, GTK_TYPE_BOX)

/* (nullable): no other vendor is chosen */
static RfiUser *
get_chosen (RfiVendorMove *self)
{
  RfiRecordItem *item = gtk_drop_down_get_selected_item (self->vendors);
  RfiUser *vendor = item != NULL ? rfi_record_item_get (item) : NULL;
  RfiJob *job = rfi_job_item_get_job (self->item);

  return vendor != NULL && g_strcmp0 (vendor->vendor_id, job->vendor_id) != 0 ? vendor : NULL;
}

static guint
find_vendor (RfiVendorMove *self,
             const char    *vendor_id)
{
  GListModel *vendors = rfi_session_get_vendors (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (vendors); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (vendors, i);
      RfiUser *vendor = rfi_record_item_get (item);

      if (g_strcmp0 (vendor->vendor_id, vendor_id) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* Returns: (transfer full) */
static char *
describe_loss (RfiVendorMove *self,
               RfiUser       *vendor)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  const char *from = rfi_session_get_vendor_name (self->session, job->vendor_id);

  if (job->assigned_to == NULL)
    /* translators: the vendor that has the job, and the one that is to get it */
    return g_strdup_printf (_("%1$s loses sight of this job, and %2$s gets it. This can’t be "
                              "taken back; only moved again."), from, vendor->display_name);

  /* translators: the vendor that has the job, the one that is to get it, and a technician */
  return g_strdup_printf (_("%1$s loses sight of this job, %3$s loses it, and %2$s gets it. This "
                            "can’t be taken back; only moved again."), from, vendor->display_name,
                          rfi_session_get_name (self->session, job->assigned_to));
}

static void
show (RfiVendorMove *self)
{
  const char *job_id = rfi_job_item_get_id (self->item);
  RfiUser *chosen = get_chosen (self);
  gboolean gone = rfi_job_item_get_gone (self->item);
  RfiVerdict verdict = rfi_session_check_move (self->session, job_id);
  const char *reason = gone || verdict == RFI_VERDICT_OK ? NULL : rfi_words_verdict (verdict);
  g_autofree char *loss = chosen != NULL ? describe_loss (self, chosen) : NULL;
  /* translators: %s is a vendor */
  g_autofree char *label =
    chosen != NULL ? g_strdup_printf (_("_Move to %s"), chosen->display_name) : NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->vendors), reason == NULL && !gone && !self->sending);
  gtk_label_set_label (self->loses, reason != NULL ? reason : loss != NULL ? loss : "");
  gtk_widget_set_visible (GTK_WIDGET (self->loses), reason != NULL || loss != NULL);
  gtk_label_set_label (self->move_label, label != NULL ? label : "");
  gtk_widget_set_visible (self->move, chosen != NULL);
  gtk_widget_set_sensitive (self->move, reason == NULL && !gone && !self->sending);
}

/* It went elsewhere while somebody was choosing: what is chosen stays chosen. */
static void
job_changed_cb (RfiVendorMove *self)
{
  if (!self->sending)
    show (self);
}

static void
chosen_cb (RfiVendorMove *self)
{
  if (self->item != NULL)
    show (self);
}

static void
moved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiVendorMove) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  self->sending = FALSE;
  if (rfi_session_command_finish (RFI_SESSION (object), result, &error))
    {
      g_signal_emit (self, signals[MOVED], 0);
      return;
    }
  /* The dialog may be closed by now. */
  if (self->item == NULL)
    return;

  show (self);
  words = rfi_error_words (error);
  g_signal_emit (self, signals[FAILED], 0, words);
}

static void
move_clicked_cb (RfiVendorMove *self)
{
  RfiUser *chosen = get_chosen (self);

  if (chosen == NULL)
    return;

  self->sending = TRUE;
  show (self);
  rfi_session_move_async (self->session, rfi_job_item_get_id (self->item), chosen->vendor_id,
                          moved_cb, g_object_ref (self));
}

static char *
get_name_cb (RfiRecordItem *item)
{
  RfiUser *vendor = item != NULL ? rfi_record_item_get (item) : NULL;

  return g_strdup (vendor != NULL ? vendor->display_name : "");
}

static void
rfi_vendor_move_dispose (GObject *object)
{
  RfiVendorMove *self = RFI_VENDOR_MOVE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_VENDOR_MOVE);
  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_vendor_move_parent_class)->dispose (object);
}

static void
rfi_vendor_move_class_init (RfiVendorMoveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_vendor_move_dispose;

  signals[MOVED] = g_signal_new ("moved", RFI_TYPE_VENDOR_MOVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", RFI_TYPE_VENDOR_MOVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RFI_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/assign/rfi-vendor-move.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiVendorMove, vendors);
  gtk_widget_class_bind_template_child (widget_class, RfiVendorMove, move);
  gtk_widget_class_bind_template_child (widget_class, RfiVendorMove, move_label);
  gtk_widget_class_bind_template_child (widget_class, RfiVendorMove, loses);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_clicked_cb);
}

static void
rfi_vendor_move_init (RfiVendorMove *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rfi_vendor_move_set_job (RfiVendorMove *self,
                         RfiSession    *session,
                         RfiJobItem    *item)
{
  gboolean is_admin = rfi_session_get_user (session)->role == RFI_ROLE_ADMIN;
  g_autoptr(GtkExpression) name = NULL;

  g_return_if_fail (RFI_IS_VENDOR_MOVE (self));
  g_return_if_fail (self->item == NULL);

  gtk_widget_set_visible (GTK_WIDGET (self), is_admin);
  if (!is_admin)
    return;

  self->session = g_object_ref (session);
  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_name_cb),
                                      NULL, NULL);
  gtk_drop_down_set_expression (self->vendors, name);
  gtk_drop_down_set_model (self->vendors, rfi_session_get_vendors (session));
  gtk_drop_down_set_selected (self->vendors,
                              find_vendor (self, rfi_job_item_get_job (item)->vendor_id));
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::gone", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::online", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show (self);
}
