/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-devices"

#include "config.h"

#include "rfi-server-devices.h"

#include <sodium.h>
#include <string.h>

/* Bytes of the key's hash that people compare. */
#define FINGERPRINT_BYTES 16

#define COLUMNS \
  "d.id, d.user_id, d.name, d.epoch, d.public_key, d.registered_at, d.last_seen_at," \
  " d.revoked_at, d.skew"

enum {
  COLUMN_ID,
  COLUMN_USER_ID,
  COLUMN_NAME,
  COLUMN_EPOCH,
  COLUMN_PUBLIC_KEY,
  COLUMN_REGISTERED_AT,
  COLUMN_LAST_SEEN_AT,
  COLUMN_REVOKED_AT,
  COLUMN_SKEW,
  COLUMN_USER_NAME,
  COLUMN_MAX_SEQ,
};

static const char find_sql[] = "SELECT " COLUMNS " FROM device d WHERE d.id = ?1";

static const char insert_sql[] =
  "INSERT INTO device (id, user_id, name, epoch, public_key, registered_at, last_seen_at,"
  " revoked_at, skew) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

static const char update_sql[] =
  "UPDATE device SET name = ?2, epoch = ?3, last_seen_at = ?4, revoked_at = ?5, skew = ?6"
  " WHERE id = ?1";

#define LIST \
  "SELECT " COLUMNS ", coalesce (u.display_name, d.user_id), coalesce (c.max_seq, 0)" \
  " FROM device d LEFT JOIN user u ON u.id = d.user_id" \
  " LEFT JOIN chain c ON c.device_id = d.id AND c.epoch = d.epoch"
#define OLDEST " ORDER BY d.registered_at, d.id"

static const char list_all_sql[] = LIST " WHERE ?1 IS NULL AND ?2 IS NULL" OLDEST;
static const char list_user_sql[] = LIST " WHERE d.user_id = ?1 AND ?2 IS NULL" OLDEST;
static const char list_one_sql[] = LIST " WHERE d.id = ?2 AND (?1 IS NULL OR d.user_id = ?1)";

static const char chain_sql[] =
  "SELECT n, watermark, max_seq, acked FROM chain WHERE device_id = ?1 AND epoch = ?2";

static const char put_sql[] =
  "INSERT INTO chain (device_id, epoch, watermark, max_seq, acked) VALUES (?1, ?2, ?3, ?4, ?5)"
  " ON CONFLICT DO UPDATE SET watermark = excluded.watermark, max_seq = excluded.max_seq,"
  " acked = excluded.acked RETURNING n";

void
rfi_server_device_clear (RfiServerDevice *self)
{
  g_free (self->id);
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->epoch);
}

gboolean
rfi_server_devices_find (RfiDb            *db,
                         const char       *id,
                         RfiServerDevice  *device,
                         GError          **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, find_sql, error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, id);
  if (!rfi_db_step (db, row, error))
    return FALSE;

  *device = (RfiServerDevice) {
    .id = g_strdup (rfi_db_text (row, COLUMN_ID)),
    .user_id = g_strdup (rfi_db_text (row, COLUMN_USER_ID)),
    .name = g_strdup (rfi_db_text (row, COLUMN_NAME)),
    .epoch = g_strdup (rfi_db_text (row, COLUMN_EPOCH)),
    .registered_at = sqlite3_column_int64 (row, COLUMN_REGISTERED_AT),
    .last_seen_at = sqlite3_column_int64 (row, COLUMN_LAST_SEEN_AT),
    .revoked_at = sqlite3_column_int64 (row, COLUMN_REVOKED_AT),
    .skew_known = sqlite3_column_type (row, COLUMN_SKEW) != SQLITE_NULL,
    .skew = sqlite3_column_int64 (row, COLUMN_SKEW),
  };
  memcpy (device->public_key, sqlite3_column_blob (row, COLUMN_PUBLIC_KEY),
          sizeof device->public_key);
  return TRUE;
}

static void
bind_time (sqlite3_stmt *statement,
           int           position,
           gint64        time)
{
  if (time != 0)
    sqlite3_bind_int64 (statement, position, time);
  else
    sqlite3_bind_null (statement, position);
}

static void
bind_skew (sqlite3_stmt          *statement,
           int                    position,
           const RfiServerDevice *device)
{
  if (device->skew_known)
    sqlite3_bind_int64 (statement, position, device->skew);
  else
    sqlite3_bind_null (statement, position);
}

