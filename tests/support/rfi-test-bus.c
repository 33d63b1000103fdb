/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-bus"

#include "config.h"

#include "rfi-test-bus.h"

GDBusConnection *
rfi_test_bus_serve (const char                  *name,
                    const char                  *xml,
                    GDBusInterfaceMethodCallFunc call)
{
  const GDBusInterfaceVTable table = { .method_call = call };
  g_autofree char *path = g_strdelimit (g_strconcat ("/", name, NULL), ".", '/');
  g_autofree char *whole =
    g_strdup_printf ("<node><interface name='%s'>%s</interface></node>", name, xml);
  g_autoptr(GDBusNodeInfo) node = NULL;
  g_autofree char *address = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  GDBusConnection *bus;

  node = g_dbus_node_info_new_for_xml (whole, &error);
  g_assert_no_error (error);
  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  bus = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (bus, path, node->interfaces[0], &table, NULL, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", name, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return bus;
}
