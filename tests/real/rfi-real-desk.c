/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-real-desk"

#include "config.h"

#include "rfi-real-desk.h"

#include "rfi-store-letters.h"
#include "rfi-store-outbox.h"
#include "rfi-test-answer.h"
#include "rfi-test-seal.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

static void
note (RfiRealDesk *self,
      const char  *format,
      ...) G_GNUC_PRINTF (2, 3);

/* Written whole and on the disk, or the process ends: nothing may rest on a line that is not. */
static void
note (RfiRealDesk *self,
      const char  *format,
      ...)
{
  g_autofree char *line = NULL;
  va_list args;
  gsize length;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  length = strlen (line);
  if (write (self->ledger, line, length) != (gssize) length || fsync (self->ledger) != 0)
    g_error ("The ledger: %s", g_strerror (errno));
}

static void
enroll (RfiRealDesk *self,
        const char  *key_seed)
{
  guint8 seed[RFI_DEVICE_KEY_SEED_SIZE];
  g_autoptr(RfiDeviceKey) key = NULL;
  g_autofree char *device = g_uuid_string_random ();
  g_autofree char *epoch = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());

  g_assert_cmpuint (strlen (key_seed), ==, 2 * sizeof seed);
  for (guint i = 0; i < sizeof seed; i++)
    seed[i] = (guint8) (g_ascii_xdigit_value (key_seed[2 * i]) << 4 |
                        g_ascii_xdigit_value (key_seed[2 * i + 1]));
  key = rfi_device_key_new_seed (seed);
  {
    WAIT_FOR (rfi_store_enroll_async (self->store, key, device, epoch, NULL, keep_result_cb,
                                      &answer));

    rfi_store_finish (self->store, answer, &error);
    g_assert_no_error (error);
  }
}

RfiRealDesk *
rfi_real_desk_new (const char *dir,
                   const char *server_url,
                   RfiUser    *user,
                   const char *technician_id,
                   const char *key_seed)
{
  RfiRealDesk *self = g_new0 (RfiRealDesk, 1);
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autofree char *ledger = g_build_filename (dir, "ledger", NULL);
  g_autofree char *photos = g_build_filename (dir, "photos", NULL);
  g_autoptr(GError) error = NULL;

  self->user = rfi_user_ref (user);
  self->technician_id = g_strdup (technician_id);
  self->path = g_build_filename (dir, "store.sqlite", NULL);
  self->ledger = g_open (ledger, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (self->ledger, >=, 0);
  self->store = rfi_store_open (self->path, seal, NULL, NULL, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rfi_store_get_recovered (self->store), ==, -1);
  enroll (self, key_seed);
  self->sync = rfi_sync_thread_new (self->store, server_url, NULL, user, photos);
  return self;
}

void
rfi_real_desk_free (RfiRealDesk *self)
{
  {
    WAIT_FOR (rfi_sync_thread_stop_async (self->sync, keep_result_cb, &answer));

    rfi_sync_thread_stop_finish (self->sync, answer, &error);
    g_assert_no_error (error);
  }
  g_clear_object (&self->sync);
  rfi_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_close (self->ledger, NULL);
  g_free (self->technician_id);
  g_free (self->path);
  g_free (self);
}

static GPtrArray *
list_jobs (RfiRealDesk *self)
{
  GPtrArray *jobs;
  WAIT_FOR (rfi_store_load_jobs_async (self->store, NULL, keep_result_cb, &answer));

  jobs = rfi_store_load_jobs_finish (self->store, answer, &error);
  g_assert_no_error (error);
  return jobs;
}

static GPtrArray *
list_outbox (RfiRealDesk *self)
{
  GPtrArray *outbox;
  WAIT_FOR (rfi_store_list_outbox_async (self->store, NULL, keep_result_cb, &answer));

  outbox = rfi_store_list_outbox_finish (self->store, answer, &error);
  g_assert_no_error (error);
  return outbox;
}

static GPtrArray *
list_conflicts (RfiRealDesk *self)
{
  GPtrArray *conflicts;
  WAIT_FOR (rfi_store_list_conflicts_async (self->store, NULL, keep_result_cb, &answer));

  conflicts = rfi_store_list_conflicts_finish (self->store, answer, &error);
  g_assert_no_error (error);
  return conflicts;
}

/* A full queue, or a job that left meanwhile, is a refusal; everything else is a failure. */
static void
check_refusal (const GError *error)
{
  if (!g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_QUEUE_FULL) &&
      !g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    g_assert_no_error (error);
}

static gboolean
enqueue (RfiRealDesk  *self,
         RfiOperation *template)
{
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiOperation) placed = NULL;
  const char *kind = rfi_operation_kind_to_string (template->kind);
  WAIT_FOR (operation = rfi_operation_new (template);
            note (self, "trying %s %s %s\n", template->id, kind, template->job_id);
            rfi_store_enqueue_async (self->store, operation, NULL, keep_result_cb, &answer));

  placed = rfi_store_enqueue_finish (self->store, answer, &error);
  check_refusal (error);
  if (placed == NULL)
    return FALSE;

  note (self, "intent %s %s %s\n", placed->id, kind, placed->job_id);
  rfi_sync_thread_kick (self->sync, RFI_SYNC_KICK_OPERATION);
  return TRUE;
}

