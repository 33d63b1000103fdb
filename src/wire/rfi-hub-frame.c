/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hub-frame"

#include "config.h"

#include "rfi-hub-frame.h"

#include "rfi-json.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"
#include "rfi-wire-presence.h"

/* The numbers of the protocol. Streams (2, 4, 5) are not used here. */
enum {
  TYPE_INVOCATION = 1,
  TYPE_COMPLETION = 3,
  TYPE_PING = 6,
  TYPE_CLOSE = 7,
};

static const char *const event_names[] = {
  [RFI_HUB_EVENT_JOB_CREATED] = "JobCreated",
  [RFI_HUB_EVENT_JOB_ASSIGNED] = "JobAssigned",
  [RFI_HUB_EVENT_JOB_STATUS_CHANGED] = "JobStatusChanged",
  [RFI_HUB_EVENT_JOB_UPDATED] = "JobUpdated",
  [RFI_HUB_EVENT_JOB_DELETED] = "JobDeleted",
};

const char *
rfi_hub_event_to_string (RfiHubEvent event)
{
  g_return_val_if_fail (event < G_N_ELEMENTS (event_names), NULL);

  return event_names[event];
}

static RfiHubEvent
event_from_string (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (event_names); i++)
    if (g_strcmp0 (name, event_names[i]) == 0)
      return (RfiHubEvent) i;

  return RFI_HUB_EVENT_OTHER;
}

static char *
dup_member (const RfiJson *object,
            const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_json_dup_string (&value) : NULL;
}

/* A job that cannot be read leaves the event without one: still a hint that something changed. */
static void
read_invocation (RfiHubFrame   *self,
                 const RfiJson *root)
{
  g_autoptr(GError) error = NULL;
  RfiJsonIter iter;
  RfiJson arguments;
  RfiJson payload;
  RfiJson job;
  RfiJson seq;

  self->type = RFI_HUB_FRAME_INVOCATION;
  self->target = dup_member (root, "target");
  self->invocation_id = dup_member (root, "invocationId");
  self->event = event_from_string (self->target);

  if (!rfi_json_get_member (root, "arguments", &arguments))
    return;

  rfi_json_iter_init (&iter, &arguments);
  if (iter.named || !rfi_json_iter_next (&iter, NULL, &payload))
    return;

  if (g_strcmp0 (self->target, RFI_WIRE_PRESENCE) == 0)
    self->presence = rfi_wire_presence_read (&payload);
  else if (g_strcmp0 (self->target, RFI_WIRE_ATTEND) == 0)
    rfi_wire_attend_read (&payload, &self->attended, &self->attention);

  self->previous_status = dup_member (&payload, "previousStatus");
  self->triggered_by = dup_member (&payload, "triggeredBy");
  if (rfi_json_get_member (&payload, "changeSeq", &seq))
    rfi_json_get_int (&seq, &self->change_seq);
  if (!rfi_json_get_member (&payload, "job", &job))
    return;

  self->job = rfi_wire_job_from_json (&job, &error);
  if (self->job == NULL)
    g_debug ("An event with a job that cannot be read: %s", error->message);
}

static void
read_frame (RfiHubFrame   *self,
            const RfiJson *root,
            gint64         type)
{
  RfiJson value;

  switch (type)
    {
    case TYPE_INVOCATION:
      read_invocation (self, root);
      break;

    case TYPE_COMPLETION:
      self->type = RFI_HUB_FRAME_COMPLETION;
      self->invocation_id = dup_member (root, "invocationId");
      self->error = dup_member (root, "error");
      break;

    case TYPE_PING:
      self->type = RFI_HUB_FRAME_PING;
      break;

    case TYPE_CLOSE:
      self->type = RFI_HUB_FRAME_CLOSE;
      self->error = dup_member (root, "error");
      self->allow_reconnect =
        rfi_json_get_member (root, "allowReconnect", &value) && rfi_json_is_truthy (&value);
      break;

    default:
      self->type = RFI_HUB_FRAME_UNKNOWN;
      break;
    }
}

