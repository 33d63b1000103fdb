/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-table"

#include "config.h"

#include "rfi-conflict-table.h"

#include "rfi-conflict-words.h"
#include "rfi-deed-words.h"
#include "rfi-difference.h"
#include "rfi-format.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* Shorter values are shown whole; only a text is worth comparing word by word. */
#define LONG_TEXT 24

/* Shaping text is most of what showing a conflict costs: what looks alike is built once, and takes
 * the words of the next one. */
typedef struct
{
  GtkCheckButton *mine;          /* (nullable): only of a collision */
  GtkCheckButton *theirs;        /* (nullable) */
  GtkLabel       *seen;          /* (nullable) each, from here on */
  GtkLabel       *mine_value;
  GtkLabel       *theirs_value;
  GtkLabel       *result;
  GtkWidget      *merge;         /* of a text */
} Row;

typedef struct
{
  GtkLabel *title;
  GtkLabel *subtitle;
} Head;

/* The columns whose heads tell of the conflict. */
enum {
  HEAD_SEEN,
  HEAD_MINE,
  HEAD_SERVER,
  N_HEADS
};

struct _RfiConflictTable
{
  AdwBin       parent_instance;

  RfiSession  *session;             /* (owned) (nullable) */
  RfiDecision *decision;            /* (nullable): the page's */
  char        *shape;               /* (nullable): of what is built */
  Row          rows[RFI_N_FIELDS];
  Head         heads[N_HEADS];      /* of the grid */
  GtkLabel    *verdict;             /* (nullable): under the head of the result */
  gboolean     refreshing;
  gboolean     narrow;
};

enum {
  CHANGED,
  MERGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiConflictTable, rfi_conflict_table, ADW_TYPE_BIN)

/* What is settled is only read. */
static gboolean
is_settled (RfiConflictTable *self)
{
  return rfi_conflict_facts_is_settled (rfi_decision_get_conflict (self->decision)->facts);
}

static GtkWidget *
make_label (const char *text,
            const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return label;
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* @base: (nullable): to compare with. @value: (nullable) */
static void
fill_value (RfiConflictTable *self,
            GtkLabel         *label,
            RfiField          field,
            const char       *base,
            const char       *value)
{
  g_autofree char *words = rfi_deed_words_value (self->session, field, value);

  set_class (GTK_WIDGET (label), "dim-label", *words == '\0');
  if (*words != '\0' && base != NULL && value != NULL && strlen (value) > LONG_TEXT &&
      field != RFI_FIELD_ASSIGNED_TO && g_strcmp0 (base, value) != 0)
    {
      g_autofree char *markup = rfi_difference_markup (base, value);

      gtk_label_set_markup (label, markup);
    }
  else
    {
      gtk_label_set_use_markup (label, FALSE);
      gtk_label_set_label (label, *words != '\0' ? words : _("(none)"));
    }
}

/* @made: (out): the label, also where it is within something else */
static GtkWidget *
make_value (RfiConflictTable  *self,
            RfiField           field,
            const char        *base,
            const char        *value,
            GtkLabel         **made)
{
  GtkWidget *label = make_label ("", NULL);

  *made = GTK_LABEL (label);
  fill_value (self, *made, field, base, value);
  return label;
}

static void
chosen_cb (GtkCheckButton   *button,
           RfiConflictTable *self)
{
  if (self->refreshing || !gtk_check_button_get_active (button))
    return;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->rows[i].mine == button || self->rows[i].theirs == button)
      rfi_decision_choose (self->decision, (RfiField) i, self->rows[i].mine == button);

  rfi_conflict_table_refresh (self);
}

gboolean
rfi_conflict_table_can_merge (const RfiDecision *decision,
                              RfiField           field)
{
  return rfi_decision_get_outcome (decision, field) == RFI_MERGE_COLLISION &&
         rfi_decision_may_be_mine (decision, field) &&
         (field == RFI_FIELD_TITLE || field == RFI_FIELD_DESCRIPTION ||
          field == RFI_FIELD_COMPLETION_NOTES);
}

static void
merge_clicked_cb (GtkButton        *button,
                  RfiConflictTable *self)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (self->rows[i].merge == GTK_WIDGET (button))
      g_signal_emit (self, signals[MERGE], 0, i);
}

