/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-search-provider"

#include "config.h"

#include "rfi-search-provider.h"

#include "rfi-job-search.h"
#include "rfi-job-table.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* More than the desktop shows of one program. */
#define MOST_RESULTS 12

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'><arg type='as' direction='in'/>"
  "<arg type='as' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetResultMetas'><arg type='as' direction='in'/>"
  "<arg type='aa{sv}' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='u' direction='in'/></method>"
  "<method name='LaunchSearch'><arg type='as' direction='in'/><arg type='u' direction='in'/>"
  "</method></interface></node>";

struct _RfiSearchProvider
{
  GObject                parent_instance;

  GApplication          *application;  /* borrowed */
  GDBusConnection       *connection;   /* (owned) (nullable): while it is exported */
  guint                  id;
  RfiSession            *session;      /* (owned) (nullable) */
  RfiJobSearch          *search;       /* (owned) (nullable): with session */
  GDBusMethodInvocation *asked;        /* (owned) (nullable): who waits for the search */
};

G_DEFINE_FINAL_TYPE (RfiSearchProvider, rfi_search_provider, G_TYPE_OBJECT)

/* Answers who waits with what was found, or with nothing. */
static void
answer (RfiSearchProvider *self)
{
  g_autoptr(GDBusMethodInvocation) asked = g_steal_pointer (&self->asked);
  GVariantBuilder ids;
  GPtrArray *best;

  if (asked == NULL)
    return;

  g_variant_builder_init (&ids, G_VARIANT_TYPE ("as"));
  if (self->search != NULL && rfi_job_search_is_done (self->search))
    {
      best = rfi_job_search_get_best (self->search);
      for (guint i = 0; i < best->len; i++)
        g_variant_builder_add (&ids, "s", ((RfiJobState *) g_ptr_array_index (best, i))->work->id);
    }
  g_dbus_method_invocation_return_value (g_steal_pointer (&asked),
                                         g_variant_new ("(as)", &ids));
}

/* @terms: all of them have to be there. @invocation: (transfer full) */
static void
look_for (RfiSearchProvider      *self,
          const char            **terms,
          GDBusMethodInvocation  *invocation)
{
  g_autofree char *text = g_strjoinv (" ", (char **) terms);

  answer (self);
  self->asked = invocation;
  if (self->search != NULL)
    rfi_job_search_set_text (self->search, text);
  if (self->search == NULL || rfi_job_search_is_done (self->search))
    answer (self);
}

static void
add_meta (GVariantBuilder *metas,
          const RfiJob    *job)
{
  g_autoptr(GIcon) icon = g_themed_icon_new (rfi_words_status_icon (job->status));
  /* translators: a store, its city, the status of a job */
  g_autofree char *words = g_strdup_printf (_("%s · %s · %s"), job->store_name, job->city,
                                            rfi_words_status (job->status));

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (job->id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (job->title));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (words));
  g_variant_builder_add (metas, "{sv}", "icon", g_icon_serialize (icon));
  g_variant_builder_close (metas);
}

/* Of a job that is gone by now nothing is told. */
static GVariant *
describe (RfiSearchProvider  *self,
          const char        **ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; self->session != NULL && ids[i] != NULL; i++)
    {
      RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (self->session), ids[i]);

      if (state != NULL)
        add_meta (&metas, state->work);
    }
  return g_variant_new ("(aa{sv})", &metas);
}

static void
called_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *object_path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  RfiSearchProvider *self = user_data;
  g_autofree const char **texts = NULL;
  g_autofree char *words = NULL;
  const char *id;

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^a&s)", &texts);
      look_for (self, texts, invocation);
    }
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(@as^a&s)", NULL, &texts);
      look_for (self, texts, invocation);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &texts);
      g_dbus_method_invocation_return_value (invocation, describe (self, texts));
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s@asu)", &id, NULL, NULL);
      g_action_group_activate_action (G_ACTION_GROUP (self->application), "show-job",
                                      g_variant_new_string (id));
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      g_variant_get (parameters, "(^a&su)", &texts, NULL);
      words = g_strjoinv (" ", (char **) texts);
      g_action_group_activate_action (G_ACTION_GROUP (self->application), "search",
                                      g_variant_new_string (words));
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

gboolean
rfi_search_provider_export (RfiSearchProvider  *self,
                            GDBusConnection    *connection,
                            const char         *object_path,
                            GError            **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr(GDBusNodeInfo) info = NULL;

  g_return_val_if_fail (RFI_IS_SEARCH_PROVIDER (self), FALSE);

  info = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (info == NULL)
    return FALSE;

  self->id = g_dbus_connection_register_object (connection, object_path, info->interfaces[0],
                                                &vtable, self, NULL, error);
  if (self->id == 0)
    return FALSE;

  g_set_object (&self->connection, connection);
  return TRUE;
}

void
rfi_search_provider_unexport (RfiSearchProvider *self)
{
  g_return_if_fail (RFI_IS_SEARCH_PROVIDER (self));

  if (self->connection == NULL)
    return;

  g_dbus_connection_unregister_object (self->connection, self->id);
  g_clear_object (&self->connection);
}

void
rfi_search_provider_set_session (RfiSearchProvider *self,
                                 RfiSession        *session)
{
  g_return_if_fail (RFI_IS_SEARCH_PROVIDER (self));

  if (!g_set_object (&self->session, session))
    return;

  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  answer (self);
  if (session == NULL)
    return;

  self->search = rfi_job_search_new (rfi_session_get_jobs (session), MOST_RESULTS);
  g_signal_connect_object (self->search, "done", G_CALLBACK (answer), self, G_CONNECT_SWAPPED);
}

static void
rfi_search_provider_dispose (GObject *object)
{
  RfiSearchProvider *self = RFI_SEARCH_PROVIDER (object);

  rfi_search_provider_set_session (self, NULL);
  rfi_search_provider_unexport (self);

  G_OBJECT_CLASS (rfi_search_provider_parent_class)->dispose (object);
}

static void
rfi_search_provider_class_init (RfiSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_search_provider_dispose;
}

static void
rfi_search_provider_init (RfiSearchProvider *self)
{
}

RfiSearchProvider *
rfi_search_provider_new (GApplication *application)
{
  RfiSearchProvider *self = g_object_new (RFI_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  return self;
}
