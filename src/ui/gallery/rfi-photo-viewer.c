/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-viewer"

#include "config.h"

#include "rfi-photo-viewer.h"

#define MAX_ZOOM 12.0
#define ZOOM_STEP 1.15

struct _RfiPhotoViewer
{
  GtkWidget   parent_instance;

  GdkTexture *texture;        /* (owned) (nullable) */
  double      zoom;           /* 1 = all of it */
  double      pan_x;          /* of the photo's middle from the widget's, in pixels */
  double      pan_y;
  int         quarter_turns;  /* clockwise, 0 … 3 */

  double      drag_pan_x;     /* where a drag began */
  double      drag_pan_y;
  double      pinch_zoom;     /* where a pinch began */
};

enum {
  PROP_0,
  PROP_ZOOM,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiPhotoViewer, rfi_photo_viewer, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static double
get_fit_scale (RfiPhotoViewer *self)
{
  double width = gdk_texture_get_width (self->texture);
  double height = gdk_texture_get_height (self->texture);

  if (self->quarter_turns % 2 != 0)
    {
      double swapped = width;

      width = height;
      height = swapped;
    }

  return MIN (gtk_widget_get_width (GTK_WIDGET (self)) / width,
              gtk_widget_get_height (GTK_WIDGET (self)) / height);
}

/* A photo larger than the view may not leave a gap at its sides; a smaller one stays in the
 * middle.
 */
static void
clamp_pan (RfiPhotoViewer *self)
{
  double scale = get_fit_scale (self) * self->zoom;
  gboolean turned = self->quarter_turns % 2 != 0;
  double width = scale * (turned ? gdk_texture_get_height (self->texture)
                                 : gdk_texture_get_width (self->texture));
  double height = scale * (turned ? gdk_texture_get_width (self->texture)
                                  : gdk_texture_get_height (self->texture));
  double most_x = MAX ((width - gtk_widget_get_width (GTK_WIDGET (self))) / 2, 0);
  double most_y = MAX ((height - gtk_widget_get_height (GTK_WIDGET (self))) / 2, 0);

  self->pan_x = CLAMP (self->pan_x, -most_x, most_x);
  self->pan_y = CLAMP (self->pan_y, -most_y, most_y);
}

/* What lies under (@x, @y), from the widget's middle, stays there. */
static void
zoom_at (RfiPhotoViewer *self,
         double          zoom,
         double          x,
         double          y)
{
  double ratio;

  if (self->texture == NULL)
    return;

  zoom = CLAMP (zoom, 1, MAX_ZOOM);
  ratio = zoom / self->zoom;
  self->pan_x = x - (x - self->pan_x) * ratio;
  self->pan_y = y - (y - self->pan_y) * ratio;
  self->zoom = zoom;
  clamp_pan (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
rfi_photo_viewer_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  RfiPhotoViewer *self = RFI_PHOTO_VIEWER (widget);
  float scale;
  float width;
  float height;

  if (self->texture == NULL)
    return;

  clamp_pan (self);
  scale = (float) (get_fit_scale (self) * self->zoom);
  width = (float) gdk_texture_get_width (self->texture) * scale;
  height = (float) gdk_texture_get_height (self->texture) * scale;

  gtk_snapshot_translate (
    snapshot,
    &GRAPHENE_POINT_INIT ((float) (gtk_widget_get_width (widget) / 2.0 + self->pan_x),
                          (float) (gtk_widget_get_height (widget) / 2.0 + self->pan_y)));
  gtk_snapshot_rotate (snapshot, 90.0f * (float) self->quarter_turns);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (-width / 2, -height / 2, width, height));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           RfiPhotoViewer           *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double x = 0;
  double y = 0;

  if ((state & GDK_CONTROL_MASK) == 0 && self->zoom <= 1)
    return GDK_EVENT_PROPAGATE;

  if ((state & GDK_CONTROL_MASK) == 0)
    {
      self->pan_x -= dx * 40;
      self->pan_y -= dy * 40;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return GDK_EVENT_STOP;
    }

  if (event != NULL && gdk_event_get_position (event, &x, &y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      double surface_x;
      double surface_y;

      gtk_native_get_surface_transform (native, &surface_x, &surface_y);
      gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), x - surface_x,
                                        y - surface_y, &x, &y);
      x -= gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
      y -= gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
    }
  zoom_at (self, dy < 0 ? self->zoom * ZOOM_STEP : self->zoom / ZOOM_STEP, x, y);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               RfiPhotoViewer *self)
{
  self->drag_pan_x = self->pan_x;
  self->drag_pan_y = self->pan_y;
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                RfiPhotoViewer *self)
{
  self->pan_x = self->drag_pan_x + dx;
  self->pan_y = self->drag_pan_y + dy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                RfiPhotoViewer   *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          RfiPhotoViewer *self)
{
  double x = 0;
  double y = 0;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    {
      x -= gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
      y -= gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
    }
  zoom_at (self, self->pinch_zoom * scale, x, y);
}

static void
rfi_photo_viewer_dispose (GObject *object)
{
  g_clear_object (&RFI_PHOTO_VIEWER (object)->texture);

  G_OBJECT_CLASS (rfi_photo_viewer_parent_class)->dispose (object);
}

static void
rfi_photo_viewer_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, RFI_PHOTO_VIEWER (object)->zoom);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_photo_viewer_class_init (RfiPhotoViewerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rfi_photo_viewer_dispose;
  object_class->get_property = rfi_photo_viewer_get_property;
  widget_class->snapshot = rfi_photo_viewer_snapshot;

  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 1, MAX_ZOOM, 1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "rfiviewer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rfi_photo_viewer_init (RfiPhotoViewer *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  self->zoom = 1;
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
rfi_photo_viewer_set_texture (RfiPhotoViewer *self,
                              GdkTexture     *texture)
{
  g_return_if_fail (RFI_IS_PHOTO_VIEWER (self));

  g_set_object (&self->texture, texture);
  self->zoom = 1;
  self->pan_x = 0;
  self->pan_y = 0;
  self->quarter_turns = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

GdkTexture *
rfi_photo_viewer_get_texture (RfiPhotoViewer *self)
{
  g_return_val_if_fail (RFI_IS_PHOTO_VIEWER (self), NULL);

  return self->texture;
}

double
rfi_photo_viewer_get_zoom (RfiPhotoViewer *self)
{
  g_return_val_if_fail (RFI_IS_PHOTO_VIEWER (self), 1);

  return self->zoom;
}

void
rfi_photo_viewer_set_zoom (RfiPhotoViewer *self,
                           double          zoom)
{
  g_return_if_fail (RFI_IS_PHOTO_VIEWER (self));

  zoom_at (self, zoom, 0, 0);
}

void
rfi_photo_viewer_rotate (RfiPhotoViewer *self)
{
  g_return_if_fail (RFI_IS_PHOTO_VIEWER (self));

  self->quarter_turns = (self->quarter_turns + 1) % 4;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
