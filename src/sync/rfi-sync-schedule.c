/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-schedule"

#include "config.h"

#include "rfi-sync-schedule.h"

#include "rfi-backoff.h"
#include "rfi-sync-error.h"

#define INTERVAL         (10 * 1000)
#define INTERVAL_LIVE    (30 * 1000)
#define RETRY_BASE       1000
#define RETRY_CAP        (5 * 60 * 1000)
#define OFFLINE_BASE     2000
#define OFFLINE_CAP      (30 * 1000)
#define LISTING_INTERVAL (10 * 60 * 1000)

/* A listing of so long costs the server too much to be had every ten minutes. */
#define LISTING_COST_RATIO 100

/* A tenth more or less. */
static gint64
jitter (gint64     ms,
        RfiRandom *random)
{
  return ms - ms / 10 + (gint64) rfi_random_range (random, (guint64) ms / 5 + 1);
}

static gint64
offline_wait (guint      n_failures,
              RfiRandom *random)
{
  gint64 wait = MIN (OFFLINE_CAP, (gint64) OFFLINE_BASE << MIN (n_failures, 8));

  /* At least half of it: an offline console must not knock all the time. */
  return wait / 2 + (gint64) rfi_random_range (random, (guint64) wait / 2 + 1);
}

gint64
rfi_sync_schedule_wait (const RfiSyncSituation *situation,
                        RfiRandom              *random)
{
  gint64 asked;

  if (situation->offline)
    return offline_wait (situation->n_failures, random);

  if (situation->failure != NULL)
    {
      asked = rfi_sync_error_get_wait (situation->failure);
      if (asked > 0)
        return asked + (gint64) rfi_random_range (random, (guint64) asked / 5 + 1);

      return rfi_backoff_delay (situation->n_failures, RETRY_BASE, RETRY_CAP, random);
    }

  if (situation->interval != 0)
    return jitter (situation->interval, random);

  return jitter (situation->live ? INTERVAL_LIVE : INTERVAL, random);
}

gint64
rfi_sync_schedule_listing (gint64     took,
                           RfiRandom *random)
{
  return jitter (MAX (LISTING_INTERVAL, took * LISTING_COST_RATIO), random);
}
