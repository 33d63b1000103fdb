/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-presence-list.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

/* Who has which job open, between consoles on one real server, over real WebSockets. */
typedef struct
{
  RfiTestServer   *server;  /* (owned) */
  RfiTestConsole  *a;       /* (owned): the admin */
  RfiTestConsole  *b;       /* (owned): the dispatcher of vendor-001 */
  RfiPresenceList *seen;    /* by the admin */
  RfiPresenceList *told;    /* by the dispatcher */
  char            *job_id;  /* (owned) */
  guint            n_changes;
} Fixture;

static void
changed_cb (Fixture    *fixture,
            const char *job_id)
{
  fixture->n_changes += g_strcmp0 (job_id, fixture->job_id) == 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  const char *url;

  fixture->server = rfi_test_server_new (NULL);
  url = rfi_test_server_get_url (fixture->server);
  fixture->a = rfi_test_console_new ();
  fixture->b = rfi_test_console_new ();
  rfi_test_console_sign_in (fixture->a, url, RFI_TEST_ADMIN);
  rfi_test_console_sign_in (fixture->b, url, RFI_TEST_DISPATCHER);
  fixture->seen = rfi_session_get_presence (fixture->a->session);
  fixture->told = rfi_session_get_presence (fixture->b->session);
  fixture->job_id = g_strdup (rfi_test_console_find_job (fixture->b, "Air duct cleaning")->id);
  g_signal_connect_swapped (fixture->seen, "changed", G_CALLBACK (changed_cb), fixture);
  rfi_test_console_wait_live (fixture->a);
  rfi_test_console_wait_live (fixture->b);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_signal_handlers_disconnect_by_data (fixture->seen, fixture);
  rfi_test_console_free (fixture->a);
  rfi_test_console_free (fixture->b);
  rfi_test_server_free (fixture->server);
  g_free (fixture->job_id);
}

/* What the admin knows of the dispatcher. */
static RfiAttention
get_attention (Fixture *fixture)
{
  RfiPresence *presence = rfi_presence_list_get (fixture->seen, fixture->job_id);
  RfiPresencePerson *person;

  if (presence == NULL)
    return RFI_ATTENTION_NONE;

  g_assert_cmpuint (presence->people->len, ==, 1);
  person = g_ptr_array_index (presence->people, 0);
  g_assert_cmpstr (person->user_id, ==, rfi_session_get_user (fixture->b->session)->id);
  g_assert_cmpstr (person->name, ==, rfi_session_get_user (fixture->b->session)->display_name);
  g_assert_cmpint (person->since, >, 0);
  return person->attention;
}

static void
test_come_and_go (Fixture       *fixture,
                  gconstpointer  unused)
{
  int window, other_window;

  rfi_presence_list_attend (fixture->told, &window, fixture->job_id, RFI_ATTENTION_VIEWING);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_VIEWING);
  rfi_presence_list_attend (fixture->told, &window, fixture->job_id, RFI_ATTENTION_EDITING);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_EDITING);

  /* A second window of theirs with the same job is nobody else, and keeps it open. */
  rfi_presence_list_attend (fixture->told, &other_window, fixture->job_id, RFI_ATTENTION_VIEWING);
  rfi_presence_list_attend (fixture->told, &window, NULL, RFI_ATTENTION_NONE);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_VIEWING);
  rfi_presence_list_attend (fixture->told, &other_window, NULL, RFI_ATTENTION_NONE);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_NONE);
  g_assert_cmpuint (fixture->n_changes, ==, 4);

  /* Nobody hears of themselves. */
  g_assert_null (rfi_presence_list_get (fixture->told, fixture->job_id));
}

/* Offline nothing is known of anybody; back again it is told once more. */
static void
test_offline (Fixture       *fixture,
              gconstpointer  unused)
{
  int window;

  rfi_presence_list_attend (fixture->told, &window, fixture->job_id, RFI_ATTENTION_VIEWING);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_VIEWING);
  rfi_session_set_forced_offline (fixture->a->session, TRUE);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_NONE);
  rfi_session_set_forced_offline (fixture->a->session, FALSE);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_VIEWING);

  rfi_session_set_forced_offline (fixture->b->session, TRUE);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_NONE);
  rfi_session_set_forced_offline (fixture->b->session, FALSE);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_VIEWING);
}

/* The server forgets with its end, and is told again by those who come back. */
static void
test_server_restarts (Fixture       *fixture,
                      gconstpointer  unused)
{
  int window;

  rfi_presence_list_attend (fixture->told, &window, fixture->job_id, RFI_ATTENTION_EDITING);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_EDITING);
  rfi_test_server_kill (fixture->server);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_NONE);
  rfi_test_server_start (fixture->server);
  rfi_test_wait (get_attention (fixture) == RFI_ATTENTION_EDITING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/presence/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("come-and-go", test_come_and_go);
  ADD ("offline", test_offline);
  ADD ("server-restarts", test_server_restarts);
#undef ADD

  return g_test_run ();
}
