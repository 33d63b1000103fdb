/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guest.h"

#include "rfi-hub-client.h"
#include "rfi-soup-transport.h"
#include "rfi-test-wait.h"

struct _RfiGuest
{
  RfiRemote    *remote;  /* (owned) */
  RfiHubClient *hub;     /* (owned) */
  gboolean      is_here;
};

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  rfi_hub_client_connect_finish (RFI_HUB_CLIENT (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

RfiGuest *
rfi_guest_new (const char *url,
               const char *token)
{
  RfiGuest *self = g_new0 (RfiGuest, 1);
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (url);
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);

  self->remote = rfi_remote_new (transport);
  rfi_remote_set_token (self->remote, token);
  self->hub = rfi_hub_client_new (self->remote, clock);
  rfi_hub_client_connect_async (self->hub, NULL, connected_cb, &self->is_here);
  rfi_test_wait (self->is_here);
  return self;
}

void
rfi_guest_attend (RfiGuest     *self,
                  const char   *job_id,
                  RfiAttention  attention)
{
  rfi_attendance_set (rfi_remote_get_attendance (self->remote), job_id, attention);
}

void
rfi_guest_free (RfiGuest *self)
{
  rfi_hub_client_disconnect (self->hub);
  g_object_unref (self->hub);
  g_object_unref (self->remote);
  g_free (self);
}
