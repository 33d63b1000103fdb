/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-model-error.h"
#include "rfi-signed-operation.h"

#include <string.h>

#define ID "11111111-1111-4111-8111-111111111111"
#define DEVICE "22222222-2222-4222-8222-222222222222"
#define JOB "33333333-3333-4333-8333-333333333333"
#define EPOCH "00112233445566aa"
#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* An edit, to be varied. Its patches are the caller's. */
static RfiSignedOperation
template_of (RfiPatch *patch,
             RfiPatch *before)
{
  return (RfiSignedOperation) {
    .id = (char *) ID,
    .device_id = (char *) DEVICE,
    .epoch = (char *) EPOCH,
    .seq = 7,
    .kind = RFI_OPERATION_EDIT,
    .user_id = (char *) "user-1",
    .entity_id = (char *) JOB,
    .base_version = 4,
    .patch = patch,
    .before = before,
    .observed = 99,
    .priority = 5,
    .occurred_at = 1764201600000,
    .device_time = 1764201600123,
    .prev_hash = (char *) HASH,
  };
}

static RfiPatch *
patch_of (RfiField    field,
          const char *value)
{
  RfiPatch *patch = rfi_patch_new ();

  rfi_patch_set (patch, field, value);
  return patch;
}

/* Pinned: bytes that were signed once are never to be read in another way. */
static void
test_bytes (void)
{
  g_autoptr(RfiPatch) patch = patch_of (RFI_FIELD_TITLE, "Door \"A\"\n");
  g_autoptr(RfiPatch) before = patch_of (RFI_FIELD_TITLE, "Door");
  RfiSignedOperation template = template_of (patch, before);
  gint64 deps[] = { 3, 6 };
  g_autofree char *body = NULL;

  rfi_patch_set (patch, RFI_FIELD_ZIP_CODE, "75201");
  rfi_patch_set (before, RFI_FIELD_ZIP_CODE, "");
  rfi_patch_set (patch, RFI_FIELD_DESCRIPTION, "5°F");
  rfi_patch_set (before, RFI_FIELD_DESCRIPTION, "");
  template.deps = deps;
  template.n_deps = G_N_ELEMENTS (deps);
  body = rfi_signed_operation_encode (&template);
  g_assert_cmpstr (body, ==,
                   "{\"baseVersion\":4,"
                   "\"before\":{\"description\":\"\",\"title\":\"Door\",\"zipCode\":\"\"},"
                   "\"deps\":[3,6],"
                   "\"deviceId\":\"" DEVICE "\","
                   "\"deviceTime\":1764201600123,"
                   "\"entityId\":\"" JOB "\","
                   "\"epoch\":\"" EPOCH "\","
                   "\"id\":\"" ID "\","
                   "\"kind\":\"edit\","
                   "\"observed\":99,"
                   "\"occurredAt\":1764201600000,"
                   "\"patch\":{\"description\":\"5°F\",\"title\":\"Door \\\"A\\\"\\n\","
                   "\"zipCode\":\"75201\"},"
                   "\"prevHash\":\"" HASH "\","
                   "\"priority\":5,"
                   "\"schemaVersion\":1,"
                   "\"seq\":7,"
                   "\"userId\":\"user-1\"}");
}

