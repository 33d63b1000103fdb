/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-tall-layout"

#include "config.h"

#include "rfi-tall-layout.h"

struct _RfiTallLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiTallLayout, rfi_tall_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
rfi_tall_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rfi_tall_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
  else if (!GTK_IS_SCROLLED_WINDOW (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
rfi_tall_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
rfi_tall_layout_class_init (RfiTallLayoutClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->get_request_mode = rfi_tall_layout_get_request_mode;
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = rfi_tall_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = rfi_tall_layout_allocate;
}

static void
rfi_tall_layout_init (RfiTallLayout *self)
{
}