/* The radio button carries the column's and the field's names for assistive technology. */
static void
name_choice (GtkCheckButton *button,
             RfiField        field,
             const char     *column)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", rfi_words_field (field), column);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_choice (RfiConflictTable  *self,
             RfiField           field,
             const char        *column,
             GtkWidget         *value,
             GtkCheckButton   **button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  *button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (*button), GTK_ALIGN_START);
  name_choice (*button, field, column);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*button));
  gtk_widget_set_hexpand (value, TRUE);
  gtk_box_append (GTK_BOX (box), value);
  return box;
}

static GtkWidget *
make_merged (const char *words)
{
  GtkWidget *label = make_label (words, "caption");

  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
stack_up (GtkWidget *first,
          GtkWidget *second)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), first);
  if (second != NULL)
    gtk_box_append (GTK_BOX (box), second);
  return box;
}

static GtkWidget *
make_field_name (RfiConflictTable *self,
                 RfiField          field)
{
  RfiMergeOutcome outcome = rfi_decision_get_outcome (self->decision, field);
  GtkWidget *name = make_label (rfi_words_field (field), "heading");
  GtkWidget *what;

  if (outcome == RFI_MERGE_COLLISION && is_settled (self))
    {
      what = make_merged (_("collided"));
    }
  else if (outcome == RFI_MERGE_COLLISION)
    {
      what = make_label (rfi_conflict_table_can_merge (self->decision, field)
                           ? _("choose or merge")
                           : _("choose one"), "caption-heading");
      gtk_widget_add_css_class (what, "rfi-error");
    }
  else
    {
      what = make_merged (outcome == RFI_MERGE_SAME ? _("same on both") : _("merged"));
    }

  return stack_up (name, what);
}

/* "Yours", or whose it is. (transfer full) */
static char *
mine_title (RfiConflictTable *self)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);

  if (g_strcmp0 (conflict->operation->user_id, rfi_session_get_user (self->session)->id) == 0)
    return g_strdup (_("Yours"));
  return rfi_conflict_words_owner (self->session, conflict);
}

static GtkWidget *
make_mine (RfiConflictTable *self,
           RfiField          field)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  RfiPatch *patch = conflict->operation->patch;
  const char *mine = patch != NULL ? rfi_patch_get (patch, field) : NULL;
  g_autofree char *title = NULL;
  GtkWidget *value;

  if (mine == NULL)
    return make_merged (_("= unchanged"));

  value = make_value (self, field, rfi_patch_get (conflict->base, field), mine,
                      &self->rows[field].mine_value);
  if (rfi_decision_get_outcome (self->decision, field) != RFI_MERGE_COLLISION)
    return rfi_decision_get_outcome (self->decision, field) == RFI_MERGE_MINE
             ? stack_up (value, make_merged (_("merged, only one side changed it")))
             : value;
  if (is_settled (self))
    return value;

  if (!rfi_decision_may_be_mine (self->decision, field))
    value = stack_up (value, make_merged (field == RFI_FIELD_STATUS
                                            ? rfi_words_verdict (RFI_VERDICT_ILLEGAL_STEP)
                                            : _("takes no jobs any more")));
  title = mine_title (self);
  return make_choice (self, field, title, value, &self->rows[field].mine);
}

static GtkWidget *
make_theirs (RfiConflictTable *self,
             RfiField          field)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  RfiMergeOutcome outcome = rfi_decision_get_outcome (self->decision, field);
  GtkWidget *value;

  if (conflict->theirs == NULL)
    return make_merged (_("gone"));
  if (outcome == RFI_MERGE_MINE)
    return make_merged (_("= unchanged"));

  value = make_value (self, field, rfi_patch_get (conflict->base, field),
                      rfi_patch_get (conflict->theirs, field), &self->rows[field].theirs_value);
  if (outcome == RFI_MERGE_THEIRS)
    return stack_up (value, make_merged (_("merged, only one side changed it")));
  if (outcome != RFI_MERGE_COLLISION || is_settled (self))
    return value;

  return make_choice (self, field, _("Server"), value, &self->rows[field].theirs);
}

static void
join_choices (RfiConflictTable *self,
              RfiField          field)
{
  Row *row = &self->rows[field];

  if (row->mine == NULL || row->theirs == NULL)
    return;

  gtk_check_button_set_group (row->theirs, row->mine);
  gtk_widget_set_sensitive (GTK_WIDGET (row->mine),
                            rfi_decision_may_be_mine (self->decision, field));
  g_signal_connect_object (row->mine, "toggled", G_CALLBACK (chosen_cb), self, 0);
  g_signal_connect_object (row->theirs, "toggled", G_CALLBACK (chosen_cb), self, 0);
}

