/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For what is told again and again, mostly without news: the toolkit lays the window out and
 * paints it for an icon that is set, and asks the screen where the pointer is for a tooltip, even
 * if they are the same. These do nothing then. Labels are compared by the toolkit itself.
 */
void rfi_renew_icon    (GtkImage   *image,
                        const char *icon_name);
void rfi_renew_tooltip (GtkWidget  *widget,
                        const char *text);

G_END_DECLS
