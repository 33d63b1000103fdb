/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-ui"

#include "config.h"

#include "rfi-test-ui.h"

#include "rfi-test-wait.h"

#include <gdk/x11/gdkx.h>
#include <string.h>

/* Returns whether the walk shall end at this widget. What is hidden is never walked, only
 * the root may be a window that was not presented. */
typedef gboolean (*Visit) (GtkWidget *widget,
                           gpointer   data);

/* Other pages of a stack, and what a revealer hides, are visible but not shown. */
static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_get_child_visible (widget);
}

static GtkWidget *
walk (GtkWidget *root,
      Visit      visit,
      gpointer   data)
{
  if (visit (root, data))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (is_shown (child))
        found = walk (child, visit, data);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_of_type (GtkWidget *widget,
            gpointer   data)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(GType *) data);
}

static gboolean
has_name (GtkWidget *widget,
          gpointer   data)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  return g_strcmp0 (id, data) == 0 || g_strcmp0 (gtk_widget_get_name (widget), data) == 0;
}

static gboolean
shows_text (GtkWidget *widget,
            gpointer   data)
{
  const char *text = NULL;

  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_INSCRIPTION (widget))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (text == NULL)
    return FALSE;
  return data != NULL ? g_str_equal (text, data) : *text != '\0';
}

static gboolean
has_label (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
is_labelled (GtkWidget *widget)
{
  return has_label (widget)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static gboolean
is_field (GtkWidget *widget)
{
  return (GTK_IS_EDITABLE (widget) && !GTK_IS_EDITABLE_LABEL (widget)) || GTK_IS_TEXT_VIEW (widget)
         || GTK_IS_SWITCH (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_RANGE (widget);
}

static gboolean
is_named (GtkWidget *widget)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    return *adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)) != '\0';
  if (is_field (widget))
    return is_labelled (widget);
  /* An icon button is “labelled” by its own image in GTK 4.8, which says nothing. */
  return has_label (widget) || walk (widget, shows_text, NULL) != NULL;
}

static void
check_names (GtkWidget *widget,
             GString   *problems)
{
  gboolean control = is_field (widget) || GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)
                     || GTK_IS_CHECK_BUTTON (widget) || ADW_IS_ENTRY_ROW (widget);

  /* The buttons of windows and toasts, and scrollbars, are the toolkit's to name. */
  if (GTK_IS_WINDOW_CONTROLS (widget) || GTK_IS_SCROLLBAR (widget) ||
      g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    return;
  if (control)
    {
      if (!is_named (widget))
        g_string_append_printf (problems,
                                " %s#%s in %s",
                                G_OBJECT_TYPE_NAME (widget),
                                gtk_widget_get_name (widget),
                                G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      /* What a control is made of inside speaks through it. */
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_shown (child))
      check_names (child, problems);
}

/* What the application finds by its base path, for windows without one. */
static void
load_bundle (GdkDisplay *display)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/com/retailfixit/Dispatch/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/com/retailfixit/Dispatch/icons");
}

void
rfi_test_ui_init (int    *argc,
                  char ***argv)
{
  GtkSettings *settings;

  gtk_test_init (argc, argv, NULL);
  adw_init ();

  settings = gtk_settings_get_default ();
  g_object_set (settings, "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  load_bundle (gdk_display_get_default ());
}

void
rfi_test_ui_show (GtkWindow *window)
{
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

GtkWidget *
rfi_test_ui_find (GtkWidget *root,
                  GType      type)
{
  return walk (root, is_of_type, &type);
}

GtkWidget *
rfi_test_ui_find_named (GtkWidget  *root,
                        const char *name)
{
  return walk (root, has_name, (gpointer) name);
}

static gboolean
shows_part (GtkWidget *widget,
            gpointer   data)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

GtkWidget *
rfi_test_ui_find_text (GtkWidget  *root,
                       const char *part)
{
  return walk (root, shows_part, (gpointer) part);
}

gboolean
rfi_test_ui_has_text (GtkWidget  *root,
                      const char *text)
{
  return walk (root, shows_text, (gpointer) text) != NULL;
}

void
rfi_test_ui_assert_named (GtkWidget *root)
{
  g_autoptr(GString) problems = g_string_new (NULL);

  check_names (root, problems);
  g_assert_cmpstr (problems->str, ==, "");
}

/* Returns: (transfer full) (nullable): %NULL until the next frame, if something is to be drawn */
static GskRenderNode *
get_node (GtkWidget *widget)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  return gtk_snapshot_free_to_node (snapshot);
}

GBytes *
rfi_test_ui_draw (GtkWidget *widget)
{
  g_autoptr(GskRenderNode) node = NULL;

  rfi_test_wait ((node = get_node (widget)) != NULL);
  return gsk_render_node_serialize (node);
}

void
rfi_test_ui_save_picture (GtkWindow  *window,
                          const char *path)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  /* The widget's own size leaves the frame out, and would scale the picture. */
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (window));

  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, width * scale, height * scale));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
pointed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

void
rfi_test_ui_point_at (GtkWidget *widget,
                      double     x,
                      double     y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  g_autofree char *xid = NULL;
  g_autofree char *at_x = NULL;
  g_autofree char *at_y = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ended = FALSE;
  double dx, dy;

  gtk_native_get_surface_transform (native, &dx, &dy);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), x, y, &x, &y));
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  xid = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (gtk_native_get_surface (native)));
G_GNUC_END_IGNORE_DEPRECATIONS
  at_x = g_strdup_printf ("%d", (int) (x + dx));
  at_y = g_strdup_printf ("%d", (int) (y + dy));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "mousemove", "--window",
                              xid, at_x, at_y, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, pointed_cb, &ended);
  rfi_test_wait (ended);
}
