/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-item"

#include "config.h"

#include "rfi-alert-item.h"

#include "rfi-alert-item-private.h"

struct _RfiAlertItem
{
  GObject        parent_instance;

  RfiJobState   *state;  /* (owned) */
  RfiAlertFacts  facts;
};

G_DEFINE_FINAL_TYPE (RfiAlertItem, rfi_alert_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
rfi_alert_item_finalize (GObject *object)
{
  rfi_job_state_unref (RFI_ALERT_ITEM (object)->state);

  G_OBJECT_CLASS (rfi_alert_item_parent_class)->finalize (object);
}

static void
rfi_alert_item_class_init (RfiAlertItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_alert_item_finalize;

  changed_signal = g_signal_new ("changed", RFI_TYPE_ALERT_ITEM, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_alert_item_init (RfiAlertItem *self)
{
}

RfiAlertItem *
_rfi_alert_item_new (RfiJobState         *state,
                     const RfiAlertFacts *facts)
{
  RfiAlertItem *self = g_object_new (RFI_TYPE_ALERT_ITEM, NULL);

  self->state = rfi_job_state_ref (state);
  self->facts = *facts;
  return self;
}

const RfiAlertFacts *
_rfi_alert_item_get_facts (RfiAlertItem *self)
{
  return &self->facts;
}

void
_rfi_alert_item_set (RfiAlertItem        *self,
                     RfiJobState         *state,
                     const RfiAlertFacts *facts)
{
  RfiJobState *before = self->state;

  self->state = rfi_job_state_ref (state);
  self->facts = *facts;
  rfi_job_state_unref (before);
}

void
_rfi_alert_item_tell (RfiAlertItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}

int
_rfi_alert_item_compare (gconstpointer a,
                         gconstpointer b,
                         gpointer      unused)
{
  const RfiAlertItem *one = a;
  const RfiAlertItem *other = b;
  const RfiAlertFacts *x = &one->facts;
  const RfiAlertFacts *y = &other->facts;

  if ((x->muted_until != 0) != (y->muted_until != 0))
    return x->muted_until != 0 ? 1 : -1;
  if (rfi_alert_get_severity (x->kind) != rfi_alert_get_severity (y->kind))
    return (int) rfi_alert_get_severity (y->kind) - (int) rfi_alert_get_severity (x->kind);
  if (one->state->work->priority != other->state->work->priority)
    return (int) other->state->work->priority - (int) one->state->work->priority;
  if (x->kind != y->kind)
    return (int) x->kind - (int) y->kind;
  if (x->since != y->since)
    return x->since < y->since ? -1 : 1;

  return x->row < y->row ? -1 : x->row > y->row;
}

RfiJobState *
rfi_alert_item_get_state (RfiAlertItem *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ITEM (self), NULL);

  return self->state;
}

const char *
rfi_alert_item_get_job_id (RfiAlertItem *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ITEM (self), NULL);

  return self->state->work->id;
}

RfiAlertKind
rfi_alert_item_get_kind (RfiAlertItem *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ITEM (self), RFI_ALERT_AT_RISK);

  return self->facts.kind;
}

gint64
rfi_alert_item_get_since (RfiAlertItem *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ITEM (self), 0);

  return self->facts.since;
}

gboolean
rfi_alert_item_get_muted (RfiAlertItem *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ITEM (self), FALSE);

  return self->facts.muted_until != 0;
}

gint64
rfi_alert_item_get_muted_until (RfiAlertItem *self)
{
  g_return_val_if_fail (RFI_IS_ALERT_ITEM (self), 0);

  return self->facts.muted_until;
}
