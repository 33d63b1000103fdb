/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-world"

#include "config.h"

#include "rfi-sim-world.h"

#include "rfi-server-jobs.h"
#include "rfi-server-users.h"
#include "rfi-sim-interpose.h"
#include "rfi-sim-memory.h"
#include "rfi-sim-sign-in.h"
#include "rfi-sim-vfs.h"
#include "rfi-wire-feed.h"

#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)

/* After everything is well again, all must agree within so long, in simulated time. */
#define PATIENCE (40 * MINUTE)

/* Who failed to fetch or to send something waits up to five minutes before the next try. */
#define LUNCH (12 * MINUTE)

static const char *const titles[] = {
  "Cooler is warm", "Door does not close", "Light flickers", "Leak below the sink",
  "Till has no power", "Sign hangs loose", "Freezer alarm", "Smell of gas",
};

void
rfi_sim_world_tell (RfiSimWorld *self,
                    const char  *format,
                    ...)
{
  g_autofree char *text = NULL;
  gint64 now = rfi_sim_time_now (self->time);
  va_list arguments;

  if (self->story == NULL)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* The same again is told once. */
  if (g_strcmp0 (text, self->last_told) == 0)
    return;
  g_free (self->last_told);
  self->last_told = g_strdup (text);
  g_string_append_printf (self->story, "  %6" G_GINT64_FORMAT ".%03d s  %s\n", now / 1000,
                          (int) (now % 1000), text);
  if (self->aloud)
    g_print ("  %6" G_GINT64_FORMAT ".%03d s  %s\n", now / 1000, (int) (now % 1000), text);
}

void
rfi_sim_world_fail (RfiSimWorld *self,
                    char        *problem)
{
  if (problem == NULL)
    return;

  if (self->problem != NULL)
    {
      g_free (problem);
      return;
    }

  rfi_sim_world_tell (self, "WRONG: %s", problem);
  self->problem = problem;
}

