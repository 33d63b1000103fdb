/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-people-names"

#include "config.h"

#include "rfi-people-names.h"

#include "rfi-job-table-private.h"
#include "rfi-record-item.h"
#include "rfi-text-pool.h"

enum {
  PEOPLE,
  VENDORS,
  N_SOURCES
};

struct _RfiPeopleNames
{
  RfiJobTable     *jobs;                /* (owned) */
  RfiUser         *user;                /* (owned) */
  RfiRecordSource *sources[N_SOURCES];  /* (owned) */
  GHashTable      *names;               /* (owned) (element-type utf8 utf8): by id, interned */
  guint            source;              /* a list changed since */
};

static void
release_text (gpointer text)
{
  const char *released = text;
  const char **texts[] = { &released };

  rfi_text_pool_release (texts, G_N_ELEMENTS (texts));
}

static void
add (RfiPeopleNames *self,
     const char     *id,
     const char     *name)
{
  const char **texts[] = { &id, &name };

  rfi_text_pool_take (texts, G_N_ELEMENTS (texts));
  g_hash_table_insert (self->names, (gpointer) id, (gpointer) name);
}

static void
add_list (RfiPeopleNames *self,
          guint           source)
{
  GListModel *list = G_LIST_MODEL (rfi_record_source_get_list (self->sources[source]));
  guint n_users = g_list_model_get_n_items (list);

  for (guint i = 0; i < n_users; i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (list, i);
      const RfiUser *user = rfi_record_item_get (item);

      add (self, source == VENDORS ? user->vendor_id : user->id, user->display_name);
    }
}

static void
gather (RfiPeopleNames *self)
{
  g_hash_table_remove_all (self->names);
  add (self, self->user->id, self->user->display_name);
  for (guint source = 0; source < N_SOURCES; source++)
    add_list (self, source);

  _rfi_job_table_set_names (self->jobs, self->names);
}

static void
gather_cb (gpointer user_data)
{
  RfiPeopleNames *self = user_data;

  self->source = 0;
  gather (self);
}

static void
updated_cb (RfiPeopleNames *self)
{
  if (self->source == 0)
    self->source = g_idle_add_once (gather_cb, self);
}

RfiPeopleNames *
rfi_people_names_new (RfiJobTable     *jobs,
                      const RfiUser   *user,
                      RfiRecordSource *people,
                      RfiRecordSource *vendors)
{
  RfiPeopleNames *self = g_new0 (RfiPeopleNames, 1);

  self->jobs = g_object_ref (jobs);
  self->user = rfi_user_new (user);
  self->sources[PEOPLE] = g_object_ref (people);
  self->sources[VENDORS] = g_object_ref (vendors);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, release_text, release_text);
  for (guint source = 0; source < N_SOURCES; source++)
    g_signal_connect_swapped (self->sources[source], "updated", G_CALLBACK (updated_cb), self);
  gather (self);
  return self;
}

void
rfi_people_names_free (RfiPeopleNames *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  for (guint source = 0; source < N_SOURCES; source++)
    {
      g_signal_handlers_disconnect_by_data (self->sources[source], self);
      g_object_unref (self->sources[source]);
    }
  g_hash_table_unref (self->names);
  rfi_user_unref (self->user);
  g_object_unref (self->jobs);
  g_free (self);
}

/* Nobody who asks waits until there is time. */
const char *
rfi_people_names_get (RfiPeopleNames *self,
                      const char     *id)
{
  if (self->source != 0)
    {
      g_clear_handle_id (&self->source, g_source_remove);
      gather (self);
    }
  return g_hash_table_lookup (self->names, id);
}

const char *
rfi_people_names_get_person (RfiPeopleNames *self,
                             const char     *id)
{
  const char *name = rfi_people_names_get (self, id);

  return name != NULL ? name : _rfi_job_table_get_person (self->jobs, id);
}
