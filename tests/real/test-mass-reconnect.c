/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-backoff.h"
#include "rfi-remote-sync.h"
#include "rfi-remote.h"
#include "rfi-soup-transport.h"
#include "rfi-sync-live.h"
#include "rfi-test-answer.h"
#include "rfi-test-http.h"

#include <string.h>

/* A thousand consoles whose server is killed and comes back. Each is light: the engine's own
 * real-time connection with its tries, a hello, and the feed from where it was, but no store.
 */

#define N_CONSOLES 1000

/* The server lets one person connect some dozens of times. The first is the administrator. */
#define N_PEOPLE 20

/* Of all, so many may come back within one tenth of a second. Evenly spread over the second that
 * the first try has, it would be a tenth of them. */
#define MAX_SHARE 0.25
#define BUCKET_MS 100

/* The real clock, which remembers for when tries to come back were planned. */
#define TYPE_PLAN_CLOCK (plan_clock_get_type ())

G_DECLARE_FINAL_TYPE (PlanClock, plan_clock, PLAN, CLOCK, GObject)

struct _PlanClock
{
  GObject   parent_instance;

  RfiClock *real;   /* (owned) */
  GArray   *plans;  /* (element-type gint64): monotonic ms */
  gboolean  noting;
};

static void plan_clock_iface_init (RfiClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanClock, plan_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_CLOCK, plan_clock_iface_init))

static gint64
plan_clock_get_wall (RfiClock *clock)
{
  return rfi_clock_get_wall (PLAN_CLOCK (clock)->real);
}

static gint64
plan_clock_get_monotonic (RfiClock *clock)
{
  return rfi_clock_get_monotonic (PLAN_CLOCK (clock)->real);
}

static guint
plan_clock_arm (RfiClock    *clock,
                gint64       delay,
                GSourceFunc  callback,
                gpointer     user_data)
{
  PlanClock *self = PLAN_CLOCK (clock);
  gint64 at = rfi_clock_get_monotonic (self->real) + delay;

  if (self->noting)
    g_array_append_val (self->plans, at);
  return rfi_clock_arm (self->real, delay, callback, user_data);
}

static void
plan_clock_disarm (RfiClock *clock,
                   guint     timer)
{
  rfi_clock_disarm (PLAN_CLOCK (clock)->real, timer);
}

static void
plan_clock_iface_init (RfiClockInterface *iface)
{
  iface->get_wall = plan_clock_get_wall;
  iface->get_monotonic = plan_clock_get_monotonic;
  iface->arm = plan_clock_arm;
  iface->disarm = plan_clock_disarm;
}

static void
plan_clock_finalize (GObject *object)
{
  PlanClock *self = PLAN_CLOCK (object);

  g_clear_object (&self->real);
  g_array_unref (self->plans);
  G_OBJECT_CLASS (plan_clock_parent_class)->finalize (object);
}

static void
plan_clock_class_init (PlanClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plan_clock_finalize;
}

static void
plan_clock_init (PlanClock *self)
{
  self->real = rfi_clock_new_system (NULL);
  self->plans = g_array_new (FALSE, FALSE, sizeof (gint64));
}

typedef struct
{
  RfiTestServer *server;
  PlanClock     *clock;
  RfiRandom     *random;
  GPtrArray     *tokens;    /* (element-type utf8): of the people */
  GPtrArray     *consoles;  /* (element-type Console) */
  GArray        *times;     /* (element-type gint64): µs of each answer since the server is back */
} World;

typedef struct
{
  World        *world;
  RfiSyncParts  parts;
  RfiSyncLive  *live;
  guint         person;
  guint         n_failures; /* in a row */
  char         *device_id;
  char         *place;     /* (nullable): in the feed */
  gboolean      snapshot;  /* it is one of a snapshot */
  gboolean      current;   /* since the connection opened, it had all */
  guint64       checksum;
  gint64        asked_at;
} Console;

static void pull         (Console      *console);
static void hello        (Console      *console);

static void
note_time (Console *console)
{
  gint64 took = g_get_monotonic_time () - console->asked_at;

  g_array_append_val (console->world->times, took);
}

static gboolean
again_cb (gpointer user_data)
{
  Console *console = user_data;

  if (rfi_sync_live_is_connected (console->live))
    hello (console);
  return G_SOURCE_REMOVE;
}

