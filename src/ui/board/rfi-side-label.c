/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-side-label"

#include "config.h"

#include "rfi-side-label.h"

struct _RfiSideLabel
{
  GtkWidget  parent_instance;

  GtkWidget *label;  /* child */
};

G_DEFINE_FINAL_TYPE (RfiSideLabel, rfi_side_label, GTK_TYPE_WIDGET)

static void
rfi_side_label_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  RfiSideLabel *self = RFI_SIDE_LABEL (widget);
  GtkOrientation across = orientation == GTK_ORIENTATION_HORIZONTAL ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL;

  gtk_widget_measure (self->label, across, -1, minimum, natural, NULL, NULL);
}

static void
rfi_side_label_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  RfiSideLabel *self = RFI_SIDE_LABEL (widget);
  GskTransform *transform = NULL;

  transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (width, 0));
  transform = gsk_transform_rotate (transform, 90);
  gtk_widget_allocate (self->label, height, width, -1, transform);
}

static void
rfi_side_label_dispose (GObject *object)
{
  RfiSideLabel *self = RFI_SIDE_LABEL (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_side_label_parent_class)->dispose (object);
}

static void
rfi_side_label_class_init (RfiSideLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_side_label_dispose;
  widget_class->measure = rfi_side_label_measure;
  widget_class->size_allocate = rfi_side_label_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "rfisidelabel");
}

static void
rfi_side_label_init (RfiSideLabel *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL,
                              "ellipsize", PANGO_ELLIPSIZE_END,
                              "xalign", 0.0f,
                              NULL);
  gtk_widget_add_css_class (self->label, "heading");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

void
rfi_side_label_set_label (RfiSideLabel *self,
                          const char   *label)
{
  g_return_if_fail (RFI_IS_SIDE_LABEL (self));

  gtk_label_set_label (GTK_LABEL (self->label), label);
}
