/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A UUID takes 36 characters as text and 16 bytes as the number it is. */
#define RFI_UUID_LENGTH 36

typedef struct
{
  guint64 high;
  guint64 low;
} RfiUuid;

/* Reads what @text begins with; only as rfi_uuid_write() writes it, so that nothing is lost.
 * @uuid: (out): untouched if it is none */
gboolean rfi_uuid_read  (const char *text,
                         RfiUuid    *uuid);

/* @text: room for RFI_UUID_LENGTH characters; gets no NUL. Returns: what is behind them */
char    *rfi_uuid_write (RfiUuid     uuid,
                         char       *text);

G_END_DECLS