/* Text that no other act has: what it did can be found by it. */
static RfiPatch *
mark (const char *id)
{
  RfiPatch *patch = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_DESCRIPTION, id);
  return patch;
}

static gboolean
create (RfiRealDesk *self,
        guint        pick)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *title = g_strdup_printf ("Walk-in cooler %u", pick);
  g_autoptr(RfiPatch) patch = mark (id);
  RfiOperation template = {
    .id = id, .kind = RFI_OPERATION_CREATE, .job_id = id, .user_id = self->user->id,
    .vendor_id = self->user->vendor_id != NULL ? self->user->vendor_id : (char *) "vendor-001",
    .patch = patch, .created_at = g_get_real_time () / 1000,
  };

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_patch_set (patch, RFI_FIELD_PRIORITY, pick % 4 == 0 ? "urgent" : "medium");
  rfi_patch_set (patch, RFI_FIELD_STORE_NAME, "QuickStop");
  rfi_patch_set (patch, RFI_FIELD_ADDRESS, "1 Main Street");
  rfi_patch_set (patch, RFI_FIELD_CITY, "Dallas");
  rfi_patch_set (patch, RFI_FIELD_STATE, "TX");
  rfi_patch_set (patch, RFI_FIELD_ZIP_CODE, "75201");
  return enqueue (self, &template);
}

/* What an operation on a job sets. (transfer full) (nullable): nothing, it deletes */
static RfiPatch *
make_patch (RfiRealDesk      *self,
            RfiOperationKind  kind,
            const RfiJob     *job,
            const char       *id,
            guint             pick)
{
  RfiPatch *patch;
  RfiStatus next;

  if (kind == RFI_OPERATION_DELETE)
    return NULL;
  if (kind == RFI_OPERATION_EDIT)
    return mark (id);

  patch = rfi_patch_new ();
  if (kind == RFI_OPERATION_ASSIGN)
    rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, self->technician_id);
  else
    {
      if (pick % 5 == 0 || !rfi_status_get_next (job->status, &next))
        next = RFI_STATUS_CANCELLED;
      rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (next));
    }
  return patch;
}

static gboolean
change (RfiRealDesk      *self,
        RfiOperationKind  kind,
        guint             pick)
{
  g_autoptr(GPtrArray) jobs = list_jobs (self);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiPatch) shown = NULL;
  g_autoptr(RfiPatch) patch = NULL;
  g_autoptr(RfiPatch) before = NULL;
  RfiOperation template = { .id = id, .kind = kind, .user_id = self->user->id,
                            .created_at = g_get_real_time () / 1000 };
  const RfiJob *job;

  if (jobs->len == 0)
    return FALSE;

  /* A few jobs get most of it, so that people meet. */
  job = ((RfiJobState *) g_ptr_array_index (jobs, pick % MIN (jobs->len, pick % 3 == 0 ? 1000 : 7)))
          ->work;
  shown = rfi_job_to_patch (job);
  patch = make_patch (self, kind, job, id, pick);
  before = patch != NULL ? rfi_patch_pick (patch, shown) : rfi_patch_ref (shown);
  template.job_id = (char *) job->id;
  template.vendor_id = (char *) job->vendor_id;
  template.base_etag = (char *) RFI_ETAG_TEXT (job->etag);
  template.patch = patch;
  template.before = before;
  return enqueue (self, &template);
}

static gboolean
is_in_outbox (RfiRealDesk *self,
              const char  *id)
{
  g_autoptr(GPtrArray) outbox = list_outbox (self);

  for (guint i = 0; i < outbox->len; i++)
    if (g_str_equal (((RfiOperation *) g_ptr_array_index (outbox, i))->id, id))
      return TRUE;

  return FALSE;
}

static gboolean
resolve (RfiRealDesk *self,
         guint        pick)
{
  g_autoptr(GPtrArray) conflicts = list_conflicts (self);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(RfiPatch) result = NULL;
  const RfiConflict *conflict;

  if (conflicts->len == 0)
    return FALSE;

  conflict = g_ptr_array_index (conflicts, pick % conflicts->len);
  /* Mine, theirs, or a text that is neither's. */
  if (pick % 3 == 1)
    result = mark (id);
  else if (pick % 3 == 2 && conflict->operation->patch != NULL)
    result = rfi_patch_copy (conflict->operation->patch);
  note (self, "giving-up %s\n", conflict->operation->id);
  {
    WAIT_FOR (rfi_store_resolve_conflict_async (self->store, conflict->id, result, id,
                                                g_get_real_time () / 1000, NULL, keep_result_cb,
                                                &answer));

    rfi_store_finish (self->store, answer, &error);
    check_refusal (error);
    if (error != NULL)
      return FALSE;
  }

  /* It may be settled without anything to send. */
  if (is_in_outbox (self, id))
    note (self, "intent %s resolve %s\n", id, conflict->job_id);
  rfi_sync_thread_kick (self->sync, RFI_SYNC_KICK_OPERATION);
  return TRUE;
}

