/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-vfs"

#include "config.h"

#include "rfi-sim-vfs.h"

#include "rfi-db.h"
#include "rfi-db-files.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

/* Days from the beginning of Julian time to 1970, in ms. */
#define JULIAN_1970 G_GINT64_CONSTANT (210866760000000)

/* SQLite's locks beyond 31 pages of shared memory are never met here. */
#define N_SLOTS 8

typedef struct
{
  sqlite3_file  base;
  RfiSimDisk   *disk;
  RfiSimFile   *file;    /* NULL once its disk took it away */
  int           lock;    /* SQLITE_LOCK_… that this connection holds */
  guint         shared;  /* slots held shared, as bits */
  guint         alone;   /* slots held alone */
  gboolean      mapped;
  gboolean      remove;  /* at close */
} Handle;

/* Where SQLite puts what nobody looks for by name. */
static RfiSimDisk *scratch;
static RfiRandom *sim_random;
static const gint64 *sim_now;

static int
fate_to_code (RfiSimFate fate,
              int        error)
{
  switch (fate)
    {
    case RFI_SIM_FATE_OK:
      return SQLITE_OK;
    case RFI_SIM_FATE_FULL:
      return SQLITE_FULL;
    case RFI_SIM_FATE_ERROR:
    default:
      return error;
    }
}

static void
give_back (Handle *handle,
           int     level)
{
  /* locks[] counts holders of shared, reserved, pending and exclusive, in this order. */
  for (int i = level + 1; i <= handle->lock; i++)
    if (i != SQLITE_LOCK_NONE)
      handle->file->locks[i - 1]--;
  handle->lock = level;
}

static int
file_unlock (sqlite3_file *base,
             int           level)
{
  Handle *handle = (Handle *) base;

  if (handle->lock > level)
    give_back (handle, level);
  return SQLITE_OK;
}

static gboolean
may_lock (Handle *handle,
          int     level)
{
  const int *locks = handle->file->locks;

  switch (level)
    {
    case SQLITE_LOCK_SHARED:
      return locks[SQLITE_LOCK_PENDING - 1] == 0 && locks[SQLITE_LOCK_EXCLUSIVE - 1] == 0;
    case SQLITE_LOCK_RESERVED:
      return locks[SQLITE_LOCK_RESERVED - 1] == 0;
    case SQLITE_LOCK_EXCLUSIVE:
    default:
      return locks[SQLITE_LOCK_SHARED - 1] == 1 &&
             locks[SQLITE_LOCK_RESERVED - 1] == (handle->lock >= SQLITE_LOCK_RESERVED ? 1 : 0);
    }
}

static int
file_lock (sqlite3_file *base,
           int           level)
{
  Handle *handle = (Handle *) base;

  if (handle->lock >= level)
    return SQLITE_OK;
  if (!may_lock (handle, level))
    return SQLITE_BUSY;

  for (int i = handle->lock + 1; i <= level; i++)
    handle->file->locks[i - 1]++;
  handle->lock = level;
  return SQLITE_OK;
}

static int
file_check_reserved (sqlite3_file *base,
                     int          *reserved)
{
  *reserved = ((Handle *) base)->file->locks[SQLITE_LOCK_RESERVED - 1] > 0;
  return SQLITE_OK;
}

