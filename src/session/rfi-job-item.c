/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-item"

#include "config.h"

#include "rfi-job-item.h"

#include "rfi-job-item-private.h"

#include <string.h>

struct _RfiJobItem
{
  GObject             parent_instance;

  RfiJobState        *state;      /* (owned) */
  guint               row;
  RfiJobItemGoneFunc  unwatch;    /* (nullable): %NULL once detached */
  gpointer            user_data;
  char               *told_id;    /* as last notified */
  gboolean            sending;
  gboolean            gone;
  gboolean            news;       /* something else than @state waits to be shown */
};

enum {
  PROP_0,
  PROP_GONE,
  PROP_ID,
  PROP_STATE,
  N_PROPS
};

enum {
  FLASH,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiJobItem, rfi_job_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rfi_job_item_dispose (GObject *object)
{
  RfiJobItem *self = RFI_JOB_ITEM (object);

  if (self->unwatch != NULL)
    self->unwatch (self->row, self->user_data);
  self->unwatch = NULL;

  G_OBJECT_CLASS (rfi_job_item_parent_class)->dispose (object);
}

static void
rfi_job_item_finalize (GObject *object)
{
  RfiJobItem *self = RFI_JOB_ITEM (object);

  g_clear_pointer (&self->state, rfi_job_state_unref);
  g_clear_pointer (&self->told_id, g_free);

  G_OBJECT_CLASS (rfi_job_item_parent_class)->finalize (object);
}

static void
rfi_job_item_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RfiJobItem *self = RFI_JOB_ITEM (object);

  switch (prop_id)
    {
    case PROP_GONE:
      g_value_set_boolean (value, self->gone);
      break;

    case PROP_ID:
      g_value_set_string (value, self->state->work->id);
      break;

    case PROP_STATE:
      g_value_set_boxed (value, self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_item_class_init (RfiJobItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_job_item_dispose;
  object_class->finalize = rfi_job_item_finalize;
  object_class->get_property = rfi_job_item_get_property;

  properties[PROP_GONE] =
    g_param_spec_boolean ("gone", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_STATE] =
    g_param_spec_boxed ("state", NULL, NULL,
                        RFI_TYPE_JOB_STATE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FLASH] =
    g_signal_new ("flash",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
rfi_job_item_init (RfiJobItem *self)
{
}

RfiJobItem *
_rfi_job_item_new (RfiJobState        *state,
                   guint               row,
                   RfiJobItemGoneFunc  unwatch,
                   gpointer            user_data)
{
  RfiJobItem *self = g_object_new (RFI_TYPE_JOB_ITEM, NULL);

  self->state = rfi_job_state_ref (state);
  self->row = row;
  self->unwatch = unwatch;
  self->told_id = g_strdup (state->work->id);
  self->user_data = user_data;
  return self;
}

void
_rfi_job_item_detach (RfiJobItem *self)
{
  self->unwatch = NULL;
  self->gone = TRUE;
}

void
_rfi_job_item_set_state (RfiJobItem  *self,
                         RfiJobState *state)
{
  rfi_job_state_ref (state);
  rfi_job_state_unref (self->state);
  self->state = state;
}

void
_rfi_job_item_notify (RfiJobItem *self,
                      gboolean    flash)
{
  if (self->gone)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GONE]);
      return;
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (strcmp (self->told_id, self->state->work->id) != 0)
    {
      g_free (self->told_id);
      self->told_id = g_strdup (self->state->work->id);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
    }
  if (flash)
    g_signal_emit (self, signals[FLASH], 0);
}

void
_rfi_job_item_set_sending (RfiJobItem *self,
                           gboolean    sending)
{
  if (self->sending == sending)
    return;

  self->sending = sending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
_rfi_job_item_set_news (RfiJobItem *self,
                        gboolean    news)
{
  if (self->news == news)
    return;

  self->news = news;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

RfiJobState *
rfi_job_item_get_state (RfiJobItem *self)
{
  g_return_val_if_fail (RFI_IS_JOB_ITEM (self), NULL);

  return self->state;
}

RfiJob *
rfi_job_item_get_job (RfiJobItem *self)
{
  g_return_val_if_fail (RFI_IS_JOB_ITEM (self), NULL);

  return self->state->work;
}

const char *
rfi_job_item_get_id (RfiJobItem *self)
{
  g_return_val_if_fail (RFI_IS_JOB_ITEM (self), NULL);

  return self->state->work->id;
}

gboolean
rfi_job_item_get_gone (RfiJobItem *self)
{
  g_return_val_if_fail (RFI_IS_JOB_ITEM (self), TRUE);

  return self->gone;
}

RfiMark
rfi_job_item_get_mark (RfiJobItem *self)
{
  g_return_val_if_fail (RFI_IS_JOB_ITEM (self), RFI_MARK_CONFIRMED);

  if (self->news)
    return RFI_MARK_NEWS;

  /* A failed or contested job stays one while another of its changes is sent. */
  if (!self->sending || self->state->mark > RFI_MARK_QUEUED)
    return self->state->mark;

  return RFI_MARK_SYNCING;
}