static GtkWidget *
in_cell (GtkWidget  *child,
         const char *style_class)
{
  GtkWidget *cell = adw_bin_new ();

  adw_bin_set_child (ADW_BIN (cell), child);
  gtk_widget_add_css_class (cell, "cell");
  if (style_class != NULL)
    gtk_widget_add_css_class (cell, style_class);
  return cell;
}

/* "version 3"; "" where it is not known. (transfer full) */
static char *
version_words (gint64 version)
{
  /* translators: %d is a number that counts the changes of a job */
  return version > 0 ? g_strdup_printf (_("version %d"), (int) version) : g_strdup ("");
}

/* "Server — Kim Doyle". (transfer full) */
static char *
server_title (RfiConflictTable *self,
              RfiConflict      *conflict)
{
  g_autofree char *name = rfi_conflict_words_other (self->session, conflict);

  /* translators: %s is who changed the job on the server */
  return conflict->theirs_by != NULL ? g_strdup_printf (_("Server — %s"), name)
                                     : g_strdup (_("Server"));
}

/* "typed 10:41, received 10:58 · version 5". (transfer full) */
static char *
server_subtitle (RfiConflict *conflict)
{
  gint64 typed_at = conflict->facts != NULL ? conflict->facts->theirs_typed_at : 0;
  g_autofree char *times = rfi_conflict_words_times (typed_at, conflict->theirs_at);
  g_autofree char *version = version_words (conflict->version);

  return g_strdup_printf ("%s%s%s", times, *times != '\0' && *version != '\0' ? " · " : "",
                          version);
}

static void
set_head (const Head *head,
          const char *title,
          const char *subtitle)
{
  gtk_label_set_label (head->title, title);
  gtk_label_set_label (head->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (head->subtitle), *subtitle != '\0');
}

static void
fill_heads (RfiConflictTable *self)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  g_autofree char *seen =
    version_words (conflict->facts != NULL ? conflict->facts->base_version : 0);
  g_autofree char *mine = mine_title (self);
  g_autofree char *mine_when =
    rfi_conflict_words_times (conflict->operation->created_at,
                              conflict->facts != NULL ? conflict->facts->received_at : 0);
  g_autofree char *server = server_title (self, conflict);
  g_autofree char *server_when = server_subtitle (conflict);

  set_head (&self->heads[HEAD_SEEN], _("When you last saw it"), seen);
  set_head (&self->heads[HEAD_MINE], mine, mine_when);
  set_head (&self->heads[HEAD_SERVER], server, server_when);
}

static GtkWidget *
make_head (Head *head)
{
  head->title = GTK_LABEL (make_label ("", "heading"));
  head->subtitle = GTK_LABEL (make_merged (""));
  return in_cell (stack_up (GTK_WIDGET (head->title), GTK_WIDGET (head->subtitle)), "head");
}

static GtkWidget *
make_result_head (RfiConflictTable *self)
{
  GtkWidget *verdict = make_label ("", "caption");

  self->verdict = GTK_LABEL (verdict);
  return in_cell (stack_up (make_label (_("Result"), "heading"), verdict), "head");
}

/* What comes of a field; of a text that both wrote with a way to put it together by hand. */
static GtkWidget *
make_result (RfiConflictTable *self,
             RfiField          field)
{
  GtkWidget *result = make_label ("", NULL);
  GtkWidget *button;
  g_autofree char *name = NULL;

  self->rows[field].result = GTK_LABEL (result);
  if (is_settled (self) || !rfi_conflict_table_can_merge (self->decision, field))
    return result;

  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), make_label (_("Merge Text…"), NULL));
  /* translators: %s is a field's name */
  name = g_strdup_printf (_("Merge Text of %s"), rfi_words_field (field));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (merge_clicked_cb), self, 0);
  self->rows[field].merge = button;
  return stack_up (result, button);
}

static void
attach_field (RfiConflictTable *self,
              GtkGrid          *grid,
              RfiField          field,
              int               line)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  GtkWidget *mine = in_cell (make_mine (self, field), "mine");
  GtkWidget *theirs = in_cell (make_theirs (self, field), "theirs");
  RfiChoice choice = rfi_decision_get_choice (self->decision, field);

  if (is_settled (self) && choice == RFI_CHOICE_MINE)
    gtk_widget_add_css_class (mine, "wins");
  else if (is_settled (self) && choice == RFI_CHOICE_THEIRS)
    gtk_widget_add_css_class (theirs, "wins");
  gtk_grid_attach (grid, in_cell (make_field_name (self, field), NULL), 0, line, 1, 1);
  gtk_grid_attach (grid,
                   in_cell (make_value (self, field, NULL, rfi_patch_get (conflict->base, field),
                                        &self->rows[field].seen),
                            "seen"), 1, line, 1, 1);
  gtk_grid_attach (grid, mine, 2, line, 1, 1);
  gtk_grid_attach (grid, theirs, 3, line, 1, 1);
  gtk_grid_attach (grid, in_cell (make_result (self, field), "result"), 4, line, 1, 1);
  join_choices (self, field);
}

