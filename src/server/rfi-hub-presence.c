/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hub-presence"

#include "config.h"

#include "rfi-hub-presence.h"

#include "rfi-limiter.h"
#include "rfi-rules.h"
#include "rfi-wire-presence.h"

/* A window has one job open, a person few windows. */
#define MAX_SEATS 16

/* Opening one job after another with the arrow keys is no more than this. */
#define CALLS_RATE 4
#define CALLS_BURST 60

#define SWEEP_INTERVAL 15000  /* ms */

/* Of one client at one job. */
typedef struct
{
  RfiHubConnection *client;  /* not owned */
  RfiAttention      attention;
  gint64            since;   /* ms since 1970 */
  gint64            until;   /* monotonic ms */
} Seat;

typedef struct
{
  RfiJob *job;    /* (owned): as it was last seen */
  GArray *seats;  /* (owned) (element-type Seat) */
} Entry;

struct _RfiHubPresence
{
  RfiClock      *clock;    /* (owned) */
  RfiHubTellFunc tell;
  gpointer       tell_data;
  RfiHubJobFunc  find;     /* (nullable) */
  gpointer       find_data;
  GHashTable    *entries;  /* (owned) (element-type utf8 Entry): by id of the job, which owns it */
  GHashTable    *clients;  /* (owned) (element-type RfiHubConnection guint): how many seats they
                              have; not owned */
  RfiLimiter    *calls;    /* (owned) */
  guint          timer;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  rfi_job_unref (entry->job);
  g_array_unref (entry->seats);
  g_free (entry);
}

static Seat *
get_seat (Entry *entry,
          guint  i)
{
  return &g_array_index (entry->seats, Seat, i);
}

/* Everybody once, with what of theirs says most. Returns: (transfer full) */
static RfiPresence *
describe (Entry *entry)
{
  RfiPresence *presence = rfi_presence_new (entry->job->id);

  for (guint i = 0; i < entry->seats->len; i++)
    {
      Seat *seat = get_seat (entry, i);
      const RfiUser *user = rfi_hub_connection_get_user (seat->client);
      RfiPresencePerson *known = NULL;

      for (guint k = 0; k < presence->people->len && known == NULL; k++)
        {
          RfiPresencePerson *person = g_ptr_array_index (presence->people, k);

          if (g_str_equal (person->user_id, user->id))
            known = person;
        }
      if (known == NULL)
        {
          rfi_presence_add (presence, user->id,
                            user->display_name != NULL ? user->display_name : user->id,
                            seat->attention, seat->since);
        }
      else if (seat->attention > known->attention
               || (seat->attention == known->attention && seat->since < known->since))
        {
          known->attention = seat->attention;
          known->since = seat->since;
        }
    }
  return presence;
}

static GBytes *
to_record (const RfiPresence *presence)
{
  GString *record = g_string_new (NULL);

  rfi_wire_presence_append (record, presence);
  return g_string_free_to_bytes (record);
}

static void
tell (RfiHubPresence *self,
      Entry          *entry)
{
  g_autoptr(RfiPresence) presence = describe (entry);
  g_autoptr(GBytes) record = to_record (presence);

  self->tell (entry->job, record, self->tell_data);
}

/* To those who could see @job, whether or not anybody is there. */
static void
tell_empty (RfiHubPresence *self,
            RfiJob         *job)
{
  g_autoptr(RfiPresence) presence = rfi_presence_new (job->id);
  g_autoptr(GBytes) record = to_record (presence);

  self->tell (job, record, self->tell_data);
}

static void
remove_seat (RfiHubPresence *self,
             Entry          *entry,
             guint           i)
{
  gpointer client = get_seat (entry, i)->client;
  guint n_seats = GPOINTER_TO_UINT (g_hash_table_lookup (self->clients, client));

  g_hash_table_insert (self->clients, client, GUINT_TO_POINTER (n_seats - 1));
  g_array_remove_index_fast (entry->seats, i);
}

typedef gboolean (*SeatFunc) (const Seat *seat,
                              gpointer    user_data);

/* Removes the seats that @gone takes. Returns: whether there were any */
static gboolean
remove_seats (RfiHubPresence *self,
              Entry          *entry,
              SeatFunc        gone,
              gpointer        user_data)
{
  guint n_before = entry->seats->len;

  for (guint i = entry->seats->len; i > 0; i--)
    if (gone (get_seat (entry, i - 1), user_data))
      remove_seat (self, entry, i - 1);
  return entry->seats->len < n_before;
}

