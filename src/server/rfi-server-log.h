/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-exchange.h"

G_BEGIN_DECLS

/* From here on everything logged is one line of JSON each on standard error. */
void rfi_server_log_init     (void);

/* A line for an answered request: never its query, headers or body, which carry secrets. */
void rfi_server_log_request  (RfiExchange *exchange,
                              guint        status,
                              gint64       duration,
                              gint64       n_bytes);

G_END_DECLS
