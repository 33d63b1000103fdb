/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sketch"

#include "config.h"

#include "rfi-sketch.h"

#include "rfi-random.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#define WIDTH 1600
#define HEIGHT 1200

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

/* The drawings' own size; they go on beyond it, so that a turned picture has no empty corner. */
#define DRAWN_WIDTH 320.0
#define DRAWN_HEIGHT 240.0

#define RESOURCE_PATH "/com/retailfixit/Server/photos/"

static const char *const names[RFI_N_SKETCH_SCENES] = {
  "evaporator", "thermometer", "gasket", "compressor", "case", "rooftop", "thermostat",
  "panel", "lights", "floor", "pipe", "door", "register", "plate",
};

/* Which of the parts marked b (before), d (during) and a (after) a phase shows. */
static const char *const styles[RFI_N_SKETCH_PHASES] = {
  ".a,.b,.d,.bd{display:none}.b,.bd{display:inline}",
  ".a,.b,.d,.bd{display:none}.d,.bd{display:inline}",
  ".a,.b,.d,.bd{display:none}.a{display:inline}",
};

/* How one picture differs from the next. */
typedef struct
{
  double  zoom;
  double  turn;       /* radians */
  double  left;       /* how far the subject is off the middle, in the drawing's units */
  double  top;
  int     tint[3];    /* of 256, red, green, blue */
  int     vignette;   /* how dark the corners get, of 256 */
  guint32 noise;      /* its seed */
  int     grain;      /* half its height, in levels */
} Camera;

static double
between (RfiRandom *random,
         double     low,
         double     high)
{
  return low + (high - low) * rfi_random_unit (random);
}

static void
set_camera (Camera    *camera,
            RfiRandom *random)
{
  double exposure = between (random, 0.86, 1.04);
  double warmth = between (random, -0.06, 0.06);

  camera->zoom = between (random, 0.98, 1.16);
  camera->turn = between (random, -0.04, 0.04);
  camera->left = between (random, -12.0, 12.0);
  camera->top = between (random, -8.0, 8.0);
  camera->tint[0] = (int) (256.0 * exposure * (1.0 + warmth));
  camera->tint[1] = (int) (256.0 * exposure);
  camera->tint[2] = (int) (256.0 * exposure * (1.0 - warmth));
  camera->vignette = (int) between (random, 40.0, 90.0);
  camera->noise = (guint32) rfi_random_u64 (random) | 1;
  camera->grain = (int) between (random, 4.0, 9.0);
}

/* Instruments */

/* The segments of 0 to 9 and F: top, both on the right, bottom, both on the left, middle. */
static const guint8 segments[] = {
  0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f, 0x71,
};

static const char *const segment_paths[] = {
  "M4 0h20l-6 6h-8z",        "M28 3v22l-6-5V9z",        "M28 29v22l-6-6V34z", "M4 54h20l-6-6h-8z",
  "M0 29v22l6-6V34z",        "M0 3v22l6-5V9z",          "M5 27l4-3h10l4 3-4 3h-10z",
};

static double
append_glyph (GString *svg,
              char     glyph,
              double   x)
{
  guint8 lit = segments[glyph == 'F' ? 10 : glyph - '0'];
  char at[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg, "<g transform=\"translate(%s 0)\">",
                          g_ascii_formatd (at, sizeof at, "%.1f", x));
  for (guint i = 0; i < G_N_ELEMENTS (segment_paths); i++)
    if ((lit & 1 << i) != 0)
      g_string_append_printf (svg, "<path d=\"%s\"/>", segment_paths[i]);
  g_string_append (svg, "</g>");
  return x + 37.0;
}

/* Digits as instruments show them; 'o' is the sign of a degree. Returns: (transfer full) */
static char *
draw_reading (const char *text)
{
  GString *svg = g_string_new ("<g transform=\"skewX(-4)\">");
  double x = 0.0;
  char at[G_ASCII_DTOSTR_BUF_SIZE];

  for (; *text != '\0'; text++)
    if (*text == 'o')
      {
        g_ascii_formatd (at, sizeof at, "%.1f", x);
        g_string_append_printf (svg, "<path transform=\"translate(%s 0)\" fill-rule=\"evenodd\" "
                                     "d=\"M0 0h13v13H0zM4 4v5h5V4z\"/>", at);
        x += 20.0;
      }
    else
      {
        x = append_glyph (svg, *text, x);
      }
  g_string_append (svg, "</g>");
  return g_string_free (svg, FALSE);
}

/* What the instrument of @scene says, as the fault and its repair would have it. */
static char *
make_reading (RfiSketchScene  scene,
              RfiSketchPhase  phase,
              RfiRandom      *random)
{
  static const int thermometer[RFI_N_SKETCH_PHASES] = { 45, 40, 35 };
  static const int thermostat[RFI_N_SKETCH_PHASES] = { 79, 76, 71 };
  int more = (int) rfi_random_range (random, 4);
  g_autofree char *text = NULL;

  if (scene == RFI_SKETCH_THERMOMETER)
    text = g_strdup_printf ("%doF", thermometer[phase] + more);
  else if (scene == RFI_SKETCH_THERMOSTAT)
    text = g_strdup_printf ("%doF", thermostat[phase] + more);
  else
    text = g_strdup_printf ("%d", 117 + more);
  return draw_reading (text);
}

static void
fill_in (GString        *svg,
         RfiSketchScene  scene,
         RfiSketchPhase  phase,
         RfiRandom      *random)
{
  g_autofree char *reading = make_reading (scene, phase, random);
  g_autofree char *model = g_strdup_printf ("WC-%u-R",
                                            (guint) (4 + rfi_random_range (random, 6)) * 90);
  g_autofree char *serial = g_strdup_printf ("%02u %02u %04u",
                                             (guint) (15 + rfi_random_range (random, 10)),
                                             (guint) (1 + rfi_random_range (random, 12)),
                                             (guint) rfi_random_range (random, 10000));

  g_string_replace (svg, "@READING@", reading, 0);
  g_string_replace (svg, "@MODEL@", model, 0);
  g_string_replace (svg, "@SERIAL@", serial, 0);
}

