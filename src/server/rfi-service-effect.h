/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-push-result.h"
#include "rfi-service-private.h"
#include "rfi-wire-conflict.h"

G_BEGIN_DECLS

/* One operation while it is carried out. */
typedef struct
{
  RfiServiceCall           *call;
  const RfiSignedOperation *operation;
  RfiPushResult            *result;   /* to be filled */
  RfiJob                   *job;      /* (owned) (nullable): as this person sees it now, with its
                                         photos; %NULL: not at all */
  RfiConflictRecord        *settles;  /* (owned) (nullable): which conflict it is to settle */
} RfiServiceEffect;

/* Leaves the decision to a person: makes the record, or brings the one that it was to settle up to
 * date. */
gboolean rfi_service_effect_conflict (RfiServiceEffect   *self,
                                      RfiConflictReason   reason,
                                      GError            **error);

/* Closes the conflict that it was to settle, if there is one. */
gboolean rfi_service_effect_settle   (RfiServiceEffect   *self,
                                      GError            **error);

/* What a merge could not decide. @before: (nullable) */
gboolean rfi_service_effect_collide  (RfiServiceEffect   *self,
                                      const RfiPatch     *before,
                                      const RfiPatch     *theirs,
                                      gboolean            in_status,
                                      GError            **error);

/* Fills in what others changed since the person saw the job. */
gboolean rfi_service_effect_tell_merged (RfiServiceEffect *self,
                                         guint32           merged,
                                         guint32           overruled,
                                         GError          **error);

G_END_DECLS
