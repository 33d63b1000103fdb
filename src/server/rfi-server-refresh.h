/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* Refresh tokens: each is good once and then replaced by its successor; those that follow one
 * sign-in are a family. Only their hashes are kept. Errors are RFI_DB_ERROR; all but make() inside
 * a transaction. */

#define RFI_REFRESH_LIFETIME_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)

/* So long the answer with a successor may have got lost. */
#define RFI_REFRESH_GRACE_MS 60000

typedef enum {
  RFI_REFRESH_OK,
  RFI_REFRESH_INVALID,  /* unknown, or too old */
  RFI_REFRESH_REUSED,   /* somebody else has it too: nobody of its family is believed any more */
} RfiRefreshVerdict;

/* Returns: (transfer full): a new secret */
char     *rfi_server_refresh_make   (void);

/* Begins a family with @token. @now: ms since 1970 */
gboolean  rfi_server_refresh_issue  (RfiDb              *db,
                                     const char         *user_id,
                                     const char         *token,
                                     gint64              now,
                                     GError            **error);

/* Puts @successor in the place of @token. @user_id: (out) (transfer full): only for
 * RFI_REFRESH_OK. To be committed whatever the verdict. */
gboolean  rfi_server_refresh_rotate (RfiDb              *db,
                                     const char         *token,
                                     const char         *successor,
                                     gint64              now,
                                     RfiRefreshVerdict  *verdict,
                                     char              **user_id,
                                     GError            **error);

/* Ends the family of @token, if there is one. */
gboolean  rfi_server_refresh_revoke (RfiDb              *db,
                                     const char         *token,
                                     GError            **error);

/* Forgets those that are too old to be good. @n: (out): so many, at most @limit */
gboolean  rfi_server_refresh_forget (RfiDb              *db,
                                     gint64              now,
                                     guint               limit,
                                     guint              *n,
                                     GError            **error);

G_END_DECLS
