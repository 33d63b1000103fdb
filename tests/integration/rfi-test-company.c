/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-company.h"

#include "rfi-audit-entry.h"
#include "rfi-session-records.h"

#include <sqlite3.h>

RfiTestCompany *
rfi_test_company_new (void)
{
  RfiTestCompany *self = g_new0 (RfiTestCompany, 1);
  const char *url;

  self->server = rfi_test_server_new (NULL);
  url = rfi_test_server_get_url (self->server);
  for (guint who = 0; who < RFI_N_ROLES; who++)
    self->consoles[who] = rfi_test_console_new ();
  rfi_test_console_sign_in (self->consoles[RFI_ROLE_ADMIN], url, RFI_TEST_ADMIN);
  rfi_test_console_sign_in (self->consoles[RFI_ROLE_DISPATCHER], url, RFI_TEST_DISPATCHER);
  rfi_test_console_sign_in (self->consoles[RFI_ROLE_TECHNICIAN], url, RFI_TEST_TECHNICIAN);
  self->technician_id =
    g_strdup (rfi_session_get_user (self->consoles[RFI_ROLE_TECHNICIAN]->session)->id);
  self->http = rfi_test_http_new ();
  self->token = rfi_test_server_sign_in (self->server, RFI_TEST_ADMIN);
  for (guint who = 0; who < RFI_N_ROLES; who++)
    rfi_test_wait (rfi_session_get_sync_state (self->consoles[who]->session)->dialect ==
                   RFI_DIALECT_SYNC_V1);
  return self;
}

void
rfi_test_company_free (RfiTestCompany *self)
{
  for (guint who = 0; who < RFI_N_ROLES; who++)
    rfi_test_console_free (self->consoles[who]);
  rfi_test_server_free (self->server);
  g_object_unref (self->http);
  g_free (self->token);
  g_free (self->technician_id);
  g_free (self);
}

RfiSession *
rfi_test_company_get_session (RfiTestCompany *self,
                              RfiRole         who)
{
  return self->consoles[who]->session;
}

RfiConflictDesk *
rfi_test_company_get_desk (RfiTestCompany *self,
                           RfiRole         who)
{
  return rfi_conflict_desk_get (self->consoles[who]->session);
}

guint
rfi_test_company_count_desk (RfiTestCompany *self,
                             RfiRole         who)
{
  return g_list_model_get_n_items (
    rfi_conflict_desk_get_list (rfi_test_company_get_desk (self, who)));
}

RfiConflict *
rfi_test_company_find_conflict (RfiTestCompany *self,
                                RfiRole         who,
                                const char     *job_id)
{
  GListModel *list = rfi_conflict_desk_get_list (rfi_test_company_get_desk (self, who));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (list, i);
      RfiConflict *conflict = rfi_record_item_get (item);

      if (g_strcmp0 (conflict->job_id, job_id) == 0)
        return conflict;
    }
  return NULL;
}

gboolean
rfi_test_company_refreshed (RfiTestCompany *self,
                            RfiRole         who,
                            gboolean        done)
{
  if (!done)
    rfi_conflict_desk_refresh (rfi_test_company_get_desk (self, who));
  return done;
}

void
rfi_test_company_edit (RfiTestCompany *self,
                       RfiRole         who,
                       const char     *job_id,
                       RfiField        field,
                       const char     *value)
{
  GError *error = NULL;

  rfi_test_console_edit (self->consoles[who], job_id, field, value, &error);
  g_assert_no_error (error);
}

void
rfi_test_company_set_status (RfiTestCompany *self,
                             RfiRole         who,
                             const char     *job_id,
                             RfiStatus       status)
{
  GError *error = NULL;

  rfi_test_console_set_status (self->consoles[who], job_id, status, &error);
  g_assert_no_error (error);
}

void
rfi_test_company_set_offline (RfiTestCompany *self,
                              RfiRole         who,
                              gboolean        offline)
{
  rfi_session_set_forced_offline (self->consoles[who]->session, offline);
  rfi_test_wait (rfi_session_get_online (self->consoles[who]->session) == !offline);
}

void
rfi_test_company_wait_confirmed (RfiTestCompany *self,
                                 RfiRole         who,
                                 const char     *job_id)
{
  RfiTestConsole *console = self->consoles[who];

  rfi_test_wait (rfi_test_console_get_job (console, job_id) != NULL &&
                 rfi_test_console_get_mark (console, job_id) == RFI_MARK_CONFIRMED);
}

