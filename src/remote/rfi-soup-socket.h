/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-socket.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RFI_TYPE_SOUP_SOCKET (rfi_soup_socket_get_type ())

G_DECLARE_FINAL_TYPE (RfiSoupSocket, rfi_soup_socket, RFI, SOUP_SOCKET, GObject)

RfiSocket *rfi_soup_socket_new (SoupWebsocketConnection *connection);

G_END_DECLS
