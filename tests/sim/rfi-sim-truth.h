/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-push-result.h"
#include "rfi-signed-operation.h"
#include "rfi-sim-ledger.h"

G_BEGIN_DECLS

/* One job as the server has it, and every way it ever looked there. */
typedef struct
{
  char      *id;
  RfiJob    *job;      /* (owned) (nullable): %NULL once it is deleted */
  gint64     seq;      /* of its latest change */
  gboolean   is_back;  /* the server was put back to before there was such a job, and there is */
  GPtrArray *history;  /* (owned) (element-type RfiJob) (nullable elements): one per version, from
                          1 on */
} RfiSimRow;

/* What the server answered to one operation for good. */
typedef struct
{
  char               *key;     /* device, epoch, number */
  char               *hash;    /* of the body */
  char               *result;  /* as it was answered */
  RfiSignedOperation *operation;
  RfiOutcome          outcome;
  gint64              version;
  gint64              change_seq;
} RfiSimVerdict;

/**
 * RfiSimTruth:
 *
 * What is so at the server, by looking on: what each operation must have done, worked out without
 * a database, against what is in the tables.
 */
typedef struct
{
  GHashTable *rows;      /* (owned) id → RfiSimRow */
  GPtrArray  *verdicts;  /* (owned) (element-type RfiSimVerdict), in the order they were given */
  GPtrArray  *forgotten; /* (owned) (element-type RfiSimVerdict): of other histories */
  GHashTable *by_key;    /* (owned) key → RfiSimVerdict, borrowed */
  GHashTable *by_id;     /* (owned) operation's id → RfiSimVerdict, borrowed */
  GHashTable *ids;       /* (owned): of jobs of earlier histories */
  GHashTable *ever;      /* (owned) operation's id → RfiSignedOperation: of any history */
  gint64      head;      /* change_seq up to which rows are known */
  GPtrArray  *ledger;    /* (nullable), borrowed: the order of deeds */
  GPtrArray  *users;      /* borrowed (element-type RfiUser): of each console */
  guint       history;   /* how often the server was put back */
  GPtrArray  *gone;      /* (owned) (element-type utf8): jobs deleted since somebody emptied this */

  /* What the server fell over: it may be done or not. */
  GBytes     *open_push; /* (owned) (nullable): request */
  char       *open_user; /* (owned) (nullable): who sent it */
  RfiJob     *open_job;  /* (owned) (nullable): what somebody else changed it to */
  gboolean    open_gone; /* or that it was deleted */
} RfiSimTruth;

RfiSimTruth   *rfi_sim_truth_new      (void);
void           rfi_sim_truth_free     (RfiSimTruth  *self);

/* Each answers %NULL, or what is wrong: "CHECK: words" (transfer full). */

/* Some operations were answered. @user_id: whose connection it is */
char          *rfi_sim_truth_pushed   (RfiSimTruth  *self,
                                       RfiDb        *db,
                                       const char   *user_id,
                                       const char   *request,
                                       gsize         n_request,
                                       const char   *answer,
                                       gsize         n_answer);
/* Somebody changed @job, or deleted it, by other ways. */
char          *rfi_sim_truth_changed  (RfiSimTruth  *self,
                                       RfiDb        *db,
                                       const RfiJob *job,
                                       gboolean      deleted);
/* The server fell over one of the two. */
void           rfi_sim_truth_fell     (RfiSimTruth  *self,
                                       const char   *user_id,
                                       GBytes       *push);
void           rfi_sim_truth_fell_job (RfiSimTruth  *self,
                                       const RfiJob *job,
                                       gboolean      deleted);
/* The server was started again: what was answered must be there, and nothing else. */
char          *rfi_sim_truth_verify   (RfiSimTruth  *self,
                                       RfiDb        *db);
/* The server was put back to an earlier time: learns anew what is so.
 * Returns: (transfer container): (element-type RfiSimVerdict) of what it no longer knows */
GPtrArray     *rfi_sim_truth_reset    (RfiSimTruth  *self,
                                       RfiDb        *db);

/* (nullable) each */
RfiSimRow     *rfi_sim_truth_find     (RfiSimTruth  *self,
                                       const char   *job_id);
RfiSimVerdict *rfi_sim_truth_verdict  (RfiSimTruth  *self,
                                       const char   *operation_id);
/* Ids of all rows ever, in order. Returns: (transfer container) (element-type utf8) */
GPtrArray     *rfi_sim_truth_ids      (RfiSimTruth  *self);

/* The first field in which they differ, in words; %NULL if none does. (transfer full) */
char          *rfi_sim_differ         (const RfiJob *a,
                                       const RfiJob *b);

G_END_DECLS
