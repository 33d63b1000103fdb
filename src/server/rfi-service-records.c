/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-records"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-server-cases.h"
#include "rfi-server-conflicts.h"
#include "rfi-server-events.h"
#include "rfi-wire-event-batch.h"

#include <string.h>

/* Conflicts, and what clients tell of themselves. */

#define MAX_CONFLICTS 1000

static gboolean
read_state (RfiServiceCall    *call,
            RfiConflictsState *state)
{
  static const char * const words[] = { "open", "resolved", "all" };
  g_autofree char *text = rfi_service_get_query (call, "state");

  *state = RFI_CONFLICTS_OPEN;
  if (text == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      {
        *state = (RfiConflictsState) i;
        return TRUE;
      }

  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                      "state must be open, resolved or all");
  return FALSE;
}

/* What was settled since then is listed behind what is open. */
static gboolean
read_since (RfiServiceCall *call,
            gint64         *since)
{
  g_autofree char *text = rfi_service_get_query (call, "settledSince");

  *since = 0;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, since, NULL))
    return TRUE;

  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                      "settledSince must be ms since 1970");
  return FALSE;
}

/* Returns: (transfer full) (element-type RfiConflictRecord): %NULL with @error */
static GPtrArray *
list_conflicts (RfiServiceCall     *call,
                RfiConflictsState   state,
                gint64              since,
                const char         *vendor_id,
                const char         *user_id,
                GError            **error)
{
  g_autoptr(GPtrArray) records =
    rfi_server_conflicts_list (call->db, state, vendor_id, user_id, MAX_CONFLICTS, error);
  GPtrArray *settled;

  if (records == NULL || since == 0 || state != RFI_CONFLICTS_OPEN)
    return g_steal_pointer (&records);

  settled = rfi_server_conflicts_list_settled (call->db, since, vendor_id, user_id, MAX_CONFLICTS,
                                               error);
  if (settled == NULL)
    return NULL;

  g_ptr_array_extend_and_steal (records, settled);
  return g_steal_pointer (&records);
}

/* Admins see all, dispatchers their vendor's, technicians those of their own operations. */
void
rfi_service_list_conflicts (RfiServiceCall *call)
{
  const RfiUser *user = call->user;
  const char *vendor_id = NULL;
  const char *user_id = NULL;
  g_autoptr(GPtrArray) records = NULL;
  RfiConflictsState state;
  gint64 since;
  GError *error = NULL;

  if (!read_state (call, &state) || !read_since (call, &since))
    return;

  if (user->role == RFI_ROLE_DISPATCHER)
    vendor_id = user->vendor_id != NULL ? user->vendor_id : "";
  else if (user->role == RFI_ROLE_TECHNICIAN)
    user_id = user->id;
  records = list_conflicts (call, state, since, vendor_id, user_id, &error);
  for (guint i = 0; records != NULL && error == NULL && i < records->len; i++)
    if (((RfiConflictRecord *) records->pdata[i])->begun_at != 0)
      rfi_server_cases_read_notes (call->db, records->pdata[i], &error);
  if (error != NULL)
    {
      rfi_service_fail (call, error);
      return;
    }

  rfi_conflict_record_append_list (records, call->reply->body);
  rfi_service_done (call, RFI_SERVICE_OK);
}

void
rfi_service_take_events (RfiServiceCall *call)
{
  const char *body = call->request->body != NULL ? call->request->body : "";
  GError *error = NULL;
  g_autoptr(GPtrArray) events =
    rfi_wire_events_parse (body, (gssize) call->request->n_body, &error);
  guint n_accepted = 0;

  for (guint i = 0; events != NULL && error == NULL && i < events->len; i++)
    if (rfi_server_events_insert (call->db, call->user->id, g_ptr_array_index (events, i),
                                  call->request->now, &error))
      n_accepted++;
  if (error != NULL)
    {
      rfi_service_fail (call, error);
      return;
    }

  rfi_wire_events_append_answer (call->reply->body, n_accepted, events->len - n_accepted);
  rfi_service_done (call, RFI_SERVICE_OK);
}
