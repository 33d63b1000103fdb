/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-window"

#include "config.h"

#include "rfi-sync-window.h"

#include "rfi-wire-push.h"

#define STEP 10

/* Quick enough for more, and too long for the person who waits for what comes after. */
#define QUICK 300
#define LONG  500

void
rfi_sync_window_init (RfiSyncWindow *self)
{
  self->size = RFI_WIRE_PUSH_MAX_OPERATIONS;
}

guint
rfi_sync_window_get (const RfiSyncWindow *self)
{
  return self->size;
}

void
rfi_sync_window_note (RfiSyncWindow *self,
                      gint64         latency)
{
  if (latency > LONG)
    self->size = MAX (self->size / 2, 1);
  else if (latency < QUICK)
    self->size = MIN (self->size + STEP, RFI_WIRE_PUSH_MAX_OPERATIONS);
}

void
rfi_sync_window_halve (RfiSyncWindow *self,
                       guint          n)
{
  self->size = MAX (MIN (self->size, n) / 2, 1);
}
