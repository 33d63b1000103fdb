/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-absence"

#include "config.h"

#include "rfi-absence.h"

struct _RfiAbsence
{
  RfiClock *clock;  /* (owned) */
  gint64    since;  /* monotonic, while nobody is there */
  gboolean  present;
};

RfiAbsence *
rfi_absence_new (RfiClock *clock)
{
  RfiAbsence *self;

  g_return_val_if_fail (RFI_IS_CLOCK (clock), NULL);

  self = g_new0 (RfiAbsence, 1);
  self->clock = g_object_ref (clock);
  self->since = rfi_clock_get_monotonic (clock);
  return self;
}

void
rfi_absence_free (RfiAbsence *self)
{
  g_object_unref (self->clock);
  g_free (self);
}

gboolean
rfi_absence_set_present (RfiAbsence *self,
                         gboolean    present)
{
  gboolean was_present = self->present;

  if (present == was_present)
    return FALSE;

  self->present = present;
  if (!present)
    self->since = rfi_clock_get_monotonic (self->clock);
  return present && rfi_clock_get_monotonic (self->clock) - self->since >= RFI_ABSENCE_LONG;
}
