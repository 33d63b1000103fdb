/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-canonical.h"
#include "rfi-db.h"
#include "rfi-push-result.h"
#include "rfi-signed-operation.h"

G_BEGIN_DECLS

/* One entry of the server's order of changes. */
typedef struct
{
  char   *id;
  RfiJob *job;  /* (owned) (nullable): %NULL: it is deleted */
  gint64  seq;
} RfiSimChange;

/* Everything after @after, in order. Returns: (transfer full) (nullable)
 * (element-type RfiSimChange) */
GPtrArray     *rfi_sim_effects_read       (RfiDb                    *db,
                                           gint64                    after);
/* Whether there is any. */
gboolean       rfi_sim_effects_moved      (RfiDb                    *db,
                                           gint64                    after);

/**
 * RfiSimEffects:
 *
 * What one transaction of the server must have done, no more and no less: the rules of merging
 * worked out beside it. Functions that find something wrong say so as "CHECK: words".
 */
typedef struct _RfiSimEffects RfiSimEffects;

RfiSimEffects *rfi_sim_effects_new        (void);
void           rfi_sim_effects_free       (RfiSimEffects            *self);

/* @operation was applied to @job, (nullable), or to what the ones before made of it. */
char          *rfi_sim_effects_add        (RfiSimEffects            *self,
                                           const RfiSignedOperation *operation,
                                           const RfiPushResult      *result,
                                           const RfiJob             *job);
/* @operation met something: whether its record holds all that a person needs to decide. @job: as
 * above */
char          *rfi_sim_effects_check_conflict (RfiSimEffects        *self,
                                           const RfiSignedOperation *operation,
                                           const RfiPushResult      *result,
                                           const RfiJob             *job);
/* Somebody made it look so. */
void           rfi_sim_effects_add_job    (RfiSimEffects            *self,
                                           const RfiJob             *job,
                                           gboolean                  deleted);

/* @before: (nullable): as it was */
char          *rfi_sim_effects_check      (RfiSimEffects            *self,
                                           const RfiSimChange       *change,
                                           const RfiJob             *before);
/* Whether something that must be there was not met. */
char          *rfi_sim_effects_check_rest (RfiSimEffects            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSimEffects, rfi_sim_effects_free)

G_END_DECLS