/* Returns: (transfer full) */
static RsvgHandle *
load_drawing (RfiSketchScene   scene,
              RfiSketchPhase   phase,
              RfiRandom       *random,
              GError         **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, names[scene], ".svg", NULL);
  g_autoptr(GBytes) data = g_resources_lookup_data (path, 0, error);
  g_autoptr(GString) svg = NULL;
  g_autoptr(RsvgHandle) handle = NULL;
  gsize length;
  const char *text;

  if (data == NULL)
    return NULL;

  text = g_bytes_get_data (data, &length);
  svg = g_string_new_len (text, (gssize) length);
  fill_in (svg, scene, phase, random);

  handle = rsvg_handle_new_from_data ((const guint8 *) svg->str, svg->len, error);
  if (handle == NULL
      || !rsvg_handle_set_stylesheet (handle, (const guint8 *) styles[phase],
                                      strlen (styles[phase]), error))
    return NULL;
  return g_steal_pointer (&handle);
}

/* Light and film */

static void
draw_stamp (cairo_t    *cr,
            const char *stamp)
{
  cairo_text_extents_t extents;

  cairo_identity_matrix (cr);
  cairo_select_font_face (cr, "monospace", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cr, 44.0);
  cairo_text_extents (cr, stamp, &extents);
  cairo_move_to (cr, WIDTH - extents.x_advance - 50.0, HEIGHT - 50.0);
  cairo_text_path (cr, stamp);
  cairo_set_source_rgba (cr, 0.2, 0.05, 0.0, 0.8);
  cairo_set_line_width (cr, 5.0);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 1.0, 0.72, 0.25);
  cairo_fill (cr);
}

static gboolean
render (cairo_surface_t  *surface,
        RsvgHandle       *handle,
        const Camera     *camera,
        const char       *stamp,
        GError          **error)
{
  const RsvgRectangle page = { 0.0, 0.0, DRAWN_WIDTH, DRAWN_HEIGHT };
  cairo_t *cr = cairo_create (surface);
  double scale = WIDTH / DRAWN_WIDTH * camera->zoom;
  gboolean ok;

  cairo_translate (cr, WIDTH / 2.0, HEIGHT / 2.0);
  cairo_rotate (cr, camera->turn);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, camera->left - DRAWN_WIDTH / 2.0, camera->top - DRAWN_HEIGHT / 2.0);

  ok = rsvg_handle_render_document (handle, cr, &page, error);
  if (ok && stamp != NULL)
    draw_stamp (cr, stamp);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return ok;
}

static guint8
expose (int value,
        int light,
        int noise)
{
  return (guint8) CLAMP ((value * light >> 16) + noise, 0, 255);
}

/* Tint, darker corners and grain, on the way from cairo's order of bytes to a pixbuf's.
 * Returns: (transfer full) */
static GdkPixbuf *
develop (cairo_surface_t *surface,
         const Camera    *camera)
{
  GdkPixbuf *picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  const guint8 *from = cairo_image_surface_get_data (surface);
  guint8 *to = gdk_pixbuf_get_pixels (picture);
  int from_stride = cairo_image_surface_get_stride (surface);
  int to_stride = gdk_pixbuf_get_rowstride (picture);
  guint32 noise = camera->noise;

  for (int y = 0; y < HEIGHT; y++)
    {
      const guint32 *in = (const guint32 *) (const void *) (from + y * from_stride);
      guint8 *out = to + y * to_stride;
      int dy = y - HEIGHT / 2;

      for (int x = 0; x < WIDTH; x++)
        {
          int dx = x - WIDTH / 2;
          int far = (dx * dx + dy * dy) / 3907; /* 256 in the corners */
          int light = 256 - (camera->vignette * far >> 8);
          int grain;

          noise ^= noise << 13;
          noise ^= noise >> 17;
          noise ^= noise << 5;
          grain = (int) (noise >> 24) * (2 * camera->grain + 1) / 256 - camera->grain;
          *out++ = expose (in[x] >> 16 & 0xff, camera->tint[0] * light, grain);
          *out++ = expose (in[x] >> 8 & 0xff, camera->tint[1] * light, grain);
          *out++ = expose (in[x] & 0xff, camera->tint[2] * light, grain);
        }
    }
  return picture;
}

GBytes *
rfi_sketch_draw (RfiSketchScene   scene,
                 RfiSketchPhase   phase,
                 guint64          seed,
                 const char      *stamp,
                 GError         **error)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (seed);
  g_autoptr(RsvgHandle) handle = NULL;
  g_autoptr(GdkPixbuf) picture = NULL;
  cairo_surface_t *surface;
  Camera camera;
  char *jpeg;
  gsize size;

  g_return_val_if_fail (scene < RFI_N_SKETCH_SCENES, NULL);
  g_return_val_if_fail (phase < RFI_N_SKETCH_PHASES, NULL);

  set_camera (&camera, random);
  handle = load_drawing (scene, phase, random, error);
  if (handle == NULL)
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  if (render (surface, handle, &camera, stamp, error))
    picture = develop (surface, &camera);
  cairo_surface_destroy (surface);
  if (picture == NULL)
    return NULL;

  if (!gdk_pixbuf_save_to_buffer (picture, &jpeg, &size, "jpeg", error, "quality", "86", NULL))
    return NULL;
  return g_bytes_new_take (jpeg, size);
}
