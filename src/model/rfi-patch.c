/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-patch"

#include "config.h"

#include "rfi-patch.h"

#include <string.h>

struct _RfiPatch
{
  gatomicrefcount  ref_count;
  char            *values[RFI_N_FIELDS];  /* (owned) (nullable) each */
};

G_DEFINE_BOXED_TYPE (RfiPatch, rfi_patch, rfi_patch_ref, rfi_patch_unref)

RfiPatch *
rfi_patch_new (void)
{
  RfiPatch *self = g_new0 (RfiPatch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiPatch *
rfi_patch_copy (const RfiPatch *self)
{
  RfiPatch *copy = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    copy->values[i] = g_strdup (self->values[i]);

  return copy;
}

RfiPatch *
rfi_patch_ref (RfiPatch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_patch_unref (RfiPatch *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}

const char *
rfi_patch_get (const RfiPatch *self,
               RfiField        field)
{
  g_return_val_if_fail (field < RFI_N_FIELDS, NULL);

  return self->values[field];
}

gboolean
rfi_patch_has (const RfiPatch *self,
               RfiField        field)
{
  return rfi_patch_get (self, field) != NULL;
}

void
rfi_patch_set (RfiPatch   *self,
               RfiField    field,
               const char *value)
{
  g_return_if_fail (field < RFI_N_FIELDS);
  g_return_if_fail (g_atomic_ref_count_compare (&self->ref_count, 1));

  if (g_strcmp0 (self->values[field], value) == 0)
    return;

  g_free (self->values[field]);
  self->values[field] = g_strdup (value);
}

gboolean
rfi_patch_is_empty (const RfiPatch *self)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->values[i] != NULL)
      return FALSE;

  return TRUE;
}

gboolean
rfi_patch_equal (const RfiPatch *a,
                 const RfiPatch *b)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (g_strcmp0 (a->values[i], b->values[i]) != 0)
      return FALSE;

  return TRUE;
}

gboolean
rfi_patch_has_location (const RfiPatch *self)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->values[i] != NULL && rfi_field_is_location ((RfiField) i))
      return TRUE;

  return FALSE;
}

RfiPatch *
rfi_patch_pick (const RfiPatch *self,
                const RfiPatch *other)
{
  RfiPatch *picked = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->values[i] != NULL)
      rfi_patch_set (picked, (RfiField) i, other->values[i]);

  return picked;
}

char *
rfi_patch_to_text (const RfiPatch *self)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) variant = NULL;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->values[i] != NULL)
      g_variant_builder_add (&builder, "{ss}", rfi_field_to_string ((RfiField) i), self->values[i]);

  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (variant, FALSE);
}

/* Reads one text as GVariant prints it, and skips it. %FALSE: this is not one, or one with an
 * escape that is rare. */
static gboolean
skip_text (const char **at,
           GString     *out)
{
  char quote = **at;
  const char *from = *at + 1;

  if (quote != '\'' && quote != '"')
    return FALSE;

  g_string_truncate (out, 0);
  for (;;)
    {
      const char ends[] = { quote, '\\', '\0' };
      gsize length = strcspn (from, ends);

      g_string_append_len (out, from, (gssize) length);
      from += length;
      if (*from == quote)
        {
          *at = from + 1;
          return TRUE;
        }
      if (from[0] != '\\')
        return FALSE;
      if (from[1] == 'n' || from[1] == 't')
        g_string_append_c (out, from[1] == 'n' ? '\n' : '\t');
      else if (from[1] == '\'' || from[1] == '"' || from[1] == '\\')
        g_string_append_c (out, from[1]);
      else
        return FALSE;
      from += 2;
    }
}

static gboolean
skip (const char **at,
      const char  *word)
{
  gsize length = strlen (word);

  if (strncmp (*at, word, length) != 0)
    return FALSE;

  *at += length;
  return TRUE;
}

/* A newer version may have written fields that this one does not know. */
static void
set_named (RfiPatch   *self,
           const char *name,
           const char *value)
{
  RfiField field;

  if (rfi_field_from_string (name, &field))
    rfi_patch_set (self, field, value);
}

/* What rfi_patch_to_text() wrote is read for every row of the outbox, again and again, and
 * GVariant's parser, which takes far more, takes ten times as long.
 * Returns: (transfer full) (nullable): %NULL: it may be one all the same */
static RfiPatch *
read_plain (const char *text)
{
  g_autoptr(RfiPatch) self = rfi_patch_new ();
  g_autoptr(GString) name = g_string_new (NULL);
  g_autoptr(GString) value = g_string_new (NULL);
  const char *at = text;

  if (!skip (&at, "{"))
    return NULL;

  do
    {
      if (!skip_text (&at, name) || !skip (&at, ": ") || !skip_text (&at, value))
        return NULL;
      set_named (self, name->str, value->str);
    }
  while (skip (&at, ", "));

  return g_str_equal (at, "}") ? g_steal_pointer (&self) : NULL;
}

RfiPatch *
rfi_patch_from_text (const char *text)
{
  g_autoptr(GVariant) variant = NULL;
  RfiPatch *self;
  GVariantIter iter;
  const char *name;
  const char *value;

  /* GVariant's parser takes this for granted, a damaged file need not. */
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;

  self = read_plain (text);
  if (self != NULL)
    return self;

  variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
  if (variant == NULL)
    return NULL;

  self = rfi_patch_new ();
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    set_named (self, name, value);

  return self;
}

/* By the bytes of their names. */
static const RfiField canonical_order[RFI_N_FIELDS] = {
  RFI_FIELD_ADDRESS,       RFI_FIELD_ASSIGNED_TO,       RFI_FIELD_CITY,
  RFI_FIELD_COMPLETION_NOTES, RFI_FIELD_DESCRIPTION,    RFI_FIELD_ESTIMATED_MINUTES,
  RFI_FIELD_HOLD_UNTIL,    RFI_FIELD_LABOUR,            RFI_FIELD_NOTES,
  RFI_FIELD_PARTS,         RFI_FIELD_PRIORITY,          RFI_FIELD_SCHEDULED_END,
  RFI_FIELD_SCHEDULED_START, RFI_FIELD_SKILLS,          RFI_FIELD_STATE,
  RFI_FIELD_STATUS,        RFI_FIELD_STORE_NAME,        RFI_FIELD_TITLE,
  RFI_FIELD_ZIP_CODE,
};

void
rfi_patch_append_canonical (const RfiPatch *self,
                            GString        *out)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_canonical_append_text_member (out, rfi_field_to_string (canonical_order[i]),
                                      self->values[canonical_order[i]]);
  g_string_append_c (out, '}');
}

RfiPatch *
rfi_patch_read_canonical (RfiCanonicalReader *reader)
{
  g_autoptr(RfiPatch) self = rfi_patch_new ();
  g_autoptr(GString) name = g_string_new (NULL);
  g_autoptr(GString) value = g_string_new (NULL);
  RfiField field;

  if (!rfi_canonical_skip (reader, '{'))
    return NULL;
  if (rfi_canonical_skip (reader, '}'))
    return g_steal_pointer (&self);

  do
    {
      if (!rfi_canonical_read_name (reader, name) || !rfi_field_from_string (name->str, &field) ||
          !rfi_canonical_read_string (reader, value))
        return NULL;
      rfi_patch_set (self, field, value->str);
    }
  while (rfi_canonical_skip (reader, ','));

  return rfi_canonical_skip (reader, '}') ? g_steal_pointer (&self) : NULL;
}
