/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-time.h"
#include "rfi-wire-request.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
read_all (const RfiJson *body)
{
  g_autofree char *email = NULL;
  g_autofree char *password = NULL;
  g_autofree char *edit_etag = NULL;
  g_autofree char *location_json = NULL;
  g_autofree char *status_etag = NULL;
  g_autofree char *assign_etag = NULL;
  g_autofree char *technician_id = NULL;
  g_autofree char *since = NULL;
  g_autoptr(RfiPatch) changes = NULL;
  g_autoptr(RfiJob) job = NULL;
  RfiStatus status;
  gint64 ms;

  rfi_wire_read_login (body, &email, &password, NULL);
  job = rfi_wire_read_create (body, NULL);
  if (job != NULL)
    g_assert_cmpstr (job->title, !=, "");
  rfi_wire_read_edit (body, &edit_etag, &changes, &location_json, NULL);
  rfi_wire_read_status (body, &status, &status_etag, NULL);
  rfi_wire_read_assign (body, &technician_id, &assign_etag, NULL);
  if (rfi_wire_read_sync (body, &since, NULL) && since != NULL)
    g_assert_true (rfi_time_parse (since, -1, &ms));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  RfiJson root;

  if (rfi_json_parse ((const char *) data, (gssize) size, &root, NULL))
    read_all (&root);
  return 0;
}
