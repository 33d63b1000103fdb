/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-test-wait.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a test of widgets starts with, in the place of g_test_init (): the toolkit, no
 * animations, and the bundle's icons and styles. */
void       rfi_test_ui_init         (int         *argc,
                                     char      ***argv);

/* Presents @window and waits until it has been drawn. */
void       rfi_test_ui_show         (GtkWindow   *window);

/* Returns: (transfer none) (nullable): the first visible descendant of that type, or with
 * that name in its .ui file or gtk_widget_set_name () */
GtkWidget *rfi_test_ui_find         (GtkWidget   *root,
                                     GType        type);
GtkWidget *rfi_test_ui_find_named   (GtkWidget   *root,
                                     const char  *name);

/* Whether a visible label below @root has exactly this text. */
gboolean   rfi_test_ui_has_text     (GtkWidget   *root,
                                     const char  *text);

/* Returns: (transfer none) (nullable): the first visible label with this in its text */
GtkWidget *rfi_test_ui_find_text    (GtkWidget   *root,
                                     const char  *part);

/* Fails the test for every control below @root that a screen reader could not name. */
void       rfi_test_ui_assert_named (GtkWidget   *root);

/* Waits for the frame if there is one to come. Returns: (transfer full): all that is drawn of it,
 * the same if it looks the same */
GBytes    *rfi_test_ui_draw         (GtkWidget   *widget);

/* The X server's pointer goes there, @x and @y in @widget. */
void       rfi_test_ui_point_at     (GtkWidget   *widget,
                                     double       x,
                                     double       y);

/* Writes what @window shows, without shadow and frame, to a PNG file. */
void       rfi_test_ui_save_picture (GtkWindow   *window,
                                     const char  *path);

G_END_DECLS
