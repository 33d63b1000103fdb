/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refresh tokens through time: how long they live, when a lost answer is believed, and that only
 * hashes are kept. */

#include "config.h"

#include "service-fixture.h"

#include "rfi-server-refresh.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Returns: (transfer full): the token that was given for @token */
static char *
rotate (Fixture           *fixture,
        const char        *token,
        gint64             now,
        RfiRefreshVerdict  wanted)
{
  g_autofree char *next = rfi_server_refresh_make ();
  g_autofree char *user_id = NULL;
  g_autoptr(GError) error = NULL;
  RfiRefreshVerdict verdict;

  g_assert_true (rfi_server_refresh_rotate (fixture->db, token, next, now, &verdict, &user_id,
                                            &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict, ==, wanted);
  g_assert_cmpstr (user_id, ==, wanted == RFI_REFRESH_OK ? "dispatcher" : NULL);
  return g_steal_pointer (&next);
}

static char *
issue (Fixture *fixture,
       gint64   now)
{
  char *token = rfi_server_refresh_make ();

  g_assert_true (rfi_server_refresh_issue (fixture->db, "dispatcher", token, now, NULL));
  return token;
}

static void
test_lifetime (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *first = issue (fixture, DAY_MS);
  g_autofree char *second = rotate (fixture, first, 30 * DAY_MS, RFI_REFRESH_OK);
  g_autofree char *third = rotate (fixture, second, 59 * DAY_MS, RFI_REFRESH_OK);
  g_autofree char *late = rotate (fixture, third, 89 * DAY_MS, RFI_REFRESH_INVALID);
  g_autofree char *other = issue (fixture, 200 * DAY_MS);

  /* What is too old goes when others come. */
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM refresh_token"), ==, 1);
}

/* Within a minute the answer may have been lost, if nobody used what was in it. */
static void
test_lost_answer (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *first = issue (fixture, DAY_MS);
  g_autofree char *lost = rotate (fixture, first, DAY_MS + 1, RFI_REFRESH_OK);
  g_autofree char *second = rotate (fixture, first, DAY_MS + 60001, RFI_REFRESH_OK);
  g_autofree char *stale = rotate (fixture, lost, DAY_MS + 60001, RFI_REFRESH_INVALID);
  g_autofree char *reused = rotate (fixture, first, DAY_MS + 60002, RFI_REFRESH_REUSED);
  g_autofree char *ended = rotate (fixture, second, DAY_MS + 60003, RFI_REFRESH_INVALID);

  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM refresh_token"), ==, 0);
}

/* One family's end is not another's. */
static void
test_families (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *one = issue (fixture, DAY_MS);
  g_autofree char *other = issue (fixture, DAY_MS);
  g_autofree char *next = rotate (fixture, one, DAY_MS + 1, RFI_REFRESH_OK);
  g_autofree char *further = rotate (fixture, next, DAY_MS + 2, RFI_REFRESH_OK);
  g_autofree char *stolen = rotate (fixture, one, DAY_MS + 3, RFI_REFRESH_REUSED);
  g_autofree char *ended = rotate (fixture, further, DAY_MS + 4, RFI_REFRESH_INVALID);
  g_autofree char *lives = rotate (fixture, other, DAY_MS + 5, RFI_REFRESH_OK);
  g_autofree char *hidden = g_strdup_printf (
    "SELECT count(*) FROM refresh_token WHERE hash = '%s' OR family = '%s' OR successor = '%s'",
    other, other, lives);

  g_assert_cmpint (service_count (fixture, hidden), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/service-refresh/lifetime", Fixture, NULL, service_set_up, test_lifetime,
              service_tear_down);
  g_test_add ("/service-refresh/lost-answer", Fixture, NULL, service_set_up, test_lost_answer,
              service_tear_down);
  g_test_add ("/service-refresh/families", Fixture, NULL, service_set_up, test_families,
              service_tear_down);
  return g_test_run ();
}
