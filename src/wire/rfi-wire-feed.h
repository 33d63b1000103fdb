/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

G_BEGIN_DECLS

/* Pages of GET /api/v1/sync/delta and …/snapshot: application/x-ndjson, one object in each line,
 * a line about the page first and one about what comes next last. */

typedef enum {
  RFI_FEED_JOB,
  RFI_FEED_DELETED,
  RFI_FEED_REVOKED,  /* it left one's view, it may well live on */
} RfiFeedKind;

typedef struct
{
  gint64       seq;   /* change_seq; 0 in a snapshot */
  RfiFeedKind  kind;
  RfiJob      *job;   /* (owned) (nullable): of a job */
  char        *id;    /* (owned) (nullable): of one that is gone */
} RfiFeedRow;

/* The first line. */
typedef struct
{
  char   *epoch;     /* the server's */
  gint64  head;      /* its last change_seq */
  gint64  gc_floor;  /* cursors below it are too old */
  gint64  total;     /* snapshot: rows in all; -1 in a delta */
  char   *cursor;    /* (nullable): snapshot: where the delta goes on from */
  char   *next;      /* (nullable): as the last line will have it, if more follows: the next page
                      * can be asked for while this one is read */
} RfiFeedHead;

/* The last line. */
typedef struct
{
  char     *next;        /* delta: its cursor; snapshot: its after */
  gboolean  has_more;
  gboolean  has_totals;  /* delta, at its end: the two below are given */
  gint64    count;       /* jobs in the whole scope */
  guint64   checksum;    /* of the whole scope, see rfi-scope-sum.h */
} RfiFeedTail;

/* Writing. Each appends one line; @job is written for Sync v1, without URLs. */

void           rfi_feed_append_head    (GString            *out,
                                        const RfiFeedHead  *head);
/* @seq: 0 in a snapshot */
void           rfi_feed_append_job     (GString            *out,
                                        gint64              seq,
                                        const RfiJob       *job);
/* @kind: any but RFI_FEED_JOB */
void           rfi_feed_append_gone    (GString            *out,
                                        gint64              seq,
                                        RfiFeedKind         kind,
                                        const char         *id);
/* @snapshot: whose member it is: "after", or "cursor" */
void           rfi_feed_append_tail    (GString            *out,
                                        const RfiFeedTail  *tail,
                                        gboolean            snapshot);

/**
 * RfiFeedReader:
 *
 * Reads one page piece by piece as it arrives, without holding it as a whole. Only after finish
 * may its rows be believed: a page that was cut, or with one line that is not understood,
 * changes nothing. For one thread at a time.
 */
typedef struct _RfiFeedReader RfiFeedReader;

/* One row may be this long, in bytes. */
#define RFI_FEED_ROW_LIMIT (4 * 1024 * 1024)

RfiFeedReader *rfi_feed_reader_new       (void);
void           rfi_feed_reader_free      (RfiFeedReader  *self);

/* After an error every further call gives the same one. */
gboolean       rfi_feed_reader_feed      (RfiFeedReader  *self,
                                          const char     *data,
                                          gsize           length,
                                          GError        **error);

/* No more comes. A page without its last line is RFI_WIRE_ERROR_TRUNCATED. */
gboolean       rfi_feed_reader_finish    (RfiFeedReader  *self,
                                          GError        **error);

/* The rows that came since the last call.
 * Returns: (transfer full) (element-type RfiFeedRow): clears its rows when it is freed */
GArray        *rfi_feed_reader_take_rows (RfiFeedReader  *self);
guint          rfi_feed_reader_get_n_rows (RfiFeedReader *self);

/* %NULL until that line came. Returns: (transfer none) (nullable) */
const RfiFeedHead *rfi_feed_reader_get_head (RfiFeedReader *self);
const RfiFeedTail *rfi_feed_reader_get_tail (RfiFeedReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiFeedReader, rfi_feed_reader_free)

G_END_DECLS
