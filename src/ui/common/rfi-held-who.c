/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-held-who"

#include "config.h"

#include "rfi-held.h"

#include "rfi-audit-entry.h"
#include "rfi-deed-words.h"
#include "rfi-session-commands.h"
#include "rfi-session-history.h"
#include "rfi-session-records.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* More than anybody changes of one job while somebody else holds it. */
#define N_ENTRIES 40

typedef struct
{
  GtkLabel   *label;   /* (owned) */
  RfiSession *session; /* (owned) */
  RfiJobItem *item;    /* (owned) */
  char       *said;    /* (owned): by @label until it is known */
  gboolean    asked;   /* the server, too */
} Asking;

static void
asking_free (Asking *self)
{
  g_object_unref (self->label);
  g_object_unref (self->session);
  g_object_unref (self->item);
  g_free (self->said);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

/* Whose the last change of @field was. (nullable): it is not told */
static const char *
find_person (Asking    *self,
             GPtrArray *entries,
             guint      field)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RfiAuditEntry *entry = g_ptr_array_index (entries, i);

      if (entry->origin == RFI_ORIGIN_SERVER && entry->field == (int) field)
        return rfi_deed_words_knows (self->session, entry)
                 ? rfi_deed_words_person (self->session, entry) : NULL;
    }
  return NULL;
}

/* Adds a field to what this person is said to have changed. */
static void
add_field (GPtrArray  *people,
           GPtrArray  *fields,
           const char *person,
           const char *field)
{
  guint at;

  if (!g_ptr_array_find_with_equal_func (people, person, g_str_equal, &at))
    {
      g_ptr_array_add (people, g_strdup (person));
      g_ptr_array_add (fields, g_string_new (field));
      return;
    }
  g_string_append_printf (g_ptr_array_index (fields, at), ", %s", field);
}

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

/* Returns: (transfer full) (nullable): %NULL unless each change is somebody's */
static char *
describe (Asking       *self,
          const RfiJob *news,
          GPtrArray    *entries)
{
  const RfiJob *job = rfi_job_item_get_job (self->item);
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (string_free);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *person;

      if (g_strcmp0 (rfi_job_get_field (job, i), rfi_job_get_field (news, i)) == 0)
        continue;
      person = find_person (self, entries, i);
      if (person == NULL)
        return NULL;
      add_field (people, fields, person, rfi_words_the_field (i));
    }

  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr(GString) part = g_string_new (_("%1$s changed %2$s"));

      g_string_replace (part, "%1$s", g_ptr_array_index (people, i), 0);
      g_string_replace (part, "%2$s", ((GString *) g_ptr_array_index (fields, i))->str, 0);
      g_string_append_printf (words, "%s%s", i > 0 ? " · " : "", part->str);
    }
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

/* Whether something else is said by now, or nothing is to be told any more. */
static gboolean
is_over (Asking *self)
{
  return rfi_job_hold_get_news (rfi_session_get_jobs (self->session), self->item) == NULL ||
         g_strcmp0 (gtk_label_get_label (self->label), self->said) != 0;
}

/* Below what is said; the next look at the job begins anew. */
static void
say_unknown (Asking *self)
{
  g_autofree char *words =
    g_strconcat (self->said, "\n", _("Who did it can’t be told right now."), NULL);

  if (!is_over (self))
    gtk_label_set_label (self->label, words);
}

static void look_up (Asking *self);

static void
credited_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Asking) self = user_data;
  g_autoptr(GError) error = NULL;

  if (rfi_session_credit_history_finish (RFI_SESSION (object), result, &error) < 0)
    say_unknown (self);
  else if (!is_over (self))
    look_up (g_steal_pointer (&self));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RfiSession *session = RFI_SESSION (object);
  g_autoptr(Asking) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = rfi_session_list_audit_finish (session, result, &error);
  g_autofree char *words = NULL;
  const char *job_id;

  if (entries == NULL)
    {
      say_unknown (self);
      return;
    }
  if (is_over (self))
    return;

  words = describe (self, rfi_job_hold_get_news (rfi_session_get_jobs (self->session), self->item),
                    entries);
  if (words != NULL)
    {
      gtk_label_set_label (self->label, words);
      return;
    }
  /* What came by the feed has no name here, and may have one at the server. */
  if (self->asked || !rfi_session_has_server_history (session))
    return;

  self->asked = TRUE;
  job_id = rfi_job_item_get_id (self->item);
  rfi_session_credit_history_async (session, job_id, NULL, credited_cb, g_steal_pointer (&self));
}

static void
look_up (Asking *self)
{
  rfi_session_list_audit_async (self->session, rfi_job_item_get_id (self->item), N_ENTRIES, NULL,
                                listed_cb, self);
}

void
rfi_held_tell_who (GtkLabel   *label,
                   RfiSession *session,
                   RfiJobItem *item)
{
  Asking *self;

  if (rfi_job_hold_get_news (rfi_session_get_jobs (session), item) == NULL)
    return;

  self = g_new0 (Asking, 1);
  self->label = g_object_ref (label);
  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  self->said = g_strdup (gtk_label_get_label (label));
  look_up (self);
}
