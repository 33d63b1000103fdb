/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-names"

#include "config.h"

#include "rfi-server-names.h"

struct _RfiServerNames
{
  GMutex      lock;
  GHashTable *known;  /* (owned) (element-type utf8 utf8): id → name; only added to */
};

static const char get_sql[] = "SELECT display_name FROM user WHERE id = ?1";

RfiServerNames *
rfi_server_names_new (void)
{
  RfiServerNames *self = g_new0 (RfiServerNames, 1);

  g_mutex_init (&self->lock);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rfi_server_names_free (RfiServerNames *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->known);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* (transfer full) (nullable) */
static char *
look_up (RfiDb       *db,
         const char  *id,
         GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, get_sql, error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, id);
  return rfi_db_step (db, row, error) ? g_strdup (rfi_db_text (row, 0)) : NULL;
}

static const char *
find (RfiServerNames *self,
      const char     *id)
{
  const char *name;

  g_mutex_lock (&self->lock);
  name = g_hash_table_lookup (self->known, id);
  g_mutex_unlock (&self->lock);
  return name;
}

/* @name: (transfer full). Returns: the one that is kept, if another thread was faster */
static const char *
keep (RfiServerNames *self,
      const char     *id,
      char           *name)
{
  const char *kept;

  g_mutex_lock (&self->lock);
  kept = g_hash_table_lookup (self->known, id);
  if (kept == NULL)
    g_hash_table_insert (self->known, g_strdup (id), name);
  g_mutex_unlock (&self->lock);
  if (kept == NULL)
    return name;

  g_free (name);
  return kept;
}

const char *
rfi_server_names_get (RfiServerNames  *self,
                      RfiDb           *db,
                      const char      *id,
                      GError         **error)
{
  const char *known;
  char *name;

  if (id == NULL)
    return NULL;
  known = find (self, id);
  if (known != NULL)
    return known;

  name = look_up (db, id, error);
  return name != NULL ? keep (self, id, name) : NULL;
}
