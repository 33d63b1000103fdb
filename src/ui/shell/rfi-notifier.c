/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-notifier"

#include "config.h"

#include "rfi-notifier.h"

#include "rfi-alert-words.h"
#include "rfi-announcement.h"
#include "rfi-audit-entry.h"
#include "rfi-conflict-desk.h"
#include "rfi-conflict-watch.h"
#include "rfi-job-table.h"
#include "rfi-session-cache.h"

#include <glib/gi18n.h>

/* How much history is looked at after a sync, and how many of a kind are announced one by one. */
#define MOST_READ      100
#define FIRST_READ     8    /* enough to see whether more of them are new */
#define MOST_ANNOUNCED 3

typedef enum {
  NEWS_URGENT,
  NEWS_ASSIGNMENT,
  NEWS_CONFLICT,
  NEWS_FAILURE,
  N_NEWS
} News;

static const struct {
  const char            *name;
  const char            *setting;
  const char            *page;      /* that lists all of them */
  GNotificationPriority  priority;
} kinds[N_NEWS] = {
  [NEWS_URGENT] = { "urgent", "notify-urgent-job", "board", G_NOTIFICATION_PRIORITY_URGENT },
  [NEWS_ASSIGNMENT] = { "assignment", "notify-assignment", "board",
                        G_NOTIFICATION_PRIORITY_NORMAL },
  [NEWS_CONFLICT] = { "conflict", "notify-conflict", "conflicts", G_NOTIFICATION_PRIORITY_HIGH },
  [NEWS_FAILURE] = { "failure", "notify-sync-failure", "activity", G_NOTIFICATION_PRIORITY_HIGH },
};

struct _RfiNotifier
{
  GObject         parent_instance;

  GtkApplication *application;   /* (unowned): it owns this */
  GSettings      *settings;      /* (owned) */
  RfiSession     *session;       /* (owned) (nullable) */
  GSignalGroup   *signals;       /* (owned): on session */
  GCancellable   *cancellable;   /* (owned) (nullable) while there is a session */
  GHashTable     *announced;     /* (owned) (element-type utf8): ids of notifications */
  gint64          newest;        /* id of the last entry that is old news; -1 = not known yet */
  gint64          seen_sync_at;  /* what the news are as new as */
  guint           seen_trouble;
  gboolean        reading;
  gboolean        again;         /* read once more when this is done */
  RfiConflictWatch *watch;       /* (owned) (nullable): of the session's conflicts */
};

G_DEFINE_FINAL_TYPE (RfiNotifier, rfi_notifier, G_TYPE_OBJECT)

static RfiJobState *
find_state (RfiNotifier         *self,
            const RfiAuditEntry *entry)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (self->session), entry->job_id);
}

static RfiJob *
look_up (RfiNotifier         *self,
         const RfiAuditEntry *entry)
{
  RfiJobState *state = find_state (self, entry);

  return state != NULL ? state->work : NULL;
}

/* Whether the job is shown with changes made here: then what it looks like is no sign of how others
 * made it. */
static gboolean
is_changed_here (RfiNotifier         *self,
                 const RfiAuditEntry *entry)
{
  RfiJobState *state = find_state (self, entry);

  return state != NULL && state->n_pending > 0;
}

/* Whether @entry makes an open job urgent. */
static gboolean
is_urgent (const RfiAuditEntry *entry,
           const RfiJob        *job)
{
  gboolean raised = entry->action == RFI_AUDIT_CREATED ||
                    (entry->action == RFI_AUDIT_CHANGED && entry->field == RFI_FIELD_PRIORITY);

  return raised && job->priority == RFI_PRIORITY_URGENT && !rfi_status_is_final (job->status);
}

/* A technician is told of work of their own, which comes into sight by being assigned; a
 * dispatcher of all that somebody has. */
static gboolean
is_assignment (const RfiAuditEntry *entry,
               const RfiJob        *job,
               const RfiUser       *user)
{
  gboolean given = entry->action == RFI_AUDIT_CREATED ||
                   (entry->action == RFI_AUDIT_CHANGED && entry->field == RFI_FIELD_ASSIGNED_TO);

  if (!given || job->assigned_to == NULL || job->assigned_to[0] == '\0' ||
      rfi_status_is_final (job->status))
    return FALSE;

  return user->role != RFI_ROLE_TECHNICIAN || g_str_equal (job->assigned_to, user->id);
}

