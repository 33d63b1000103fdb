/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-refresh"

#include "config.h"

#include "rfi-server-refresh.h"

#include <sodium.h>

#define SECRET_BYTES 32
#define VARIANT      sodium_base64_VARIANT_URLSAFE_NO_PADDING

static const char insert_sql[] =
  "INSERT INTO refresh_token (hash, family, user_id, expires_at) VALUES (?1, ?2, ?3, ?4)";

static const char find_sql[] =
  "SELECT family, user_id, expires_at, rotated_at, successor FROM refresh_token WHERE hash = ?1";

static const char replace_sql[] =
  "UPDATE refresh_token SET rotated_at = coalesce (rotated_at, ?2), successor = ?3"
  " WHERE hash = ?1";

static const char drop_sql[] = "DELETE FROM refresh_token WHERE hash = ?1";
static const char revoke_sql[] = "DELETE FROM refresh_token WHERE family = ?1";

/* More than one comes, so those too old become fewer whenever one is added. */
#define FORGET_FEW 4

static const char forget_sql[] =
  "DELETE FROM refresh_token WHERE hash IN"
  " (SELECT hash FROM refresh_token WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2)";

typedef struct
{
  char   *family;
  char   *user_id;
  gint64  expires_at;
  gint64  rotated_at;  /* 0: the latest */
  char   *successor;   /* (nullable) */
} Row;

static void
row_clear (Row *row)
{
  g_free (row->family);
  g_free (row->user_id);
  g_free (row->successor);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

char *
rfi_server_refresh_make (void)
{
  guint8 bytes[SECRET_BYTES];
  char text[sodium_base64_ENCODED_LEN (SECRET_BYTES, VARIANT)];

  randombytes_buf (bytes, sizeof bytes);
  return g_strdup (sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes, VARIANT));
}

static char *
hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/* A statement about one text. */
static gboolean
run (RfiDb       *db,
     const char  *sql,
     const char  *text,
     GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, text);
  return rfi_db_finish (db, statement, error);
}

static gboolean
find (RfiDb       *db,
      const char  *hash,
      Row         *row,
      gboolean    *found,
      GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, find_sql, error);
  g_autoptr(GError) local = NULL;

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, hash);
  *found = rfi_db_step (db, statement, &local);
  if (*found)
    *row = (Row) {
      .family = g_strdup (rfi_db_text (statement, 0)),
      .user_id = g_strdup (rfi_db_text (statement, 1)),
      .expires_at = sqlite3_column_int64 (statement, 2),
      .rotated_at = sqlite3_column_int64 (statement, 3),
      .successor = g_strdup (rfi_db_text (statement, 4)),
    };
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_refresh_forget (RfiDb *db, gint64 now, guint limit, guint *n, GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, forget_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_bind_int64 (statement, 2, limit);
  if (!rfi_db_finish (db, statement, error))
    return FALSE;

  *n = (guint) rfi_db_changes (db);
  return TRUE;
}

static gboolean
insert (RfiDb       *db,
        const char  *hash,
        const char  *family,
        const char  *user_id,
        gint64       now,
        GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);
  guint n;

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, hash);
  rfi_db_bind (statement, 2, family);
  rfi_db_bind (statement, 3, user_id);
  sqlite3_bind_int64 (statement, 4, now + RFI_REFRESH_LIFETIME_MS);
  return rfi_db_finish (db, statement, error) &&
         rfi_server_refresh_forget (db, now, FORGET_FEW, &n, error);
}

gboolean
rfi_server_refresh_issue (RfiDb       *db,
                          const char  *user_id,
                          const char  *token,
                          gint64       now,
                          GError     **error)
{
  g_autofree char *hash = hash_token (token);

  /* The first one's hash is as good a name of the family as any. */
  return insert (db, hash, hash, user_id, now, error);
}

static gboolean
replace (RfiDb       *db,
         const char  *hash,
         const Row   *row,
         const char  *successor,
         gint64       now,
         GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, replace_sql, error);
  g_autofree char *next = hash_token (successor);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, hash);
  sqlite3_bind_int64 (statement, 2, now);
  rfi_db_bind (statement, 3, next);
  return rfi_db_finish (db, statement, error) &&
         insert (db, next, row->family, row->user_id, now, error);
}

/* Whether it may be the same client, that never got the answer. @lost: (out) */
static gboolean
check_lost (RfiDb      *db,
            const Row  *row,
            gint64      now,
            gboolean   *lost,
            GError    **error)
{
  g_auto(Row) successor = { 0, };
  gboolean found;

  if (!find (db, row->successor, &successor, &found, error))
    return FALSE;

  *lost = found && successor.rotated_at == 0 && now - row->rotated_at <= RFI_REFRESH_GRACE_MS;
  return TRUE;
}

gboolean
rfi_server_refresh_rotate (RfiDb              *db,
                           const char         *token,
                           const char         *successor,
                           gint64              now,
                           RfiRefreshVerdict  *verdict,
                           char              **user_id,
                           GError            **error)
{
  g_autofree char *hash = hash_token (token);
  g_auto(Row) row = { 0, };
  gboolean found;
  gboolean lost = FALSE;

  if (!find (db, hash, &row, &found, error))
    return FALSE;

  *verdict = RFI_REFRESH_INVALID;
  if (!found || row.expires_at <= now)
    return TRUE;

  if (row.rotated_at != 0)
    {
      if (!check_lost (db, &row, now, &lost, error))
        return FALSE;
      if (!lost)
        {
          *verdict = RFI_REFRESH_REUSED;
          return run (db, revoke_sql, row.family, error);
        }
      if (!run (db, drop_sql, row.successor, error))
        return FALSE;
    }

  *verdict = RFI_REFRESH_OK;
  *user_id = g_strdup (row.user_id);
  return replace (db, hash, &row, successor, now, error);
}

gboolean
rfi_server_refresh_revoke (RfiDb       *db,
                           const char  *token,
                           GError     **error)
{
  g_autofree char *hash = hash_token (token);
  g_auto(Row) row = { 0, };
  gboolean found;

  return find (db, hash, &row, &found, error) &&
         (!found || run (db, revoke_sql, row.family, error));
}