static int
file_close (sqlite3_file *base)
{
  Handle *handle = (Handle *) base;

  file_unlock (base, SQLITE_LOCK_NONE);
  handle->file->n_open--;
  if (handle->remove && !handle->disk->dead)
    rfi_sim_disk_remove (handle->disk, handle->file);
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *base,
           void         *data,
           int           length,
           sqlite3_int64 offset)
{
  Handle *handle = (Handle *) base;
  const GByteArray *bytes = handle->file->bytes;
  RfiSimFate fate = rfi_sim_disk_call (handle->disk, RFI_SIM_CALL_READ);

  if (fate != RFI_SIM_FATE_OK)
    return SQLITE_IOERR_READ;
  if (offset + length <= bytes->len)
    {
      memcpy (data, bytes->data + offset, (gsize) length);
      return SQLITE_OK;
    }

  memset (data, 0, (gsize) length);
  if (offset < bytes->len)
    memcpy (data, bytes->data + offset, (gsize) (bytes->len - offset));
  return SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file  *base,
            const void    *data,
            int            length,
            sqlite3_int64  offset)
{
  Handle *handle = (Handle *) base;
  RfiSimDisk *disk = handle->disk;
  gboolean was_dead = disk->dead;

  if (!was_dead && !disk->spared && disk->crash_at != 0 && disk->n_calls + 1 >= disk->crash_at)
    {
      /* The power fails while this is on its way: some of it may arrive. */
      rfi_sim_file_write (disk, handle->file, data, (gsize) length, offset);
    }
  if (rfi_sim_disk_call (disk, RFI_SIM_CALL_WRITE) != RFI_SIM_FATE_OK)
    return SQLITE_IOERR_WRITE;
  if (!rfi_sim_file_write (disk, handle->file, data, (gsize) length, offset))
    return SQLITE_FULL;

  return SQLITE_OK;
}

static int
file_truncate (sqlite3_file *base,
               sqlite3_int64 size)
{
  Handle *handle = (Handle *) base;
  RfiSimFate fate = rfi_sim_disk_call (handle->disk, RFI_SIM_CALL_TRUNCATE);

  if (fate == RFI_SIM_FATE_OK)
    rfi_sim_file_resize (handle->file, (gsize) size);
  return fate_to_code (fate, SQLITE_IOERR_TRUNCATE);
}

static int
file_sync (sqlite3_file *base,
           int           flags)
{
  Handle *handle = (Handle *) base;
  RfiSimFate fate = rfi_sim_disk_call (handle->disk, RFI_SIM_CALL_SYNC);

  if (fate == RFI_SIM_FATE_OK)
    rfi_sim_file_sync (handle->file);
  return fate_to_code (fate, SQLITE_IOERR_FSYNC);
}

static int
file_size (sqlite3_file  *base,
           sqlite3_int64 *size)
{
  *size = ((Handle *) base)->file->bytes->len;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *base,
              int           operation,
              void         *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base)
{
  return RFI_SIM_SECTOR;
}

/* Nothing is promised: a write may be torn and overtaken. */
static int
file_characteristics (sqlite3_file *base)
{
  return 0;
}

/* Memory that the connections to a file share */

static int
shm_map (sqlite3_file  *base,
         int            page,
         int            size,
         int            extend,
         void volatile **memory)
{
  Handle *handle = (Handle *) base;
  GPtrArray *shared = handle->file->shared;

  handle->mapped = TRUE;
  *memory = NULL;
  if (handle->disk->dead)
    return SQLITE_IOERR_SHMMAP;

  while (shared->len <= (guint) page)
    {
      if (!extend)
        return SQLITE_OK;
      g_ptr_array_add (shared, g_malloc0 ((gsize) size));
    }

  *memory = g_ptr_array_index (shared, page);
  return SQLITE_OK;
}

static int
shm_take (Handle *handle,
          int     slot,
          int     flags)
{
  int *held = &handle->file->slots[slot];
  guint bit = 1u << slot;

  if ((flags & SQLITE_SHM_SHARED) != 0)
    {
      if (*held < 0)
        return SQLITE_BUSY;
      if ((handle->shared & bit) == 0)
        ++*held;
      handle->shared |= bit;
      return SQLITE_OK;
    }

  if (*held > 0 || (*held < 0 && (handle->alone & bit) == 0))
    return SQLITE_BUSY;
  *held = -1;
  handle->alone |= bit;
  return SQLITE_OK;
}

static void
shm_give (Handle *handle,
          int     slot)
{
  int *held = &handle->file->slots[slot];
  guint bit = 1u << slot;

  if ((handle->shared & bit) != 0)
    --*held;
  else if ((handle->alone & bit) != 0)
    *held = 0;
  handle->shared &= ~bit;
  handle->alone &= ~bit;
}

