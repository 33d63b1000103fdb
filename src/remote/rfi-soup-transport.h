/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-transport.h"

G_BEGIN_DECLS

#define RFI_TYPE_SOUP_TRANSPORT (rfi_soup_transport_get_type ())

G_DECLARE_FINAL_TYPE (RfiSoupTransport, rfi_soup_transport, RFI, SOUP_TRANSPORT, GObject)

/* The real network. To be made, used and dropped in the thread it works for, with that
 * thread's default context pushed.
 *
 * @base_url: "https://host:port", with or without a path and a last slash */
RfiTransport *rfi_soup_transport_new             (const char       *base_url);

/* Also takes a certificate that the system does not trust if its SHA-256, in lower-case
 * hexadecimal, is @fingerprint; nothing else is ever taken. (nullable) */
void          rfi_soup_transport_set_pin         (RfiSoupTransport *self,
                                                  const char       *fingerprint);

/* The fingerprint of the last certificate that was refused, to ask a person about.
 * Returns: (nullable) */
const char   *rfi_soup_transport_get_refused_pin (RfiSoupTransport *self);

/* Whether @text is a server's address: http or https, a host, no user, query or fragment.
 * @url: (out) (transfer full) (optional): without the last slash */
gboolean      rfi_soup_transport_check_url       (const char       *text,
                                                  char            **url);

G_END_DECLS
