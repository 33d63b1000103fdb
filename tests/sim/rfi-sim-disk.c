/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-disk"

#include "config.h"

#include "rfi-sim-disk.h"

#include <string.h>

/* What a file comes to in most worlds: one that grows page by page is not copied each time. */
#define USUAL_SIZE (512 * 1024)

/* One world at a time; a thread of its own could have another. */
static GPtrArray *disks;

typedef struct
{
  char   *path;
  GBytes *bytes;
} Copy;

static void
copy_free (Copy *copy)
{
  g_free (copy->path);
  g_bytes_unref (copy->bytes);
  g_free (copy);
}

static void
file_free (RfiSimFile *file)
{
  g_free (file->path);
  g_byte_array_unref (file->bytes);
  g_byte_array_unref (file->durable);
  g_byte_array_unref (file->dirty);
  g_ptr_array_unref (file->shared);
  g_free (file);
}

RfiSimDisk *
rfi_sim_disk_new (const char *name,
                  guint64     seed)
{
  RfiSimDisk *self = g_new0 (RfiSimDisk, 1);

  self->name = g_strdup (name);
  self->random = rfi_random_new_seed (seed);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->unlinked = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->counted = RFI_SIM_CALL_ALL;
  self->failing = RFI_SIM_CALL_ALL;
  self->space = -1;
  if (disks == NULL)
    disks = g_ptr_array_new ();
  g_ptr_array_add (disks, self);
  return self;
}

void
rfi_sim_disk_free (RfiSimDisk *self)
{
  g_ptr_array_remove (disks, self);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->unlinked);
  g_object_unref (self->random);
  g_free (self->name);
  g_free (self);
}

gboolean
rfi_sim_disk_is_any_spared (void)
{
  for (guint i = 0; disks != NULL && i < disks->len; i++)
    if (((RfiSimDisk *) g_ptr_array_index (disks, i))->spared)
      return TRUE;

  return FALSE;
}

RfiSimDisk *
rfi_sim_disk_of (const char *path)
{
  const char *slash = strchr (path, '/');
  gsize length = slash != NULL ? (gsize) (slash - path) : strlen (path);

  for (guint i = 0; disks != NULL && i < disks->len; i++)
    {
      RfiSimDisk *disk = g_ptr_array_index (disks, i);

      if (strlen (disk->name) == length && strncmp (disk->name, path, length) == 0)
        return disk;
    }

  return NULL;
}

RfiSimFile *
rfi_sim_disk_find (RfiSimDisk *self,
                   const char *path)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      RfiSimFile *file = g_ptr_array_index (self->files, i);

      if (g_strcmp0 (file->path, path) == 0)
        return file;
    }

  return NULL;
}

static void
set_clean (RfiSimFile *file)
{
  file->first_dirty = G_MAXUINT;
  file->last_dirty = 0;
}

RfiSimFile *
rfi_sim_disk_make (RfiSimDisk *self,
                   const char *path)
{
  RfiSimFile *file = rfi_sim_disk_find (self, path);

  if (file != NULL)
    return file;

  file = g_new0 (RfiSimFile, 1);
  file->path = g_strdup (path);
  file->bytes = g_byte_array_sized_new (USUAL_SIZE);
  file->durable = g_byte_array_sized_new (USUAL_SIZE);
  file->dirty = g_byte_array_new ();
  file->shared = g_ptr_array_new_with_free_func (g_free);
  set_clean (file);
  g_ptr_array_add (self->files, file);
  return file;
}

void
rfi_sim_disk_remove (RfiSimDisk *self,
                     RfiSimFile *file)
{
  guint i;

  if (file->n_open == 0)
    g_ptr_array_remove (self->files, file);
  else if (g_ptr_array_find (self->files, file, &i))
    g_ptr_array_add (self->unlinked, g_ptr_array_steal_index (self->files, i));
}

void
rfi_sim_disk_rename (RfiSimDisk *self,
                     RfiSimFile *file,
                     const char *to)
{
  RfiSimFile *old = rfi_sim_disk_find (self, to);

  if (old != NULL && old != file)
    rfi_sim_disk_remove (self, old);
  g_free (file->path);
  file->path = g_strdup (to);
}

/* Crashes */

static guint
n_sectors (gsize size)
{
  return (guint) ((size + RFI_SIM_SECTOR - 1) / RFI_SIM_SECTOR);
}

static void
set_size (GByteArray *array,
          gsize       size)
{
  guint old = array->len;

  g_byte_array_set_size (array, (guint) size);
  if (size > old)
    memset (array->data + old, 0, size - old);
}

/* A sector that was not made safe reaches the disk all the same. */
static void
keep_sector (RfiSimDisk *self,
             RfiSimFile *file,
             guint       sector)
{
  gsize start = (gsize) sector * RFI_SIM_SECTOR;
  gsize length = MIN (RFI_SIM_SECTOR, file->bytes->len - start);

  if (self->torn && rfi_random_range (self->random, 8) == 0)
    length = rfi_random_range (self->random, length);
  if (file->durable->len < start + length)
    set_size (file->durable, start + length);
  memcpy (file->durable->data + start, file->bytes->data + start, length);
}

static void
crash_file (RfiSimDisk *self,
            RfiSimFile *file)
{
  /* Sometimes nothing of it, sometimes all, mostly some. */
  guint64 odds = rfi_random_range (self->random, 5);
  guint last = MIN (file->last_dirty + 1, n_sectors (file->bytes->len));

  for (guint i = file->first_dirty; i < last; i++)
    if (file->dirty->data[i] != 0 && rfi_random_range (self->random, 4) < odds)
      keep_sector (self, file, i);
  if (file->bytes->len < file->durable->len && rfi_random_range (self->random, 2) == 0)
    g_byte_array_set_size (file->durable, file->bytes->len);
}

