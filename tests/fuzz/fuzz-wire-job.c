/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-job.h"
#include "rfi-wire-photo.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* A job that was read is the same when it is written and read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const RfiWireJobFlags flags = RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_THUMBNAIL |
                                RFI_WIRE_JOB_PHOTO_URLS | RFI_WIRE_JOB_SYSTEM |
                                RFI_WIRE_JOB_V1;
  g_autoptr(RfiJob) job = rfi_wire_job_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr(RfiPhoto) photo = rfi_wire_photo_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr(RfiJob) again = NULL;
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) second = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  if (job == NULL)
    return 0;

  rfi_wire_job_append (first, job, flags);
  again = rfi_wire_job_parse (first->str, (gssize) first->len, &error);
  g_assert_no_error (error);
  rfi_wire_job_append (second, again, flags);
  g_assert_cmpstr (first->str, ==, second->str);
  g_assert_true (rfi_etag_equal (job->etag, again->etag));
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    g_assert_cmpstr (rfi_job_get_field (job, (RfiField) i), ==,
                     rfi_job_get_field (again, (RfiField) i));
  return 0;
}
