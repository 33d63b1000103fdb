/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service-fixture.h"

#include "rfi-operation.h"
#include "rfi-server-users.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define MIGRATIONS "/com/retailfixit/Dispatch/sql/server"
#define BEGIN_TIME G_GINT64_CONSTANT (1764200000000)

static const struct {
  const char *id;
  const char *name;
  RfiRole     role;
  const char *vendor_id;
  gboolean    inactive;
} people[N_PEOPLE] = {
  [ADMIN] = { "admin", "Ada Admin", RFI_ROLE_ADMIN, NULL, FALSE },
  [DISPATCHER] = { "dispatcher", "Dora Dispatcher", RFI_ROLE_DISPATCHER, "vendor-a", FALSE },
  [OTHER_DISPATCHER] = { "other", "Otto Other", RFI_ROLE_DISPATCHER, "vendor-b", FALSE },
  [TECHNICIAN] = { "technician", "Tina Technician", RFI_ROLE_TECHNICIAN, "vendor-a", FALSE },
  [COLLEAGUE] = { "colleague", "Cem Colleague", RFI_ROLE_TECHNICIAN, "vendor-a", FALSE },
  [RETIRED] = { "retired", "Rita Retired", RFI_ROLE_TECHNICIAN, "vendor-a", TRUE },
  [OTHER_TECHNICIAN] = { "other-tech", "Oskar Other", RFI_ROLE_TECHNICIAN, "vendor-b", FALSE },
};

static void
add_people (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *email = g_strconcat (people[i].id, "@example.org", NULL);
      const RfiUser user = {
        .id = (char *) people[i].id, .email = email, .display_name = (char *) people[i].name,
        .role = people[i].role, .vendor_id = (char *) people[i].vendor_id,
        .inactive = people[i].inactive,
      };

      g_assert_true (rfi_server_users_insert (fixture->db, &user, "none", &error));
      g_assert_no_error (error);
      fixture->people[i] = rfi_user_new (&user);
    }
}

void
service_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GBytes) secret = g_bytes_new_static ("a secret of the test", 20);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  fixture->path = g_build_filename (g_get_user_data_dir (), "service.db", NULL);
  fixture->db = rfi_db_open (fixture->path, TRUE, MIGRATIONS, &error);
  g_assert_no_error (error);
  fixture->random = rfi_random_new_seed (7);
  fixture->service = rfi_sync_service_new (secret, fixture->random);
  fixture->now = BEGIN_TIME;
  g_assert_true (rfi_db_begin (fixture->db, &error));
  g_assert_true (rfi_sync_service_begin (fixture->service, fixture->db, &error));
  add_people (fixture);
  g_assert_true (rfi_db_commit (fixture->db, &error));
}

void
service_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    rfi_user_unref (fixture->people[i]);
  rfi_sync_service_free (fixture->service);
  g_object_unref (fixture->random);
  rfi_db_close (fixture->db, NULL);
  g_unlink (fixture->path);
  g_free (fixture->path);
}

void
answer_free (Answer *self)
{
  g_free (self->text);
  g_free (self);
}

static void
handle (Fixture              *fixture,
        const RfiSyncRequest *request,
        RfiSyncReply         *reply)
{
  if (!request->writing)
    {
      rfi_sync_service_handle (fixture->service, fixture->db, request, reply);
      return;
    }

  g_assert_true (rfi_db_begin (fixture->db, NULL));
  rfi_sync_service_handle (fixture->service, fixture->db, request, reply);
  if (reply->keep && !fixture->fails)
    g_assert_true (rfi_db_commit (fixture->db, NULL));
  else
    rfi_db_rollback (fixture->db);
  fixture->fails = FALSE;
}

Answer *
service_ask (Fixture       *fixture,
             const RfiUser *user,
             const char    *method,
             const char    *path,
             const char    *body)
{
  const char *query = strchr (path, '?');
  g_autofree char *bare = g_strndup (path, query != NULL ? (gsize) (query - path) : strlen (path));
  g_auto(RfiSyncReply) reply = { 0, };
  Answer *answer = g_new0 (Answer, 1);
  RfiSyncRequest request = {
    .user = user, .method = method, .path = bare, .query = query != NULL ? query + 1 : NULL,
    .body = body, .n_body = body != NULL ? strlen (body) : 0, .now = ++fixture->now,
    .writing = rfi_sync_service_writes (method, bare),
  };

  handle (fixture, &request, &reply);
  if (reply.again)
    {
      rfi_sync_reply_clear (&reply);
      request.writing = TRUE;
      handle (fixture, &request, &reply);
    }
  g_assert_no_error (reply.error);
  fixture->n_news = reply.news->len;
  answer->status = reply.status;
  answer->text = g_strdup (reply.body->str);
  return answer;
}

