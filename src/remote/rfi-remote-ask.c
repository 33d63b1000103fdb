/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-remote-ask"

#include "config.h"

#include "rfi-remote-ask.h"

#include "rfi-remote-private.h"

/* All jobs of a large company as they once stood. */
#define BODY_LIMIT ((gsize) 256 * 1024 * 1024)

static gpointer
read_text (RfiResponse  *response,
           gpointer      data,
           GError      **error)
{
  if (rfi_remote_read_anything (response, data, error) == NULL)
    return NULL;

  return g_bytes_ref (response->body);
}

void
rfi_remote_ask_async (RfiRemote           *self,
                      const char          *path,
                      GString             *json,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RfiRequest *request = rfi_remote_request_new (self, json != NULL ? "POST" : "GET", "%s", path);

  g_task_set_source_tag (task, rfi_remote_ask_async);
  if (json != NULL)
    rfi_request_set_json (request, json);
  request->idempotent = TRUE;
  request->body_limit = BODY_LIMIT;
  rfi_remote_call (self, task, request, read_text, (GDestroyNotify) g_bytes_unref);
}

GBytes *
rfi_remote_ask_finish (RfiRemote     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
