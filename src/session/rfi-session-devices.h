/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* The devices that sign changes, as the server (Sync v1) knows them: all of them for an admin, a
 * person's own for anybody else. Errors are RFI_SESSION_ERROR: REFUSED without a connection. */

typedef struct
{
  char     *id;
  char     *user_name;    /* whose it is */
  char     *name;         /* the computer's */
  char     *fingerprint;  /* of its public key, for people to compare */
  gboolean  own;          /* the one in use here */
  gboolean  revoked;
  gint64    last_number;  /* of what it signed; 0 = nothing */
  gint64    last_seen_at; /* ms since 1970 */
  gboolean  skew_known;
  gint64    skew;         /* ms: its clock less the server's; of this one as of now */
} RfiKnownDevice;

void       rfi_known_device_free             (RfiKnownDevice      *self);

/* Whether it can be asked now. */
gboolean   rfi_session_has_devices           (RfiSession          *self);

/* finish: (transfer full) (element-type RfiKnownDevice): this one first, then who was seen last */
void       rfi_session_list_devices_async    (RfiSession          *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
GPtrArray *rfi_session_list_devices_finish   (RfiSession          *self,
                                              GAsyncResult        *result,
                                              GError             **error);

/* What it sends from now on is set aside. Cannot be taken back. */
void       rfi_session_revoke_device_async   (RfiSession          *self,
                                              const char          *device_id,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean   rfi_session_revoke_device_finish  (RfiSession          *self,
                                              GAsyncResult        *result,
                                              GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiKnownDevice, rfi_known_device_free)

G_END_DECLS
