/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-scope"

#include "config.h"

#include "rfi-server-scope.h"

void
rfi_scope_init (RfiScope      *self,
                const RfiUser *user)
{
  self->kind = RFI_SCOPE_NOTHING;
  self->id = NULL;

  switch (user->role)
    {
    case RFI_ROLE_ADMIN:
      self->kind = RFI_SCOPE_ALL;
      break;
    case RFI_ROLE_DISPATCHER:
      self->id = user->vendor_id;
      if (self->id != NULL)
        self->kind = RFI_SCOPE_VENDOR;
      break;
    case RFI_ROLE_TECHNICIAN:
      self->id = user->id;
      self->kind = RFI_SCOPE_ASSIGNEE;
      break;
    default:
      break;
    }
}
