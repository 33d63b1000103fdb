/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-ranking.h"
#include "rfi-time.h"

static RfiUser *
make_technician (const char *name,
                 const char *vendor_id)
{
  RfiUser user = { .id = (char *) name, .display_name = (char *) name,
                   .vendor_id = (char *) vendor_id, .role = RFI_ROLE_TECHNICIAN };

  return rfi_user_new (&user);
}

static RfiJob *
make_job (const char *id,
          RfiStatus   status,
          const char *technician,
          const char *store_name,
          const char *city,
          const char *zip_code)
{
  RfiJob job = { .id = id, .status = status, .assigned_to = technician, .vendor_id = "v",
                 .store_name = store_name, .city = city, .state = "TX", .zip_code = zip_code };

  return rfi_job_new (&job);
}

static const RfiUser dispatcher = { .id = (char *) "d", .vendor_id = (char *) "v",
                                    .role = RFI_ROLE_DISPATCHER };

/* Noon of a day, by clocks that show UTC. */
#define NOON (G_GINT64_CONSTANT (1780056000) * 1000)
#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

static RfiRanking *
begin (RfiJob    *job,
       GPtrArray *technicians)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();

  return rfi_ranking_new (&dispatcher, job, technicians, zone, NOON);
}

/* "name score" of all, best first; a verdict instead of the score for who can't. */
static char *
describe (GPtrArray *candidates)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (candidates, i);

      if (!rfi_candidate_is_excluded (candidate))
        g_string_append_printf (text, "%s %d, ", candidate->technician->display_name,
                                candidate->score);
      else
        g_string_append_printf (text, "%s !%s, ", candidate->technician->display_name,
                                candidate->check.inactive ? "inactive" : "verdict");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_order (void)
{
  const struct {
    RfiStatus   status;
    const char *technician;
    const char *store_name;
    const char *city;
    const char *zip_code;
  } others[] = {
    { RFI_STATUS_ASSIGNED, "Far", "Elsewhere", "Waco", "76701" },
    { RFI_STATUS_ASSIGNED, "Near", "Other", "Dallas", "75202" },
    { RFI_STATUS_ASSIGNED, "There", "Shop", "Dallas", "75201" },
    { RFI_STATUS_COMPLETED, "Knows", "Shop", "Dallas", "75201" },
    { RFI_STATUS_IN_PROGRESS, "Busy", "Elsewhere", "Waco", "76701" },
    { RFI_STATUS_PENDING, NULL, "Shop", "Dallas", "75201" },
  };
  const char *const names[] = { "Busy", "Far", "Free", "Alf", "Knows", "Near", "There" };
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_PENDING, NULL, "Shop", "Dallas", "75201");
  g_autoptr(GPtrArray) candidates = NULL;
  g_autofree char *text = NULL;
  RfiRanking *ranking;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (technicians, make_technician (names[i], "v"));
  g_ptr_array_add (technicians, make_technician ("Stranger", "other"));

  ranking = begin (job, technicians);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(RfiJob) other =
        make_job ("other", others[i].status, others[i].technician, others[i].store_name,
                  others[i].city, others[i].zip_code);

      rfi_ranking_add_job (ranking, other);
    }

  candidates = rfi_ranking_finish (ranking);
  text = describe (candidates);
  g_assert_cmpstr (text, ==, "There 15, Near 5, Knows 3, Alf 0, Free 0, Far -10, Busy -15, "
                             "Stranger !verdict, ");
}

static void
test_current (void)
{
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_ASSIGNED, "A", "Shop", "Dallas", "75201");
  g_autoptr(RfiJob) other = make_job ("x", RFI_STATUS_IN_PROGRESS, "A", "S", "Waco", "76701");
  g_autoptr(GPtrArray) candidates = NULL;
  RfiRanking *ranking;
  RfiCandidate *first;

  g_ptr_array_add (technicians, make_technician ("A", "v"));
  ranking = begin (job, technicians);
  rfi_ranking_add_job (ranking, job);
  rfi_ranking_add_job (ranking, other);
  candidates = rfi_ranking_finish (ranking);

  first = g_ptr_array_index (candidates, 0);
  g_assert_cmpstr (first->current->id, ==, "x");
  g_assert_cmpuint (first->factors[RFI_FACTOR_OPEN_JOBS], ==, 1);
  g_assert_cmpuint (first->factors[RFI_FACTOR_HAS_IT], ==, 1);
}

