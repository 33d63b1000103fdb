/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-filter.h"
#include "rfi-record-item.h"

#include "rfi-user.h"

static RfiJobState *
make_state (void)
{
  g_autoptr(RfiJob) job = NULL;
  RfiJob template = {
    .id = "7f3c5a10-0000-4000-8000-00000000beef",
    .title = "Walk-in COOLER repair",
    .description = "Compressor at Küche läuft nicht",
    .store_name = "QuickStop #3",
    .address = "12 Main Street",
    .city = "Dallas",
    .zip_code = "75201",
    .vendor_id = "acme",
    .assigned_to = "user-9",
    .assigned_to_name = "Ana García",
    .status = RFI_STATUS_ASSIGNED,
    .priority = RFI_PRIORITY_HIGH,
  };

  job = rfi_job_new (&template);
  return rfi_job_state_new (job, RFI_MARK_QUEUED, 1);
}

static void
test_text (void)
{
  static const struct {
    const char *text;
    gboolean    matches;
  } cases[] = {
    { "", TRUE },
    { "   ", TRUE },
    { "cooler", TRUE },
    { "COOLER dallas", TRUE },
    { "dallas  repair walk", TRUE },
    { "cooler houston", FALSE },
    { "küche", TRUE },
    { "KÜCHE", TRUE },
    { "Ku\xcc\x88" "che", TRUE },
    { "garcía", TRUE },
    { "GARCÍA compressor", TRUE },
    { "752", TRUE },
    { "#3", TRUE },
    { "main", TRUE },
    { "acme", TRUE },
    { "7f3c", TRUE },
    { "f3c5", FALSE },
    { "00beef", TRUE },
    { "beef", FALSE },
    { "repair\ncompressor", TRUE },
    { "repaircompressor", FALSE },
    { "cooler COMPRESSOR quickstop 12 dallas 752 acme garcía walk #3 läuft", TRUE },
    { "cooler COMPRESSOR quickstop 12 dallas 752 acme garcía walk #4 läuft", FALSE },
  };
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobState) state = make_state ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      rfi_job_filter_set_text (filter, cases[i].text);
      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpstr (rfi_job_filter_get_text (filter), ==, cases[i].text);
      g_assert_cmpint (rfi_job_filter_matches (filter, state), ==, cases[i].matches);
    }
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_criteria (void)
{
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobState) state = make_state ();
  g_autoptr(GPtrArray) technicians = NULL;
  guint n_changed = 0;
  guint n_active;

  g_signal_connect_swapped (filter, "changed", G_CALLBACK (count_cb), &n_changed);

  rfi_job_filter_set_priorities (filter, 1u << RFI_PRIORITY_HIGH | 1u << RFI_PRIORITY_LOW);
  rfi_job_filter_set_statuses (filter, 1u << RFI_STATUS_ASSIGNED);
  rfi_job_filter_set_marks (filter, 1u << RFI_MARK_QUEUED);
  rfi_job_filter_set_vendor (filter, "acme");
  rfi_job_filter_set_technician (filter, "user-9", TRUE);
  rfi_job_filter_set_technician (filter, "user-8", TRUE);
  rfi_job_filter_set_text (filter, "cooler");
  g_assert_true (rfi_job_filter_matches (filter, state));
  g_assert_cmpuint (n_changed, ==, 7);
  g_object_get (filter, "n-active", &n_active, NULL);
  g_assert_cmpuint (n_active, ==, 6);

  technicians = rfi_job_filter_list_technicians (filter);
  g_assert_cmpuint (technicians->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (technicians, 0), ==, "user-8");
  g_assert_true (rfi_job_filter_has_technician (filter, "user-9"));

  /* Each criterion alone can refuse. */
  rfi_job_filter_set_priorities (filter, 1u << RFI_PRIORITY_URGENT);
  g_assert_false (rfi_job_filter_matches (filter, state));
  rfi_job_filter_set_priorities (filter, 0);
  rfi_job_filter_set_statuses (filter, 1u << RFI_STATUS_PENDING);
  g_assert_false (rfi_job_filter_matches (filter, state));
  rfi_job_filter_set_statuses (filter, 0);
  rfi_job_filter_set_marks (filter, 1u << RFI_MARK_CONFLICT);
  g_assert_false (rfi_job_filter_matches (filter, state));
  rfi_job_filter_set_marks (filter, 0);
  rfi_job_filter_set_vendor (filter, "other");
  g_assert_false (rfi_job_filter_matches (filter, state));
  rfi_job_filter_set_vendor (filter, NULL);
  rfi_job_filter_set_technician (filter, "user-9", FALSE);
  g_assert_false (rfi_job_filter_matches (filter, state));
  rfi_job_filter_set_technician (filter, "", TRUE);
  g_assert_false (rfi_job_filter_matches (filter, state));

  n_changed = 0;
  rfi_job_filter_clear (filter);
  rfi_job_filter_clear (filter);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_true (rfi_job_filter_matches (filter, state));
  g_object_get (filter, "n-active", &n_active, NULL);
  g_assert_cmpuint (n_active, ==, 0);
}

static void
test_record_item (void)
{
  RfiUser template = { .id = (char *) "u", .email = (char *) "e", .display_name = (char *) "Ana" };
  g_autoptr(RfiUser) user = rfi_user_new (&template);
  g_autoptr(RfiUser) other = rfi_user_new (&template);
  g_autoptr(RfiRecordItem) item = rfi_record_item_new (RFI_TYPE_USER, user);
  gpointer record = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (item, "notify::record", G_CALLBACK (count_cb), &n_notified);
  g_assert_true (rfi_record_item_get (item) == user);
  rfi_record_item_set (item, user);
  g_assert_cmpuint (n_notified, ==, 0);
  rfi_record_item_set (item, other);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (item, "record", &record, NULL);
  g_assert_true (record == other);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job-filter/text", test_text);
  g_test_add_func ("/job-filter/criteria", test_criteria);
  g_test_add_func ("/record-item/replace", test_record_item);

  return g_test_run ();
}
