/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-presence-list"

#include "config.h"

#include "rfi-presence-list.h"

#include "rfi-session-private.h"

/* One place that shows a job. */
typedef struct
{
  char         *job_id;  /* (owned) */
  RfiAttention  attention;
} Place;

struct _RfiPresenceList
{
  GObject     parent_instance;

  RfiSession *session;  /* not owned: it owns this */
  GHashTable *others;   /* (owned) (element-type utf8 RfiPresence): by job id, which they own */
  GHashTable *places;   /* (owned) (element-type gpointer Place) */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiPresenceList, rfi_presence_list, G_TYPE_OBJECT)

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->job_id);
  g_free (place);
}

/* Returns: (transfer full): all but this person */
static RfiPresence *
leave_out (RfiPresenceList *self,
           RfiPresence     *presence)
{
  const RfiUser *user = rfi_session_get_user (self->session);
  RfiPresence *others = rfi_presence_new (presence->job_id);

  for (guint i = 0; i < presence->people->len; i++)
    {
      const RfiPresencePerson *person = g_ptr_array_index (presence->people, i);

      if (g_strcmp0 (person->user_id, user->id) != 0)
        rfi_presence_add (others, person->user_id, person->name, person->attention,
                          person->since);
    }
  return others;
}

static void
forget_all (RfiPresenceList *self)
{
  g_autoptr(GHashTable) others = g_steal_pointer (&self->others);
  GHashTableIter iter;
  gpointer job_id;

  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) rfi_presence_unref);
  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, &job_id, NULL))
    g_signal_emit (self, signals[CHANGED], 0, job_id);
}

static void
presence_cb (RfiPresenceList *self,
             RfiPresence     *presence)
{
  g_autoptr(RfiPresence) others = NULL;
  gboolean known;

  if (presence == NULL)
    {
      forget_all (self);
      return;
    }

  others = leave_out (self, presence);
  known = g_hash_table_remove (self->others, presence->job_id);
  if (others->people->len > 0)
    g_hash_table_insert (self->others, others->job_id, rfi_presence_ref (others));
  else if (!known)
    return;

  g_signal_emit (self, signals[CHANGED], 0, presence->job_id);
}

static void
rfi_presence_list_finalize (GObject *object)
{
  RfiPresenceList *self = RFI_PRESENCE_LIST (object);

  g_hash_table_unref (self->others);
  g_hash_table_unref (self->places);

  G_OBJECT_CLASS (rfi_presence_list_parent_class)->finalize (object);
}

static void
rfi_presence_list_class_init (RfiPresenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_presence_list_finalize;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_PRESENCE_LIST, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rfi_presence_list_init (RfiPresenceList *self)
{
  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) rfi_presence_unref);
  self->places = g_hash_table_new_full (NULL, NULL, NULL, place_free);
}

RfiPresenceList *
rfi_session_get_presence (RfiSession *session)
{
  static GQuark quark;
  RfiPresenceList *self;

  g_return_val_if_fail (RFI_IS_SESSION (session), NULL);

  if (quark == 0)
    quark = g_quark_from_static_string ("rfi-presence-list");
  self = g_object_get_qdata (G_OBJECT (session), quark);
  if (self == NULL)
    {
      RfiSyncThread *sync = _rfi_session_get_sync (session);

      self = g_object_new (RFI_TYPE_PRESENCE_LIST, NULL);
      self->session = session;
      g_object_set_qdata_full (G_OBJECT (session), quark, self, g_object_unref);
      if (sync != NULL)
        g_signal_connect_object (sync, "presence", G_CALLBACK (presence_cb), self,
                                 G_CONNECT_SWAPPED);
    }
  return self;
}

RfiPresence *
rfi_presence_list_get (RfiPresenceList *self,
                       const char      *job_id)
{
  g_return_val_if_fail (RFI_IS_PRESENCE_LIST (self), NULL);

  return g_hash_table_lookup (self->others, job_id);
}

/* What of all places says most of a job. */
static RfiAttention
get_attention (RfiPresenceList *self,
               const char      *job_id)
{
  RfiAttention attention = RFI_ATTENTION_NONE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Place *place = value;

      if (g_str_equal (place->job_id, job_id))
        attention = MAX (attention, place->attention);
    }
  return attention;
}

static void
tell (RfiPresenceList *self,
      const char      *job_id,
      RfiAttention     before)
{
  RfiSyncThread *sync = _rfi_session_get_sync (self->session);
  RfiAttention now = get_attention (self, job_id);

  if (sync != NULL && now != before)
    rfi_sync_thread_attend (sync, job_id, now);
}

void
rfi_presence_list_attend (RfiPresenceList *self,
                          gpointer         place,
                          const char      *job_id,
                          RfiAttention     attention)
{
  Place *known;
  g_autofree char *left = NULL;
  RfiAttention before;

  g_return_if_fail (RFI_IS_PRESENCE_LIST (self));

  known = g_hash_table_lookup (self->places, place);
  if (known != NULL && g_strcmp0 (known->job_id, job_id) != 0)
    {
      left = g_strdup (known->job_id);
      before = get_attention (self, left);
      g_hash_table_remove (self->places, place);
      tell (self, left, before);
    }
  if (job_id == NULL)
    return;

  before = get_attention (self, job_id);
  known = g_new (Place, 1);
  *known = (Place) { g_strdup (job_id), attention };
  g_hash_table_replace (self->places, place, known);
  tell (self, job_id, before);
}
