/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-menu"

#include "config.h"

#include "rfi-timeline-menu.h"

#include "rfi-held.h"

#include <glib/gi18n.h>

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *job_id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", job_id);
  g_menu_append_item (menu, item);
}

static GMenu *
new_menu (RfiJobItem *item,
          gboolean    placed)
{
  const char *job_id = rfi_job_item_get_id (item);
  GMenu *menu = g_menu_new ();

  append (menu, _("Open"), "win.show-job", job_id);
  append (menu, placed ? _("Move with the Keyboard") : _("Place with the Keyboard"),
          "timeline.place", job_id);
  append (menu, _("Assign…"), "win.assign", job_id);
  append (menu, _("Hold Until…"), "timeline.hold", job_id);
  if (placed)
    append (menu, _("Take Off the Timeline"), "timeline.unschedule", job_id);
  return menu;
}

/* Its action runs after it has closed; its parent may go first. */
static void
unparent_cb (gpointer user_data)
{
  g_autoptr(GtkWidget) popover = user_data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_once (unparent_cb, g_object_ref (popover));
}

void
rfi_timeline_menu_pop_up (GtkWidget   *parent,
                          RfiJobTable *jobs,
                          RfiJobItem  *item,
                          gboolean     placed,
                          double       x,
                          double       y)
{
  g_autoptr(GMenu) menu = new_menu (item, placed);
  GtkWidget *popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  GdkRectangle area = { (int) x, (int) y, 1, 1 };

  gtk_widget_set_parent (popover, parent);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &area);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  rfi_held_while_open (GTK_POPOVER (popover), jobs, item, NULL);
}
