/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-exchange.h"

G_BEGIN_DECLS

/* Takes the body as far as it is JSON: its encoding, charset and limit. Without a JSON type
 * there is just none. Answers and is %FALSE if it is broken. */
gboolean rfi_request_body_read_json (RfiExchange *exchange);

G_END_DECLS
