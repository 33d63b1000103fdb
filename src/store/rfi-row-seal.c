/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-row-seal"

#include "config.h"

#include "rfi-row-seal.h"

#include <string.h>

/* Lengths are written in groups of seven bits, lowest first, the last without the eighth bit. */
#define LENGTH_SIZE_MAX 5

struct _RfiRowSeal
{
  RfiSeal    *seal;    /* (owned) */
  GByteArray *plain;   /* (owned): of the row at hand */
  GByteArray *sealed;  /* (owned): what is bound */
  GPtrArray  *broken;  /* (owned) (nullable) (element-type RfiBrokenRow) */
};

static void
broken_row_free (RfiBrokenRow *row)
{
  g_free (row->id);
  g_free (row);
}

static void
row_seal_free (RfiRowSeal *self)
{
  rfi_seal_unref (self->seal);
  g_byte_array_unref (self->plain);
  g_byte_array_unref (self->sealed);
  g_clear_pointer (&self->broken, g_ptr_array_unref);
  g_free (self);
}

static void
reserve (GByteArray *bytes,
         gsize       size)
{
  if (bytes->len < size)
    g_byte_array_set_size (bytes, (guint) size);
}

static guint8 *
write_value (guint8     *at,
             const char *text,
             gsize       length)
{
  gsize count = text != NULL ? length + 1 : 0;

  for (; count >= 0x80; count >>= 7)
    *at++ = (guint8) (count | 0x80);
  *at++ = (guint8) count;
  if (text == NULL)
    return at;

  /* With its end, so that it can be read where it lies. */
  memcpy (at, text, length + 1);
  return at + length + 1;
}

/* Returns: how many bytes of self->plain it takes */
static gsize
encode (RfiRowSeal        *self,
        const char *const *values,
        guint              n_values)
{
  gsize lengths[RFI_ROW_SEAL_MAX];
  gsize size = 0;
  guint8 *at;

  g_assert (n_values <= RFI_ROW_SEAL_MAX);
  for (guint i = 0; i < n_values; i++)
    {
      lengths[i] = values[i] != NULL ? strlen (values[i]) : 0;
      size += LENGTH_SIZE_MAX + lengths[i] + 1;
    }

  reserve (self->plain, size);
  at = self->plain->data;
  for (guint i = 0; i < n_values; i++)
    at = write_value (at, values[i], lengths[i]);

  return (gsize) (at - self->plain->data);
}

/* @value: (out) (nullable). Returns: (nullable): behind the value; %NULL if it is none */
static const guint8 *
read_value (const guint8  *at,
            const guint8  *end,
            const char   **value)
{
  gsize count = 0;
  guint8 byte;
  guint shift = 0;

  do
    {
      if (at == end || shift >= 7 * LENGTH_SIZE_MAX)
        return NULL;
      byte = *at++;
      count |= (gsize) (byte & 0x7f) << shift;
      shift += 7;
    }
  while ((byte & 0x80) != 0);

  *value = NULL;
  if (count == 0)
    return at;
  if (count > (gsize) (end - at) || at[count - 1] != '\0')
    return NULL;

  *value = (const char *) at;
  return at + count;
}

