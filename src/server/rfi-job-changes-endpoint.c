/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-changes-endpoint"

#include "config.h"

#include "rfi-endpoints.h"

#include "rfi-change.h"
#include "rfi-exchange.h"
#include "rfi-rules.h"
#include "rfi-server-jobs.h"
#include "rfi-server-users.h"
#include "rfi-wire-request.h"

#include <string.h>

typedef struct
{
  char      *etag;           /* (owned) (nullable) */
  RfiPatch  *changes;        /* (owned) (nullable) */
  char      *location_json;  /* (owned) (nullable) */
  RfiStatus  status;
  char      *technician_id;  /* (owned) (nullable) */
} Request;

static void
request_free (Request *self)
{
  g_free (self->etag);
  g_clear_pointer (&self->changes, rfi_patch_unref);
  g_free (self->location_json);
  g_free (self->technician_id);
  g_free (self);
}

/* Starts the change if @read, else answers with what is wrong. @request: (transfer full) */
static void
start_if (gboolean       read,
          RfiExchange   *exchange,
          RfiChangeFunc  apply,
          Request       *request,
          GError       **error)
{
  if (read)
    {
      rfi_change_start (exchange, apply, request, (GDestroyNotify) request_free);
      return;
    }

  rfi_exchange_fail_error (exchange, *error);
  request_free (request);
}

static gboolean
apply_create (RfiChange  *change,
              RfiDb      *db,
              gint64      stamp,
              GError    **error)
{
  const RfiJob *wanted = change->request;
  RfiServerActor actor = rfi_change_get_actor (change, "create", stamp);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *etag = rfi_server_jobs_make_etag ();
  RfiJob job = *wanted;

  job.id = id;
  job.etag = rfi_etag (etag);
  job.created_by = change->exchange->claims->user->id;
  job.created_at = stamp;
  job.updated_at = stamp;
  if (!rfi_server_jobs_insert (db, &job, &actor, &change->seq, error))
    return FALSE;

  change->job = rfi_job_new (&job);
  change->has_news = TRUE;
  change->event = RFI_HUB_EVENT_JOB_CREATED;
  rfi_change_answer_job (change, SOUP_STATUS_CREATED);
  return TRUE;
}

void
rfi_endpoint_create_job (RfiExchange *exchange)
{
  const RfiJson *json = rfi_exchange_need_json (exchange);
  const RfiUser *user = exchange->claims->user;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) job = NULL;

  if (json == NULL)
    return;

  job = rfi_wire_read_create (json, &error);
  if (job == NULL)
    rfi_exchange_fail_error (exchange, error);
  else if (user->role == RFI_ROLE_DISPATCHER && g_strcmp0 (user->vendor_id, job->vendor_id) != 0)
    rfi_exchange_fail (exchange, SOUP_STATUS_FORBIDDEN, "FORBIDDEN",
                       "Dispatchers can only create jobs for their own vendor");
  else
    rfi_change_start (exchange, apply_create, g_steal_pointer (&job),
                      (GDestroyNotify) rfi_job_unref);
}

static gboolean
apply_edit (RfiChange  *change,
            RfiDb      *db,
            gint64      stamp,
            GError    **error)
{
  const Request *request = change->request;
  g_autoptr(RfiJob) edited = NULL;
  RfiJob changed;

  if (!rfi_change_load_job (change, db, error) || !rfi_change_check_etag (change, request->etag))
    return FALSE;

  edited = rfi_job_apply (change->previous, request->changes);
  changed = *edited;
  if (rfi_patch_has_location (request->changes))
    changed.location_json = request->location_json;
  if (!rfi_change_store_job (change, db, "edit", &changed, stamp, error))
    return FALSE;

  change->has_news = TRUE;
  change->event = RFI_HUB_EVENT_JOB_UPDATED;
  rfi_change_answer_job (change, SOUP_STATUS_OK);
  return TRUE;
}

void
rfi_endpoint_edit_job (RfiExchange *exchange)
{
  const RfiJson *json = rfi_exchange_need_json (exchange);
  g_autoptr(GError) error = NULL;
  Request *request;

  if (json == NULL)
    return;

  request = g_new0 (Request, 1);
  start_if (rfi_wire_read_edit (json, &request->etag, &request->changes, &request->location_json,
                                &error),
            exchange, apply_edit, request, &error);
}

/* "Cannot transition from 'pending' to 'completed'. Allowed: assigned, cancelled" */
static gboolean
fail_step (RfiChange *change,
           RfiStatus  from,
           RfiStatus  to)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gsize before;

  g_string_append_printf (text, "Cannot transition from '%s' to '%s'. Allowed: ",
                          rfi_status_to_string (from), rfi_status_to_string (to));
  before = text->len;
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    if (rfi_status_may_become (from, (RfiStatus) i))
      g_string_append_printf (text, "%s%s", text->len > before ? ", " : "",
                              rfi_status_to_string ((RfiStatus) i));
  if (text->len == before)
    g_string_append (text, "none");

  return rfi_change_fail (change, SOUP_STATUS_UNPROCESSABLE_ENTITY, "INVALID_STATUS_TRANSITION",
                          text->str);
}

/* The contract's order: whether it is there, whether this role may, whether it is a step, and
 * only then the etag. */
