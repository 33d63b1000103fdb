/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-notifier"

#include "config.h"

#include "rfi-alert-notifier.h"

#include "rfi-alert-words.h"
#include "rfi-announcement.h"

#include <glib/gi18n.h>

/* How many are announced one by one. */
#define MOST_ANNOUNCED 3

#define FLOOD_ID "alerts"

struct _RfiAlertNotifier
{
  GObject         parent_instance;

  GtkApplication *application;  /* (unowned): it owns this */
  GSettings      *settings;     /* (owned) */
  RfiAlertDesk   *desk;         /* (owned) */
  RfiSession     *session;      /* (owned) (nullable) */
  GSignalGroup   *signals;      /* (owned): on the desk's list */
  GPtrArray      *arisen;       /* (owned) (element-type utf8): ids of jobs, to be told */
  GHashTable     *announced;    /* (owned) (element-type utf8): ids of jobs */
  guint           source;       /* gathers what comes at once */
};

G_DEFINE_FINAL_TYPE (RfiAlertNotifier, rfi_alert_notifier, G_TYPE_OBJECT)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* (transfer full) */
static char *
get_id (const char *job_id)
{
  return g_strdup_printf ("alert-%s", job_id);
}

/* (nullable): the alert of this job, if it still wants attention */
static RfiAlertItem *
find_active (RfiAlertNotifier *self,
             const char       *job_id)
{
  RfiAlertList *list = rfi_alert_desk_get_list (self->desk);
  RfiAlertItem *item = list != NULL ? rfi_alert_list_find (list, job_id) : NULL;

  return item != NULL && !rfi_alert_item_get_muted (item) ? item : NULL;
}

/* A window of ours, or a dialog over one, has the keyboard. */
static gboolean
is_used (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWindow *at = window;

      if (!gtk_window_is_active (window))
        continue;
      while (gtk_window_get_transient_for (at) != NULL)
        at = gtk_window_get_transient_for (at);
      if (GTK_IS_APPLICATION_WINDOW (at))
        return TRUE;
    }
  return FALSE;
}

/* What the first download brings is no news, however bad it is. */
static gboolean
may_tell (RfiAlertNotifier *self)
{
  gboolean loading = FALSE;

  if (self->session == NULL)
    return FALSE;

  g_object_get (self->session, "loading", &loading, NULL);
  return !loading && !rfi_session_get_sync_state (self->session)->first_pull &&
         g_settings_get_boolean (self->settings, "notify-alert") && !is_used () &&
         !rfi_alert_words_is_quiet (self->settings, now_ms ());
}

/* Announcing */

static void
announce (RfiAlertNotifier *self,
          RfiAlertItem     *item)
{
  const RfiJob *job = rfi_alert_item_get_state (item)->work;
  RfiAlertKind kind = rfi_alert_item_get_kind (item);
  g_autofree char *id = get_id (job->id);
  g_autofree char *reason =
    rfi_alert_words_reason (kind, rfi_alert_item_get_since (item), now_ms ());
  /* translators: why a job wants attention, then its store and city */
  g_autofree char *body = g_strdup_printf (_("%s\n%s · %s"), reason, job->store_name, job->city);
  g_autoptr(GNotification) notification = g_notification_new (job->title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification,
                               rfi_alert_get_severity (kind) == RFI_SEVERITY_CRITICAL
                                 ? G_NOTIFICATION_PRIORITY_URGENT
                                 : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification, "app.show-job", "s", job->id);
  if (job->assigned_to == NULL || job->assigned_to[0] == '\0')
    g_notification_add_button_with_target (notification, _("Assign"), "app.assign", "s", job->id);
  g_notification_add_button_with_target (notification, _("Open"), "app.show-job", "s", job->id);
  rfi_announcement_send (G_APPLICATION (self->application), id, notification);
  g_hash_table_add (self->announced, g_strdup (job->id));
}

