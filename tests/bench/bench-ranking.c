/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-random.h"
#include "rfi-ranking.h"
#include "rfi-time.h"

#include <stdlib.h>

/* Who should do a job: a thousand technicians who all could, with twenty thousand open jobs at
 * times of two weeks, beside eighty thousand that are over. */

#define N_TECHNICIANS 1000
#define N_OPEN 20000
#define N_JOBS 100000
#define N_TRIES 60

#define MINUTE G_GINT64_CONSTANT (60000)
#define DAY (24 * 60 * MINUTE)

static GPtrArray *
make_technicians (void)
{
  GPtrArray *technicians = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);

  for (guint i = 0; i < N_TECHNICIANS; i++)
    {
      g_autofree char *id = g_strdup_printf ("user-%04u", i);
      g_autofree char *name = g_strdup_printf ("Technician %u", i * 7919 % N_TECHNICIANS);
      RfiUser user = { .id = id, .display_name = name, .vendor_id = (char *) "vendor-001",
                       .role = RFI_ROLE_TECHNICIAN, .skills = (char *) "hvac,refrigeration",
                       .work_start = 7 * 60, .work_end = 17 * 60 };

      g_ptr_array_add (technicians, rfi_user_new (&user));
    }
  return technicians;
}

static const RfiJobExtra *
make_times (gint64 start)
{
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL };
  char from[RFI_TIME_TEXT_SIZE];
  char until[RFI_TIME_TEXT_SIZE];

  rfi_time_format (start, from);
  rfi_time_format (start + 90 * MINUTE, until);
  values[RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = from;
  values[RFI_FIELD_SCHEDULED_END - RFI_N_CONTRACT_FIELDS] = until;
  values[RFI_FIELD_SKILLS - RFI_N_CONTRACT_FIELDS] = "hvac";
  return rfi_job_extra_new (values);
}

static guint
pick (RfiRandom *random,
      guint      n)
{
  return (guint) rfi_random_range (random, n);
}

static RfiJob *
make_job (guint      number,
          RfiRandom *random,
          gint64     now)
{
  g_autofree char *id = g_strdup_printf ("job-%06u", number);
  g_autofree char *technician = g_strdup_printf ("user-%04u", pick (random, N_TECHNICIANS));
  g_autofree char *city = g_strdup_printf ("City %u", pick (random, 200));
  g_autofree char *store = g_strdup_printf ("Store %u", pick (random, 4000));
  RfiJob template = { .id = id, .title = "Walk-in cooler repair", .vendor_id = "vendor-001",
                      .assigned_to = number > 0 ? technician : NULL, .store_name = store,
                      .city = city, .state = "TX", .zip_code = "75201",
                      .status = number < N_OPEN ? RFI_STATUS_ASSIGNED : RFI_STATUS_COMPLETED };
  RfiJob *job;

  template.extra = make_times (now + (gint64) pick (random, 14 * 24) * 60 * MINUTE - DAY);
  job = rfi_job_new (&template);
  rfi_job_extra_unref (template.extra);
  return job;
}

int
main (void)
{
  RfiUser admin = { .id = (char *) "admin", .role = RFI_ROLE_ADMIN };
  g_autoptr(GPtrArray) technicians = make_technicians ();
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  g_autoptr(RfiRandom) random = rfi_random_new_seed (1);
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(GArray) samples = rfi_bench_samples_new ();
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < N_JOBS; i++)
    g_ptr_array_add (jobs, make_job (i, random, now));

  for (guint i = 0; i < N_TRIES; i++)
    {
      gint64 from = g_get_monotonic_time ();
      RfiRanking *ranking =
        rfi_ranking_new (&admin, g_ptr_array_index (jobs, 0), technicians, zone, now);
      g_autoptr(GPtrArray) ranked = NULL;

      for (guint j = 0; j < jobs->len; j++)
        rfi_ranking_add_job (ranking, g_ptr_array_index (jobs, j));
      ranked = rfi_ranking_finish (ranking);
      rfi_bench_add (samples, (double) (g_get_monotonic_time () - from) / 1000);
      if (ranked->len != N_TECHNICIANS)
        return EXIT_FAILURE;
    }

  rfi_bench_report ("ranking: 1,000 technicians, 20,000 open of 100,000 jobs", "ms", samples, NULL,
                    NULL);
  return EXIT_SUCCESS;
}