static void
assert_same (const RfiSignedOperation *a,
             const RfiSignedOperation *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->device_id, ==, b->device_id);
  g_assert_cmpstr (a->epoch, ==, b->epoch);
  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpstr (a->user_id, ==, b->user_id);
  g_assert_cmpstr (a->entity_id, ==, b->entity_id);
  g_assert_cmpstr (a->vendor_id, ==, b->vendor_id);
  g_assert_cmpint (a->base_version, ==, b->base_version);
  g_assert_cmpint (a->observed, ==, b->observed);
  g_assert_cmpuint (a->priority, ==, b->priority);
  g_assert_cmpint (a->occurred_at, ==, b->occurred_at);
  g_assert_cmpint (a->device_time, ==, b->device_time);
  g_assert_cmpstr (a->prev_hash, ==, b->prev_hash);
  g_assert_cmpstr (a->replaces, ==, b->replaces);
  g_assert_cmpstr (a->resolves, ==, b->resolves);
  g_assert_cmpmem (a->deps, a->n_deps * sizeof *a->deps, b->deps, b->n_deps * sizeof *b->deps);
  g_assert_true (a->patch == NULL ? b->patch == NULL : rfi_patch_equal (a->patch, b->patch));
  g_assert_true (a->before == NULL ? b->before == NULL : rfi_patch_equal (a->before, b->before));
}

/* Whether it makes sense; if so it is read as it was written. */
static gboolean
is_good (const RfiSignedOperation *template)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiSignedOperation) copy = rfi_signed_operation_new (template);
  g_autoptr(RfiSignedOperation) read = NULL;
  g_autofree char *body = rfi_signed_operation_encode (copy);
  gboolean good = rfi_signed_operation_check (copy, NULL);

  assert_same (copy, template);
  read = rfi_signed_operation_decode (body, -1, &error);
  if (good)
    {
      g_assert_no_error (error);
      assert_same (read, template);
    }
  else
    {
      g_assert_error (error, RFI_MODEL_ERROR, RFI_MODEL_ERROR_INVALID);
    }

  return good;
}