void
rfi_sim_disk_crash (RfiSimDisk *self)
{
  if (self->dead)
    return;

  for (guint i = 0; i < self->files->len; i++)
    crash_file (self, g_ptr_array_index (self->files, i));
  self->dead = TRUE;
}

static void
start_file (RfiSimFile *file)
{
  g_byte_array_set_size (file->bytes, 0);
  g_byte_array_append (file->bytes, file->durable->data, file->durable->len);
  g_byte_array_set_size (file->dirty, 0);
  g_ptr_array_set_size (file->shared, 0);
  memset (file->locks, 0, sizeof file->locks);
  memset (file->slots, 0, sizeof file->slots);
  set_clean (file);
}

void
rfi_sim_disk_start (RfiSimDisk *self)
{
  if (!self->dead)
    return;

  self->crash_at = 0;

  for (guint i = 0; i < self->files->len; i++)
    start_file (g_ptr_array_index (self->files, i));
  self->dead = FALSE;
}

static gboolean
is_due (RfiSimDisk *self)
{
  gint64 since = self->n_calls - self->fail_at;

  if (self->fail_at == 0 || since < 0)
    return FALSE;

  return since == 0 || (self->fail_every > 0 && since % self->fail_every == 0);
}

RfiSimFate
rfi_sim_disk_call (RfiSimDisk *self,
                   RfiSimCall  call)
{
  if (self->dead)
    return RFI_SIM_FATE_ERROR;

  if (self->spared || (self->counted & call) == 0)
    return RFI_SIM_FATE_OK;

  self->n_calls++;

  if (self->crash_at != 0 && self->n_calls >= self->crash_at)
    {
      rfi_sim_disk_crash (self);
      return RFI_SIM_FATE_ERROR;
    }
  if ((self->failing & call) != 0 && is_due (self))
    {
      self->n_failed++;
      return RFI_SIM_FATE_ERROR;
    }

  return RFI_SIM_FATE_OK;
}

/* Copies */

GPtrArray *
rfi_sim_disk_copy (RfiSimDisk *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) copy_free);

  for (guint i = 0; i < self->files->len; i++)
    {
      RfiSimFile *file = g_ptr_array_index (self->files, i);
      Copy *one = g_new (Copy, 1);

      one->path = g_strdup (strchr (file->path, '/') + 1);
      one->bytes = g_bytes_new (file->bytes->data, file->bytes->len);
      g_ptr_array_add (copy, one);
    }

  return copy;
}

void
rfi_sim_disk_restore (RfiSimDisk *self,
                      GPtrArray  *copy)
{
  g_ptr_array_set_size (self->files, 0);
  for (guint i = 0; i < copy->len; i++)
    {
      Copy *one = g_ptr_array_index (copy, i);
      g_autofree char *path = g_strconcat (self->name, "/", one->path, NULL);
      RfiSimFile *file = rfi_sim_disk_make (self, path);
      gsize length;
      const guint8 *data = g_bytes_get_data (one->bytes, &length);

      g_byte_array_append (file->bytes, data, (guint) length);
      g_byte_array_append (file->durable, data, (guint) length);
    }
}

/* Files */

static void
mark (RfiSimFile *self,
      gsize       from,
      gsize       to)
{
  guint first = (guint) (from / RFI_SIM_SECTOR);
  guint end = n_sectors (to);

  if (end <= first)
    return;

  if (self->dirty->len < end)
    set_size (self->dirty, MAX (end, self->dirty->len * 2));
  memset (self->dirty->data + first, 1, end - first);
  self->first_dirty = MIN (self->first_dirty, first);
  self->last_dirty = MAX (self->last_dirty, end - 1);
}

gboolean
rfi_sim_file_write (RfiSimDisk    *disk,
                    RfiSimFile    *self,
                    gconstpointer  data,
                    gsize          length,
                    gint64         offset)
{
  gsize end = (gsize) offset + length;

  if (end > self->bytes->len)
    {
      gint64 growth = (gint64) (end - self->bytes->len);

      if (disk->space >= 0 && growth > disk->space)
        {
          disk->n_full++;
          return FALSE;
        }
      if (disk->space >= 0)
        disk->space -= growth;
      mark (self, self->bytes->len, end);
      if ((gsize) offset > self->bytes->len)
        set_size (self->bytes, (gsize) offset);
      g_byte_array_set_size (self->bytes, (guint) end);
    }

  memcpy (self->bytes->data + offset, data, length);
  mark (self, (gsize) offset, end);
  return TRUE;
}

void
rfi_sim_file_sync (RfiSimFile *self)
{
  guint end = MIN (self->last_dirty + 1, n_sectors (self->bytes->len));

  /* What it grew by is dirty, so that all of it is written below. */
  g_byte_array_set_size (self->durable, self->bytes->len);
  for (guint i = self->first_dirty; i < end; i++)
    {
      gsize start = (gsize) i * RFI_SIM_SECTOR;

      if (self->dirty->data[i] == 0)
        continue;
      memcpy (self->durable->data + start, self->bytes->data + start,
              MIN (RFI_SIM_SECTOR, self->bytes->len - start));
      self->dirty->data[i] = 0;
    }
  set_clean (self);
}

void
rfi_sim_file_wipe (RfiSimFile *self,
                   gsize       offset,
                   gsize       length)
{
  if (offset + length <= self->bytes->len)
    memset (self->bytes->data + offset, 0, length);
  if (offset + length <= self->durable->len)
    memset (self->durable->data + offset, 0, length);
}

void
rfi_sim_file_resize (RfiSimFile *self,
                     gsize       size)
{
  gsize old = self->bytes->len;

  set_size (self->bytes, size);
  if (size > old)
    mark (self, old, size);
}
