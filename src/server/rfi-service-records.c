/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-records"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-canonical.h"
#include "rfi-server-conflicts.h"
#include "rfi-server-events.h"
#include "rfi-server-users.h"
#include "rfi-wire-event-batch.h"

#include <string.h>

/* Conflicts, and what clients tell of themselves. */

#define MAX_CONFLICTS 1000
#define MAX_NOTE      1000

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

/* Admins see all, dispatchers their vendor's, technicians those of their own operations. */
void
rfi_service_list_conflicts (RfiServiceCall *call)
{
  const RfiUser *user = call->user;
  const char *vendor_id = NULL;
  const char *user_id = NULL;
  g_autoptr(GPtrArray) records = NULL;
  RfiConflictsState state;
  GError *error = NULL;

  if (!read_state (call, &state))
    return;

  if (user->role == RFI_ROLE_DISPATCHER)
    vendor_id = user->vendor_id != NULL ? user->vendor_id : "";
  else if (user->role == RFI_ROLE_TECHNICIAN)
    user_id = user->id;
  records =
    rfi_server_conflicts_list (call->db, state, vendor_id, user_id, MAX_CONFLICTS, &error);
  if (records == NULL)
    {
      rfi_service_fail (call, error);
      return;
    }

  rfi_conflict_record_append_list (records, call->reply->body);
  rfi_service_done (call, RFI_SERVICE_OK);
}

/* Returns: (transfer full) (nullable): %NULL with a refusal, or @error. @vendor_id: (out)
 * (transfer full) (nullable) */
static RfiConflictRecord *
find_conflict (RfiServiceCall  *call,
               char           **vendor_id,
               GError         **error)
{
  const RfiUser *user = call->user;
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiConflictRecord) record =
    rfi_server_conflicts_find (call->db, call->param, vendor_id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (record != NULL &&
      (user->role == RFI_ROLE_ADMIN || strcmp (record->user_id, user->id) == 0 ||
       (user->role == RFI_ROLE_DISPATCHER && user->vendor_id != NULL &&
        g_strcmp0 (user->vendor_id, *vendor_id) == 0)))
    return g_steal_pointer (&record);

  rfi_service_refuse (call, RFI_SERVICE_NOT_FOUND, "NOT_FOUND", "Conflict not found");
  return NULL;
}

/* Whoever it goes to has to be there. */
static gboolean
check_person (RfiServiceCall  *call,
              const char      *id,
              GError         **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiUser) person = id != NULL ? rfi_server_users_get (call->db, id, &local) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (id == NULL || person != NULL)
    return TRUE;

  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                      "to must be the id of a person");
  return FALSE;
}

static gboolean
note_escalation (RfiServiceCall           *call,
                 const RfiConflictRecord  *record,
                 const char               *vendor_id,
                 GError                  **error)
{
  const RfiServerActor actor = {
    .user_id = call->user->id, .origin = RFI_SERVER_ORIGIN_SYNC, .action = "escalate",
    .at = call->request->now,
  };
  g_autoptr(GString) changes = g_string_new ("[{");

  rfi_canonical_append_text_member (changes, "after", record->escalation_note);
  rfi_canonical_append_text_member (changes, "before", "");
  rfi_canonical_append_text_member (changes, "field", "escalation");
  g_string_append (changes, "}]");
  return rfi_server_audit_note (call->db, &actor, record->job_id, vendor_id, 0, changes->str,
                                error);
}

/* @body: what was asked for */
static gboolean
escalate (RfiServiceCall  *call,
          const RfiJson   *body,
          GError         **error)
{
  g_autofree char *vendor_id = NULL;
  g_autofree char *to = NULL;
  g_autofree char *note = NULL;
  g_autoptr(RfiConflictRecord) record = NULL;

  if (!rfi_wire_read_escalation (body, &to, &note, error))
    return FALSE;
  if (g_utf8_strlen (note, -1) > MAX_NOTE)
    {
      rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                          "note must be at most 1000 characters");
      return FALSE;
    }

  record = find_conflict (call, &vendor_id, error);
  if (record == NULL || !check_person (call, to, error))
    return FALSE;
  if (record->resolved)
    {
      rfi_service_refuse (call, RFI_SERVICE_CONFLICT, "CONFLICT_RESOLVED",
                          "The conflict is settled already");
      return FALSE;
    }

  g_free (record->escalated_to);
  g_free (record->escalation_note);
  record->escalated_to = g_steal_pointer (&to);
  record->escalation_note = g_steal_pointer (&note);
  if (!rfi_server_conflicts_update (call->db, record, error) ||
      !note_escalation (call, record, vendor_id, error))
    return FALSE;

  rfi_conflict_record_append (record, call->reply->body);
  return TRUE;
}

void
rfi_service_escalate (RfiServiceCall *call)
{
  const char *body = call->request->body != NULL ? call->request->body : "";
  GError *error = NULL;
  RfiJson root;

  if (rfi_json_parse (body, (gssize) call->request->n_body, &root, &error) &&
      escalate (call, &root, &error))
    rfi_service_done (call, RFI_SERVICE_OK);
  else if (error != NULL)
    rfi_service_fail (call, error);
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
