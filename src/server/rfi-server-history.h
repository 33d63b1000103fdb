/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"

G_BEGIN_DECLS

/* What the chain of rfi-server-audit.h tells: pages of it, whether it is whole, and how jobs stood
 * at an earlier moment. Errors are RFI_DB_ERROR. */

/* What is asked for; whatever is %NULL or 0 does not matter. */
typedef struct
{
  gint64      after;      /* number of the last entry that is known: oldest first … */
  gint64      before;     /* … or of the first that is: newest first */
  gint64      limit;      /* never 0 */
  gint64      from;       /* ms since 1970, inclusive */
  gint64      to;         /* exclusive */
  const char *vendor_id;
  const char *job_id;
  const char *actor_id;
  const char *device_id;
  const char *other_than; /* by any device but this one */
  gboolean    no_device;  /* by none: typed at the server, or by the compatible dialect */
  const char *const *actions;  /* one of these; at most RFI_SERVER_HISTORY_ACTIONS */
  const char *origin;
  const char *text;       /* somewhere in the person's name or the changes */
} RfiServerHistoryQuery;

#define RFI_SERVER_HISTORY_ACTIONS 4

/* Whether entries have to be looked at one by one, where no index tells which they are. */
gboolean rfi_server_history_is_search (const RfiServerHistoryQuery *query);

/* `[{"n":…,…},…]` of the wire. A search looks at a part of the chain only.
 * @next: (out): the `before` that goes on, 0 when nothing follows; only newest first */
gboolean rfi_server_history_append (RfiDb                        *db,
                                    const RfiServerHistoryQuery  *query,
                                    GString                      *out,
                                    gint64                       *next,
                                    GError                      **error);

/* How many entries a query finds; not for a search. -1 and @error if it cannot be told. */
gint64   rfi_server_history_count  (RfiDb                        *db,
                                    const RfiServerHistoryQuery  *query,
                                    GError                      **error);

/* Where pages begin, so that each can be had without counting to it. */
typedef struct
{
  GArray  *marks;  /* (owned) (element-type gint64): numbers of the first entry that is found, and
                      of each so many further on; none if all from `last` down are found */
  gint64   last;   /* number of the newest that is found, 0 = none */
  gint64   found;
  gboolean whole;  /* nothing between those that are found is left out */
  gint64   next;   /* the `before` that goes on, 0 when nothing follows */
} RfiServerHistoryMarks;

void     rfi_server_history_marks_clear (RfiServerHistoryMarks   *self);

/* Looks at a part of the chain only, newest first: others are to be served too.
 * @every: entries between two marks */
gboolean rfi_server_history_mark  (RfiDb                        *db,
                                   const RfiServerHistoryQuery  *query,
                                   gint64                        every,
                                   RfiServerHistoryMarks        *marks,
                                   GError                      **error);

/* @first: (out): number of the first entry at @at or later, one more than the last if there is
 * none */
gboolean rfi_server_history_find_first (RfiDb                    *db,
                                    gint64                        at,
                                    gint64                       *first,
                                    GError                      **error);

typedef struct
{
  gint64  to;        /* the last entry that was looked at */
  gint64  broken;    /* the first one that does not fit, 0 = none */
  gboolean missing;  /* it is not there at all */
  char   *hash;      /* (owned): of the last entry that fits */
} RfiServerHistoryCheck;

/* Recomputes the chain from after entry @from, at most @limit entries.
 * @check: (out): its hash is to be freed */
gboolean rfi_server_history_check  (RfiDb                        *db,
                                    gint64                        from,
                                    gint64                        limit,
                                    RfiServerHistoryCheck        *check,
                                    GError                      **error);

/* @job: as it stood, without names and photos; %NULL: there was no such job then */
typedef gboolean (*RfiServerHistoryFunc) (const char         *job_id,
                                          const RfiJob       *job,
                                          gpointer            user_data,
                                          GError            **error);

/* Calls @func for each job that was changed after entry @n, as it stood right after that one.
 * @vendor_id: (nullable): only this vendor's */
gboolean rfi_server_history_as_of  (RfiDb                        *db,
                                    gint64                        n,
                                    const char                   *vendor_id,
                                    RfiServerHistoryFunc          func,
                                    gpointer                      user_data,
                                    GError                      **error);

G_END_DECLS
