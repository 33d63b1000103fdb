/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-head-menu"

#include "config.h"

#include "rfi-table-head-menu.h"

#include "rfi-table-header.h"

#include <glib/gi18n.h>

#define STEP 24  /* px */

static void
append (GMenu       *menu,
        const char  *label,
        const char  *action,
        RfiJobColumn column)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", rfi_job_column_to_string (column));
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

static GMenu *
new_sorts (RfiTableLayout *layout,
           RfiJobColumn    column)
{
  guint place = rfi_table_layout_get_sort (layout, column, NULL);
  guint n_keys = rfi_table_layout_get_sorter (layout)->n_keys;
  GMenu *menu = g_menu_new ();

  append (menu, _("Sort Ascending"), "head.ascending", column);
  append (menu, _("Sort Descending"), "head.descending", column);
  if (n_keys > (place > 0 ? 1u : 0u))
    {
      append (menu, _("Then Ascending"), "head.then-ascending", column);
      append (menu, _("Then Descending"), "head.then-descending", column);
    }
  if (place > 0)
    append (menu, _("Don’t Sort by This"), "head.unsort", column);
  return menu;
}

GMenuModel *
rfi_table_head_menu_new (RfiTableLayout *layout,
                         RfiJobColumn    column)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (layout);
  guint n_shown = rfi_table_layout_get_n_shown (layout);
  GMenu *menu = g_menu_new ();
  GMenu *places = g_menu_new ();
  GMenu *hide = g_menu_new ();

  if (shown[0] != column)
    append (places, _("Move Towards Start"), "head.back", column);
  if (shown[n_shown - 1] != column)
    append (places, _("Move Towards End"), "head.forward", column);
  append (places, _("Wider"), "head.wider", column);
  append (places, _("Narrower"), "head.narrower", column);
  if (n_shown > 1)
    append (hide, _("Hide Column"), "head.hide", column);
  append_section (menu, new_sorts (layout, column));
  append_section (menu, places);
  append_section (menu, hide);
  return G_MENU_MODEL (menu);
}

static void
activate_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *target)
{
  RfiTableLayout *layout = rfi_table_header_get_layout (RFI_TABLE_HEADER (widget));
  RfiJobColumn column;
  int width;

  if (!rfi_job_column_from_string (g_variant_get_string (target, NULL), &column))
    return;

  width = rfi_table_layout_get_width (layout, column);
  if (g_str_has_suffix (action, "ascending"))
    rfi_table_layout_sort (layout, column, FALSE, g_str_equal (action, "head.then-ascending"));
  else if (g_str_has_suffix (action, "descending"))
    rfi_table_layout_sort (layout, column, TRUE, g_str_equal (action, "head.then-descending"));
  else if (g_str_equal (action, "head.unsort"))
    rfi_table_layout_unsort (layout, column);
  else if (g_str_equal (action, "head.back"))
    rfi_table_layout_move (layout, column, -1, FALSE);
  else if (g_str_equal (action, "head.forward"))
    rfi_table_layout_move (layout, column, 1, FALSE);
  else if (g_str_equal (action, "head.wider"))
    rfi_table_layout_set_width (layout, column, width + STEP);
  else if (g_str_equal (action, "head.narrower"))
    rfi_table_layout_set_width (layout, column, width - STEP);
  else
    rfi_table_layout_set_shown (layout, column, FALSE);
}

void
rfi_table_head_menu_install (GtkWidgetClass *header_class)
{
  static const char *const actions[] = {
    "head.ascending", "head.descending", "head.then-ascending", "head.then-descending",
    "head.unsort",    "head.back",       "head.forward",        "head.wider",
    "head.narrower",  "head.hide",
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (header_class, actions[i], "s", activate_cb);
}
