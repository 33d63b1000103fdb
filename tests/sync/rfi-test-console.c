/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-console"

#include "config.h"

#include "rfi-test-console.h"

#include "rfi-hasty-transport.h"
#include "rfi-soup-transport.h"
#include "rfi-sealed-file.h"
#include "rfi-test-answer.h"
#include "rfi-test-seal.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

/* ms of real time until a request is given up. */
#define PATIENCE 400
#define LONG_PATIENCE 10000

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL)
    {
      g_autofree char *child = NULL;

      name = g_dir_read_name (dir);
      if (name == NULL)
        break;
      child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

static void
enroll (RfiTestConsole *self)
{
  g_autofree char *device_id = g_uuid_string_random ();
  g_autofree char *epoch = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  WAIT_FOR (rfi_store_enroll_async (self->store, self->key, device_id, epoch, NULL,
                                    keep_result_cb, &answer));

  g_assert_true (rfi_store_finish (self->store, answer, &error));
  g_assert_no_error (error);
}

static void
changed_cb (RfiStore       *store,
            RfiStoreChange *change,
            gpointer        user_data)
{
  RfiTestConsole *self = user_data;

  if (self->changed != NULL)
    self->changed (store, change, self->changed_data);
}

static void
open_all (RfiTestConsole *self)
{
  g_autofree char *path = g_build_filename (self->dir, "store.sqlite", NULL);
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (self->url);
  g_autoptr(RfiTransport) hasty = rfi_hasty_transport_new (transport, self->patience);
  g_autoptr(RfiRandom) random = rfi_random_new_seed (7);
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autoptr(GError) error = NULL;

  self->store = rfi_store_open (path, seal, changed_cb, self, NULL, FALSE, &error);
  g_assert_no_error (error);
  if (self->key != NULL)
    enroll (self);
  self->remote = rfi_remote_new (hasty);
  self->clock = self->still ? rfi_test_clock_new () : rfi_test_clock_new_fast (RFI_TEST_SPEED);
  self->engine = rfi_sync_engine_new (self->store, self->remote, RFI_CLOCK (self->clock), random,
                                      self->user);
  rfi_sync_engine_set_token (self->engine, self->token);
}

static void
stop_engine (RfiTestConsole *self)
{
  WAIT_FOR (rfi_sync_engine_stop_async (self->engine, keep_result_cb, &answer));

  g_assert_true (rfi_sync_engine_stop_finish (self->engine, answer, &error));
  g_assert_cmpint (rfi_sync_engine_get_wait (self->engine), ==, RFI_SYNC_WAIT_STOPPED);
}

static void
close_all (RfiTestConsole *self)
{
  stop_engine (self);
  rfi_test_settle ();
  rfi_store_close (self->store);
  g_assert_finalize_object (g_steal_pointer (&self->engine));
  g_clear_object (&self->remote);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
}

/* Who signed in once in this process is not asked for the password again. */
typedef struct
{
  char    *token;
  RfiUser *user;
} Account;

static void
sign_in (RfiTestConsole *self,
         const char     *url,
         const char     *email,
         const char     *password)
{
  static GHashTable *accounts;
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (url);
  g_autofree char *key = g_strconcat (url, " ", email, NULL);
  Account *account;

  if (accounts == NULL)
    accounts = g_hash_table_new (g_str_hash, g_str_equal);
  self->direct = rfi_remote_new (transport);
  account = g_hash_table_lookup (accounts, key);
  if (account == NULL)
    {
      WAIT_FOR (rfi_remote_login_async (self->direct, email, password, NULL, keep_result_cb,
                                        &answer));

      account = g_new0 (Account, 1);
      account->user = rfi_remote_login_finish (self->direct, answer, &account->token, &error);
      g_assert_no_error (error);
      g_hash_table_insert (accounts, g_steal_pointer (&key), account);
    }

  self->user = rfi_user_ref (account->user);
  self->token = g_strdup (account->token);
  rfi_remote_set_token (self->direct, self->token);
}

static RfiTestConsole *
console_new (const char *dir,
             const char *server_url,
             const char *url,
             const char *email,
             const char *password,
             gboolean    still)
{
  RfiTestConsole *self = g_new0 (RfiTestConsole, 1);
  g_autoptr(GError) error = NULL;

  self->url = g_strdup (url);
  self->still = still;
  self->patience = dir != NULL || still ? LONG_PATIENCE : PATIENCE;
  self->dir = dir != NULL ? g_strdup (dir) : g_dir_make_tmp ("rfi-console-XXXXXX", &error);
  g_assert_no_error (error);
  sign_in (self, server_url, email, password);
  open_all (self);
  return self;
}

RfiTestConsole *
rfi_test_console_new (const char *server_url,
                      const char *url,
                      const char *email,
                      const char *password)
{
  return console_new (NULL, server_url, url, email, password, FALSE);
}

RfiTestConsole *
rfi_test_console_new_still (const char *server_url,
                            const char *url,
                            const char *email,
                            const char *password)
{
  return console_new (NULL, server_url, url, email, password, TRUE);
}

RfiTestConsole *
rfi_test_console_new_in (const char *dir,
                         const char *server_url,
                         const char *url,
                         const char *email,
                         const char *password)
{
  return console_new (dir, server_url, url, email, password, FALSE);
}

void
rfi_test_console_free (RfiTestConsole *self)
{
  close_all (self);
  if (!self->keep_dir)
    remove_tree (self->dir);
  g_clear_object (&self->direct);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_clear_pointer (&self->key, rfi_device_key_unref);
  g_free (self->token);
  g_free (self->url);
  g_free (self->dir);
  g_free (self);
}

void
rfi_test_console_use_key (RfiTestConsole *self)
{
  if (self->key == NULL)
    self->key = rfi_device_key_new ();
  enroll (self);
}

void
rfi_test_console_use_seed (RfiTestConsole *self,
                           guint8          seed)
{
  guint8 bytes[RFI_DEVICE_KEY_SEED_SIZE] = { seed };

  self->key = rfi_device_key_new_seed (bytes);
  enroll (self);
}

void
rfi_test_console_start (RfiTestConsole *self)
{
  rfi_sync_engine_start (self->engine);
  if (self->still)
    rfi_test_console_idle (self);
  rfi_test_wait (rfi_sync_engine_get_state (self->engine)->last_sync_at != 0);
}

void
rfi_test_console_reopen (RfiTestConsole *self)
{
  close_all (self);
  open_all (self);
}

void
rfi_test_console_spoil (RfiTestConsole *self,
                        const char     *sql)
{
  g_autofree char *path = g_build_filename (self->dir, "store.sqlite", NULL);
  sqlite3 *db = NULL;

  close_all (self);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  open_all (self);
}

RfiJob *
rfi_test_console_get_base (RfiTestConsole *self,
                           const char     *job_id)
{
  RfiJob *job;
  WAIT_FOR (rfi_store_get_base_async (self->store, job_id, NULL, keep_result_cb, &answer));

  job = rfi_store_get_base_finish (self->store, answer, &error);
  g_assert_no_error (error);
  return job;
}

GPtrArray *
rfi_test_console_list_outbox (RfiTestConsole *self)
{
  GPtrArray *outbox;
  WAIT_FOR (rfi_store_list_outbox_async (self->store, NULL, keep_result_cb, &answer));

  outbox = rfi_store_list_outbox_finish (self->store, answer, &error);
  g_assert_no_error (error);
  return outbox;
}

GPtrArray *
rfi_test_console_list_conflicts (RfiTestConsole *self)
{
  GPtrArray *conflicts;
  WAIT_FOR (rfi_store_list_conflicts_async (self->store, NULL, keep_result_cb, &answer));

  conflicts = rfi_store_list_conflicts_finish (self->store, answer, &error);
  g_assert_no_error (error);
  return conflicts;
}

RfiOperation *
rfi_test_console_enqueue (RfiTestConsole *self,
                          RfiOperation   *template)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation *stored;

  if (template->id == NULL)
    template->id = id;
  template->user_id = self->user->id;
  template->created_at = rfi_clock_get_wall (RFI_CLOCK (self->clock));
  operation = rfi_operation_new (template);
  {
    WAIT_FOR (rfi_store_enqueue_async (self->store, operation, NULL, keep_result_cb, &answer));

    stored = rfi_store_enqueue_finish (self->store, answer, &error);
    g_assert_no_error (error);
  }
  rfi_sync_engine_kick (self->engine, RFI_SYNC_KICK_OPERATION);
  return stored;
}