static gboolean
decode (RfiRowSeal  *self,
        gsize        size,
        const char **values,
        guint        n_values)
{
  const guint8 *at = self->plain->data;
  const guint8 *end = at + size;

  for (guint i = 0; i < n_values; i++)
    {
      values[i] = NULL;
      if (at < end)
        at = read_value (at, end, &values[i]);
      if (at == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Returns: the size of self->sealed that is used */
static gsize
close_values (RfiRowSeal         *self,
              const RfiSealPlace *place,
              const char *const  *values,
              guint               n_values)
{
  gsize size = encode (self, values, n_values);

  reserve (self->sealed, size + RFI_SEAL_OVERHEAD);
  rfi_seal_close (self->seal, place, self->plain->data, size, self->sealed->data);
  return size + RFI_SEAL_OVERHEAD;
}

void
rfi_row_seal_bind (RfiDb              *db,
                   sqlite3_stmt       *statement,
                   int                 position,
                   const RfiSealPlace *place,
                   const char *const  *values,
                   guint               n_values)
{
  RfiRowSeal *self = rfi_db_get_data (db);
  gsize size = close_values (self, place, values, n_values);

  sqlite3_bind_blob64 (statement, position, self->sealed->data, size, SQLITE_STATIC);
}

static void
note_broken (RfiRowSeal         *self,
             const RfiSealPlace *place)
{
  RfiBrokenRow *row = g_new (RfiBrokenRow, 1);

  g_debug ("The seal of %s %s is broken", place->table, place->id);
  row->table = place->table;
  row->id = g_strdup (place->id);
  if (self->broken == NULL)
    self->broken = g_ptr_array_new_with_free_func ((GDestroyNotify) broken_row_free);
  g_ptr_array_add (self->broken, row);
}

gboolean
rfi_row_seal_read (RfiDb              *db,
                   sqlite3_stmt       *row,
                   int                 column,
                   const RfiSealPlace *place,
                   const char        **values,
                   guint               n_values)
{
  RfiRowSeal *self = rfi_db_get_data (db);
  const guint8 *sealed = sqlite3_column_blob (row, column);
  gsize size = (gsize) sqlite3_column_bytes (row, column);

  reserve (self->plain, MAX (size, 1));
  if (sealed != NULL && rfi_seal_open (self->seal, place, sealed, size, self->plain->data, NULL) &&
      decode (self, size - RFI_SEAL_OVERHEAD, values, n_values))
    return TRUE;

  note_broken (self, place);
  return FALSE;
}

GPtrArray *
rfi_row_seal_take_broken (RfiDb *db)
{
  RfiRowSeal *self = rfi_db_get_data (db);

  return g_steal_pointer (&self->broken);
}

static gboolean
read_place (int             n_values,
            sqlite3_value **values,
            RfiSealPlace   *place)
{
  if (n_values < 3)
    return FALSE;

  place->table = (const char *) sqlite3_value_text (values[0]);
  place->id = (const char *) sqlite3_value_text (values[1]);
  place->version = sqlite3_value_int64 (values[2]);
  return place->table != NULL && place->id != NULL;
}

static void
seal_function (sqlite3_context  *context,
               int               n_values,
               sqlite3_value   **values)
{
  RfiRowSeal *self = sqlite3_user_data (context);
  const char *texts[RFI_ROW_SEAL_MAX];
  RfiSealPlace place;
  gsize size;

  if (!read_place (n_values, values, &place) || n_values - 3 > RFI_ROW_SEAL_MAX)
    {
      sqlite3_result_error_code (context, SQLITE_MISUSE);
      return;
    }

  for (int i = 3; i < n_values; i++)
    texts[i - 3] = (const char *) sqlite3_value_text (values[i]);
  size = close_values (self, &place, texts, (guint) n_values - 3);
  sqlite3_result_blob64 (context, self->sealed->data, size, SQLITE_TRANSIENT);
}

/* What is broken stays as it is: it is found again where somebody can do something about it. */
static void
reseal_function (sqlite3_context  *context,
                 int               n_values,
                 sqlite3_value   **values)
{
  RfiRowSeal *self = sqlite3_user_data (context);
  const guint8 *sealed;
  RfiSealPlace place;
  gsize size;

  if (!read_place (n_values, values, &place) || n_values != 4)
    {
      sqlite3_result_error_code (context, SQLITE_MISUSE);
      return;
    }

  sealed = sqlite3_value_blob (values[3]);
  size = (gsize) sqlite3_value_bytes (values[3]);
  reserve (self->plain, MAX (size, 1));
  reserve (self->sealed, MAX (size, 1));
  if (sealed == NULL || !rfi_seal_open (self->seal, &place, sealed, size, self->plain->data, NULL))
    {
      sqlite3_result_value (context, values[3]);
      return;
    }

  rfi_seal_close (self->seal, &place, self->plain->data, size - RFI_SEAL_OVERHEAD,
                  self->sealed->data);
  sqlite3_result_blob64 (context, self->sealed->data, size, SQLITE_TRANSIENT);
}

gboolean
rfi_row_seal_attach (RfiDb    *db,
                     RfiSeal  *seal,
                     GError  **error)
{
  RfiRowSeal *self = g_new0 (RfiRowSeal, 1);

  self->seal = rfi_seal_ref (seal);
  self->plain = g_byte_array_new ();
  self->sealed = g_byte_array_new ();
  rfi_db_set_data (db, self, (GDestroyNotify) row_seal_free);
  return rfi_db_add_function (db, "seal", seal_function, error) &&
         rfi_db_add_function (db, "reseal", reseal_function, error);
}
