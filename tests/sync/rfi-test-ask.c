/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-ask"

#include "config.h"

#include "rfi-test-ask.h"

#include "rfi-remote-jobs.h"
#include "rfi-test-answer.h"

RfiJob *
rfi_test_ask_job (RfiTestConsole *self,
                  const char     *job_id)
{
  RfiJob *job;
  WAIT_FOR (rfi_remote_get_job_async (self->direct, job_id, NULL, keep_result_cb, &answer));

  job = rfi_remote_job_finish (self->direct, answer, &error);
  if (!g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND))
    g_assert_no_error (error);
  return job;
}

static void
collect_cb (RfiJob   *job,
            gpointer  user_data)
{
  g_ptr_array_add (user_data, job);
}

GPtrArray *
rfi_test_ask_titled (RfiTestConsole *self,
                     const char     *title)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  g_autoptr(RfiRemotePull) pull = NULL;
  WAIT_FOR (rfi_remote_pull_async (self->direct, NULL, collect_cb, jobs, NULL, keep_result_cb,
                                   &answer));

  pull = rfi_remote_pull_finish (self->direct, answer, &error);
  g_assert_no_error (error);
  for (guint i = jobs->len; i > 0; i--)
    if (!g_str_equal (((RfiJob *) g_ptr_array_index (jobs, i - 1))->title, title))
      g_ptr_array_remove_index (jobs, i - 1);
  return jobs;
}

static RfiJob *
finish_job (RfiTestConsole *self,
            GAsyncResult   *answer)
{
  g_autoptr(GError) error = NULL;
  RfiJob *job = rfi_remote_job_finish (self->direct, answer, &error);

  g_assert_no_error (error);
  return job;
}

RfiJob *
rfi_test_ask_create (RfiTestConsole *self,
                     const char     *title,
                     const char     *technician_id)
{
  g_autoptr(RfiPatch) fields = rfi_test_new_job (title);
  g_autoptr(RfiJob) job = NULL;
  WAIT_FOR (rfi_remote_create_async (self->direct, fields, "vendor-001", NULL, NULL,
                                     keep_result_cb, &answer));

  job = finish_job (self, answer);
  if (technician_id == NULL)
    return g_steal_pointer (&job);

  return rfi_test_ask_assign (self, job->id, technician_id);
}

RfiJob *
rfi_test_ask_edit (RfiTestConsole *self,
                   const char     *job_id,
                   RfiField        field,
                   const char     *value)
{
  g_autoptr(RfiPatch) patch = rfi_test_patch (field, value);
  g_autoptr(RfiJob) job = rfi_test_ask_job (self, job_id);
  WAIT_FOR (rfi_remote_edit_async (self->direct, job, patch, RFI_ETAG_TEXT (job->etag), NULL, NULL,
                                   keep_result_cb, &answer));

  return finish_job (self, answer);
}

RfiJob *
rfi_test_ask_status (RfiTestConsole *self,
                     const char     *job_id,
                     RfiStatus       status)
{
  g_autoptr(RfiJob) job = rfi_test_ask_job (self, job_id);
  WAIT_FOR (rfi_remote_set_status_async (self->direct, job_id, status, RFI_ETAG_TEXT (job->etag),
                                         NULL, NULL, keep_result_cb, &answer));

  return finish_job (self, answer);
}

RfiJob *
rfi_test_ask_assign (RfiTestConsole *self,
                     const char     *job_id,
                     const char     *technician_id)
{
  WAIT_FOR (rfi_remote_assign_async (self->direct, job_id, technician_id, NULL, NULL, NULL,
                                     keep_result_cb, &answer));

  return finish_job (self, answer);
}

void
rfi_test_ask_delete (RfiTestConsole *self,
                     const char     *job_id)
{
  WAIT_FOR (rfi_remote_delete_async (self->direct, job_id, NULL, NULL, keep_result_cb, &answer));

  rfi_remote_delete_finish (self->direct, answer, &error);
  g_assert_no_error (error);
}

RfiPatch *
rfi_test_patch (RfiField    field,
                const char *value)
{
  RfiPatch *patch = rfi_patch_new ();

  rfi_patch_set (patch, field, value);
  return patch;
}

RfiPatch *
rfi_test_new_job (const char *title)
{
  RfiPatch *patch = rfi_test_patch (RFI_FIELD_TITLE, title);

  rfi_patch_set (patch, RFI_FIELD_DESCRIPTION, "Made by a test");
  rfi_patch_set (patch, RFI_FIELD_PRIORITY, "high");
  rfi_patch_set (patch, RFI_FIELD_STORE_NAME, "Corner Store");
  rfi_patch_set (patch, RFI_FIELD_ADDRESS, "1 Main Street");
  rfi_patch_set (patch, RFI_FIELD_CITY, "Dallas");
  rfi_patch_set (patch, RFI_FIELD_STATE, "TX");
  rfi_patch_set (patch, RFI_FIELD_ZIP_CODE, "75201");
  return patch;
}

