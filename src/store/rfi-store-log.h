/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-client-event.h"
#include "rfi-pulse.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* What is remembered of how syncing went. Those without a finish of their own end with
 * rfi_store_finish(). */

/* Keeps these minutes, in the place of what was known of them; those a week older than the last of
 * them go. Does not wait for the disk. @minutes: (element-type RfiPulseMinute): copied */
void       rfi_store_put_pulse_async   (RfiStore *self, GArray *minutes,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* finish: (transfer full) */
void       rfi_store_load_pulse_async  (RfiStore *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
RfiPulse  *rfi_store_load_pulse_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* The events of this computer. What becomes of changes is among them without being added. */

/* Gives it its id and its place. */
void       rfi_store_add_event_async   (RfiStore *self, RfiClientEvent *event,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* The newest first, below @before; 0 = from the newest. Those that an archive holds are not among
 * them. finish: (transfer full) (element-type RfiClientEvent) */
void       rfi_store_list_events_async (RfiStore *self, guint limit, gint64 before,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* The oldest first, of those that the server was not given. */
void       rfi_store_list_unsent_events_async (RfiStore *self, guint limit,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rfi_store_list_events_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* The server has all up to @n. */
void       rfi_store_set_events_sent_async (RfiStore *self, gint64 n, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);

/* Puts into a sealed file in @dir what is older than @before or not among the newest @n_kept, and
 * only once that is on disk takes it out of here. Those at hand are a part of the whole: nothing is
 * dropped. @unsent: also what the server was not given, and then never will be.
 * finish: how many, -1 = error */
void       rfi_store_archive_events_async  (RfiStore *self, const char *dir, gint64 before,
                                            guint n_kept, gboolean unsent,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
int        rfi_store_archive_events_finish (RfiStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
