/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-exchange.h"

G_BEGIN_DECLS

/* Answers a sign-in with a short token and the first refresh token of a family. */
void rfi_refresh_answer_login (RfiExchange *exchange,
                               RfiUser     *user);

G_END_DECLS