static int
shm_lock (sqlite3_file *base,
          int           offset,
          int           n,
          int           flags)
{
  Handle *handle = (Handle *) base;

  if ((flags & SQLITE_SHM_UNLOCK) != 0)
    {
      for (int i = offset; i < offset + n; i++)
        shm_give (handle, i);
      return SQLITE_OK;
    }

  for (int i = offset; i < offset + n; i++)
    if (shm_take (handle, i, flags) != SQLITE_OK)
      {
        while (i-- > offset)
          shm_give (handle, i);
        return SQLITE_BUSY;
      }

  return SQLITE_OK;
}

static void
shm_barrier (sqlite3_file *base)
{
}

static int
shm_unmap (sqlite3_file *base,
           int           remove)
{
  Handle *handle = (Handle *) base;

  for (int i = 0; i < N_SLOTS; i++)
    shm_give (handle, i);
  handle->mapped = FALSE;
  if (remove)
    g_ptr_array_set_size (handle->file->shared, 0);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = shm_map,
  .xShmLock = shm_lock,
  .xShmBarrier = shm_barrier,
  .xShmUnmap = shm_unmap,
};

/* The file system */

static int
vfs_open (sqlite3_vfs   *vfs,
          const char    *path,
          sqlite3_file  *base,
          int            flags,
          int           *out_flags)
{
  Handle *handle = (Handle *) base;
  RfiSimDisk *disk = path != NULL ? rfi_sim_disk_of (path) : scratch;
  RfiSimFile *file = NULL;
  char name[32];

  memset (handle, 0, sizeof *handle);
  if (path == NULL)
    {
      static guint n;

      g_snprintf (name, sizeof name, "scratch/%u", ++n);
      path = name;
    }
  if (disk != NULL && !disk->dead)
    file = (flags & SQLITE_OPEN_CREATE) != 0 ? rfi_sim_disk_make (disk, path)
                                             : rfi_sim_disk_find (disk, path);
  if (file == NULL)
    return SQLITE_CANTOPEN;

  handle->disk = disk;
  handle->file = file;
  handle->remove = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  handle->base.pMethods = &methods;
  file->n_open++;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          sync)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);
  RfiSimFile *file = disk != NULL ? rfi_sim_disk_find (disk, path) : NULL;
  RfiSimFate fate;

  if (file == NULL)
    return SQLITE_IOERR_DELETE_NOENT;

  fate = rfi_sim_disk_call (disk, RFI_SIM_CALL_REMOVE);
  if (fate == RFI_SIM_FATE_OK)
    rfi_sim_disk_remove (disk, file);
  return fate_to_code (fate, SQLITE_IOERR_DELETE);
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *path,
            int          flags,
            int         *answer)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);
  const RfiSimFile *file = disk != NULL ? rfi_sim_disk_find (disk, path) : NULL;

  /* As SQLite's own does: an empty file is none where a log is looked for. */
  *answer = file != NULL && (flags != SQLITE_ACCESS_EXISTS || file->bytes->len > 0);
  return SQLITE_OK;
}

static int
vfs_full_path (sqlite3_vfs *vfs,
               const char  *path,
               int          size,
               char        *full)
{
  return g_strlcpy (full, path, (gsize) size) < (gsize) size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int
vfs_randomness (sqlite3_vfs *vfs,
                int          n,
                char        *out)
{
  for (int i = 0; i < n; i++)
    out[i] = sim_random != NULL ? (char) rfi_random_u64 (sim_random) : (char) i;
  return n;
}

/* Nobody waits in real time. */
static int
vfs_sleep (sqlite3_vfs *vfs,
           int          microseconds)
{
  return microseconds;
}

static int
vfs_time64 (sqlite3_vfs   *vfs,
            sqlite3_int64 *now)
{
  *now = JULIAN_1970 + (sim_now != NULL ? *sim_now : 0);
  return SQLITE_OK;
}

static int
vfs_time (sqlite3_vfs *vfs,
          double      *now)
{
  sqlite3_int64 ms;

  vfs_time64 (vfs, &ms);
  *now = (double) ms / 86400000.0;
  return SQLITE_OK;
}

static int
vfs_last_error (sqlite3_vfs *vfs,
                int          n,
                char        *text)
{
  return 0;
}

/* What the programs do with files themselves */

static RfiSimFile *
find (const char  *path,
      RfiSimDisk **disk)
{
  RfiSimFile *file = NULL;

  *disk = rfi_sim_disk_of (path);
  if (*disk != NULL && !(*disk)->dead)
    file = rfi_sim_disk_find (*disk, path);
  errno = *disk != NULL && (*disk)->dead ? EIO : ENOENT;
  return file;
}

static int
sim_touch (const char *path)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);

  errno = EIO;
  return disk != NULL && !disk->dead && rfi_sim_disk_make (disk, path) != NULL ? 0 : -1;
}

