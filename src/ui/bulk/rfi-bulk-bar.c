/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bulk-bar"

#include "config.h"

#include "rfi-bulk-bar.h"

#include "rfi-fold-layout.h"
#include "rfi-priority.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* With less room than this the words go, in languages with long ones too. */
#define NARROW 720

struct _RfiBulkBar
{
  GtkWidget        parent_instance;

  RfiJobSelection *selection;  /* (owned) (nullable) */

  GtkWidget       *revealer;
  GtkLabel        *count;
  GtkMenuButton   *priority;
  GtkMenuButton   *status;
  GtkWidget       *assign_words;
  GtkWidget       *priority_words;
  GtkWidget       *status_words;
  GtkWidget       *cancel_words;
};

G_DEFINE_FINAL_TYPE (RfiBulkBar, rfi_bulk_bar, GTK_TYPE_WIDGET)

static gboolean
is_narrow (RfiBulkBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  return rfi_fold_layout_get_narrow (RFI_FOLD_LAYOUT (layout));
}

static void
changed_cb (RfiBulkBar *self)
{
  guint n = self->selection != NULL ? rfi_job_selection_get_n (self->selection) : 0;
  g_autofree char *words = NULL;
  g_autofree char *count = NULL;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n > 1);
  if (n < 2)
    return;

  /* translators: how many jobs */
  words = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  count = g_strdup_printf ("%u", n);
  gtk_label_set_label (self->count, is_narrow (self) ? count : words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
narrow_cb (RfiBulkBar *self)
{
  gboolean wide = !is_narrow (self);

  gtk_widget_set_visible (self->assign_words, wide);
  gtk_widget_set_visible (self->priority_words, wide);
  gtk_widget_set_visible (self->status_words, wide);
  gtk_widget_set_visible (self->cancel_words, wide);
  changed_cb (self);
}

static void
fill_menus (RfiBulkBar *self)
{
  static const RfiStatus statuses[] = { RFI_STATUS_IN_PROGRESS, RFI_STATUS_COMPLETED };
  g_autoptr(GMenu) priorities = g_menu_new ();
  g_autoptr(GMenu) steps = g_menu_new ();

  for (int priority = RFI_N_PRIORITIES - 1; priority >= 0; priority--)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (rfi_words_priority (priority), NULL);

      g_menu_item_set_action_and_target (item, "win.bulk-priority", "s",
                                         rfi_priority_to_string (priority));
      g_menu_append_item (priorities, item);
    }
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (rfi_words_status_step (statuses[i]), NULL);

      g_menu_item_set_action_and_target (item, "win.bulk-status", "s",
                                         rfi_status_to_string (statuses[i]));
      g_menu_append_item (steps, item);
    }
  gtk_menu_button_set_menu_model (self->priority, G_MENU_MODEL (priorities));
  gtk_menu_button_set_menu_model (self->status, G_MENU_MODEL (steps));
}

static void
rfi_bulk_bar_dispose (GObject *object)
{
  g_clear_object (&RFI_BULK_BAR (object)->selection);
  gtk_widget_dispose_template (GTK_WIDGET (object), RFI_TYPE_BULK_BAR);

  G_OBJECT_CLASS (rfi_bulk_bar_parent_class)->dispose (object);
}

static void
rfi_bulk_bar_class_init (RfiBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_bulk_bar_dispose;

  gtk_widget_class_set_css_name (widget_class, "rfibulkbar");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/bulk/rfi-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, count);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, priority);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, status);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, assign_words);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, priority_words);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, status_words);
  gtk_widget_class_bind_template_child (widget_class, RfiBulkBar, cancel_words);
}

static void
rfi_bulk_bar_init (RfiBulkBar *self)
{
  GtkLayoutManager *layout = rfi_fold_layout_new (NARROW);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), layout);
  g_signal_connect_object (layout, "notify::narrow", G_CALLBACK (narrow_cb), self,
                           G_CONNECT_SWAPPED);
  fill_menus (self);
}

void
rfi_bulk_bar_set_selection (RfiBulkBar      *self,
                            RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_BULK_BAR (self));
  g_return_if_fail (self->selection == NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}
