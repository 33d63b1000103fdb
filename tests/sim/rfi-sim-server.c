/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-server"

#include "config.h"

#include "rfi-sim-server.h"

#include "rfi-health.h"
#include "rfi-hub-frame.h"
#include "rfi-rules.h"
#include "rfi-server-retention.h"
#include "rfi-sim-interpose.h"
#include "rfi-sim-rest.h"
#include "rfi-sim-sign-in.h"
#include "rfi-sim-vfs.h"
#include "rfi-time.h"
#include "rfi-wire-auth.h"
#include "rfi-wire-error.h"

#include <string.h>

#define MIGRATIONS "/com/retailfixit/Dispatch/sql/server"
#define FILE_NAME "dispatch.sqlite"
#define PATH "server/" FILE_NAME
#define PING_INTERVAL 15000

/* Not once a day but all the time, and a little only, so that much is in between. */
#define TIDY_EVERY 8
#define TIDY_ROWS 5

RfiSimServer *
rfi_sim_server_new (RfiSimTime              *time,
                    GPtrArray               *users,
                    guint64                  seed,
                    const RfiSimServerWatch *watch,
                    gpointer                 watcher)
{
  RfiSimServer *self = g_new0 (RfiSimServer, 1);
  g_autoptr(RfiRandom) random = rfi_random_new_seed (seed);
  static const char secret[] = "thirty-two bytes that nobody has";

  self->time = time;
  self->users = users;
  self->watch = watch;
  self->watcher = watcher;
  self->disk = rfi_sim_disk_new ("server", rfi_random_u64 (random));
  self->disk->torn = rfi_random_range (random, 2) == 0;
  self->random = rfi_random_new_seed (rfi_random_u64 (random));
  self->secret = g_bytes_new_static (secret, sizeof secret - 1);
  self->service = rfi_sync_service_new (self->secret, self->random);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->copies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->page_size = 1 + (guint) rfi_random_range (random, 1u << rfi_random_range (random, 8));
  self->hub = rfi_random_range (random, 4) != 0;
  /* Every eighth makes its own file. */
  if (seed % 8 != 0)
    rfi_sim_vfs_prepare (self->disk, FILE_NAME, MIGRATIONS);
  return self;
}

void
rfi_sim_server_free (RfiSimServer *self)
{
  rfi_sim_server_stop (self);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->copies);
  g_clear_pointer (&self->tickets, rfi_sim_tickets_free);
  rfi_sync_service_free (self->service);
  g_bytes_unref (self->secret);
  g_object_unref (self->random);
  rfi_sim_disk_free (self->disk);
  g_free (self);
}

gint64
rfi_sim_server_stamp (RfiSimServer *self)
{
  gint64 now = RFI_SIM_EPOCH + rfi_sim_time_now (self->time) + self->clock_ahead;

  self->last_stamp = MAX (self->last_stamp + 1, now);
  return self->last_stamp;
}

static void
hang_up_all (RfiSimServer *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    rfi_sim_net_drop (g_ptr_array_index (self->sockets, i));
  g_ptr_array_set_size (self->sockets, 0);
}

static gboolean
begin_sync (RfiSimServer *self)
{
  if (rfi_db_begin (self->db, NULL) && rfi_sync_service_begin (self->service, self->db, NULL) &&
      rfi_db_commit (self->db, NULL))
    return TRUE;

  rfi_db_rollback (self->db);
  rfi_db_close (g_steal_pointer (&self->db), NULL);
  return FALSE;
}

gboolean
rfi_sim_server_start (RfiSimServer *self)
{
  g_assert_null (self->db);
  rfi_sim_disk_start (self->disk);
  self->fell = FALSE;
  self->db = rfi_db_open (PATH, TRUE, MIGRATIONS, NULL);
  return self->db != NULL && begin_sync (self);
}

void
rfi_sim_server_stop (RfiSimServer *self)
{
  hang_up_all (self);
  if (self->db != NULL)
    rfi_db_close (g_steal_pointer (&self->db), NULL);
}

