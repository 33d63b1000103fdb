/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-alert.h"
#include "rfi-time.h"

/* All times in minutes, for a person's eyes. */
#define MINUTE G_GINT64_CONSTANT (60000)

static const RfiAlertRules rules = {
  .unassigned = 15 * MINUTE,
  .unacknowledged = 30 * MINUTE,
  .late = 10 * MINUTE,
  .overrun = 20 * MINUTE,
  .risk = 60 * MINUTE,
  .sla = { [RFI_PRIORITY_HIGH] = 500 * MINUTE, [RFI_PRIORITY_URGENT] = 200 * MINUTE },
};

typedef struct
{
  RfiStatus   status;
  RfiPriority priority;
  const char *technician;
  int         created, updated;        /* 0 = 1970: our noon */
  int         start, end, hold;        /* -1 = none */
  int         estimate;                /* 0 = none */
} Facts;

static RfiJob *
make_job (const Facts *facts)
{
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL };
  g_autofree char *start = rfi_time_to_string (facts->start * MINUTE);
  g_autofree char *end = rfi_time_to_string (facts->end * MINUTE);
  g_autofree char *hold = rfi_time_to_string (facts->hold * MINUTE);
  g_autofree char *estimate = g_strdup_printf ("%d", facts->estimate);
  const RfiJobExtra *extra;
  RfiJob *job;

#define EXTRA(field) values[RFI_FIELD_##field - RFI_N_CONTRACT_FIELDS]
  EXTRA (SCHEDULED_START) = facts->start >= 0 ? start : NULL;
  EXTRA (SCHEDULED_END) = facts->end >= 0 ? end : NULL;
  EXTRA (HOLD_UNTIL) = facts->hold >= 0 ? hold : NULL;
  EXTRA (ESTIMATED_MINUTES) = facts->estimate > 0 ? estimate : NULL;
#undef EXTRA
  extra = rfi_job_extra_new (values);
  job = rfi_job_new (&(RfiJob) { .id = "j", .title = "t", .status = facts->status,
                                 .priority = facts->priority, .assigned_to = facts->technician,
                                 .created_at = facts->created * MINUTE,
                                 .updated_at = facts->updated * MINUTE, .extra = extra });
  g_clear_pointer (&extra, rfi_job_extra_unref);
  return job;
}

/* "kind@since …, next N" */
static char *
describe (const RfiAlertCheck *check)
{
  static const char * const names[RFI_N_ALERT_KINDS] = {
    [RFI_ALERT_UNASSIGNED] = "unassigned", [RFI_ALERT_OVERDUE] = "overdue",
    [RFI_ALERT_LATE_END] = "late-end", [RFI_ALERT_LATE_START] = "late-start",
    [RFI_ALERT_OVERRUN] = "overrun", [RFI_ALERT_UNACKNOWLEDGED] = "unacknowledged",
    [RFI_ALERT_AT_RISK] = "at-risk",
  };
  GString *text = g_string_new (NULL);

  for (guint kind = 0; kind < RFI_N_ALERT_KINDS; kind++)
    if ((check->kinds & 1u << kind) != 0)
      g_string_append_printf (text, "%s@%d ", names[kind], (int) (check->since[kind] / MINUTE));
  if (check->next == G_MAXINT64)
    g_string_append (text, "never");
  else
    g_string_append_printf (text, "next %d", (int) (check->next / MINUTE));
  return g_string_free (text, FALSE);
}

