/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "config.h"

#include "rfi-test-console.h"

#include "rfi-test-wait.h"

#include <ftw.h>
#include <glib/gstdio.h>

RfiTestConsole *
rfi_test_console_new (void)
{
  RfiTestConsole *self = g_new0 (RfiTestConsole, 1);
  GError *error = NULL;

  self->profile = g_dir_make_tmp ("rfi-console-XXXXXX", &error);
  g_assert_no_error (error);
  rfi_test_console_start (self, FALSE);
  return self;
}

static int
remove_entry (const char        *path,
              const struct stat *info,
              int                type,
              struct FTW        *place)
{
  return g_remove (path);
}

void
rfi_test_console_free (RfiTestConsole *self)
{
  rfi_test_console_quit (self);
  g_assert_cmpint (nftw (self->profile, remove_entry, 8, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (self->profile);
  g_free (self);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
rfi_test_console_quit (RfiTestConsole *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  if (self->manager == NULL)
    return;

  rfi_session_manager_close_async (self->manager, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  g_assert_true (rfi_session_manager_close_finish (self->manager, result, NULL));
  g_clear_object (&result);
  rfi_test_settle ();
  if (self->session != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->session));
  g_assert_finalize_object (g_steal_pointer (&self->manager));
}

void
rfi_test_console_start (RfiTestConsole *self,
                        gboolean        forced_offline)
{
  g_assert_null (self->manager);
  self->manager = rfi_session_manager_new (self->profile, forced_offline);
}

static void
take_session (RfiTestConsole *self)
{
  RfiSession *session = rfi_session_manager_get_session (self->manager);

  g_assert_nonnull (session);
  self->session = g_object_ref (session);
}

gboolean
rfi_test_console_try_sign_in (RfiTestConsole  *self,
                              const char      *server_url,
                              const char      *email,
                              const char      *password,
                              gboolean         keep,
                              GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_session_manager_sign_in_async (self->manager, server_url, email, password, keep, NULL,
                                     keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  if (!rfi_session_manager_sign_in_finish (self->manager, result, error))
    return FALSE;

  take_session (self);
  return TRUE;
}

void
rfi_test_console_sign_in (RfiTestConsole *self,
                          const char     *server_url,
                          const char     *email,
                          const char     *password)
{
  GError *error = NULL;

  rfi_test_console_try_sign_in (self, server_url, email, password, FALSE, &error);
  g_assert_no_error (error);
  rfi_test_console_wait_live (self);
}

gboolean
rfi_test_console_try_restore (RfiTestConsole  *self,
                              GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  gboolean restored;

  rfi_session_manager_restore_async (self->manager, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  restored = rfi_session_manager_restore_finish (self->manager, result, error);
  if (restored)
    take_session (self);

  return restored;
}

gboolean
rfi_test_console_restore (RfiTestConsole *self)
{
  GError *error = NULL;
  gboolean restored = rfi_test_console_try_restore (self, &error);

  g_assert_no_error (error);
  return restored;
}

void
rfi_test_console_sign_out (RfiTestConsole *self,
                           GFile          *export_to)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_session_manager_sign_out_async (self->manager,
                                      export_to != NULL ? RFI_SIGN_OUT_EXPORT_PENDING
                                                        : RFI_SIGN_OUT_KEEP_PENDING,
                                      export_to, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_manager_sign_out_finish (self->manager, result, &error);
  g_assert_no_error (error);
  g_assert_null (rfi_session_manager_get_session (self->manager));
  g_clear_object (&result);
  rfi_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&self->session));
}

static gboolean
is_live (RfiTestConsole *self)
{
  const RfiSyncState *state = rfi_session_get_sync_state (self->session);
  gboolean loading;

  g_object_get (self->session, "loading", &loading, NULL);
  return !loading && state->phase == RFI_PHASE_LIVE && state->last_sync_at > 0 &&
         rfi_session_get_online (self->session);
}

void
rfi_test_console_wait_live (RfiTestConsole *self)
{
  rfi_test_wait (is_live (self));
}

/* The list of what waits comes after it was asked for: what was just typed is known to the jobs
 * before. */
void
rfi_test_console_wait_sent (RfiTestConsole *self)
{
  const RfiJobCounts *counts =
    rfi_job_table_get_counts (rfi_session_get_jobs (self->session));

  rfi_test_wait (counts->marks[RFI_MARK_QUEUED] == 0 &&
                 g_list_model_get_n_items (rfi_session_get_outbox (self->session)) == 0);
}

static RfiJobState *
lookup (RfiTestConsole *self,
        const char     *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (self->session), job_id);
}

const RfiJob *
rfi_test_console_get_job (RfiTestConsole *self,
                          const char     *job_id)
{
  RfiJobState *state = lookup (self, job_id);

  return state != NULL ? state->work : NULL;
}

RfiMark
rfi_test_console_get_mark (RfiTestConsole *self,
                           const char     *job_id)
{
  RfiJobState *state = lookup (self, job_id);

  g_assert_nonnull (state);
  return state->mark;
}

typedef struct
{
  const char   *title;
  const RfiJob *job;  /* (nullable) */
} Search;

static void
compare_title (RfiJobState *state,
               gpointer     user_data)
{
  Search *search = user_data;

  if (g_str_equal (state->work->title, search->title))
    search->job = state->work;
}

const RfiJob *
rfi_test_console_find_job (RfiTestConsole *self,
                           const char     *title)
{
  Search search = { title, NULL };

  rfi_job_table_foreach (rfi_session_get_jobs (self->session), compare_title, &search);
  return search.job;
}

RfiConflict *
rfi_test_console_get_conflict (RfiTestConsole *self)
{
  g_autoptr(RfiRecordItem) item = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (rfi_session_get_conflicts (self->session)), ==, 1);
  item = g_list_model_get_item (rfi_session_get_conflicts (self->session), 0);
  return rfi_record_item_get (item);
}

static gboolean
finish_command (RfiTestConsole  *self,
                GAsyncResult   **result,
                GError         **error)
{
  g_autoptr(GAsyncResult) done = NULL;

  rfi_test_wait (*result != NULL);
  done = g_steal_pointer (result);
  return rfi_session_command_finish (self->session, done, error);
}

gboolean
rfi_test_console_edit (RfiTestConsole  *self,
                       const char      *job_id,
                       RfiField         field,
                       const char      *value,
                       GError         **error)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  GAsyncResult *result = NULL;

  rfi_patch_set (patch, field, value);
  rfi_session_edit_async (self->session, job_id, patch, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

gboolean
rfi_test_console_set_status (RfiTestConsole  *self,
                             const char      *job_id,
                             RfiStatus        status,
                             GError         **error)
{
  GAsyncResult *result = NULL;

  rfi_session_set_status_async (self->session, job_id, status, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

gboolean
rfi_test_console_assign (RfiTestConsole  *self,
                         const char      *job_id,
                         const char      *technician_id,
                         GError         **error)
{
  GAsyncResult *result = NULL;

  rfi_session_assign_async (self->session, job_id, technician_id, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

gboolean
rfi_test_console_move (RfiTestConsole  *self,
                       const char      *job_id,
                       const char      *vendor_id,
                       GError         **error)
{
  GAsyncResult *result = NULL;

  rfi_session_move_async (self->session, job_id, vendor_id, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

gboolean
rfi_test_console_delete (RfiTestConsole  *self,
                         const char      *job_id,
                         GError         **error)
{
  GAsyncResult *result = NULL;

  rfi_session_delete_async (self->session, job_id, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

gboolean
rfi_test_console_resolve (RfiTestConsole  *self,
                          RfiPatch        *values,
                          GError         **error)
{
  g_autofree char *id = g_strdup (rfi_test_console_get_conflict (self)->id);
  GAsyncResult *result = NULL;

  rfi_session_resolve_async (self->session, id, values, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

char *
rfi_test_console_create (RfiTestConsole  *self,
                         const char      *title,
                         const char      *vendor_id,
                         const char      *technician_id,
                         GError         **error)
{
  g_autoptr(RfiPatch) fields = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;

  rfi_patch_set (fields, RFI_FIELD_TITLE, title);
  rfi_patch_set (fields, RFI_FIELD_DESCRIPTION, "It does not start");
  rfi_patch_set (fields, RFI_FIELD_PRIORITY, "high");
  rfi_patch_set (fields, RFI_FIELD_STORE_NAME, "QuickStop #3");
  rfi_patch_set (fields, RFI_FIELD_ADDRESS, "12 Main Street");
  rfi_patch_set (fields, RFI_FIELD_CITY, "Dallas");
  rfi_patch_set (fields, RFI_FIELD_STATE, "TX");
  rfi_patch_set (fields, RFI_FIELD_ZIP_CODE, "75201");
  rfi_patch_set (fields, RFI_FIELD_ASSIGNED_TO, technician_id);
  rfi_session_create_job_async (self->session, fields, vendor_id, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  return rfi_session_create_job_finish (self->session, result, error);
}

gboolean
rfi_test_console_add_photo (RfiTestConsole  *self,
                            const char      *job_id,
                            GBytes          *content,
                            GError         **error)
{
  GAsyncResult *result = NULL;

  rfi_session_add_photo_async (self->session, job_id, content, "Front door.JPG", keep_result_cb,
                               &result);
  return finish_command (self, &result, error);
}

gboolean
rfi_test_console_delete_photo (RfiTestConsole  *self,
                               const char      *job_id,
                               const char      *photo_id,
                               GError         **error)
{
  GAsyncResult *result = NULL;

  rfi_session_delete_photo_async (self->session, job_id, photo_id, keep_result_cb, &result);
  return finish_command (self, &result, error);
}

GPtrArray *
rfi_test_console_list_photos (RfiTestConsole *self,
                              const char     *job_id)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;
  GPtrArray *photos;

  rfi_session_list_photos_async (self->session, job_id, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  photos = rfi_session_list_photos_finish (self->session, result, &error);
  g_assert_no_error (error);
  return photos;
}

GBytes *
rfi_test_console_load_photo (RfiTestConsole  *self,
                             const char      *job_id,
                             const char      *photo_id,
                             GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_session_load_photo_async (self->session, job_id, photo_id, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  return rfi_session_load_photo_finish (self->session, result, error);
}
