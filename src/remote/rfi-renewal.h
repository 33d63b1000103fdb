/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-remote.h"

G_BEGIN_DECLS

/**
 * RfiRenewal:
 *
 * How a remote gets its next token: one renewal for all calls that ask while it runs. @remote is
 * borrowed and owns it.
 */
typedef struct _RfiRenewal RfiRenewal;

/* @error: (nullable): why there is no other token */
typedef void (*RfiRenewalFunc) (RfiRemote    *remote,
                                const GError *error,
                                gpointer      user_data);

RfiRenewal *rfi_renewal_new  (RfiRemote         *remote,
                              const char        *refresh_token,
                              RfiRemoteKeepFunc  keep,
                              gpointer           keep_data);
/* What runs ends by itself; who waits is told that it failed. */
void        rfi_renewal_free (RfiRenewal        *self);

/* @refused: the Authorization that did not do; if the remote's is another one by now, that is
 * all. @func is called in any case, also before this returns. */
void        rfi_renewal_run  (RfiRenewal        *self,
                              const char        *refused,
                              RfiRenewalFunc     func,
                              gpointer           user_data);

G_END_DECLS
