/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-extra"

#include "config.h"

#include "rfi-job-extra.h"

#include <string.h>

/* Many jobs have few of the values: those that are there lie one behind the other, with their ends,
 * and are counted off. */
struct _RfiJobExtra
{
  gatomicrefcount ref_count;
  guint16         present;  /* bits, by field */
  char            texts[];
};

G_STATIC_ASSERT (RFI_N_EXTRA_FIELDS <= 16);

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

  self = g_malloc (G_STRUCT_OFFSET (RfiJobExtra, texts) + size);
  g_atomic_ref_count_init (&self->ref_count);
  self->present = 0;
  at = self->texts;
  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    if (!is_empty (values[i]))
      {
        self->present |= (guint16) (1u << i);
        at = g_stpcpy (at, values[i]) + 1;
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
  guint number = (guint) field - RFI_N_CONTRACT_FIELDS;
  const char *at;

  g_return_val_if_fail (number < RFI_N_EXTRA_FIELDS, "");

  if (self == NULL || (self->present >> number & 1) == 0)
    return "";

  at = self->texts;
  for (guint i = 0; i < number; i++)
    if ((self->present >> i & 1) != 0)
      at += strlen (at) + 1;

  return at;
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
