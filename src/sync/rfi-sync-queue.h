/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-letter.h"

G_BEGIN_DECLS

/**
 * RfiSyncQueue:
 *
 * The letters that wait, and which of them go next, and together.
 *
 * The order among the letters of one job is absolute: they are a chain, and only its first one
 * competes; once that is in the batch the next one does. A chain that meets what waits for a
 * person, for its next try or for a photo ends there, also where an answer says so on the way. Of
 * those that compete the most urgent goes first, and as urgent as a chain's most urgent letter is
 * all that stands before it; among equals the one typed first. So a batch never holds a letter
 * without those it has to follow, and while one is under way no other batch has letters of the same
 * jobs.
 *
 * Picking takes time for what is picked, not for what waits: the order is found once and kept until
 * something other than an answer changes it.
 */
typedef struct _RfiSyncQueue RfiSyncQueue;

/* After so many that were typed later have overtaken, the oldest goes, whatever its class. */
#define RFI_SYNC_QUEUE_PATIENCE 8

/* What a request adds to the bytes of each. */
#define RFI_SYNC_QUEUE_OVERHEAD 130

/* @user_id: whose letters may be sent */
RfiSyncQueue *rfi_sync_queue_new          (const char *user_id);
void          rfi_sync_queue_free         (RfiSyncQueue *self);

/* None is under way any more.
 * @letters: (nullable) (element-type RfiLetter): all of them, by position */
void          rfi_sync_queue_set_letters  (RfiSyncQueue *self, GPtrArray *letters);
/* Whether one waits that a key could sign: tried again, or put back after a conflict that was none,
 * it may be older than the key. */
gboolean      rfi_sync_queue_has_unsigned (RfiSyncQueue *self);

/* The next batch, all of one device and epoch; it is under way until each of its letters is
 * forgotten, left, held or put back.
 * @now: the time of rfi_sync_queue_put_off()
 * @max_bytes: as they are in the request; a single letter may have more
 * Returns: (transfer full) (element-type RfiLetter): empty if none may go now */
GPtrArray    *rfi_sync_queue_pick         (RfiSyncQueue *self, gint64 now, guint max_letters,
                                           gsize max_bytes);

/* It was answered, and waits no longer. */
void          rfi_sync_queue_forget       (RfiSyncQueue *self, const char *operation_id);
/* It is not sent as it is; its number comes with another letter. */
void          rfi_sync_queue_leave        (RfiSyncQueue *self, const char *operation_id);
/* A person has to see to it: nothing of its job goes before the letters are set anew. Of what
 * stands alone it is as if it were forgotten.
 * @answered: whether its number was; else that is still to come */
void          rfi_sync_queue_hold         (RfiSyncQueue *self, const char *operation_id,
                                           gboolean answered);
/* Those that are still under way are not any more, but wait.
 * @letters: (element-type RfiLetter) */
void          rfi_sync_queue_put_back     (RfiSyncQueue *self, GPtrArray *letters);
/* It waits, and is not picked before @at. That is remembered for the next letters too. */
void          rfi_sync_queue_put_off      (RfiSyncQueue *self, const char *operation_id,
                                           gint64 at);
/* The same of one that the server has blocked behind another of its job: it may go, too, once
 * something of the job was answered, or is in conflict no longer. */
void          rfi_sync_queue_block        (RfiSyncQueue *self, const char *operation_id,
                                           gint64 at);
/* How often in a row. */
guint         rfi_sync_queue_count_put_off (RfiSyncQueue *self, const char *operation_id);
/* Of all that were put off. */
void          rfi_sync_queue_forget_waits (RfiSyncQueue *self);

/* The lowest number of the epoch that is not answered; G_MAXINT64 = all are */
gint64        rfi_sync_queue_find_open    (RfiSyncQueue *self, const char *epoch);
/* The lowest number that waits in the epoch of @letter, which does, less one: the answers to all
 * below it are here. */
gint64        rfi_sync_queue_find_ack     (RfiSyncQueue *self, const RfiLetter *letter);
/* When the first of those put off may be tried, as of the last pick; G_MAXINT64 = none */
gint64        rfi_sync_queue_get_next_due (RfiSyncQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSyncQueue, rfi_sync_queue_free)

G_END_DECLS