/* N_NEWS = no news */
static News
classify (RfiNotifier         *self,
          const RfiAuditEntry *entry)
{
  const RfiUser *user = rfi_session_get_user (self->session);
  const RfiJob *job = look_up (self, entry);

  if (entry->action == RFI_AUDIT_CONFLICT)
    return NEWS_CONFLICT;
  if (entry->action == RFI_AUDIT_REJECTED)
    return NEWS_FAILURE;
  if (job == NULL || entry->origin != RFI_ORIGIN_SERVER ||
      g_strcmp0 (entry->user_id, user->id) == 0)
    return N_NEWS;
  if (entry->action == RFI_AUDIT_CREATED && is_changed_here (self, entry))
    return N_NEWS;
  if (is_urgent (entry, job))
    return NEWS_URGENT;

  return is_assignment (entry, job, user) ? NEWS_ASSIGNMENT : N_NEWS;
}

/* Words */

static const char *
get_title (RfiNotifier         *self,
           const RfiAuditEntry *entry)
{
  const RfiJob *job = look_up (self, entry);

  return job != NULL ? job->title : _("a job that is gone");
}

static char *
assignment_words (RfiNotifier  *self,
                  const RfiJob *job)
{
  if (g_str_equal (job->assigned_to, rfi_session_get_user (self->session)->id))
    /* translators: %s is a job's title */
    return g_strdup_printf (_("New for you: %s"), job->title);

  /* translators: a job's title, then a technician's name */
  return g_strdup_printf (_("%s is assigned to %s"), job->title,
                          rfi_session_get_name (self->session, job->assigned_to));
}

static char *
headline (RfiNotifier         *self,
          News                 kind,
          const RfiAuditEntry *entry)
{
  const char *title = get_title (self, entry);

  switch (kind)
    {
    case NEWS_URGENT:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Urgent: %s"), title);
    case NEWS_ASSIGNMENT:
      return assignment_words (self, look_up (self, entry));
    case NEWS_CONFLICT:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Conflict: %s"), title);
    case NEWS_FAILURE:
      /* translators: %s is a job's title */
      return g_strdup_printf (_("Refused by the server: %s"), title);
    case N_NEWS:
    default:
      g_return_val_if_reached (g_strdup (title));
    }
}

/* Returns: (transfer full) (nullable) */
static char *
details (RfiNotifier         *self,
         News                 kind,
         const RfiAuditEntry *entry)
{
  const RfiJob *job = look_up (self, entry);

  if (kind == NEWS_CONFLICT)
    return g_strdup (_("It was changed elsewhere while your change waited. Compare and decide."));
  if (kind == NEWS_FAILURE)
    return g_strdup (entry->after);
  if (job == NULL)
    return NULL;

  /* translators: a store, then a city */
  return g_strdup_printf (_("%s · %s"), job->store_name, job->city);
}

