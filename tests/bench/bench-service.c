/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-canonical.h"
#include "rfi-sample.h"
#include "rfi-server-jobs.h"
#include "rfi-sync-service.h"
#include "rfi-wire-device.h"
#include "rfi-wire-push.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What the server does for Sync v1, without a network: signed operations in batches of 100, each
 * batch a transaction on disk, and the feeds of a company with 100,000 jobs.
 */

#define N_JOBS    100000
#define N_BATCHES 60
#define BATCH     100
#define PAGE      1000u

typedef struct
{
  char           *dir;
  RfiDb          *db;
  RfiSyncService *service;
  RfiUser        *admin;
  GPtrArray      *jobs;  /* (element-type RfiJob): to be edited */
  gint64          now;
} Bench;

typedef struct
{
  char   *id;
  char   *epoch;
  guint8  public_key[crypto_sign_PUBLICKEYBYTES];
  guint8  secret_key[crypto_sign_SECRETKEYBYTES];
  gint64  seq;
  char    prev[RFI_HASH_LENGTH + 1];
} Signer;

/* Of one core: what else the machine does, and how its disk is, is not this program's. */
static double
now (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (double) spent.tv_sec + (double) spent.tv_nsec / 1e9;
}

static void
fill (Bench *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiServerStore) store = rfi_server_store_open (self->dir, NULL, &error);
  double begun = now ();

  if (store == NULL || !rfi_sample_fill_large (store, 1000, N_JOBS, 1, 1764200000000, &error))
    g_error ("%s", error->message);
  rfi_bench_report_one ("server_fill", "s", now () - begun);
  self->admin = rfi_server_store_find_user (store, "admin@retailfixit.com", &error);
}

static void
open_database (Bench *self)
{
  g_autofree char *path = g_build_filename (self->dir, "server.db", NULL);
  g_autoptr(GBytes) secret = g_bytes_new_static ("bench", 5);
  g_autoptr(RfiRandom) random = rfi_random_new ();
  g_autoptr(GError) error = NULL;

  self->db = rfi_db_open (path, TRUE, "/com/retailfixit/Dispatch/sql/server", &error);
  if (self->db == NULL)
    g_error ("%s", error->message);
  self->service = rfi_sync_service_new (secret, random);
  self->now = 1764300000000;
}

static char *
ask (Bench          *self,
     RfiSyncRequest *request)
{
  g_auto(RfiSyncReply) reply = { 0, };
  g_autoptr(GError) error = NULL;

  request->user = self->admin;
  request->now = ++self->now;
  request->n_body = request->body != NULL ? strlen (request->body) : 0;
  request->writing = rfi_sync_service_writes (request->method, request->path);
  if (request->writing && !rfi_db_begin (self->db, &error))
    g_error ("%s", error->message);
  rfi_sync_service_handle (self->service, self->db, request, &reply);
  if (request->writing && !rfi_db_commit (self->db, &error))
    g_error ("%s", error->message);
  if (reply.status >= 300)
    g_error ("%u %s", reply.status, reply.body->str);
  return g_string_free (g_steal_pointer (&reply.body), FALSE);
}

/* The value of the last `"name":"…"`. Returns: (transfer full) */
static char *
find_last (const char *text,
           const char *name)
{
  const char *at = g_strrstr (text, name);

  at += strlen (name);
  return g_strndup (at, strcspn (at, "\""));
}

static void
measure_feed (Bench      *self,
              const char *name,
              const char *path,
              const char *parameter)
{
  g_autofree char *member = g_strdup_printf ("\"%s\":\"", parameter);
  g_autofree char *next = NULL;
  guint n_rows = 0;
  double begun = now ();

  for (gboolean more = TRUE; more;)
    {
      g_autofree char *query =
        next != NULL ? g_strdup_printf ("limit=%u&%s=%s", PAGE, parameter, next)
                     : g_strdup_printf ("limit=%u", PAGE);
      RfiSyncRequest request = { .method = "GET", .path = path, .query = query };
      g_autofree char *text = ask (self, &request);

      for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
        n_rows++;
      n_rows -= 2;
      g_free (next);
      next = find_last (text, member);
      more = g_strrstr (text, "\"hasMore\":true") != NULL;
    }
  rfi_bench_report_one (name, "rows/s", n_rows / (now () - begun));
}

/* Each batch is of the jobs of one vendor, as a dispatcher leaves it after a day offline. */
static void
load_jobs (Bench *self,
           guint  vendor)
{
  static const char sql[] =
    "SELECT id FROM job WHERE vendor_id = ?1 ORDER BY created_at LIMIT 100";
  RFI_DB_KEPT row = rfi_db_prepare (self->db, sql, NULL);
  g_autofree char *id = g_strdup_printf ("vendor-%03u", vendor);

  g_ptr_array_set_size (self->jobs, 0);
  rfi_db_bind (row, 1, id);
  while (rfi_db_step (self->db, row, NULL))
    g_ptr_array_add (self->jobs, rfi_server_jobs_get (self->db, rfi_db_text (row, 0), NULL));
}

