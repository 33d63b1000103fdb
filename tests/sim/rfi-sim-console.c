/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-console"

#include "config.h"

#include "rfi-sim-console.h"

#include "rfi-db.h"
#include "rfi-remote.h"
#include "rfi-sim-interpose.h"
#include "rfi-sim-vfs.h"
#include "rfi-store-feed.h"
#include "rfi-test-seal.h"

#include <string.h>

/* Nothing may take more turns of the main loop than this. */
#define MAX_TURNS 100000
#define MIGRATIONS "/com/retailfixit/Dispatch/sql/console"

RfiSimConsole *
rfi_sim_console_new (RfiSimTime *time,
                     RfiSimNet  *net,
                     guint       number,
                     RfiUser    *user,
                     const char *token,
                     guint64     seed)
{
  RfiSimConsole *self = g_new0 (RfiSimConsole, 1);
  g_autoptr(RfiRandom) random = rfi_random_new_seed (seed);

  self->time = time;
  self->net = net;
  self->number = number;
  self->user = rfi_user_ref (user);
  self->token = g_strdup (token);
  self->seed = seed;
  g_snprintf (self->name, sizeof self->name, "c%u", number);
  self->disk = rfi_sim_disk_new (self->name, rfi_random_u64 (random));
  self->disk->torn = rfi_random_range (random, 2) == 0;
  if (rfi_random_range (random, 3) == 0)
    self->wall_error = (gint64) rfi_random_range (random, 20 * 365 * 86400000ull) -
                       10 * 365 * G_GINT64_CONSTANT (86400000);
  for (guint i = 0; i < sizeof self->key_seed; i++)
    self->key_seed[i] = (guint8) rfi_random_u64 (random);
  self->view = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) rfi_job_state_unref);
  return self;
}

void
rfi_sim_console_free (RfiSimConsole *self)
{
  rfi_sim_console_stop (self);
  g_hash_table_unref (self->view);
  rfi_sim_disk_free (self->disk);
  rfi_user_unref (self->user);
  g_free (self->refresh);
  g_free (self->token);
  g_free (self);
}

gboolean
rfi_sim_console_is_up (RfiSimConsole *self)
{
  return self->engine != NULL;
}

/* What the windows would do. */
static void
changed_cb (RfiStore       *store,
            RfiStoreChange *change,
            gpointer        user_data)
{
  RfiSimConsole *self = user_data;

  if (change->renamed_from != NULL)
    g_hash_table_remove (self->view, change->renamed_from);
  for (guint i = 0; i < change->upserted->len; i++)
    {
      RfiJobState *state = g_ptr_array_index (change->upserted, i);

      g_hash_table_replace (self->view, g_strdup (state->work->id), rfi_job_state_ref (state));
    }
  for (guint i = 0; i < change->removed->len; i++)
    g_hash_table_remove (self->view, g_ptr_array_index (change->removed, i));
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  for (guint i = 0; *result == NULL && i < MAX_TURNS; i++)
    {
      rfi_sim_interpose_turn ();
      g_main_context_iteration (NULL, FALSE);
    }

  g_assert_nonnull (*result);
  return *result;
}

/* Declares the answer of one call that is waited for. */
#define WAIT_FOR(call) \
  GAsyncResult *answer = NULL; \
  g_autoptr(GAsyncResult) owned_answer = NULL; \
  call; \
  owned_answer = wait_for (&answer)

/* Life */

static gboolean
fill_view (RfiSimConsole  *self,
           GError        **error)
{
  g_autoptr(GPtrArray) jobs = rfi_sim_console_jobs (self, error);

  if (jobs == NULL)
    return FALSE;

  g_hash_table_remove_all (self->view);
  for (guint i = 0; i < jobs->len; i++)
    {
      RfiJobState *state = g_ptr_array_index (jobs, i);

      g_hash_table_replace (self->view, g_strdup (state->work->id), rfi_job_state_ref (state));
    }
  return TRUE;
}

/* As its session does, with the key that is in its keyring. */
static gboolean
enroll (RfiSimConsole  *self,
        RfiRandom      *random,
        GError        **error)
{
  g_autoptr(RfiDeviceKey) key = rfi_device_key_new_seed (self->key_seed);
  g_autofree char *device_id = rfi_random_uuid (random);
  g_autofree char *epoch =
    g_strdup_printf ("%016" G_GINT64_MODIFIER "x", rfi_random_u64 (random));
  WAIT_FOR (rfi_store_enroll_async (self->store, key, device_id, epoch, NULL, keep_cb, &answer));

  return rfi_store_finish (self->store, owned_answer, error);
}

/* The keyring takes a while, and a machine that goes down meanwhile never had it there. */
typedef struct
{
  RfiSimConsole *console;
  GTask         *done;  /* (owned) */
  char          *token;
  guint          n_starts;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_object_unref (keeping->done);
  g_free (keeping->token);
  g_free (keeping);
}

