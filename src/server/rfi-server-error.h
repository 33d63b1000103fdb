/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RFI_SERVER_ERROR (rfi_server_error_quark ())

typedef enum {
  RFI_SERVER_ERROR_FAILED,
  RFI_SERVER_ERROR_LOCKED,      /* another server has the data directory */
  RFI_SERVER_ERROR_FULL,        /* no space left */
  RFI_SERVER_ERROR_UNAVAILABLE, /* too much waits to be done */
} RfiServerError;

GQuark rfi_server_error_quark (void);

G_END_DECLS