RfiOperation *
rfi_test_console_do (RfiTestConsole   *self,
                     RfiOperationKind  kind,
                     const char       *job_id,
                     RfiPatch         *patch)
{
  g_autoptr(RfiJob) base = rfi_test_console_get_base (self, job_id);
  g_autoptr(RfiPatch) all = base != NULL ? rfi_job_to_patch (base) : NULL;
  g_autoptr(RfiPatch) before = all == NULL    ? NULL
                               : patch == NULL ? rfi_patch_ref (all)
                                               : rfi_patch_pick (patch, all);
  RfiOperation template = {
    .kind = kind,
    .job_id = (char *) job_id,
    .vendor_id = kind == RFI_OPERATION_CREATE ? (char *) "vendor-001" : NULL,
    .base_etag = base != NULL ? (char *) RFI_ETAG_TEXT (base->etag) : NULL,
    .patch = patch,
    .before = kind == RFI_OPERATION_CREATE ? NULL : before,
  };

  return rfi_test_console_enqueue (self, &template);
}

/* What only waits for time to pass need not: backing off, or until it is asked again. */
static void
hurry (RfiTestConsole *self)
{
  if (!self->still && rfi_sync_engine_get_wait (self->engine) == RFI_SYNC_WAIT_TIMER)
    rfi_test_clock_skip (self->clock);
}

