/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"

G_BEGIN_DECLS

/* What became of an intent by a person's own hand, or by an accident that may take it. */
typedef enum {
  RFI_SIM_INTENT_MEANT,      /* stands */
  RFI_SIM_INTENT_MAYBE,      /* its console crashed on it, or its disk failed: either is right */
  RFI_SIM_INTENT_DISCARDED,  /* a person gave it up */
  RFI_SIM_INTENT_SETTLED,    /* a person decided its conflict */
  RFI_SIM_INTENT_EXCUSED,    /* the computer, or the server, was put back to before it */
} RfiSimIntentState;

/* One thing a person did that a console said is safe. */
typedef struct
{
  char              *id;       /* of the operation */
  char              *job_id;
  RfiOperationKind   kind;
  RfiPatch          *patch;    /* (owned) (nullable) */
  guint              homes;    /* consoles that may hold it, as bits */
  guint              given_up; /* those of them at which a person gave it up */
  char              *moved_to; /* (nullable): the job that a decision made anew for its own; of the
                                * decision, that it made */
  guint              moved;    /* the consoles where it stands for that one, as bits */
  guint              number;   /* order in the whole world */
  RfiSimIntentState  state;
} RfiSimIntent;

/* Returns: (transfer full): (element-type RfiSimIntent) in the order of deeds */
GPtrArray    *rfi_sim_ledger_new         (void);
RfiSimIntent *rfi_sim_ledger_add         (GPtrArray          *ledger,
                                          const RfiOperation *operation,
                                          guint               console,
                                          RfiSimIntentState   state);
/* (nullable) */
RfiSimIntent *rfi_sim_ledger_find        (GPtrArray          *ledger,
                                          const char         *id);

/* Where a person made a job anew, what waited for the one that is gone is for the new one from then
 * on. It is only so by a decision about that job, which is in the ledger.
 * @outbox: (element-type RfiOperation): what @console holds now */
void          rfi_sim_ledger_follow      (GPtrArray          *ledger,
                                          GPtrArray          *outbox,
                                          guint               console);
/* Whether who meant @intent meant to delete @job_id, then or later, at one of @homes. */
gboolean      rfi_sim_ledger_was_deleted (GPtrArray          *ledger,
                                          const RfiSimIntent *intent,
                                          const char         *job_id,
                                          guint               homes);

G_END_DECLS