void
rfi_sim_world_trace (RfiSimWorld *self,
                     const char  *text,
                     gsize        length)
{
  /* FNV-1a. */
  for (gsize i = 0; i < length; i++)
    self->trace = (self->trace ^ (guint8) text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
}

/* Looking on at the server */

/* Every page can be read, and is what it says. */
static void
check_page (RfiSimWorld *self,
            const char  *path,
            GString     *page)
{
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  g_autoptr(GError) error = NULL;

  if (!rfi_feed_reader_feed (reader, page->str, page->len, &error) ||
      !rfi_feed_reader_finish (reader, &error))
    rfi_sim_world_fail (self, g_strdup_printf ("S8: the server wrote a page that cannot be read: "
                                               "%s: %s", path, error->message));
}

/* Who was told of no reason to load everything again, found that what it has is not what the server
 * has. */
static void
check_reason (RfiSimWorld *self,
              guint        who,
              const char  *path)
{
  const char *cursor = strstr (path, "cursor=");

  if (rfi_sim_net_is_unheard (self->net))
    return;
  if (strstr (path, "snapshot") != NULL)
    {
      if (strstr (path, "after=") == NULL && !self->may_list[who] && !self->unsure)
        rfi_sim_world_fail (self, g_strdup_printf ("C3: console %u loads everything again, as its "
                                                   "rows were not the server's", who));
      return;
    }

  /* One that was long on its way says nothing. */
  if (cursor != NULL && g_hash_table_add (self->cursors, g_strdup (cursor)))
    self->may_list[who] = FALSE;
}

static void
pushed_cb (gpointer    watcher,
           guint       who,
           const char *request,
           gsize       n_request,
           const char *answer,
           gsize       n_answer)
{
  RfiSimWorld *self = watcher;
  RfiUser *user = g_ptr_array_index (self->users, who);

  rfi_sim_world_trace (self, answer, n_answer);
  rfi_sim_world_tell (self, "the server answers console %u: %.*s", who, (int) n_answer, answer);
  self->server->disk->spared = TRUE;
  rfi_sim_world_fail (self, rfi_sim_truth_pushed (self->truth, self->server->db, user->id,
                                                  request, n_request, answer, n_answer));
  self->server->disk->spared = FALSE;
}

static void
served_cb (gpointer    watcher,
           guint       who,
           const char *path,
           guint       status,
           GString    *answer)
{
  RfiSimWorld *self = watcher;

  /* Who greets anew may find that its numbers lead nowhere. */
  if (status / 100 == 2 && g_str_equal (path, "/api/v1/devices"))
    self->may_list[who] = TRUE;
  if (status == 410)
    {
      rfi_sim_count ("resync required");
      self->may_list[who] = TRUE;
    }
  if (status >= 400)
    rfi_sim_world_tell (self, "the server refuses console %u's %.40s: %u %s", who, path, status,
                        answer->str);
  if (status >= 500)
    rfi_sim_count ("server in trouble");
  if (status == 200 && strstr (path, "/sync/") != NULL)
    {
      check_page (self, path, answer);
      check_reason (self, who, path);
    }
  rfi_sim_world_trace (self, path, MIN (strlen (path), 16));
}

/* Pictures go with their jobs. */
static void
note_gone (RfiSimWorld *self)
{
  for (guint i = 0; i < self->truth->gone->len; i++)
    rfi_sim_album_job_gone (self->album, g_ptr_array_index (self->truth->gone, i));
  g_ptr_array_set_size (self->truth->gone, 0);
}

/* After it fell, what it was about is done or not. A call of its disk may have failed only, and it
 * goes on: what failed to be committed may be all the same. */
void
rfi_sim_world_verify_server (RfiSimWorld *self)
{
  if (self->server->db == NULL)
    return;

  self->server->disk->spared = TRUE;
  rfi_sim_world_fail (self, rfi_sim_truth_verify (self->truth, self->server->db));
  note_gone (self);
  rfi_sim_world_fail (self, rfi_sim_album_verify (self->album, self->server->db));
  self->server->disk->spared = FALSE;
}

static void
fell_cb (gpointer    watcher,
         guint       who,
         const char *path,
         GBytes     *body)
{
  RfiSimWorld *self = watcher;
  RfiUser *user = g_ptr_array_index (self->users, who);

  if (g_str_equal (path, "/api/v1/sync/push") && body != NULL)
    rfi_sim_truth_fell (self->truth, user->id, body);
  rfi_sim_world_verify_server (self);
}

static void
uploaded_cb (gpointer            watcher,
             guint               who,
             const RfiSimUpload *upload,
             gboolean            kept)
{
  RfiSimWorld *self = watcher;

  if (!kept)
    {
      rfi_sim_truth_fell_job (self->truth, upload->job, FALSE);
      rfi_sim_album_fell (self->album, upload->operation_id, upload->job->id, upload->photo_id);
      rfi_sim_world_verify_server (self);
      return;
    }

  rfi_sim_count ("picture taken");
  rfi_sim_world_tell (self, "the server takes the picture of %.8s from console %u",
                      upload->operation_id, who);
  note_gone (self);
  self->server->disk->spared = TRUE;
  rfi_sim_world_fail (self, rfi_sim_truth_changed (self->truth, self->server->db, upload->job,
                                                   FALSE));
  rfi_sim_world_fail (self, rfi_sim_album_added (self->album, upload->operation_id,
                                                 upload->job->id, upload->photo_id,
                                                 upload->content));
  self->server->disk->spared = FALSE;
}

static void
judged_cb (gpointer  watcher,
           char     *problem)
{
  rfi_sim_world_fail (watcher, problem);
}

static const RfiSimServerWatch watch = {
  .pushed = pushed_cb,
  .served = served_cb,
  .fell = fell_cb,
  .uploaded = uploaded_cb,
  .judged = judged_cb,
};

/* Making a world */

static RfiUser *
make_user (const char *id,
           RfiRole     role,
           const char *vendor_id)
{
  g_autofree char *email = g_strconcat (id, "@example.com", NULL);
  RfiUser user = {
    .id = (char *) id,
    .email = email,
    .display_name = (char *) id,
    .vendor_id = (char *) vendor_id,
    .role = role,
  };

  return rfi_user_new (&user);
}

static void
make_people (RfiSimWorld *self,
             RfiRandom   *random)
{
  static const char *const technicians[] = { "tech-ann", "tech-ben", "tech-cid" };

  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      g_autofree char *id = g_strdup_printf ("user-%u", i);
      guint64 role = rfi_random_range (random, 3);

      /* Some people have two computers, which one copy of a profile may go between. */
      if (i > 0 && rfi_random_range (random, 3) == 0)
        g_ptr_array_add (self->users, rfi_user_ref (g_ptr_array_index (self->users, i - 1)));
      else if (role == 0)
        g_ptr_array_add (self->users, make_user (id, RFI_ROLE_ADMIN, NULL));
      else
        g_ptr_array_add (self->users, make_user (id, RFI_ROLE_DISPATCHER, "vendor-001"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (technicians); i++)
    g_ptr_array_add (self->server->people,
                     make_user (technicians[i], RFI_ROLE_TECHNICIAN, "vendor-001"));
  if (self->plan->moves)
    g_ptr_array_add (self->server->people,
                     make_user ("desk-other", RFI_ROLE_DISPATCHER, "vendor-002"));
}

typedef struct
{
  RfiSimWorld *world;
  RfiRandom   *random;
} Making;

static gboolean
insert_job (RfiSimServer *server,
            RfiRandom    *random,
            guint         number,
            gint64        stamp)
{
  g_autofree char *id = rfi_random_uuid (random);
  guint64 drawn = rfi_random_range (random, G_N_ELEMENTS (titles));
  g_autofree char *title = g_strdup_printf ("%s (%u)", titles[drawn], number);
  RfiServerActor actor = { "user-0", NULL, RFI_SERVER_ORIGIN_REST, "create", stamp };
  RfiJob job = {
    .id = id,
    .title = title,
    .description = "As told by the manager",
    .status = RFI_STATUS_PENDING,
    .priority = (RfiPriority) rfi_random_range (random, 4),
    .vendor_id = "vendor-001",
    .created_by = "user-0",
    .store_name = "Store",
    .address = "1 Main St",
    .city = "Austin",
    .state = "TX",
    .zip_code = "78701",
    .etag = rfi_etag ("\"1\""),
    .created_at = stamp,
    .updated_at = stamp,
  };
  gint64 seq;

  return rfi_server_jobs_insert (server->db, &job, &actor, &seq, NULL);
}

static gboolean
fill (RfiSimServer *server,
      gint64        stamp,
      gpointer      data)
{
  Making *making = data;
  RfiSimWorld *self = making->world;

  for (guint i = 0; i < self->users->len + server->people->len; i++)
    {
      RfiUser *user = i < self->users->len
                          ? g_ptr_array_index (self->users, i)
                          : g_ptr_array_index (server->people, i - self->users->len);

      if (i > 0 && i < self->users->len && user == g_ptr_array_index (self->users, i - 1))
        continue;
      if (!rfi_server_users_insert (server->db, user, "x", NULL))
        return FALSE;
    }
  for (guint i = 0; i < self->plan->n_jobs; i++)
    if (!insert_job (server, making->random, i + 1, stamp))
      return FALSE;

  return TRUE;
}

static RfiRandom *
stream (const RfiSimPlan *plan,
        const char       *name)
{
  return rfi_random_new_seed (plan->seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) +
                              g_str_hash (name));
}

static guint64
draw (const RfiSimPlan *plan,
      const char       *name)
{
  g_autoptr(RfiRandom) random = stream (plan, name);

  return rfi_random_u64 (random);
}

static void
make_server (RfiSimWorld *self)
{
  g_autoptr(RfiRandom) random = stream (self->plan, "people");
  Making making = { self, random };

  self->server = rfi_sim_server_new (self->time, self->users, draw (self->plan, "server"), &watch,
                                     self);
  if (self->plan->renews)
    self->server->tickets = rfi_sim_tickets_new ();
  make_people (self, random);
  g_assert_true (rfi_sim_server_start (self->server));
  g_assert_true (rfi_sim_server_change (self->server, fill, &making));
  g_ptr_array_unref (rfi_sim_truth_reset (self->truth, self->server->db));
  self->truth->history = 0;
}

static RfiSimWorld *
world_new (const RfiSimPlan *plan)
{
  RfiSimWorld *self = g_new0 (RfiSimWorld, 1);

  self->plan = plan;
  self->trace = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  self->time = rfi_sim_time_new (draw (plan, "time"));
  self->chance = stream (plan, "chance");
  self->truth = rfi_sim_truth_new ();
  self->album = rfi_sim_album_new ();
  self->users = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  self->ledger = rfi_sim_ledger_new ();
  self->truth->ledger = self->ledger;
  self->truth->users = self->users;
  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rfi_sim_interpose (self->chance, rfi_sim_time_watch (self->time));
  rfi_sim_vfs_set (self->chance, rfi_sim_time_watch (self->time));
  make_server (self);
  self->net = rfi_sim_net_new (self->time, &plan->faults, draw (plan, "net"), plan->n_consoles,
                               &rfi_sim_server_side, self->server);
  for (guint i = 0; i < plan->n_consoles; i++)
    {
      g_autofree char *name = g_strdup_printf ("console %u", i);

      self->consoles[i] = rfi_sim_console_new (self->time, self->net, i,
                                               g_ptr_array_index (self->users, i), "token",
                                               draw (plan, name));
      self->may_list[i] = TRUE;
    }
  return self;
}

static void
world_free (RfiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_consoles; i++)
    if (rfi_sim_console_is_up (self->consoles[i]))
      rfi_sim_console_crash (self->consoles[i]);
  rfi_sim_server_stop (self->server);
  rfi_sim_net_heal (self->net);
  /* What is still on its way arrives nowhere. */
  while (rfi_sim_time_next (self->time) != G_MAXINT64)
    rfi_sim_time_step (self->time);
  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      rfi_sim_console_free (self->consoles[i]);
      g_clear_pointer (&self->copies[i], g_ptr_array_unref);
    }
  rfi_sim_net_free (self->net);
  rfi_sim_server_free (self->server);
  rfi_sim_truth_free (self->truth);
  rfi_sim_album_free (self->album);
  rfi_sim_vfs_set (NULL, NULL);
  rfi_sim_interpose (NULL, NULL);
  g_hash_table_unref (self->cursors);
  g_ptr_array_unref (self->ledger);
  g_ptr_array_unref (self->users);
  g_object_unref (self->chance);
  rfi_sim_time_free (self->time);
  g_free (self->problem);
  g_free (self->last_told);
  g_free (self);
}

