/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-secret"

#include "config.h"

#include "rfi-secret.h"

#include <sodium.h>
#include <string.h>

#define VARIANT sodium_base64_VARIANT_ORIGINAL

struct _RfiSecret
{
  guint8          *bytes;      /* (owned): guarded memory */
  gsize            size;

  gatomicrefcount  ref_count;
};

/* Bytes are not set. */
static RfiSecret *
new_empty (gsize size)
{
  RfiSecret *self = g_new0 (RfiSecret, 1);

  if (sodium_init () < 0)
    g_error ("The system has no randomness to make keys of");

  self->bytes = sodium_malloc (MAX (size, 1));
  if (self->bytes == NULL)
    g_error ("No guarded memory for %" G_GSIZE_FORMAT " bytes of a key", size);
  self->size = size;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiSecret *
rfi_secret_new_random (gsize size)
{
  RfiSecret *self = new_empty (size);

  randombytes_buf (self->bytes, size);
  sodium_mprotect_readonly (self->bytes);
  return self;
}

RfiSecret *
rfi_secret_new (const guint8 *bytes,
                gsize         size)
{
  RfiSecret *self = new_empty (size);

  if (size > 0)
    memcpy (self->bytes, bytes, size);
  sodium_mprotect_readonly (self->bytes);
  return self;
}

RfiSecret *
rfi_secret_new_text (const char *text)
{
  gsize length = strlen (text);
  g_autoptr(RfiSecret) self = new_empty (length / 4 * 3);

  if (sodium_base642bin (self->bytes, self->size, text, length, NULL, &self->size, NULL,
                         VARIANT) != 0)
    return NULL;

  sodium_mprotect_readonly (self->bytes);
  return g_steal_pointer (&self);
}

RfiSecret *
rfi_secret_ref (RfiSecret *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_secret_unref (RfiSecret *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sodium_free (self->bytes);
  g_free (self);
}

const guint8 *
rfi_secret_get_bytes (RfiSecret *self)
{
  return self->bytes;
}

gsize
rfi_secret_get_size (RfiSecret *self)
{
  return self->size;
}

char *
rfi_secret_to_text (RfiSecret *self)
{
  gsize size = sodium_base64_encoded_len (self->size, VARIANT);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, self->bytes, self->size, VARIANT);
}

void
rfi_secret_free_text (char *text)
{
  if (text == NULL)
    return;

  sodium_memzero (text, strlen (text));
  g_free (text);
}
