/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-schedule-check.h"

#include "rfi-time.h"

/* Monday, 23 November 2026; it is 9 o'clock. Times below are "day hour:minute". */
#define NOW "23 09:00"

static const RfiUser dispatcher = { .id = (char *) "d", .vendor_id = (char *) "v",
                                    .role = RFI_ROLE_DISPATCHER };

static const RfiUser people[] = {
  { .id = (char *) "day", .vendor_id = (char *) "v", .role = RFI_ROLE_TECHNICIAN,
    .skills = (char *) "epa-608,hvac", .work_start = 8 * 60, .work_end = 17 * 60 },
  { .id = (char *) "night", .vendor_id = (char *) "v", .role = RFI_ROLE_TECHNICIAN,
    .work_start = 22 * 60, .work_end = 6 * 60 },
  { .id = (char *) "unknown", .vendor_id = (char *) "v", .role = RFI_ROLE_TECHNICIAN },
  { .id = (char *) "other", .vendor_id = (char *) "w", .role = RFI_ROLE_TECHNICIAN },
  { .id = (char *) "gone", .vendor_id = (char *) "v", .role = RFI_ROLE_TECHNICIAN,
    .inactive = TRUE, .work_start = 8 * 60, .work_end = 17 * 60 },
};

static const RfiUser *
find_person (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_strcmp0 (people[i].id, id) == 0)
      return &people[i];
  return NULL;
}

static gint64
parse (const char *text)
{
  g_autofree char *day = g_strndup (text, 2);
  g_autofree char *whole = g_strdup_printf ("2026-11-%sT%s:00Z", day, text + 3);
  gint64 ms = 0;

  g_assert_true (rfi_time_parse (whole, -1, &ms));
  return ms;
}

static RfiJob *
make_job (const char *id,
          RfiStatus   status,
          const char *technician,
          const char *start,
          const char *end,
          const char *hold,
          const char *skills)
{
  g_autofree char *start_text = start != NULL ? rfi_time_to_string (parse (start)) : NULL;
  g_autofree char *end_text = end != NULL ? rfi_time_to_string (parse (end)) : NULL;
  g_autofree char *hold_text = hold != NULL ? rfi_time_to_string (parse (hold)) : NULL;
  const char *values[RFI_N_EXTRA_FIELDS] = {
    [RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = start_text,
    [RFI_FIELD_SCHEDULED_END - RFI_N_CONTRACT_FIELDS] = end_text,
    [RFI_FIELD_ESTIMATED_MINUTES - RFI_N_CONTRACT_FIELDS] = "45",
    [RFI_FIELD_HOLD_UNTIL - RFI_N_CONTRACT_FIELDS] = hold_text,
    [RFI_FIELD_SKILLS - RFI_N_CONTRACT_FIELDS] = skills,
  };
  RfiJob job = { .id = id, .status = status, .assigned_to = technician, .vendor_id = "v",
                 .extra = rfi_job_extra_new (values) };
  RfiJob *made = rfi_job_new (&job);

  g_clear_pointer (&job.extra, rfi_job_extra_unref);
  return made;
}

typedef struct
{
  GPtrArray       *jobs;    /* (owned) */
  RfiVisit         visits[4];
  RfiScheduleCase  about;
} Day;

/* What everybody here has to do: 10:00–11:00, done 11:30–12:00, 13:00–15:00, 15:00–16:00. */
static void
day_init (Day        *self,
          const char *technician,
          gboolean    online)
{
  static const struct {
    const char *start;
    const char *end;
    RfiStatus   status;
  } visits[] = {
    { "23 10:00", "23 11:00", RFI_STATUS_ASSIGNED },
    { "23 11:30", "23 12:00", RFI_STATUS_COMPLETED },
    { "23 13:00", "23 15:00", RFI_STATUS_IN_PROGRESS },
    { "23 15:00", "23 16:00", RFI_STATUS_ASSIGNED },
  };

  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      char id[] = { 'a' + (char) i, '\0' };

      self->visits[i].job = make_job (id, visits[i].status, technician, visits[i].start,
                                      visits[i].end, NULL, NULL);
      g_ptr_array_add (self->jobs, self->visits[i].job);
      g_assert_true (rfi_schedule_get_span (self->visits[i].job, &self->visits[i].span));
    }
  self->about = (RfiScheduleCase) {
    .user = &dispatcher,
    .online = online,
    .technician = find_person (technician),
    .visits = self->visits,
    .n_visits = G_N_ELEMENTS (visits),
    .zone = g_time_zone_new_utc (),
    .now = parse (NOW),
  };
}

