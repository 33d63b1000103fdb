/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-event-batch"

#include "config.h"

#include "rfi-wire-event-batch.h"

#include "rfi-wire-error.h"
#include "rfi-wire-members.h"

void
rfi_wire_event_free (RfiWireEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->event_id);
  g_free (self->type);
  g_free (self->aggregate_id);
  g_free (self->payload);
  g_free (self);
}

static gboolean
read_payload (RfiWireEvent   *self,
              const RfiJson  *value,
              GError        **error)
{
  GString *raw;
  RfiJson payload;

  if (!rfi_json_get_member (value, "payload", &payload) ||
      rfi_json_get_type (&payload) != RFI_JSON_OBJECT)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "payload is missing or not valid");
      return FALSE;
    }

  raw = g_string_new (NULL);
  rfi_json_append_raw (&payload, raw);
  self->payload = g_string_free (raw, FALSE);
  return TRUE;
}

static RfiWireEvent *
event_from_json (const RfiJson  *value,
                 GError        **error)
{
  g_autoptr(RfiWireEvent) self = g_new0 (RfiWireEvent, 1);

  if (!rfi_wire_need_member (value, "eventId", &self->event_id, error) ||
      !rfi_wire_need_member (value, "type", &self->type, error) ||
      !rfi_wire_need_int (value, "schemaVersion", 1, &self->schema_version, error) ||
      !rfi_wire_need_int (value, "occurredAt", 0, &self->occurred_at, error) ||
      !rfi_wire_need_member (value, "aggregateId", &self->aggregate_id, error) ||
      !rfi_wire_need_int (value, "sequence", 0, &self->sequence, error) ||
      !read_payload (self, value, error))
    return NULL;

  return g_steal_pointer (&self);
}

GPtrArray *
rfi_wire_events_parse (const char  *data,
                       gssize       length,
                       GError     **error)
{
  g_autoptr(GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_wire_event_free);
  RfiJsonIter iter;
  RfiJson root;
  RfiJson list;
  RfiJson value;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_get_list (&root, "events", &list, error))
    return NULL;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiWireEvent *event;

      if (events->len == RFI_WIRE_EVENTS_MAX)
        {
          g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT,
                               "There are too many events");
          return NULL;
        }

      event = event_from_json (&value, error);
      if (event == NULL)
        return NULL;
      g_ptr_array_add (events, event);
    }

  return g_steal_pointer (&events);
}

void
rfi_wire_events_append (GPtrArray *events,
                        GString   *out)
{
  g_string_append (out, "{\"events\":[");
  for (guint i = 0; i < events->len; i++)
    {
      const RfiWireEvent *event = g_ptr_array_index (events, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      rfi_json_append_member (out, "eventId", event->event_id);
      rfi_json_append_member (out, "type", event->type);
      rfi_wire_append_int (out, "schemaVersion", event->schema_version);
      rfi_wire_append_int (out, "occurredAt", event->occurred_at);
      rfi_json_append_member (out, "aggregateId", event->aggregate_id);
      rfi_wire_append_int (out, "sequence", event->sequence);
      rfi_wire_append_name (out, "payload");
      g_string_append (out, event->payload);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
}

gboolean
rfi_wire_events_parse_answer (const char  *data,
                              gssize       length,
                              guint       *n_accepted,
                              guint       *n_duplicates,
                              GError     **error)
{
  RfiJson root;
  gint64 accepted;
  gint64 duplicates;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_need_int (&root, "accepted", 0, &accepted, error) ||
      !rfi_wire_need_int (&root, "duplicates", 0, &duplicates, error))
    return FALSE;

  *n_accepted = (guint) MIN (accepted, G_MAXUINT);
  *n_duplicates = (guint) MIN (duplicates, G_MAXUINT);
  return TRUE;
}

void
rfi_wire_events_append_answer (GString *out,
                               guint    n_accepted,
                               guint    n_duplicates)
{
  g_string_append_c (out, '{');
  rfi_wire_append_int (out, "accepted", n_accepted);
  rfi_wire_append_int (out, "duplicates", n_duplicates);
  g_string_append_c (out, '}');
}
