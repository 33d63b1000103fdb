/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-cache"

#include "config.h"

#include "rfi-photo-cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <utime.h>

struct _RfiPhotoCache
{
  char   *dir;
  gint64  limit;  /* bytes */
};

typedef struct
{
  char   *path;
  gint64  used_at;  /* seconds since 1970 */
  gint64  size;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_free (entry);
}

static int
compare_use (gconstpointer a,
             gconstpointer b)
{
  const Entry *left = *(const Entry *const *) a;
  const Entry *right = *(const Entry *const *) b;

  return left->used_at < right->used_at ? -1 : left->used_at > right->used_at;
}

RfiPhotoCache *
rfi_photo_cache_new (const char *dir,
                     gint64      limit)
{
  RfiPhotoCache *self = g_new0 (RfiPhotoCache, 1);

  self->dir = g_strdup (dir);
  self->limit = limit;
  return self;
}

void
rfi_photo_cache_free (RfiPhotoCache *self)
{
  g_free (self->dir);
  g_free (self);
}

/* An id is the server's text and may hold anything; a digest of it is a safe file name. */
char *
rfi_photo_cache_get_path (RfiPhotoCache *self,
                          const char    *photo_id)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, photo_id, -1);

  return g_build_filename (self->dir, name, NULL);
}

gboolean
rfi_photo_cache_touch (RfiPhotoCache *self,
                       const char    *path)
{
  return g_utime (path, NULL) == 0;
}

/* Returns: (transfer full) (element-type Entry): the least recently used first */
static GPtrArray *
list_entries (RfiPhotoCache *self,
              gint64        *total)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr(GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  *total = 0;
  while (dir != NULL)
    {
      g_autofree char *path = NULL;
      GStatBuf info;
      Entry *entry;

      name = g_dir_read_name (dir);
      if (name == NULL)
        break;
      path = g_build_filename (self->dir, name, NULL);
      if (g_stat (path, &info) != 0)
        continue;

      entry = g_new0 (Entry, 1);
      entry->path = g_steal_pointer (&path);
      entry->used_at = info.st_mtime;
      entry->size = info.st_size;
      *total += entry->size;
      g_ptr_array_add (entries, entry);
    }

  g_ptr_array_sort (entries, compare_use);
  return entries;
}

gboolean
rfi_photo_cache_prepare (RfiPhotoCache  *self,
                         gint64          size,
                         GError        **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  gint64 total;

  if (g_mkdir_with_parents (self->dir, 0700) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno),
                   "%s: %s", self->dir, g_strerror (saved_errno));
      return FALSE;
    }

  entries = list_entries (self, &total);
  for (guint i = 0; i < entries->len && total + size > self->limit; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if (g_unlink (entry->path) == 0)
        total -= entry->size;
    }

  return TRUE;
}