static void
day_clear (Day *self)
{
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->about.zone, g_time_zone_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Day, day_clear)

/* "ok", "!3" for a verdict, "!inactive", or what is in the way. */
static char *
describe (const RfiScheduleCheck *check)
{
  static const char * const words[RFI_N_SCHEDULE_PROBLEMS] = {
    [RFI_SCHEDULE_OVERLAP] = "overlap", [RFI_SCHEDULE_OFF_SHIFT] = "shift",
    [RFI_SCHEDULE_MISSING_SKILL] = "skill", [RFI_SCHEDULE_PAST] = "past",
    [RFI_SCHEDULE_ON_HOLD] = "hold", [RFI_SCHEDULE_PAST_DUE] = "due",
  };
  g_autoptr(GString) text = g_string_new (NULL);

  if (check->verdict != RFI_VERDICT_OK)
    return g_strdup_printf ("!%d", (int) check->verdict);
  if (check->inactive)
    return g_strdup ("!inactive");

  for (guint i = 0; i < RFI_N_SCHEDULE_PROBLEMS; i++)
    if ((check->problems & 1u << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
  if (check->n_overlaps > 0)
    g_string_append_printf (text, " %s/%u", check->overlap.job->id, check->n_overlaps);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup ("ok");
}

static const struct {
  const char *technician;
  const char *has_it;      /* who has the job now */
  RfiStatus   status;
  const char *start;
  const char *end;
  const char *hold;
  const char *skills;
  gboolean    offline;
  const char *expected;
} cases[] = {
  { "day", NULL, RFI_STATUS_PENDING, "23 11:00", "23 13:00", NULL, NULL, FALSE, "ok" },
  { "day", NULL, RFI_STATUS_PENDING, "23 10:30", "23 11:30", NULL, NULL, FALSE, "overlap a/1" },
  { "day", NULL, RFI_STATUS_PENDING, "23 14:00", "23 15:30", NULL, NULL, FALSE, "overlap c/2" },
  { "day", NULL, RFI_STATUS_PENDING, "23 16:30", "23 17:30", NULL, NULL, FALSE, "shift" },
  { "day", NULL, RFI_STATUS_PENDING, "24 07:45", "24 08:45", NULL, NULL, FALSE, "shift" },
  { "day", NULL, RFI_STATUS_PENDING, "24 08:00", "24 17:00", NULL, NULL, FALSE, "ok" },
  { "day", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", NULL, "hvac", FALSE, "ok" },
  { "day", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", NULL, "epa", FALSE, "skill" },
  { "day", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", NULL, "hvac,pos", FALSE, "skill" },
  { "day", NULL, RFI_STATUS_PENDING, "23 08:30", "23 09:30", NULL, NULL, FALSE, "past" },
  { "day", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", "24 00:00", NULL, FALSE, "hold" },
  { "day", "day", RFI_STATUS_ASSIGNED, "23 12:00", "23 13:00", NULL, NULL, TRUE, "ok" },
  { "day", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", NULL, NULL, TRUE, "!3" },
  { "day", "day", RFI_STATUS_IN_PROGRESS, "23 08:15", "23 09:30", NULL, NULL, FALSE, "ok" },
  { "day", "day", RFI_STATUS_COMPLETED, "23 12:00", "23 13:00", NULL, NULL, FALSE, "!6" },
  { "night", NULL, RFI_STATUS_PENDING, "23 23:00", "24 05:00", NULL, NULL, FALSE, "ok" },
  { "night", NULL, RFI_STATUS_PENDING, "24 04:00", "24 06:00", NULL, NULL, FALSE, "ok" },
  { "night", NULL, RFI_STATUS_PENDING, "24 05:30", "24 06:30", NULL, NULL, FALSE, "shift" },
  { "night", NULL, RFI_STATUS_PENDING, "24 05:00", "24 06:00", NULL, "hvac", FALSE, "skill" },
  { "unknown", NULL, RFI_STATUS_PENDING, "24 03:00", "24 04:00", NULL, "hvac", FALSE, "ok" },
  { "other", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", NULL, NULL, FALSE, "!7" },
  { "gone", NULL, RFI_STATUS_PENDING, "23 12:00", "23 13:00", NULL, NULL, FALSE, "!inactive" },
  { "gone", "gone", RFI_STATUS_ASSIGNED, "23 12:00", "23 13:00", NULL, NULL, FALSE, "ok" },
  { "day", NULL, RFI_STATUS_PENDING, "23 08:00", "23 18:00", "24 00:00", "pos", FALSE,
    "overlap shift skill past hold a/3" },
};

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(Day) day = { NULL, };
      g_autoptr(RfiJob) job = make_job ("job", cases[i].status, cases[i].has_it, NULL, NULL,
                                        cases[i].hold, cases[i].skills);
      RfiSpan span = { parse (cases[i].start), parse (cases[i].end) };
      g_autofree char *text = NULL;
      RfiScheduleCheck check;

      day_init (&day, cases[i].technician, !cases[i].offline);
      rfi_schedule_check (&day.about, job, &span, &check);
      text = describe (&check);
      g_test_message ("case %u", i);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* Its own place is no obstacle to a job that is only moved a little. */
static void
test_itself (void)
{
  g_auto(Day) day = { NULL, };
  RfiSpan span = { parse ("23 10:15"), parse ("23 11:15") };
  g_autofree char *text = NULL;
  RfiScheduleCheck check;

  day_init (&day, "day", TRUE);
  rfi_schedule_check (&day.about, day.visits[0].job, &span, &check);
  text = describe (&check);
  g_assert_cmpstr (text, ==, "ok");
}

static void
test_take_off (void)
{
  g_auto(Day) day = { NULL, };
  g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_ASSIGNED, "day", NULL, NULL, NULL, "pos");
  RfiSpan span = { parse ("23 10:15"), parse ("23 11:15") };
  RfiScheduleCheck check;

  day_init (&day, "day", TRUE);
  day.about.technician = NULL;
  rfi_schedule_check (&day.about, job, &span, &check);
  g_assert_cmpuint (check.problems, ==, 0);
  g_assert_cmpint (check.verdict, ==, RFI_VERDICT_OK);
}

static void
test_slots (void)
{
  static const struct {
    const char *technician;
    const char *from;
    int         minutes;
    const char *hold;
    const char *expected;  /* (nullable) */
  } slots[] = {
    { "day", "23 08:00", 60, NULL, "23 09:00" },
    { "day", "23 09:01", 60, NULL, "23 11:00" },
    { "day", "23 09:01", 45, NULL, "23 09:15" },
    { "day", "23 10:00", 180, NULL, "24 08:00" },
    { "day", "23 16:00", 60, NULL, "23 16:00" },
    { "day", "23 16:15", 60, NULL, "24 08:00" },
    { "day", "23 10:00", 60, "25 12:00", "25 12:00" },
    { "day", "23 10:00", 600, NULL, NULL },
    { "night", "23 10:00", 60, NULL, "23 22:00" },
    { "night", "24 04:30", 60, NULL, "24 04:30" },
    { "unknown", "23 23:30", 30, NULL, "23 23:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_auto(Day) day = { NULL, };
      g_autoptr(RfiJob) job = make_job ("job", RFI_STATUS_PENDING, NULL, NULL, NULL,
                                        slots[i].hold, NULL);
      gint64 length = slots[i].minutes * 60000;
      RfiSpan slot = { 0, 0 };
      gboolean found;

      day_init (&day, slots[i].technician, TRUE);
      found = rfi_schedule_find_slot (&day.about, job, parse (slots[i].from), length, &slot);
      g_test_message ("slot %u", i);
      g_assert_cmpint (found, ==, slots[i].expected != NULL);
      if (found)
        {
          g_assert_cmpint (slot.start, ==, parse (slots[i].expected));
          g_assert_cmpint (slot.end, ==, slot.start + length);
        }
    }
}

/* Urgent jobs are to be over within eight hours, these came in at 8 o'clock. */
static const RfiAlertRules rules = { .sla = { [RFI_PRIORITY_URGENT] = 8 * 3600000 } };

static RfiJob *
make_urgent (const char *came)
{
  RfiJob job = { .id = "job", .status = RFI_STATUS_PENDING, .vendor_id = "v",
                 .priority = RFI_PRIORITY_URGENT, .created_at = parse (came) };

  return rfi_job_new (&job);
}

/* What ends after the job is due is told; it is asked about unless no other time would spare it. */
static void
test_due (void)
{
  static const struct {
    const char *came;
    const char *start;
    const char *end;
    const char *expected;
    int         late;   /* minutes */
    gboolean    asked;
  } dues[] = {
    { "23 08:00", "23 11:00", "23 12:00", "ok", 0, FALSE },
    { "23 08:00", "23 16:00", "23 16:30", "due", 30, TRUE },
    { "23 07:15", "23 15:00", "23 17:00", "overlap due d/1", 105, TRUE },
    { "23 08:00", "24 08:00", "24 09:00", "due", 17 * 60, TRUE },
    { "23 01:30", "23 09:00", "23 10:00", "due", 30, FALSE },
    { "22 08:00", "23 09:00", "23 10:00", "due", 18 * 60, FALSE },
    { "22 08:00", "23 10:00", "23 11:00", "overlap due a/1", 19 * 60, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    {
      g_auto(Day) day = { NULL, };
      g_autoptr(RfiJob) job = make_urgent (dues[i].came);
      RfiSpan span = { parse (dues[i].start), parse (dues[i].end) };
      g_autofree char *text = NULL;
      RfiScheduleCheck check;

      g_test_message ("due %u", i);
      day_init (&day, "day", TRUE);
      rfi_schedule_check (&day.about, job, &span, &check);
      g_assert_cmpuint (check.problems & 1u << RFI_SCHEDULE_PAST_DUE, ==, 0);
      day.about.rules = &rules;
      rfi_schedule_check (&day.about, job, &span, &check);
      text = describe (&check);
      g_assert_cmpstr (text, ==, dues[i].expected);
      g_assert_cmpint (check.late, ==, dues[i].late * 60000);
      g_assert_cmpint (rfi_schedule_wants_answer (&check), ==, dues[i].asked);
    }
}

/* A slot that ends in time is taken before a later one, though a later one was asked for. */
static void
test_slot_in_time (void)
{
  static const struct {
    const char *came;
    const char *from;
    const char *expected;
  } slots[] = {
    { "23 08:00", "23 11:30", "23 11:30" },
    { "23 08:00", "23 14:00", "23 09:00" },
    { "23 01:30", "23 16:00", "23 16:00" },
    { "22 08:00", "23 16:00", "23 16:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_auto(Day) day = { NULL, };
      g_autoptr(RfiJob) job = make_urgent (slots[i].came);
      RfiSpan slot = { 0, 0 };

      g_test_message ("slot %u", i);
      day_init (&day, "day", TRUE);
      day.about.rules = &rules;
      g_assert_true (rfi_schedule_find_slot (&day.about, job, parse (slots[i].from), 3600000,
                                             &slot));
      g_assert_cmpint (slot.start, ==, parse (slots[i].expected));
    }
}

static void
test_length (void)
{
  g_autoptr(RfiJob) planned = make_job ("a", RFI_STATUS_PENDING, NULL, "23 10:00", "23 12:30",
                                        NULL, NULL);
  g_autoptr(RfiJob) open_end = make_job ("b", RFI_STATUS_PENDING, NULL, "23 10:00", NULL,
                                         NULL, NULL);
  g_autoptr(RfiJob) reversed = make_job ("c", RFI_STATUS_PENDING, NULL, "23 10:00", "23 09:00",
                                         NULL, NULL);
  RfiJob bare = { .id = "d" };
  RfiSpan span;

  g_assert_cmpint (rfi_schedule_get_length (planned), ==, 150 * 60000);
  g_assert_cmpint (rfi_schedule_get_length (reversed), ==, 45 * 60000);
  g_assert_cmpint (rfi_schedule_get_length (&bare), ==, 60 * 60000);
  g_assert_true (rfi_schedule_get_span (open_end, &span));
  g_assert_cmpint (span.end, ==, parse ("23 10:45"));
  g_assert_false (rfi_schedule_get_span (&bare, &span));
  g_assert_cmpint (rfi_schedule_get_hold (&bare), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/schedule-check/check", test_check);
  g_test_add_func ("/schedule-check/itself", test_itself);
  g_test_add_func ("/schedule-check/take-off", test_take_off);
  g_test_add_func ("/schedule-check/slots", test_slots);
  g_test_add_func ("/schedule-check/due", test_due);
  g_test_add_func ("/schedule-check/slot-in-time", test_slot_in_time);
  g_test_add_func ("/schedule-check/length", test_length);

  return g_test_run ();
}
