/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-test-wait.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A callback that keeps the result: @user_data is a GAsyncResult **. */
static inline void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/* Turns a call with a callback into one that waits; last among the declarations of a block. */
#define WAIT_FOR(call)                                                                             \
  g_autoptr(GAsyncResult) answer = NULL;                                                           \
  g_autoptr(GError) error = NULL;                                                                  \
  call;                                                                                            \
  rfi_test_wait (answer != NULL)

G_END_DECLS