/* Time */

void
rfi_sim_world_sign_in (RfiSimWorld *self,
                       guint        number)
{
  RfiSimConsole *console = self->consoles[number];
  g_autofree char *access = NULL;
  g_autofree char *refresh = NULL;

  if (self->server->tickets == NULL)
    {
      rfi_sync_engine_set_token (console->engine, console->token);
      return;
    }
  if (console->refresh != NULL &&
      rfi_sync_engine_get_wait (console->engine) != RFI_SYNC_WAIT_SIGN_IN)
    return;
  if (!rfi_sim_sign_in_issue (self->server, console->user, &access, &refresh))
    return;

  rfi_sim_world_tell (self, "console %u: %s signs in", number, console->user->id);
  rfi_sim_console_sign_in (console, access, refresh);
}

void
rfi_sim_world_start_console (RfiSimWorld *self,
                             guint        number)
{
  RfiSimConsole *console = self->consoles[number];
  g_autoptr(GError) error = NULL;

  self->restart_at[number] = 0;
  if (rfi_sim_console_is_up (console))
    return;

  self->may_list[number] = self->may_list[number] || console->damaged;

  if (!rfi_sim_console_start (console, &error))
    {
      rfi_sim_world_tell (self, "console %u does not start: %s", number, error->message);
      self->restart_at[number] = rfi_sim_time_now (self->time) + 5000;
      if (console->disk->dead)
        rfi_sim_console_crash (console);
      return;
    }

  rfi_sim_world_tell (self, "console %u starts", number);
  if (self->server->tickets != NULL && console->refresh == NULL)
    rfi_sim_world_sign_in (self, number);
  rfi_sim_check_console (self, number);
}