static gboolean
apply_status (RfiChange  *change,
              RfiDb      *db,
              gint64      stamp,
              GError    **error)
{
  const Request *request = change->request;
  RfiRole role = change->exchange->claims->user->role;
  RfiJob changed;

  if (!rfi_change_load_job (change, db, error))
    return FALSE;
  if (request->status == RFI_STATUS_CANCELLED &&
      rfi_rules_check_role (role, RFI_ACTION_CANCEL, TRUE) != RFI_VERDICT_OK)
    return rfi_change_fail (change, SOUP_STATUS_FORBIDDEN, "FORBIDDEN",
                            "Technicians cannot cancel jobs");
  if (!rfi_status_may_become (change->previous->status, request->status))
    return fail_step (change, change->previous->status, request->status);
  if (!rfi_change_check_etag (change, request->etag))
    return FALSE;

  changed = *change->previous;
  changed.status = request->status;
  if (!rfi_change_store_job (change, db, "status", &changed, stamp, error))
    return FALSE;

  change->has_news = TRUE;
  change->event = RFI_HUB_EVENT_JOB_STATUS_CHANGED;
  rfi_change_answer_job (change, SOUP_STATUS_OK);
  return TRUE;
}

void
rfi_endpoint_set_job_status (RfiExchange *exchange)
{
  const RfiJson *json = rfi_exchange_need_json (exchange);
  g_autoptr(GError) error = NULL;
  Request *request;

  if (json == NULL)
    return;

  request = g_new0 (Request, 1);
  start_if (rfi_wire_read_status (json, &request->status, &request->etag, &error), exchange,
            apply_status, request, &error);
}

/* Whether the person named is a technician who may have this job. */
static gboolean
check_technician (RfiChange   *change,
                  RfiDb       *db,
                  const char  *id,
                  GError     **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiUser) technician = rfi_server_users_get (db, id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (technician == NULL || technician->role != RFI_ROLE_TECHNICIAN)
    return rfi_change_fail (change, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR",
                            "technicianId is not the id of a technician");
  if (g_strcmp0 (technician->vendor_id, change->previous->vendor_id) != 0)
    return rfi_change_fail (change, SOUP_STATUS_BAD_REQUEST, "VALIDATION_ERROR",
                            "The technician works for another vendor");

  return TRUE;
}

/* What assigning makes of the status: a pending job becomes assigned, one that loses its
 * technician before the work began becomes pending again. */
static gboolean
choose_status (RfiChange *change,
               gboolean   assigning,
               RfiStatus *status)
{
  RfiStatus from = change->previous->status;

  *status = from;
  if (rfi_status_is_final (from) || (!assigning && from == RFI_STATUS_IN_PROGRESS))
    return rfi_change_fail (change, SOUP_STATUS_UNPROCESSABLE_ENTITY, "INVALID_STATUS_TRANSITION",
                            assigning ? "A completed or cancelled job takes no technician"
                                      : "The job's technician cannot be taken off any more");
  if (assigning && from == RFI_STATUS_PENDING)
    *status = RFI_STATUS_ASSIGNED;
  else if (!assigning && from == RFI_STATUS_ASSIGNED)
    *status = RFI_STATUS_PENDING;
  return TRUE;
}

static gboolean
apply_assign (RfiChange  *change,
              RfiDb      *db,
              gint64      stamp,
              GError    **error)
{
  const Request *request = change->request;
  gboolean assigning = request->technician_id != NULL;
  RfiStatus status;
  RfiJob changed;

  if (!rfi_change_load_job (change, db, error))
    return FALSE;
  if (assigning && !check_technician (change, db, request->technician_id, error))
    return FALSE;

  status = change->previous->status;
  if (!choose_status (change, assigning, &status))
    return FALSE;
  if (request->etag != NULL && !rfi_change_check_etag (change, request->etag))
    return FALSE;

  changed = *change->previous;
  changed.status = status;
  changed.assigned_to = request->technician_id;
  if (!rfi_change_store_job (change, db, "assign", &changed, stamp, error))
    return FALSE;

  change->has_news = TRUE;
  change->event = RFI_HUB_EVENT_JOB_ASSIGNED;
  rfi_change_answer_job (change, SOUP_STATUS_OK);
  return TRUE;
}

void
rfi_endpoint_assign_job (RfiExchange *exchange)
{
  const RfiJson *json = rfi_exchange_need_json (exchange);
  g_autoptr(GError) error = NULL;
  Request *request;

  if (json == NULL)
    return;

  request = g_new0 (Request, 1);
  start_if (rfi_wire_read_assign (json, &request->technician_id, &request->etag, &error), exchange,
            apply_assign, request, &error);
}

static gboolean
apply_delete (RfiChange  *change,
              RfiDb      *db,
              gint64      stamp,
              GError    **error)
{
  RfiServerActor actor = rfi_change_get_actor (change, "delete", stamp);

  if (!rfi_change_load_job (change, db, error) ||
      !rfi_server_jobs_delete (db, change->previous, &actor, &change->seq, error))
    return FALSE;

  change->job = rfi_job_ref (change->previous);
  change->dropped = g_ptr_array_ref (change->previous->photos);
  change->has_news = TRUE;
  change->event = RFI_HUB_EVENT_JOB_DELETED;
  change->status = SOUP_STATUS_OK;
  change->body = g_string_new ("{\"message\":\"Job deleted\"}");
  return TRUE;
}

void
rfi_endpoint_delete_job (RfiExchange *exchange)
{
  rfi_change_start (exchange, apply_delete, NULL, NULL);
}
