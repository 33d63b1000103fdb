/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-user.h"

G_BEGIN_DECLS

typedef enum {
  RFI_TOKEN_OK,
  RFI_TOKEN_MISSING,
  RFI_TOKEN_INVALID,
  RFI_TOKEN_EXPIRED,
} RfiTokenVerdict;

/**
 * RfiClaims:
 *
 * What a token says about who sent it. Believed without asking the database, as the contract
 * has it. Read only, counted.
 */
typedef struct
{
  RfiUser         *user;      /* (owned): without display name; a role that nobody knows is
                                 told by has_role, user.role then means nothing */
  gboolean         has_role;
  gint64           expires_at; /* seconds since 1970; G_MAXINT64 = never */
  gatomicrefcount  ref_count;
} RfiClaims;

RfiClaims       *rfi_claims_ref          (RfiClaims        *self);
void             rfi_claims_unref        (RfiClaims        *self);

#define RFI_TOKEN_LIFETIME 86400

/**
 * RfiTokenKeeper:
 *
 * Signs and checks the tokens of signed-in people: JWT, HS256. Remembers those it has checked.
 * For one thread.
 */
typedef struct _RfiTokenKeeper RfiTokenKeeper;

RfiTokenKeeper  *rfi_token_keeper_new    (GBytes           *secret);
void             rfi_token_keeper_free   (RfiTokenKeeper   *self);

/* @now: seconds since 1970. Returns: (transfer full) */
char            *rfi_token_keeper_issue  (RfiTokenKeeper   *self,
                                          const RfiUser    *user,
                                          gint64            now,
                                          gint64            lifetime);

/* @header: (nullable): the Authorization header as it came
 * @claims: (out) (transfer full): only for RFI_TOKEN_OK */
RfiTokenVerdict  rfi_token_keeper_check  (RfiTokenKeeper   *self,
                                          const char       *header,
                                          gint64            now,
                                          RfiClaims       **claims);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiClaims, rfi_claims_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTokenKeeper, rfi_token_keeper_free)

G_END_DECLS