/* It went, or has too much to do: as the engine does, later, and not all at once. */
static void
try_later (Console *console)
{
  gint64 delay = rfi_backoff_delay (++console->n_failures, 1000, 30000, console->parts.random);

  if (rfi_sync_live_is_connected (console->live))
    rfi_clock_arm (console->parts.clock, delay, again_cb, console);
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Console *console = user_data;
  g_autoptr(RfiFeedReader) page = rfi_remote_feed_finish (RFI_REMOTE (object), result, NULL);
  const RfiFeedTail *tail;

  if (page == NULL)
    {
      try_later (console);
      return;
    }

  note_time (console);
  console->n_failures = 0;
  tail = rfi_feed_reader_get_tail (page);
  g_free (console->place);
  console->place = g_strdup (tail->next);
  if (console->snapshot && !tail->has_more)
    {
      console->snapshot = FALSE;
      g_free (console->place);
      console->place = g_strdup (rfi_feed_reader_get_head (page)->cursor);
      pull (console);
    }
  else if (tail->has_more)
    {
      pull (console);
    }
  else
    {
      g_assert_true (tail->has_totals);
      console->checksum = tail->checksum;
      console->current = TRUE;
    }
}

static void
pull (Console *console)
{
  console->asked_at = g_get_monotonic_time ();
  if (console->snapshot)
    rfi_remote_snapshot_async (console->parts.remote, console->place, 1000, NULL, NULL, page_cb,
                               console);
  else
    rfi_remote_delta_async (console->parts.remote, console->place, 1000, NULL, NULL, page_cb,
                            console);
}

static void
hello_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Console *console = user_data;
  g_autoptr(RfiDeviceState) state = rfi_remote_hello_finish (RFI_REMOTE (object), result, NULL);

  if (state == NULL)
    {
      try_later (console);
      return;
    }

  note_time (console);
  g_assert_false (state->revoked);
  pull (console);
}

static void
hello (Console *console)
{
  RfiDeviceHello words = { .device_id = console->device_id, .name = (char *) "light",
                           .epoch = (char *) "0123456789abcdef" };

  /* Its own, as long as the id of its device is. */
  memcpy (words.public_key, console->device_id, sizeof words.public_key);
  console->asked_at = g_get_monotonic_time ();
  rfi_remote_hello_async (console->parts.remote, &words, NULL, hello_cb, console);
}

static void
connected_cb (RfiSyncLive *live,
              gint64       gap,
              Console     *console)
{
  hello (console);
}

static void
closed_cb (RfiSyncLive *live,
           Console     *console)
{
  console->current = FALSE;
}

static Console *
console_new (World *world,
             guint  person)
{
  Console *console = g_new0 (Console, 1);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_server_get_url (world->server));

  console->world = world;
  console->person = person;
  console->device_id = g_uuid_string_random ();
  console->snapshot = TRUE;
  /* The rest of the engine is not there. */
  console->parts.remote = rfi_remote_new (transport);
  console->parts.clock = RFI_CLOCK (g_object_ref (world->clock));
  console->parts.random = g_object_ref (world->random);
  console->parts.metrics = rfi_sync_metrics_new ();
  rfi_remote_set_token (console->parts.remote, g_ptr_array_index (world->tokens, person));
  console->live = rfi_sync_live_new (&console->parts);
  g_signal_connect (console->live, "connected", G_CALLBACK (connected_cb), console);
  g_signal_connect (console->live, "closed", G_CALLBACK (closed_cb), console);
  rfi_sync_live_set_wanted (console->live, TRUE);
  return console;
}

static void
console_free (gpointer data)
{
  Console *console = data;

  g_signal_handlers_disconnect_by_data (console->live, console);
  g_clear_object (&console->live);
  g_clear_object (&console->parts.remote);
  g_clear_object (&console->parts.clock);
  g_clear_object (&console->parts.random);
  rfi_sync_metrics_free (console->parts.metrics);
  g_free (console->device_id);
  g_free (console->place);
  g_free (console);
}

static guint
count (World    *world,
       gboolean  current)
{
  guint n = 0;

  for (guint i = 0; i < world->consoles->len; i++)
    n += ((Console *) g_ptr_array_index (world->consoles, i))->current == current;

  return n;
}

