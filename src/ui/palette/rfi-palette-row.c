/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-palette-row"

#include "config.h"

#include "rfi-palette-row.h"

#include <glib/gi18n.h>

struct _RfiPaletteRow
{
  GtkListBoxRow    parent_instance;

  RfiPaletteOffer *offer;     /* (unowned) (nullable) */
  GtkWidget       *icon;
  GtkWidget       *title;
  GtkWidget       *subtitle;
  GtkWidget       *refusal;
};

G_DEFINE_FINAL_TYPE (RfiPaletteRow, rfi_palette_row, GTK_TYPE_LIST_BOX_ROW)

static void
rfi_palette_row_class_init (RfiPaletteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/palette/rfi-palette-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiPaletteRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RfiPaletteRow, title);
  gtk_widget_class_bind_template_child (widget_class, RfiPaletteRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RfiPaletteRow, refusal);
}

static void
rfi_palette_row_init (RfiPaletteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rfi_palette_row_new (void)
{
  return g_object_new (RFI_TYPE_PALETTE_ROW, NULL);
}

void
rfi_palette_row_set_offer (RfiPaletteRow   *self,
                           RfiPaletteOffer *offer)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RFI_IS_PALETTE_ROW (self));

  self->offer = offer;
  if (offer == NULL)
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), offer->icon);
  gtk_label_set_label (GTK_LABEL (self->title), offer->title);
  gtk_label_set_label (GTK_LABEL (self->subtitle), offer->subtitle);
  gtk_widget_set_visible (self->subtitle, *offer->subtitle != '\0');
  gtk_label_set_label (GTK_LABEL (self->refusal), offer->refusal != NULL ? offer->refusal : "");
  gtk_widget_set_visible (self->refusal, offer->refusal != NULL);
  if (offer->refusal != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");

  name = g_strjoin (", ", offer->title, offer->refusal != NULL ? offer->refusal : offer->subtitle,
                    NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

RfiPaletteOffer *
rfi_palette_row_get_offer (RfiPaletteRow *self)
{
  g_return_val_if_fail (RFI_IS_PALETTE_ROW (self), NULL);

  return self->offer;
}