/* The same of all jobs, and tells of it. */
static void
sweep (RfiHubPresence *self,
       SeatFunc        gone,
       gpointer        user_data)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (remove_seats (self, entry, gone, user_data))
        tell (self, entry);
      if (entry->seats->len == 0)
        g_hash_table_iter_remove (&iter);
    }
}

static gboolean
is_over (const Seat *seat,
         gpointer    user_data)
{
  return seat->until <= *(const gint64 *) user_data;
}

static void arm (RfiHubPresence *self);

static gboolean
sweep_cb (gpointer user_data)
{
  RfiHubPresence *self = user_data;
  gint64 now = rfi_clock_get_monotonic (self->clock);

  self->timer = 0;
  sweep (self, is_over, &now);
  arm (self);
  return G_SOURCE_REMOVE;
}

static void
arm (RfiHubPresence *self)
{
  if (self->timer == 0 && g_hash_table_size (self->entries) > 0)
    self->timer = rfi_clock_arm (self->clock, SWEEP_INTERVAL, sweep_cb, self);
}

RfiHubPresence *
rfi_hub_presence_new (RfiClock       *clock,
                      RfiHubTellFunc  func,
                      gpointer        user_data)
{
  RfiHubPresence *self = g_new0 (RfiHubPresence, 1);

  self->clock = g_object_ref (clock);
  self->tell = func;
  self->tell_data = user_data;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->clients = g_hash_table_new (NULL, NULL);
  self->calls = rfi_limiter_new (CALLS_RATE, CALLS_BURST);
  return self;
}

void
rfi_hub_presence_free (RfiHubPresence *self)
{
  rfi_clock_disarm (self->clock, self->timer);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->clients);
  rfi_limiter_free (self->calls);
  g_object_unref (self->clock);
  g_free (self);
}

void
rfi_hub_presence_set_jobs (RfiHubPresence *self,
                           RfiHubJobFunc   func,
                           gpointer        user_data)
{
  self->find = func;
  self->find_data = user_data;
}

static gboolean
may_call (RfiHubPresence   *self,
          RfiHubConnection *client)
{
  g_autofree char *name = g_strdup_printf ("%p", (gpointer) client);
  gint64 now = rfi_clock_get_monotonic (self->clock);
  guint retry_after;

  if (!rfi_limiter_check (self->calls, name, now, &retry_after))
    return FALSE;

  rfi_limiter_take (self->calls, name, now);
  return TRUE;
}

static void
welcome (RfiHubPresence   *self,
         RfiHubConnection *client)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_insert (self->clients, client, GUINT_TO_POINTER (0));
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;
      g_autoptr(RfiPresence) presence = NULL;
      g_autoptr(GBytes) record = NULL;

      if (!rfi_rules_may_see (rfi_hub_connection_get_user (client), entry->job))
        continue;

      presence = describe (entry);
      record = to_record (presence);
      rfi_hub_connection_send (client, record);
    }
}

static Seat *
find_seat (Entry            *entry,
           RfiHubConnection *client,
           guint            *place)
{
  for (*place = 0; *place < entry->seats->len; ++*place)
    if (get_seat (entry, *place)->client == client)
      return get_seat (entry, *place);
  return NULL;
}

/* Returns: (nullable): what nobody may see, or is too much, is not kept */
static Entry *
ensure_entry (RfiHubPresence   *self,
              RfiHubConnection *client,
              const char       *job_id)
{
  Entry *entry = g_hash_table_lookup (self->entries, job_id);
  g_autoptr(RfiJob) job = NULL;

  if (entry != NULL)
    return rfi_rules_may_see (rfi_hub_connection_get_user (client), entry->job) ? entry : NULL;

  job = self->find != NULL ? self->find (job_id, self->find_data) : NULL;
  if (job == NULL || !rfi_rules_may_see (rfi_hub_connection_get_user (client), job))
    return NULL;

  entry = g_new (Entry, 1);
  entry->job = g_steal_pointer (&job);
  entry->seats = g_array_new (FALSE, FALSE, sizeof (Seat));
  g_hash_table_insert (self->entries, (gpointer) entry->job->id, entry);
  arm (self);
  return entry;
}

