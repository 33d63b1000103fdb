/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-new-job-dialog"

#include "config.h"

#include "rfi-new-job-dialog.h"

#include "rfi-error-words.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiNewJobDialog
{
  AdwWindow     parent_instance;

  RfiSession   *session;              /* (owned) */
  GCancellable *cancellable;          /* (owned): of the job's creation */

  AdwEntryRow  *rows[RFI_N_CONTRACT_FIELDS];  /* template children; %NULL: another asks */
  AdwComboRow  *priority;             /* template child */
  GtkTextView  *description;          /* template child */
  GtkWidget    *description_frame;    /* template child */
  AdwComboRow  *vendor;               /* template child */
  AdwComboRow  *technician;           /* template child */
  GtkListBox   *people;               /* template child */
  GtkButton    *create;               /* template child */
  GtkLabel     *problem;              /* template child */
  GtkLabel     *offline_note;         /* template child */

  GPtrArray    *technicians;          /* (owned) (element-type RfiUser): after "Nobody yet" */
};

G_DEFINE_FINAL_TYPE (RfiNewJobDialog, rfi_new_job_dialog, ADW_TYPE_WINDOW)

enum {
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct {
  RfiField    field;
  const char *child;
} text_rows[] = {
  { RFI_FIELD_TITLE, "title" },      { RFI_FIELD_STORE_NAME, "store_name" },
  { RFI_FIELD_ADDRESS, "address" },  { RFI_FIELD_CITY, "city" },
  { RFI_FIELD_STATE, "state" },      { RFI_FIELD_ZIP_CODE, "zip_code" },
};

/* Fields in the order in which a person meets them, so that the first problem is shown
 * first.
 */
static const RfiField asked[] = {
  RFI_FIELD_TITLE,   RFI_FIELD_DESCRIPTION, RFI_FIELD_STORE_NAME, RFI_FIELD_ADDRESS,
  RFI_FIELD_CITY,    RFI_FIELD_STATE,       RFI_FIELD_ZIP_CODE,
};

static GtkWidget *
get_widget (RfiNewJobDialog *self,
            RfiField         field)
{
  return field == RFI_FIELD_DESCRIPTION ? self->description_frame : GTK_WIDGET (self->rows[field]);
}

/* Returns: (transfer full) */
static char *
get_value (RfiNewJobDialog *self,
           RfiField         field)
{
  char *text;

  if (field == RFI_FIELD_DESCRIPTION)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description);
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  else
    {
      text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[field])));
    }

  return g_strstrip (text);
}

/* @words: (nullable) */
static void
show_problem (RfiNewJobDialog *self,
              const char      *words)
{
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static void
field_changed_cb (GtkWidget       *widget,
                  RfiNewJobDialog *self)
{
  gtk_widget_remove_css_class (widget, "error");
}

static void
description_changed_cb (RfiNewJobDialog *self)
{
  gtk_widget_remove_css_class (self->description_frame, "error");
}

/* Returns: (transfer none) (nullable): the vendor the job is for */
static const char *
get_vendor_id (RfiNewJobDialog *self)
{
  RfiUser *user = rfi_session_get_user (self->session);
  RfiRecordItem *item;

  if (user->vendor_id != NULL)
    return user->vendor_id;

  item = adw_combo_row_get_selected_item (self->vendor);
  return item != NULL ? ((RfiUser *) rfi_record_item_get (item))->vendor_id : NULL;
}

/* Returns: (transfer full) (nullable): %NULL if something is wrong, which is then shown */
static RfiPatch *
collect (RfiNewJobDialog *self)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiPriority priority =
    (RfiPriority) (RFI_N_PRIORITIES - 1 - adw_combo_row_get_selected (self->priority));
  guint technician = adw_combo_row_get_selected (self->technician);

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *value = get_value (self, asked[i]);
      RfiFieldProblem problem = rfi_field_check (asked[i], value);

      if (problem != RFI_FIELD_OK)
        {
          g_autofree char *words = rfi_words_field_problem (asked[i], problem);

          show_problem (self, words);
          gtk_widget_add_css_class (get_widget (self, asked[i]), "error");
          gtk_widget_grab_focus (asked[i] == RFI_FIELD_DESCRIPTION
                                   ? GTK_WIDGET (self->description)
                                   : get_widget (self, asked[i]));
          return NULL;
        }

      rfi_patch_set (patch, asked[i], value);
    }

  rfi_patch_set (patch, RFI_FIELD_PRIORITY, rfi_priority_to_string (priority));
  if (technician > 0 && technician <= self->technicians->len)
    {
      RfiUser *chosen = g_ptr_array_index (self->technicians, technician - 1);

      rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, chosen->id);
    }

  return g_steal_pointer (&patch);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiNewJobDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = rfi_session_create_job_finish (RFI_SESSION (object), result, &error);

  if (id == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_autofree char *words = rfi_error_words (error);

          show_problem (self, words);
          gtk_widget_set_sensitive (GTK_WIDGET (self->create), TRUE);
        }
      return;
    }

  g_signal_emit (self, signals[CREATED], 0, id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
create_clicked_cb (RfiNewJobDialog *self)
{
  const char *vendor_id = get_vendor_id (self);
  g_autoptr(RfiPatch) patch = NULL;

  if (vendor_id == NULL)
    {
      show_problem (self, _("Choose the vendor the job is for."));
      gtk_widget_grab_focus (GTK_WIDGET (self->vendor));
      return;
    }

  patch = collect (self);
  if (patch == NULL)
    return;

  show_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->create), FALSE);
  rfi_session_create_job_async (self->session, patch, vendor_id, self->cancellable, created_cb,
                                g_object_ref (self));
}

