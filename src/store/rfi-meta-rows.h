/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* Small values that belong to the cache, as rfi-store-rows.h. */

/* meta; @value: (nullable): %NULL forgets it */
#define RFI_META_CURSOR "cursor"
/* The listing that was the last when the cache was cleared, until a later one is complete. */
#define RFI_META_CLEARED "cleared"
/* Of Sync v1: the cursor, the change_seq it stands for, the server's epoch, and how far a snapshot
 * is that has not arrived as a whole: where it goes on, the cursor and change_seq it will leave,
 * how many rows it has in all and how many of them are here. */
#define RFI_META_FEED_CURSOR "feed-cursor"
/* Another history of the server was met by its rows, and hello has not been said to it. */
#define RFI_META_UNMET "server-unmet"
#define RFI_META_POSITION "feed-position"
#define RFI_META_SERVER_EPOCH "server-epoch"
#define RFI_META_SNAPSHOT "snapshot-after"
#define RFI_META_SNAPSHOT_CURSOR "snapshot-cursor"
#define RFI_META_SNAPSHOT_POSITION "snapshot-position"
#define RFI_META_SNAPSHOT_TOTAL "snapshot-total"
#define RFI_META_SNAPSHOT_DONE "snapshot-done"
/* The listing of a snapshot that began with nothing here. */
#define RFI_META_SNAPSHOT_ALONE "snapshot-alone"
char         *rfi_meta_rows_get      (RfiDb *db, const char *key, GError **error);
gboolean      rfi_meta_rows_set      (RfiDb *db, const char *key, const char *value,
                                      GError **error);
/* The listing that arrives now, or arrived last. */
gint64        rfi_meta_rows_get_listing (RfiDb *db);
/* Numbers; 0 if there is none. */
gint64        rfi_meta_rows_get_number (RfiDb *db, const char *key);
gboolean      rfi_meta_rows_set_number (RfiDb *db, const char *key, gint64 number, GError **error);
gboolean      rfi_meta_rows_set_listing (RfiDb *db, gint64 listing, GError **error);
/* Of the file, without its log. */
gboolean      rfi_meta_rows_get_size (RfiDb *db, gint64 *n_bytes, GError **error);

G_END_DECLS
