/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_REMOTE_ERROR (rfi_remote_error_quark ())

/* By remedy. A cancelled call gives G_IO_ERROR_CANCELLED instead. */
typedef enum {
  RFI_REMOTE_ERROR_OFFLINE,        /* the server could not be reached: surely not applied */
  RFI_REMOTE_ERROR_TIMEOUT,        /* no answer in time: perhaps applied */
  RFI_REMOTE_ERROR_INTERRUPTED,    /* the connection broke under way: perhaps applied */
  RFI_REMOTE_ERROR_CERTIFICATE,    /* the server is not who it says, or is not trusted */
  RFI_REMOTE_ERROR_AUTH_REQUIRED,  /* 401 */
  RFI_REMOTE_ERROR_FORBIDDEN,      /* 403 */
  RFI_REMOTE_ERROR_NOT_FOUND,      /* 404: gone, or not visible */
  RFI_REMOTE_ERROR_CONFLICT,       /* 409 */
  RFI_REMOTE_ERROR_ILLEGAL_STEP,   /* 422 */
  RFI_REMOTE_ERROR_INVALID,        /* any other 4xx */
  RFI_REMOTE_ERROR_TOO_LARGE,      /* 413 */
  RFI_REMOTE_ERROR_RATE_LIMITED,   /* 429, and 503 that names a time */
  RFI_REMOTE_ERROR_SERVER,         /* 5xx: perhaps applied */
  RFI_REMOTE_ERROR_PROTOCOL,       /* an answer that is not our server's: a captive portal, a
                                      broken body; perhaps applied */
} RfiRemoteError;

GQuark      rfi_remote_error_quark           (void);

/* The server's words are the error's message; this is its code, or one made of the status
 * ("HTTP_502"). Returns: (nullable): %NULL if no answer came */
const char *rfi_remote_error_get_code        (const GError *error);
/* 0 if no answer came */
guint       rfi_remote_error_get_http_status (const GError *error);
/* Milliseconds to stay away, as the server asked; 0 = it did not */
gint64      rfi_remote_error_get_retry_after (const GError *error);

/* Whether the request may have taken effect all the same. */
gboolean    rfi_remote_error_maybe_applied   (const GError *error);
/* Whether it says that nothing came back from the server: it counts as being offline. */
gboolean    rfi_remote_error_is_network      (const GError *error);
/* Whether trying the same again later can help without a person. */
gboolean    rfi_remote_error_is_transient    (const GError *error);

/* For transports, and those who read answers. */
GError     *rfi_remote_error_new             (RfiRemoteError  code,
                                              const char     *format,
                                              ...) G_GNUC_PRINTF (2, 3);
/* What an answer beyond 2xx means. @retry_after: (nullable): the header's value */
GError     *rfi_remote_error_new_status      (guint           http_status,
                                              const char     *retry_after,
                                              GBytes         *body);

G_END_DECLS