static char *
count_words (News  kind,
             guint n)
{
  switch (kind)
    {
    case NEWS_URGENT:
      return g_strdup_printf (ngettext ("%u urgent job arrived", "%u urgent jobs arrived", n), n);
    case NEWS_ASSIGNMENT:
      return g_strdup_printf (ngettext ("%u job was assigned", "%u jobs were assigned", n), n);
    case NEWS_CONFLICT:
      return g_strdup_printf (ngettext ("%u conflict waits for you", "%u conflicts wait for you",
                                        n), n);
    case NEWS_FAILURE:
      return g_strdup_printf (ngettext ("The server refused %u change",
                                        "The server refused %u changes", n), n);
    case N_NEWS:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/* Announcing */

/* (nullable): a window of ours that somebody is using */
static GtkWindow *
get_used_window (RfiNotifier *self)
{
  GList *at = gtk_application_get_windows (self->application);

  for (; at != NULL; at = at->next)
    if (gtk_window_is_active (at->data) && GTK_IS_APPLICATION_WINDOW (at->data))
      return at->data;
  return NULL;
}

/* @target: (transfer full): of @action. @id: (transfer full) */
static void
announce (RfiNotifier *self,
          News         kind,
          char        *id,
          const char  *title,
          const char  *body,
          const char  *action,
          GVariant    *target)
{
  g_autoptr(GNotification) notification = g_notification_new (title);
  g_autoptr(GVariant) owned = g_variant_ref_sink (target);
  g_autofree char *owned_id = id;
  GtkWindow *window = get_used_window (self);

  if (window != NULL)
    {
      g_autofree char *detailed = g_action_print_detailed_name (action, owned);

      gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "(sss)", title, _("Open"),
                                  detailed);
      return;
    }

  if (rfi_alert_words_is_quiet (self->settings, g_get_real_time () / 1000))
    return;

  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_priority (notification, kinds[kind].priority);
  g_notification_set_default_action_and_target_value (notification, action, owned);
  g_notification_add_button_with_target_value (notification, _("Open"), action, owned);
  rfi_announcement_send (G_APPLICATION (self->application), owned_id, notification);
  g_hash_table_add (self->announced, g_steal_pointer (&owned_id));
}

static void
announce_entry (RfiNotifier         *self,
                News                 kind,
                const RfiAuditEntry *entry)
{
  g_autofree char *title = headline (self, kind, entry);
  g_autofree char *body = details (self, kind, entry);
  char *id = g_strdup_printf ("%s-%s", kinds[kind].name, entry->job_id);

  if (kind == NEWS_CONFLICT || kind == NEWS_FAILURE)
    announce (self, kind, id, title, body, "app.show-page",
              g_variant_new_string (kinds[kind].page));
  else
    announce (self, kind, id, title, body, "app.show-job", g_variant_new_string (entry->job_id));
}

/* @entries: (element-type RfiAuditEntry): one for each job */
static void
announce_kind (RfiNotifier *self,
               News         kind,
               GPtrArray   *entries)
{
  g_autofree char *title = NULL;

  if (!g_settings_get_boolean (self->settings, kinds[kind].setting))
    return;

  if (entries->len <= MOST_ANNOUNCED)
    {
      for (guint i = 0; i < entries->len; i++)
        announce_entry (self, kind, g_ptr_array_index (entries, i));
      return;
    }

  title = count_words (kind, entries->len);
  announce (self, kind, g_strdup (kinds[kind].name), title, NULL, "app.show-page",
            g_variant_new_string (kinds[kind].page));
}

static gboolean
concerns (gconstpointer a,
          gconstpointer job_id)
{
  return g_str_equal (((const RfiAuditEntry *) a)->job_id, job_id);
}

/* @entries: (element-type RfiAuditEntry): the newest first */
static void
tell (RfiNotifier *self,
      GPtrArray   *entries)
{
  GPtrArray *news[N_NEWS];

  for (guint kind = 0; kind < N_NEWS; kind++)
    news[kind] = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      RfiAuditEntry *entry = g_ptr_array_index (entries, i);
      News kind = entry->id > self->newest ? classify (self, entry) : N_NEWS;

      if (kind != N_NEWS &&
          !g_ptr_array_find_with_equal_func (news[kind], entry->job_id, concerns, NULL))
        g_ptr_array_add (news[kind], entry);
    }

  for (guint kind = 0; kind < N_NEWS; kind++)
    {
      announce_kind (self, (News) kind, news[kind]);
      g_ptr_array_unref (news[kind]);
    }
}

/* Reading */

static void read_news (RfiNotifier *self);

static void read_entries (RfiNotifier *self,
                          guint        limit);

/* Whether all of the few that were read first are news, and more may be. */
static gboolean
wants_more (RfiNotifier *self,
            GPtrArray   *entries)
{
  return entries->len == FIRST_READ && self->newest >= 0 &&
         ((RfiAuditEntry *) entries->pdata[entries->len - 1])->id > self->newest;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiNotifier) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries =
    rfi_session_list_history_finish (RFI_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->session != RFI_SESSION (object))
    return;

  if (entries != NULL && wants_more (self, entries))
    {
      read_entries (self, MOST_READ);
      return;
    }

  self->reading = FALSE;
  if (entries == NULL)
    g_debug ("The news can't be read: %s", error->message);
  /* What was there at the start, or came with the first download, is no news. */
  else if (self->newest >= 0 && !rfi_session_get_sync_state (self->session)->first_pull)
    tell (self, entries);

  if (entries != NULL)
    self->newest = MAX (self->newest,
                        entries->len > 0 ? ((RfiAuditEntry *) entries->pdata[0])->id : 0);
  if (self->again)
    read_news (self);
}

