/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-files"

#include "config.h"

#include "rfi-photo-files.h"

#include "rfi-server-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PHOTOS_PATH  "/photos/"
#define SIGN_VERSION "2024-11-04"
#define LIFETIME     3600

/* Times are rounded to this, so that the same picture keeps its address for some minutes and
 * can be cached by it. */
#define ROUND_TO     300

struct _RfiPhotoFiles
{
  char   *dir;       /* (owned) */
  char   *incoming;  /* (owned) */
  GBytes *key;       /* (owned): of the signatures */
};

static void
empty_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;

  for (name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
}

static gboolean
fail (GError     **error,
      const char  *what,
      const char  *path)
{
  int saved = errno;
  int code = saved == ENOSPC || saved == EDQUOT ? RFI_SERVER_ERROR_FULL : RFI_SERVER_ERROR_FAILED;

  g_set_error (error, RFI_SERVER_ERROR, code, "%s %s: %s", what, path, g_strerror (saved));
  return FALSE;
}

RfiPhotoFiles *
rfi_photo_files_new (const char  *dir,
                     GBytes      *secret,
                     GError     **error)
{
  static const char purpose[] = "photo addresses";
  g_autoptr(RfiPhotoFiles) self = g_new0 (RfiPhotoFiles, 1);
  g_autoptr(GHmac) hmac =
    g_hmac_new (G_CHECKSUM_SHA256, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) purpose, -1);
  g_hmac_get_digest (hmac, digest, &length);
  self->key = g_bytes_new (digest, length);
  self->dir = g_strdup (dir);
  self->incoming = g_build_filename (dir, "incoming", NULL);
  if (g_mkdir_with_parents (self->incoming, 0700) != 0)
    {
      fail (error, "Cannot make", self->incoming);
      return NULL;
    }

  empty_dir (self->incoming);
  return g_steal_pointer (&self);
}

void
rfi_photo_files_free (RfiPhotoFiles *self)
{
  g_free (self->dir);
  g_free (self->incoming);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

const char *
rfi_photo_files_sniff (GBytes *content)
{
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a };
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  if (size > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0)
    return "image/jpeg";
  if (size > sizeof png && memcmp (data, png, sizeof png) == 0)
    return "image/png";

  return NULL;
}

static gboolean
write_all (int     fd,
           GBytes *content)
{
  gsize left;
  const guint8 *data = g_bytes_get_data (content, &left);

  while (left > 0)
    {
      gssize n = write (fd, data, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      left -= (gsize) n;
    }

  return TRUE;
}

gboolean
rfi_photo_files_write (RfiPhotoFiles  *self,
                       const char     *photo_id,
                       GBytes         *content,
                       gboolean        durable,
                       GError        **error)
{
  g_autofree char *path = g_build_filename (self->incoming, photo_id, NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    return fail (error, "Cannot make", path);

  written = write_all (fd, content) && (!durable || fsync (fd) == 0);
  if (!written)
    fail (error, "Cannot write", path);
  if (close (fd) != 0 && written)
    written = fail (error, "Cannot close", path);
  if (!written)
    g_unlink (path);
  return written;
}

static const char *
suffix_of (const char *mime_type)
{
  return strcmp (mime_type, "image/png") == 0 ? "png" : "jpg";
}

/* The ids are random, so their beginnings spread files over 256 folders. */
static char *
path_of (RfiPhotoFiles *self,
         const char    *photo_id,
         const char    *suffix)
{
  return g_strdup_printf ("%s/%.2s/%s.%s", self->dir, photo_id, photo_id, suffix);
}

static void
flush_dir (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("Cannot flush %s: %s", path, g_strerror (errno));
  close (fd);
}

gboolean
rfi_photo_files_keep (RfiPhotoFiles   *self,
                      const RfiPhoto  *photo,
                      gboolean         durable,
                      GError         **error)
{
  g_autofree char *from = g_build_filename (self->incoming, photo->id, NULL);
  g_autofree char *to = path_of (self, photo->id, suffix_of (photo->mime_type));
  g_autofree char *dir = g_path_get_dirname (to);

  if (g_rename (from, to) != 0)
    {
      if (errno != ENOENT || g_mkdir (dir, 0700) != 0 || g_rename (from, to) != 0)
        return fail (error, "Cannot make", to);
      if (durable)
        flush_dir (self->dir);
    }

  if (durable)
    flush_dir (dir);
  return TRUE;
}

gboolean
rfi_photo_files_share (RfiPhotoFiles   *self,
                       const RfiPhoto  *from,
                       const RfiPhoto  *photo,
                       GError         **error)
{
  g_autofree char *source = path_of (self, from->id, suffix_of (from->mime_type));
  g_autofree char *to = path_of (self, photo->id, suffix_of (photo->mime_type));
  g_autofree char *dir = g_path_get_dirname (to);

  if (link (source, to) == 0)
    return TRUE;
  if (errno == ENOENT && g_mkdir (dir, 0700) == 0 && link (source, to) == 0)
    return TRUE;

  return fail (error, "Cannot make", to);
}

void
rfi_photo_files_discard (RfiPhotoFiles *self,
                         const char    *photo_id)
{
  g_autofree char *path = g_build_filename (self->incoming, photo_id, NULL);

  g_unlink (path);
}

void
rfi_photo_files_remove (RfiPhotoFiles  *self,
                        const RfiPhoto *photo)
{
  g_autofree char *path = path_of (self, photo->id, suffix_of (photo->mime_type));

  if (g_unlink (path) != 0 && errno != ENOENT)
    g_warning ("A deleted photo's file stays: %s", g_strerror (errno));
}

char *
rfi_photo_files_name (const RfiJob   *job,
                      const RfiPhoto *photo)
{
  return g_strdup_printf ("%s/%s/%s.%s", job->vendor_id, job->id, photo->id,
                          suffix_of (photo->mime_type));
}

static char *
make_signature (RfiPhotoFiles *self,
                const char    *blob_name,
                const char    *start,
                const char    *end)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, g_bytes_get_data (self->key, NULL),
                                      g_bytes_get_size (self->key));
  const char * const parts[] = { "r", start, end, blob_name, SIGN_VERSION };
  guint8 digest[32];
  gsize length = sizeof digest;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_hmac_update (hmac, (const guchar *) parts[i], -1);
      g_hmac_update (hmac, (const guchar *) "\n", 1);
    }
  g_hmac_get_digest (hmac, digest, &length);
  return g_base64_encode (digest, length);
}

