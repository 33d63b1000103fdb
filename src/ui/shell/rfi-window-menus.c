/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window"

#include "config.h"

#include "rfi-window-private.h"

/* A button makes all widgets of a menu when it gets one; most windows never open theirs. */
static void
create_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, user_data);
}

static void
add_menu (RfiWindow  *self,
          const char *button,
          const char *menu)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_menu_button_set_create_popup_func (
    GTK_MENU_BUTTON (gtk_widget_get_template_child (widget, RFI_TYPE_WINDOW, button)),
    create_popup_cb, gtk_widget_get_template_child (widget, RFI_TYPE_WINDOW, menu), NULL);
}

void
rfi_window_add_menus (RfiWindow *self)
{
  add_menu (self, "menu_button", "main_menu");
  add_menu (self, "signin_menu_button", "signin_menu");
}
