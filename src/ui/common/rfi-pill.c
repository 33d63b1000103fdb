/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-pill"

#include "config.h"

#include "rfi-pill.h"

#include "rfi-words.h"

struct _RfiPill
{
  GtkWidget  parent_instance;

  GtkWidget *icon;         /* child */
  GtkWidget *label;        /* child */
  char      *style_class;  /* (owned) (nullable) */
  gboolean   filled;
};

enum {
  PROP_0,
  PROP_FILLED,
  PROP_ICON_NAME,
  PROP_LABEL,
  PROP_STYLE_CLASS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiPill, rfi_pill, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_style_class (RfiPill    *self,
                 const char *style_class)
{
  if (g_strcmp0 (self->style_class, style_class) == 0)
    return;

  if (self->style_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style_class);
  g_free (self->style_class);
  self->style_class = g_strdup (style_class);
  if (style_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
}

static void
set_icon_name (RfiPill    *self,
               const char *icon_name)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_widget_set_visible (self->icon, icon_name != NULL);
}

static void
set_label (RfiPill    *self,
           const char *label)
{
  gtk_label_set_label (GTK_LABEL (self->label), label != NULL ? label : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

static void
rfi_pill_dispose (GObject *object)
{
  RfiPill *self = RFI_PILL (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_pill_parent_class)->dispose (object);
}

static void
rfi_pill_finalize (GObject *object)
{
  g_free (RFI_PILL (object)->style_class);

  G_OBJECT_CLASS (rfi_pill_parent_class)->finalize (object);
}

static void
rfi_pill_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  RfiPill *self = RFI_PILL (object);

  switch (prop_id)
    {
    case PROP_FILLED:
      g_value_set_boolean (value, self->filled);
      break;

    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (GTK_IMAGE (self->icon)));
      break;

    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (GTK_LABEL (self->label)));
      break;

    case PROP_STYLE_CLASS:
      g_value_set_string (value, self->style_class);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_pill_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  RfiPill *self = RFI_PILL (object);

  switch (prop_id)
    {
    case PROP_FILLED:
      rfi_pill_set_filled (self, g_value_get_boolean (value));
      break;

    case PROP_ICON_NAME:
      set_icon_name (self, g_value_get_string (value));
      break;

    case PROP_LABEL:
      set_label (self, g_value_get_string (value));
      break;

    case PROP_STYLE_CLASS:
      set_style_class (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_pill_class_init (RfiPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_pill_dispose;
  object_class->finalize = rfi_pill_finalize;
  object_class->get_property = rfi_pill_get_property;
  object_class->set_property = rfi_pill_set_property;

  properties[PROP_FILLED] =
    g_param_spec_boolean ("filled", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STYLE_CLASS] =
    g_param_spec_string ("style-class", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rfipill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
rfi_pill_init (RfiPill *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "visible", FALSE,
                             NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

void
rfi_pill_set (RfiPill    *self,
              const char *icon_name,
              const char *label,
              const char *style_class)
{
  g_return_if_fail (RFI_IS_PILL (self));

  set_icon_name (self, icon_name);
  set_label (self, label);
  set_style_class (self, style_class);
}

void
rfi_pill_set_least_chars (RfiPill *self,
                          guint    n_chars)
{
  g_return_if_fail (RFI_IS_PILL (self));

  gtk_label_set_width_chars (GTK_LABEL (self->label), (int) n_chars);
}

void
rfi_pill_set_filled (RfiPill  *self,
                     gboolean  filled)
{
  g_return_if_fail (RFI_IS_PILL (self));

  if (self->filled == filled)
    return;

  self->filled = filled;
  if (filled)
    gtk_widget_add_css_class (GTK_WIDGET (self), "filled");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "filled");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

void
rfi_pill_set_priority (RfiPill     *self,
                       RfiPriority  priority)
{
  rfi_pill_set (self, rfi_words_priority_icon (priority), rfi_words_priority (priority),
                rfi_words_priority_class (priority));
}
