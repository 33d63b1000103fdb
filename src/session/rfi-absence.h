/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"

G_BEGIN_DECLS

/* So many ms unseen, and what is shown may be old. */
#define RFI_ABSENCE_LONG (5 * 60 * 1000)

/**
 * RfiAbsence:
 *
 * For how long nobody has looked. Begins with nobody there. Main thread.
 */
typedef struct _RfiAbsence RfiAbsence;

/* Returns: (transfer full) */
RfiAbsence *rfi_absence_new         (RfiClock   *clock);
void        rfi_absence_free        (RfiAbsence *self);

/* May be told again what it knows. Returns: whether somebody is back after a long absence */
gboolean    rfi_absence_set_present (RfiAbsence *self,
                                     gboolean    present);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiAbsence, rfi_absence_free)

G_END_DECLS
