/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"

G_BEGIN_DECLS

/* When the engine does what by itself. Pure; all times in ms, all with jitter, so that consoles
 * do not move in step.
 */
typedef struct
{
  gboolean      offline;     /* two misses in a row */
  gboolean      live;        /* real time is connected */
  const GError *failure;     /* (nullable): of the last cycle */
  guint         n_failures;  /* cycles in a row */
  guint         interval;    /* that a person chose; 0 = as usual */
} RfiSyncSituation;

/* Until the next cycle, if nothing asks for one earlier. */
gint64 rfi_sync_schedule_wait    (const RfiSyncSituation *situation,
                                  RfiRandom              *random);

/* Until the next complete listing. @took: how long the last one was */
gint64 rfi_sync_schedule_listing (gint64                  took,
                                  RfiRandom              *random);

G_END_DECLS
