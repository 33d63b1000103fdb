/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-presence"

#include "config.h"

#include "rfi-presence.h"

G_DEFINE_BOXED_TYPE (RfiPresence, rfi_presence, rfi_presence_ref, rfi_presence_unref)

static const char *const names[] = {
  [RFI_ATTENTION_NONE] = "none",
  [RFI_ATTENTION_VIEWING] = "viewing",
  [RFI_ATTENTION_EDITING] = "editing",
};

const char *
rfi_attention_to_string (RfiAttention attention)
{
  g_return_val_if_fail (attention < G_N_ELEMENTS (names), NULL);

  return names[attention];
}

gboolean
rfi_attention_from_string (const char   *text,
                           RfiAttention *attention)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], text) == 0)
      {
        *attention = (RfiAttention) i;
        return TRUE;
      }
  return FALSE;
}

static void
person_free (gpointer data)
{
  RfiPresencePerson *person = data;

  g_free (person->user_id);
  g_free (person->name);
  g_free (person);
}

RfiPresence *
rfi_presence_new (const char *job_id)
{
  RfiPresence *self = g_new0 (RfiPresence, 1);

  self->job_id = g_strdup (job_id);
  self->people = g_ptr_array_new_with_free_func (person_free);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiPresence *
rfi_presence_ref (RfiPresence *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_presence_unref (RfiPresence *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->job_id);
  g_ptr_array_unref (self->people);
  g_free (self);
}

void
rfi_presence_add (RfiPresence  *self,
                  const char   *user_id,
                  const char   *name,
                  RfiAttention  attention,
                  gint64        since)
{
  RfiPresencePerson *person = g_new (RfiPresencePerson, 1);

  *person = (RfiPresencePerson) { g_strdup (user_id), g_strdup (name), attention, since };
  g_ptr_array_add (self->people, person);
}
