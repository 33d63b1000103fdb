/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-filter-row"

#include "config.h"

#include "rfi-filter-row.h"

#include "rfi-format.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _RfiFilterRow
{
  GtkWidget  parent_instance;

  GtkWidget *check;  /* child */
  GtkWidget *count;
  char      *name;   /* (owned) */
};

enum {
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiFilterRow, rfi_filter_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
toggled_cb (RfiFilterRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
rfi_filter_row_dispose (GObject *object)
{
  g_clear_pointer (&RFI_FILTER_ROW (object)->check, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_filter_row_parent_class)->dispose (object);
}

static void
rfi_filter_row_finalize (GObject *object)
{
  g_free (RFI_FILTER_ROW (object)->name);

  G_OBJECT_CLASS (rfi_filter_row_parent_class)->finalize (object);
}

static void
rfi_filter_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, rfi_filter_row_get_active (RFI_FILTER_ROW (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_filter_row_class_init (RfiFilterRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_filter_row_dispose;
  object_class->finalize = rfi_filter_row_finalize;
  object_class->get_property = rfi_filter_row_get_property;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "rfifilterrow");
}

static void
rfi_filter_row_init (RfiFilterRow *self)
{
  self->check = gtk_check_button_new ();
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
new_row (GtkWidget  *picture,
         const char *name)
{
  RfiFilterRow *self = g_object_new (RFI_TYPE_FILTER_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (name);

  self->name = g_strdup (name);
  self->count = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "caption");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (self->check), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

GtkWidget *
rfi_filter_row_new (const char *icon_name,
                    const char *label,
                    const char *style_class)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon_name);

  if (style_class != NULL)
    gtk_widget_add_css_class (image, style_class);
  return new_row (image, label);
}

GtkWidget *
rfi_filter_row_new_person (const char *name)
{
  g_autofree char *text = rfi_format_avatar_text (name);

  return new_row (adw_avatar_new (20, text, TRUE), name);
}

const char *
rfi_filter_row_get_label (RfiFilterRow *self)
{
  g_return_val_if_fail (RFI_IS_FILTER_ROW (self), NULL);

  return self->name;
}

void
rfi_filter_row_set_count (RfiFilterRow *self,
                          guint         count)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (RFI_IS_FILTER_ROW (self));

  text = g_strdup_printf ("%'u", count);
  /* translators: a filter and how many jobs it would show: "Urgent, 5" */
  label = g_strdup_printf (_("%s, %u"), self->name, count);
  gtk_label_set_label (GTK_LABEL (self->count), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

gboolean
rfi_filter_row_get_active (RfiFilterRow *self)
{
  g_return_val_if_fail (RFI_IS_FILTER_ROW (self), FALSE);

  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

void
rfi_filter_row_set_active (RfiFilterRow *self,
                           gboolean      active)
{
  g_return_if_fail (RFI_IS_FILTER_ROW (self));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), active);
}
