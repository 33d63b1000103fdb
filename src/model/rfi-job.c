/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job"

#include "config.h"

#include "rfi-job.h"

#include "rfi-text-pool.h"

#include <string.h>

/* With an id of 36 letters behind it a job is to fit into 216 bytes: the next larger piece that
 * glibc gives has 232. */
G_STATIC_ASSERT (sizeof (RfiJob) <= 176);
G_STATIC_ASSERT (RFI_N_STATUSES <= 1 << 3 && RFI_N_PRIORITIES <= 1 << 2);

G_DEFINE_BOXED_TYPE (RfiJob, rfi_job, rfi_job_ref, rfi_job_unref)

/* Where the text lies: packed behind the struct, or interned once for all jobs. */
static const size_t packed_fields[] = {
  G_STRUCT_OFFSET (RfiJob, id),
  G_STRUCT_OFFSET (RfiJob, location_json),
};
#define N_REQUIRED_PACKED 1
#define N_PACKED (G_N_ELEMENTS (packed_fields) + 1)

static const size_t interned_fields[] = {
  G_STRUCT_OFFSET (RfiJob, vendor_id),       G_STRUCT_OFFSET (RfiJob, created_by),
  G_STRUCT_OFFSET (RfiJob, title),           G_STRUCT_OFFSET (RfiJob, description),
  G_STRUCT_OFFSET (RfiJob, address),         G_STRUCT_OFFSET (RfiJob, store_name),
  G_STRUCT_OFFSET (RfiJob, city),            G_STRUCT_OFFSET (RfiJob, state),
  G_STRUCT_OFFSET (RfiJob, zip_code),        G_STRUCT_OFFSET (RfiJob, created_by_name),
  G_STRUCT_OFFSET (RfiJob, assigned_to),     G_STRUCT_OFFSET (RfiJob, assigned_to_name),
};
#define N_REQUIRED_INTERNED 9

static const char **
text_at (const RfiJob *job,
         size_t        offset)
{
  return (const char **) ((char *) job + offset);
}

/* The texts behind the struct, in their order; the last one is the etag's. */
static guint
list_packed (const RfiJob  *job,
             const char   **texts)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (packed_fields); i++)
    {
      const char *text = *text_at (job, packed_fields[i]);

      if (text == NULL && i < N_REQUIRED_PACKED)
        text = "";
      texts[n++] = text;
    }
  texts[n++] = rfi_etag_get_kept (job->etag);
  return n;
}

static size_t
packed_size (const char *const *texts,
             guint              n_texts)
{
  size_t size = 0;

  for (guint i = 0; i < n_texts; i++)
    if (texts[i] != NULL)
      size += strlen (texts[i]) + 1;

  return size;
}

/* Copies the texts behind @self, which is as long as that. */
static void
pack (RfiJob             *self,
      const char *const  *texts,
      guint               n_texts)
{
  char *at = (char *) (self + 1);

  for (guint i = 0; i < n_texts; i++)
    {
      size_t size = texts[i] != NULL ? strlen (texts[i]) + 1 : 0;
      const char *text = size > 0 ? memcpy (at, texts[i], size) : NULL;

      if (i < G_N_ELEMENTS (packed_fields))
        *text_at (self, packed_fields[i]) = text;
      else if (text != NULL)
        self->etag = rfi_etag (text);
      at += size;
    }
}

RfiJob *
rfi_job_new (const RfiJob *template)
{
  const char **interned[G_N_ELEMENTS (interned_fields)];
  const char *packed[N_PACKED];
  RfiJob *self;
  guint n_packed;

  g_return_val_if_fail (template != NULL, NULL);

  n_packed = list_packed (template, packed);
  self = g_malloc (sizeof (RfiJob) + packed_size (packed, n_packed));
  *self = *template;
  pack (self, packed, n_packed);

  for (guint i = 0; i < G_N_ELEMENTS (interned_fields); i++)
    {
      interned[i] = text_at (self, interned_fields[i]);
      if (*interned[i] == NULL && i < N_REQUIRED_INTERNED)
        *interned[i] = "";
    }
  rfi_text_pool_take (interned, G_N_ELEMENTS (interned));

  if (self->photos != NULL)
    g_ptr_array_ref (self->photos);
  if (self->extra != NULL)
    rfi_job_extra_ref (self->extra);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiJob *
rfi_job_ref (RfiJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_job_unref (RfiJob *self)
{
  const char **interned[G_N_ELEMENTS (interned_fields)];

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (interned_fields); i++)
    interned[i] = text_at (self, interned_fields[i]);
  rfi_text_pool_release (interned, G_N_ELEMENTS (interned));

  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->extra, rfi_job_extra_unref);
  g_free (self);
}

