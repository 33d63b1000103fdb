/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"

G_BEGIN_DECLS

/* What Sync v1 sends of the server's rows. */

/* A row of a page; strings and job are owned. */
typedef struct
{
  gint64    seq;   /* change_seq; 0 in a snapshot */
  RfiJob   *job;   /* (nullable): as it is now */
  char     *id;    /* (nullable): of one that is deleted, or out of sight */
} RfiStoreFeedRow;

/* A page, complete. Owned by its maker, not changed once it is handed over. */
typedef struct
{
  GArray   *rows;          /* (element-type RfiStoreFeedRow) */
  char     *asked_from;    /* (nullable): the cursor, or the place in the snapshot, it follows */
  char     *next;          /* (nullable): the next such */
  char     *server_epoch;
  gint64    position;      /* change_seq that @next stands for; of a snapshot: that it is of */
  char     *cursor;        /* (nullable): of a snapshot: where the delta goes on from */
  gint64    total;         /* of a snapshot: how many rows in all */
  gboolean  snapshot;
  gboolean  last;          /* nothing more comes */
  gboolean  check;         /* the two below are to be compared with what is here */
  gint64    count;
  guint64   checksum;
} RfiStorePage;

RfiStorePage *rfi_store_page_new   (void);
void          rfi_store_page_free  (RfiStorePage *self);

typedef enum {
  RFI_PAGE_TAKEN,
  RFI_PAGE_STALE,     /* it does not follow what is here any more: nothing changed */
  RFI_PAGE_DIVERGED,  /* taken, but what is here is not what the server has */
  RFI_PAGE_RESTART,   /* it is of another history of the server: taken is only that */
} RfiPageFate;

/* Rows, their cursor, and what they make of operations that were accepted, in one transaction.
 * No row is replaced by an older one. The last page of a snapshot also removes what it did not
 * name; what pends on that becomes a conflict.
 * @page: (transfer full). @now: ms since 1970. finish: -1 on error */
void       rfi_store_take_page_async    (RfiStore *self, RfiStorePage *page, gint64 now,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
int        rfi_store_take_page_finish   (RfiStore *self, GAsyncResult *result, GError **error);

/* A row that came by real time, shown until the feed brings the whole; taken only if it is the very
 * next one of a job that is known, by the feed or by the event before.
 * @by: (nullable): user id. Ends with rfi_store_finish() */
void       rfi_store_take_event_async   (RfiStore *self, RfiJob *row, const char *by,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);

/* How far the feed has been taken. */
typedef struct
{
  char   *cursor;         /* (nullable): none until a snapshot was complete */
  char   *snapshot;       /* (nullable): where one goes on that is not complete */
  gint64  snapshot_total;
  gint64  snapshot_done;  /* rows taken of it */
  gint64  position;
} RfiFeedState;

void          rfi_feed_state_free         (RfiFeedState *self);

/* finish: (transfer full) */
void          rfi_store_get_feed_async    (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
RfiFeedState *rfi_store_get_feed_finish   (RfiStore *self, GAsyncResult *result, GError **error);

/* Starts over: the cursor is of no use any more, or what is here is not what the server has. The
 * rows stay until a snapshot has arrived. Ends with rfi_store_finish() */
void          rfi_store_reset_feed_async  (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiStorePage, rfi_store_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiFeedState, rfi_feed_state_free)

G_END_DECLS
