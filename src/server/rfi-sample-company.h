/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sample-faults.h"
#include "rfi-server-store.h"

G_BEGIN_DECLS

/* A vendor and its people. */
typedef struct
{
  char      *id;          /* "vendor-001" */
  RfiTrade   trades[2];   /* mostly the first */
  guint      area;
  RfiUser   *dispatcher;  /* (owned) */
  GPtrArray *technicians; /* (owned) (element-type RfiUser) */
} RfiSampleCompany;

/* One hash for each password: hashing is slow on purpose. */
typedef struct
{
  char *admin;
  char *dispatcher;
  char *technician;
} RfiSampleHashes;

void              rfi_sample_hashes_init    (RfiSampleHashes        *self);
void              rfi_sample_hashes_clear   (RfiSampleHashes        *self);

/* Adds @user unless the address is taken. Returns: (transfer full): who has the address now */
RfiUser          *rfi_sample_add_user       (RfiServerStore         *store,
                                             RfiRandom              *random,
                                             const RfiUser          *user,
                                             const char             *password_hash,
                                             GError                **error);

/* The administrator of the contract. Returns: (transfer full) */
RfiUser          *rfi_sample_add_admin      (RfiServerStore         *store,
                                             const RfiSampleHashes  *hashes,
                                             RfiRandom              *random,
                                             GError                **error);

/* The contract's two companies for @number 0 and 1, one that is made up for others. Of those
 * two @n_technicians counts the one the contract names. Returns: (transfer full) */
RfiSampleCompany *rfi_sample_company_add    (RfiServerStore         *store,
                                             const RfiSampleHashes  *hashes,
                                             guint                   number,
                                             guint                   n_technicians,
                                             RfiRandom              *random,
                                             GError                **error);
void              rfi_sample_company_free   (RfiSampleCompany       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSampleCompany, rfi_sample_company_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiSampleHashes, rfi_sample_hashes_clear)

G_END_DECLS