/* "Nobody yet", then the technicians of the chosen vendor. */
static void
fill_technicians (RfiNewJobDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *all = rfi_session_get_technicians (self->session);
  const char *vendor_id = get_vendor_id (self);

  g_ptr_array_set_size (self->technicians, 0);
  gtk_string_list_append (names, _("Nobody yet"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (all, i);
      RfiUser *technician = rfi_record_item_get (item);

      if (g_strcmp0 (technician->vendor_id, vendor_id) == 0)
        {
          g_ptr_array_add (self->technicians, rfi_user_ref (technician));
          gtk_string_list_append (names, technician->display_name);
        }
    }

  adw_combo_row_set_model (self->technician, G_LIST_MODEL (names));
}

static char *
get_vendor_name_cb (GObject       *object,
                    RfiRecordItem *item)
{
  RfiUser *vendor = item != NULL ? rfi_record_item_get (item) : NULL;

  return g_strdup (vendor != NULL ? vendor->display_name : "");
}

static void
fill_vendors (RfiNewJobDialog *self)
{
  gboolean is_admin = rfi_session_get_user (self->session)->vendor_id == NULL;
  g_autoptr(GtkExpression) name =
    gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_vendor_name_cb),
                                 NULL, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->vendor), is_admin);
  if (!is_admin)
    return;

  adw_combo_row_set_expression (self->vendor, name);
  adw_combo_row_set_model (self->vendor, rfi_session_get_vendors (self->session));
}

/* Assigning needs the network; creating does not. */
static void
online_changed_cb (RfiNewJobDialog *self)
{
  gboolean online = rfi_session_get_online (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->offline_note), !online);
  gtk_widget_set_sensitive (GTK_WIDGET (self->technician), online);
  if (!online)
    adw_combo_row_set_selected (self->technician, 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->technician),
                               online ? NULL : rfi_words_verdict (RFI_VERDICT_NEEDS_CONNECTION));
}

static void
rfi_new_job_dialog_dispose (GObject *object)
{
  RfiNewJobDialog *self = RFI_NEW_JOB_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rfi_new_job_dialog_parent_class)->dispose (object);
}

static void
rfi_new_job_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (RFI_NEW_JOB_DIALOG (object)->technicians);

  G_OBJECT_CLASS (rfi_new_job_dialog_parent_class)->finalize (object);
}

static void
rfi_new_job_dialog_class_init (RfiNewJobDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_new_job_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_new_job_dialog_finalize;

  signals[CREATED] = g_signal_new ("created", RFI_TYPE_NEW_JOB_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/jobs/rfi-new-job-dialog.ui");
  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, text_rows[i].child, FALSE,
      (gssize) (G_STRUCT_OFFSET (RfiNewJobDialog, rows) +
                text_rows[i].field * sizeof (AdwEntryRow *)));
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, description);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, description_frame);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, vendor);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, technician);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, people);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, create);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiNewJobDialog, offline_note);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_technicians);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_new_job_dialog_init (RfiNewJobDialog *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  self->technicians = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = RFI_N_PRIORITIES; i > 0; i--)
    gtk_string_list_append (words, rfi_words_priority ((RfiPriority) (i - 1)));
  adw_combo_row_set_model (self->priority, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->priority, RFI_N_PRIORITIES - 1 - RFI_PRIORITY_MEDIUM);
  g_signal_connect_object (gtk_text_view_get_buffer (self->description), "changed",
                           G_CALLBACK (description_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
rfi_new_job_dialog_new (RfiSession *session,
                        GtkWindow  *parent)
{
  RfiNewJobDialog *self = g_object_new (RFI_TYPE_NEW_JOB_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  fill_vendors (self);
  fill_technicians (self);
  g_signal_connect_object (session, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_SWAPPED);
  online_changed_cb (self);
  return GTK_WIDGET (self);
}