RfiJob *
rfi_job_apply (RfiJob         *self,
               const RfiPatch *patch)
{
  static const struct {
    RfiField field;
    size_t   offset;
  } texts[] = {
    { RFI_FIELD_TITLE, G_STRUCT_OFFSET (RfiJob, title) },
    { RFI_FIELD_DESCRIPTION, G_STRUCT_OFFSET (RfiJob, description) },
    { RFI_FIELD_STORE_NAME, G_STRUCT_OFFSET (RfiJob, store_name) },
    { RFI_FIELD_ADDRESS, G_STRUCT_OFFSET (RfiJob, address) },
    { RFI_FIELD_CITY, G_STRUCT_OFFSET (RfiJob, city) },
    { RFI_FIELD_STATE, G_STRUCT_OFFSET (RfiJob, state) },
    { RFI_FIELD_ZIP_CODE, G_STRUCT_OFFSET (RfiJob, zip_code) },
  };
  RfiJob changed = *self;
  RfiStatus status;
  RfiPriority priority;
  RfiJob *job;
  const char *assigned_to = rfi_patch_get (patch, RFI_FIELD_ASSIGNED_TO);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (rfi_patch_has (patch, texts[i].field))
      *text_at (&changed, texts[i].offset) = rfi_patch_get (patch, texts[i].field);

  if (rfi_patch_has (patch, RFI_FIELD_PRIORITY) &&
      rfi_priority_from_string (rfi_patch_get (patch, RFI_FIELD_PRIORITY), &priority))
    changed.priority = priority;
  if (rfi_patch_has (patch, RFI_FIELD_STATUS) &&
      rfi_status_from_string (rfi_patch_get (patch, RFI_FIELD_STATUS), &status))
    changed.status = status;

  if (assigned_to != NULL && g_strcmp0 (assigned_to, self->assigned_to) != 0)
    {
      changed.assigned_to = *assigned_to != '\0' ? assigned_to : NULL;
      changed.assigned_to_name = NULL;
    }

  changed.extra = rfi_job_extra_apply (self->extra, patch);
  job = rfi_job_new (&changed);
  g_clear_pointer (&changed.extra, rfi_job_extra_unref);
  return job;
}

const char *
rfi_job_get_field (const RfiJob *self,
                   RfiField      field)
{
  if (field >= RFI_N_CONTRACT_FIELDS)
    return rfi_job_extra_get (self->extra, field);

  switch ((int) field)
    {
    case RFI_FIELD_TITLE:
      return self->title;
    case RFI_FIELD_DESCRIPTION:
      return self->description;
    case RFI_FIELD_PRIORITY:
      return rfi_priority_to_string (self->priority);
    case RFI_FIELD_STATUS:
      return rfi_status_to_string (self->status);
    case RFI_FIELD_ASSIGNED_TO:
      return self->assigned_to != NULL ? self->assigned_to : "";
    case RFI_FIELD_STORE_NAME:
      return self->store_name;
    case RFI_FIELD_ADDRESS:
      return self->address;
    case RFI_FIELD_CITY:
      return self->city;
    case RFI_FIELD_STATE:
      return self->state;
    case RFI_FIELD_ZIP_CODE:
      return self->zip_code;
    default:
      g_return_val_if_reached ("");
    }
}

guint64
rfi_job_keep_status_at (gint64 ms)
{
  return ms > 0 && ms >> RFI_JOB_STATUS_AT_BITS == 0 ? (guint64) ms : 0;
}

gint64
rfi_job_get_status_at (const RfiJob *self)
{
  return self->status_at != 0 ? (gint64) self->status_at : self->updated_at;
}

RfiPatch *
rfi_job_to_patch (const RfiJob *self)
{
  RfiPatch *patch = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_patch_set (patch, (RfiField) i, rfi_job_get_field (self, (RfiField) i));

  return patch;
}

gboolean
rfi_job_equal (const RfiJob *a,
               const RfiJob *b)
{
  for (guint i = 0; i < RFI_N_CONTRACT_FIELDS; i++)
    if (strcmp (rfi_job_get_field (a, (RfiField) i), rfi_job_get_field (b, (RfiField) i)) != 0)
      return FALSE;

  return strcmp (a->id, b->id) == 0 && a->updated_at == b->updated_at &&
         a->created_at == b->created_at && a->n_photos == b->n_photos &&
         rfi_job_extra_equal (a->extra, b->extra) &&
         strcmp (a->vendor_id, b->vendor_id) == 0 &&
         g_strcmp0 (a->assigned_to_name, b->assigned_to_name) == 0 &&
         g_strcmp0 (a->created_by_name, b->created_by_name) == 0;
}
