/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sizer"

#include "config.h"

#include "rfi-sizer.h"

/* One press of an arrow key. */
#define KEY_STEP 12

struct _RfiSizer
{
  GtkWidget  parent_instance;

  GSettings *settings;  /* (owned) */
  GtkWidget *target;    /* (unowned) (nullable) */
  char      *key;       /* (owned) */
  int        least;
  int        most;
  gboolean   at_end;
};

enum {
  PROP_0,
  PROP_AT_END,
  PROP_KEY,
  PROP_LEAST,
  PROP_MOST,
  PROP_TARGET,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiSizer, rfi_sizer, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* @by: pixels the line moves to the right */
static void
move (RfiSizer *self,
      int       by)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width;

  if (self->target == NULL)
    return;

  gtk_widget_get_size_request (self->target, &width, NULL);
  width += self->at_end != rtl ? -by : by;
  gtk_widget_set_size_request (self->target, CLAMP (width, self->least, self->most), -1);
}

static void
keep (RfiSizer *self)
{
  int width;

  if (self->target == NULL)
    return;

  gtk_widget_get_size_request (self->target, &width, NULL);
  g_settings_set_int (self->settings, self->key, width);
}

/* The line moves along under the pointer: what is left of the way is what is new. */
static void
drag_update_cb (RfiSizer *self,
                double    x,
                double    y)
{
  move (self, (int) x);
}

static gboolean
key_pressed_cb (RfiSizer        *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  if (key != GDK_KEY_Left && key != GDK_KEY_Right)
    return GDK_EVENT_PROPAGATE;

  move (self, key == GDK_KEY_Left ? -KEY_STEP : KEY_STEP);
  keep (self);
  return GDK_EVENT_STOP;
}

static void
rfi_sizer_finalize (GObject *object)
{
  RfiSizer *self = RFI_SIZER (object);

  g_clear_weak_pointer (&self->target);
  g_clear_object (&self->settings);
  g_free (self->key);

  G_OBJECT_CLASS (rfi_sizer_parent_class)->finalize (object);
}

static void
rfi_sizer_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  RfiSizer *self = RFI_SIZER (object);

  switch (prop_id)
    {
    case PROP_AT_END:
      self->at_end = g_value_get_boolean (value);
      break;

    case PROP_KEY:
      g_free (self->key);
      self->key = g_value_dup_string (value);
      break;

    case PROP_LEAST:
      self->least = g_value_get_int (value);
      break;

    case PROP_MOST:
      self->most = g_value_get_int (value);
      break;

    case PROP_TARGET:
      g_set_weak_pointer (&self->target, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_sizer_class_init (RfiSizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rfi_sizer_finalize;
  object_class->set_property = rfi_sizer_set_property;

  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, FALSE, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_LEAST] = g_param_spec_int ("least", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_MOST] = g_param_spec_int ("most", NULL, NULL, 0, G_MAXINT, G_MAXINT, flags);
  properties[PROP_TARGET] = g_param_spec_object ("target", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "rfisizer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
}

static void
rfi_sizer_init (RfiSizer *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->settings = g_settings_new (RFI_APP_ID);
  self->most = G_MAXINT;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (keep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
rfi_sizer_restore (RfiSizer *self)
{
  g_return_if_fail (RFI_IS_SIZER (self));

  if (self->target != NULL)
    gtk_widget_set_size_request (self->target, g_settings_get_int (self->settings, self->key), -1);
}