void
rfi_sim_world_start_server (RfiSimWorld *self)
{
  self->server_at = 0;
  if (self->server->db != NULL)
    return;

  if (!rfi_sim_server_start (self->server))
    {
      self->server_at = rfi_sim_time_now (self->time) + 3000;
      return;
    }

  rfi_sim_world_tell (self, "the server starts");
  rfi_sim_world_verify_server (self);
}

/* What fell by itself is noticed, and started again after a while. */
static void
look_after (RfiSimWorld *self)
{
  gint64 now = rfi_sim_time_now (self->time);

  if (self->server->fell && self->server_at == 0)
    {
      rfi_sim_world_tell (self, "the server goes down");
      self->server_at = now + 2000;
    }
  if (self->server_at != 0 && now >= self->server_at)
    rfi_sim_world_start_server (self);
  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      RfiSimConsole *console = self->consoles[i];

      if (console->disk->dead && rfi_sim_console_is_up (console))
        {
          rfi_sim_world_tell (self, "console %u goes down", i);
          rfi_sim_console_crash (console);
          self->restart_at[i] = now + 1500;
        }
      if (self->restart_at[i] != 0 && now >= self->restart_at[i])
        rfi_sim_world_start_console (self, i);
    }
}

void
rfi_sim_world_pass (RfiSimWorld *self,
                    gint64       ms)
{
  gint64 end = rfi_sim_time_now (self->time) + ms;

  while (self->problem == NULL && rfi_sim_time_next (self->time) <= end)
    {
      gint64 at;

      rfi_sim_time_step (self->time);
      self->n_steps++;
      at = rfi_sim_time_now (self->time);
      rfi_sim_world_trace (self, (const char *) &at, sizeof at);
      look_after (self);
      rfi_sim_check_alive (self);
    }

  rfi_sim_time_jump (self->time, end);
  look_after (self);
}