RfiHubFrame *
rfi_hub_frame_parse (const char  *record,
                     gsize        length,
                     gboolean     in_handshake,
                     GError     **error)
{
  RfiHubFrame *self;
  gint64 type = 0;
  RfiJson root;
  RfiJson value;

  if (!rfi_json_parse (record, (gssize) length, &root, error))
    return NULL;
  if (rfi_json_get_type (&root) != RFI_JSON_OBJECT ||
      (!in_handshake &&
       (!rfi_json_get_member (&root, "type", &value) || !rfi_json_get_int (&value, &type))))
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "A record that is no message of a hub");
      return NULL;
    }

  self = g_new0 (RfiHubFrame, 1);
  if (in_handshake)
    {
      self->type = RFI_HUB_FRAME_HANDSHAKE;
      self->error = dup_member (&root, "error");
    }
  else
    {
      read_frame (self, &root, type);
    }

  return self;
}

void
rfi_hub_frame_free (RfiHubFrame *self)
{
  if (self == NULL)
    return;

  g_free (self->target);
  g_free (self->invocation_id);
  g_clear_pointer (&self->job, rfi_job_unref);
  g_clear_pointer (&self->presence, rfi_presence_unref);
  g_free (self->attended);
  g_free (self->previous_status);
  g_free (self->triggered_by);
  g_free (self->error);
  g_free (self);
}

gboolean
rfi_hub_handshake_parse_request (const char  *record,
                                 gsize        length,
                                 GError     **error)
{
  gint64 version;
  RfiJson root;
  RfiJson value;

  if (!rfi_json_parse (record, (gssize) length, &root, error))
    return FALSE;
  if (rfi_json_get_member (&root, "protocol", &value) && rfi_json_is_string (&value, "json") &&
      rfi_json_get_member (&root, "version", &value) && rfi_json_get_int (&value, &version) &&
      version == 1)
    return TRUE;

  g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                       "Only version 1 of the JSON protocol is spoken here");
  return FALSE;
}

void
rfi_hub_append_handshake (GString *out)
{
  g_string_append (out, "{\"protocol\":\"json\",\"version\":1}\x1e");
}

void
rfi_hub_append_handshake_answer (GString    *out,
                                 const char *error)
{
  g_string_append_c (out, '{');
  if (error != NULL)
    rfi_json_append_member (out, "error", error);
  g_string_append (out, "}\x1e");
}

void
rfi_hub_append_ping (GString *out)
{
  g_string_append (out, "{\"type\":6}\x1e");
}

void
rfi_hub_append_close (GString    *out,
                      const char *error,
                      gboolean    allow_reconnect)
{
  g_string_append (out, "{\"type\":7");
  if (error != NULL)
    rfi_json_append_member (out, "error", error);
  if (allow_reconnect)
    g_string_append (out, ",\"allowReconnect\":true");
  g_string_append (out, "}\x1e");
}

void
rfi_hub_append_completion (GString    *out,
                           const char *invocation_id,
                           const char *error)
{
  g_string_append (out, "{\"type\":3");
  rfi_json_append_member (out, "invocationId", invocation_id);
  if (error != NULL)
    rfi_json_append_member (out, "error", error);
  g_string_append (out, "}\x1e");
}

void
rfi_hub_append_event (GString      *out,
                      RfiHubEvent   event,
                      const RfiJob *job,
                      const char   *previous_status,
                      const char   *triggered_by,
                      gint64        change_seq)
{
  g_string_append (out, "{\"type\":1");
  rfi_json_append_member (out, "target", rfi_hub_event_to_string (event));
  g_string_append (out, ",\"arguments\":[{\"job\":");
  rfi_wire_job_append (out, job, RFI_WIRE_JOB_VERSION);
  if (previous_status != NULL)
    rfi_json_append_member (out, "previousStatus", previous_status);
  rfi_json_append_member (out, "triggeredBy", triggered_by);
  if (change_seq != 0)
    g_string_append_printf (out, ",\"changeSeq\":%" G_GINT64_FORMAT, change_seq);
  g_string_append (out, "}]}\x1e");
}
