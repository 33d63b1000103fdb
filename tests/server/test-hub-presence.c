/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-fixture.h"

#include "rfi-test-clock.h"

/* Who has which job open, told between clients of a real hub. */

#define JOB_ID "0b5c1a52-5c1d-4b57-8a39-2e0f7b1c9d10"
#define ATTEND(id, word) \
  "{\"type\":1,\"target\":\"Attend\",\"arguments\":[{\"jobId\":\"" id "\",\"attention\":\"" word \
  "\"}]}\x1e"

/* A job of "cool" whose technician is "tech"; there is no other. */
static RfiJob *
find_job (const char *job_id,
          gpointer    user_data)
{
  return g_strcmp0 (job_id, JOB_ID) == 0 ? make_job ("cool", "tech", RFI_STATUS_ASSIGNED) : NULL;
}

static void
set_up_with_jobs (Fixture *fixture)
{
  set_up (fixture, NULL);
  rfi_hub_set_jobs (fixture->hub, find_job, NULL);
}

/* Answered last: all that was said before has been heard. */
static void
settle (Client *client)
{
  guint n = count (client, "\"invocationId\":\"last\"");

  say (client, "{\"type\":1,\"invocationId\":\"last\",\"target\":\"Nothing\","
               "\"arguments\":[]}\x1e");
  wait_until (count (client, "\"invocationId\":\"last\"") > n);
}

static void
test_view_and_edit (void)
{
  Fixture fixture = { 0, };
  Client *admin, *kim;

  set_up_with_jobs (&fixture);
  admin = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  say (admin, ATTEND ("", "viewing"));
  settle (admin);
  g_assert_cmpuint (count (admin, "Presence"), ==, 0);

  say (kim, ATTEND (JOB_ID, "viewing"));
  wait_until (count (admin, "\"userId\":\"kim\"") == 1);
  g_assert_cmpuint (count (admin, "\"attention\":\"viewing\""), ==, 1);
  say (kim, ATTEND (JOB_ID, "editing"));
  wait_until (count (admin, "\"attention\":\"editing\"") == 1);

  /* The same again says only that it is still so. */
  say (kim, ATTEND (JOB_ID, "editing"));
  settle (kim);
  settle (admin);
  g_assert_cmpuint (count (admin, "\"attention\":\"editing\""), ==, 1);

  say (kim, ATTEND (JOB_ID, "none"));
  wait_until (count (admin, "\"people\":[]") == 1);

  close_client (admin);
  close_client (kim);
  tear_down (&fixture);
}

/* It goes with the connection, and who comes later is told who is there. */
static void
test_connection (void)
{
  Fixture fixture = { 0, };
  Client *admin, *kim;

  set_up_with_jobs (&fixture);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  say (kim, ATTEND (JOB_ID, "viewing"));
  settle (kim);
  admin = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  say (admin, ATTEND ("", "viewing"));
  wait_until (count (admin, "\"userId\":\"kim\"") == 1);

  close_client (kim);
  wait_until (count (admin, "\"people\":[]") == 1);
  close_client (admin);
  tear_down (&fixture);
}

/* As with jobs: another vendor hears nothing, and nothing of theirs is heard. Nor is anything told
 * to whoever never asked, as clients that do not know of it. */
static void
test_visibility (void)
{
  Fixture fixture = { 0, };
  Client *admin, *kim, *other, *technician, *old;

  set_up_with_jobs (&fixture);
  admin = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  other = join_as (&fixture, "other", RFI_ROLE_DISPATCHER, "spark");
  technician = join_as (&fixture, "tech", RFI_ROLE_TECHNICIAN, "cool");
  old = join_as (&fixture, "old", RFI_ROLE_ADMIN, NULL);
  say (admin, ATTEND ("", "viewing"));
  say (technician, ATTEND ("", "viewing"));
  settle (admin);
  settle (technician);

  say (other, ATTEND (JOB_ID, "editing"));
  settle (other);
  say (kim, ATTEND ("no-such-job", "editing"));
  settle (kim);
  say (kim, ATTEND (JOB_ID, "viewing"));
  wait_until (count (admin, "Presence") == 1);
  wait_until (count (technician, "Presence") == 1);
  g_assert_cmpuint (count (admin, "\"userId\":\"other\""), ==, 0);
  settle (other);
  settle (old);
  g_assert_cmpuint (count (other, "Presence"), ==, 0);
  g_assert_cmpuint (count (old, "Presence"), ==, 0);

  close_client (admin);
  close_client (kim);
  close_client (other);
  close_client (technician);
  close_client (old);
  tear_down (&fixture);
}

