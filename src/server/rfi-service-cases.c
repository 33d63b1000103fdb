/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-cases"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-canonical.h"
#include "rfi-server-cases.h"
#include "rfi-server-conflicts.h"
#include "rfi-server-users.h"
#include "rfi-wire-members.h"

#include <string.h>

/* One conflict: looked at, handed on to somebody, looked into. */

#define MAX_NOTE 1000

static gboolean
may_see (const RfiUser           *user,
         const RfiConflictRecord *record,
         const char              *vendor_id)
{
  return user->role == RFI_ROLE_ADMIN || strcmp (record->user_id, user->id) == 0 ||
         (user->role == RFI_ROLE_DISPATCHER && user->vendor_id != NULL &&
          g_strcmp0 (user->vendor_id, vendor_id) == 0);
}

/* Returns: (transfer full) (nullable): %NULL with a refusal, or @error. @vendor_id: (out)
 * (transfer full) (nullable) */
static RfiConflictRecord *
find_conflict (RfiServiceCall  *call,
               char           **vendor_id,
               GError         **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiConflictRecord) record =
    rfi_server_conflicts_find (call->db, call->param, vendor_id, &local);

  if (record != NULL && may_see (call->user, record, *vendor_id) &&
      rfi_server_cases_read_notes (call->db, record, &local))
    return g_steal_pointer (&record);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    rfi_service_refuse (call, RFI_SERVICE_NOT_FOUND, "NOT_FOUND", "Conflict not found");
  return NULL;
}

/* One that can still be talked about. As find_conflict() */
static RfiConflictRecord *
find_open (RfiServiceCall  *call,
           char           **vendor_id,
           GError         **error)
{
  g_autoptr(RfiConflictRecord) record = find_conflict (call, vendor_id, error);

  if (record == NULL || !record->resolved)
    return g_steal_pointer (&record);

  rfi_service_refuse (call, RFI_SERVICE_CONFLICT, "CONFLICT_RESOLVED",
                      "The conflict is settled already");
  return NULL;
}

static gboolean
check_note (RfiServiceCall *call,
            const char     *note)
{
  if (g_utf8_strlen (note, -1) <= MAX_NOTE)
    return TRUE;

  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                      "A note must be at most 1000 characters");
  return FALSE;
}

/* Whoever it goes to has to be somebody who may decide. @name: as in the body */
static gboolean
check_decider (RfiServiceCall  *call,
               const char      *name,
               const char      *id,
               const char      *vendor_id,
               GError         **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiUser) person = id != NULL ? rfi_server_users_get (call->db, id, &local) : NULL;
  g_autofree char *message = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (id == NULL ||
      (person != NULL &&
       (person->role == RFI_ROLE_ADMIN || (person->role == RFI_ROLE_DISPATCHER &&
                                           g_strcmp0 (person->vendor_id, vendor_id) == 0))))
    return TRUE;

  message = g_strdup_printf ("%s must be the id of a person who may decide this conflict", name);
  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR", message);
  return FALSE;
}

static gboolean
note_in_history (RfiServiceCall           *call,
                 const char               *action,
                 const char               *field,
                 const char               *text,
                 const RfiConflictRecord  *record,
                 const char               *vendor_id,
                 GError                  **error)
{
  const RfiServerActor actor = {
    .user_id = call->user->id, .origin = RFI_SERVER_ORIGIN_SYNC, .action = action,
    .at = call->request->now,
  };
  g_autoptr(GString) changes = g_string_new ("[{");

  rfi_canonical_append_text_member (changes, "after", text);
  rfi_canonical_append_text_member (changes, "before", "");
  rfi_canonical_append_text_member (changes, "field", field);
  g_string_append (changes, "}]");
  return rfi_server_audit_note (call->db, &actor, record->job_id, vendor_id, 0, changes->str,
                                error);
}

/* As it is written now, with the names that belong to it. */
static gboolean
answer_with (RfiServiceCall     *call,
             RfiConflictRecord  *record,
             GError            **error)
{
  g_autoptr(RfiConflictRecord) written = NULL;

  if (!rfi_server_conflicts_update (call->db, record, error))
    return FALSE;

  written = rfi_server_conflicts_find (call->db, record->id, NULL, error);
  if (written == NULL || !rfi_server_cases_read_notes (call->db, written, error))
    return FALSE;

  rfi_conflict_record_append (written, call->reply->body);
  return TRUE;
}

