/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-address"

#include "config.h"

#include "rfi-server-address.h"

#include <gio/gio.h>

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr(GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
rfi_server_address_is_loopback (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && is_loopback_host (g_uri_get_host (uri));
}

gboolean
rfi_server_address_is_private (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && (g_strcmp0 (g_uri_get_scheme (uri), "https") == 0
                         || is_loopback_host (g_uri_get_host (uri)));
}

char *
rfi_server_address_complete (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *plain = NULL;
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '/')
    text[--length] = '\0';
  if (length == 0)
    return NULL;
  if (strstr (text, "://") != NULL)
    return g_steal_pointer (&text);

  plain = g_strconcat ("http://", text, NULL);
  if (rfi_server_address_is_loopback (plain))
    return g_steal_pointer (&plain);
  return g_strconcat ("https://", text, NULL);
}