void
rfi_sim_server_crash (RfiSimServer *self)
{
  rfi_sim_disk_crash (self->disk);
  rfi_sim_server_stop (self);
}

void
rfi_sim_server_backup (RfiSimServer *self)
{
  if (self->db != NULL)
    g_ptr_array_add (self->copies, rfi_sim_disk_copy (self->disk));
}

/* Whose disk fails meanwhile does it again. */
void
rfi_sim_server_restore (RfiSimServer *self,
                        guint         copy,
                        gboolean      told)
{
  if (self->tickets != NULL)
    rfi_sim_tickets_doubt (self->tickets, NULL);
  rfi_sim_server_crash (self);
  rfi_sim_disk_start (self->disk);
  rfi_sim_disk_restore (self->disk, g_ptr_array_index (self->copies, copy));
  self->disk->spared = TRUE;
  g_assert_true (rfi_sim_server_start (self));
  if (told)
    g_assert_true (rfi_db_begin (self->db, NULL) &&
                   rfi_sync_service_renew (self->service, self->db, NULL) &&
                   rfi_db_commit (self->db, NULL));
  self->disk->spared = FALSE;
}

void
rfi_sim_server_stumble (RfiSimServer *self)
{
  rfi_db_rollback (self->db);
  if (self->disk->dead)
    {
      rfi_sim_server_stop (self);
      self->fell = TRUE;
      return;
    }

  rfi_db_close (g_steal_pointer (&self->db), NULL);
  self->db = rfi_db_open (PATH, TRUE, MIGRATIONS, NULL);
  if (self->db == NULL)
    {
      rfi_sim_server_stop (self);
      self->fell = TRUE;
    }
}

gboolean
rfi_sim_server_change (RfiSimServer     *self,
                       RfiSimServerFunc  func,
                       gpointer          data)
{
  if (self->db == NULL)
    return FALSE;

  if (rfi_db_begin (self->db, NULL) && func (self, rfi_sim_server_stamp (self), data) &&
      rfi_db_commit (self->db, NULL))
    return TRUE;

  rfi_sim_server_stumble (self);
  return FALSE;
}

/* The hub */

static RfiUser *
user_of (RfiSimServer *self,
         guint         who)
{
  return g_ptr_array_index (self->users, who);
}

static guint
owner_of (RfiSocket *socket)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (socket), "who"));
}

void
rfi_sim_server_tell (RfiSimServer      *self,
                     const RfiSyncNews *news)
{
  g_autoptr(GString) frame = g_string_new (NULL);

  rfi_hub_append_event (frame, news->event, news->job, NULL, news->triggered_by, news->seq);
  for (guint i = 0; i < self->sockets->len; i++)
    {
      RfiSocket *socket = g_ptr_array_index (self->sockets, i);
      RfiUser *user = user_of (self, owner_of (socket));

      if (rfi_rules_may_see (user, news->job) ||
          (news->previous != NULL && rfi_rules_may_see (user, news->previous)))
        rfi_sim_net_say (socket, frame->str, frame->len);
    }
}

static gboolean
accept_socket (gpointer   server,
               guint      who,
               RfiSocket *socket)
{
  RfiSimServer *self = server;

  if (self->db == NULL || !self->hub)
    return FALSE;

  g_object_set_data (G_OBJECT (socket), "who", GUINT_TO_POINTER (who));
  return TRUE;
}

typedef struct
{
  RfiSimServer *server;
  RfiSocket    *socket;  /* (owned) */
} Ping;

static void
ping_free (Ping *ping)
{
  g_object_unref (ping->socket);
  g_free (ping);
}

