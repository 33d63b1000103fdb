/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-db-files"

#include "config.h"

#include "rfi-db-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static int
system_lock (const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  int lock = -1;

  if (g_mkdir_with_parents (dir, 0700) == 0)
    lock = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock < 0 || flock (lock, LOCK_EX | LOCK_NB) == 0)
    return lock;

  close (lock);
  errno = EWOULDBLOCK;
  return -1;
}

static void
system_unlock (int lock)
{
  close (lock);
}

static gboolean
system_exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static int
system_touch (const char *path)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  return fd >= 0 ? close (fd) : -1;
}

static int
system_remove (const char *path)
{
  return g_unlink (path);
}

static int
system_rename (const char *from,
               const char *to)
{
  return g_rename (from, to);
}

static const RfiDbFiles system_files = {
  .lock = system_lock,
  .unlock = system_unlock,
  .exists = system_exists,
  .touch = system_touch,
  .remove = system_remove,
  .rename = system_rename,
};

static const RfiDbFiles *current = &system_files;

void
rfi_db_files_set (const RfiDbFiles *files)
{
  current = files;
}

const RfiDbFiles *
rfi_db_files_get (void)
{
  return current;
}
