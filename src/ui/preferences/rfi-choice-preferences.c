/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-choice-preferences"

#include "config.h"

#include "rfi-choice-preferences.h"

#include "rfi-choice-settings.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiChoicePreferences
{
  AdwPreferencesGroup parent_instance;

  GSettings          *settings;            /* (owned) */
  AdwComboRow        *rows[RFI_N_FIELDS];  /* (nullable) */
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (RfiChoicePreferences, rfi_choice_preferences, ADW_TYPE_PREFERENCES_GROUP)

/* In the order of the list. */
static const int choices[] = { 0, 1, -1 };

static void
show_choices (RfiChoicePreferences *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    for (guint j = 0; self->rows[i] != NULL && j < G_N_ELEMENTS (choices); j++)
      if (rfi_choice_settings_get (self->settings, (RfiField) i) == choices[j])
        adw_combo_row_set_selected (self->rows[i], j);
  self->filling = FALSE;
}

static void
selected_cb (AdwComboRow          *row,
             GParamSpec           *pspec,
             RfiChoicePreferences *self)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->filling || selected >= G_N_ELEMENTS (choices))
    return;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->rows[i] == row)
      rfi_choice_settings_set (self->settings, (RfiField) i, choices[selected]);
}

static void
add_row (RfiChoicePreferences *self,
         AdwExpanderRow       *expander,
         RfiField              field)
{
  const char *words[] = { _("Ask each time"), _("Always mine"), _("Always the server’s"), NULL };
  g_autoptr(GtkStringList) model = gtk_string_list_new (words);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rfi_words_field (field));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  self->rows[field] = ADW_COMBO_ROW (row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  adw_expander_row_add_row (expander, row);
}

static void
rfi_choice_preferences_dispose (GObject *object)
{
  g_clear_object (&RFI_CHOICE_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (rfi_choice_preferences_parent_class)->dispose (object);
}

static void
rfi_choice_preferences_class_init (RfiChoicePreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_choice_preferences_dispose;
}

static void
rfi_choice_preferences_init (RfiChoicePreferences *self)
{
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Conflicts"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Remembered choices"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander),
                                 _("Whose value wins when both changed a field; a status is always "
                                   "asked"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), expander);

  self->settings = g_settings_new (RFI_APP_ID);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_choice_settings_may ((RfiField) i))
      add_row (self, ADW_EXPANDER_ROW (expander), (RfiField) i);
  show_choices (self);
  g_signal_connect_object (self->settings, "changed::conflict-choices", G_CALLBACK (show_choices),
                           self, G_CONNECT_SWAPPED);
}
