/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-disk.h"
#include "rfi-sim-plan.h"

G_BEGIN_DECLS

/* One small script, and something wrong at each single call of one of the two disks. */

typedef struct
{
  guint n_points;    /* calls at which something was tried */
  guint n_happened;  /* at which it happened before the script ended */
  char *problem;     /* (owned) (nullable): of the first that went wrong */
} RfiSimExhaust;

/* @server: which disk. @every: 1 = each call; n = each n-th. @fails: the call fails, and not the
 * power */
void rfi_sim_exhaust (gboolean       server,
                      gboolean       fails,
                      guint          every,
                      RfiSimExhaust *result);

G_END_DECLS
