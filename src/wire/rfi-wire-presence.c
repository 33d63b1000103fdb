/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-presence"

#include "config.h"

#include "rfi-wire-presence.h"

#include "rfi-time.h"

/* More than look at one job at a time. */
#define MAX_PEOPLE 64

static char *
dup_member (const RfiJson *object,
            const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (object, name, &value) ? rfi_json_dup_string (&value) : NULL;
}

static gboolean
read_attention (const RfiJson *object,
                RfiAttention  *attention)
{
  g_autofree char *word = dup_member (object, "attention");

  return rfi_attention_from_string (word, attention);
}

void
rfi_wire_attend_append (GString      *out,
                        const char   *job_id,
                        RfiAttention  attention)
{
  g_string_append (out, "{\"type\":1");
  rfi_json_append_member (out, "target", RFI_WIRE_ATTEND);
  g_string_append (out, ",\"arguments\":[{\"jobId\":");
  rfi_json_append_string (out, job_id);
  rfi_json_append_member (out, "attention", rfi_attention_to_string (attention));
  g_string_append (out, "}]}\x1e");
}

gboolean
rfi_wire_attend_read (const RfiJson *payload,
                      char         **job_id,
                      RfiAttention  *attention)
{
  if (!read_attention (payload, attention))
    return FALSE;

  *job_id = dup_member (payload, "jobId");
  return *job_id != NULL;
}

void
rfi_wire_presence_append (GString           *out,
                          const RfiPresence *presence)
{
  g_string_append (out, "{\"type\":1");
  rfi_json_append_member (out, "target", RFI_WIRE_PRESENCE);
  g_string_append (out, ",\"arguments\":[{\"jobId\":");
  rfi_json_append_string (out, presence->job_id);
  g_string_append (out, ",\"people\":[");
  for (guint i = 0; i < presence->people->len; i++)
    {
      const RfiPresencePerson *person = g_ptr_array_index (presence->people, i);
      char since[RFI_TIME_TEXT_SIZE];

      rfi_time_format (person->since, since);
      g_string_append (out, i > 0 ? ",{\"userId\":" : "{\"userId\":");
      rfi_json_append_string (out, person->user_id);
      rfi_json_append_member (out, "name", person->name);
      rfi_json_append_member (out, "attention", rfi_attention_to_string (person->attention));
      rfi_json_append_member (out, "since", since);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}]}\x1e");
}

/* What cannot be read is left out. */
static void
read_person (RfiPresence   *self,
             const RfiJson *value)
{
  g_autofree char *user_id = dup_member (value, "userId");
  g_autofree char *name = dup_member (value, "name");
  g_autofree char *since = dup_member (value, "since");
  RfiAttention attention;
  gint64 ms;

  if (user_id == NULL || name == NULL || since == NULL || !rfi_time_parse (since, -1, &ms)
      || !read_attention (value, &attention) || attention == RFI_ATTENTION_NONE)
    return;

  rfi_presence_add (self, user_id, name, attention, ms);
}

RfiPresence *
rfi_wire_presence_read (const RfiJson *payload)
{
  g_autofree char *job_id = dup_member (payload, "jobId");
  RfiPresence *self;
  RfiJsonIter iter;
  RfiJson people;
  RfiJson person;

  if (job_id == NULL || !rfi_json_get_member (payload, "people", &people))
    return NULL;

  self = rfi_presence_new (job_id);
  rfi_json_iter_init (&iter, &people);
  while (self->people->len < MAX_PEOPLE && !iter.named
         && rfi_json_iter_next (&iter, NULL, &person))
    read_person (self, &person);
  return self;
}
