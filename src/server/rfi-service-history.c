/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-history"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-server-history.h"
#include "rfi-wire-job.h"

#include <string.h>

/* The chain of what was done. Admins see all of it, dispatchers what concerns their vendor. */

#define LIST_LIMIT  100
#define CHECK_LIMIT 50000

static const char *
get_vendor (RfiServiceCall *call)
{
  const RfiUser *user = call->user;

  if (user->role == RFI_ROLE_ADMIN)
    return NULL;

  return user->vendor_id != NULL ? user->vendor_id : "";
}

static gboolean
read_numbers (RfiServiceCall        *call,
              RfiServerHistoryQuery *query)
{
  return rfi_service_get_number (call, "after", 0, G_MAXINT64, &query->after) &&
         rfi_service_get_number (call, "before", 1, G_MAXINT64, &query->before) &&
         rfi_service_get_number (call, "limit", 1, 1000, &query->limit) &&
         rfi_service_get_number (call, "from", 0, G_MAXINT64, &query->from) &&
         rfi_service_get_number (call, "to", 1, G_MAXINT64, &query->to);
}

static void
append_number (GString    *out,
               const char *name,
               gint64      number)
{
  g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, name, number);
}

/* The first page, newest first, tells how many there are if it is asked: counting takes longer
 * than finding the first. */
static gboolean
append_page (RfiServiceCall               *call,
             const RfiServerHistoryQuery  *query,
             gboolean                      count,
             GError                      **error)
{
  GString *out = call->reply->body;
  gint64 head = rfi_server_audit_get_head (call->db, error);
  gint64 next = 0;
  gint64 total;

  g_string_append (out, "{\"data\":");
  if (head < 0 || !rfi_server_history_append (call->db, query, out, &next, error))
    return FALSE;

  append_number (out, "head", head);
  if (query->before > 0)
    append_number (out, "next", next);
  if (count && query->before == G_MAXINT64 && !rfi_server_history_is_search (query))
    {
      total = rfi_server_history_count (call->db, query, error);
      if (total < 0)
        return FALSE;
      append_number (out, "total", total);
    }
  g_string_append_c (out, '}');
  return TRUE;
}

/* @actions: (out) (transfer full) (nullable) */
static gboolean
read_actions (RfiServiceCall   *call,
              char           ***actions)
{
  g_autofree char *list = rfi_service_get_query (call, "action");

  if (list == NULL)
    return TRUE;

  *actions = g_strsplit (list, ",", RFI_SERVER_HISTORY_ACTIONS + 1);
  if (g_strv_length (*actions) <= RFI_SERVER_HISTORY_ACTIONS)
    return TRUE;

  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                      "action may name four actions at most");
  return FALSE;
}

/* What is asked for, as it came. */
typedef struct
{
  char                  *job_id;      /* (owned) (nullable), as all texts */
  char                  *actor_id;
  char                  *device_id;
  char                  *other_than;
  char                  *no_device;
  char                  *origin;
  char                  *text;
  char                 **actions;
  RfiServerHistoryQuery  query;       /* of these */
} Asked;

