/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-row"

#include "config.h"

#include "rfi-conflict-row.h"

#include "rfi-conflict-words.h"
#include "rfi-conflict-wait.h"
#include "rfi-format.h"
#include "rfi-job-table.h"

#include <glib/gi18n.h>

static GtkWidget *
make_label (const char *text,
            const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return label;
}

/* "QuickStop #3 · Arlington", or "" where the job is not known. */
static char *
place_words (RfiSession  *session,
             RfiConflict *conflict)
{
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (session), conflict->job_id);

  return state != NULL
           ? g_strdup_printf ("%s · %s", state->work->store_name, state->work->city)
           : g_strdup ("");
}

/* "You and Kim Doyle" */
static char *
people_words (RfiSession  *session,
              RfiConflict *conflict)
{
  g_autofree char *owner = rfi_conflict_words_owner (session, conflict);
  g_autofree char *other = rfi_conflict_words_other (session, conflict);

  /* translators: the two people whose changes met */
  return g_strdup_printf (_("%s and %s"), owner, other);
}

static GtkWidget *
make_head (RfiConflict *conflict)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = make_label (conflict->job_title, "heading");
  g_autofree char *age = rfi_format_age (conflict->detected_at);
  GtkWidget *when = make_label (age, "caption");
  RfiConflictWait wait = rfi_conflict_wait_judge (conflict, g_get_real_time () / 1000);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (when, wait == RFI_CONFLICT_WAIT_LONG ? "rfi-error" : "dim-label");
  gtk_box_append (GTK_BOX (head), title);
  if (rfi_conflict_facts_is_investigated (conflict->facts))
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("system-search-symbolic");

      gtk_widget_set_tooltip_text (image, _("Somebody looks into it"));
      gtk_box_append (GTK_BOX (head), image);
    }
  gtk_box_append (GTK_BOX (head), when);
  return head;
}

static void
name_row (GtkListBoxRow *row,
          RfiConflict   *conflict,
          const char    *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  conflict->job_title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

/* By whom, when, and what came of it. */
static void
fill_settled (GtkListBoxRow *row,
              RfiSession    *session,
              RfiConflict   *conflict)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *image = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *title = make_label (conflict->job_title, NULL);
  g_autofree char *settler = rfi_conflict_words_settler (session, conflict);
  g_autofree char *clock = rfi_format_clock (conflict->facts->resolved_at);
  g_autofree char *outcome = rfi_conflict_words_settled (session, conflict);
  /* translators: a name, a time, then what came of it */
  g_autofree char *words = g_strdup_printf (_("%s · %s · %s"), settler, clock, outcome);
  GtkWidget *how = make_label (words, "caption");

  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_add_css_class (how, "dim-label");
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), words);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), how);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), box);
  gtk_list_box_row_set_child (row, line);
  name_row (row, conflict, words);
}

static void
fill (GtkListBoxRow *row,
      RfiSession    *session,
      RfiConflict   *conflict)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *place = place_words (session, conflict);
  g_autofree char *fields = rfi_conflict_words_fields (conflict);
  g_autofree char *people = people_words (session, conflict);
  GtkWidget *what = make_label (fields, "caption-heading");
  GtkWidget *who = make_label (people, "caption");

  gtk_box_append (GTK_BOX (box), make_head (conflict));
  if (*place != '\0')
    {
      GtkWidget *where = make_label (place, "caption");

      gtk_widget_add_css_class (where, "dim-label");
      gtk_box_append (GTK_BOX (box), where);
    }
  gtk_widget_add_css_class (what, "rfi-error");
  gtk_box_append (GTK_BOX (box), what);
  gtk_widget_add_css_class (who, "dim-label");
  gtk_box_append (GTK_BOX (box), who);
  gtk_list_box_row_set_child (row, box);
  name_row (row, conflict, fields);
}

static void
record_changed_cb (RfiRecordItem *item,
                   GParamSpec    *pspec,
                   GtkWidget     *row)
{
  fill (GTK_LIST_BOX_ROW (row), g_object_get_data (G_OBJECT (row), "session"),
        rfi_record_item_get (item));
}

GtkWidget *
rfi_conflict_row_new (RfiSession    *session,
                      RfiRecordItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();

  g_object_set_data_full (G_OBJECT (row), "session", g_object_ref (session), g_object_unref);
  if (rfi_conflict_facts_is_settled (((RfiConflict *) rfi_record_item_get (item))->facts))
    {
      fill_settled (GTK_LIST_BOX_ROW (row), session, rfi_record_item_get (item));
      return row;
    }

  g_signal_connect_object (item, "notify::record", G_CALLBACK (record_changed_cb), row, 0);
  fill (GTK_LIST_BOX_ROW (row), session, rfi_record_item_get (item));
  return row;
}
