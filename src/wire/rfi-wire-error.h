/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RFI_WIRE_ERROR (rfi_wire_error_quark ())

typedef enum {
  RFI_WIRE_ERROR_SYNTAX,     /* is not JSON */
  RFI_WIRE_ERROR_LIMIT,      /* nested too deep, or one piece is too large */
  RFI_WIRE_ERROR_TRUNCATED,  /* ends before its end */
  RFI_WIRE_ERROR_INVALID,    /* is JSON, but not what was asked for; a server's reader of a
                                request puts the contract's words into the message */
} RfiWireError;

GQuark   rfi_wire_error_quark  (void);

/* Reads {"error":{"code","message"}}. %FALSE if @data is something else, a proxy's page say.
 * @code: (out) (transfer full)
 * @message: (out) (transfer full): "" if it has none
 */
gboolean rfi_wire_error_parse  (const char  *data,
                                gssize       length,
                                char       **code,
                                char       **message);

void     rfi_wire_error_append (GString     *out,
                                const char  *code,
                                const char  *message);

G_END_DECLS