static void
do_actions (RfiSimWorld *self,
            guint        check_every)
{
  for (guint i = 0; i < self->plan->actions->len && self->problem == NULL; i++)
    {
      const RfiSimAction *action = &g_array_index (self->plan->actions, RfiSimAction, i);

      rfi_sim_world_pass (self, MAX (action->at - rfi_sim_time_now (self->time), 0));
      if (self->problem != NULL)
        return;
      if (action->deed == RFI_SIM_DEED_FAULT)
        rfi_sim_accident (self, action);
      else
        rfi_sim_people_act (self, action);
      look_after (self);
      if (i % check_every != check_every - 1)
        continue;
      for (guint j = 0; j < self->plan->n_consoles; j++)
        rfi_sim_check_console (self, j);
      rfi_sim_check_ledger (self);
    }
}

/* Nothing goes wrong any more, and people do what is asked of them: in the end everybody has the
 * same. */
static void
end_well (RfiSimWorld *self)
{
  gint64 end;

  rfi_sim_net_heal (self->net);
  self->server->disk->fail_at = 0;
  self->server->disk->crash_at = 0;
  rfi_sim_world_start_server (self);
  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      RfiSimConsole *console = self->consoles[i];

      console->disk->fail_at = 0;
      console->disk->crash_at = 0;
      console->disk->space = -1;
      console->offline = FALSE;
      rfi_sim_world_start_console (self, i);
      if (rfi_sim_console_is_up (console))
        {
          rfi_sync_engine_set_forced_offline (console->engine, FALSE);
          rfi_sim_world_sign_in (self, i);
        }
    }

  rfi_sim_world_tell (self, "from here on nothing goes wrong any more");
  end = rfi_sim_time_now (self->time);
  /* Somebody may sleep for a while yet. */
  for (guint i = 0; i < self->plan->n_consoles; i++)
    if (rfi_sim_console_is_up (self->consoles[i]))
      end = MAX (end, rfi_sim_clock_wakes (self->consoles[i]->clock));
  rfi_sim_world_pass (self, end - rfi_sim_time_now (self->time));
  /* Sometimes nobody is at the desk for a while. */
  if (draw (self->plan, "lunch") % 16 == 0)
    {
      rfi_sim_world_pass (self, LUNCH);
      if (self->problem == NULL)
        rfi_sim_check_free (self);
      end += LUNCH;
    }
  end += PATIENCE;
  while (self->problem == NULL && rfi_sim_time_now (self->time) < end)
    {
      rfi_sim_world_pass (self, MINUTE / 2);
      if (self->problem == NULL && rfi_sim_people_settle (self) == 0)
        break;
    }
  /* Who failed to fetch something waits up to five minutes before the next try; and who signs in
   * only now can bring what a server that was put back has to be told again, and a conflict. */
  end = rfi_sim_time_now (self->time) + 12 * MINUTE;
  while (self->problem == NULL && rfi_sim_time_now (self->time) < end &&
         !rfi_sim_check_agreed (self))
    {
      rfi_sim_people_settle (self);
      rfi_sim_world_pass (self, MINUTE / 2);
    }
  if (self->problem == NULL)
    rfi_sim_check_quiet (self);
}

