/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-client-event.h"
#include "rfi-event-upcast.h"
#include "rfi-json.h"

#include <gio/gio.h>

/* Returns: (transfer full) */
static char *
read_file (const char *name,
           const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "events", file, NULL);
  g_autoptr(GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* An event as it was recorded once reads as it would be recorded today. */
static void
test_recorded (gconstpointer data)
{
  g_autofree char *recorded = read_file (data, ".json");
  g_autofree char *expected = read_file (data, ".now");
  g_autofree char *type = NULL;
  g_autofree char *now = NULL;
  g_autoptr(GString) payload = g_string_new (NULL);
  RfiJson root;
  RfiJson value;
  gint64 version;

  g_assert_true (rfi_json_parse (recorded, -1, &root, NULL));
  g_assert_true (rfi_json_get_member (&root, "type", &value));
  type = rfi_json_dup_string (&value);
  g_assert_true (rfi_json_get_member (&root, "schemaVersion", &value));
  g_assert_true (rfi_json_get_int (&value, &version));
  g_assert_true (rfi_json_get_member (&root, "payload", &value));
  rfi_json_append_raw (&value, payload);

  now = rfi_event_upcast (type, version, payload->str);
  g_assert_cmpstr (now, ==, g_strstrip (expected));
}

static void
test_not_known (void)
{
  g_assert_null (rfi_event_upcast ("sync.failed", RFI_CLIENT_EVENT_SCHEMA + 1, "{}"));
  g_assert_null (rfi_event_upcast ("sync.failed", 0, "{}"));
  g_assert_null (rfi_event_upcast ("sync.failed", 1, "[]"));
  g_assert_null (rfi_event_upcast ("sync.failed", 1, "{"));
}

/* What another version had of a kind that is none stays readable. */
static void
test_odd (void)
{
  g_autofree char *kind = rfi_event_upcast ("operation.queued", 1, "{\"kind\":99}");
  g_autofree char *none = rfi_event_upcast ("cache.cleared", 1, "{}");
  g_autofree char *error = rfi_event_upcast ("sync.failed", 1, "{\"error\":null}");

  g_assert_cmpstr (kind, ==, "{\"kind\":99}");
  g_assert_cmpstr (none, ==, "{}");
  g_assert_cmpstr (error, ==, "{\"code\":\"\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_test_init (&argc, &argv, NULL);

  folder = g_test_build_filename (G_TEST_DIST, "data", "events", NULL);
  dir = g_dir_open (folder, 0, NULL);
  for (file = dir != NULL ? g_dir_read_name (dir) : NULL; file != NULL;
       file = g_dir_read_name (dir))
    if (g_str_has_suffix (file, ".json"))
      {
        char *name = g_strndup (file, strlen (file) - strlen (".json"));
        g_autofree char *path = g_strconcat ("/event-upcast/recorded/", name, NULL);

        g_ptr_array_add (names, name);
        g_test_add_data_func (path, name, test_recorded);
      }
  g_assert_cmpuint (names->len, >=, 4);
  g_test_add_func ("/event-upcast/not-known", test_not_known);
  g_test_add_func ("/event-upcast/odd", test_odd);

  return g_test_run ();
}