static int
sim_lock (const char *path)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);

  errno = EIO;
  return disk != NULL && !disk->dead ? 0 : -1;
}

static void
sim_unlock (int lock)
{
}

static gboolean
sim_exists (const char *path)
{
  RfiSimDisk *disk;

  return find (path, &disk) != NULL;
}

static int
sim_remove (const char *path)
{
  RfiSimDisk *disk;
  RfiSimFile *file = find (path, &disk);

  if (file == NULL)
    return -1;

  rfi_sim_disk_remove (disk, file);
  return 0;
}

static int
sim_rename (const char *from,
            const char *to)
{
  RfiSimDisk *disk;
  RfiSimFile *file = find (from, &disk);

  if (file == NULL)
    return -1;

  rfi_sim_disk_rename (disk, file, to);
  return 0;
}

static const RfiDbFiles sim_files = {
  .vfs = "rfi-sim",
  .lock = sim_lock,
  .unlock = sim_unlock,
  .exists = sim_exists,
  .touch = sim_touch,
  .remove = sim_remove,
  .rename = sim_rename,
};

static sqlite3_vfs sim_vfs = {
  .iVersion = 2,
  .szOsFile = sizeof (Handle),
  .mxPathname = 256,
  .zName = "rfi-sim",
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_path,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_time,
  .xGetLastError = vfs_last_error,
  .xCurrentTimeInt64 = vfs_time64,
};

void
rfi_sim_vfs_install (void)
{
  static gboolean installed;

  if (installed)
    return;

  installed = TRUE;
  scratch = rfi_sim_disk_new ("scratch", 0);
  /* The default too: SQLite seeds its own generator from it, for good. */
  g_assert_cmpint (sqlite3_vfs_register (&sim_vfs, TRUE), ==, SQLITE_OK);
  rfi_db_files_set (&sim_files);
}

/* Smaller pages are less to write, to sum up and to copy; worlds that make their own files have
 * those of the programs. Turning to WAL writes the page that says so. */
static void
set_page_size (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                    rfi_db_files_get ()->vfs), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL", NULL,
                                 NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

void
rfi_sim_vfs_prepare (RfiSimDisk *disk,
                     const char *name,
                     const char *migrations)
{
  static GHashTable *images;
  GPtrArray *image;

  if (images == NULL)
    images = g_hash_table_new (g_str_hash, g_str_equal);
  image = g_hash_table_lookup (images, migrations);
  if (image == NULL)
    {
      g_autoptr(RfiSimDisk) fresh = rfi_sim_disk_new ("fresh", 1);
      g_autofree char *path = g_strconcat ("fresh/", name, NULL);
      RfiRandom *chance = g_steal_pointer (&sim_random);
      RfiDb *db;

      /* The first world goes on with the same numbers as all that find it made. */
      sqlite3_test_control (SQLITE_TESTCTRL_PRNG_SAVE);
      set_page_size (path);
      db = rfi_db_open (path, TRUE, migrations, NULL);
      g_assert_nonnull (db);
      rfi_db_close (db, NULL);
      sqlite3_test_control (SQLITE_TESTCTRL_PRNG_RESTORE);
      sim_random = chance;
      image = rfi_sim_disk_copy (fresh);
      g_hash_table_insert (images, (gpointer) migrations, image);
    }
  rfi_sim_disk_restore (disk, image);
}

void
rfi_sim_vfs_set (RfiRandom    *random,
                 const gint64 *now)
{
  sim_random = random;
  sim_now = now;
  /* SQLite's generator is seeded once; without a reset the second run of a seed would go on where
   * the first one ended. */
  sqlite3_test_control (SQLITE_TESTCTRL_PRNG_RESET);
  sqlite3_randomness (0, NULL);
}
