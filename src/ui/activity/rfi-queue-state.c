/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-queue-state"

#include "config.h"

#include "rfi-queue-state.h"

#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-record-item.h"

#include <glib/gi18n.h>

/* The changes of one job go strictly in their order, so the first of them holds up the rest.
 * Returns: (transfer none) (nullable) */
static RfiOperation *
find_before (RfiSession         *session,
             const RfiOperation *operation)
{
  GListModel *outbox = rfi_session_get_outbox (session);

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);
      RfiOperation *other = rfi_record_item_get (item);

      if (other->seq >= operation->seq)
        return NULL;
      if (g_str_equal (other->job_id, operation->job_id))
        return other;
    }

  return NULL;
}

RfiQueueState
rfi_queue_state_get (RfiSession          *session,
                     const RfiOperation  *operation,
                     gint64               now,
                     RfiOperation       **before)
{
  RfiOperation *first = find_before (session, operation);

  if (before != NULL)
    *before = first;
  if (g_strcmp0 (rfi_session_get_sync_state (session)->sending_id, operation->id) == 0)
    return RFI_QUEUE_SENDING;
  if (operation->state == RFI_OPERATION_CONFLICT)
    return RFI_QUEUE_CONFLICT;
  if (operation->state == RFI_OPERATION_REJECTED || operation->state == RFI_OPERATION_QUARANTINED)
    return RFI_QUEUE_FAILED;
  if (first != NULL)
    return first->state == RFI_OPERATION_QUEUED ? RFI_QUEUE_BEHIND : RFI_QUEUE_BLOCKED;

  return operation->next_try_at > now ? RFI_QUEUE_RETRYING : RFI_QUEUE_QUEUED;
}

char *
rfi_queue_state_word (RfiQueueState       state,
                      const RfiOperation *operation)
{
  g_autofree char *until = NULL;

  switch (state)
    {
    case RFI_QUEUE_SENDING:
      return g_strdup (_("Sending"));
    case RFI_QUEUE_RETRYING:
      until = rfi_format_until (operation->next_try_at);
      /* translators: %s is a moment ahead: "in 8 s" */
      return g_strdup_printf (_("Retry %s"), until);
    case RFI_QUEUE_CONFLICT:
      return g_strdup (_("Conflict"));
    case RFI_QUEUE_FAILED:
      return g_strdup (_("Failed"));
    case RFI_QUEUE_BLOCKED:
      return g_strdup (_("Blocked"));
    case RFI_QUEUE_BEHIND:
    case RFI_QUEUE_QUEUED:
    default:
      return g_strdup (_("Queued"));
    }
}

const char *
rfi_queue_state_icon (RfiQueueState state)
{
  switch (state)
    {
    case RFI_QUEUE_SENDING:
      return "sync-syncing-symbolic";
    case RFI_QUEUE_RETRYING:
      return "status-pending-symbolic";
    case RFI_QUEUE_CONFLICT:
      return "sync-conflict-symbolic";
    case RFI_QUEUE_FAILED:
      return "sync-failed-symbolic";
    case RFI_QUEUE_BLOCKED:
      return "changes-prevent-symbolic";
    case RFI_QUEUE_BEHIND:
    case RFI_QUEUE_QUEUED:
    default:
      return "sync-queued-symbolic";
    }
}

const char *
rfi_queue_state_class (RfiQueueState state)
{
  switch (state)
    {
    case RFI_QUEUE_SENDING:
      return "mark-syncing";
    case RFI_QUEUE_RETRYING:
      return "warning";
    case RFI_QUEUE_CONFLICT:
      return "mark-conflict";
    case RFI_QUEUE_FAILED:
      return "mark-failed";
    case RFI_QUEUE_BLOCKED:
      return "mark-syncing";
    case RFI_QUEUE_BEHIND:
    case RFI_QUEUE_QUEUED:
    default:
      return "mark-queued";
    }
}

static char *
before_words (const RfiOperation *before)
{
  switch (before->state)
    {
    case RFI_OPERATION_CONFLICT:
      return g_strdup (_("waits for the conflict on the same job"));
    case RFI_OPERATION_REJECTED:
    case RFI_OPERATION_QUARANTINED:
      return g_strdup (_("waits for the failed change of the same job"));
    case RFI_OPERATION_QUEUED:
    case RFI_OPERATION_ACCEPTED:
    default:
      return g_strdup (_("after an earlier change of the same job"));
    }
}

static char *
error_words (const RfiOperation *operation)
{
  g_autofree char *words = NULL;

  if (operation->state == RFI_OPERATION_QUARANTINED)
    return g_strdup (_("The server does not trust this device any more and set the change aside. "
                       "Ask your administrator."));
  if (operation->error_code == NULL && operation->error_message == NULL)
    return g_strdup ("");

  words = rfi_error_words_code (operation->error_code, operation->error_message);
  if (operation->state != RFI_OPERATION_REJECTED || operation->error_message == NULL ||
      g_str_equal (operation->error_message, words))
    return g_steal_pointer (&words);

  /* translators: a sentence, then the server's own words */
  return g_strdup_printf (_("%s The server said: “%s”"), words, operation->error_message);
}

char *
rfi_queue_state_why (RfiQueueState       state,
                     const RfiOperation *operation,
                     const RfiOperation *before)
{
  g_autofree char *tries = NULL;
  g_autofree char *error = NULL;

  if ((state == RFI_QUEUE_BLOCKED || state == RFI_QUEUE_BEHIND) && before != NULL)
    return before_words (before);
  if (state == RFI_QUEUE_CONFLICT)
    return g_strdup (_("somebody else changed the job meanwhile"));

  error = error_words (operation);
  if (operation->attempts == 0)
    return g_steal_pointer (&error);

  tries = g_strdup_printf (ngettext ("%u try", "%u tries", operation->attempts),
                           operation->attempts);
  /* translators: "3 tries", then why the last of them failed */
  return *error != '\0' ? g_strdup_printf (_("%s · %s"), tries, error) : g_steal_pointer (&tries);
}
