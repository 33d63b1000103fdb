/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RFI_BODY_TAG_SIZE 64

/* For HTTP's own caching, unrelated to a job's etag: what an answer's ETag says. The same for the
 * same bytes.
 * @tag: (out): RFI_BODY_TAG_SIZE bytes */
void rfi_body_tag (const char *data,
                   gsize       length,
                   char       *tag);

G_END_DECLS