/* What is given up with a creation is given up too. */
static void
note_giving_up (RfiRealDesk        *self,
                GPtrArray          *outbox,
                const RfiOperation *operation)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      const RfiOperation *other = g_ptr_array_index (outbox, i);

      if (other == operation || (operation->kind == RFI_OPERATION_CREATE &&
                                 g_str_equal (other->job_id, operation->job_id)))
        note (self, "giving-up %s\n", other->id);
    }
}

static gboolean
let_go (RfiRealDesk        *self,
        GPtrArray          *outbox,
        const RfiOperation *operation)
{
  WAIT_FOR (note_giving_up (self, outbox, operation);
            rfi_store_discard_async (self->store, operation->id, g_get_real_time () / 1000, NULL,
                                     keep_result_cb, &answer));

  rfi_store_finish (self->store, answer, &error);
  check_refusal (error);
  rfi_sync_thread_kick (self->sync, RFI_SYNC_KICK_OPERATION);
  return error == NULL;
}

static gboolean
discard (RfiRealDesk *self,
         guint        pick)
{
  g_autoptr(GPtrArray) outbox = list_outbox (self);
  const RfiOperation *operation;

  if (outbox->len == 0)
    return FALSE;

  operation = g_ptr_array_index (outbox, pick % outbox->len);
  return (operation->state == RFI_OPERATION_QUEUED || operation->state == RFI_OPERATION_REJECTED) &&
         let_go (self, outbox, operation);
}

/* The first one that the server refused. */
static gboolean
clear (RfiRealDesk *self)
{
  g_autoptr(GPtrArray) outbox = list_outbox (self);

  for (guint i = 0; i < outbox->len; i++)
    {
      const RfiOperation *operation = g_ptr_array_index (outbox, i);

      if (operation->state == RFI_OPERATION_REJECTED)
        return let_go (self, outbox, operation);
    }

  return FALSE;
}

gboolean
rfi_real_desk_do (RfiRealDesk *self,
                  const char  *verb,
                  guint        pick)
{
  RfiOperationKind kind;

  if (g_str_equal (verb, "resolve"))
    return resolve (self, pick);
  if (g_str_equal (verb, "discard"))
    return discard (self, pick);
  if (g_str_equal (verb, "clear"))
    return clear (self);
  if (!rfi_operation_kind_from_string (verb, &kind))
    g_error ("Nobody can “%s”", verb);
  return kind == RFI_OPERATION_CREATE ? create (self, pick) : change (self, kind, pick);
}

/* (element-type utf8): what is behind something that waits for a person waits with it. */
static GHashTable *
list_held_jobs (GPtrArray *outbox)
{
  GHashTable *jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < outbox->len; i++)
    {
      const RfiOperation *operation = g_ptr_array_index (outbox, i);

      if (operation->state == RFI_OPERATION_CONFLICT || operation->state == RFI_OPERATION_REJECTED)
        g_hash_table_add (jobs, g_strdup (operation->job_id));
    }

  return jobs;
}

gboolean
rfi_real_desk_is_quiet (RfiRealDesk *self)
{
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GPtrArray) outbox = list_outbox (self);
  g_autoptr(GHashTable) held = list_held_jobs (outbox);
  WAIT_FOR (rfi_store_list_letters_async (self->store, NULL, keep_result_cb, &answer));

  letters = rfi_store_list_letters_finish (self->store, answer, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < letters->len; i++)
    {
      const RfiLetter *letter = g_ptr_array_index (letters, i);

      if (letter->state == RFI_LETTER_ACCEPTED ||
          (letter->waits == RFI_OPERATION_QUEUED && rfi_letter_is_open (letter) &&
           !g_hash_table_contains (held, letter->job_id)))
        return FALSE;
    }

  return TRUE;
}

/* Straight from the file: what is shown has the outbox on top of it. */
static GPtrArray *
list_ids (RfiRealDesk *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *row = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT id FROM job ORDER BY id", -1, &row, NULL), ==,
                   SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (row, 0)));
  sqlite3_finalize (row);
  sqlite3_close (db);
  return ids;
}

static void
hash_job (RfiRealDesk *self,
          const char  *id,
          GChecksum   *checksum)
{
  g_autoptr(RfiJob) job = NULL;
  WAIT_FOR (rfi_store_get_base_async (self->store, id, NULL, keep_result_cb, &answer));

  job = rfi_store_get_base_finish (self->store, answer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (job);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *value = rfi_job_get_field (job, (RfiField) i);

      g_checksum_update (checksum, (const guchar *) value, (gssize) strlen (value) + 1);
    }
}

char *
rfi_real_desk_hash (RfiRealDesk *self)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GPtrArray) ids = list_ids (self);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      g_checksum_update (checksum, (const guchar *) id, (gssize) strlen (id) + 1);
      hash_job (self, id, checksum);
    }

  return g_strdup (g_checksum_get_string (checksum));
}
