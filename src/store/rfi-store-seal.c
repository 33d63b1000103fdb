/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-seal"

#include "config.h"

#include "rfi-store-seal.h"

#include "rfi-row-seal.h"
#include "rfi-store.h"
#include "rfi-vault.h"

enum {
  SQL_GET_PROOF,
  SQL_IS_NEW,
  SQL_PROVE,
  SQL_SCRUBBED,
};

static const char *const sql[] = {
  [SQL_GET_PROOF] = "SELECT proof, scrubbed FROM seal",
  /* A file that never held anything of anybody. */
  [SQL_IS_NEW] = "SELECT NOT EXISTS (SELECT * FROM meta) AND "
                 "NOT EXISTS (SELECT * FROM sqlite_sequence) AND "
                 "NOT EXISTS (SELECT * FROM plain_job) AND NOT EXISTS (SELECT * FROM plain_person)",
  [SQL_PROVE] = "INSERT INTO seal VALUES (1, seal('seal', '1', 0), ?1)",
  [SQL_SCRUBBED] = "UPDATE seal SET scrubbed = 1",
};

static const RfiSealPlace proof_place = { "seal", "1", 0 };

/* The order of the values is that of the files of rows. */
static const char seal_plain_rows[] =
  "PRAGMA secure_delete = ON;"
  "INSERT INTO sqlite_sequence (name, seq) SELECT substr(name, length('plain_') + 1), seq "
  "  FROM sqlite_sequence WHERE name IN ('plain_outbox', 'plain_audit');"
  "INSERT INTO job (id, status, priority, vendor_id, created_by, assigned_to, operation_id, etag, "
  "  created_at, updated_at, n_photos, has_attachments, version, listing, sealed) "
  "  SELECT id, status, priority, vendor_id, created_by, assigned_to, operation_id, etag, "
  "  created_at, updated_at, n_photos, has_attachments, 0, listing, seal('job', id, 0, title, "
  "  description, created_by_name, assigned_to_name, store_name, address, city, state, zip_code) "
  "  FROM plain_job ORDER BY rowid;"
  "INSERT INTO photo (job_id, position, id, mime_type, size, uploaded_by, uploaded_at, sealed) "
  "  SELECT job_id, position, id, mime_type, size, uploaded_by, uploaded_at, "
  "  seal('photo', job_id, position, file_name, url) FROM plain_photo;"
  "INSERT INTO outbox (seq, id, kind, job_id, vendor_id, user_id, base_etag, photo_id, "
  "  photo_mime, photo_size, created_at, state, attempts, maybe_applied, next_try_at, error_code, "
  "  sealed) SELECT seq, id, kind, job_id, vendor_id, user_id, base_etag, photo_id, photo_mime, "
  "  photo_size, created_at, state, attempts, maybe_applied, next_try_at, error_code, "
  "  seal('outbox', id, 0, patch, before, photo_name, photo_path, error_message) "
  "  FROM plain_outbox;"
  "INSERT INTO conflict (id, operation_id, job_id, reason, gone, base_etag, theirs_etag, "
  "  theirs_by, theirs_at, detected_at, server_id, theirs_version, sealed) "
  "  SELECT id, operation_id, job_id, reason, theirs IS NULL, base_etag, theirs_etag, theirs_by, "
  "  theirs_at, detected_at, server_id, theirs_version, "
  "  seal('conflict', id, 0, job_title, base, theirs) FROM plain_conflict;"
  "INSERT INTO audit (id, at, job_id, user_id, action, origin, field, operation_id, sealed) "
  "  SELECT id, at, job_id, user_id, action, origin, field, operation_id, "
  "  iif(before IS NULL AND after IS NULL, NULL, seal('audit', id, 0, before, after)) "
  "  FROM plain_audit;"
  "INSERT INTO person (kind, id, vendor_id, sealed) SELECT kind, id, vendor_id, "
  "  seal('person', id, 0, display_name, email) FROM plain_person;"
  "INSERT INTO letter (operation_id, position, job_id, kind, device, epoch, number, hash, "
  "  priority, state, version, change_seq, size, sealed) SELECT operation_id, position, job_id, "
  "  kind, device, epoch, number, hash, priority, state, version, change_seq, "
  "  length(CAST (body AS BLOB)), seal('letter', operation_id, number, body, signature) "
  "  FROM plain_letter;"
  "DROP TABLE plain_job; DROP TABLE plain_photo; DROP TABLE plain_conflict;"
  "DROP TABLE plain_outbox; DROP TABLE plain_letter; DROP TABLE plain_audit;"
  "DROP TABLE plain_person";

