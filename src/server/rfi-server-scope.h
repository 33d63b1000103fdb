/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-user.h"

G_BEGIN_DECLS

typedef enum {
  RFI_SCOPE_ALL,
  RFI_SCOPE_VENDOR,
  RFI_SCOPE_ASSIGNEE,
  RFI_SCOPE_NOTHING,  /* a dispatcher without a vendor */
} RfiScopeKind;

/* Which jobs somebody may see: the same as rfi_rules_may_see(), for a query. */
typedef struct
{
  RfiScopeKind  kind;
  const char   *id;    /* vendor or assignee; borrowed from the user */
} RfiScope;

void rfi_scope_init (RfiScope      *self,
                     const RfiUser *user);

G_END_DECLS