void
rfi_test_company_create (RfiTestCompany *self,
                         const char     *title,
                         gboolean        assigned)
{
  GError *error = NULL;

  g_free (rfi_test_console_create (self->consoles[RFI_ROLE_DISPATCHER], title, "vendor-001",
                                   assigned ? self->technician_id : NULL, &error));
  g_assert_no_error (error);
}

char *
rfi_test_company_wait_job (RfiTestCompany *self,
                           const char     *title,
                           gboolean        assigned)
{
  RfiTestConsole *admin = self->consoles[RFI_ROLE_ADMIN];
  char *id;

  rfi_test_wait (rfi_test_console_find_job (admin, title) != NULL);
  id = g_strdup (rfi_test_console_find_job (admin, title)->id);
  rfi_test_company_wait_confirmed (self, RFI_ROLE_DISPATCHER, id);
  if (assigned)
    {
      rfi_test_company_wait_confirmed (self, RFI_ROLE_TECHNICIAN, id);
      rfi_test_wait (rfi_test_console_get_job (admin, id)->assigned_to != NULL);
    }
  return id;
}

gboolean
rfi_test_company_agree (RfiTestCompany *self,
                        RfiRole         a,
                        RfiRole         b,
                        const char     *job_id)
{
  const RfiJob *first = rfi_test_console_get_job (self->consoles[a], job_id);
  const RfiJob *second = rfi_test_console_get_job (self->consoles[b], job_id);
  g_autoptr(RfiPatch) first_fields = first != NULL ? rfi_job_to_patch (first) : NULL;
  g_autoptr(RfiPatch) second_fields = second != NULL ? rfi_job_to_patch (second) : NULL;

  return first != NULL && second != NULL && rfi_etag_equal (first->etag, second->etag) &&
         rfi_patch_equal (first_fields, second_fields) &&
         rfi_test_console_get_mark (self->consoles[a], job_id) == RFI_MARK_CONFIRMED &&
         rfi_test_console_get_mark (self->consoles[b], job_id) == RFI_MARK_CONFIRMED;
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
rfi_test_company_assert_told (RfiTestCompany *self,
                              RfiRole         who,
                              const char     *job_id)
{
  RfiSession *session = self->consoles[who]->session;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  guint n_resolved = 0;

  rfi_session_list_audit_async (session, job_id, 50, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  entries = rfi_session_list_audit_finish (session, result, NULL);
  for (guint i = 0; i < entries->len; i++)
    n_resolved += ((RfiAuditEntry *) entries->pdata[i])->action == RFI_AUDIT_RESOLVED;
  g_assert_cmpuint (n_resolved, >, 0);
}

void
rfi_test_company_assert_remade (RfiTestCompany *self,
                                RfiRole         who,
                                const char     *job_id,
                                const char     *before,
                                const char     *after)
{
  const RfiHistoryQuery query = { .job_id = (char *) job_id, .kind = RFI_HISTORY_LIFE };
  RfiSession *session = self->consoles[who]->session;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiHistoryPart) part = NULL;
  guint n = 0;

  rfi_session_query_history_async (session, &query, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  part = rfi_session_query_history_finish (session, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < part->entries->len; i++)
    {
      const RfiAuditEntry *entry = g_ptr_array_index (part->entries, i);

      if (entry->action != RFI_AUDIT_REMADE)
        continue;
      g_assert_cmpstr (entry->before, ==, before);
      g_assert_cmpstr (entry->after, ==, after);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

RfiTestAnswer *
rfi_test_company_ask (RfiTestCompany *self,
                      const char     *method,
                      const char     *path)
{
  return rfi_test_http_call (self->http, rfi_test_server_get_url (self->server), method, path,
                             self->token, NULL);
}

gboolean
rfi_test_company_is_deleted (RfiTestCompany *self,
                             const char     *job_id)
{
  g_autofree char *path = g_strconcat ("/api/jobs/", job_id, NULL);
  g_autoptr(RfiTestAnswer) answer = rfi_test_company_ask (self, "GET", path);

  return answer->status == 404;
}

void
rfi_test_company_set_active (RfiTestCompany *self,
                             gboolean        active)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (self->server), "server.db", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE user SET active = %d WHERE id = '%s'", active,
                                          self->technician_id);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}