static GtkWidget *
make_grid (RfiConflictTable *self)
{
  GtkWidget *grid = gtk_grid_new ();
  int line = 1;

  gtk_widget_add_css_class (grid, "rfi-conflict-grid");
  gtk_widget_set_overflow (grid, GTK_OVERFLOW_HIDDEN);
  gtk_grid_attach (GTK_GRID (grid), in_cell (make_label (_("Field"), "heading"), "head"), 0, 0, 1,
                   1);
  for (int head = 0; head < N_HEADS; head++)
    gtk_grid_attach (GTK_GRID (grid), make_head (&self->heads[head]), head + 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), make_result_head (self), 4, 0, 1, 1);
  fill_heads (self);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_decision_is_shown (self->decision, (RfiField) i))
      attach_field (self, GTK_GRID (grid), (RfiField) i, line++);

  for (int column = 1; column < 5; column++)
    gtk_widget_set_hexpand (gtk_grid_get_child_at (GTK_GRID (grid), column, 0), TRUE);
  return grid;
}

static void
append_named (GtkWidget  *card,
              const char *name,
              GtkWidget  *value)
{
  GtkWidget *caption = make_label (name, "caption-heading");

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (card), stack_up (caption, value));
}

static GtkWidget *
make_cards (RfiConflictTable *self)
{
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  g_autofree char *mine = mine_title (self);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      GtkWidget *card;

      if (!rfi_decision_is_shown (self->decision, field))
        continue;

      card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
      gtk_widget_add_css_class (card, "card");
      gtk_widget_add_css_class (card, "rfi-conflict-card");
      gtk_box_append (GTK_BOX (card), make_field_name (self, field));
      append_named (card, _("When you last saw it"),
                    make_value (self, field, NULL, rfi_patch_get (conflict->base, field),
                                &self->rows[field].seen));
      append_named (card, mine, make_mine (self, field));
      append_named (card, _("Server"), make_theirs (self, field));
      append_named (card, _("Result"), make_result (self, field));
      join_choices (self, field);
      gtk_box_append (GTK_BOX (cards), card);
    }

  return cards;
}

/* What is built for it, whatever its words are. Cards have names in them that are not kept at hand,
 * and what is settled has no choices. (transfer full) (nullable): like no other */
static char *
describe_shape (RfiConflictTable *self)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  RfiPatch *mine = conflict->operation->patch;
  GString *shape;

  if (self->narrow || is_settled (self))
    return NULL;

  shape = g_string_new (conflict->theirs != NULL ? "there" : "gone");
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;

      if (rfi_decision_is_shown (self->decision, field))
        g_string_append_printf (shape, " %u:%d%d%d%d", i,
                                (int) rfi_decision_get_outcome (self->decision, field),
                                mine != NULL && rfi_patch_has (mine, field),
                                rfi_decision_may_be_mine (self->decision, field),
                                rfi_conflict_table_can_merge (self->decision, field));
    }
  return g_string_free (shape, FALSE);
}

/* The words of another conflict in what was built for one like it. */
static void
fill_row (RfiConflictTable *self,
          RfiField          field)
{
  Row *row = &self->rows[field];
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  const char *base = rfi_patch_get (conflict->base, field);

  if (row->seen != NULL)
    fill_value (self, row->seen, field, NULL, base);
  if (row->mine_value != NULL)
    fill_value (self, row->mine_value, field, base,
                rfi_patch_get (conflict->operation->patch, field));
  if (row->theirs_value != NULL)
    fill_value (self, row->theirs_value, field, base, rfi_patch_get (conflict->theirs, field));
  if (row->mine != NULL)
    {
      g_autofree char *title = mine_title (self);

      name_choice (row->mine, field, title);
    }
}

static void
build (RfiConflictTable *self)
{
  memset (self->rows, 0, sizeof self->rows);
  memset (self->heads, 0, sizeof self->heads);
  self->verdict = NULL;
  adw_bin_set_child (ADW_BIN (self), self->narrow ? make_cards (self) : make_grid (self));
}