/* Open, at a time, and for whom. @hours: after noon. @skills: (nullable) */
static RfiJob *
make_timed (const char *id,
            const char *technician,
            int         hours,
            const char *skills)
{
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL };
  char start[RFI_TIME_TEXT_SIZE];
  char end[RFI_TIME_TEXT_SIZE];
  RfiJob job = { .id = id, .title = id, .status = RFI_STATUS_ASSIGNED, .assigned_to = technician,
                 .vendor_id = "v", .store_name = "S", .city = id, .zip_code = "1" };
  RfiJob *made;

  rfi_time_format (NOON + hours * HOUR, start);
  rfi_time_format (NOON + (hours + 1) * HOUR, end);
  values[RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = start;
  values[RFI_FIELD_SCHEDULED_END - RFI_N_CONTRACT_FIELDS] = end;
  values[RFI_FIELD_SKILLS - RFI_N_CONTRACT_FIELDS] = skills;
  job.extra = rfi_job_extra_new (values);
  made = rfi_job_new (&job);
  rfi_job_extra_unref (job.extra);
  return made;
}

static void
add_person (GPtrArray  *technicians,
            const char *name,
            const char *skills,
            int         from,
            int         until,
            gboolean    inactive)
{
  RfiUser user = { .id = (char *) name, .display_name = (char *) name, .vendor_id = (char *) "v",
                   .role = RFI_ROLE_TECHNICIAN, .skills = (char *) skills,
                   .work_start = (gint16) (from * 60), .work_end = (gint16) (until * 60),
                   .inactive = inactive };

  g_ptr_array_add (technicians, rfi_user_new (&user));
}

/* Hard limits first; then who could only come at another time, or lacks a skill, comes after who
 * has more to do. */
static void
test_limits (void)
{
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(RfiJob) job = make_timed ("job", NULL, 2, "gas,welding");
  g_autoptr(RfiJob) early = make_timed ("early", "Full", -5, NULL);
  g_autoptr(RfiJob) clash = make_timed ("clash", "Taken", 2, NULL);
  g_autoptr(RfiJob) after = make_timed ("after", "Full", -4, NULL);
  g_autoptr(RfiJob) tomorrow = make_timed ("tomorrow", "Full", 24, NULL);
  g_autoptr(GPtrArray) candidates = NULL;
  g_autofree char *text = NULL;
  RfiCandidate *full, *taken, *unskilled;
  RfiRanking *ranking;

  add_person (technicians, "Away", "gas,welding", 6, 12, FALSE);
  add_person (technicians, "Full", "gas,welding", 6, 18, FALSE);
  add_person (technicians, "Left", "gas,welding", 6, 18, TRUE);
  add_person (technicians, "Taken", "gas,welding", 6, 18, FALSE);
  add_person (technicians, "Unskilled", "gas", 6, 18, FALSE);

  ranking = begin (job, technicians);
  rfi_ranking_add_job (ranking, after);
  rfi_ranking_add_job (ranking, early);
  rfi_ranking_add_job (ranking, clash);
  rfi_ranking_add_job (ranking, tomorrow);
  candidates = rfi_ranking_finish (ranking);
  text = describe (candidates);
  g_assert_cmpstr (text, ==, "Full -30, Away -40, Taken -40, Unskilled -60, Left !inactive, ");

  full = g_ptr_array_index (candidates, 0);
  g_assert_cmpuint (full->today->len, ==, 2);
  g_assert_cmpint (rfi_candidate_get_booked (full), ==, 2 * HOUR);
  g_assert_cmpint (g_array_index (full->today, RfiSpan, 0).start, ==, NOON - 5 * HOUR);
  g_assert_cmpint (full->shift.start, ==, NOON - 6 * HOUR);
  g_assert_cmpint (full->shift.end, ==, NOON + 6 * HOUR);
  taken = g_ptr_array_index (candidates, 2);
  g_assert_cmpstr (taken->clash->id, ==, "clash");
  unskilled = g_ptr_array_index (candidates, 3);
  g_assert_cmpstr (unskilled->check.skill, ==, "welding");
  g_assert_null (unskilled->clash);
}

/* What speaks against a time says nothing about a job that has none. */
static void
test_no_time (void)
{
  g_autoptr(GPtrArray) technicians =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_PENDING, NULL, "Shop", "Dallas", "75201");
  g_autoptr(RfiJob) now = make_timed ("now", "Busy", 0, NULL);
  g_autoptr(GPtrArray) candidates = NULL;
  g_autofree char *text = NULL;
  RfiRanking *ranking;

  add_person (technicians, "Asleep", NULL, 20, 22, FALSE);
  add_person (technicians, "Busy", NULL, 6, 18, FALSE);
  ranking = begin (job, technicians);
  rfi_ranking_add_job (ranking, now);
  candidates = rfi_ranking_finish (ranking);
  text = describe (candidates);
  g_assert_cmpstr (text, ==, "Asleep 0, Busy -10, ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ranking/order", test_order);
  g_test_add_func ("/ranking/current", test_current);
  g_test_add_func ("/ranking/limits", test_limits);
  g_test_add_func ("/ranking/no-time", test_no_time);

  return g_test_run ();
}
