/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-extra"

#include "config.h"

#include "rfi-job-extra.h"

#include "rfi-text-squeeze.h"
#include "rfi-time.h"

#include <string.h>

/* The fields in their order, then the operation. */
#define OPERATION RFI_N_EXTRA_FIELDS
#define N_TEXTS (OPERATION + 1)

/* Many jobs have few of the texts: those that are there lie one behind the other, with their ends,
 * and are counted off. */
struct _RfiJobExtra
{
  gatomicrefcount ref_count;
  guint16         present;   /* bits, by text */
  guint16         squeezed;  /* those of them that are not as they were */
  char           *plain;     /* (owned) (nullable) (atomic): these as they were, once asked for */
  guint8          texts[];
};

G_STATIC_ASSERT (N_TEXTS <= 16);

static gboolean
is_empty (const char *value)
{
  return value == NULL || *value == '\0';
}

/* Returns: (transfer full) (nullable) */
static const RfiJobExtra *
make (const char *const *texts)
{
  g_autoptr(GString) squeezed = NULL;
  RfiJobExtra head = { .plain = NULL };
  RfiJobExtra *self;

  for (guint i = 0; i < N_TEXTS; i++)
    if (!is_empty (texts[i]))
      {
        if (squeezed == NULL)
          squeezed = g_string_sized_new (256);
        head.present |= (guint16) (1u << i);
        if (rfi_text_squeeze (texts[i], squeezed))
          head.squeezed |= (guint16) (1u << i);
      }
  if (squeezed == NULL)
    return NULL;

  self = g_malloc (sizeof (RfiJobExtra) + squeezed->len);
  *self = head;
  g_atomic_ref_count_init (&self->ref_count);
  memcpy (self->texts, squeezed->str, squeezed->len);
  return self;
}

static guint
number_of (RfiField field)
{
  return (guint) field - RFI_N_CONTRACT_FIELDS;
}

static gboolean
has (const RfiJobExtra *self,
     guint              number)
{
  return self != NULL && (self->present >> number & 1) != 0;
}

/* Where a text begins that is there, as it lies. */
static const guint8 *
find (const RfiJobExtra *self,
      guint              number)
{
  const guint8 *at = self->texts;

  for (guint i = 0; i < number; i++)
    if (has (self, i))
      at = rfi_text_squeeze_skip (at);

  return at;
}

/* All squeezed texts as they were, one behind the other. Threads that ask at once all do so,
 * and the first wins. */
static const char *
unsqueeze (RfiJobExtra *self)
{
  g_autoptr(GString) plain = NULL;
  const guint8 *at = self->texts;
  char *made;

  if (g_atomic_pointer_get (&self->plain) != NULL)
    return g_atomic_pointer_get (&self->plain);

  plain = g_string_sized_new (512);
  for (guint i = 0; i < N_TEXTS; i++)
    if ((self->squeezed >> i & 1) != 0)
      at = rfi_text_unsqueeze (at, plain);
    else if (has (self, i))
      at = rfi_text_squeeze_skip (at);

  made = g_memdup2 (plain->str, plain->len);
  if (!g_atomic_pointer_compare_and_exchange (&self->plain, NULL, made))
    g_free (made);
  return g_atomic_pointer_get (&self->plain);
}

/* @number: of one that is there */
static const char *
get_text (const RfiJobExtra *self,
          guint              number)
{
  const char *at;

  if ((self->squeezed >> number & 1) == 0)
    return (const char *) find (self, number);

  /* Its content is constant, how it is kept is not. */
  at = unsqueeze ((RfiJobExtra *) self);
  for (guint i = 0; i < number; i++)
    if ((self->squeezed >> i & 1) != 0)
      at += strlen (at) + 1;

  return at;
}

const RfiJobExtra *
rfi_job_extra_new (const char *const *values)
{
  const char *texts[N_TEXTS] = { NULL };

  memcpy (texts, values, RFI_N_EXTRA_FIELDS * sizeof *values);
  return make (texts);
}

/* Its content is constant, its count is not. */
const RfiJobExtra *
rfi_job_extra_ref (const RfiJobExtra *self)
{
  g_atomic_ref_count_inc (&((RfiJobExtra *) self)->ref_count);
  return self;
}

