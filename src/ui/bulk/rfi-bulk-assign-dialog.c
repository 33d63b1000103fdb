/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bulk-assign-dialog"

#include "config.h"

#include "rfi-bulk-assign-dialog.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-record-item.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RfiBulkAssignDialog
{
  AdwWindow       parent_instance;

  RfiSession     *session;  /* (owned) */
  GPtrArray      *items;    /* (owned) (element-type RfiJobItem) */
  GHashTable     *fits;     /* (owned) vendor id → how many of @items their people can take */
  GtkFilter      *filter;   /* (owned): those who can take any, and match the search */
  GtkSorter      *sorter;   /* (owned): most jobs first, then the least work, then by name */

  GtkLabel       *heading;  /* template children, from here on */
  GtkSearchEntry *search;
  GtkListView    *list;
  GtkButton      *nobody;
  GtkStack       *stack;
};

G_DEFINE_FINAL_TYPE (RfiBulkAssignDialog, rfi_bulk_assign_dialog, ADW_TYPE_WINDOW)

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
count_fits (RfiBulkAssignDialog *self,
            const char          *technician_id)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += rfi_session_check_assign (self->session,
                                   rfi_job_item_get_id (g_ptr_array_index (self->items, i)),
                                   technician_id) == RFI_VERDICT_OK;
  return n;
}

/* The rules ask only whose people they are, so one of them answers for all of a vendor. */
static guint
get_fits (RfiBulkAssignDialog *self,
          const RfiUser       *technician)
{
  const char *vendor = technician->vendor_id != NULL ? technician->vendor_id : "";
  gpointer n;

  if (!g_hash_table_lookup_extended (self->fits, vendor, NULL, &n))
    {
      n = GUINT_TO_POINTER (count_fits (self, technician->id));
      g_hash_table_insert (self->fits, g_strdup (vendor), n);
    }
  return GPOINTER_TO_UINT (n);
}

static guint
count_open (RfiBulkAssignDialog *self,
            const RfiUser       *technician)
{
  return rfi_job_table_count_open (rfi_session_get_jobs (self->session), technician->id);
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  RfiBulkAssignDialog *self = user_data;
  const RfiUser *technician = rfi_record_item_get (item);
  g_autofree char *wanted = NULL;
  g_autofree char *name = NULL;

  if (technician->inactive || get_fits (self, technician) == 0)
    return FALSE;

  wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  name = g_utf8_casefold (technician->display_name, -1);
  return strstr (name, wanted) != NULL;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  RfiBulkAssignDialog *self = user_data;
  const RfiUser *one = rfi_record_item_get ((gpointer) a);
  const RfiUser *other = rfi_record_item_get ((gpointer) b);
  guint one_fits = get_fits (self, one), other_fits = get_fits (self, other);
  guint one_open = count_open (self, one), other_open = count_open (self, other);

  if (one_fits != other_fits)
    return one_fits > other_fits ? -1 : 1;
  if (one_open != other_open)
    return one_open < other_open ? -1 : 1;
  return g_utf8_collate (one->display_name, other->display_name);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *words = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (words, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "rfi-bulk-technician");
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  user_data)
{
  RfiBulkAssignDialog *self = RFI_BULK_ASSIGN_DIALOG (user_data);
  const RfiUser *technician = rfi_record_item_get (gtk_list_item_get_item (list_item));
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  guint n_open = count_open (self, technician);
  g_autofree char *open = g_strdup_printf (ngettext ("%u open job", "%u open jobs", n_open),
                                           n_open);
  g_autofree char *words =
    /* translators: how many of the selected jobs a technician can take, then "4 open jobs" */
    g_strdup_printf (_("can take %u of %u · %s"), get_fits (self, technician), self->items->len,
                     open);

  gtk_label_set_label (GTK_LABEL (name), technician->display_name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), words);
}

/* @technician_id: "" for nobody */
static void
choose (RfiBulkAssignDialog *self,
        const char          *technician_id)
{
  g_autofree char *id = g_strdup (technician_id);

  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[CHOSEN], 0, id);
  g_object_unref (self);
}

static void
activate_cb (RfiBulkAssignDialog *self,
             guint                position)
{
  g_autoptr(RfiRecordItem) item =
    g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (item != NULL)
    choose (self, ((RfiUser *) rfi_record_item_get (item))->id);
}

static void
nobody_clicked_cb (RfiBulkAssignDialog *self)
{
  choose (self, "");
}

static void
search_changed_cb (RfiBulkAssignDialog *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* Enter takes the first. */
static void
search_activate_cb (RfiBulkAssignDialog *self)
{
  activate_cb (self, 0);
}

/* Down leaves the search for the list. */
static gboolean
key_pressed_cb (RfiBulkAssignDialog *self,
                guint                keyval,
                guint                keycode,
                GdkModifierType      state)
{
  return keyval == GDK_KEY_Down && gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
found_cb (RfiBulkAssignDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (self->list)));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
}

static void
rfi_bulk_assign_dialog_dispose (GObject *object)
{
  RfiBulkAssignDialog *self = RFI_BULK_ASSIGN_DIALOG (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RFI_TYPE_BULK_ASSIGN_DIALOG);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_bulk_assign_dialog_parent_class)->dispose (object);
}

static void
rfi_bulk_assign_dialog_finalize (GObject *object)
{
  RfiBulkAssignDialog *self = RFI_BULK_ASSIGN_DIALOG (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_hash_table_unref (self->fits);

  G_OBJECT_CLASS (rfi_bulk_assign_dialog_parent_class)->finalize (object);
}

static void
rfi_bulk_assign_dialog_class_init (RfiBulkAssignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_bulk_assign_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_bulk_assign_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", RFI_TYPE_BULK_ASSIGN_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/bulk/rfi-bulk-assign-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiBulkAssignDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkAssignDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkAssignDialog, list);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkAssignDialog, nobody);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkAssignDialog, stack);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, nobody_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_bulk_assign_dialog_init (RfiBulkAssignDialog *self)
{
  self->fits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (RfiBulkAssignDialog *self)
{
  GListModel *technicians = g_object_ref (rfi_session_get_technicians (self->session));
  g_autoptr(GtkSingleSelection) selection = NULL;
  GtkFilterListModel *found;
  GtkSortListModel *sorted;

  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
  found = gtk_filter_list_model_new (technicians, g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (found), g_object_ref (self->sorter));
  selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (found_cb), self,
                           G_CONNECT_SWAPPED);
  found_cb (self);
}

GtkWidget *
rfi_bulk_assign_dialog_new (RfiSession *session,
                            GPtrArray  *items,
                            GtkWindow  *parent)
{
  RfiBulkAssignDialog *self =
    g_object_new (RFI_TYPE_BULK_ASSIGN_DIALOG, "transient-for", parent, NULL);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Who does %u job?", "Who does %u jobs?", items->len), items->len);

  self->session = g_object_ref (session);
  self->items = g_ptr_array_ref (items);
  gtk_label_set_label (self->heading, heading);
  gtk_widget_set_sensitive (GTK_WIDGET (self->nobody), count_fits (self, "") > 0);
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GTK_WIDGET (self);
}

GPtrArray *
rfi_bulk_assign_dialog_get_items (RfiBulkAssignDialog *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ASSIGN_DIALOG (self), NULL);

  return self->items;
}