static const struct {
  const char *name;
  Facts       facts;
  int         now;
  const char *expected;
} cases[] = {
  { "urgent-new", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, NULL, 1, 1, -1, -1, -1, 0 }, 5,
    "next 16" },
  { "urgent-just-before", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, "", 1, 1, -1, -1, -1, 0 }, 15,
    "next 16" },
  { "urgent-unassigned", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, NULL, 1, 9, -1, -1, -1, 0 }, 16,
    "unassigned@1 next 141" },
  { "urgent-at-risk", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, "a", 1, 1, -1, -1, -1, 0 }, 141,
    "at-risk@201 next 201" },
  { "urgent-overdue", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, NULL, 1, 1, -1, -1, -1, 0 }, 201,
    "unassigned@1 overdue@201 never" },
  { "high-unassigned-is-no-reason",
    { RFI_STATUS_PENDING, RFI_PRIORITY_HIGH, NULL, 1, 1, -1, -1, -1, 0 }, 100, "next 441" },
  { "low-has-no-deadline", { RFI_STATUS_PENDING, RFI_PRIORITY_LOW, NULL, 1, 1, -1, -1, -1, 0 },
    100000, "never" },
  { "unacknowledged", { RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW, "a", 1, 50, -1, -1, -1, 0 }, 80,
    "unacknowledged@50 never" },
  { "not-yet-unacknowledged", { RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW, "a", 1, 50, -1, -1, -1, 0 },
    79, "next 80" },
  { "planned-start-counts-instead",
    { RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW, "a", 1, 50, 300, -1, -1, 0 }, 200, "next 310" },
  { "late-start", { RFI_STATUS_ASSIGNED, RFI_PRIORITY_LOW, "a", 1, 50, 300, 400, -1, 0 }, 310,
    "late-start@300 next 410" },
  { "late-start-and-end", { RFI_STATUS_PENDING, RFI_PRIORITY_LOW, NULL, 1, 50, 300, 400, -1, 0 },
    410, "late-end@400 late-start@300 never" },
  { "started-is-not-late",
    { RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW, "a", 1, 50, 300, 400, -1, 0 },
    409, "next 410" },
  { "started-and-not-ended",
    { RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW, "a", 1, 50, 300, 400, -1, 0 },
    410, "late-end@400 never" },
  { "within-estimate", { RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW, "a", 1, 50, -1, -1, -1, 60 },
    129, "next 130" },
  { "overrun", { RFI_STATUS_IN_PROGRESS, RFI_PRIORITY_LOW, "a", 1, 50, -1, -1, -1, 60 }, 130,
    "overrun@110 never" },
  { "estimate-of-what-waits",
    { RFI_STATUS_PENDING, RFI_PRIORITY_LOW, NULL, 1, 50, -1, -1, -1, 60 },
    1000, "never" },
  { "on-hold", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, NULL, 1, 1, 20, 30, 1000, 0 }, 999,
    "next 1000" },
  { "hold-is-over", { RFI_STATUS_PENDING, RFI_PRIORITY_URGENT, NULL, 1, 1, -1, -1, 1000, 0 }, 1000,
    "unassigned@1 overdue@201 never" },
  { "completed", { RFI_STATUS_COMPLETED, RFI_PRIORITY_URGENT, NULL, 1, 1, 2, 3, -1, 1 }, 1000,
    "never" },
  { "cancelled", { RFI_STATUS_CANCELLED, RFI_PRIORITY_URGENT, NULL, 1, 1, 2, 3, 2000, 1 }, 1000,
    "never" },
};

static void
test_rule (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(RfiJob) job = make_job (&cases[i].facts);
  g_autofree char *text = NULL;
  RfiAlertCheck check;

  rfi_alert_check (job, &rules, cases[i].now * MINUTE, &check);
  text = describe (&check);
  g_assert_cmpstr (text, ==, cases[i].expected);
}

/* Nothing changes before the moment that is named, whatever the job is like. */
static void
test_next (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RfiJob) job = make_job (&cases[i].facts);
      RfiAlertCheck told, check;

      rfi_alert_check (job, &rules, 0, &told);
      for (gint64 now = 1; now < 1100; now++)
        {
          rfi_alert_check (job, &rules, now * MINUTE, &check);
          if (now * MINUTE < told.next)
            {
              g_assert_cmpuint (check.kinds, ==, told.kinds);
              g_assert_cmpint (check.next, ==, told.next);
            }
          told = check;
        }
    }
}

static void
test_off (void)
{
  static const RfiAlertRules off = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RfiJob) job = make_job (&cases[i].facts);
      RfiAlertCheck check;

      rfi_alert_check (job, &off, 100000 * MINUTE, &check);
      g_assert_cmpuint (check.kinds, ==, 0);
      g_assert_cmpint (check.next, ==, G_MAXINT64);
      g_assert_cmpint (rfi_alert_get_deadline (job, &off), ==, 0);
    }
}

static void
test_quiet (void)
{
  static const struct {
    guint    minute, from, until;
    gboolean quiet;
  } hours[] = {
    { 719, 720, 780, FALSE }, { 720, 720, 780, TRUE }, { 779, 720, 780, TRUE },
    { 780, 720, 780, FALSE }, { 1319, 1320, 360, FALSE }, { 1320, 1320, 360, TRUE },
    { 1439, 1320, 360, TRUE }, { 0, 1320, 360, TRUE }, { 359, 1320, 360, TRUE },
    { 360, 1320, 360, FALSE }, { 360, 360, 360, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    g_assert_cmpint (rfi_alert_is_quiet (hours[i].minute, hours[i].from, hours[i].until), ==,
                     hours[i].quiet);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/alert/rule/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rule);
    }
  g_test_add_func ("/alert/next", test_next);
  g_test_add_func ("/alert/off", test_off);
  g_test_add_func ("/alert/quiet", test_quiet);

  return g_test_run ();
}