static void
format_time (gint64  seconds,
             char   *text)
{
  time_t time = (time_t) seconds;
  struct tm parts;

  gmtime_r (&time, &parts);
  strftime (text, sizeof "2026-11-21T08:12:22Z", "%Y-%m-%dT%H:%M:%SZ", &parts);
}

gint64
rfi_photo_files_round (gint64 now)
{
  return now - now % ROUND_TO;
}

char *
rfi_photo_files_sign (RfiPhotoFiles *self,
                      const char    *base,
                      const char    *blob_name,
                      gint64         now)
{
  gint64 rounded = rfi_photo_files_round (now);
  char start[sizeof "2026-11-21T08:12:22Z"];
  char end[sizeof start];
  g_autofree char *signature = NULL;
  g_autofree char *escaped_signature = NULL;
  g_autofree char *escaped_name =
    g_uri_escape_string (blob_name, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, FALSE);

  format_time (rounded - ROUND_TO, start);
  format_time (rounded + ROUND_TO + LIFETIME, end);
  signature = make_signature (self, blob_name, start, end);
  escaped_signature = g_uri_escape_string (signature, NULL, FALSE);
  return g_strdup_printf ("%s" PHOTOS_PATH "%s?sv=" SIGN_VERSION "&st=%s&se=%s&sr=b&sp=r&sig=%s",
                          base, escaped_name, start, end, escaped_signature);
}

static gboolean
equal_secretly (const char *a,
                const char *b)
{
  size_t length = strlen (a);
  guint difference = 0;

  if (length != strlen (b))
    return FALSE;
  for (size_t i = 0; i < length; i++)
    difference |= (guint) (guchar) (a[i] ^ b[i]);
  return difference == 0;
}

gboolean
rfi_photo_files_check (RfiPhotoFiles *self,
                       const char    *blob_name,
                       GHashTable    *query,
                       gint64         now)
{
  const char *start = g_hash_table_lookup (query, "st");
  const char *end = g_hash_table_lookup (query, "se");
  const char *signature = g_hash_table_lookup (query, "sig");
  g_autofree char *wanted = NULL;
  char text[sizeof "2026-11-21T08:12:22Z"];

  if (start == NULL || end == NULL || signature == NULL ||
      g_strcmp0 (g_hash_table_lookup (query, "sv"), SIGN_VERSION) != 0 ||
      g_strcmp0 (g_hash_table_lookup (query, "sr"), "b") != 0 ||
      g_strcmp0 (g_hash_table_lookup (query, "sp"), "r") != 0)
    return FALSE;

  wanted = make_signature (self, blob_name, start, end);
  if (!equal_secretly (signature, wanted))
    return FALSE;

  /* The signature is ours, so the times are of fixed width and compare as text. */
  format_time (now, text);
  return strcmp (start, text) <= 0 && strcmp (text, end) < 0;
}

GBytes *
rfi_photo_files_open (RfiPhotoFiles  *self,
                      const char     *blob_name,
                      const char    **mime_type,
                      GError        **error)
{
  g_autofree char *file = g_path_get_basename (blob_name);
  g_autofree char *path = NULL;
  g_autoptr(GMappedFile) mapped = NULL;
  char *dot = strrchr (file, '.');

  if (dot == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "Not the name of a photo");
      return NULL;
    }

  *dot = '\0';
  path = path_of (self, file, dot + 1);
  *mime_type = strcmp (dot + 1, "png") == 0 ? "image/png" : "image/jpeg";
  mapped = g_mapped_file_new (path, FALSE, error);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}