void
rfi_job_extra_unref (const RfiJobExtra *self)
{
  if (!g_atomic_ref_count_dec (&((RfiJobExtra *) self)->ref_count))
    return;

  g_free (self->plain);
  g_free ((RfiJobExtra *) self);
}

const char *
rfi_job_extra_get (const RfiJobExtra *self,
                   RfiField           field)
{
  g_return_val_if_fail (number_of (field) < RFI_N_EXTRA_FIELDS, "");

  return has (self, number_of (field)) ? get_text (self, number_of (field)) : "";
}

gboolean
rfi_job_extra_get_time (const RfiJobExtra *self,
                        RfiField           field,
                        gint64            *ms)
{
  g_return_val_if_fail (number_of (field) < RFI_N_EXTRA_FIELDS, FALSE);

  if (!has (self, number_of (field)))
    return FALSE;

  return rfi_text_squeeze_get_time (find (self, number_of (field)), ms)
         || rfi_time_parse (rfi_job_extra_get (self, field), -1, ms);
}

char *
rfi_job_extra_dup (const RfiJobExtra *self,
                   RfiField           field)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (number_of (field) < RFI_N_EXTRA_FIELDS, NULL);

  if (has (self, number_of (field)))
    rfi_text_unsqueeze (find (self, number_of (field)), text);
  return g_string_free (text, FALSE);
}

void
rfi_job_extra_read (const RfiJobExtra *self,
                    GString           *space,
                    const char       **values)
{
  const guint8 *at = self != NULL ? self->texts : NULL;
  gsize offsets[RFI_N_EXTRA_FIELDS];

  g_string_truncate (space, 0);
  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      offsets[i] = space->len;
      if (has (self, i))
        at = rfi_text_unsqueeze (at, space);
    }
  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    values[i] = has (self, i) ? space->str + offsets[i] : "";
}

gboolean
rfi_job_extra_equal (const RfiJobExtra *a,
                     const RfiJobExtra *b)
{
  guint fields = (1u << RFI_N_EXTRA_FIELDS) - 1;
  guint present = a != NULL ? a->present & fields : 0;
  gsize size;

  if (present != (b != NULL ? b->present & fields : 0))
    return FALSE;
  if (a == b || present == 0)
    return TRUE;

  /* The same texts are the same bytes. */
  size = (gsize) (find (a, RFI_N_EXTRA_FIELDS) - a->texts);
  return size == (gsize) (find (b, RFI_N_EXTRA_FIELDS) - b->texts)
         && memcmp (a->texts, b->texts, size) == 0;
}

static gboolean
is_touched (const RfiPatch *patch)
{
  for (guint i = RFI_N_CONTRACT_FIELDS; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i))
      return TRUE;

  return FALSE;
}

const RfiJobExtra *
rfi_job_extra_apply (const RfiJobExtra *self,
                     const RfiPatch    *patch)
{
  const char *texts[N_TEXTS];

  if (!is_touched (patch))
    return self != NULL ? rfi_job_extra_ref (self) : NULL;

  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      RfiField field = (RfiField) (RFI_N_CONTRACT_FIELDS + i);
      const char *value = rfi_patch_get (patch, field);

      texts[i] = value != NULL ? value : rfi_job_extra_get (self, field);
    }
  texts[OPERATION] = rfi_job_extra_get_operation (self);

  return make (texts);
}

const char *
rfi_job_extra_get_operation (const RfiJobExtra *self)
{
  return has (self, OPERATION) ? get_text (self, OPERATION) : NULL;
}

const RfiJobExtra *
rfi_job_extra_with_operation (const RfiJobExtra *self,
                              const char        *operation_id)
{
  const char *texts[N_TEXTS];

  if (is_empty (operation_id) ? !has (self, OPERATION)
                              : g_strcmp0 (rfi_job_extra_get_operation (self), operation_id) == 0)
    return self != NULL ? rfi_job_extra_ref (self) : NULL;

  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    texts[i] = has (self, i) ? get_text (self, i) : NULL;
  texts[OPERATION] = operation_id;
  return make (texts);
}
