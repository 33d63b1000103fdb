/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo"

#include "config.h"

#include "rfi-photo.h"

G_DEFINE_BOXED_TYPE (RfiPhoto, rfi_photo, rfi_photo_ref, rfi_photo_unref)

RfiPhoto *
rfi_photo_new (const RfiPhoto *template)
{
  RfiPhoto *self = g_new0 (RfiPhoto, 1);

  self->id = g_strdup (template->id);
  self->file_name = g_strdup (template->file_name);
  self->mime_type = g_strdup (template->mime_type);
  self->size = template->size;
  self->uploaded_by = g_strdup (template->uploaded_by);
  self->uploaded_at = template->uploaded_at;
  self->url = g_strdup (template->url);
  self->waiting = template->waiting;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiPhoto *
rfi_photo_ref (RfiPhoto *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_photo_unref (RfiPhoto *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->file_name);
  g_free (self->mime_type);
  g_free (self->uploaded_by);
  g_free (self->url);
  g_free (self);
}
