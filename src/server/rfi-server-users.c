/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-users"

#include "config.h"

#include "rfi-server-users.h"

#include <string.h>

#define COLUMNS \
  "id, email, display_name, role, vendor_id, password_hash, skills, work_start, work_end, active"

/* As the original names its accounts; what is left is the vendor's name. */
#define DISPATCHER_SUFFIX " Dispatcher"

enum {
  COLUMN_ID,
  COLUMN_EMAIL,
  COLUMN_DISPLAY_NAME,
  COLUMN_ROLE,
  COLUMN_VENDOR_ID,
  COLUMN_PASSWORD_HASH,
  COLUMN_SKILLS,
  COLUMN_WORK_START,
  COLUMN_WORK_END,
  COLUMN_ACTIVE,
};

enum {
  SQL_INSERT,
  SQL_FIND,
  SQL_GET,
  SQL_TECHNICIANS,
  SQL_VENDOR_TECHNICIANS,
  SQL_VENDORS,
  SQL_KNOWS_VENDOR,
};

static const char * const sql_texts[] = {
  [SQL_INSERT] = "INSERT INTO user (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
  [SQL_FIND] = "SELECT " COLUMNS " FROM user WHERE email = ?1",
  [SQL_GET] = "SELECT " COLUMNS " FROM user WHERE id = ?1",
  [SQL_TECHNICIANS] =
    "SELECT " COLUMNS " FROM user WHERE role = 2 AND ?1 IS NULL ORDER BY display_name, id",
  [SQL_VENDOR_TECHNICIANS] =
    "SELECT " COLUMNS " FROM user WHERE role = 2 AND vendor_id = ?1 ORDER BY display_name, id",
  [SQL_VENDORS] =
    "SELECT " COLUMNS ", min (email) FROM user WHERE role = 1 AND vendor_id IS NOT NULL"
    " GROUP BY vendor_id ORDER BY vendor_id",
  [SQL_KNOWS_VENDOR] = "SELECT EXISTS (SELECT 1 FROM user WHERE role = 1 AND vendor_id = ?1)",
};

static RfiUser *
read_row (sqlite3_stmt *row)
{
  RfiUser template = {
    .id = (char *) rfi_db_text (row, COLUMN_ID),
    .email = (char *) rfi_db_text (row, COLUMN_EMAIL),
    .display_name = (char *) rfi_db_text (row, COLUMN_DISPLAY_NAME),
    .role = (RfiRole) sqlite3_column_int (row, COLUMN_ROLE),
    .vendor_id = (char *) rfi_db_text (row, COLUMN_VENDOR_ID),
    .skills = (char *) rfi_db_text (row, COLUMN_SKILLS),
    .work_start = (gint16) sqlite3_column_int (row, COLUMN_WORK_START),
    .work_end = (gint16) sqlite3_column_int (row, COLUMN_WORK_END),
    .inactive = sqlite3_column_int (row, COLUMN_ACTIVE) == 0,
  };

  return rfi_user_new (&template);
}

gboolean
rfi_server_users_insert (RfiDb   *db,
                         const RfiUser  *user,
                         const char     *password_hash,
                         GError        **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql_texts[SQL_INSERT], error);
  g_autofree char *email = g_utf8_strdown (user->email, -1);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, COLUMN_ID + 1, user->id);
  rfi_db_bind (statement, COLUMN_EMAIL + 1, email);
  rfi_db_bind (statement, COLUMN_DISPLAY_NAME + 1, user->display_name);
  sqlite3_bind_int (statement, COLUMN_ROLE + 1, (int) user->role);
  rfi_db_bind (statement, COLUMN_VENDOR_ID + 1, user->vendor_id);
  rfi_db_bind (statement, COLUMN_PASSWORD_HASH + 1, password_hash);
  rfi_db_bind (statement, COLUMN_SKILLS + 1, user->skills != NULL ? user->skills : "");
  sqlite3_bind_int (statement, COLUMN_WORK_START + 1, user->work_start);
  sqlite3_bind_int (statement, COLUMN_WORK_END + 1, user->work_end);
  sqlite3_bind_int (statement, COLUMN_ACTIVE + 1, !user->inactive);
  return rfi_db_finish (db, statement, error);
}

static RfiUser *
get (RfiDb  *db,
     int            text,
     const char    *value,
     char         **password_hash,
     GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql_texts[text], error);

  if (statement == NULL)
    return NULL;

  rfi_db_bind (statement, 1, value);
  if (!rfi_db_step (db, statement, error))
    return NULL;

  if (password_hash != NULL)
    *password_hash = g_strdup (rfi_db_text (statement, COLUMN_PASSWORD_HASH));
  return read_row (statement);
}

RfiUser *
rfi_server_users_find (RfiDb  *db,
                       const char    *email,
                       char         **password_hash,
                       GError       **error)
{
  return get (db, SQL_FIND, email, password_hash, error);
}

RfiUser *
rfi_server_users_get (RfiDb  *db,
                      const char    *id,
                      GError       **error)
{
  return get (db, SQL_GET, id, NULL, error);
}

static GPtrArray *
list (RfiDb  *db,
      int            text,
      const char    *value,
      GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql_texts[text], error);
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  GError *step_error = NULL;

  if (statement == NULL)
    return NULL;

  rfi_db_bind (statement, 1, value);
  while (rfi_db_step (db, statement, &step_error))
    g_ptr_array_add (users, read_row (statement));

  if (step_error == NULL)
    return g_steal_pointer (&users);

  g_propagate_error (error, step_error);
  return NULL;
}

GPtrArray *
rfi_server_users_list_technicians (RfiDb  *db,
                                   const char    *vendor_id,
                                   GError       **error)
{
  return list (db, vendor_id != NULL ? SQL_VENDOR_TECHNICIANS : SQL_TECHNICIANS, vendor_id, error);
}

/* Returns: (transfer full): @user with the name of the vendor they are dispatcher of */
static RfiUser *
name_vendor (const RfiUser *user)
{
  size_t length = strlen (user->display_name) - strlen (DISPATCHER_SUFFIX);
  g_autofree char *name = g_strndup (user->display_name, length);
  RfiUser vendor = *user;

  vendor.display_name = name;
  return rfi_user_new (&vendor);
}

GPtrArray *
rfi_server_users_list_vendors (RfiDb  *db,
                               GError       **error)
{
  GPtrArray *users = list (db, SQL_VENDORS, NULL, error);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      RfiUser *user = g_ptr_array_index (users, i);

      if (g_str_has_suffix (user->display_name, DISPATCHER_SUFFIX))
        {
          users->pdata[i] = name_vendor (user);
          rfi_user_unref (user);
        }
    }

  return users;
}

gboolean
rfi_server_users_knows_vendor (RfiDb       *db,
                               const char  *vendor_id,
                               gboolean    *known,
                               GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql_texts[SQL_KNOWS_VENDOR], error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, vendor_id);
  if (!rfi_db_step (db, statement, error))
    return FALSE;

  *known = sqlite3_column_int (statement, 0) != 0;
  return TRUE;
}
