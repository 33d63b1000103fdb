/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-fold-layout"

#include "config.h"

#include "rfi-fold-layout.h"

#include "rfi-style-look.h"

struct _RfiFoldLayout
{
  GtkLayoutManager parent_instance;

  int              width;
  gboolean         narrow;  /* as was told */
  gboolean         wanted;  /* as there is room */
  guint            source;
};

enum {
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiFoldLayout, rfi_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

static GParamSpec *properties[N_PROPS];

static void
tell_cb (gpointer user_data)
{
  RfiFoldLayout *self = user_data;

  self->source = 0;
  if (self->narrow == self->wanted)
    return;

  self->narrow = self->wanted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
rfi_fold_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
rfi_fold_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  RfiFoldLayout *self = RFI_FOLD_LAYOUT (manager);

  self->wanted = width / rfi_fold_layout_text_scale (widget) < self->width;
  if (self->wanted != self->narrow && self->source == 0)
    self->source = g_idle_add_once (tell_cb, self);
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
rfi_fold_layout_dispose (GObject *object)
{
  g_clear_handle_id (&RFI_FOLD_LAYOUT (object)->source, g_source_remove);

  G_OBJECT_CLASS (rfi_fold_layout_parent_class)->dispose (object);
}

static void
rfi_fold_layout_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, RFI_FOLD_LAYOUT (object)->narrow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_fold_layout_class_init (RfiFoldLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_fold_layout_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_fold_layout_get_property;
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = rfi_fold_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = rfi_fold_layout_allocate;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
rfi_fold_layout_init (RfiFoldLayout *self)
{
}

GtkLayoutManager *
rfi_fold_layout_new (int width)
{
  RfiFoldLayout *self = g_object_new (RFI_TYPE_FOLD_LAYOUT, NULL);

  self->width = width;
  return GTK_LAYOUT_MANAGER (self);
}

gboolean
rfi_fold_layout_get_narrow (RfiFoldLayout *self)
{
  g_return_val_if_fail (RFI_IS_FOLD_LAYOUT (self), FALSE);

  return self->narrow;
}

double
rfi_fold_layout_text_scale (GtkWidget *widget)
{
  return MAX (1, rfi_style_look_scale (widget));
}
