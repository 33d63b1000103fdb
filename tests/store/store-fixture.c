/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include "rfi-audit-entry.h"
#include "rfi-test-seal.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>

GAsyncResult *store_result;

static int
compare_texts (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* @parts: (transfer full), sorted here */
static char *
join (GPtrArray  *parts,
      const char *separator)
{
  char *text;

  g_ptr_array_sort (parts, compare_texts);
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (separator, (char **) parts->pdata);
  g_ptr_array_unref (parts);
  return text;
}

static char *
describe (RfiStoreChange *change)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) text = NULL;
  g_autofree char *listed = NULL;
  const struct {
    gboolean    set;
    const char *word;
  } flags[] = {
    { change->foreign, "foreign" },     { change->outbox, "outbox" },
    { change->conflicts, "conflicts" }, { change->audit, "audit" },
    { change->photos, "photos" },       { change->people, "people" },
  };

  for (guint i = 0; i < change->upserted->len; i++)
    {
      RfiJobState *state = g_ptr_array_index (change->upserted, i);

      g_ptr_array_add (jobs, g_strconcat ("+", state->work->id, NULL));
    }
  for (guint i = 0; i < change->removed->len; i++)
    g_ptr_array_add (jobs, g_strconcat ("-", g_ptr_array_index (change->removed, i), NULL));
  if (change->renamed_from != NULL)
    g_ptr_array_add (jobs, g_strconcat (change->renamed_from, ">", change->renamed_to, NULL));

  listed = join (jobs, " ");
  text = g_string_new (listed);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].set)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", flags[i].word);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
changed_cb (RfiStore       *store,
            RfiStoreChange *change,
            gpointer        user_data)
{
  StoreFixture *self = user_data;
  g_autofree char *text = describe (change);

  if (self->told->len > 0)
    g_string_append (self->told, ", ");
  g_string_append (self->told, text);
  g_clear_pointer (&self->change, rfi_store_change_unref);
  self->change = rfi_store_change_ref (change);
}

void
store_assert_told (StoreFixture *self,
                   const char   *expected)
{
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

void
store_fixture_open (StoreFixture *self)
{
  g_autoptr(GError) error = NULL;

  self->store = rfi_store_open (self->path, self->seal, changed_cb, self, NULL, TRUE, &error);
  g_assert_no_error (error);
}

void
store_fixture_close (StoreFixture *self)
{
  store_fixture_forget ();
  rfi_store_close (self->store);
  rfi_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
store_fixture_set_up (StoreFixture  *self,
                      gconstpointer  unused)
{
  self->dir = g_dir_make_tmp ("rfi-store-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "cache.db", NULL);
  self->seal = rfi_test_seal_new ();
  self->told = g_string_new (NULL);
  store_fixture_open (self);
}

void
store_fixture_tear_down (StoreFixture  *self,
                         gconstpointer  unused)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (self->store != NULL)
    store_fixture_close (self);
  g_clear_pointer (&self->change, rfi_store_change_unref);
  g_string_free (self->told, TRUE);

  dir = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_assert_no_errno (g_unlink (path));
    }
  g_assert_no_errno (g_rmdir (self->dir));
  g_free (self->dir);
  g_free (self->path);
  rfi_seal_unref (self->seal);
}

void
store_fixture_keep_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
store_fixture_wait (GAsyncResult **result)
{
  rfi_test_wait (*result != NULL);
  rfi_test_settle ();
  return *result;
}

void
store_fixture_forget (void)
{
  g_clear_object (&store_result);
}

RfiJob *
store_job (const char *id,
           const char *title,
           const char *etag,
           gint64      updated_at)
{
  RfiJob job = {
    .id = id, .title = title, .description = "It drips", .vendor_id = "vendor-001",
    .created_by = "admin", .store_name = "QuickStop #3",
    .address = "1 Main St", .city = "Dallas", .state = "TX", .zip_code = "75201",
    .status = RFI_STATUS_ASSIGNED, .assigned_to = "ahmed", .priority = RFI_PRIORITY_LOW,
    .etag = rfi_etag (etag), .created_at = 1000, .updated_at = updated_at,
  };

  return rfi_job_new (&job);
}

void
store_apply (StoreFixture *self,
             RfiPullMode   mode,
             gint64        listing,
             RfiJob       *first,
             ...)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  va_list others;

  va_start (others, first);
  for (RfiJob *row = first; row != NULL; row = va_arg (others, RfiJob *))
    g_ptr_array_add (rows, row);
  va_end (others);
  store_run (self, rfi_store_apply_rows_async, rows, mode, listing, "cursor", NULL);
}

static RfiOperation *
make_operation (const char       *id,
                RfiOperationKind  kind,
                const char       *job_id,
                RfiPatch         *before,
                RfiPatch         *patch)
{
  RfiOperation operation = {
    .id = (char *) id, .kind = kind, .job_id = (char *) job_id, .user_id = (char *) "me",
    .vendor_id = (char *) (kind == RFI_OPERATION_CREATE ? "vendor-001" : NULL),
    .base_etag = (char *) (kind != RFI_OPERATION_CREATE ? "\"1\"" : NULL),
    .before = before, .patch = patch, .created_at = 2000,
  };

  return rfi_operation_new (&operation);
}

RfiOperation *
store_create (const char *id,
              const char *job_id,
              const char *title)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  return make_operation (id, RFI_OPERATION_CREATE, job_id, NULL, patch);
}

