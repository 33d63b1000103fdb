/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-renew.h"

void
rfi_renew_icon (GtkImage   *image,
                const char *icon_name)
{
  if (g_strcmp0 (gtk_image_get_icon_name (image), icon_name) != 0)
    gtk_image_set_from_icon_name (image, icon_name);
}

void
rfi_renew_tooltip (GtkWidget  *widget,
                   const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}
