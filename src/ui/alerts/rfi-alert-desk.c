/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-desk"

#include "config.h"

#include "rfi-alert-desk.h"

#include "rfi-alert-words.h"

struct _RfiAlertDesk
{
  GObject       parent_instance;

  GSettings    *settings;  /* (owned) */
  RfiClock     *clock;     /* (owned) */
  RfiSession   *session;   /* (owned) (nullable) */
  RfiAlertList *list;      /* (owned) (nullable) */
};

enum {
  PROP_0,
  PROP_LIST,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiAlertDesk, rfi_alert_desk, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
settings_changed_cb (RfiAlertDesk *self,
                     const char   *key)
{
  RfiAlertRules rules;

  if (self->list == NULL || !(g_str_has_prefix (key, "alert-") || g_str_has_prefix (key, "sla-")))
    return;

  rfi_alert_words_read_rules (self->settings, &rules);
  rfi_alert_list_set_rules (self->list, &rules);
  rfi_session_set_alert_rules (self->session, &rules);
}

static void
rfi_alert_desk_dispose (GObject *object)
{
  RfiAlertDesk *self = RFI_ALERT_DESK (object);

  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rfi_alert_desk_parent_class)->dispose (object);
}

static void
rfi_alert_desk_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LIST:
      g_value_set_object (value, RFI_ALERT_DESK (object)->list);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_alert_desk_class_init (RfiAlertDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_alert_desk_dispose;
  object_class->get_property = rfi_alert_desk_get_property;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, RFI_TYPE_ALERT_LIST,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_alert_desk_init (RfiAlertDesk *self)
{
  self->clock = rfi_clock_new_system (NULL);
}

RfiAlertDesk *
rfi_alert_desk_new (GSettings *settings)
{
  RfiAlertDesk *self = g_object_new (RFI_TYPE_ALERT_DESK, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
rfi_alert_desk_set_session (RfiAlertDesk *self,
                            RfiSession   *session)
{
  RfiAlertFile *file;
  RfiAlertRules rules;

  g_return_if_fail (RFI_IS_ALERT_DESK (self));

  if (!g_set_object (&self->session, session))
    return;

  g_clear_object (&self->list);
  if (session != NULL)
    {
      rfi_alert_words_read_rules (self->settings, &rules);
      rfi_session_set_alert_rules (session, &rules);
      self->list = rfi_alert_list_new (rfi_session_get_jobs (session), &rules, self->clock);
      file = rfi_session_open_alert_file (session);
      if (file != NULL)
        rfi_alert_list_keep (self->list, file);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST]);
}

RfiAlertList *
rfi_alert_desk_get_list (RfiAlertDesk *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_DESK (self), NULL);

  return self->list;
}
