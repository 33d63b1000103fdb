/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

#include "rfi-operation.h"

G_BEGIN_DECLS

/* Where a waiting change stands, as a person would put it. */
typedef enum {
  RFI_QUEUE_SENDING,
  RFI_QUEUE_QUEUED,
  RFI_QUEUE_RETRYING,      /* waits for its next try */
  RFI_QUEUE_CONFLICT,      /* waits for the conflict desk */
  RFI_QUEUE_FAILED,        /* the server said no */
  RFI_QUEUE_BEHIND,        /* an earlier change of its job goes first */
  RFI_QUEUE_BLOCKED,       /* an earlier change of its job waits for a person */
} RfiQueueState;

/* @now: ms since 1970
 * @before: (out) (transfer none) (nullable) (optional): the change of the same job it waits for */
RfiQueueState  rfi_queue_state_get   (RfiSession          *session,
                                      const RfiOperation  *operation,
                                      gint64               now,
                                      RfiOperation       **before);

/* The state's word, "Retry in 8 s". Returns: (transfer full) */
char          *rfi_queue_state_word  (RfiQueueState        state,
                                      const RfiOperation  *operation);
const char    *rfi_queue_state_icon  (RfiQueueState        state);
/* Its colour. */
const char    *rfi_queue_state_class (RfiQueueState        state);

/* What there is to add to the word, "" if nothing. @before: (nullable).
 * Returns: (transfer full) */
char          *rfi_queue_state_why   (RfiQueueState        state,
                                      const RfiOperation  *operation,
                                      const RfiOperation  *before);

G_END_DECLS
