/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-interpose"

#include "config.h"

#include "rfi-sim-disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* What the programs ask of GLib for files beside the database, and for threads: files below a
 * machine's name are on its disk, and what another thread would do is done by the main loop.
 */

typedef gboolean (*GetContents) (const char  *path,
                                 char       **contents,
                                 gsize       *length,
                                 GError     **error);
typedef gboolean (*SetContents) (const char            *path,
                                 const char            *contents,
                                 gssize                 length,
                                 GFileSetContentsFlags  flags,
                                 int                    mode,
                                 GError               **error);

static gboolean
fail (GError     **error,
      GFileError   code,
      const char  *path)
{
  g_set_error (error, G_FILE_ERROR, code, "%s: simulated", path);
  return FALSE;
}

gboolean
g_file_get_contents (const char  *path,
                     char       **contents,
                     gsize       *length,
                     GError     **error)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);
  const RfiSimFile *file = disk != NULL ? rfi_sim_disk_find (disk, path) : NULL;

  if (disk == NULL)
    return ((GetContents) dlsym (RTLD_NEXT, "g_file_get_contents")) (path, contents, length,
                                                                     error);
  if (rfi_sim_disk_call (disk, RFI_SIM_CALL_READ) != RFI_SIM_FATE_OK)
    return fail (error, G_FILE_ERROR_IO, path);
  if (file == NULL)
    return fail (error, G_FILE_ERROR_NOENT, path);

  *contents = g_strndup ((const char *) file->bytes->data, file->bytes->len);
  memcpy (*contents, file->bytes->data, file->bytes->len);
  if (length != NULL)
    *length = file->bytes->len;
  return TRUE;
}

/* A new file beside it, made safe if that is asked for, and then in its place. */
gboolean
g_file_set_contents_full (const char             *path,
                          const char             *contents,
                          gssize                  length,
                          GFileSetContentsFlags   flags,
                          int                     mode,
                          GError                **error)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);
  g_autofree char *beside = g_strconcat (path, ".new", NULL);
  gsize size = length < 0 ? strlen (contents) : (gsize) length;
  RfiSimFile *file;

  if (disk == NULL)
    return ((SetContents) dlsym (RTLD_NEXT, "g_file_set_contents_full")) (path, contents, length,
                                                                          flags, mode, error);
  if (rfi_sim_disk_call (disk, RFI_SIM_CALL_WRITE) != RFI_SIM_FATE_OK)
    return fail (error, G_FILE_ERROR_IO, path);

  file = rfi_sim_disk_make (disk, beside);
  rfi_sim_file_resize (file, 0);
  if (!rfi_sim_file_write (disk, file, contents, size, 0))
    return fail (error, G_FILE_ERROR_NOSPC, path);
  if ((flags & G_FILE_SET_CONTENTS_DURABLE) != 0)
    {
      if (rfi_sim_disk_call (disk, RFI_SIM_CALL_SYNC) != RFI_SIM_FATE_OK)
        return fail (error, G_FILE_ERROR_IO, path);
      rfi_sim_file_sync (file);
    }

  rfi_sim_disk_rename (disk, file, path);
  return TRUE;
}

int
g_unlink (const char *path)
{
  RfiSimDisk *disk = rfi_sim_disk_of (path);
  RfiSimFile *file = disk != NULL ? rfi_sim_disk_find (disk, path) : NULL;

  if (disk == NULL)
    return unlink (path);
  if (file == NULL || rfi_sim_disk_call (disk, RFI_SIM_CALL_REMOVE) != RFI_SIM_FATE_OK)
    {
      errno = file == NULL ? ENOENT : EIO;
      return -1;
    }

  rfi_sim_disk_remove (disk, file);
  return 0;
}

/* Threads */

typedef struct
{
  GTask           *task;  /* (owned) */
  GTaskThreadFunc  func;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->task);
  g_free (work);
}

static gboolean
work_cb (gpointer data)
{
  Work *work = data;

  work->func (work->task, g_task_get_source_object (work->task),
              g_task_get_task_data (work->task), g_task_get_cancellable (work->task));
  return G_SOURCE_REMOVE;
}

void
g_task_run_in_thread (GTask           *task,
                      GTaskThreadFunc  func)
{
  Work *work = g_new (Work, 1);

  work->task = g_object_ref (task);
  work->func = func;
  g_idle_add_full (G_PRIORITY_DEFAULT, work_cb, work, work_free);
}