static void
asked_clear (Asked *self)
{
  g_free (self->job_id);
  g_free (self->actor_id);
  g_free (self->device_id);
  g_free (self->other_than);
  g_free (self->no_device);
  g_free (self->origin);
  g_free (self->text);
  g_strfreev (self->actions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

/* Returns: %FALSE if it was refused */
static gboolean
read_asked (RfiServiceCall *call,
            Asked          *self)
{
  *self = (Asked) {
    .job_id = rfi_service_get_query (call, "jobId"),
    .actor_id = rfi_service_get_query (call, "actorId"),
    .device_id = rfi_service_get_query (call, "deviceId"),
    .other_than = rfi_service_get_query (call, "otherThanDevice"),
    .no_device = rfi_service_get_query (call, "noDevice"),
    .origin = rfi_service_get_query (call, "origin"),
    .text = rfi_service_get_query (call, "text"),
    .query = { .limit = LIST_LIMIT, .vendor_id = get_vendor (call) },
  };
  if (!read_numbers (call, &self->query) || !read_actions (call, &self->actions))
    return FALSE;

  self->query.job_id = self->job_id;
  self->query.actor_id = self->actor_id;
  self->query.device_id = self->device_id;
  self->query.other_than = self->other_than;
  self->query.no_device = self->no_device != NULL;
  self->query.origin = self->origin;
  self->query.text = self->text;
  self->query.actions = (const char *const *) self->actions;
  return TRUE;
}

void
rfi_service_list_audit (RfiServiceCall *call)
{
  g_autofree char *total = rfi_service_get_query (call, "total");
  g_auto(Asked) asked = { 0 };
  GError *error = NULL;

  if (!read_asked (call, &asked))
    return;

  if (append_page (call, &asked.query, g_strcmp0 (total, "true") == 0, &error))
    rfi_service_done (call, RFI_SERVICE_OK);
  else
    rfi_service_fail (call, error);
}

static void
append_marks (RfiServiceCall              *call,
              const RfiServerHistoryMarks *marks)
{
  GString *out = call->reply->body;

  g_string_append (out, "{\"marks\":[");
  for (guint i = 0; i < marks->marks->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (marks->marks, gint64, i));
  g_string_append_c (out, ']');
  append_number (out, "last", marks->last);
  append_number (out, "found", marks->found);
  append_number (out, "next", marks->next);
  g_string_append_printf (out, ",\"whole\":%s}", marks->whole ? "true" : "false");
}

/* How many there are and where pages of them begin, newest first: whoever scrolls goes anywhere
 * at once. */
void
rfi_service_mark_audit (RfiServiceCall *call)
{
  g_auto(Asked) asked = { 0 };
  RfiServerHistoryMarks marks = { 0 };
  GError *error = NULL;
  gint64 every = LIST_LIMIT;

  if (!read_asked (call, &asked) ||
      !rfi_service_get_number (call, "every", 1, 1000, &every))
    return;

  if (rfi_server_history_mark (call->db, &asked.query, every, &marks, &error))
    {
      append_marks (call, &marks);
      rfi_service_done (call, RFI_SERVICE_OK);
    }
  else
    {
      rfi_service_fail (call, error);
    }
  rfi_server_history_marks_clear (&marks);
}

void
rfi_service_check_audit (RfiServiceCall *call)
{
  GString *out = call->reply->body;
  g_autofree char *hash = NULL;
  RfiServerHistoryCheck check;
  GError *error = NULL;
  gint64 from = 0;
  gint64 head;

  if (!rfi_service_get_number (call, "after", 0, G_MAXINT64, &from))
    return;

  head = rfi_server_audit_get_head (call->db, &error);
  if (head < 0 || !rfi_server_history_check (call->db, from, CHECK_LIMIT, &check, &error))
    {
      rfi_service_fail (call, error);
      return;
    }

  hash = check.hash;
  g_string_append_printf (out, "{\"to\":%" G_GINT64_FORMAT, check.to);
  append_number (out, "head", head);
  append_number (out, "broken", check.broken);
  g_string_append_printf (out, ",\"missing\":%s", check.missing ? "true" : "false");
  rfi_json_append_member (out, "hash", hash);
  g_string_append_c (out, '}');
  rfi_service_done (call, RFI_SERVICE_OK);
}

typedef struct
{
  GString *jobs;
  GString *gone;
} AsOf;

static gboolean
append_past (const char    *job_id,
             const RfiJob  *job,
             gpointer       user_data,
             GError       **error)
{
  AsOf *self = user_data;

  if (job == NULL)
    {
      g_string_append (self->gone, self->gone->len > 0 ? "," : "");
      rfi_json_append_string (self->gone, job_id);
      return TRUE;
    }

  g_string_append (self->jobs, self->jobs->len > 0 ? "," : "");
  rfi_wire_job_append (self->jobs, job, RFI_WIRE_JOB_V1);
  return TRUE;
}

/* Only what was different: whoever asks knows how jobs stand now. */
void
rfi_service_audit_as_of (RfiServiceCall *call)
{
  g_autoptr(GString) jobs = g_string_new (NULL);
  g_autoptr(GString) gone = g_string_new (NULL);
  AsOf as_of = { jobs, gone };
  GError *error = NULL;
  gint64 at = 0;
  gint64 first;
  gint64 head;

  if (!rfi_service_get_number (call, "at", 1, G_MAXINT64 - 1, &at))
    return;
  if (at == 0)
    {
      rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                          "at must say a moment, in milliseconds since 1970");
      return;
    }

  head = rfi_server_audit_get_head (call->db, &error);
  if (head < 0 || !rfi_server_history_find_first (call->db, at + 1, &first, &error) ||
      !rfi_server_history_as_of (call->db, first - 1, get_vendor (call), append_past, &as_of,
                                 &error))
    {
      rfi_service_fail (call, error);
      return;
    }

  g_string_append_printf (call->reply->body, "{\"n\":%" G_GINT64_FORMAT, first - 1);
  append_number (call->reply->body, "head", head);
  g_string_append_printf (call->reply->body, ",\"gone\":[%s],\"jobs\":[", gone->str);
  g_string_append_len (call->reply->body, jobs->str, (gssize) jobs->len);
  g_string_append (call->reply->body, "]}");
  rfi_service_done (call, RFI_SERVICE_OK);
}
