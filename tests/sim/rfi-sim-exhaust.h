/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-disk.h"
#include "rfi-sim-plan.h"

G_BEGIN_DECLS

/* One small script, and something wrong at each single call of one of the two disks,
 * or for memory in one of the two programs. */

typedef struct
{
  guint n_points;    /* calls at which something was tried */
  guint n_happened;  /* at which it happened before the script ended */
  char *problem;     /* (owned) (nullable): of the first that went wrong */
} RfiSimExhaust;

/* @server: whose. @every: 1 = each call; n = each n-th */
void rfi_sim_exhaust (gboolean          server,
                      RfiSimTroubleKind kind,
                      guint             every,
                      RfiSimExhaust    *result);

/* "crash" and so on. */
const char *rfi_sim_exhaust_to_string (RfiSimTroubleKind kind);

G_END_DECLS
