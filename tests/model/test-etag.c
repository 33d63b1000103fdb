/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rfi-etag.h"
#include "rfi-job.h"

#define UUID "\"0a1b2c3d-4e5f-4678-9abc-def012345678\""

static void
test_texts (void)
{
  static const char * const texts[] = {
    UUID,
    "\"00000000-0000-0000-8000-000000000000\"",
    "\"ffffffff-ffff-ffff-bfff-ffffffffffff\"",
    /* Written otherwise than it would be again, or of another length: kept as they are. */
    "\"0A1B2C3D-4E5F-4678-9ABC-DEF012345678\"",
    "\"00000000-0000-0000-0000-000000000000\"",
    "\"0a1b2c3d-4e5f-4678-cabc-def012345678\"",
    "\"0a1b2c3d04e5f-4678-9abc-def012345678\"",
    "\"0a1b2c3d-4e5f-4678-9abc-def01234567\"",
    "\"0a1b2c3d-4e5f-4678-9abc-def0123456789\"",
    "0a1b2c3d-4e5f-4678-9abc-def012345678",
    "W/" UUID,
    "\"1\"",
    "\"",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpstr (RFI_ETAG_TEXT (rfi_etag (texts[i])), ==, texts[i]);
      g_assert_true (rfi_etag_is_set (rfi_etag (texts[i])));
      g_assert_cmpint (rfi_etag_get_kept (rfi_etag (texts[i])) == NULL, ==, i < 3);
      for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
        g_assert_cmpint (rfi_etag_equal (rfi_etag (texts[i]), rfi_etag (texts[k])), ==, i == k);
    }
}

static void
test_none (void)
{
  RfiEtag none = rfi_etag (NULL);

  g_assert_null (RFI_ETAG_TEXT (none));
  g_assert_false (rfi_etag_is_set (none));
  g_assert_true (rfi_etag_equal (none, (RfiEtag) { 0 }));
  g_assert_false (rfi_etag_equal (none, rfi_etag (UUID)));
  g_assert_false (rfi_etag_equal (rfi_etag ("\"1\""), none));
}

/* A job keeps the text of a tag that needs one, and so does what is made from it. */
static void
test_kept (void)
{
  static const char * const texts[] = { UUID, "\"v17\"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_strdup (texts[i]);
      RfiJob template = { .id = "job-1", .location_json = "{}", .etag = rfi_etag (text) };
      g_autoptr(RfiJob) job = rfi_job_new (&template);
      g_autoptr(RfiJob) again = rfi_job_new (job);

      text[1] = 'x';
      g_clear_pointer (&job, rfi_job_unref);
      g_assert_cmpstr (RFI_ETAG_TEXT (again->etag), ==, texts[i]);
      g_assert_cmpstr (again->location_json, ==, "{}");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/etag/texts", test_texts);
  g_test_add_func ("/etag/none", test_none);
  g_test_add_func ("/etag/kept", test_kept);

  return g_test_run ();
}
