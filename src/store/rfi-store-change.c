/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-change"

#include "config.h"

#include "rfi-store-change.h"

G_DEFINE_BOXED_TYPE (RfiStoreChange, rfi_store_change, rfi_store_change_ref,
                     rfi_store_change_unref)

RfiStoreChange *
rfi_store_change_new (void)
{
  RfiStoreChange *self = g_new0 (RfiStoreChange, 1);

  self->upserted = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiStoreChange *
rfi_store_change_ref (RfiStoreChange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_store_change_unref (RfiStoreChange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->upserted);
  g_ptr_array_unref (self->removed);
  g_free (self->renamed_from);
  g_free (self->renamed_to);
  g_free (self);
}
