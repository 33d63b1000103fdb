/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-letter"

#include "config.h"

#include "rfi-letter.h"

G_DEFINE_BOXED_TYPE (RfiLetter, rfi_letter, rfi_letter_ref, rfi_letter_unref)

RfiLetter *
rfi_letter_new (const RfiLetter *template)
{
  RfiLetter *self = g_new0 (RfiLetter, 1);

  *self = *template;
  self->operation_id = g_strdup (template->operation_id);
  self->job_id = g_strdup (template->job_id);
  self->user_id = g_strdup (template->user_id);
  self->device = g_strdup (template->device);
  self->epoch = g_strdup (template->epoch);
  self->hash = g_strdup (template->hash);
  self->body = g_strdup (template->body);
  self->signature = g_strdup (template->signature);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiLetter *
rfi_letter_ref (RfiLetter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_letter_unref (RfiLetter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->operation_id);
  g_free (self->job_id);
  g_free (self->user_id);
  g_free (self->device);
  g_free (self->epoch);
  g_free (self->hash);
  g_free (self->body);
  g_free (self->signature);
  g_free (self);
}

gboolean
rfi_letter_is_open (const RfiLetter *self)
{
  return self->state == RFI_LETTER_READY || self->state == RFI_LETTER_SENT;
}

void
rfi_answer_free (RfiAnswer *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->code);
  g_free (self->message);
  g_free (self->conflict_id);
  g_clear_pointer (&self->theirs, rfi_patch_unref);
  g_free (self->theirs_by);
  g_free (self);
}