static void
kept (gpointer data)
{
  Keeping *keeping = data;
  RfiSimConsole *self = keeping->console;

  if (rfi_sim_console_is_up (self) && keeping->n_starts == self->n_starts)
    {
      g_free (self->refresh);
      self->refresh = g_strdup (keeping->token);
    }
  self->n_keeping--;
  g_task_return_boolean (keeping->done, TRUE);
}

static void
keep_token (const char *refresh_token,
            GTask      *done,
            gpointer    user_data)
{
  RfiSimConsole *self = user_data;
  Keeping *keeping = g_new (Keeping, 1);

  keeping->console = self;
  keeping->done = done;
  keeping->token = g_strdup (refresh_token);
  keeping->n_starts = self->n_starts;
  self->n_keeping++;
  rfi_sim_time_at (self->time, rfi_sim_time_now (self->time) + 20, kept, keeping, keeping_free);
}

void
rfi_sim_console_sign_in (RfiSimConsole *self,
                         const char    *access,
                         const char    *refresh)
{
  if (refresh != NULL)
    {
      g_free (self->refresh);
      self->refresh = g_strdup (refresh);
      rfi_remote_set_refresh (self->remote, refresh, keep_token, self);
    }
  rfi_sync_engine_set_token (self->engine, access);
}

static void
make_engine (RfiSimConsole *self,
             RfiRandom     *random)
{
  g_autoptr(RfiTransport) transport =
    rfi_sim_net_transport_new (self->net, self->number, self->clock);

  self->remote = rfi_remote_new (transport);
  self->engine = rfi_sync_engine_new (self->store, self->remote, RFI_CLOCK (self->clock), random,
                                      self->user);
  /* Of a start before, only what renews it is there. */
  if (self->refresh != NULL)
    rfi_remote_set_refresh (self->remote, self->refresh, keep_token, self);
  rfi_sync_engine_set_token (self->engine, self->refresh == NULL ? self->token : NULL);
  rfi_sync_engine_set_forced_offline (self->engine, self->offline);
  rfi_sync_engine_start (self->engine);
}

/* Every eighth makes its own file, and so does one whose disk is in trouble. */
static void
prepare_disk (RfiSimConsole *self)
{
  if (self->n_starts == 0 && self->seed % 8 != 0 && self->disk->crash_at == 0 &&
      self->disk->fail_at == 0)
    rfi_sim_vfs_prepare (self->disk, RFI_SIM_CONSOLE_PATH, MIGRATIONS);
}

gboolean
rfi_sim_console_start (RfiSimConsole  *self,
                       GError        **error)
{
  g_autofree char *path = g_strconcat (self->name, "/", RFI_SIM_CONSOLE_PATH, NULL);
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autoptr(RfiRandom) random = NULL;

  g_assert_false (rfi_sim_console_is_up (self));
  rfi_sim_disk_start (self->disk);
  prepare_disk (self);
  self->n_starts++;
  random = rfi_random_new_seed (self->seed + self->n_starts * 7919);
  self->store = rfi_store_open (path, seal, changed_cb, self, NULL, TRUE, error);
  if (self->store == NULL)
    return FALSE;

  if (rfi_store_get_recovered (self->store) >= 0)
    self->damaged = TRUE;
  if (rfi_store_get_recovered (self->store) > 0)
    rfi_sim_count ("operation salvaged");
  self->clock = rfi_sim_clock_new (self->time, RFI_SIM_EPOCH + self->wall_error);
  if (!fill_view (self, error) || !enroll (self, random, error))
    {
      rfi_store_close (self->store);
      g_clear_object (&self->store);
      g_clear_object (&self->clock);
      return FALSE;
    }

  make_engine (self, random);
  rfi_sim_time_settle ();
  return TRUE;
}

void
rfi_sim_console_stop (RfiSimConsole *self)
{
  if (!rfi_sim_console_is_up (self))
    return;

  {
    WAIT_FOR (rfi_sync_engine_stop_async (self->engine, keep_cb, &answer));

    g_assert_true (rfi_sync_engine_stop_finish (self->engine, owned_answer, NULL));
  }
  rfi_sim_time_settle ();
  rfi_store_close (self->store);
  rfi_sim_clock_kill (self->clock);
  g_clear_object (&self->engine);
  g_clear_object (&self->remote);
  rfi_sim_time_settle ();
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
}

void
rfi_sim_console_crash (RfiSimConsole *self)
{
  /* From here on its disk takes nothing and its network brings nothing; that its parts are taken
   * down in order changes nothing any more. */
  rfi_sim_disk_crash (self->disk);
  rfi_sim_net_forget (self->net, self->number);
  if (self->clock != NULL)
    rfi_sim_clock_kill (self->clock);
  rfi_sim_console_stop (self);
}

/* What people and checks ask of it */