static void
announce_flood (RfiAlertNotifier *self,
                guint             n)
{
  g_autofree char *title =
    g_strdup_printf (ngettext ("%u job wants attention", "%u jobs want attention", n), n);
  g_autoptr(GNotification) notification = g_notification_new (title);

  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.next-alert");
  g_notification_add_button (notification, _("Open"), "app.next-alert");
  rfi_announcement_send (G_APPLICATION (self->application), FLOOD_ID, notification);
}

static void
tell_cb (gpointer user_data)
{
  RfiAlertNotifier *self = user_data;
  g_autoptr(GPtrArray) arisen = g_steal_pointer (&self->arisen);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  self->source = 0;
  self->arisen = g_ptr_array_new_with_free_func (g_free);
  if (!may_tell (self))
    return;

  for (guint i = 0; i < arisen->len; i++)
    {
      RfiAlertItem *item = find_active (self, g_ptr_array_index (arisen, i));

      if (item != NULL && !g_ptr_array_find (items, item, NULL))
        g_ptr_array_add (items, item);
    }

  if (items->len > MOST_ANNOUNCED)
    announce_flood (self, items->len);
  else
    for (guint i = 0; i < items->len; i++)
      announce (self, g_ptr_array_index (items, i));
}

static void
arisen_cb (RfiAlertNotifier *self,
           RfiAlertItem     *item)
{
  g_ptr_array_add (self->arisen, g_strdup (rfi_alert_item_get_job_id (item)));
  if (self->source == 0)
    self->source = g_idle_add_once (tell_cb, self);
}

static void
take_back (RfiAlertNotifier *self,
           gboolean          all)
{
  GHashTableIter iter;
  gpointer job_id;
  RfiAlertList *list = rfi_alert_desk_get_list (self->desk);

  if (all || list == NULL || rfi_alert_list_get_n_active (list) == 0)
    rfi_announcement_withdraw (G_APPLICATION (self->application), FLOOD_ID);

  g_hash_table_iter_init (&iter, self->announced);
  while (g_hash_table_iter_next (&iter, &job_id, NULL))
    {
      g_autofree char *id = get_id (job_id);

      if (!all && find_active (self, job_id) != NULL)
        continue;
      rfi_announcement_withdraw (G_APPLICATION (self->application), id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
fewer_cb (RfiAlertNotifier *self)
{
  take_back (self, FALSE);
}

static void
list_changed_cb (RfiAlertNotifier *self)
{
  g_signal_group_set_target (self->signals, rfi_alert_desk_get_list (self->desk));
}

static void
rfi_alert_notifier_dispose (GObject *object)
{
  RfiAlertNotifier *self = RFI_ALERT_NOTIFIER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_alert_notifier_parent_class)->dispose (object);
}

static void
rfi_alert_notifier_finalize (GObject *object)
{
  RfiAlertNotifier *self = RFI_ALERT_NOTIFIER (object);

  g_ptr_array_unref (self->arisen);
  g_hash_table_unref (self->announced);

  G_OBJECT_CLASS (rfi_alert_notifier_parent_class)->finalize (object);
}

static void
rfi_alert_notifier_class_init (RfiAlertNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_alert_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_alert_notifier_finalize;
}

static void
rfi_alert_notifier_init (RfiAlertNotifier *self)
{
  self->arisen = g_ptr_array_new_with_free_func (g_free);
  self->announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->signals = g_signal_group_new (RFI_TYPE_ALERT_LIST);
  g_signal_group_connect_swapped (self->signals, "arisen", G_CALLBACK (arisen_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::n-active", G_CALLBACK (fewer_cb), self);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (fewer_cb), self);
}

RfiAlertNotifier *
rfi_alert_notifier_new (GtkApplication *application,
                        GSettings      *settings,
                        RfiAlertDesk   *desk)
{
  RfiAlertNotifier *self = g_object_new (RFI_TYPE_ALERT_NOTIFIER, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::list", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  list_changed_cb (self);
  return self;
}

void
rfi_alert_notifier_set_session (RfiAlertNotifier *self,
                                RfiSession       *session)
{
  g_return_if_fail (RFI_IS_ALERT_NOTIFIER (self));

  if (!g_set_object (&self->session, session))
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->arisen, 0);
  take_back (self, TRUE);
}
