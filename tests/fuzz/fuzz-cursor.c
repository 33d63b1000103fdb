/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-service-cursor.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static const RfiServiceKey key = { "thirty-two bytes that nobody has" };

/* What opens is what the server would write, and no other text does. */
static void
check_text (const char *text)
{
  for (guint kind = RFI_CURSOR_DELTA; kind <= RFI_CURSOR_SNAPSHOT; kind++)
    {
      RfiServiceCursor cursor;

      if (rfi_service_cursor_open (&cursor, (RfiCursorKind) kind, text, &key))
        {
          g_autofree char *again = rfi_service_cursor_seal (&cursor, &key);

          g_assert_cmpstr (again, ==, text);
        }
    }
}

/* A cursor of these numbers, and the same with one character changed. */
static void
check_numbers (const guint8 *data,
               gsize         size)
{
  RfiServiceCursor cursor = { .kind = (data[0] & 1) != 0 ? RFI_CURSOR_SNAPSHOT : RFI_CURSOR_DELTA };
  RfiServiceCursor found;
  g_autofree char *text = NULL;
  gsize place;

  memcpy (&cursor.epoch, data, MIN (size, sizeof cursor.epoch));
  memcpy (&cursor.seq, data, MIN (size, sizeof cursor.seq));
  cursor.schema = data[size - 1];
  text = rfi_service_cursor_seal (&cursor, &key);
  g_assert_true (rfi_service_cursor_open (&found, cursor.kind, text, &key));
  g_assert_cmpint (found.epoch, ==, cursor.epoch);
  g_assert_cmpint (found.seq, ==, cursor.seq);
  g_assert_cmpuint (found.schema, ==, cursor.schema);

  place = data[size - 1] % strlen (text);
  text[place] = text[place] == 'A' ? 'B' : 'A';
  g_assert_false (rfi_service_cursor_open (&found, cursor.kind, text, &key));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_text (text);
  if (size > 0)
    check_numbers (data, size);
  return 0;
}
