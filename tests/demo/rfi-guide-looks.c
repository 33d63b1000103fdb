/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

#include "rfi-job-table.h"
#include "rfi-print-sheets.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

#include <adwaita.h>

/* Every view light, dark, and with text of twice the size, in a window as wide as ever. */

static void
shoot (RfiGuide   *guide,
       const char *view,
       const char *look)
{
  g_autofree char *name = g_strdup_printf ("look-%s-%s", view, look);
  g_autofree char *what = g_strdup_printf ("%s, %s", view, look);

  rfi_guide_shoot (guide, name, what);
}

static void
shoot_looks (RfiGuide   *guide,
             const char *view)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  shoot (guide, view, "light");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  shoot (guide, view, "dark");
  rfi_guide_set_text_scale (guide, 200);
  shoot (guide, view, "large-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  shoot (guide, view, "large");
  rfi_guide_set_text_scale (guide, 100);
}

static void
shoot_palette (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.palette", NULL);
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  rfi_guide_type (guide, GTK_WIDGET (rfi_guide_dialog (guide)), "entry", "a");
  shoot_looks (guide, "palette");
  gtk_window_close (rfi_guide_dialog (guide));
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
}

static void
shoot_alerts (RfiGuide *guide)
{
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));
  GtkWidget *button =
    rfi_test_ui_find (rfi_guide_find (guide, window, "alerts"), GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  shoot_looks (guide, "alerts");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
shoot_spans (RfiGuide *guide)
{
  static const char * const spans[] = { "span_3_days", "span_week", "span_2_weeks" };
  GtkWidget *window = GTK_WIDGET (rfi_guide_window (guide));

  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("timeline"));
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *view = g_strdup_printf ("timeline-%s", spans[i] + strlen ("span_"));

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_guide_find (guide, window, spans[i])),
                                    TRUE);
      shoot_looks (guide, g_strdelimit (view, "_", '-'));
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_guide_find (guide, window, "span_day")),
                                TRUE);
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
}

/* @action opens it. */
static void
shoot_dialog (RfiGuide   *guide,
              const char *view,
              const char *action,
              const char *target)
{
  rfi_guide_do (guide, action, target != NULL ? g_variant_new_string (target) : NULL);
  rfi_test_wait (rfi_guide_dialog (guide) != NULL);
  shoot_looks (guide, view);
  gtk_window_destroy (rfi_guide_dialog (guide));
  rfi_test_wait (rfi_guide_dialog (guide) == NULL);
}

static void
shoot_bulk (RfiGuide *guide)
{
  GtkWidget *lane = rfi_test_ui_find (GTK_WIDGET (rfi_guide_window (guide)), GTK_TYPE_GRID_VIEW);

  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (lane, "list.select-item", "(ubb)", i, FALSE, i > 0);
  shoot_looks (guide, "bulk-bar");
  shoot_dialog (guide, "bulk", "win.bulk-priority", "low");
  rfi_guide_do (guide, "win.clear-selection", NULL);
}

/* The first page of a job sheet, as the printer gets it. */
void
rfi_guide_print_sheet (RfiGuide *guide)
{
  enum { WIDTH = 595, HEIGHT = 842, MARGIN = 48 };
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_IN_PROGRESS, TRUE);
  RfiJobTable *jobs = rfi_session_get_jobs (rfi_guide_session (guide));
  g_autoptr(RfiPrintDocument) sheet =
    rfi_print_sheets_job (rfi_guide_session (guide), rfi_job_table_lookup (jobs, job_id)->work);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * 3 / 2, HEIGHT * 3 / 2);
  cairo_t *cairo = cairo_create (surface);
  g_autofree char *file = g_strdup_printf ("%02u-job-sheet.png", ++guide->n_shots);
  g_autofree char *path = g_build_filename (guide->output, file, NULL);

  pango_cairo_context_set_resolution (context, 72);
  rfi_print_document_lay_out (sheet, context, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN);
  cairo_scale (cairo, 1.5, 1.5);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_translate (cairo, MARGIN, MARGIN);
  rfi_print_document_draw (sheet, cairo, 0);
  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    g_error ("%s can't be written", path);
  g_print ("%-34s %s\n", file, "A job sheet on paper");
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  g_object_unref (context);
}

/* What only an admin sees. */
void
rfi_guide_show_vendors (RfiGuide *guide)
{
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.group-board", g_variant_new_string ("vendor"));
  shoot_looks (guide, "board-vendors");
}

void
rfi_guide_show_looks (RfiGuide *guide)
{
  const char *const pages[] = { "board", "timeline", "jobs", "conflicts", "history", "activity" };
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_IN_PROGRESS, TRUE);
  g_autofree char *pending = rfi_guide_pick_job (guide, RFI_STATUS_PENDING, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      rfi_guide_do (guide, "win.show-page", g_variant_new_string (pages[i]));
      shoot_looks (guide, pages[i]);
    }
  rfi_guide_do (guide, "win.show-page", g_variant_new_string ("board"));
  rfi_guide_do (guide, "win.group-board", g_variant_new_string ("technician"));
  shoot_looks (guide, "board-technicians");
  rfi_guide_do (guide, "win.group-board", g_variant_new_string ("status"));
  rfi_guide_do (guide, "win.search-for", g_variant_new_string ("cooler"));
  shoot_looks (guide, "search");
  rfi_guide_do (guide, "win.search-for", g_variant_new_string (""));
  rfi_guide_do (guide, "win.show-job", g_variant_new_string (job_id));
  shoot_looks (guide, "detail");
  rfi_guide_do (guide, "win.close-detail", NULL);
  shoot_palette (guide);
  shoot_alerts (guide);
  shoot_spans (guide);
  shoot_bulk (guide);
  shoot_dialog (guide, "assignment", "win.assign", pending);
  shoot_dialog (guide, "wall", "win.wall", NULL);
  rfi_guide_print_sheet (guide);
}