static gboolean
has_queued (RfiTestConsole *self)
{
  g_autoptr(GPtrArray) outbox = rfi_test_console_list_outbox (self);

  for (guint i = 0; i < outbox->len; i++)
    if (((RfiOperation *) g_ptr_array_index (outbox, i))->state == RFI_OPERATION_QUEUED)
      return TRUE;

  return FALSE;
}

/* A cycle that begins after the call has pulled. */
static void
wait_for_pull (RfiTestConsole *self)
{
  gint64 asked_at;

  rfi_test_wait (rfi_sync_engine_get_wait (self->engine) == RFI_SYNC_WAIT_TIMER);
  asked_at = rfi_clock_get_wall (RFI_CLOCK (self->clock));
  rfi_test_wait ((hurry (self), rfi_sync_engine_get_state (self->engine)->last_sync_at) >
                   asked_at &&
                 rfi_sync_engine_get_wait (self->engine) == RFI_SYNC_WAIT_TIMER);
}

void
rfi_test_console_settle (RfiTestConsole *self)
{
  rfi_test_wait ((hurry (self), !has_queued (self)));
  wait_for_pull (self);
}

gint64
rfi_test_console_idle (RfiTestConsole *self)
{
  rfi_test_console_turn (self, rfi_sync_engine_get_wait (self->engine) != RFI_SYNC_WAIT_WORK &&
                                 rfi_test_clock_get_next (self->clock) != 0);
  return rfi_test_clock_get_next (self->clock);
}

void
rfi_test_console_pass (RfiTestConsole *self,
                       gint64          ms)
{
  rfi_test_clock_advance (self->clock, ms);
  rfi_test_console_idle (self);
}

char *
rfi_test_console_draw (RfiTestConsole *self,
                       guint           seed,
                       gint64         *size)
{
  g_autoptr(GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 32, 32);
  g_autofree char *name = g_strdup_printf ("photo-%u.png", seed);
  char *path = g_build_filename (self->dir, name, NULL);
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;
  char *png;
  gsize length;

  gdk_pixbuf_fill (picture, seed * 2654435761u);
  gdk_pixbuf_save_to_buffer (picture, &png, &length, "png", &error, NULL);
  g_assert_no_error (error);
  content = g_bytes_new_take (png, length);
  rfi_sealed_file_write (rfi_store_get_seal (self->store), path, content, &error);
  g_assert_no_error (error);
  *size = (gint64) length;
  return path;
}
