/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-send.h"

G_BEGIN_DECLS

/* The class of @operation's kind, ready to run. @parts is borrowed. Returns: (transfer full) */
RfiSend *rfi_send_kinds_make (RfiSyncParts *parts,
                              RfiOperation *operation);

G_END_DECLS
