/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RfiHubSplitter RfiHubSplitter;

/* Finds the records of a hub in what arrives, wherever it is cut. */
RfiHubSplitter *rfi_hub_splitter_new  (void);
void            rfi_hub_splitter_free (RfiHubSplitter  *self);

/* %FALSE and RFI_WIRE_ERROR_LIMIT once a record grows beyond RFI_HUB_RECORD_LIMIT. */
gboolean        rfi_hub_splitter_feed (RfiHubSplitter  *self,
                                       const char      *data,
                                       gsize            length,
                                       GError         **error);

/* The next complete record, without its 0x1E, ended by a NUL; valid until the next call of any
 * kind. Returns: (transfer none) (nullable): %NULL if there is none yet */
const char     *rfi_hub_splitter_next (RfiHubSplitter  *self,
                                       gsize           *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHubSplitter, rfi_hub_splitter_free)

G_END_DECLS