/* What was built stays for the next one, unseen. */
static void
show (RfiConflictTable *self)
{
  g_autofree char *shape = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->decision != NULL);
  if (self->decision == NULL)
    return;

  shape = describe_shape (self);
  if (shape == NULL || g_strcmp0 (shape, self->shape) != 0)
    {
      build (self);
    }
  else
    {
      fill_heads (self);
      for (guint i = 0; i < RFI_N_FIELDS; i++)
        fill_row (self, (RfiField) i);
    }
  g_free (self->shape);
  self->shape = g_steal_pointer (&shape);
  rfi_conflict_table_refresh (self);
}

/* The cell around a choice, tinted when it wins. */
static void
show_winner (GtkCheckButton *button,
             gboolean        wins)
{
  GtkWidget *cell = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_BIN);

  gtk_check_button_set_active (button, wins);
  if (cell != NULL)
    set_class (cell, "wins", wins);
}

static void
refresh_row (RfiConflictTable *self,
             RfiField          field)
{
  Row *row = &self->rows[field];
  RfiChoice choice = rfi_decision_get_choice (self->decision, field);
  const char *result = rfi_decision_get_result (self->decision, field);
  g_autofree char *words = NULL;

  if (row->mine != NULL)
    show_winner (row->mine, choice == RFI_CHOICE_MINE);
  if (row->theirs != NULL)
    show_winner (row->theirs, choice == RFI_CHOICE_THEIRS);
  if (row->result == NULL)
    return;

  words = rfi_deed_words_value (self->session, field, result);
  set_class (GTK_WIDGET (row->result), "dim-label", choice == RFI_CHOICE_OPEN);
  gtk_label_set_label (row->result, choice == RFI_CHOICE_OPEN ? _("(nothing chosen yet)")
                                    : *words != '\0'         ? words
                                                              : _("(none)"));
}

/* Said at once, before anything is sent. */
static void
refresh_verdict (RfiConflictTable *self)
{
  RfiConflict *conflict = rfi_decision_get_conflict (self->decision);
  RfiFault fault;
  gboolean allowed = rfi_decision_check (self->decision, &fault);
  g_autofree char *words = NULL;

  if (self->verdict == NULL)
    return;

  if (is_settled (self))
    {
      g_autofree char *clock = rfi_format_clock (conflict->facts->resolved_at);

      allowed = TRUE;
      /* translators: %s is a time */
      words = g_strdup_printf (_("settled %s"), clock);
    }
  else if (!allowed)
    words = rfi_conflict_words_fault (&fault);
  else if (conflict->version > 0 && conflict->theirs != NULL)
    /* translators: %d is a number that counts the changes of a job */
    words = g_strdup_printf (_("allowed, will be version %d"), (int) conflict->version + 1);
  else
    words = g_strdup (_("allowed"));
  gtk_label_set_label (self->verdict, words);
  set_class (GTK_WIDGET (self->verdict), "rfi-error", !allowed);
  set_class (GTK_WIDGET (self->verdict), "dim-label", allowed);
}

void
rfi_conflict_table_refresh (RfiConflictTable *self)
{
  g_return_if_fail (RFI_IS_CONFLICT_TABLE (self));

  if (self->decision == NULL)
    return;

  self->refreshing = TRUE;
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    refresh_row (self, (RfiField) i);
  self->refreshing = FALSE;
  refresh_verdict (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
rfi_conflict_table_set_decision (RfiConflictTable *self,
                                 RfiSession       *session,
                                 RfiDecision      *decision)
{
  g_return_if_fail (RFI_IS_CONFLICT_TABLE (self));

  g_set_object (&self->session, session);
  self->decision = decision;
  show (self);
}

void
rfi_conflict_table_set_narrow (RfiConflictTable *self,
                               gboolean          narrow)
{
  g_return_if_fail (RFI_IS_CONFLICT_TABLE (self));

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  show (self);
}

static void
rfi_conflict_table_dispose (GObject *object)
{
  g_clear_object (&RFI_CONFLICT_TABLE (object)->session);
  g_clear_pointer (&RFI_CONFLICT_TABLE (object)->shape, g_free);

  G_OBJECT_CLASS (rfi_conflict_table_parent_class)->dispose (object);
}

static void
rfi_conflict_table_class_init (RfiConflictTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_conflict_table_dispose;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_CONFLICT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MERGE] = g_signal_new ("merge", RFI_TYPE_CONFLICT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rfi_conflict_table_init (RfiConflictTable *self)
{
}
