/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-deed"

#include "config.h"

#include "rfi-test-deed.h"

#include "rfi-photo.h"
#include "rfi-test-ask.h"

static const struct {
  const char *method;
  const char *path;
} requests[RFI_N_CONTRACT_KINDS] = {
  [RFI_OPERATION_CREATE] = { "POST", "/api/jobs" },
  [RFI_OPERATION_EDIT] = { "PATCH", "/api/jobs/*" },
  [RFI_OPERATION_SET_STATUS] = { "PATCH", "/api/jobs/*/status" },
  [RFI_OPERATION_ASSIGN] = { "POST", "/api/jobs/*/assign" },
  [RFI_OPERATION_DELETE] = { "DELETE", "/api/jobs/*" },
  [RFI_OPERATION_ADD_PHOTO] = { "POST", "/api/jobs/*/attachments" },
  [RFI_OPERATION_DELETE_PHOTO] = { "DELETE", "/api/jobs/*/attachments/*" },
};

const char *
rfi_test_deed_get_method (RfiOperationKind kind)
{
  return requests[kind].method;
}

const char *
rfi_test_deed_get_path (RfiOperationKind kind)
{
  return requests[kind].path;
}

static RfiOperation *
do_photo (RfiTestConsole *console,
          const char     *job_id,
          const char     *photo_id)
{
  gint64 size;
  g_autofree char *path = rfi_test_console_draw (console, 1, &size);
  RfiOperation template = {
    .kind = photo_id != NULL ? RFI_OPERATION_DELETE_PHOTO : RFI_OPERATION_ADD_PHOTO,
    .job_id = (char *) job_id,
    .photo_id = (char *) photo_id,
    .photo_name = (char *) "front door.png",
    .photo_mime = (char *) "image/png",
    .photo_path = path,
    .photo_size = size,
  };

  return rfi_test_console_enqueue (console, &template);
}

/* The job has one photo, put there without a fault. */
static char *
prepare_photo (RfiTestConsole *console,
               const char     *job_id)
{
  g_autoptr(RfiOperation) added = do_photo (console, job_id, NULL);
  g_autoptr(RfiJob) job = NULL;

  rfi_test_console_settle (console);
  job = rfi_test_ask_job (console, job_id);
  g_assert_cmpuint (job->n_photos, ==, 1);
  return g_strdup (((RfiPhoto *) g_ptr_array_index (job->photos, 0))->id);
}

void
rfi_test_deed_prepare (RfiTestDeed    *self,
                       RfiTestConsole *console)
{
  const char *technician_id = self->kind == RFI_OPERATION_SET_STATUS ? self->technician_id : NULL;
  g_autoptr(RfiJob) job = NULL;

  if (self->kind != RFI_OPERATION_CREATE)
    {
      job = rfi_test_ask_create (console, self->title, technician_id);
      self->job_id = g_strdup (job->id);
    }
  rfi_test_console_start (console);
  if (self->kind == RFI_OPERATION_DELETE_PHOTO)
    self->photo_id = prepare_photo (console, self->job_id);
}

RfiOperation *
rfi_test_deed_do (RfiTestDeed    *self,
                  RfiTestConsole *console)
{
  g_autoptr(RfiPatch) patch = NULL;
  /* In Sync v1 it stays the job's. */
  g_autofree char *job_id = g_uuid_string_random ();

  switch (self->kind)
    {
    case RFI_OPERATION_CREATE:
      patch = rfi_test_new_job (self->title);
      return rfi_test_console_do (console, self->kind, job_id, patch);
    case RFI_OPERATION_EDIT:
      patch = rfi_test_patch (RFI_FIELD_DESCRIPTION, "changed");
      break;
    case RFI_OPERATION_SET_STATUS:
      patch = rfi_test_patch (RFI_FIELD_STATUS, "in-progress");
      break;
    case RFI_OPERATION_ASSIGN:
      patch = rfi_test_patch (RFI_FIELD_ASSIGNED_TO, self->technician_id);
      break;
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
      return do_photo (console, self->job_id, self->photo_id);
    case RFI_OPERATION_DELETE:
    case RFI_OPERATION_RESOLVE:
    case RFI_OPERATION_VOID:
    case RFI_OPERATION_MOVE:
    default:
      break;
    }

  return rfi_test_console_do (console, self->kind, self->job_id, patch);
}

/* Returns: (transfer full) (nullable): the deed's job at the server; there is at most one */
static RfiJob *
find_job (RfiTestDeed    *self,
          RfiTestConsole *console)
{
  g_autoptr(GPtrArray) titled = rfi_test_ask_titled (console, self->title);

  g_assert_cmpuint (titled->len, <=, 1);
  if (titled->len == 0)
    return NULL;

  return rfi_test_ask_job (console, ((RfiJob *) g_ptr_array_index (titled, 0))->id);
}

static gboolean
shows (RfiTestDeed  *self,
       const RfiJob *job)
{
  if (job == NULL)
    return self->kind == RFI_OPERATION_DELETE;

  switch (self->kind)
    {
    case RFI_OPERATION_CREATE:
      return TRUE;
    case RFI_OPERATION_EDIT:
      return g_str_equal (job->description, "changed");
    case RFI_OPERATION_SET_STATUS:
      return job->status == RFI_STATUS_IN_PROGRESS;
    case RFI_OPERATION_ASSIGN:
      return g_strcmp0 (job->assigned_to, self->technician_id) == 0;
    case RFI_OPERATION_ADD_PHOTO:
      return job->n_photos == 1;
    case RFI_OPERATION_DELETE_PHOTO:
      return job->n_photos == 0;
    case RFI_OPERATION_DELETE:
    case RFI_OPERATION_RESOLVE:
    case RFI_OPERATION_VOID:
    case RFI_OPERATION_MOVE:
    default:
      return FALSE;
    }
}

gboolean
rfi_test_deed_is_done (RfiTestDeed    *self,
                       RfiTestConsole *console)
{
  g_autoptr(RfiJob) job = find_job (self, console);

  return shows (self, job);
}

/* Whether the console has what the server has. @job: (nullable): the server's */
static gboolean
has_caught_up (RfiTestDeed    *self,
               RfiTestConsole *console,
               RfiJob         *job)
{
  g_autoptr(RfiJob) base =
    rfi_test_console_get_base (console, job != NULL ? job->id : self->job_id);

  return job == NULL || base == NULL ? job == base
                                     : rfi_etag_equal (base->etag, job->etag);
}

void
rfi_test_deed_assert (RfiTestDeed    *self,
                      RfiTestConsole *console)
{
  g_autoptr(RfiJob) job = find_job (self, console);
  g_autoptr(RfiJob) base = NULL;
  g_autoptr(RfiPatch) here = NULL;
  g_autoptr(RfiPatch) there = NULL;

  g_assert_true (shows (self, job));

  /* Whoever was killed may have done it already: then nothing waits, and the next look tells. */
  rfi_test_wait (has_caught_up (self, console, job));
  if (job == NULL)
    return;

  base = rfi_test_console_get_base (console, job->id);
  here = rfi_job_to_patch (base);
  there = rfi_job_to_patch (job);
  g_assert_true (rfi_patch_equal (here, there));
  g_assert_cmpuint (base->n_photos, ==, job->n_photos);
}

void
rfi_test_deed_clear (RfiTestDeed *self)
{
  g_clear_pointer (&self->job_id, g_free);
  g_clear_pointer (&self->photo_id, g_free);
}
