/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many letters go in one request: a few more after each that was answered quickly, half as
 * many after one that took long or was refused as a whole. Pure.
 */
typedef struct
{
  guint size;
} RfiSyncWindow;

void  rfi_sync_window_init  (RfiSyncWindow *self);
guint rfi_sync_window_get   (const RfiSyncWindow *self);

/* A request was answered after @latency ms. */
void  rfi_sync_window_note  (RfiSyncWindow *self,
                             gint64         latency);
/* One of @n letters was not taken. */
void  rfi_sync_window_halve (RfiSyncWindow *self,
                             guint          n);

G_END_DECLS