static RfiSimDisk *
find_troubled (RfiSimWorld *self)
{
  const RfiSimTrouble *trouble = &self->plan->trouble;

  return trouble->disk == 0 ? self->server->disk : self->consoles[trouble->disk - 1]->disk;
}

static void
make_trouble (RfiSimWorld *self)
{
  const RfiSimTrouble *trouble = &self->plan->trouble;
  RfiSimDisk *disk = find_troubled (self);

  if (trouble->kind == RFI_SIM_TROUBLE_MEMORY)
    rfi_sim_memory_fail_at (trouble->disk == 0 ? RFI_SIM_OWNER_SERVER : RFI_SIM_OWNER_CONSOLES,
                            trouble->call);
  if (trouble->call == 0 || trouble->kind == RFI_SIM_TROUBLE_MEMORY)
    return;

  /* Reading changes nothing that a crash could lose. */
  if (trouble->kind == RFI_SIM_TROUBLE_POWER)
    disk->counted = RFI_SIM_CALL_ALL & ~RFI_SIM_CALL_READ;
  disk->n_calls = 0;
  disk->torn = TRUE;
  if (trouble->kind == RFI_SIM_TROUBLE_DISK)
    disk->fail_at = trouble->call;
  else
    disk->crash_at = trouble->call;
}

/* Whether it came about. Ends it. */
static gboolean
end_trouble (RfiSimWorld *self)
{
  const RfiSimTrouble *trouble = &self->plan->trouble;
  gboolean failed = rfi_sim_memory_failed ();

  rfi_sim_memory_fail_at (RFI_SIM_OWNER_OBSERVERS, 0);
  if (trouble->kind == RFI_SIM_TROUBLE_MEMORY)
    return failed;

  return trouble->call != 0 && find_troubled (self)->n_calls >= trouble->call;
}

RfiSimResult *
rfi_sim_world_run (const RfiSimPlan *plan,
                   gboolean          tell,
                   gboolean          aloud)
{
  RfiSimWorld *self = world_new (plan);
  RfiSimResult *result = g_new0 (RfiSimResult, 1);
  guint check_every = 3 + (guint) (draw (plan, "checks") % 20);

  self->story = tell ? g_string_new (NULL) : NULL;
  self->aloud = aloud;
  make_trouble (self);
  for (guint i = 0; i < plan->n_consoles; i++)
    rfi_sim_world_start_console (self, i);
  do_actions (self, check_every);
  if (self->problem == NULL && plan->ends_well)
    end_well (self);
  for (guint i = 0; i < plan->n_consoles && self->problem == NULL; i++)
    rfi_sim_check_console (self, i);
  if (self->problem == NULL)
    rfi_sim_check_ledger (self);

  result->problem = g_steal_pointer (&self->problem);
  result->trace = self->trace;
  result->troubled = end_trouble (self);
  result->n_steps = self->n_steps;
  result->story = self->story != NULL ? g_string_free (self->story, FALSE) : NULL;
  world_free (self);
  return result;
}

void
rfi_sim_result_free (RfiSimResult *self)
{
  g_free (self->problem);
  g_free (self->story);
  g_free (self);
}