/* Who sees the same has the same. */
static void
assert_agreement (World *world)
{
  for (guint i = N_PEOPLE; i < world->consoles->len; i++)
    {
      const Console *console = g_ptr_array_index (world->consoles, i);
      const Console *other = g_ptr_array_index (world->consoles, console->person);

      g_assert_cmpuint (other->person, ==, console->person);
      g_assert_cmphex (console->checksum, ==, other->checksum);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* The most that any tenth of a second has, wherever it begins. */
static guint
find_peak (GArray *plans)
{
  guint peak = 0;
  guint first = 0;

  g_array_sort (plans, compare);
  for (guint last = 0; last < plans->len; last++)
    {
      while (g_array_index (plans, gint64, last) - g_array_index (plans, gint64, first) >=
             BUCKET_MS)
        first++;
      peak = MAX (peak, last - first + 1);
    }

  return peak;
}

static void
create_job (World *world)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (
    http, rfi_test_server_get_url (world->server), "POST", "/api/jobs",
    g_ptr_array_index (world->tokens, 0),
    "{\"title\":\"Power is back\",\"description\":\"All freezers to be looked at\","
    "\"priority\":\"high\",\"vendorId\":\"vendor-001\",\"location\":{\"storeName\":\"QuickStop\","
    "\"address\":\"1 Main Street\",\"city\":\"Dallas\",\"state\":\"TX\",\"zipCode\":\"75201\"}}");

  g_assert_cmpuint (answer->status, ==, 201);
}

static void
sign_in_all (World *world)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autoptr(GRegex) regex = g_regex_new ("\"email\":\"([^\"]+)\"", 0, 0, NULL);
  g_autoptr(RfiTestAnswer) answer = NULL;
  g_autoptr(GMatchInfo) match = NULL;

  g_ptr_array_add (world->tokens, rfi_test_server_sign_in (world->server, RFI_TEST_ADMIN));
  answer = rfi_test_http_call (http, rfi_test_server_get_url (world->server), "GET",
                               "/api/auth/technicians", g_ptr_array_index (world->tokens, 0), NULL);
  g_regex_match (regex, answer->text, 0, &match);
  for (; world->tokens->len < N_PEOPLE; g_match_info_next (match, NULL))
    {
      g_autofree char *email = g_match_info_fetch (match, 1);

      g_assert_nonnull (email);
      g_ptr_array_add (world->tokens, rfi_test_server_sign_in (world->server, email, "tech123"));
    }
}

static void
test_mass_reconnect (void)
{
  static const char *const options[] = { "--sample=large", "--jobs=400", "--vendors=12",
                                         "--rate=0", "--quiet", NULL };
  World world = {
    .server = rfi_test_server_new (options),
    .clock = g_object_new (TYPE_PLAN_CLOCK, NULL),
    .random = rfi_random_new_seed (1),
    .tokens = g_ptr_array_new_with_free_func (g_free),
    .consoles = g_ptr_array_new_with_free_func (console_free),
    .times = g_array_new (FALSE, FALSE, sizeof (gint64)),
  };
  guint64 before;
  guint peak;

  sign_in_all (&world);
  for (guint i = 0; i < N_CONSOLES; i++)
    g_ptr_array_add (world.consoles, console_new (&world, i % N_PEOPLE));
  rfi_test_wait (count (&world, TRUE) == N_CONSOLES);
  assert_agreement (&world);
  before = ((Console *) g_ptr_array_index (world.consoles, 0))->checksum;

  world.clock->noting = TRUE;
  rfi_test_server_kill (world.server);
  rfi_test_wait (count (&world, FALSE) == N_CONSOLES);
  world.clock->noting = FALSE;
  g_array_set_size (world.times, 0);
  rfi_test_server_start (world.server);
  create_job (&world);
  rfi_test_wait (count (&world, TRUE) == N_CONSOLES);
  assert_agreement (&world);
  g_assert_cmphex (((Console *) g_ptr_array_index (world.consoles, 0))->checksum, !=, before);

  peak = find_peak (world.clock->plans);
  g_array_sort (world.times, compare);
  g_test_message ("%d consoles; at most %u planned to come back within %d ms; %u answers of the "
                  "server, p50 %.1f ms, p99 %.1f ms", N_CONSOLES, peak, BUCKET_MS, world.times->len,
                  (double) g_array_index (world.times, gint64, world.times->len / 2) / 1000,
                  (double) g_array_index (world.times, gint64, world.times->len * 99 / 100) / 1000);
  g_assert_cmpuint (world.clock->plans->len, >=, N_CONSOLES);
  g_assert_cmpfloat (peak, <=, MAX_SHARE * N_CONSOLES);

  for (guint i = 0; i < N_CONSOLES; i++)
    rfi_sync_live_set_wanted (((Console *) g_ptr_array_index (world.consoles, i))->live, FALSE);
  rfi_test_settle ();
  g_ptr_array_unref (world.consoles);
  rfi_test_server_free (world.server);
  g_object_unref (world.clock);
  g_object_unref (world.random);
  g_array_unref (world.times);
  g_ptr_array_unref (world.tokens);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenarios/mass-reconnect", test_mass_reconnect);
  return g_test_run ();
}
