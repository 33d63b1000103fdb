/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What every answer begins with, whoever gives it: an endpoint, the hub, or libsoup, which refuses
 * by itself what it cannot read. Loop's thread only.
 */

#define RFI_JSON_TYPE "application/json; charset=utf-8"

/* Must be called before handlers are added. */
void        rfi_answer_head_attach  (SoupServer        *soup);

/* Again, where "100 Continue" took it along. */
void        rfi_answer_head_restore (SoupServerMessage *message);

/* Told in x-request-id: the client's own, or a new one. Once the headers are read. Lives as long
 * as @message. */
const char *rfi_answer_head_get_id  (SoupServerMessage *message);

G_END_DECLS
