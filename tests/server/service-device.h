/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-canonical.h"
#include "rfi-wire-push.h"
#include "service-fixture.h"

G_BEGIN_DECLS

/* Devices that number, chain, sign and push operations. */

/* A device and what it has to number and chain its operations. */
typedef struct
{
  RfiUser *user;
  char    *id;
  char     epoch[RFI_EPOCH_LENGTH + 1];
  guint8   public_key[RFI_SYNC_KEY_BYTES];
  guint8   secret_key[64];
  gint64   seq;                         /* the last one given */
  char     prev[RFI_HASH_LENGTH + 1];
} Device;

typedef struct
{
  gint64  seq;
  char   *body;
  char   *hash;
  char   *signature;
} Signed;

/* Needs only the fixture's randomness. */
Device            *device_make         (Fixture                   *fixture,
                                        RfiUser                   *user);
/* Makes a device and says hello. */
Device            *device_new          (Fixture                   *fixture,
                                        Person                     person);
void               device_free         (Device                    *self);
char              *device_hello        (Device                    *self);

/* Fills in who, which number and what came before; the rest is @template's. */
Signed            *device_sign         (Device                    *self,
                                        Fixture                   *fixture,
                                        const RfiSignedOperation  *template);
void               signed_free         (Signed                    *self);

/* What the test usually signs. Fields come in threes: field, before, after; -1 ends them. */
Signed            *device_edit         (Device                    *self,
                                        Fixture                   *fixture,
                                        RfiOperationKind           kind,
                                        const char                *job_id,
                                        gint64                     version,
                                        ...);
Signed            *device_create       (Device                    *self,
                                        Fixture                   *fixture,
                                        const char                *job_id,
                                        const char                *vendor_id);
Signed            *device_delete       (Device                    *self,
                                        Fixture                   *fixture,
                                        RfiJob                    *seen);

/* The text of a push. */
char              *device_push_text    (Device                    *self,
                                        Signed                   **operations,
                                        guint                      n);
RfiWirePushAnswer *device_push         (Device                    *self,
                                        Fixture                   *fixture,
                                        Signed                   **operations,
                                        guint                      n);
/* Pushes one and takes it. Returns: (transfer full): what came of it */
RfiPushResult     *device_push_one     (Device                    *self,
                                        Fixture                   *fixture,
                                        Signed                    *operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Device, device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Signed, signed_free)

G_END_DECLS