static void
sit (RfiHubPresence   *self,
     RfiHubConnection *client,
     const char       *job_id,
     RfiAttention      attention)
{
  guint n_seats = GPOINTER_TO_UINT (g_hash_table_lookup (self->clients, client));
  Entry *entry = ensure_entry (self, client, job_id);
  Seat new_seat = { client, RFI_ATTENTION_NONE, 0, 0 };
  Seat *seat;
  guint place;

  if (entry == NULL)
    return;

  seat = find_seat (entry, client, &place);
  if (seat == NULL && n_seats >= MAX_SEATS)
    return;
  if (seat == NULL)
    {
      g_array_append_val (entry->seats, new_seat);
      g_hash_table_insert (self->clients, client, GUINT_TO_POINTER (n_seats + 1));
      seat = get_seat (entry, entry->seats->len - 1);
    }

  seat->until = rfi_clock_get_monotonic (self->clock) + RFI_WIRE_ATTEND_LIFE;
  if (seat->attention == attention)
    return;

  seat->attention = attention;
  seat->since = rfi_clock_get_wall (self->clock);
  tell (self, entry);
}

static void
rise (RfiHubPresence   *self,
      RfiHubConnection *client,
      const char       *job_id)
{
  Entry *entry = g_hash_table_lookup (self->entries, job_id);
  guint place;

  if (entry == NULL || find_seat (entry, client, &place) == NULL)
    return;

  remove_seat (self, entry, place);
  tell (self, entry);
  if (entry->seats->len == 0)
    g_hash_table_remove (self->entries, job_id);
}

void
rfi_hub_presence_attend (RfiHubPresence   *self,
                         RfiHubConnection *client,
                         const char       *job_id,
                         RfiAttention      attention)
{
  /* Whoever goes is always heard. */
  if (attention != RFI_ATTENTION_NONE && !may_call (self, client))
    return;

  if (!rfi_hub_presence_has (self, client))
    welcome (self, client);
  if (*job_id == '\0')
    return;

  if (attention == RFI_ATTENTION_NONE)
    rise (self, client, job_id);
  else
    sit (self, client, job_id, attention);
}

static gboolean
is_of (const Seat *seat,
       gpointer    client)
{
  return seat->client == client;
}

void
rfi_hub_presence_leave (RfiHubPresence   *self,
                        RfiHubConnection *client)
{
  guint n_seats = GPOINTER_TO_UINT (g_hash_table_lookup (self->clients, client));

  if (n_seats > 0)
    sweep (self, is_of, client);
  g_hash_table_remove (self->clients, client);
}

gboolean
rfi_hub_presence_has (RfiHubPresence   *self,
                      RfiHubConnection *client)
{
  return g_hash_table_contains (self->clients, client);
}

static gboolean
sees_no_more (const Seat *seat,
              gpointer    job)
{
  return !rfi_rules_may_see (rfi_hub_connection_get_user (seat->client), job);
}

static gboolean
is_anybody (const Seat *seat,
            gpointer    user_data)
{
  return TRUE;
}

void
rfi_hub_presence_note (RfiHubPresence   *self,
                       const RfiHubNews *news)
{
  Entry *entry = g_hash_table_lookup (self->entries, news->job->id);
  g_autoptr(RfiJob) before = NULL;

  if (entry == NULL)
    return;

  before = g_steal_pointer (&entry->job);
  entry->job = rfi_job_ref (news->job);
  g_hash_table_steal (self->entries, before->id);
  g_hash_table_insert (self->entries, (gpointer) entry->job->id, entry);
  if (news->event == RFI_HUB_EVENT_JOB_DELETED)
    {
      remove_seats (self, entry, is_anybody, NULL);
      tell_empty (self, before);
      g_hash_table_remove (self->entries, before->id);
      return;
    }
  if (g_strcmp0 (before->vendor_id, news->job->vendor_id) == 0
      && g_strcmp0 (before->assigned_to, news->job->assigned_to) == 0)
    return;

  /* Who may see it now is told of it after that. */
  tell_empty (self, before);
  remove_seats (self, entry, sees_no_more, news->job);
  tell (self, entry);
  if (entry->seats->len == 0)
    g_hash_table_remove (self->entries, news->job->id);
}
