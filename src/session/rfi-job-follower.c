/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-follower"

#include "config.h"

#include "rfi-job-follower.h"

G_DEFINE_INTERFACE (RfiJobFollower, rfi_job_follower, G_TYPE_OBJECT)

static void
rfi_job_follower_default_init (RfiJobFollowerInterface *iface)
{
}
