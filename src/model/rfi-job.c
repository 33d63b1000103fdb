/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job"

#include "config.h"

#include "rfi-job.h"

#include "rfi-text-pool.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (RfiJob, rfi_job, rfi_job_ref, rfi_job_unref)

/* Where the text lies: packed behind the struct, or interned once for all jobs. */
static const size_t packed_fields[] = {
  G_STRUCT_OFFSET (RfiJob, id),           G_STRUCT_OFFSET (RfiJob, title),
  G_STRUCT_OFFSET (RfiJob, description),  G_STRUCT_OFFSET (RfiJob, address),
  G_STRUCT_OFFSET (RfiJob, location_json), G_STRUCT_OFFSET (RfiJob, operation_id),
  G_STRUCT_OFFSET (RfiJob, etag),
};
#define N_REQUIRED_PACKED 4

static const size_t interned_fields[] = {
  G_STRUCT_OFFSET (RfiJob, tenant_id),       G_STRUCT_OFFSET (RfiJob, vendor_id),
  G_STRUCT_OFFSET (RfiJob, created_by),      G_STRUCT_OFFSET (RfiJob, store_name),
  G_STRUCT_OFFSET (RfiJob, city),            G_STRUCT_OFFSET (RfiJob, state),
  G_STRUCT_OFFSET (RfiJob, zip_code),        G_STRUCT_OFFSET (RfiJob, created_by_name),
  G_STRUCT_OFFSET (RfiJob, assigned_to),     G_STRUCT_OFFSET (RfiJob, assigned_to_name),
};
#define N_REQUIRED_INTERNED 7

static const char **
text_at (const RfiJob *job,
         size_t        offset)
{
  return (const char **) ((char *) job + offset);
}

static size_t
packed_size (const RfiJob *template)
{
  size_t size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (packed_fields); i++)
    {
      const char *text = *text_at (template, packed_fields[i]);

      if (text != NULL)
        size += strlen (text) + 1;
      else if (i < N_REQUIRED_PACKED)
        size += 1;
    }

  return size;
}

RfiJob *
rfi_job_new (const RfiJob *template)
{
  const char **interned[G_N_ELEMENTS (interned_fields)];
  RfiJob *self;
  char *at;

  g_return_val_if_fail (template != NULL, NULL);

  self = g_malloc (sizeof (RfiJob) + packed_size (template));
  *self = *template;
  at = (char *) (self + 1);

  for (guint i = 0; i < G_N_ELEMENTS (packed_fields); i++)
    {
      const char **text = text_at (self, packed_fields[i]);

      if (*text == NULL && i < N_REQUIRED_PACKED)
        *text = "";
      if (*text != NULL)
        {
          size_t size = strlen (*text) + 1;

          *text = memcpy (at, *text, size);
          at += size;
        }
    }

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
  RfiJob *job;
  const char *assigned_to = rfi_patch_get (patch, RFI_FIELD_ASSIGNED_TO);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (rfi_patch_has (patch, texts[i].field))
      *text_at (&changed, texts[i].offset) = rfi_patch_get (patch, texts[i].field);

  if (rfi_patch_has (patch, RFI_FIELD_PRIORITY))
    rfi_priority_from_string (rfi_patch_get (patch, RFI_FIELD_PRIORITY), &changed.priority);
  if (rfi_patch_has (patch, RFI_FIELD_STATUS))
    rfi_status_from_string (rfi_patch_get (patch, RFI_FIELD_STATUS), &changed.status);

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
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (strcmp (rfi_job_get_field (a, (RfiField) i), rfi_job_get_field (b, (RfiField) i)) != 0)
      return FALSE;

  return strcmp (a->id, b->id) == 0 && a->updated_at == b->updated_at &&
         a->created_at == b->created_at && a->n_photos == b->n_photos &&
         strcmp (a->vendor_id, b->vendor_id) == 0 &&
         g_strcmp0 (a->assigned_to_name, b->assigned_to_name) == 0 &&
         g_strcmp0 (a->created_by_name, b->created_by_name) == 0;
}
