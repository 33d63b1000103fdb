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

/* The text is that of a GVariant. Nearly all there is needs no escape, and is written and read here
 * without making one.
 */

/* Whether GVariant would write it as it stands between two apostrophes. */
static gboolean
is_plain (const char *value)
{
  for (; *value != '\0'; value++)
    if (!g_ascii_isprint (*value) || *value == '\'' || *value == '\\')
      return FALSE;

  return TRUE;
}

static void
append_plain (GString    *out,
              const char *name,
              const char *value)
{
  g_string_append (out, out->len > 1 ? ", '" : "'");
  g_string_append (out, name);
  g_string_append (out, "': '");
  g_string_append (out, value);
  g_string_append_c (out, '\'');
}

/* Returns: (transfer full) (nullable): %NULL: it takes a GVariant */
static char *
write_plain (const RfiPatch *self)
{
  g_autoptr(GString) out = g_string_new ("{");

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      if (self->values[i] == NULL)
        continue;
      if (!is_plain (self->values[i]))
        return NULL;

      append_plain (out, rfi_field_to_string ((RfiField) i), self->values[i]);
    }
  if (out->len == 1)
    return NULL;

  g_string_append_c (out, '}');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* @at: (inout): behind it then. Returns: (transfer full) (nullable): %NULL: it takes a GVariant */
static char *
read_plain_string (const char **at)
{
  const char *begin = *at + 1;
  const char *end;

  if (**at != '\'')
    return NULL;

  end = begin + strcspn (begin, "'\\");
  if (*end != '\'')
    return NULL;

  *at = end + 1;
  return g_strndup (begin, (gsize) (end - begin));
}

static void
set_named (RfiPatch   *self,
           const char *name,
           const char *value)
{
  RfiField field;

  /* A newer version may have written fields that this one does not know. */
  if (rfi_field_from_string (name, &field))
    rfi_patch_set (self, field, value);
}

/* Returns: (transfer full) (nullable): %NULL: it takes a GVariant */
static RfiPatch *
read_plain (const char *text)
{
  g_autoptr(RfiPatch) self = rfi_patch_new ();
  const char *at = text;

  for (const char *before = "{"; *before != '\0'; before = *at == '}' ? "" : ", ")
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!g_str_has_prefix (at, before))
        return NULL;
      at += strlen (before);
      name = read_plain_string (&at);
      if (name == NULL || !g_str_has_prefix (at, ": "))
        return NULL;
      at += strlen (": ");
      value = read_plain_string (&at);
      if (value == NULL)
        return NULL;

      set_named (self, name, value);
    }

  return strcmp (at, "}") == 0 ? g_steal_pointer (&self) : NULL;
}

char *
rfi_patch_to_text (const RfiPatch *self)
{
  char *plain = write_plain (self);
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) variant = NULL;

  if (plain != NULL)
    return plain;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->values[i] != NULL)
      g_variant_builder_add (&builder, "{ss}", rfi_field_to_string ((RfiField) i), self->values[i]);

  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (variant, FALSE);
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