static void
test_kinds (void)
{
  g_autoptr(RfiPatch) title = patch_of (RFI_FIELD_TITLE, "Door");
  g_autoptr(RfiPatch) status = patch_of (RFI_FIELD_STATUS, "completed");
  g_autoptr(RfiPatch) person = patch_of (RFI_FIELD_ASSIGNED_TO, "");
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  const struct
  {
    RfiOperationKind  kind;
    RfiPatch         *patch;
    RfiPatch         *before;
    gint64            base_version;
    const char       *vendor_id;
    const char       *resolves;
    const char       *replaces;
    gboolean          good;
  } rows[] = {
    { RFI_OPERATION_CREATE, title, NULL, 0, "v1", NULL, NULL, TRUE },
    { RFI_OPERATION_CREATE, title, NULL, 0, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_CREATE, title, NULL, 3, "v1", NULL, NULL, FALSE },
    { RFI_OPERATION_CREATE, title, title, 0, "v1", NULL, NULL, FALSE },
    { RFI_OPERATION_CREATE, NULL, NULL, 0, "v1", NULL, NULL, FALSE },
    { RFI_OPERATION_EDIT, title, title, 3, NULL, NULL, NULL, TRUE },
    { RFI_OPERATION_EDIT, title, title, 0, NULL, NULL, NULL, TRUE },
    { RFI_OPERATION_EDIT, title, title, 3, "v1", NULL, NULL, FALSE },
    { RFI_OPERATION_EDIT, title, title, 3, NULL, "c1", NULL, FALSE },
    { RFI_OPERATION_EDIT, title, title, 3, NULL, NULL, HASH, FALSE },
    { RFI_OPERATION_EDIT, title, NULL, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_EDIT, title, status, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_EDIT, nothing, nothing, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_EDIT, status, status, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_SET_STATUS, status, status, 3, NULL, NULL, NULL, TRUE },
    { RFI_OPERATION_SET_STATUS, title, title, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_ASSIGN, person, person, 3, NULL, NULL, NULL, TRUE },
    { RFI_OPERATION_ASSIGN, status, status, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_DELETE, NULL, title, 3, NULL, NULL, NULL, TRUE },
    { RFI_OPERATION_DELETE, NULL, NULL, 3, NULL, NULL, NULL, TRUE },
    { RFI_OPERATION_DELETE, title, title, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_RESOLVE, nothing, title, 3, NULL, "c1", NULL, TRUE },
    { RFI_OPERATION_RESOLVE, title, title, 3, NULL, "c1", NULL, TRUE },
    { RFI_OPERATION_RESOLVE, title, title, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_RESOLVE, NULL, NULL, 3, NULL, "c1", NULL, FALSE },
    { RFI_OPERATION_VOID, NULL, NULL, 0, NULL, NULL, HASH, TRUE },
    { RFI_OPERATION_VOID, NULL, NULL, 0, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_VOID, NULL, NULL, 0, NULL, NULL, "abc", FALSE },
    { RFI_OPERATION_VOID, title, NULL, 0, NULL, NULL, HASH, FALSE },
    { RFI_OPERATION_MOVE, NULL, NULL, 3, "v1", NULL, NULL, TRUE },
    { RFI_OPERATION_MOVE, NULL, NULL, 3, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_MOVE, title, title, 3, "v1", NULL, NULL, FALSE },
    { RFI_OPERATION_ADD_PHOTO, NULL, NULL, 0, NULL, NULL, NULL, FALSE },
    { RFI_OPERATION_DELETE_PHOTO, NULL, NULL, 0, NULL, NULL, NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RfiSignedOperation template = template_of (rows[i].patch, rows[i].before);

      template.kind = rows[i].kind;
      template.base_version = rows[i].base_version;
      template.vendor_id = (char *) rows[i].vendor_id;
      template.resolves = (char *) rows[i].resolves;
      template.replaces = (char *) rows[i].replaces;
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (is_good (&template), ==, rows[i].good);
    }
}

static void
test_identity (void)
{
  g_autoptr(RfiPatch) title = patch_of (RFI_FIELD_TITLE, "Door");
  RfiSignedOperation good = template_of (title, title);
  gint64 deps[] = { 2, 6 };
  gint64 twice[] = { 2, 2 };
  gint64 later[] = { 7 };

  g_assert_true (is_good (&good));
#define ASSERT_BAD(member, value)     \
  G_STMT_START                        \
  {                                   \
    RfiSignedOperation bad = good;    \
                                      \
    bad.member = (value);             \
    g_assert_false (is_good (&bad));  \
  }                                   \
  G_STMT_END
  ASSERT_BAD (id, (char *) "1");
  ASSERT_BAD (device_id, (char *) "device");
  ASSERT_BAD (epoch, (char *) "00112233445566AA");
  ASSERT_BAD (epoch, (char *) "0011");
  ASSERT_BAD (seq, 0);
  ASSERT_BAD (seq, 1);
  ASSERT_BAD (prev_hash, (char *) RFI_HASH_NONE);
  ASSERT_BAD (prev_hash, (char *) "");
  ASSERT_BAD (entity_id, (char *) "");
  ASSERT_BAD (user_id, (char *) "");
  ASSERT_BAD (priority, 0);
  ASSERT_BAD (priority, 11);
  ASSERT_BAD (base_version, -1);
  ASSERT_BAD (observed, -1);
#undef ASSERT_BAD

  good.deps = deps;
  good.n_deps = 2;
  g_assert_true (is_good (&good));
  good.deps = twice;
  g_assert_false (is_good (&good));
  good.deps = later;
  good.n_deps = 1;
  g_assert_false (is_good (&good));

  good.n_deps = 0;
  good.seq = 1;
  good.prev_hash = (char *) RFI_HASH_NONE;
  g_assert_true (is_good (&good));
}

static void
assert_refused (const char *body,
                gssize      length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiSignedOperation) read = rfi_signed_operation_decode (body, length, &error);

  g_assert_null (read);
  g_assert_error (error, RFI_MODEL_ERROR, RFI_MODEL_ERROR_NOT_CANONICAL);
}

static void
assert_replaced_refused (const char *body,
                         const char *old,
                         const char *new)
{
  g_autoptr(GString) changed = g_string_new (body);

  g_test_message ("%s for %s", new, old);
  g_assert_cmpuint (g_string_replace (changed, old, new, 1), ==, 1);
  assert_refused (changed->str, -1);
}

