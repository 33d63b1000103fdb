/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-merge-dialog"

#include "config.h"

#include "rfi-merge-dialog.h"

#include "rfi-difference.h"
#include "rfi-text-merge.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiMergeDialog
{
  AdwWindow      parent_instance;

  RfiField       field;
  GPtrArray     *parts;    /* (owned) (element-type RfiTextPart) */
  RfiPartChoice *choices;  /* (owned): one for each collision */
  gboolean       filling;

  GtkLabel      *mine;     /* template children, from here on */
  GtkLabel      *theirs;
  GtkLabel      *mine_title;
  GtkLabel      *theirs_title;
  GtkLabel      *places_title;
  GtkListBox    *places;
  GtkWidget     *by_hand;
  GtkTextView   *text;
  GtkLabel      *problem;
  GtkWidget     *use;
};

G_DEFINE_FINAL_TYPE (RfiMergeDialog, rfi_merge_dialog, ADW_TYPE_WINDOW)

enum {
  MERGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Returns: (transfer full) */
static char *
get_text (RfiMergeDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
judge (RfiMergeDialog *self)
{
  g_autofree char *text = get_text (self);
  RfiFieldProblem problem = rfi_field_check (self->field, text);
  g_autofree char *words = rfi_words_field_problem (self->field, problem);

  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *words != '\0');
  gtk_widget_set_sensitive (self->use, problem == RFI_FIELD_OK);
}

static void
fill (RfiMergeDialog *self)
{
  g_autofree char *text = rfi_text_merge_join (self->parts, self->choices);

  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->places), TRUE);
  gtk_widget_set_visible (self->by_hand, FALSE);
  judge (self);
}

/* What was typed is not to be lost by a choice. */
static void
text_changed_cb (RfiMergeDialog *self)
{
  if (self->filling)
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->places), FALSE);
  gtk_widget_set_visible (self->by_hand,
                          rfi_text_merge_count_collisions (self->parts) > 0);
  judge (self);
}

static void
start_over_cb (RfiMergeDialog *self)
{
  fill (self);
}

static void
use_cb (RfiMergeDialog *self)
{
  g_autofree char *text = get_text (self);

  g_signal_emit (self, signals[MERGED], 0, text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
choice_toggled_cb (GtkToggleButton *button,
                   RfiMergeDialog  *self)
{
  guint place = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "place"));

  if (!gtk_toggle_button_get_active (button))
    return;

  self->choices[place] =
    (RfiPartChoice) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "choice"));
  fill (self);
}

static GtkWidget *
make_choices (RfiMergeDialog *self,
              guint           place)
{
  static const struct {
    RfiPartChoice  choice;
    const char    *words;
  } choices[] = {
    { RFI_PART_TAKE_BOTH, N_("Both") },
    { RFI_PART_TAKE_MINE, N_("Yours") },
    { RFI_PART_TAKE_THEIRS, N_("Server") },
    { RFI_PART_TAKE_BASE, N_("Neither") },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *group = NULL;

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(choices[i].words));

      g_object_set_data (G_OBJECT (button), "place", GUINT_TO_POINTER (place));
      g_object_set_data (G_OBJECT (button), "choice", GUINT_TO_POINTER (choices[i].choice));
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      group = button;
      g_signal_connect_object (button, "toggled", G_CALLBACK (choice_toggled_cb), self, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/* @words: (transfer full) */
static GtkWidget *
make_words (char *words)
{
  GtkWidget *label = gtk_label_new (words);

  g_free (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static const char *
or_nothing (const char *text)
{
  return *text != '\0' ? text : _("(nothing)");
}

/* One place where both wrote. */
static GtkWidget *
make_place (RfiMergeDialog    *self,
            const RfiTextPart *part,
            guint              place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  /* translators: %s is what a person wrote at some place of a text */
  gtk_box_append (GTK_BOX (box), make_words (g_strdup_printf (_("Yours: %s"),
                                                                or_nothing (part->mine))));
  /* translators: %s is what another person wrote at some place of a text */
  gtk_box_append (GTK_BOX (box), make_words (g_strdup_printf (_("Server: %s"),
                                                                or_nothing (part->theirs))));
  gtk_box_append (GTK_BOX (box), make_choices (self, place));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
fill_places (RfiMergeDialog *self)
{
  guint n = rfi_text_merge_count_collisions (self->parts);
  guint place = 0;
  g_autofree char *words = g_strdup_printf (
    ngettext ("Both wrote at %u place", "Both wrote at %u places", n), n);

  gtk_label_set_label (self->places_title, n > 0 ? words : _("Both changes fit together"));
  gtk_widget_set_visible (GTK_WIDGET (self->places), n > 0);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const RfiTextPart *part = g_ptr_array_index (self->parts, i);

      if (part->kind == RFI_PART_COLLISION)
        gtk_list_box_append (self->places, make_place (self, part, place++));
    }
}

static void
rfi_merge_dialog_finalize (GObject *object)
{
  RfiMergeDialog *self = RFI_MERGE_DIALOG (object);

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->choices);

  G_OBJECT_CLASS (rfi_merge_dialog_parent_class)->finalize (object);
}

static void
rfi_merge_dialog_class_init (RfiMergeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rfi_merge_dialog_finalize;

  signals[MERGED] = g_signal_new ("merged", RFI_TYPE_MERGE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/conflicts/rfi-merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, mine);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, theirs);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, mine_title);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, theirs_title);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, places_title);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, places);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, by_hand);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, text);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiMergeDialog, use);
  gtk_widget_class_bind_template_callback (widget_class, start_over_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
rfi_merge_dialog_init (RfiMergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
rfi_merge_dialog_new (GtkWindow  *parent,
                      RfiField    field,
                      const char *base,
                      const char *mine,
                      const char *theirs,
                      const char *mine_name,
                      const char *theirs_name)
{
  RfiMergeDialog *self = g_object_new (RFI_TYPE_MERGE_DIALOG, "transient-for", parent, NULL);
  g_autofree char *mine_words = rfi_difference_markup (base, mine);
  g_autofree char *their_words = rfi_difference_markup (base, theirs);
  /* translators: %s is a field's name */
  g_autofree char *title = g_strdup_printf (_("Merge Text of %s"), rfi_words_field (field));

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->field = field;
  self->parts = rfi_text_merge (base, mine, theirs);
  self->choices = g_new0 (RfiPartChoice, rfi_text_merge_count_collisions (self->parts) + 1);
  gtk_label_set_markup (self->mine, mine_words);
  gtk_label_set_markup (self->theirs, their_words);
  gtk_label_set_label (self->mine_title, mine_name);
  gtk_label_set_label (self->theirs_title, theirs_name);
  fill_places (self);
  fill (self);
  return GTK_WIDGET (self);
}
