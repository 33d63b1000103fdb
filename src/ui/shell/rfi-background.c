/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-background"

#include "config.h"

#include "rfi-background.h"

#include "rfi-session.h"

struct _RfiBackground
{
  GObject            parent_instance;

  GApplication      *application;  /* (unowned): it owns this */
  GSettings         *settings;     /* (owned) */
  RfiSessionManager *manager;      /* (owned) */
  gboolean           active;       /* the application is held without a window */
  gboolean           quitting;
  gboolean           closing;      /* the session is, … */
  gboolean           come_again;   /* … and meanwhile somebody wants it again */
};

enum {
  PROP_0,
  PROP_CLOSING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiBackground, rfi_background, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
set_active (RfiBackground *self,
            gboolean       active)
{
  if (self->active == active)
    return;

  self->active = active;
  if (active)
    g_application_hold (self->application);
  else
    g_application_release (self->application);
}

static void
set_closing (RfiBackground *self,
             gboolean       closing)
{
  self->closing = closing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLOSING]);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiBackground) self = user_data;
  g_autoptr(GApplication) application = self->application;
  g_autoptr(GError) error = NULL;
  gboolean come_again = self->come_again;

  if (!rfi_session_manager_close_finish (RFI_SESSION_MANAGER (object), result, &error))
    g_debug ("Closing the session: %s", error->message);
  self->come_again = FALSE;
  set_closing (self, FALSE);
  if (come_again)
    g_application_activate (application);
  g_application_release (application);
}

/* It wants to end what it is writing. */
static void
close_session (RfiBackground *self)
{
  set_closing (self, TRUE);
  g_application_hold (g_object_ref (self->application));
  rfi_session_manager_close_async (self->manager, closed_cb, g_object_ref (self));
}

static gboolean
is_at_risk (RfiSession *session)
{
  gboolean fleeting;
  guint n_queued;

  g_object_get (session, "fleeting", &fleeting, "n-queued", &n_queued, NULL);
  return fleeting && n_queued > 0;
}

/* Ends what goes on without a window. */
static void
end (RfiBackground *self)
{
  if (!self->active)
    return;

  if (is_at_risk (rfi_session_manager_get_session (self->manager)))
    g_application_activate (self->application);
  else
    close_session (self);
  set_active (self, FALSE);
}

static void
setting_changed_cb (RfiBackground *self)
{
  if (!rfi_background_is_wanted (self))
    end (self);
}

/* It can end by itself. */
static void
session_changed_cb (RfiBackground *self)
{
  if (rfi_session_manager_get_session (self->manager) == NULL)
    set_active (self, FALSE);
}

static void
rfi_background_dispose (GObject *object)
{
  RfiBackground *self = RFI_BACKGROUND (object);

  set_active (self, FALSE);
  g_clear_object (&self->settings);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (rfi_background_parent_class)->dispose (object);
}

static void
rfi_background_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CLOSING:
      g_value_set_boolean (value, RFI_BACKGROUND (object)->closing);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_background_class_init (RfiBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_background_dispose;
  object_class->get_property = rfi_background_get_property;

  properties[PROP_CLOSING] =
    g_param_spec_boolean ("closing", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_background_init (RfiBackground *self)
{
}

RfiBackground *
rfi_background_new (GtkApplication    *application,
                    GSettings         *settings,
                    RfiSessionManager *manager)
{
  RfiBackground *self = g_object_new (RFI_TYPE_BACKGROUND, NULL);

  self->application = G_APPLICATION (application);
  self->settings = g_object_ref (settings);
  self->manager = g_object_ref (manager);
  g_signal_connect_object (settings, "changed::run-in-background",
                           G_CALLBACK (setting_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::session", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

gboolean
rfi_background_is_wanted (RfiBackground *self)
{
  g_return_val_if_fail (RFI_IS_BACKGROUND (self), FALSE);

  return !self->quitting && g_settings_get_boolean (self->settings, "run-in-background");
}

void
rfi_background_leave (RfiBackground *self)
{
  g_return_if_fail (RFI_IS_BACKGROUND (self));

  if (rfi_session_manager_get_session (self->manager) == NULL)
    return;

  if (rfi_background_is_wanted (self))
    set_active (self, TRUE);
  else
    close_session (self);
}

void
rfi_background_stay (RfiBackground *self)
{
  g_return_if_fail (RFI_IS_BACKGROUND (self));

  self->quitting = FALSE;
  set_active (self, FALSE);
}

void
rfi_background_quit (RfiBackground *self)
{
  g_return_if_fail (RFI_IS_BACKGROUND (self));

  end (self);
  self->quitting = TRUE;
}

gboolean
rfi_background_come_again (RfiBackground *self)
{
  g_return_val_if_fail (RFI_IS_BACKGROUND (self), FALSE);

  self->come_again = self->closing;
  return self->closing;
}
