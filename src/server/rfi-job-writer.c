/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-writer"

#include "config.h"

#include "rfi-job-writer.h"

#include "rfi-server-context.h"
#include "rfi-server-photos.h"

struct _RfiJobWriter
{
  RfiDb           *db;      /* unowned */
  RfiPhotoFiles   *photos;  /* unowned */
  char            *base;    /* (owned) */
  gint64           now;     /* seconds since 1970 */
  RfiWireJobFlags  flags;
  GString         *out;     /* unowned */
  gboolean         first;
};

RfiJobWriter *
rfi_job_writer_new (RfiExchange     *exchange,
                    RfiDb           *db,
                    RfiWireJobFlags  flags)
{
  RfiJobWriter *self = g_new0 (RfiJobWriter, 1);

  self->db = db;
  self->photos = rfi_server_store_get_photos (exchange->context->store);
  self->base = rfi_exchange_get_base (exchange);
  self->now = g_get_real_time () / G_USEC_PER_SEC;
  self->flags = flags;
  return self;
}

void
rfi_job_writer_free (RfiJobWriter *self)
{
  g_free (self->base);
  g_free (self);
}

void
rfi_job_writer_begin (RfiJobWriter *self,
                      GString      *out)
{
  self->out = out;
  self->first = TRUE;
  g_string_append (out, "{\"data\":[");
}

void
rfi_job_writer_set_out (RfiJobWriter *self,
                        GString      *out)
{
  self->out = out;
}

/* Returns: (transfer full) */
static GPtrArray *
load_photos (RfiJobWriter  *self,
             const RfiJob  *job,
             GError       **error)
{
  GPtrArray *photos = rfi_server_photos_list (self->db, job->id, error);
  guint n_signed;

  if (photos == NULL)
    return NULL;

  n_signed = (self->flags & RFI_WIRE_JOB_PHOTO_URLS) != 0 ? photos->len
             : (self->flags & RFI_WIRE_JOB_THUMBNAIL) != 0 ? MIN (photos->len, 1)
                                                           : 0;
  for (guint i = 0; i < n_signed; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);
      g_autofree char *name = rfi_photo_files_name (job, photo);

      photo->url = rfi_photo_files_sign (self->photos, self->base, name, self->now);
    }

  return photos;
}

static gboolean
append_job (RfiJobWriter  *self,
            const RfiJob  *job,
            GError       **error)
{
  g_autoptr(GPtrArray) photos = NULL;
  RfiJob with_photos;

  if (job->n_photos == 0)
    {
      rfi_wire_job_append (self->out, job, self->flags);
      return TRUE;
    }

  photos = load_photos (self, job, error);
  if (photos == NULL)
    return FALSE;

  with_photos = *job;
  with_photos.photos = photos;
  rfi_wire_job_append (self->out, &with_photos, self->flags);
  return TRUE;
}

gboolean
rfi_job_writer_append (const RfiJob  *job,
                       gpointer       writer,
                       GError       **error)
{
  RfiJobWriter *self = writer;

  if (!self->first)
    g_string_append_c (self->out, ',');
  self->first = FALSE;
  return append_job (self, job, error);
}

gboolean
rfi_job_writer_append_one (RfiJobWriter  *self,
                           GString       *out,
                           const RfiJob  *job,
                           GError       **error)
{
  self->out = out;
  g_string_append (out, "{\"data\":");
  if (!append_job (self, job, error))
    return FALSE;

  g_string_append_c (out, '}');
  return TRUE;
}