void
service_must (Fixture       *fixture,
              const RfiUser *user,
              const char    *method,
              const char    *path,
              const char    *body,
              guint          status,
              const char    *code)
{
  g_autoptr(Answer) answer = service_ask (fixture, user, method, path, body);
  g_autofree char *wanted = g_strdup_printf ("\"code\":\"%s\"", code != NULL ? code : "");

  if (answer->status != status || (code != NULL && strstr (answer->text, wanted) == NULL))
    g_error ("%s %s: %u instead of %u %s: %s", method, path, answer->status, status, wanted,
             answer->text);
}

static void
begin (Fixture        *fixture,
       RfiServerActor *actor,
       const char     *action)
{
  *actor = (RfiServerActor) {
    .user_id = fixture->people[ADMIN]->id, .origin = RFI_SERVER_ORIGIN_REST, .action = action,
    .at = ++fixture->now,
  };
  g_assert_true (rfi_db_begin (fixture->db, NULL));
}

void
service_add_job (Fixture    *fixture,
                 const char *id,
                 const char *vendor_id,
                 const char *assigned_to,
                 RfiStatus   status)
{
  RfiServerActor actor;
  g_autoptr(GError) error = NULL;
  RfiJob job = {
    .id = id, .title = "Title", .description = "Description", .status = status,
    .priority = RFI_PRIORITY_MEDIUM, .vendor_id = vendor_id,
    .created_by = fixture->people[ADMIN]->id, .assigned_to = assigned_to, .store_name = "Store",
    .address = "Address", .city = "City", .state = "TX", .zip_code = "75201",
    .etag = rfi_etag ("\"e\""),
  };
  gint64 seq;

  begin (fixture, &actor, "create");
  job.created_at = job.updated_at = actor.at;
  g_assert_true (rfi_server_jobs_insert (fixture->db, &job, &actor, &seq, &error));
  g_assert_no_error (error);
  g_assert_true (rfi_db_commit (fixture->db, NULL));
}

RfiJob *
service_get_job (Fixture    *fixture,
                 const char *id)
{
  g_autoptr(GError) error = NULL;
  RfiJob *job = rfi_server_jobs_get (fixture->db, id, &error);

  g_assert_no_error (error);
  return job;
}

void
service_change_job (Fixture    *fixture,
                    const char *id,
                    RfiField    field,
                    const char *value)
{
  g_autoptr(RfiJob) previous = service_get_job (fixture, id);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiJob) changed = NULL;
  g_autoptr(GError) error = NULL;
  RfiServerActor actor;
  gint64 seq;

  rfi_patch_set (patch, field, value);
  changed = rfi_job_apply (previous, patch);
  begin (fixture, &actor, "edit");
  changed->updated_at = actor.at;
  g_assert_true (rfi_server_jobs_update (fixture->db, previous, changed, &actor, &seq, &error));
  g_assert_no_error (error);
  g_assert_true (rfi_db_commit (fixture->db, NULL));
}

void
service_move_job (Fixture    *fixture,
                  const char *id,
                  const char *vendor_id)
{
  g_autoptr(RfiJob) previous = service_get_job (fixture, id);
  g_autoptr(RfiJob) moved = rfi_operation_move_job (previous, vendor_id);
  g_autoptr(GError) error = NULL;
  RfiServerActor actor;
  gint64 seq;

  begin (fixture, &actor, "move");
  moved->updated_at = actor.at;
  g_assert_true (rfi_server_jobs_update (fixture->db, previous, moved, &actor, &seq, &error));
  g_assert_no_error (error);
  g_assert_true (rfi_db_commit (fixture->db, NULL));
}

void
service_delete_job (Fixture    *fixture,
                    const char *id)
{
  g_autoptr(RfiJob) job = service_get_job (fixture, id);
  RfiServerActor actor;
  gint64 seq;

  begin (fixture, &actor, "delete");
  g_assert_true (rfi_server_jobs_delete (fixture->db, job, &actor, &seq, NULL));
  g_assert_true (rfi_db_commit (fixture->db, NULL));
}

gint64
service_count (Fixture    *fixture,
               const char *sql)
{
  RFI_DB_KEPT row = rfi_db_prepare (fixture->db, g_intern_string (sql), NULL);

  g_assert_nonnull (row);
  g_assert_true (rfi_db_step (fixture->db, row, NULL));
  return sqlite3_column_int64 (row, 0);
}

void
service_run (Fixture    *fixture,
             const char *sql)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_db_run (fixture->db, sql, &error));
  g_assert_no_error (error);
}
