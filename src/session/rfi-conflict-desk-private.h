/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict-desk.h"
#include "rfi-record-list.h"

G_BEGIN_DECLS

/* What the parts of RfiConflictDesk share. */

struct _RfiConflictDesk
{
  GObject        parent_instance;

  RfiSession    *session;      /* which it is kept by */
  RfiRecordList *list;         /* (owned) */
  RfiRecordList *settled;      /* (owned) */
  GPtrArray     *records;      /* (owned) (element-type RfiConflictRecord): open, as last told */
  GPtrArray     *done;         /* (owned) (element-type RfiConflictRecord): settled lately */
  gint64         told_at;      /* when both were, ms since 1970; 0 = never */
  GBytes        *kept;         /* (owned) (nullable): the answer that is on disk */
  gint64         kept_at;
  GHashTable    *decided;      /* (owned) (element-type utf8): records that are decided here */
  GHashTable    *asked;        /* (owned) (element-type utf8): own conflicts as of the question */
  GHashTable    *tried;        /* (owned) (element-type utf8): by a remembered choice */
  GPtrArray     *undo;         /* (owned) (element-type RfiDeskDeed) */
  GCancellable  *cancellable;  /* (owned) */
  GVariant      *choices;      /* (owned) (nullable) */
  gint64         last_sync_at;
  guint          n_waiting;
  guint          timer;
  guint          troubles;     /* RfiDeskTrouble flags */
  gboolean       asking;
  gboolean       asks_again;
  gboolean       current;
};

/* A decision that may still be taken back. */
typedef struct
{
  RfiConflict *conflict;      /* (owned): as it was */
  char        *operation_id;  /* what it was decided with */
} RfiDeskDeed;

void        _rfi_desk_deed_free            (gpointer         deed);

/* (nullable) once it is gone */
RfiSession *_rfi_conflict_desk_get_session (RfiConflictDesk *self);
/* (element-type RfiDeskDeed) */
GPtrArray  *_rfi_conflict_desk_get_undo    (RfiConflictDesk *self);
/* Its record is decided here, or no longer. */
void        _rfi_conflict_desk_hide        (RfiConflictDesk *self,
                                            RfiConflict     *conflict,
                                            gboolean         hidden);
/* No remembered choice is to decide it any more. */
void        _rfi_conflict_desk_keep        (RfiConflictDesk *self,
                                            RfiConflict     *conflict);

/* What was kept of an earlier run; nothing any more once the server answered.
 * @records: (element-type RfiConflictRecord): emptied */
void        _rfi_conflict_desk_take_told   (RfiConflictDesk *self,
                                            GPtrArray       *records,
                                            gint64           told_at);
/* The cache was cleared. */
void        _rfi_conflict_desk_forget      (RfiConflictDesk *self);

/* rfi-conflict-desk-told.c.
 * @error: (nullable): there is no such trouble any more */
void        _rfi_conflict_desk_set_trouble (RfiConflictDesk *self,
                                            RfiDeskTrouble   trouble,
                                            const GError    *error);
/* What the server told, on disk.
 * @records: (element-type RfiConflictRecord): to be kept, and no others */
void        _rfi_conflict_desk_load_told   (RfiConflictDesk *self);
void        _rfi_conflict_desk_keep_told   (RfiConflictDesk *self,
                                            GPtrArray       *records,
                                            gint64           told_at);

G_END_DECLS
