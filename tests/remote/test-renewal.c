/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-remote-sync.h"
#include "rfi-soup-transport.h"

#include "rfi-test-bad-server.h"
#include "rfi-test-wait.h"

#include <string.h>

/* Who is refused for the token gets another one, once for all who are, and goes on. */

#define N_CALLS 3

typedef struct
{
  RfiTestBadServer *server;
  RfiRemote        *remote;
  const char       *good;       /* the token that is taken */
  guint             status;     /* of a renewal */
  char             *presented;  /* (owned) (nullable): what was renewed last */
  guint             n_renewals;
  guint             n_refused;
  char             *kept;       /* (owned) (nullable) */
  gboolean          kept_first; /* no call was taken before it was kept */
  guint             n_taken;
  GAsyncResult     *results[N_CALLS];  /* (owned) (nullable) each */
} Fixture;

static void
renew (Fixture        *f,
       RfiTestRequest *request)
{
  f->n_renewals++;
  g_free (f->presented);
  f->presented = g_strndup (request->body->str, request->body->len);
  if (f->status == 200)
    rfi_test_request_reply (request, 200, NULL,
                            "{\"token\":\"new\",\"refreshToken\":\"r2\",\"expiresIn\":900}");
  else
    rfi_test_request_reply (request, f->status, NULL,
                            "{\"error\":{\"code\":\"INVALID_REFRESH_TOKEN\",\"message\":\"No\"}}");
}

static gboolean
answer (RfiTestRequest *request,
        gpointer        user_data)
{
  Fixture *f = user_data;
  g_autofree char *good = g_strconcat ("Authorization: Bearer ", f->good, NULL);

  if (g_str_equal (request->path, "/api/auth/refresh"))
    {
      renew (f, request);
      return TRUE;
    }

  if (!rfi_test_request_has_header (request, good))
    {
      f->n_refused++;
      rfi_test_request_reply (request, 401, NULL,
                              "{\"error\":{\"code\":\"UNAUTHORIZED\",\"message\":\"Old\"}}");
      return TRUE;
    }

  f->n_taken++;
  rfi_test_request_reply (request, 200, NULL, "{\"data\":[]}");
  return TRUE;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(RfiTransport) transport = NULL;

  f->server = rfi_test_bad_server_new (answer, f);
  transport = rfi_soup_transport_new (rfi_test_bad_server_get_url (f->server));
  f->remote = rfi_remote_new (transport);
  f->good = "new";
  f->status = 200;
  rfi_remote_set_token (f->remote, "old");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  for (guint i = 0; i < N_CALLS; i++)
    g_clear_object (&f->results[i]);
  g_clear_object (&f->remote);
  rfi_test_bad_server_free (f->server);
  g_free (f->presented);
  g_free (f->kept);
}

static void
keep (const char *refresh_token,
      GTask      *done,
      gpointer    user_data)
{
  Fixture *f = user_data;

  f->kept_first = f->n_taken == 0;
  g_free (f->kept);
  f->kept = g_strdup (refresh_token);
  g_task_return_boolean (done, TRUE);
  g_object_unref (done);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
call_all (Fixture *f)
{
  for (guint i = 0; i < N_CALLS; i++)
    rfi_remote_vendors_async (f->remote, NULL, keep_result_cb, &f->results[i]);
  for (guint i = 0; i < N_CALLS; i++)
    rfi_test_wait (f->results[i] != NULL);
}

static void
assert_all (Fixture *f,
            gboolean taken)
{
  for (guint i = 0; i < N_CALLS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) vendors =
        rfi_remote_vendors_finish (f->remote, f->results[i], &error);

      if (taken)
        g_assert_no_error (error);
      else
        g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED);
    }
}

static void
test_once (Fixture       *f,
           gconstpointer  data)
{
  rfi_remote_set_refresh (f->remote, "r1", keep, f);
  call_all (f);
  assert_all (f, TRUE);
  g_assert_cmpuint (f->n_renewals, ==, 1);
  g_assert_nonnull (strstr (f->presented, "\"r1\""));
  g_assert_cmpstr (f->kept, ==, "r2");
  g_assert_true (f->kept_first);
}

/* After a restart there is only what renews it: nobody is refused first. */
static void
test_without_token (Fixture       *f,
                    gconstpointer  data)
{
  rfi_remote_set_token (f->remote, NULL);
  rfi_remote_set_refresh (f->remote, "r1", keep, f);
  call_all (f);
  assert_all (f, TRUE);
  g_assert_cmpuint (f->n_renewals, ==, 1);
  g_assert_cmpuint (f->n_refused, ==, 0);
}

/* A fresh token that is refused, and a renewal that is: somebody has to sign in. */
static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  f->status = GPOINTER_TO_UINT (data);
  if (f->status == 200)
    f->good = "another";
  rfi_remote_set_refresh (f->remote, "r1", keep, f);
  call_all (f);
  assert_all (f, FALSE);
  g_assert_cmpuint (f->n_taken, ==, 0);
  g_assert_cmpuint (f->n_renewals, <=, N_CALLS);
}

static void
hold (const char *refresh_token,
      GTask      *done,
      gpointer    user_data)
{
  *(GTask **) user_data = done;
}

/* Who is not wanted any more does not wait for the keyring; the others get their token. */
static void
test_cancelled (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) vendors = NULL;
  g_autoptr(GTask) held = NULL;
  g_autoptr(GError) error = NULL;

  rfi_remote_set_refresh (f->remote, "r1", hold, &held);
  rfi_remote_vendors_async (f->remote, cancellable, keep_result_cb, &f->results[0]);
  rfi_remote_vendors_async (f->remote, NULL, keep_result_cb, &f->results[1]);
  rfi_test_wait (held != NULL);
  g_cancellable_cancel (cancellable);
  rfi_test_wait (f->results[0] != NULL);
  g_assert_null (rfi_remote_vendors_finish (f->remote, f->results[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (f->results[1]);

  g_task_return_boolean (held, TRUE);
  rfi_test_wait (f->results[1] != NULL);
  vendors = rfi_remote_vendors_finish (f->remote, f->results[1], &error);
  g_assert_no_error (error);
  g_assert_nonnull (vendors);
}

static void
test_none (Fixture       *f,
           gconstpointer  data)
{
  call_all (f);
  assert_all (f, FALSE);
  g_assert_cmpuint (f->n_renewals, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) \
  g_test_add ("/renewal/" name, Fixture, GUINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("once", 0, test_once);
  ADD ("cancelled", 0, test_cancelled);
  ADD ("without-token", 0, test_without_token);
  ADD ("refused", 401, test_refused);
  ADD ("refused-again", 200, test_refused);
  ADD ("none", 0, test_none);

  return g_test_run ();
}
