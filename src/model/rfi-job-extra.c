/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-extra"

#include "config.h"

#include "rfi-job-extra.h"

#include <string.h>

struct _RfiJobExtra
{
  gatomicrefcount  ref_count;
  const char      *values[RFI_N_EXTRA_FIELDS];  /* packed behind the struct, or "" */
};

static gboolean
is_empty (const char *value)
{
  return value == NULL || *value == '\0';
}

const RfiJobExtra *
rfi_job_extra_new (const char *const *values)
{
  RfiJobExtra *self;
  gsize size = 0;
  char *at;

  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    if (!is_empty (values[i]))
      size += strlen (values[i]) + 1;
  if (size == 0)
    return NULL;

  self = g_malloc (sizeof (RfiJobExtra) + size);
  g_atomic_ref_count_init (&self->ref_count);
  at = (char *) (self + 1);
  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      self->values[i] = "";
      if (!is_empty (values[i]))
        {
          size = strlen (values[i]) + 1;
          self->values[i] = memcpy (at, values[i], size);
          at += size;
        }
    }

  return self;
}

/* Its content is constant, its count is not. */
const RfiJobExtra *
rfi_job_extra_ref (const RfiJobExtra *self)
{
  g_atomic_ref_count_inc (&((RfiJobExtra *) self)->ref_count);
  return self;
}

void
rfi_job_extra_unref (const RfiJobExtra *self)
{
  if (g_atomic_ref_count_dec (&((RfiJobExtra *) self)->ref_count))
    g_free ((RfiJobExtra *) self);
}

const char *
rfi_job_extra_get (const RfiJobExtra *self,
                   RfiField           field)
{
  g_return_val_if_fail (field >= RFI_N_CONTRACT_FIELDS && field < RFI_N_FIELDS, "");

  return self != NULL ? self->values[field - RFI_N_CONTRACT_FIELDS] : "";
}

const RfiJobExtra *
rfi_job_extra_apply (const RfiJobExtra *self,
                     const RfiPatch    *patch)
{
  const char *values[RFI_N_EXTRA_FIELDS];
  gboolean changed = FALSE;

  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      RfiField field = (RfiField) (RFI_N_CONTRACT_FIELDS + i);
      const char *value = rfi_patch_get (patch, field);

      values[i] = value != NULL ? value : rfi_job_extra_get (self, field);
      changed |= value != NULL;
    }

  if (!changed)
    return self != NULL ? rfi_job_extra_ref (self) : NULL;

  return rfi_job_extra_new (values);
}