static void
ping (gpointer data)
{
  Ping *last = data;
  RfiSimServer *self = last->server;
  g_autoptr(GString) frame = g_string_new (NULL);
  Ping *next;

  if (!g_ptr_array_find (self->sockets, last->socket, NULL))
    return;

  rfi_hub_append_ping (frame);
  rfi_sim_net_say (last->socket, frame->str, frame->len);
  next = g_new (Ping, 1);
  next->server = self;
  next->socket = g_object_ref (last->socket);
  rfi_sim_time_at (self->time, rfi_sim_time_now (self->time) + PING_INTERVAL, ping, next,
                   (GDestroyNotify) ping_free);
}

static void
hear (gpointer    server,
      RfiSocket  *socket,
      const char *text,
      gsize       length)
{
  RfiSimServer *self = server;
  g_autoptr(GString) frame = g_string_new (NULL);
  Ping first = { self, socket };

  if (self->db == NULL || g_ptr_array_find (self->sockets, socket, NULL))
    return;

  rfi_hub_append_handshake_answer (frame, NULL);
  rfi_sim_net_say (socket, frame->str, frame->len);
  g_ptr_array_add (self->sockets, g_object_ref (socket));
  ping (&first);
}

static void
hang_up (gpointer   server,
         RfiSocket *socket)
{
  RfiSimServer *self = server;

  g_ptr_array_remove (self->sockets, socket);
}

/* Requests */

static void
answer_health (RfiSimServer *self,
               RfiSimAnswer *answer)
{
  static char *capabilities[] = { (char *) "idempotency-key", (char *) "sync-v1", NULL };
  char now[RFI_TIME_TEXT_SIZE];
  RfiHealth health = {
    .ok = TRUE,
    .status = (char *) "ok",
    .environment = (char *) "simulation",
    .version = (char *) "0",
    .capabilities = capabilities,
  };

  rfi_time_format (RFI_SIM_EPOCH + rfi_sim_time_now (self->time) + self->clock_ahead, now);
  health.timestamp = now;
  rfi_health_append (&health, answer->body);
  answer->status = 200;
}

static void
answer_people (RfiSimServer *self,
               const char   *target,
               RfiSimAnswer *answer)
{
  g_autoptr(GPtrArray) vendors = NULL;

  answer->status = 200;
  if (g_str_has_prefix (target, "/api/technicians"))
    {
      rfi_wire_technicians_append_v1 (answer->body, self->people);
      return;
    }

  vendors = g_ptr_array_new ();
  for (guint i = 0; i < self->users->len; i++)
    {
      RfiUser *user = g_ptr_array_index (self->users, i);

      if (user->role == RFI_ROLE_DISPATCHER && vendors->len == 0)
        g_ptr_array_add (vendors, user);
    }
  rfi_wire_vendors_append (answer->body, vendors);
}

static void
refuse (RfiSimAnswer *answer,
        guint         status,
        const char   *code)
{
  answer->status = status;
  g_string_truncate (answer->body, 0);
  rfi_wire_error_append (answer->body, code, "The simulated server says no");
}

/* Returns: %FALSE if the server fell over it */
static gboolean
run_service (RfiSimServer         *self,
             const RfiSyncRequest *asked,
             RfiSyncReply         *reply)
{
  RfiSyncRequest request = *asked;

  request.writing = request.writing || rfi_sync_service_writes (request.method, request.path);
  if (request.writing && !rfi_db_begin (self->db, NULL))
    {
      rfi_sim_server_stumble (self);
      return FALSE;
    }

  rfi_sync_service_handle (self->service, self->db, &request, reply);
  if (!request.writing && reply->error == NULL)
    return TRUE;

  if (reply->error == NULL && reply->keep)
    {
      if (rfi_db_commit (self->db, NULL))
        return TRUE;
      rfi_sim_server_stumble (self);
      return FALSE;
    }

  if (reply->error != NULL)
    rfi_sim_server_stumble (self);
  else
    rfi_db_rollback (self->db);
  return self->db != NULL;
}

