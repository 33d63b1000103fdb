/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-choice-settings"

#include "config.h"

#include "rfi-choice-settings.h"

#include <string.h>

#define KEY "conflict-choices"

gboolean
rfi_choice_settings_may (RfiField field)
{
  return rfi_field_get_rule (field) != RFI_MERGE_STATE_MACHINE &&
         rfi_field_get_rule (field) != RFI_MERGE_SERVER_WINS;
}

int
rfi_choice_settings_get (GSettings *settings,
                         RfiField   field)
{
  g_autoptr(GVariant) choices = g_settings_get_value (settings, KEY);
  const char *word;

  if (!g_variant_lookup (choices, rfi_field_to_string (field), "&s", &word))
    return 0;
  return strcmp (word, "mine") == 0 ? 1 : strcmp (word, "theirs") == 0 ? -1 : 0;
}

void
rfi_choice_settings_set (GSettings *settings,
                         RfiField   field,
                         int        choice)
{
  g_autoptr(GVariant) choices = g_settings_get_value (settings, KEY);
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *name = rfi_field_to_string ((RfiField) i);
      const char *word = NULL;

      if (i == field)
        word = choice > 0 ? "mine" : choice < 0 ? "theirs" : NULL;
      else if (!g_variant_lookup (choices, name, "&s", &word))
        word = NULL;
      if (word != NULL)
        g_variant_builder_add (&builder, "{ss}", name, word);
    }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}
