/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-truth"

#include "config.h"

#include "rfi-truth.h"

#include "rfi-error-words.h"
#include "rfi-format.h"

#include <glib/gi18n.h>

/* From here on parts of a hundred say more than a count. */
#define MANY 1000

static RfiPhase
get_phase (const RfiSyncState *state)
{
  return state != NULL ? state->phase : RFI_PHASE_STARTING;
}

const char *
rfi_truth_icon (const RfiSyncState *state)
{
  switch (get_phase (state))
    {
    case RFI_PHASE_LIVE:
      return "truth-live-symbolic";
    case RFI_PHASE_ONLINE:
      return "truth-online-symbolic";
    case RFI_PHASE_OFFLINE:
      return "truth-offline-symbolic";
    case RFI_PHASE_FAILED:
      return "sync-failed-symbolic";
    case RFI_PHASE_NEEDS_SIGN_IN:
      return "dialog-password-symbolic";
    case RFI_PHASE_STARTING:
    case RFI_PHASE_SYNCING:
    case RFI_PHASE_CATCHING_UP:
    default:
      return "sync-syncing-symbolic";
    }
}

const char *
rfi_truth_style_class (const RfiSyncState *state)
{
  switch (get_phase (state))
    {
    case RFI_PHASE_LIVE:
      return "live";
    case RFI_PHASE_OFFLINE:
    case RFI_PHASE_FAILED:
    case RFI_PHASE_NEEDS_SIGN_IN:
      return "trouble";
    case RFI_PHASE_ONLINE:
    case RFI_PHASE_STARTING:
    case RFI_PHASE_SYNCING:
    case RFI_PHASE_CATCHING_UP:
    default:
      return "calm";
    }
}

gboolean
rfi_truth_is_trouble (const RfiSyncState *state)
{
  RfiPhase phase = get_phase (state);

  return phase == RFI_PHASE_OFFLINE || phase == RFI_PHASE_FAILED
         || phase == RFI_PHASE_NEEDS_SIGN_IN;
}

char *
rfi_truth_next_try (const RfiSyncState *state)
{
  if (state == NULL || state->next_try_at == 0)
    return g_strdup ("");

  return rfi_format_until (state->next_try_at);
}

static char *
offline_words (const RfiSyncState *state)
{
  if (state->n_queued == 0)
    return g_strdup (_("Offline"));
  /* translators: no connection, and so many changes wait to be sent */
  return g_strdup_printf (ngettext ("Offline — %u queued", "Offline — %u queued",
                                    state->n_queued), state->n_queued);
}

static char *
syncing_words (const RfiSyncState *state)
{
  if (state->n_total == 0)
    return g_strdup (_("Syncing"));
  /* Numbers of so many digits would push the names of the pages out of the header. */
  if (state->n_total >= MANY)
    /* translators: so much of the first download is here */
    return g_strdup_printf (_("Syncing, %u %%"),
                            (guint) MIN (state->n_done * G_GUINT64_CONSTANT (100) / state->n_total,
                                         100));
  return g_strdup_printf (_("Syncing %'u of %'u"), state->n_done, state->n_total);
}

static char *
catching_up_words (const RfiSyncState *state)
{
  if (state->n_total <= state->n_done)
    return g_strdup (_("Catching up"));
  /* translators: so many changes are still to come */
  return g_strdup_printf (_("Catching up (%'u)"), state->n_total - state->n_done);
}

static char *
failed_words (const RfiSyncState *state)
{
  g_autofree char *next = rfi_truth_next_try (state);

  if (next[0] == '\0')
    return g_strdup (_("Sync failed"));
  /* translators: %s is such as "in 12 s" */
  return g_strdup_printf (_("Sync failed, retry %s"), next);
}

/* The truth, and beside it what waits for a person. */
static char *
current_words (const RfiSyncState *state,
               const char         *truth)
{
  g_autofree char *conflicts = NULL;

  if (state->n_conflicts == 0)
    return g_strdup (truth);

  conflicts = g_strdup_printf (ngettext ("%u conflict", "%u conflicts", state->n_conflicts),
                               state->n_conflicts);
  return g_strdup_printf ("%s · %s", truth, conflicts);
}

char *
rfi_truth_words (const RfiSyncState *state)
{
  switch (get_phase (state))
    {
    case RFI_PHASE_LIVE:
      return current_words (state, _("Live"));
    case RFI_PHASE_ONLINE:
      return current_words (state, _("Online"));
    case RFI_PHASE_OFFLINE:
      return offline_words (state);
    case RFI_PHASE_SYNCING:
      return syncing_words (state);
    case RFI_PHASE_CATCHING_UP:
      return catching_up_words (state);
    case RFI_PHASE_FAILED:
      return failed_words (state);
    case RFI_PHASE_NEEDS_SIGN_IN:
      return g_strdup (_("Sign in again"));
    case RFI_PHASE_STARTING:
    default:
      return g_strdup (_("Connecting"));
    }
}

static char *
queue_words (const RfiSyncState *state)
{
  return g_strdup_printf (ngettext ("%u change queued", "%u changes queued", state->n_queued),
                          state->n_queued);
}

char *
rfi_truth_headline (const RfiSyncState *state,
                    gboolean            forced_offline)
{
  g_autofree char *queue = queue_words (state);
  g_autofree char *since = NULL;
  g_autofree char *head = NULL;

  if (state->phase == RFI_PHASE_NEEDS_SIGN_IN)
    head = g_strdup (_("The server asks you to sign in again"));
  else if (state->phase == RFI_PHASE_FAILED)
    head = g_strdup (_("Sync failed"));
  else if (forced_offline)
    head = g_strdup (_("You chose to work offline"));
  else if (state->offline_since > 0)
    {
      since = rfi_format_clock (state->offline_since);
      /* translators: %s is a time of day */
      head = g_strdup_printf (_("Offline since %s"), since);
    }
  else
    head = g_strdup (_("Offline"));

  return state->n_queued > 0 ? g_strdup_printf ("%s — %s", head, queue) : g_steal_pointer (&head);
}

/* Something answers, but not the server one knows: waiting does not mend that. */
static gboolean
is_stranger (const RfiSyncState *state)
{
  return state->phase == RFI_PHASE_OFFLINE && (g_strcmp0 (state->error_code, "CERTIFICATE") == 0 ||
                                               g_strcmp0 (state->error_code, "PROTOCOL") == 0);
}

char *
rfi_truth_advice (const RfiSyncState *state,
                  gboolean            forced_offline)
{
  g_autofree char *next = rfi_truth_next_try (state);

  if (state->phase == RFI_PHASE_NEEDS_SIGN_IN)
    return g_strdup (_("Your changes are kept here until then."));
  if (forced_offline && state->phase != RFI_PHASE_FAILED)
    return g_strdup (_("Changes are kept here and sent when you go online."));
  if (state->phase == RFI_PHASE_FAILED || is_stranger (state))
    return rfi_error_words_code (state->error_code, state->error_message);
  if (next[0] == '\0')
    return g_strdup (_("You can keep working; changes are sent in order when the server answers."));
  /* translators: %s is such as "in 12 s" */
  return g_strdup_printf (_("You can keep working; changes are sent in order when the server "
                            "answers. Next try %s."), next);
}
