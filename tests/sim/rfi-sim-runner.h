/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-plan.h"

G_BEGIN_DECLS

/* Many seeds, one after the other. */
typedef struct
{
  guint64     first;
  guint64     n_seeds;
  const char *scenario;     /* (nullable) */
  guint       twice_every;  /* each so many runs twice, to be the same both times; 0 = none */
  guint       max_shrink;   /* runs spent on making a failure small */
  gboolean    verbose;      /* tells each run as it happens */
  gboolean    all;          /* goes on after a failure, and only names each */
  gboolean    safety;       /* things go wrong to the end: no world has to agree */
  gint64      seconds;      /* of real time, then it stops; 0 = no end */
} RfiSimBatch;

typedef struct
{
  guint64  n_run;
  guint64  n_steps;
  guint64  n_failed;
  guint64  failed_seed;  /* the first */
  char    *problem;    /* (owned) (nullable): of the first seed that failed */
} RfiSimReport;

void     rfi_sim_runner_install (void);
/* Stops at the first seed that fails; prints how to repeat it and its story. */
void     rfi_sim_runner_run     (const RfiSimBatch *batch,
                                 RfiSimReport      *report);
/* Each fault that was put into the programs on purpose, alone, until a seed finds it; prints the
 * table. @max_seeds, @seconds: how long each is looked for. Returns: how many were not found; -1 if
 * this build has none */
int      rfi_sim_runner_plant   (guint64            max_seeds,
                                 gint64             seconds);
/* Prints what could and could not be checked, by name. */
void     rfi_sim_runner_checks  (void);
/* Real seconds since some start. */
double   rfi_sim_runner_clock   (void);

G_END_DECLS
