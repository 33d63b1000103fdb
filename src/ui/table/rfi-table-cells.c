/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-cells"

#include "config.h"

#include "rfi-table-cells.h"

#include "rfi-format.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* In the order of RfiJobColumn. */
static const struct {
  const char *title;
  int         width;
  gboolean    shown;
} columns[RFI_N_JOB_COLUMNS] = {
  { N_("Priority"), 104, TRUE },
  { N_("Status"), 124, TRUE },
  { N_("Title"), 280, TRUE },
  { N_("Store"), 160, TRUE },
  { N_("City"), 120, TRUE },
  { N_("State"), 70, TRUE },
  { N_("Technician"), 160, TRUE },
  { N_("Created"), 140, TRUE },
  { N_("Changed"), 140, TRUE },
  { N_("Scheduled start"), 140, FALSE },
  { N_("Scheduled end"), 140, FALSE },
  { N_("Photos"), 76, TRUE },
  { N_("Sync state"), 112, TRUE },
  { N_("Id"), 130, FALSE },
  { N_("Description"), 320, FALSE },
  { N_("Address"), 180, FALSE },
  { N_("ZIP code"), 88, FALSE },
  { N_("Vendor"), 150, FALSE },
  { N_("Created by"), 150, FALSE },
  { N_("Estimated minutes"), 130, FALSE },
  { N_("Hold until"), 140, FALSE },
  { N_("Skills"), 150, FALSE },
  { N_("Completion notes"), 280, FALSE },
  { N_("Parts"), 76, FALSE },
  { N_("Labour minutes"), 120, FALSE },
  { N_("Notes"), 76, FALSE },
  { N_("Changes waiting"), 120, FALSE },
  { N_("Version"), 84, FALSE },
};

const char *
rfi_table_cells_title (RfiJobColumn column)
{
  return _(columns[column].title);
}

static char *
join_lines (const char *text)
{
  return g_strdelimit (g_strdup (text), "\r\n\t", ' ');
}

static const char *
get_word (RfiJobColumn column,
          RfiJobState *state,
          RfiMark      mark)
{
  if (column == RFI_JOB_COLUMN_PRIORITY)
    return rfi_words_priority (state->work->priority);
  if (column == RFI_JOB_COLUMN_STATUS)
    return rfi_words_status (state->work->status);
  return mark != RFI_MARK_CONFIRMED ? rfi_words_mark (mark) : "";
}

char *
rfi_table_cells_text (RfiJobColumn column,
                      RfiJobTable *jobs,
                      RfiJobState *state,
                      RfiMark      mark)
{
  gint64 number;

  if (rfi_job_column_get_kind (column) == RFI_COLUMN_TEXT)
    return join_lines (rfi_job_column_get_text (column, jobs, state));
  if (rfi_job_column_get_kind (column) == RFI_COLUMN_WORD)
    return g_strdup (get_word (column, state, mark));

  number = rfi_job_column_get_number (column, state);
  if (number == RFI_JOB_COLUMN_EMPTY)
    return g_strdup ("");
  if (rfi_job_column_get_kind (column) == RFI_COLUMN_TIME)
    return rfi_format_date_time (number);
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

const char *
rfi_table_cells_icon (RfiJobColumn column,
                      RfiJobState *state,
                      RfiMark      mark)
{
  if (column == RFI_JOB_COLUMN_PRIORITY)
    return rfi_words_priority_icon (state->work->priority);
  if (column == RFI_JOB_COLUMN_STATUS)
    return rfi_words_status_icon (state->work->status);
  return column == RFI_JOB_COLUMN_MARK && mark != RFI_MARK_CONFIRMED ? rfi_words_mark_icon (mark)
                                                                     : NULL;
}

gboolean
rfi_table_cells_is_right (RfiJobColumn column)
{
  return rfi_job_column_get_kind (column) == RFI_COLUMN_NUMBER;
}

int
rfi_table_cells_width (RfiJobColumn column)
{
  return columns[column].width;
}

gboolean
rfi_table_cells_is_shown (RfiJobColumn column)
{
  return columns[column].shown;
}

char *
rfi_table_cells_describe (const RfiJobColumn *shown,
                          guint               n_shown,
                          RfiJobTable        *jobs,
                          RfiJobState        *state,
                          RfiMark             mark)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n_shown; i++)
    {
      g_autofree char *text = rfi_table_cells_text (shown[i], jobs, state, mark);

      if (*text == '\0')
        continue;
      if (words->len > 0)
        g_string_append (words, "; ");
      /* translators: a column and what stands in it: "City: Dallas" */
      g_string_append_printf (words, _("%s: %s"), rfi_table_cells_title (shown[i]), text);
    }
  return g_string_free (words, FALSE);
}
