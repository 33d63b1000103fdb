/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-etag"

#include "config.h"

#include "rfi-etag.h"

#include "rfi-uuid.h"

#include <string.h>

#define VARIANT 2
#define HAS_VARIANT(low) ((low) >> 62 == VARIANT)

RfiEtag
rfi_etag (const char *text)
{
  RfiUuid uuid;

  if (text != NULL && *text == '"' && rfi_uuid_read (text + 1, &uuid) && HAS_VARIANT (uuid.low)
      && strcmp (text + 1 + RFI_UUID_LENGTH, "\"") == 0)
    return (RfiEtag) { uuid.high, uuid.low };

  return (RfiEtag) { (guintptr) text, 0 };
}

const char *
rfi_etag_get_kept (RfiEtag self)
{
  return HAS_VARIANT (self.low) ? NULL : (const char *) (guintptr) self.high;
}

const char *
rfi_etag_get_text (RfiEtag  self,
                   char    *space)
{
  char *at = space;

  if (!HAS_VARIANT (self.low))
    return rfi_etag_get_kept (self);

  *at++ = '"';
  at = rfi_uuid_write ((RfiUuid) { self.high, self.low }, at);
  *at++ = '"';
  *at = '\0';
  return space;
}

gboolean
rfi_etag_is_set (RfiEtag self)
{
  return self.high != 0 || self.low != 0;
}

gboolean
rfi_etag_equal (RfiEtag a,
                RfiEtag b)
{
  const char *text = rfi_etag_get_kept (a);
  const char *other = rfi_etag_get_kept (b);

  if (text != NULL || other != NULL)
    return g_strcmp0 (text, other) == 0;

  return a.high == b.high && a.low == b.low;
}
