/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-flash.h"

#include "rfi-paint.h"

#define FLASH_TIME 400  /* ms */
#define STEP_TIME  133  /* ms: a third of it */
#define STRENGTH   0.2

typedef struct
{
  GtkWidget *widget;  /* borrowed */
  gint64     since;   /* µs */
} Flash;

static GArray *flashes;  /* (nullable) (element-type Flash): all of the process */
static gint64 stepped;   /* when they were last drawn, µs */
static guint source;

/* Returns: (transfer none) (nullable) */
static Flash *
find (GtkWidget *widget)
{
  for (guint i = 0; flashes != NULL && i < flashes->len; i++)
    if (g_array_index (flashes, Flash, i).widget == widget)
      return &g_array_index (flashes, Flash, i);

  return NULL;
}

static double
get_progress (const Flash *flash)
{
  return MIN ((double) (g_get_monotonic_time () - flash->since) / (FLASH_TIME * 1000.0), 1);
}

static void
step (void)
{
  stepped = g_get_monotonic_time ();
  for (guint i = flashes->len; i-- > 0;)
    {
      const Flash *flash = &g_array_index (flashes, Flash, i);

      gtk_widget_queue_draw (flash->widget);
      if (get_progress (flash) >= 1)
        g_array_remove_index_fast (flashes, i);
    }
}

static gboolean
step_cb (gpointer user_data)
{
  step ();
  if (flashes->len > 0)
    return G_SOURCE_CONTINUE;

  source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
wants_motion (GtkWidget *widget)
{
  gboolean animate = TRUE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animate, NULL);
  return animate;
}

void
rfi_flash_start (GtkWidget *widget)
{
  Flash flash = { widget, g_get_monotonic_time () };
  Flash *before = find (widget);

  if (!gtk_widget_get_mapped (widget) || !wants_motion (widget))
    return;

  if (flashes == NULL)
    flashes = g_array_new (FALSE, FALSE, sizeof (Flash));
  if (before != NULL)
    *before = flash;
  else
    g_array_append_val (flashes, flash);
  gtk_widget_queue_draw (widget);

  /* The others go along in the frame of this one. */
  if (flash.since - stepped < STEP_TIME * 1000 / 2 && source != 0)
    return;
  step ();
  g_clear_handle_id (&source, g_source_remove);
  source = g_timeout_add (STEP_TIME, step_cb, NULL);
}

void
rfi_flash_stop (GtkWidget *widget)
{
  Flash *flash = find (widget);

  if (flash == NULL)
    return;

  g_array_remove_index_fast (flashes, (guint) (flash - (Flash *) (gpointer) flashes->data));
  gtk_widget_queue_draw (widget);
}

gboolean
rfi_flash_draw (GtkWidget   *widget,
                GtkSnapshot *snapshot,
                float        radius)
{
  const Flash *flash = find (widget);
  double left = flash != NULL ? 1 - get_progress (flash) : 0;
  GdkRGBA color;

  if (left <= 0 ||
      !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color",
                                       &color))
    return FALSE;

  /* Fast first, and slower the less there is left. */
  color.alpha = (float) (STRENGTH * left * left);
  rfi_paint_round (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                  gtk_widget_get_height (widget)), radius, &color);
  return TRUE;
}
