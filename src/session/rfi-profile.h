/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RfiProfile:
 *
 * The folder a console keeps its things in: who signed in last (profile.ini), and one folder for
 * each account of each server, with its cache (cache.db), photos seen (photos/) and photos to be
 * sent (outgoing/). Only the owner may read it. Reads and writes small files at once.
 */
typedef struct _RfiProfile RfiProfile;

RfiProfile         *rfi_profile_new              (const char         *path);
void                rfi_profile_free             (RfiProfile         *self);

/* (nullable): of the last sign-in */
const char         *rfi_profile_get_last_server  (RfiProfile         *self);
const char         *rfi_profile_get_last_email   (RfiProfile         *self);
/* Never %NULL, the last used first. */
const char * const *rfi_profile_get_servers      (RfiProfile         *self);

/* Whether the last sign-in shall outlast the program: then its secret is in the keyring. */
gboolean            rfi_profile_get_kept         (RfiProfile         *self);

/* Remembers a sign-in, or (@kept %FALSE) that it ends with the program. */
gboolean            rfi_profile_set_last         (RfiProfile         *self,
                                                  const char         *server_url,
                                                  const char         *email,
                                                  gboolean            kept,
                                                  GError            **error);

/* The fingerprint of the certificate a person accepted. (nullable) */
const char         *rfi_profile_get_pin          (RfiProfile         *self,
                                                  const char         *server_url);
gboolean            rfi_profile_set_pin          (RfiProfile         *self,
                                                  const char         *server_url,
                                                  const char         *fingerprint,
                                                  GError            **error);

/* The folder of an account, made if need be. Returns: (transfer full) (nullable) */
char               *rfi_profile_make_account_dir (RfiProfile         *self,
                                                  const char         *server_url,
                                                  const char         *email,
                                                  GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiProfile, rfi_profile_free)

G_END_DECLS
