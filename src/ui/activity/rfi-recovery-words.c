/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-recovery-words"

#include "config.h"

#include "rfi-recovery-words.h"

#include "rfi-format.h"
#include "rfi-operation.h"
#include "rfi-record-item.h"

#include <glib/gi18n.h>

/* ms: as with the clock of this computer. */
#define SKEW (2 * 60 * 1000)

char *
rfi_recovery_words_cache (RfiSession *session)
{
  int recovered;
  int lost;

  g_object_get (session, "recovered", &recovered, "lost", &lost, NULL);
  if (lost >= 0)
    return g_strdup_printf (
      ngettext ("The key of the cache is not in the keyring any more. %d waiting change can’t be "
                "read; its file is kept beside the new one in case the key turns up.",
                "The key of the cache is not in the keyring any more. %d waiting changes can’t be "
                "read; their file is kept beside the new one in case the key turns up.", lost),
      lost);
  if (recovered >= 0)
    return g_strdup_printf (
      ngettext ("The cache was damaged and made anew. %d waiting change was saved from it: look "
                "through the queue. The damaged file is kept beside it.",
                "The cache was damaged and made anew. %d waiting changes were saved from it: look "
                "through the queue. The damaged file is kept beside it.", recovered), recovered);

  return g_strdup (_("It was sound when it was opened. If jobs look wrong all the same: export "
                     "what waits, export the diagnostics, then rebuild it."));
}

char *
rfi_recovery_words_queue (RfiSession *session)
{
  const RfiSyncState *state = rfi_session_get_sync_state (session);
  g_autofree char *age = NULL;

  if (state->n_queued == 0)
    return g_strdup (_("Nothing waits here: coming back needs nothing of you."));

  age = rfi_format_age (state->oldest_queued_at);
  if (!rfi_session_get_online (session))
    /* translators: a number, then an age, "2 d" */
    return g_strdup_printf (
      ngettext ("%'u change waits, the oldest for %s. Once there is a connection it goes by "
                "itself, after a short wait of random length, so that not every console comes at "
                "once.",
                "%'u changes wait, the oldest for %s. Once there is a connection they go by "
                "themselves, the urgent ones first, after a short wait of random length, so that "
                "not every console comes at once. Expect some conflicts.", state->n_queued),
      state->n_queued, age);

  /* translators: a number, then an age, "2 d" */
  return g_strdup_printf (
    ngettext ("%'u change is on its way, the oldest from %s ago. If it conflicts, it waits on the "
              "Conflicts page.",
              "%'u changes are on their way, the urgent ones first, the oldest from %s ago. Those "
              "that conflict wait on the Conflicts page; the others do not wait for them.",
              state->n_queued),
    state->n_queued, age);
}

/* Those that a clock dated later than it is now at the server. */
static guint
count_implausible (RfiSession *session,
                   gint64      now)
{
  GListModel *outbox = rfi_session_get_outbox (session);
  gint64 offset = rfi_session_get_sync_state (session)->clock_offset;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);
      const RfiOperation *operation = rfi_record_item_get (item);

      n += operation->created_at > now + offset + SKEW;
    }

  return n;
}

char *
rfi_recovery_words_clock (RfiSession *session,
                          gint64      now)
{
  const RfiSyncState *state = rfi_session_get_sync_state (session);
  guint minutes = (guint) MIN (ABS (state->clock_offset) / (60 * 1000), G_MAXUINT);
  guint n = count_implausible (session, now);

  if (n > 0)
    return g_strdup_printf (
      ngettext ("%'u waiting change is dated later than now at the server. Its place in the order "
                "is by number, not by time, so it is sent right; look through the queue and "
                "correct the clock.",
                "%'u waiting changes are dated later than now at the server. Their order is by "
                "number, not by time, so they are sent right; look through the queue and correct "
                "the clock.", n), n);
  if (ABS (state->clock_offset) <= SKEW)
    return g_strdup (_("It agrees with the server’s. Order never depends on it: changes are "
                       "numbered."));

  return g_strdup_printf (
    ngettext ("It is off by %'u minute. Order does not depend on it, as changes are numbered, but "
              "the times that people read do: correct this computer’s time.",
              "It is off by %'u minutes. Order does not depend on it, as changes are numbered, but "
              "the times that people read do: correct this computer’s time.", minutes), minutes);
}