/* A job that moves to another vendor takes nobody along. */
static void
test_job_moves (void)
{
  Fixture fixture = { 0, };
  g_autoptr(RfiJob) before = make_job ("cool", "tech", RFI_STATUS_ASSIGNED);
  g_autoptr(RfiJob) after = make_job ("spark", NULL, RFI_STATUS_PENDING);
  Client *admin, *kim, *other;

  set_up_with_jobs (&fixture);
  admin = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  other = join_as (&fixture, "other", RFI_ROLE_DISPATCHER, "spark");
  say (other, ATTEND ("", "viewing"));
  settle (other);
  say (admin, ATTEND (JOB_ID, "viewing"));
  settle (admin);
  say (kim, ATTEND (JOB_ID, "editing"));
  wait_until (count (admin, "\"userId\":\"kim\"") == 1);

  broadcast (&fixture, RFI_HUB_EVENT_JOB_UPDATED, after, before);
  wait_until (count (kim, "\"people\":[]") == 1);
  wait_until (count (other, "\"userId\":\"admin\"") == 1);
  g_assert_cmpuint (count (other, "\"userId\":\"kim\""), ==, 0);

  broadcast (&fixture, RFI_HUB_EVENT_JOB_DELETED, after, NULL);
  wait_until (count (other, "\"people\":[]") == 1);
  close_client (admin);
  close_client (kim);
  close_client (other);
  tear_down (&fixture);
}

/* Whoever does not say it again is gone, though the connection stays. */
static void
test_silence (void)
{
  Fixture fixture = { 0, };
  g_autoptr(RfiTestClock) clock = rfi_test_clock_new ();
  Client *admin, *kim;

  set_up_with_jobs (&fixture);
  g_set_object (&fixture.clock->real, RFI_CLOCK (clock));
  admin = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  say (admin, ATTEND (JOB_ID, "viewing"));
  settle (admin);
  say (kim, ATTEND (JOB_ID, "viewing"));
  wait_until (count (admin, "\"userId\":\"kim\"") == 1);

  for (guint i = 0; i < 6; i++)
    {
      rfi_test_clock_advance (clock, 20000);
      say (admin, ATTEND (JOB_ID, "viewing"));
      settle (admin);
      settle (kim);
    }

  /* Alone, then both, then alone again. */
  g_assert_cmpuint (count (admin, "\"userId\":\"kim\""), ==, 1);
  g_assert_cmpuint (count (admin, "Presence"), ==, 3);
  g_assert_cmpuint (count (admin, "\"userId\":\"admin\""), ==, 3);
  g_assert_false (kim->closed);
  close_client (admin);
  close_client (kim);
  tear_down (&fixture);
}

/* What is too much is passed over; the connection stays. */
static void
test_limits (void)
{
  Fixture fixture = { 0, };
  Client *admin, *kim;

  set_up_with_jobs (&fixture);
  admin = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  say (admin, ATTEND ("", "viewing"));
  settle (admin);
  for (guint i = 0; i < 500; i++)
    {
      say (kim, ATTEND (JOB_ID, "viewing"));
      say (kim, ATTEND (JOB_ID, "editing"));
    }
  settle (kim);
  settle (admin);
  g_assert_cmpuint (count (admin, "\"userId\":\"kim\""), >, 10);
  g_assert_cmpuint (count (admin, "\"userId\":\"kim\""), <, 200);

  /* Whoever goes is always heard. */
  say (kim, ATTEND (JOB_ID, "none"));
  wait_until (count (admin, "\"people\":[]") == 1);
  g_assert_false (kim->closed);
  close_client (admin);
  close_client (kim);
  tear_down (&fixture);
}

/* Nonsense is no reason to close. */
static void
test_nonsense (void)
{
  static const char *const texts[] = {
    "[]", "[7]", "[[]]", "[{\"attention\":\"viewing\"}]",
    "[{\"jobId\":7,\"attention\":\"viewing\"}]",
    "[{\"jobId\":\"x\",\"attention\":\"dreaming\"}]",
  };
  Fixture fixture = { 0, };
  Client *kim;

  set_up_with_jobs (&fixture);
  kim = join_as (&fixture, "kim", RFI_ROLE_DISPATCHER, "cool");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *call =
        g_strdup_printf ("{\"type\":1,\"target\":\"Attend\",\"arguments\":%s}\x1e", texts[i]);

      say (kim, call);
    }
  settle (kim);
  g_assert_cmpuint (count (kim, "Presence"), ==, 0);
  g_assert_false (kim->closed);
  close_client (kim);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-presence/view-and-edit", test_view_and_edit);
  g_test_add_func ("/hub-presence/connection", test_connection);
  g_test_add_func ("/hub-presence/visibility", test_visibility);
  g_test_add_func ("/hub-presence/job-moves", test_job_moves);
  g_test_add_func ("/hub-presence/silence", test_silence);
  g_test_add_func ("/hub-presence/limits", test_limits);
  g_test_add_func ("/hub-presence/nonsense", test_nonsense);
  return g_test_run ();
}