static void
register_device (Bench  *self,
                 Signer *signer)
{
  g_autoptr(GString) body = g_string_new (NULL);
  RfiDeviceHello hello = {
    .device_id = signer->id, .name = (char *) "bench", .epoch = signer->epoch,
  };
  RfiSyncRequest request = { .method = "POST", .path = "/api/v1/devices" };
  g_autofree char *text = NULL;

  crypto_sign_keypair (signer->public_key, signer->secret_key);
  strcpy (signer->prev, RFI_HASH_NONE);
  memcpy (hello.public_key, signer->public_key, sizeof hello.public_key);
  rfi_device_hello_append (&hello, body);
  request.body = body->str;
  text = ask (self, &request);
}

static void
add_edit (Bench   *self,
          Signer  *signer,
          RfiJob  *job,
          guint    number,
          GString *out)
{
  g_autoptr(RfiPatch) before = rfi_patch_new ();
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *body = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *signature = NULL;
  guint8 bytes[crypto_sign_BYTES];
  RfiField field = number < self->jobs->len ? RFI_FIELD_TITLE : RFI_FIELD_DESCRIPTION;
  const RfiSignedOperation operation = {
    .id = id, .device_id = signer->id, .epoch = signer->epoch, .seq = ++signer->seq,
    .kind = RFI_OPERATION_EDIT, .user_id = self->admin->id, .entity_id = (char *) job->id,
    .base_version = 1, .patch = patch, .before = before, .priority = 5,
    .prev_hash = signer->prev,
  };

  /* A job has few of these; the second time round another is edited. */
  rfi_patch_set (before, field, rfi_job_get_field (job, field));
  rfi_patch_set (patch, field, "Door does not close, seal replaced twice already");
  body = rfi_signed_operation_encode (&operation);
  hash = rfi_canonical_hash (body, -1);
  crypto_sign_detached (bytes, NULL, (const guint8 *) body, strlen (body), signer->secret_key);
  signature = g_base64_encode (bytes, sizeof bytes);
  rfi_wire_push_add (out, body, -1, signature);
  strcpy (signer->prev, hash);
}

static char *
make_batch (Bench  *self,
            Signer *signer,
            guint   number)
{
  GString *text = g_string_new (NULL);

  rfi_wire_push_begin (text, signer->id, signer->epoch, 0);
  load_jobs (self, number + 1);
  for (guint i = 0; i < BATCH; i++)
    add_edit (self, signer, g_ptr_array_index (self->jobs, i % self->jobs->len), i, text);
  rfi_wire_push_end (text);
  return g_string_free (text, FALSE);
}

/* Checking and writing happen in threads of their own; here one after the other, so the slower of
 * the two is what a server with two cores does. */
static void
measure_push (Bench *self)
{
  g_autofree char *id = g_uuid_string_random ();
  Signer signer = { .id = id, .epoch = (char *) "00112233445566ff" };
  g_autoptr(GArray) checks = rfi_bench_samples_new ();
  g_autoptr(GArray) writes = rfi_bench_samples_new ();

  register_device (self, &signer);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      g_autofree char *body = make_batch (self, &signer, i);
      RfiSyncRequest request = {
        .method = "POST", .path = "/api/v1/sync/push", .body = body, .n_body = strlen (body),
      };
      g_autofree char *text = NULL;
      double begun = now ();
      double checked;

      request.batch = rfi_sync_service_verify (&request, signer.public_key);
      checked = now ();
      text = ask (self, &request);
      rfi_bench_add (checks, BATCH / (checked - begun));
      rfi_bench_add (writes, BATCH / (now () - checked));
      rfi_sync_batch_free (request.batch);
      if (strstr (text, "\"outcome\":\"applied\"") == NULL || strstr (text, "rejected") != NULL)
        g_error ("%s", text);
    }
  rfi_bench_report ("server_push_check", "operations/s", checks, NULL, NULL);
  rfi_bench_report ("server_push_write", "operations/s", writes, NULL, NULL);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL) };

  fill (&bench);
  open_database (&bench);
  measure_feed (&bench, "server_snapshot", "/api/v1/sync/snapshot", "after");
  measure_feed (&bench, "server_delta", "/api/v1/sync/delta", "cursor");
  bench.jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  measure_push (&bench);

  g_ptr_array_unref (bench.jobs);
  rfi_sync_service_free (bench.service);
  rfi_db_close (bench.db, NULL);
  rfi_user_unref (bench.admin);
  rfi_bench_remove_tree (bench.dir);
  g_free (bench.dir);
  return 0;
}
