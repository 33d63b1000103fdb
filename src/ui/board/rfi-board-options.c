/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-board-options"

#include "config.h"

#include "rfi-board-options.h"

#include "rfi-board-memory.h"

#include <glib/gi18n.h>

static const char *
get_words (RfiGrouping by)
{
  static const char *const words[] = {
    [RFI_GROUPING_STATUS] = N_("By Status"),
    [RFI_GROUPING_TECHNICIAN] = N_("By Technician"),
    [RFI_GROUPING_VENDOR] = N_("By Vendor"),
  };

  return _(words[by]);
}

static GMenuModel *
new_groupings (gboolean vendors)
{
  GMenu *menu = g_menu_new ();
  RfiGrouping last = vendors ? RFI_GROUPING_VENDOR : RFI_GROUPING_TECHNICIAN;

  for (RfiGrouping by = RFI_GROUPING_STATUS; by <= last; by++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (get_words (by), NULL);

      g_menu_item_set_action_and_target (item, "board.grouping", "s",
                                         rfi_grouping_to_string (by));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* As in the list beside the button, where there is room for it. */
static GMenuModel *
new_orders (void)
{
  static const char *const words[] = {
    [RFI_JOB_SORT_URGENCY] = N_("Priority, then age"),
    [RFI_JOB_SORT_AGE] = N_("Oldest first"),
    [RFI_JOB_SORT_NEWEST] = N_("Newest first"),
    [RFI_JOB_SORT_CITY] = N_("City"),
    [RFI_JOB_SORT_UPDATED] = N_("Last changed"),
    [RFI_JOB_SORT_SCHEDULE] = N_("Planned start"),
  };
  GMenu *menu = g_menu_new ();

  for (guint sort = 0; sort < G_N_ELEMENTS (words); sort++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(words[sort]), NULL);

      g_menu_item_set_action_and_target (item, "board.sort", "i", (int) sort);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* A menu is made of many widgets, and seldom opened. */
static void
create_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, G_MENU_MODEL (user_data));
}

void
rfi_board_options_show (GtkMenuButton *button,
                        RfiGrouping    by,
                        gboolean       vendors,
                        gboolean       narrow)
{
  g_autoptr(GMenuModel) groupings = new_groupings (vendors);
  GMenu *menu = g_menu_new ();
  g_autofree char *label = NULL;

  g_menu_append_section (menu, narrow ? _("Lanes") : NULL, groupings);
  if (narrow)
    {
      g_autoptr(GMenuModel) orders = new_orders ();

      g_menu_append_section (menu, _("Order of the cards"), orders);
    }
  gtk_menu_button_set_menu_model (button, NULL);
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, menu, g_object_unref);

  if (narrow)
    gtk_menu_button_set_icon_name (button, "page-board-symbolic");
  else
    gtk_menu_button_set_label (button, get_words (by));
  /* translators: the button of a menu; %s is such as "By Technician" */
  label = g_strdup_printf (_("Lanes: %s"), get_words (by));
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
