/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-table-private.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_FOLLOWER (rfi_job_follower_get_type ())

G_DECLARE_INTERFACE (RfiJobFollower, rfi_job_follower, RFI, JOB_FOLLOWER, GObject)

/**
 * RfiJobFollower:
 *
 * A list of the jobs of a table that pass a filter. The match of the two tells it what changed,
 * which it has then already taken in itself.
 */
struct _RfiJobFollowerInterface
{
  GTypeInterface parent_iface;

  void (*one_changed)    (RfiJobFollower     *self,
                          const RfiJobChange *change);
  /* @touched: by row, non-zero for those of @changes */
  void (*many_changed)   (RfiJobFollower     *self,
                          const RfiJobChange *changes,
                          guint               n_changes,
                          const guint8       *touched);
  void (*filter_changed) (RfiJobFollower     *self);
  /* There are rows that it was not told of: with the next word of the filter it looks at all. */
  void (*lacks_rows)     (RfiJobFollower     *self);

  /* (nullable): people or vendors are called differently */
  void (*names_changed)  (RfiJobFollower     *self);
};

G_END_DECLS