/* The same content in any other spelling is another body, and none of ours. */
static void
test_spelling (void)
{
  g_autoptr(RfiPatch) patch = patch_of (RFI_FIELD_TITLE, "Door/1");
  RfiSignedOperation template = template_of (patch, patch);
  g_autofree char *body = rfi_signed_operation_encode (&template);
  gsize length = strlen (body);

  assert_replaced_refused (body, ",", ", ");
  assert_replaced_refused (body, "Door/1", "Door\\/1");
  assert_replaced_refused (body, "Door/1", "\\u0044oor/1");
  assert_replaced_refused (body, "\"seq\":7", "\"seq\":07");
  assert_replaced_refused (body, "\"seq\":7", "\"seq\":7.0");
  assert_replaced_refused (body, "\"seq\":7", "\"seq\":\"7\"");
  assert_replaced_refused (body, "\"seq\":7,", "");
  assert_replaced_refused (body, "\"seq\":7,", "\"seq\":7,\"seq\":7,");
  assert_replaced_refused (body, "\"schemaVersion\":1,", "");
  assert_replaced_refused (body, "\"schemaVersion\":1", "\"schemaVersion\":2");
  assert_replaced_refused (body, "\"deviceId\"", "\"deps\":[],\"deviceId\"");
  assert_replaced_refused (body, "\"title\"", "\"colour\"");
  assert_replaced_refused (body, "\"kind\":\"edit\"", "\"kind\":\"explode\"");
  assert_replaced_refused (body, "\"userId\"", "\"userid\"");
  assert_replaced_refused (body, "}", "} ");
  assert_replaced_refused (body, "\"priority\":5", "\"priority\":-5");
  for (gsize cut = 0; cut < length; cut++)
    assert_refused (body, (gssize) cut);
}

static void
test_classes (void)
{
  static const struct
  {
    RfiOperationKind  kind;
    RfiField          field;
    const char       *value;
    guint             class;
  } rows[] = {
    { RFI_OPERATION_CREATE, RFI_FIELD_PRIORITY, "urgent", 1 },
    { RFI_OPERATION_CREATE, RFI_FIELD_PRIORITY, "high", 5 },
    { RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "in-progress", 2 },
    { RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "cancelled", 2 },
    { RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "completed", 3 },
    { RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "pending", 5 },
    { RFI_OPERATION_EDIT, RFI_FIELD_PARTS, "", 4 },
    { RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Door", 5 },
    { RFI_OPERATION_EDIT, RFI_FIELD_LABOUR, "", 6 },
    { RFI_OPERATION_EDIT, RFI_FIELD_NOTES, "", 9 },
    { RFI_OPERATION_RESOLVE, RFI_FIELD_STATUS, "completed", 3 },
    { RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "", 5 },
    { RFI_OPERATION_DELETE, RFI_FIELD_TITLE, NULL, 5 },
    { RFI_OPERATION_ADD_PHOTO, RFI_FIELD_TITLE, NULL, 7 },
    { RFI_OPERATION_VOID, RFI_FIELD_TITLE, NULL, 9 },
    { RFI_OPERATION_MOVE, RFI_FIELD_TITLE, NULL, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(RfiPatch) patch = patch_of (rows[i].field, rows[i].value);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (rfi_signed_operation_classify (rows[i].kind, patch), ==, rows[i].class);
    }
  g_assert_cmpuint (rfi_signed_operation_classify (RFI_OPERATION_DELETE, NULL), ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/signed-operation/bytes", test_bytes);
  g_test_add_func ("/signed-operation/kinds", test_kinds);
  g_test_add_func ("/signed-operation/identity", test_identity);
  g_test_add_func ("/signed-operation/spelling", test_spelling);
  g_test_add_func ("/signed-operation/classes", test_classes);

  return g_test_run ();
}
