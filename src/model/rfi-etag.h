/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RfiEtag:
 *
 * Which state of a job the server calls by this name. Nearly all are a random UUID in quotes,
 * which takes 16 bytes here and 39 as text, and there is one for each of 100,000 jobs.
 * A value: passed and compared as one, "{ 0 }" for none. Any other text is pointed to, not
 * owned; who keeps the tag keeps the text (rfi_etag_get_kept()).
 */
typedef struct
{
  guint64 high;
  guint64 low;   /* begins with the bits 10 for a UUID, else 0 */
} RfiEtag;

/* Any such text with its end. */
#define RFI_ETAG_SIZE 39

/* @text: (nullable): with its quotes; to outlive what is returned */
RfiEtag     rfi_etag              (const char *text);

/* @space: of RFI_ETAG_SIZE bytes, to outlive what is returned.
 * Returns: (nullable): with its quotes */
const char *rfi_etag_get_text     (RfiEtag     self,
                                   char       *space);

/* The same, kept until the end of the block. */
#define RFI_ETAG_TEXT(self) rfi_etag_get_text (self, (char[RFI_ETAG_SIZE]) { 0 })

/* The text @self points to. Returns: (nullable): %NULL if it needs none */
const char *rfi_etag_get_kept     (RfiEtag     self);

gboolean    rfi_etag_is_set       (RfiEtag     self);
gboolean    rfi_etag_equal        (RfiEtag     a,
                                   RfiEtag     b);

G_END_DECLS
