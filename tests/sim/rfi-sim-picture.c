/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-picture"

#include "config.h"

#include "rfi-sim-picture.h"

#include <string.h>

static const char find_sql[] = "SELECT job_id FROM photo WHERE id = ?1";

typedef struct
{
  char     *operation_id;
  char     *job_id;
  char     *photo_id;
  gboolean  gone;  /* with its job */
  gboolean  lost;  /* the server was put back to before it */
  gboolean  open;  /* the server fell over it */
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_free (picture->operation_id);
  g_free (picture->job_id);
  g_free (picture->photo_id);
  g_free (picture);
}

GBytes *
rfi_sim_picture_make (const char *operation_id)
{
  static const char png[] = { '\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n' };
  GByteArray *bytes = g_byte_array_new ();
  guint n = 10 + 100 * (guint) (operation_id[0] % 3);

  g_byte_array_append (bytes, (const guint8 *) png, sizeof png);
  for (guint i = 0; i < n; i++)
    g_byte_array_append (bytes, (const guint8 *) operation_id, (guint) strlen (operation_id));
  return g_byte_array_free_to_bytes (bytes);
}

const char *
rfi_sim_picture_name (const char *operation_id)
{
  static const char *const names[] = { "IMG_0001.png", "IMG_0002.png", "Kühlung “links”.png" };

  return names[(guchar) operation_id[1] % G_N_ELEMENTS (names)];
}

RfiSimAlbum *
rfi_sim_album_new (void)
{
  RfiSimAlbum *self = g_new (RfiSimAlbum, 1);

  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  return self;
}

void
rfi_sim_album_free (RfiSimAlbum *self)
{
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

char *
rfi_sim_album_path (const char *photo_id)
{
  return g_strconcat ("server/photos/", photo_id, NULL);
}

gboolean
rfi_sim_album_has (RfiSimAlbum *self,
                   const char  *operation_id)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (self->pictures, i);

      if (!picture->lost && !picture->open && g_str_equal (picture->operation_id, operation_id))
        return TRUE;
    }

  return FALSE;
}

static Picture *
add (RfiSimAlbum *self,
     const char  *operation_id,
     const char  *job_id,
     const char  *photo_id)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->operation_id = g_strdup (operation_id);
  picture->job_id = g_strdup (job_id);
  picture->photo_id = g_strdup (photo_id);
  g_ptr_array_add (self->pictures, picture);
  return picture;
}

char *
rfi_sim_album_added (RfiSimAlbum *self,
                     const char  *operation_id,
                     const char  *job_id,
                     const char  *photo_id,
                     GBytes      *content)
{
  g_autoptr(GBytes) meant = rfi_sim_picture_make (operation_id);

  if (!g_bytes_equal (meant, content))
    return g_strdup_printf ("S18: the picture of %s came with other bytes", operation_id);
  if (rfi_sim_album_has (self, operation_id))
    return g_strdup_printf ("S18: the picture of %s was taken twice", operation_id);

  add (self, operation_id, job_id, photo_id);
  return NULL;
}

void
rfi_sim_album_fell (RfiSimAlbum *self,
                    const char  *operation_id,
                    const char  *job_id,
                    const char  *photo_id)
{
  add (self, operation_id, job_id, photo_id)->open = TRUE;
}

static gboolean
is_listed (RfiDb         *db,
           const Picture *picture)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, find_sql, NULL);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, picture->photo_id);
  return rfi_db_step (db, row, NULL) && g_str_equal (rfi_db_text (row, 0), picture->job_id);
}

static char *
verify_one (RfiDb         *db,
            const Picture *picture)
{
  g_autoptr(GBytes) meant = rfi_sim_picture_make (picture->operation_id);
  g_autofree char *path = rfi_sim_album_path (picture->photo_id);
  g_autofree char *bytes = NULL;
  gsize size;

  if (picture->gone || picture->lost)
    return NULL;
  if (!is_listed (db, picture))
    return g_strdup_printf ("S18: the server no longer has the picture of %s",
                            picture->operation_id);
  if (!g_file_get_contents (path, &bytes, &size, NULL) || size != g_bytes_get_size (meant) ||
      memcmp (bytes, g_bytes_get_data (meant, NULL), size) != 0)
    return g_strdup_printf ("S18: the server has the picture of %s without its bytes",
                            picture->operation_id);

  return NULL;
}

/* What it fell over is there by now, or never will be. */
static void
close_open (RfiSimAlbum *self,
            RfiDb       *db)
{
  for (guint i = self->pictures->len; i > 0; i--)
    {
      Picture *picture = g_ptr_array_index (self->pictures, i - 1);

      if (picture->open && !is_listed (db, picture))
        g_ptr_array_remove_index (self->pictures, i - 1);
      else
        picture->open = FALSE;
    }
}

char *
rfi_sim_album_verify (RfiSimAlbum *self,
                      RfiDb       *db)
{
  char *problem = NULL;

  close_open (self, db);
  for (guint i = 0; i < self->pictures->len && problem == NULL; i++)
    problem = verify_one (db, g_ptr_array_index (self->pictures, i));
  return problem;
}

void
rfi_sim_album_job_gone (RfiSimAlbum *self,
                        const char  *job_id)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      Picture *picture = g_ptr_array_index (self->pictures, i);

      picture->gone |= g_str_equal (picture->job_id, job_id);
    }
}

GPtrArray *
rfi_sim_album_reset (RfiSimAlbum *self,
                     RfiDb       *db)
{
  GPtrArray *lost = g_ptr_array_new_with_free_func (g_free);

  close_open (self, db);
  for (guint i = 0; i < self->pictures->len; i++)
    {
      Picture *picture = g_ptr_array_index (self->pictures, i);
      gboolean was_lost = picture->lost;

      /* With its job it may be back. */
      picture->gone = FALSE;
      picture->lost = !is_listed (db, picture);
      if (picture->lost && !was_lost)
        g_ptr_array_add (lost, g_strdup (picture->operation_id));
    }
  return lost;
}
