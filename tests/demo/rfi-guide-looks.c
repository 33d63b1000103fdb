/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

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

void
rfi_guide_show_looks (RfiGuide *guide)
{
  const char *const pages[] = { "board", "timeline", "jobs", "conflicts", "history", "activity" };
  g_autofree char *job_id = rfi_guide_pick_job (guide, RFI_STATUS_IN_PROGRESS, TRUE);

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
}