gboolean
rfi_server_devices_insert (RfiDb                  *db,
                           const RfiServerDevice  *device,
                           GError                **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, COLUMN_ID + 1, device->id);
  rfi_db_bind (statement, COLUMN_USER_ID + 1, device->user_id);
  rfi_db_bind (statement, COLUMN_NAME + 1, device->name);
  rfi_db_bind (statement, COLUMN_EPOCH + 1, device->epoch);
  sqlite3_bind_blob (statement, COLUMN_PUBLIC_KEY + 1, device->public_key,
                     sizeof device->public_key, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, COLUMN_REGISTERED_AT + 1, device->registered_at);
  sqlite3_bind_int64 (statement, COLUMN_LAST_SEEN_AT + 1, device->last_seen_at);
  bind_time (statement, COLUMN_REVOKED_AT + 1, device->revoked_at);
  bind_skew (statement, COLUMN_SKEW + 1, device);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_devices_update (RfiDb                  *db,
                           const RfiServerDevice  *device,
                           GError                **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, update_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, device->id);
  rfi_db_bind (statement, 2, device->name);
  rfi_db_bind (statement, 3, device->epoch);
  sqlite3_bind_int64 (statement, 4, device->last_seen_at);
  bind_time (statement, 5, device->revoked_at);
  bind_skew (statement, 6, device);
  return rfi_db_finish (db, statement, error);
}

/* As the device itself shows it: "9F86 D081 …". Returns: (transfer full) */
static char *
make_fingerprint (const guint8 *public_key)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  GString *text = g_string_new (NULL);

  crypto_hash_sha256 (digest, public_key, RFI_WIRE_PUBLIC_KEY_BYTES);
  for (guint i = 0; i < FINGERPRINT_BYTES; i += 2)
    g_string_append_printf (text, "%s%02X%02X", i > 0 ? " " : "", digest[i], digest[i + 1]);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) */
static RfiDevice *
read_listed (sqlite3_stmt *row)
{
  RfiDevice *device = g_new0 (RfiDevice, 1);

  device->device_id = g_strdup (rfi_db_text (row, COLUMN_ID));
  device->user_id = g_strdup (rfi_db_text (row, COLUMN_USER_ID));
  device->user_name = g_strdup (rfi_db_text (row, COLUMN_USER_NAME));
  device->name = g_strdup (rfi_db_text (row, COLUMN_NAME));
  device->revoked = sqlite3_column_type (row, COLUMN_REVOKED_AT) != SQLITE_NULL;
  device->epoch = g_strdup (rfi_db_text (row, COLUMN_EPOCH));
  device->max_seq = sqlite3_column_int64 (row, COLUMN_MAX_SEQ);
  device->registered_at = sqlite3_column_int64 (row, COLUMN_REGISTERED_AT);
  device->last_seen_at = sqlite3_column_int64 (row, COLUMN_LAST_SEEN_AT);
  device->skew_known = sqlite3_column_type (row, COLUMN_SKEW) != SQLITE_NULL;
  device->skew = sqlite3_column_int64 (row, COLUMN_SKEW);
  device->fingerprint = make_fingerprint (sqlite3_column_blob (row, COLUMN_PUBLIC_KEY));
  return device;
}

GPtrArray *
rfi_server_devices_list (RfiDb       *db,
                         const char  *user_id,
                         const char  *id,
                         GError     **error)
{
  const char *sql = id != NULL        ? list_one_sql
                    : user_id != NULL ? list_user_sql
                                      : list_all_sql;
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_device_free);
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, user_id);
  rfi_db_bind (row, 2, id);
  while (rfi_db_step (db, row, &local))
    g_ptr_array_add (devices, read_listed (row));
  if (local == NULL)
    return g_steal_pointer (&devices);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
rfi_server_chains_get (RfiDb           *db,
                       const char      *device_id,
                       const char      *epoch,
                       RfiServerChain  *chain,
                       GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, chain_sql, error);
  g_autoptr(GError) local = NULL;

  *chain = (RfiServerChain) { 0, };
  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, device_id);
  rfi_db_bind (row, 2, epoch);
  if (rfi_db_step (db, row, &local))
    {
      chain->n = sqlite3_column_int64 (row, 0);
      chain->watermark = sqlite3_column_int64 (row, 1);
      chain->max_seq = sqlite3_column_int64 (row, 2);
      chain->acked = sqlite3_column_int64 (row, 3);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_chains_put (RfiDb           *db,
                       const char      *device_id,
                       const char      *epoch,
                       RfiServerChain  *chain,
                       GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, put_sql, error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, device_id);
  rfi_db_bind (row, 2, epoch);
  sqlite3_bind_int64 (row, 3, chain->watermark);
  sqlite3_bind_int64 (row, 4, chain->max_seq);
  sqlite3_bind_int64 (row, 5, chain->acked);
  if (!rfi_db_step (db, row, error))
    return FALSE;

  chain->n = sqlite3_column_int64 (row, 0);
  return TRUE;
}
