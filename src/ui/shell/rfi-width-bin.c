/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-width-bin"

#include "config.h"

#include "rfi-width-bin.h"

#include "rfi-fold-layout.h"

#define MIN_WIDTH    340
#define MEDIUM_WIDTH 860
#define WIDE_WIDTH   1200
#define HUGE_WIDTH   1600

struct _RfiWidthBin
{
  GtkWidget  parent_instance;

  GtkWidget *child;  /* (nullable) */
  RfiWidth   step;
};

enum {
  PROP_0,
  PROP_CHILD,
  PROP_WIDTH_STEP,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiWidthBin, rfi_width_bin, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_child (RfiWidthBin *self,
           GtkWidget   *child)
{
  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
rfi_width_bin_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  RfiWidthBin *self = RFI_WIDTH_BIN (widget);
  int least;

  *minimum = *natural = 0;
  if (self->child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
      *minimum = MIN (*minimum, MIN_WIDTH);
      return;
    }

  /* Asked for less width than the child has now, its height is that of the least it takes. */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (self->child, orientation, for_size < 0 ? -1 : MAX (for_size, least),
                      minimum, natural, NULL, NULL);
}

static void
rfi_width_bin_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  RfiWidthBin *self = RFI_WIDTH_BIN (widget);
  double scaled = width / rfi_fold_layout_text_scale (widget);
  RfiWidth step = scaled < MEDIUM_WIDTH ? RFI_WIDTH_NARROW
                  : scaled < WIDE_WIDTH ? RFI_WIDTH_MEDIUM
                  : scaled < HUGE_WIDTH ? RFI_WIDTH_WIDE : RFI_WIDTH_HUGE;
  int least;

  if (self->step != step)
    {
      self->step = step;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH_STEP]);
    }
  if (self->child == NULL)
    return;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, MAX (width, least), height, baseline, NULL);
}

static void
rfi_width_bin_dispose (GObject *object)
{
  g_clear_pointer (&RFI_WIDTH_BIN (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_width_bin_parent_class)->dispose (object);
}

static void
rfi_width_bin_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RfiWidthBin *self = RFI_WIDTH_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;

    case PROP_WIDTH_STEP:
      g_value_set_int (value, self->step);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_width_bin_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CHILD:
      set_child (RFI_WIDTH_BIN (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_width_bin_class_init (RfiWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_width_bin_dispose;
  object_class->get_property = rfi_width_bin_get_property;
  object_class->set_property = rfi_width_bin_set_property;
  widget_class->measure = rfi_width_bin_measure;
  widget_class->size_allocate = rfi_width_bin_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_WIDTH_STEP] =
    g_param_spec_int ("width-step", NULL, NULL, RFI_WIDTH_NARROW, RFI_WIDTH_HUGE, RFI_WIDTH_WIDE,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_width_bin_init (RfiWidthBin *self)
{
  self->step = RFI_WIDTH_WIDE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

RfiWidth
rfi_width_bin_get_step (RfiWidthBin *self)
{
  g_return_val_if_fail (RFI_IS_WIDTH_BIN (self), RFI_WIDTH_WIDE);

  return self->step;
}