static void
set_text (char **text,
          char  *value)
{
  g_free (*text);
  *text = value;
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

  if (!rfi_wire_read_escalation (body, &to, &note, error) || !check_note (call, note))
    return FALSE;

  record = find_open (call, &vendor_id, error);
  if (record == NULL || !check_decider (call, "to", to, vendor_id, error))
    return FALSE;

  set_text (&record->escalated_to, g_steal_pointer (&to));
  set_text (&record->escalation_note, g_steal_pointer (&note));
  set_text (&record->escalated_by, g_strdup (call->user->id));
  record->escalated_at = call->request->now;
  return note_in_history (call, "escalate", "escalation", record->escalation_note, record,
                          vendor_id, error) &&
         answer_with (call, record, error);
}

/* %FALSE: the step is not one that can be taken now, which is said. */
static gboolean
take_step (RfiServiceCall    *call,
           RfiConflictRecord *record,
           RfiCaseStep        step,
           const char        *owner)
{
  gboolean is_open = record->begun_at != 0 && record->ended_at == 0;

  if (is_open == (step == RFI_CASE_BEGIN))
    {
      rfi_service_refuse (call, RFI_SERVICE_CONFLICT,
                          is_open ? "INVESTIGATION_OPEN" : "INVESTIGATION_CLOSED",
                          is_open ? "Somebody looks into this conflict already"
                                  : "Nobody looks into this conflict");
      return FALSE;
    }

  if (step == RFI_CASE_BEGIN)
    {
      record->begun_at = call->request->now;
      record->ended_at = 0;
      set_text (&record->owner, g_strdup (owner != NULL ? owner : call->user->id));
    }
  else if (step == RFI_CASE_NOTE && owner != NULL)
    set_text (&record->owner, g_strdup (owner));
  else if (step == RFI_CASE_END)
    record->ended_at = call->request->now;
  return TRUE;
}

static gboolean
investigate (RfiServiceCall  *call,
             const RfiJson   *body,
             GError         **error)
{
  g_autofree char *vendor_id = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *text = NULL;
  g_autoptr(RfiConflictRecord) record = NULL;
  RfiCaseStep step;

  if (!rfi_wire_read_investigation (body, &step, &owner, &text, error) ||
      !check_note (call, text))
    return FALSE;

  record = find_open (call, &vendor_id, error);
  return record != NULL && check_decider (call, "owner", owner, vendor_id, error) &&
         take_step (call, record, step, owner) &&
         rfi_server_cases_add_note (call->db, record, call->user, call->request->now, text,
                                    error) &&
         note_in_history (call, "investigate", "investigation", text, record, vendor_id, error) &&
         answer_with (call, record, error);
}

static void
with_body (RfiServiceCall *call,
           gboolean      (*act) (RfiServiceCall  *call,
                                 const RfiJson   *body,
                                 GError         **error))
{
  const char *body = call->request->body != NULL ? call->request->body : "";
  GError *error = NULL;
  RfiJson root;

  if (rfi_json_parse (body, (gssize) call->request->n_body, &root, &error) &&
      act (call, &root, &error))
    rfi_service_done (call, RFI_SERVICE_OK);
  else if (error != NULL)
    rfi_service_fail (call, error);
}

void
rfi_service_escalate (RfiServiceCall *call)
{
  with_body (call, escalate);
}

void
rfi_service_investigate (RfiServiceCall *call)
{
  with_body (call, investigate);
}

void
rfi_service_get_conflict (RfiServiceCall *call)
{
  g_autofree char *vendor_id = NULL;
  GError *error = NULL;
  g_autoptr(RfiConflictRecord) record = find_conflict (call, &vendor_id, &error);

  if (record != NULL)
    {
      rfi_conflict_record_append (record, call->reply->body);
      rfi_service_done (call, RFI_SERVICE_OK);
    }
  else if (error != NULL)
    rfi_service_fail (call, error);
}

static void
append_people (GPtrArray *people,
               GString   *out)
{
  g_string_append (out, "{\"data\":[");
  for (guint i = 0; i < people->len; i++)
    {
      const RfiUser *person = g_ptr_array_index (people, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      rfi_json_append_member (out, "id", person->id);
      rfi_json_append_member (out, "displayName", person->display_name);
      rfi_json_append_member (out, "role", rfi_role_to_string (person->role));
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
}

void
rfi_service_list_deciders (RfiServiceCall *call)
{
  g_autofree char *vendor_id = NULL;
  GError *error = NULL;
  g_autoptr(RfiConflictRecord) record = find_conflict (call, &vendor_id, &error);
  g_autoptr(GPtrArray) people =
    record != NULL ? rfi_server_cases_list_deciders (call->db, vendor_id, &error) : NULL;

  if (people != NULL)
    {
      append_people (people, call->reply->body);
      rfi_service_done (call, RFI_SERVICE_OK);
    }
  else if (error != NULL)
    rfi_service_fail (call, error);
}
