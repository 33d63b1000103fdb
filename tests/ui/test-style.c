/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-paint-store.h"

#include <gtk/gtk.h>

#include <math.h>

#define BASE "/com/retailfixit/Dispatch/"

typedef struct
{
  const char *sheet;
  const char *grounds[4];  /* what the colours are read on */
  double      contrast;    /* WCAG 2 ratio the palette promises */
} Palette;

static const Palette palettes[] = {
  { BASE "style.css", { "#ffffff", "#fafafa" }, 4.5 },
  { BASE "style-dark.css", { "#363636", "#303030", "#242424" }, 4.5 },
  { BASE "style-hc.css", { "#ffffff", "#fafafa" }, 7.0 },
  { BASE "style-hc-dark.css", { "#363636", "#303030", "#242424" }, 7.0 },
};

static const char *const words[] = {
  "pending", "assigned", "in_progress", "completed", "cancelled", "urgent", "high", "medium", "low",
};

static char *
load (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green)
         + 0.0722 * linear (color->blue);
}

static double
contrast (const GdkRGBA *one,
          const GdkRGBA *other)
{
  double a = luminance (one);
  double b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
find_color (const char *css,
            const char *word,
            GdkRGBA    *color)
{
  g_autofree char *pattern = g_strdup_printf ("@define-color rfi_%s (#[0-9a-f]{6});", word);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *value = NULL;

  if (!g_regex_match (regex, css, 0, &match))
    g_error ("no colour for %s", word);
  value = g_match_info_fetch (match, 1);
  g_assert_true (gdk_rgba_parse (color, value));
}

static void
parsing_error_cb (GtkCssProvider *provider,
                  GtkCssSection  *section,
                  const GError   *error,
                  gpointer        user_data)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_test_message ("%s: %s", where, error->message);
  g_test_fail ();
}

static void
test_parses (gconstpointer data)
{
  const Palette *palette = data;
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), NULL);
  gtk_css_provider_load_from_resource (provider, palette->sheet);
}

static void
test_readable (gconstpointer data)
{
  const Palette *palette = data;
  g_autofree char *css = load (palette->sheet);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (gsize j = 0; palette->grounds[j] != NULL; j++)
      {
        GdkRGBA color;
        GdkRGBA ground;
        double ratio;

        find_color (css, words[i], &color);
        g_assert_true (gdk_rgba_parse (&ground, palette->grounds[j]));
        ratio = contrast (&color, &ground);
        g_test_message ("%s on %s: %.2f", words[i], palette->grounds[j], ratio);
        g_assert_cmpfloat (ratio, >=, palette->contrast);
      }
}

static guchar
read_alpha (GdkTexture *texture,
            int         x,
            int         y)
{
  int width = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels =
    g_new0 (guint32, (gsize) width * (gsize) gdk_texture_get_height (texture));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * sizeof *pixels);
  return (guchar) (pixels[y * width + x] >> 24);
}

/* Painted once for each size and colour; a disc has corners, a symbol leaves some ground. */
static void
test_pictures (void)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  const GdkRGBA red = { 1, 0, 0, 1 };
  const GdkRGBA blue = { 0, 0, 1, 1 };
  g_autoptr(GdkTexture) disc = g_object_ref (rfi_paint_store_get (widget, NULL, 20, &red));
  g_autoptr(GdkTexture) icon =
    g_object_ref (rfi_paint_store_get (widget, "camera-photo-symbolic", 16, &red));
  guint n_painted = 0;

  g_assert_true (rfi_paint_store_get (widget, NULL, 20, &red) == disc);
  g_assert_true (rfi_paint_store_get (widget, NULL, 20, &blue) != disc);
  g_assert_true (rfi_paint_store_get (widget, NULL, 24, &red) != disc);
  g_assert_cmpint (gdk_texture_get_width (disc), ==, 20);
  g_assert_cmpuint (read_alpha (disc, 10, 10), ==, 255);
  g_assert_cmpuint (read_alpha (disc, 0, 0), ==, 0);

  for (int i = 0; i < 16 * 16; i++)
    n_painted += read_alpha (icon, i % 16, i / 16) > 127;
  g_assert_cmpuint (n_painted, >, 20);
  g_assert_cmpuint (n_painted, <, 220);
  g_object_unref (widget);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      g_autofree char *name = g_path_get_basename (palettes[i].sheet);
      g_autofree char *parses = g_strdup_printf ("/style/%s/parses", name);
      g_autofree char *readable = g_strdup_printf ("/style/%s/readable", name);

      g_test_add_data_func (parses, &palettes[i], test_parses);
      g_test_add_data_func (readable, &palettes[i], test_readable);
    }

  g_test_add_func ("/style/pictures", test_pictures);
  return g_test_run ();
}
