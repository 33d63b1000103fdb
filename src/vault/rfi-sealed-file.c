/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sealed-file"

#include "config.h"

#include "rfi-sealed-file.h"

#include "rfi-vault.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* No picture begins like this. */
static const guint8 mark[8] = { 'R', 'F', 'I', 's', 'e', 'a', 'l', '1' };

gboolean
rfi_sealed_file_write (RfiSeal     *seal,
                       const char  *path,
                       GBytes      *content,
                       GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  RfiSealPlace place = { "file", name, 0 };
  gsize size;
  const guint8 *bytes = g_bytes_get_data (content, &size);
  gsize sealed_size = sizeof mark + size + RFI_SEAL_OVERHEAD;
  g_autofree guint8 *sealed = g_malloc (sealed_size);

  memcpy (sealed, mark, sizeof mark);
  rfi_seal_close (seal, &place, bytes, size, sealed + sizeof mark);
  return g_file_set_contents_full (path, (const char *) sealed, (gssize) sealed_size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

GBytes *
rfi_sealed_file_read (RfiSeal     *seal,
                      const char  *path,
                      GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  RfiSealPlace place = { "file", name, 0 };
  g_autofree char *sealed = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize size;

  if (!g_file_get_contents (path, &sealed, &size, error))
    return NULL;
  if (size < sizeof mark + RFI_SEAL_OVERHEAD || memcmp (sealed, mark, sizeof mark) != 0)
    {
      g_set_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FORGED, "%s is not sealed", path);
      return NULL;
    }

  size -= sizeof mark;
  bytes = g_malloc (size);
  if (!rfi_seal_open (seal, &place, (const guint8 *) sealed + sizeof mark, size, bytes, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&bytes), size - RFI_SEAL_OVERHEAD);
}

gboolean
rfi_sealed_file_is_sealed (const char *path)
{
  guint8 start[sizeof mark];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean sealed = FALSE;

  if (fd < 0)
    return FALSE;

  sealed = read (fd, start, sizeof start) == (gssize) sizeof start &&
           memcmp (start, mark, sizeof mark) == 0;
  g_close (fd, NULL);
  return sealed;
}
