/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-wait"

#include "config.h"

#include "rfi-test-wait.h"

/* A condition may be made true by another thread, without an event on this context. */
#define LOOK_AGAIN_MS 10

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

void
rfi_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

gint64
rfi_test_wait_begin (void)
{
  return g_get_monotonic_time () + RFI_TEST_WAIT_SECONDS * G_USEC_PER_SEC;
}

void
rfi_test_wait_turn (gint64      deadline,
                    const char *where,
                    const char *what)
{
  guint wake;
  GSource *source;

  if (g_get_monotonic_time () > deadline)
    g_error ("%s: waited %d s in vain for: %s", where, RFI_TEST_WAIT_SECONDS, what);

  wake = g_timeout_add (LOOK_AGAIN_MS, wake_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  source = g_main_context_find_source_by_id (NULL, wake);
  if (source != NULL)
    g_source_destroy (source);
}