static const char reseal_rows[] =
  "UPDATE job SET sealed = reseal('job', id, abs(version), sealed);"
  "UPDATE photo SET sealed = reseal('photo', job_id, position, sealed);"
  "UPDATE outbox SET sealed = reseal('outbox', id, 0, sealed);"
  "UPDATE conflict SET sealed = reseal('conflict', id, 0, sealed);"
  "UPDATE audit SET sealed = reseal('audit', id, 0, sealed) WHERE sealed IS NOT NULL;"
  "UPDATE letter SET sealed = reseal('letter', operation_id, number, sealed);"
  "UPDATE person SET sealed = reseal('person', id, 0, sealed);"
  "UPDATE told SET sealed = reseal('told', id, 0, sealed);"
  "UPDATE seal SET proof = reseal('seal', '1', 0, proof)";

/* What the file says of itself. */
typedef struct
{
  gboolean proven;    /* there are seals, and the keys open them */
  gboolean outdated;  /* by an older key */
  gboolean scrubbed;
} Proof;

/* @proof: (out) */
static gboolean
read_proof (RfiDb    *db,
            RfiSeal  *seal,
            Proof    *proof,
            GError  **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET_PROOF], error);
  guint8 nothing[64];
  const guint8 *sealed;
  gsize size;
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  proof->proven = rfi_db_step (db, row, &step_error);
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  if (!proof->proven)
    return step_error == NULL;

  sealed = sqlite3_column_blob (row, 0);
  size = (gsize) sqlite3_column_bytes (row, 0);
  proof->outdated = !rfi_seal_is_newest (seal, sealed, size);
  proof->scrubbed = sqlite3_column_int (row, 1) != 0;
  if (size <= sizeof nothing && rfi_seal_open (seal, &proof_place, sealed, size, nothing, NULL))
    return TRUE;

  g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_KEY, "The keys are not those of the file");
  return FALSE;
}

static gboolean
prove (RfiDb   *db,
       gboolean scrubbed,
       GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PROVE], error);

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int (row, 1, scrubbed);
  return rfi_db_finish (db, row, error);
}

/* @is_new: (out) */
static gboolean
look_if_new (RfiDb     *db,
             gboolean  *is_new,
             GError   **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_IS_NEW], error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  *is_new = sqlite3_column_int (row, 0) != 0;
  return TRUE;
}

/* @scrubbed: (out) */
static gboolean
seal_rows (RfiDb     *db,
           gboolean  *scrubbed,
           GError   **error)
{
  if (rfi_db_begin (db, error) && look_if_new (db, scrubbed, error) &&
      rfi_db_run (db, seal_plain_rows, error) && prove (db, *scrubbed, error) &&
      rfi_db_commit (db, error))
    return TRUE;

  rfi_db_rollback (db);
  return FALSE;
}

static gboolean
mark_scrubbed (RfiDb   *db,
               GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SCRUBBED], error);

  return row != NULL && rfi_db_finish (db, row, error);
}

/* What was deleted while rows were plain still lies between those of today, and in the log. */
static gboolean
scrub (RfiDb   *db,
       GError **error)
{
  return rfi_db_run (db, "VACUUM", error) && rfi_db_checkpoint (db, TRUE, error) &&
         mark_scrubbed (db, error);
}

static gboolean
renew (RfiDb   *db,
       GError **error)
{
  if (rfi_db_begin (db, error) && rfi_db_run (db, reseal_rows, error) && rfi_db_commit (db, error))
    return TRUE;

  rfi_db_rollback (db);
  return FALSE;
}

gboolean
rfi_store_seal_begin (RfiDb    *db,
                      RfiSeal  *seal,
                      GError  **error)
{
  Proof proof = { FALSE };

  return rfi_row_seal_attach (db, seal, error) && read_proof (db, seal, &proof, error) &&
         (proof.proven || seal_rows (db, &proof.scrubbed, error)) &&
         (proof.scrubbed || scrub (db, error)) && (!proof.outdated || renew (db, error));
}
