/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

G_BEGIN_DECLS

/* When the jobs in progress were first seen to be, by row.
 * Returns: (transfer full) (element-type guint gint64) */
GHashTable *_rfi_work_starts_new  (void);

/* @job: (nullable): what is in @row now. Returns: when the work on it began, in ms since 1970; a
 * job that was in progress when it was first seen counts from its last change before that */
gint64      _rfi_work_starts_note (GHashTable   *starts,
                                   guint         row,
                                   const RfiJob *job);

G_END_DECLS