gboolean
rfi_sim_console_enqueue (RfiSimConsole  *self,
                         RfiOperation   *operation,
                         GError        **error)
{
  g_autoptr(RfiOperation) stored = NULL;
  WAIT_FOR (rfi_store_enqueue_async (self->store, operation, NULL, keep_cb, &answer));

  stored = rfi_store_enqueue_finish (self->store, owned_answer, error);
  if (stored != NULL)
    rfi_sync_engine_kick (self->engine, RFI_SYNC_KICK_OPERATION);
  return stored != NULL;
}

GPtrArray *
rfi_sim_console_outbox (RfiSimConsole  *self,
                        GError        **error)
{
  WAIT_FOR (rfi_store_list_outbox_async (self->store, NULL, keep_cb, &answer));

  return rfi_store_list_outbox_finish (self->store, owned_answer, error);
}

GPtrArray *
rfi_sim_console_conflicts (RfiSimConsole  *self,
                           GError        **error)
{
  WAIT_FOR (rfi_store_list_conflicts_async (self->store, NULL, keep_cb, &answer));

  return rfi_store_list_conflicts_finish (self->store, owned_answer, error);
}

RfiJob *
rfi_sim_console_base (RfiSimConsole  *self,
                      const char     *job_id,
                      GError        **error)
{
  WAIT_FOR (rfi_store_get_base_async (self->store, job_id, NULL, keep_cb, &answer));

  return rfi_store_get_base_finish (self->store, owned_answer, error);
}

GPtrArray *
rfi_sim_console_jobs (RfiSimConsole  *self,
                      GError        **error)
{
  WAIT_FOR (rfi_store_load_jobs_async (self->store, NULL, keep_cb, &answer));

  return rfi_store_load_jobs_finish (self->store, owned_answer, error);
}

GPtrArray *
rfi_sim_console_letters (RfiSimConsole  *self,
                         GError        **error)
{
  WAIT_FOR (rfi_store_list_letters_async (self->store, NULL, keep_cb, &answer));

  return rfi_store_list_letters_finish (self->store, owned_answer, error);
}

RfiSigner *
rfi_sim_console_signer (RfiSimConsole *self)
{
  WAIT_FOR (rfi_store_get_signer_async (self->store, NULL, keep_cb, &answer));

  return rfi_store_get_signer_finish (self->store, owned_answer, NULL);
}

static RfiFeedState *
get_feed (RfiSimConsole *self)
{
  WAIT_FOR (rfi_store_get_feed_async (self->store, NULL, keep_cb, &answer));

  return rfi_store_get_feed_finish (self->store, owned_answer, NULL);
}

/* Which history of the server its rows are of. */
static char *
get_server_epoch (RfiSimConsole *self)
{
  WAIT_FOR (rfi_store_get_meta_async (self->store, "server-epoch", NULL, keep_cb, &answer));

  return rfi_store_get_meta_finish (self->store, owned_answer, NULL);
}

gint64
rfi_sim_console_position (RfiSimConsole *self,
                          const char    *server_epoch)
{
  g_autoptr(RfiFeedState) feed = get_feed (self);
  g_autofree char *epoch = get_server_epoch (self);

  if (feed == NULL || feed->cursor == NULL || g_strcmp0 (epoch, server_epoch) != 0)
    return -1;

  return feed->position;
}

static gboolean
finish (RfiSimConsole  *self,
        GAsyncResult   *result,
        GError        **error)
{
  if (!rfi_store_finish (self->store, result, error))
    return FALSE;

  rfi_sync_engine_kick (self->engine, RFI_SYNC_KICK_OPERATION);
  return TRUE;
}

static gint64
now (RfiSimConsole *self)
{
  return rfi_clock_get_wall (RFI_CLOCK (self->clock));
}

gboolean
rfi_sim_console_resolve (RfiSimConsole  *self,
                         const char     *conflict_id,
                         RfiPatch       *result,
                         const char     *operation_id,
                         GError        **error)
{
  WAIT_FOR (rfi_store_resolve_conflict_async (self->store, conflict_id, result, operation_id,
                                              now (self), NULL, keep_cb, &answer));

  return finish (self, owned_answer, error);
}

gboolean
rfi_sim_console_discard (RfiSimConsole  *self,
                         const char     *operation_id,
                         GError        **error)
{
  WAIT_FOR (rfi_store_discard_async (self->store, operation_id, now (self), NULL, keep_cb,
                                     &answer));

  return finish (self, owned_answer, error);
}

gboolean
rfi_sim_console_retry (RfiSimConsole  *self,
                       const char     *operation_id,
                       GError        **error)
{
  WAIT_FOR (rfi_store_retry_async (self->store, operation_id, NULL, keep_cb, &answer));

  return finish (self, owned_answer, error);
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
rfi_sim_console_shown (RfiSimConsole *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->view);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_text);
  return ids;
}