RfiOperation *
store_edit (const char *id,
            const char *job_id,
            const char *before,
            const char *title)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) was = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_patch_set (was, RFI_FIELD_TITLE, before);
  return make_operation (id, RFI_OPERATION_EDIT, job_id, was, patch);
}

RfiOperation *
store_step (const char *id,
            const char *job_id,
            RfiStatus   before,
            RfiStatus   after)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) was = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (after));
  rfi_patch_set (was, RFI_FIELD_STATUS, rfi_status_to_string (before));
  return make_operation (id, RFI_OPERATION_SET_STATUS, job_id, was, patch);
}

RfiOperation *
store_plain (const char       *id,
             RfiOperationKind  kind,
             const char       *job_id)
{
  return make_operation (id, kind, job_id, NULL, NULL);
}

gboolean
store_try_enqueue (StoreFixture  *self,
                   RfiOperation  *operation,
                   GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(RfiOperation) placed = NULL;

  rfi_store_enqueue_async (self->store, operation, NULL, store_fixture_keep_cb, &result);
  placed = rfi_store_enqueue_finish (self->store, store_fixture_wait (&result), error);
  if (placed != NULL)
    g_assert_cmpint (placed->seq, >, 0);
  return placed != NULL;
}

void
store_enqueue (StoreFixture *self,
               RfiOperation *operation)
{
  g_autoptr(RfiOperation) owned = operation;
  g_autoptr(GError) error = NULL;

  store_try_enqueue (self, operation, &error);
  g_assert_no_error (error);
}

void
store_open_conflict (StoreFixture *self,
                     RfiOperation *operation,
                     RfiJob       *base,
                     RfiJob       *theirs)
{
  g_autoptr(RfiPatch) base_patch = rfi_job_to_patch (base);
  g_autoptr(RfiPatch) their_patch = theirs != NULL ? rfi_job_to_patch (theirs) : NULL;
  RfiConflict template = {
    .id = (char *) "c", .operation = operation, .job_id = operation->job_id,
    .job_title = (char *) base->title, .base = base_patch, .theirs = their_patch,
    .reason = theirs != NULL ? RFI_CONFLICT_FIELDS : RFI_CONFLICT_DELETED,
    .theirs_etag = (char *) (theirs != NULL ? RFI_ETAG_TEXT (theirs->etag) : NULL),
    .detected_at = 8000,
  };
  g_autoptr(RfiConflict) conflict = rfi_conflict_new (&template);

  store_run (self, rfi_store_open_conflict_async, conflict, theirs);
}

GPtrArray *
store_list_outbox (StoreFixture *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_list_outbox_async (self->store, NULL, store_fixture_keep_cb, &result);
  return rfi_store_list_outbox_finish (self->store, store_fixture_wait (&result), NULL);
}

GPtrArray *
store_list_conflicts (StoreFixture *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_list_conflicts_async (self->store, NULL, store_fixture_keep_cb, &result);
  return rfi_store_list_conflicts_finish (self->store, store_fixture_wait (&result), NULL);
}

GPtrArray *
store_list_photos (StoreFixture *self,
                   const char   *job_id)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_list_photos_async (self->store, job_id, NULL, store_fixture_keep_cb, &result);
  return rfi_store_list_photos_finish (self->store, store_fixture_wait (&result), NULL);
}

char *
store_show_jobs (StoreFixture *self)
{
  static const char *const marks[] = { "confirmed", "syncing", "queued", "failed", "conflict" };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) states = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  rfi_store_load_jobs_async (self->store, NULL, store_fixture_keep_cb, &result);
  states = rfi_store_load_jobs_finish (self->store, store_fixture_wait (&result), NULL);
  for (guint i = 0; i < states->len; i++)
    {
      RfiJobState *state = g_ptr_array_index (states, i);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s/%s/%s", state->work->id, state->work->title,
                                               rfi_status_to_string (state->work->status),
                                               marks[state->mark]));
    }

  return join (lines, ", ");
}

char *
store_show_outbox (StoreFixture *self)
{
  static const char *const states[] = { "", "#", "!" };
  g_autoptr(GPtrArray) outbox = store_list_outbox (self);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);

      g_string_append_printf (text, "%s%s:%s@%s%s%s", i > 0 ? ", " : "", operation->id,
                              rfi_operation_kind_to_string (operation->kind), operation->job_id,
                              states[operation->state], operation->maybe_applied ? "?" : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
store_show_audit (StoreFixture *self,
                  const char   *job_id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  rfi_store_list_audit_async (self->store, job_id, 100, 0, NULL, store_fixture_keep_cb, &result);
  entries = rfi_store_list_audit_finish (self->store, store_fixture_wait (&result), NULL);
  for (guint i = entries->len; i > 0; i--)
    {
      RfiAuditEntry *entry = g_ptr_array_index (entries, i - 1);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              rfi_audit_action_to_string (entry->action));
      if (entry->field >= 0)
        g_string_append_printf (text, " %s", rfi_field_to_string ((RfiField) entry->field));
      if (entry->before != NULL || entry->after != NULL)
        g_string_append_printf (text, " %s>%s", entry->before != NULL ? entry->before : "",
                                entry->after != NULL ? entry->after : "");
      if (entry->pending)
        g_string_append_c (text, '*');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