/* Small pages have more edges. Returns: (transfer full) (nullable) */
static char *
make_pages_small (RfiSimServer *self,
                  const char   *query)
{
  const char *limit = query != NULL ? strstr (query, "limit=") : NULL;

  if (limit == NULL)
    return g_strdup (query);

  return g_strdup_printf ("%.*slimit=%u%s", (int) (limit - query), query, self->page_size,
                          limit + strcspn (limit, "&"));
}

static gboolean
tidy (RfiSimServer *self, gint64 stamp, gpointer data)
{
  guint n;

  return rfi_server_retention_run (self->db, stamp, TIDY_ROWS, &n, NULL);
}

static gboolean
serve (RfiSimServer *self,
       guint         who,
       RfiRequest   *request,
       RfiSimAnswer *answer)
{
  g_auto(GStrv) parts = g_strsplit (request->target, "?", 2);
  g_autofree char *query = make_pages_small (self, parts[1]);
  gsize n_body = 0;
  const char *body = request->body != NULL ? g_bytes_get_data (request->body, &n_body) : NULL;
  RfiSyncRequest asked = {
    .user = user_of (self, who),
    .method = request->method,
    .path = parts[0],
    .query = query,
    .body = body,
    .n_body = n_body,
    .now = rfi_sim_server_stamp (self),
  };
  g_auto(RfiSyncReply) reply = { 0 };
  gboolean up = run_service (self, &asked, &reply);

  if (up && reply.again)
    {
      rfi_sync_reply_clear (&reply);
      memset (&reply, 0, sizeof reply);
      asked.writing = TRUE;
      up = run_service (self, &asked, &reply);
    }
  if (!up)
    {
      self->watch->fell (self->watcher, who, parts[0], request->body);
      return FALSE;
    }

  answer->status = reply.status;
  g_strlcpy (answer->type, reply.type != NULL ? reply.type : "application/json",
             sizeof answer->type);
  g_string_append_len (answer->body, reply.body->str, (gssize) reply.body->len);
  if (g_str_equal (parts[0], "/api/v1/sync/push") && reply.status == 200)
    self->watch->pushed (self->watcher, who, body, n_body, answer->body->str, answer->body->len);
  else
    self->watch->served (self->watcher, who, request->target, reply.status, answer->body);
  for (guint i = 0; reply.news != NULL && i < reply.news->len; i++)
    rfi_sim_server_tell (self, g_ptr_array_index (reply.news, i));
  if (self->last_stamp % TIDY_EVERY == 0)
    rfi_sim_server_change (self, tidy, NULL);
  return TRUE;
}

static gboolean
handle (gpointer      server,
        guint         who,
        RfiRequest   *request,
        RfiSimAnswer *answer)
{
  RfiSimServer *self = server;
  const char *target = request->target;

  if (self->db == NULL)
    return FALSE;

  if (g_str_equal (target, "/api/auth/refresh"))
    return rfi_sim_sign_in_renew (self, request, answer);
  if (!rfi_sim_sign_in_check (self, who, request))
    {
      refuse (answer, 401, "UNAUTHORIZED");
      return TRUE;
    }

  if (g_str_has_prefix (target, "/api/v1/") || g_str_has_prefix (target, "/api/events"))
    return serve (self, who, request, answer);
  if (rfi_sim_rest_is_asked (request))
    return rfi_sim_rest_handle (self, who, request, answer);

  if (g_str_has_prefix (target, "/api/health"))
    answer_health (self, answer);
  else if (g_str_has_prefix (target, "/api/technicians") ||
           g_str_has_prefix (target, "/api/vendors"))
    answer_people (self, target, answer);
  else if (strstr (target, "negotiate") != NULL && self->hub)
    {
      answer->status = 200;
      rfi_wire_negotiate_append (answer->body, "http://server/client/?hub=jobs", "hub");
    }
  else
    refuse (answer, 404, "NOT_FOUND");
  return TRUE;
}

const RfiSimServerSide rfi_sim_server_side = {
  .handle = handle,
  .accept = accept_socket,
  .hear = hear,
  .hang_up = hang_up,
};
