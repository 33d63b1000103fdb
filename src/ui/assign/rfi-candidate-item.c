/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-candidate-item"

#include "config.h"

#include "rfi-candidate-item.h"

#include "rfi-candidate-words.h"

#include <glib/gi18n.h>

struct _RfiCandidateItem
{
  GObject       parent_instance;

  GPtrArray    *ranked;     /* (owned) (element-type RfiCandidate) */
  RfiCandidate *candidate;  /* one of @ranked */
  gboolean      vanished;
  gboolean      could;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiCandidateItem, rfi_candidate_item, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
rfi_candidate_item_finalize (GObject *object)
{
  g_ptr_array_unref (RFI_CANDIDATE_ITEM (object)->ranked);

  G_OBJECT_CLASS (rfi_candidate_item_parent_class)->finalize (object);
}

static void
rfi_candidate_item_class_init (RfiCandidateItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_candidate_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_CANDIDATE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_candidate_item_init (RfiCandidateItem *self)
{
}

RfiCandidateItem *
rfi_candidate_item_new (GPtrArray    *ranked,
                        RfiCandidate *candidate)
{
  RfiCandidateItem *self = g_object_new (RFI_TYPE_CANDIDATE_ITEM, NULL);

  self->ranked = g_ptr_array_ref (ranked);
  self->candidate = candidate;
  self->could = !rfi_candidate_is_excluded (candidate);
  return self;
}

void
rfi_candidate_item_set (RfiCandidateItem *self,
                        GPtrArray        *ranked,
                        RfiCandidate     *candidate)
{
  g_return_if_fail (RFI_IS_CANDIDATE_ITEM (self));

  g_ptr_array_ref (ranked);
  g_ptr_array_unref (self->ranked);
  self->ranked = ranked;
  self->candidate = candidate;
  self->vanished = FALSE;
  self->could = self->could || !rfi_candidate_is_excluded (candidate);
  g_signal_emit (self, signals[CHANGED], 0);
}

const RfiCandidate *
rfi_candidate_item_get (RfiCandidateItem *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_ITEM (self), NULL);

  return self->candidate;
}

void
rfi_candidate_item_set_vanished (RfiCandidateItem *self)
{
  g_return_if_fail (RFI_IS_CANDIDATE_ITEM (self));

  if (self->vanished)
    return;

  self->vanished = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
rfi_candidate_item_get_reason (RfiCandidateItem *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_ITEM (self), NULL);

  if (self->vanished)
    return _("Not among the technicians any more");

  return rfi_candidate_words_excluded (self->candidate);
}

gboolean
rfi_candidate_item_get_could (RfiCandidateItem *self)
{
  g_return_val_if_fail (RFI_IS_CANDIDATE_ITEM (self), FALSE);

  return self->could;
}
