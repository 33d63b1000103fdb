/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-give-way"

#include "config.h"

#include "rfi-give-way.h"

#include <errno.h>
#include <sys/resource.h>

/* A tenth of the time that somebody at 0 gets beside it; all of it where nobody else wants any. */
#define NICE 10

void
rfi_give_way (void)
{
  /* On Linux this is about the thread, not the process. */
  if (getpriority (PRIO_PROCESS, 0) < NICE && setpriority (PRIO_PROCESS, 0, NICE) != 0)
    g_debug ("The thread goes on as quick as it was: %s", g_strerror (errno));
}