static void
read_entries (RfiNotifier *self,
              guint        limit)
{
  rfi_session_list_history_async (self->session, limit, 0, self->cancellable, read_cb,
                                  g_object_ref (self));
}

static void
read_news (RfiNotifier *self)
{
  self->again = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  read_entries (self, FIRST_READ);
}

static void
sync_state_cb (RfiNotifier *self)
{
  RfiSyncState *state = rfi_session_get_sync_state (self->session);
  guint trouble = state->n_failed + state->n_conflicts;

  if (self->seen_sync_at == state->last_sync_at && self->seen_trouble == trouble)
    return;

  self->seen_sync_at = state->last_sync_at;
  self->seen_trouble = trouble;
  read_news (self);
}

/* Conflicts that wait, and those that were handed on */

static void
conflict_waits_cb (RfiNotifier *self,
                   RfiConflict *conflict,
                   int          wait)
{
  /* translators: %s is a job's title */
  g_autofree char *title =
    wait == RFI_CONFLICT_WAIT_LONG
      ? g_strdup_printf (_("A conflict waits for more than a week: %s"), conflict->job_title)
      : g_strdup_printf (_("A conflict waits since yesterday: %s"), conflict->job_title);

  if (g_settings_get_boolean (self->settings, kinds[NEWS_CONFLICT].setting))
    announce (self, NEWS_CONFLICT, g_strconcat ("conflict-waits-", conflict->id, NULL), title,
              _("Decide it, or hand it on to somebody who may."), "app.show-page",
              g_variant_new_string (kinds[NEWS_CONFLICT].page));
}

static void
handed_on_cb (RfiNotifier *self,
              RfiConflict *conflict)
{
  const char *by = conflict->facts->escalated_by_name;
  /* translators: a name, then a job's title */
  g_autofree char *title = g_strdup_printf (_("%s hands a conflict on to you: %s"),
                                            by != NULL ? by : _("Somebody"), conflict->job_title);

  if (g_settings_get_boolean (self->settings, kinds[NEWS_CONFLICT].setting))
    announce (self, NEWS_CONFLICT, g_strconcat ("conflict-handed-", conflict->id, NULL), title,
              conflict->facts->escalation_note, "app.show-page",
              g_variant_new_string (kinds[NEWS_CONFLICT].page));
}

static void
watch_conflicts (RfiNotifier *self)
{
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);

  self->watch = rfi_conflict_watch_new (
    clock, rfi_conflict_desk_get_list (rfi_conflict_desk_get (self->session)),
    rfi_session_get_user (self->session));
  g_signal_connect_object (self->watch, "waits", G_CALLBACK (conflict_waits_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "handed-on", G_CALLBACK (handed_on_cb), self,
                           G_CONNECT_SWAPPED);
  rfi_conflict_watch_start (self->watch);
}

static void
take_back (RfiNotifier *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->announced);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      rfi_announcement_withdraw (G_APPLICATION (self->application), id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
rfi_notifier_dispose (GObject *object)
{
  RfiNotifier *self = RFI_NOTIFIER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->watch);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_notifier_parent_class)->dispose (object);
}

static void
rfi_notifier_finalize (GObject *object)
{
  g_hash_table_unref (RFI_NOTIFIER (object)->announced);

  G_OBJECT_CLASS (rfi_notifier_parent_class)->finalize (object);
}

static void
rfi_notifier_class_init (RfiNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_notifier_finalize;
}

static void
rfi_notifier_init (RfiNotifier *self)
{
  self->announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::sync-state", G_CALLBACK (sync_state_cb),
                                  self);
}

RfiNotifier *
rfi_notifier_new (GtkApplication *application,
                  GSettings      *settings)
{
  RfiNotifier *self = g_object_new (RFI_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  return self;
}

void
rfi_notifier_set_session (RfiNotifier *self,
                          RfiSession  *session)
{
  g_return_if_fail (RFI_IS_NOTIFIER (self));

  if (!g_set_object (&self->session, session))
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_group_set_target (self->signals, session);
  g_clear_object (&self->watch);
  take_back (self);
  self->newest = -1;
  self->seen_sync_at = 0;
  self->seen_trouble = 0;
  self->reading = FALSE;
  self->again = FALSE;
  if (session == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  read_news (self);
  watch_conflicts (self);
}
