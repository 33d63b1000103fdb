/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-day.h"
#include "rfi-job-filter.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-operation.h"

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY  (24 * HOUR)

static gint64
get_time (GTimeZone  *zone,
          const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

/* Days of Berlin: an ordinary one, one of 23 hours and one of 25. */
static void
test_midnight (void)
{
  static const struct {
    const char *now;
    const char *midnight;
  } cases[] = {
    { "2026-11-27T00:00:00", "2026-11-27T00:00:00" },
    { "2026-11-26T23:59:59", "2026-11-26T00:00:00" },
    { "2026-03-29T12:00:00", "2026-03-29T00:00:00" },
    { "2026-10-25T23:30:00", "2026-10-25T00:00:00" },
  };
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (rfi_job_day_get_start (berlin, get_time (berlin, cases[i].now)), ==,
                     get_time (berlin, cases[i].midnight));

  /* What is still yesterday there is today here. */
  g_assert_cmpint (rfi_job_day_get_start (utc, get_time (utc, "2026-11-26T23:30:00")), ==,
                   get_time (utc, "2026-11-26T00:00:00"));
  g_assert_cmpint (rfi_job_day_get_start (berlin, get_time (utc, "2026-11-26T23:30:00")), ==,
                   get_time (utc, "2026-11-26T23:00:00"));
}

static RfiJobState *
make_state (const char *id,
            RfiStatus   status,
            gint64      status_at,
            gint64      updated_at)
{
  RfiJob template = { .id = id, .title = id, .vendor_id = "cool", .status = status,
                      .created_at = 1, .updated_at = updated_at, .status_at = status_at };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static void
put (RfiJobTable *table,
     RfiJobState *state)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  g_ptr_array_add (states, state);
  rfi_job_table_apply (table, states, NULL, TRUE);
}

static char *
list_ids (RfiJobView *view)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (view)); i++)
    {
      g_autoptr(RfiJobItem) item = g_list_model_get_item (G_LIST_MODEL (view), i);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", rfi_job_item_get_id (item));
    }
  return g_strdup (out->str);
}

#define assert_ids(view, expected) G_STMT_START { \
  g_autofree char *listed = list_ids (view); \
  g_assert_cmpstr (listed, ==, (expected)); \
} G_STMT_END

/* Counted is when it was completed, whatever is written about it later. */
static void
test_view (void)
{
  g_autoptr(RfiJobTable) table = rfi_job_table_new ();
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(RfiJobView) view = NULL;
  g_autoptr(RfiJobView) tomorrow = NULL;

  put (table, make_state ("eve", RFI_STATUS_COMPLETED, DAY - 1, DAY + 5 * HOUR));
  put (table, make_state ("dawn", RFI_STATUS_COMPLETED, DAY, DAY));
  put (table, make_state ("unknown", RFI_STATUS_COMPLETED, 0, DAY + HOUR));
  put (table, make_state ("open", RFI_STATUS_IN_PROGRESS, DAY + HOUR, DAY + HOUR));
  view = rfi_job_day_view_new (table, filter, 1u << RFI_STATUS_COMPLETED, DAY);
  rfi_job_view_set_sort (view, RFI_JOB_SORT_UPDATED);
  assert_ids (view, "unknown dawn");

  put (table, make_state ("open", RFI_STATUS_COMPLETED, DAY + 2 * HOUR, DAY + 2 * HOUR));
  assert_ids (view, "open unknown dawn");
  put (table, make_state ("eve", RFI_STATUS_COMPLETED, DAY - 1, DAY + 6 * HOUR));
  assert_ids (view, "open unknown dawn");
  rfi_job_filter_set_text (filter, "dawn");
  assert_ids (view, "dawn");
  rfi_job_filter_set_text (filter, "");

  tomorrow = rfi_job_day_view_new (table, filter, 1u << RFI_STATUS_COMPLETED, 2 * DAY);
  assert_ids (tomorrow, "");
}

/* What is completed here and not sent yet is completed now. */
static void
test_offline (void)
{
  g_autoptr(RfiJobState) state = make_state ("a", RFI_STATUS_IN_PROGRESS, HOUR, 2 * HOUR);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) title = rfi_patch_new ();
  RfiOperation operation = { .kind = RFI_OPERATION_SET_STATUS, .patch = patch,
                             .created_at = DAY + HOUR };
  RfiOperation edit = { .kind = RFI_OPERATION_EDIT, .patch = title, .created_at = DAY + 2 * HOUR };
  g_autoptr(RfiJob) done = NULL;
  g_autoptr(RfiJob) edited = NULL;

  rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (RFI_STATUS_COMPLETED));
  rfi_patch_set (title, RFI_FIELD_TITLE, "b");
  done = rfi_operation_apply (&operation, state->work);
  g_assert_cmpint (rfi_job_get_status_at (done), ==, DAY + HOUR);
  edited = rfi_operation_apply (&edit, done);
  g_assert_cmpint (rfi_job_get_status_at (edited), ==, DAY + HOUR);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-day/midnight", test_midnight);
  g_test_add_func ("/job-day/view", test_view);
  g_test_add_func ("/job-day/offline", test_offline);
  return g_test_run ();
}
