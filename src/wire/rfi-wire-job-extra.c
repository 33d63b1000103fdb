/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-job-extra"

#include "config.h"

#include "rfi-wire-job-extra.h"

#include "rfi-item-list.h"
#include "rfi-time.h"
#include "rfi-wire-members.h"

#include <string.h>

static gboolean
read_time (const RfiJson *value,
           GString       *out)
{
  g_autofree char *text = rfi_json_dup_string (value);
  char canonical[RFI_TIME_TEXT_SIZE];
  gint64 ms;

  if (text == NULL || !rfi_time_parse (text, -1, &ms))
    return FALSE;

  rfi_time_format (ms, canonical);
  g_string_append (out, canonical);
  return TRUE;
}

static gboolean
read_minutes (const RfiJson *value,
              GString       *out)
{
  gint64 minutes;

  if (!rfi_json_get_int (value, &minutes) || minutes < 0 || minutes > 999999)
    return FALSE;

  g_string_append_printf (out, "%" G_GINT64_FORMAT, minutes);
  return TRUE;
}

static gboolean
read_text (const RfiJson *value,
           GString       *out)
{
  if (rfi_json_get_type (value) != RFI_JSON_STRING)
    return FALSE;

  rfi_json_read_text (value, out);
  return TRUE;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Sorted, each once. */
static gboolean
read_skills (const RfiJson *value,
             GString       *out)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) joined = g_string_new (NULL);
  RfiJsonIter iter;
  RfiJson item;

  if (rfi_json_get_type (value) != RFI_JSON_ARRAY)
    return FALSE;

  rfi_json_iter_init (&iter, value);
  while (rfi_json_iter_next (&iter, NULL, &item))
    g_ptr_array_add (words, rfi_json_dup_text (&item));

  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (words, i - 1), g_ptr_array_index (words, i)) != 0)
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "",
                              (char *) g_ptr_array_index (words, i));

  if (rfi_field_check (RFI_FIELD_SKILLS, joined->str) != RFI_FIELD_OK)
    return FALSE;

  g_string_append_len (out, joined->str, (gssize) joined->len);
  return TRUE;
}

static RfiItem *
dup_item (RfiField       field,
          const RfiJson *value)
{
  const char *who_name = field == RFI_FIELD_NOTES ? "author" : "technician";
  const char *text_name = field == RFI_FIELD_NOTES ? "text" : "name";
  const char *number_name = field == RFI_FIELD_LABOUR ? "minutes" : "quantity";
  g_autofree char *id = rfi_wire_dup_member (value, "id");
  g_autofree char *who = field != RFI_FIELD_PARTS ? rfi_wire_dup_member (value, who_name) : NULL;
  g_autofree char *text =
    field != RFI_FIELD_LABOUR ? rfi_wire_dup_member (value, text_name) : NULL;

  return rfi_item_new (id != NULL ? id : "", who, text,
                       field != RFI_FIELD_NOTES ? rfi_wire_get_int (value, number_name, 0) : 0);
}

/* Lists that are written as they are kept, as our own server does, need not be made anew. */
static gboolean
read_items_as_kept (RfiField       field,
                    const RfiJson *value,
                    GString       *out)
{
  gsize begin = out->len;

  g_string_append_len (out, value->at, value->end - value->at);
  if (rfi_item_list_check (field, out->str + begin))
    return TRUE;

  g_string_truncate (out, begin);
  return FALSE;
}

static gboolean
read_items (RfiField       field,
            const RfiJson *value,
            GString       *out)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_item_free);
  g_autofree char *text = NULL;
  RfiJsonIter iter;
  RfiJson item;

  if (rfi_json_get_type (value) != RFI_JSON_ARRAY)
    return FALSE;
  if (read_items_as_kept (field, value, out))
    return TRUE;

  rfi_json_iter_init (&iter, value);
  while (rfi_json_iter_next (&iter, NULL, &item))
    g_ptr_array_add (items, dup_item (field, &item));

  text = rfi_item_list_to_text (field, items);
  if (!rfi_item_list_check (field, text))
    return FALSE;

  g_string_append (out, text);
  return TRUE;
}

gboolean
rfi_wire_job_extra_read (RfiField       field,
                         const RfiJson *value,
                         GString       *out)
{
  switch ((int) field)
    {
    case RFI_FIELD_SCHEDULED_START:
    case RFI_FIELD_SCHEDULED_END:
    case RFI_FIELD_HOLD_UNTIL:
      return read_time (value, out);
    case RFI_FIELD_ESTIMATED_MINUTES:
      return read_minutes (value, out);
    case RFI_FIELD_SKILLS:
      return read_skills (value, out);
    case RFI_FIELD_COMPLETION_NOTES:
      return read_text (value, out);
    default:
      return read_items (field, value, out);
    }
}

static void
append_skills (GString    *out,
               const char *skills)
{
  g_auto(GStrv) words = g_strsplit (skills, ",", -1);

  g_string_append_c (out, '[');
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_json_append_string (out, words[i]);
    }
  g_string_append_c (out, ']');
}

void
rfi_wire_job_extra_append (GString      *out,
                           const RfiJob *job)
{
  if (job->extra == NULL)
    return;

  for (guint i = RFI_N_CONTRACT_FIELDS; i < RFI_N_FIELDS; i++)
    {
      const char *value = rfi_job_get_field (job, (RfiField) i);

      if (*value == '\0')
        continue;

      rfi_wire_append_name (out, rfi_field_to_string ((RfiField) i));
      if (i == RFI_FIELD_SKILLS)
        append_skills (out, value);
      else if (i == RFI_FIELD_ESTIMATED_MINUTES || i >= RFI_FIELD_PARTS)
        /* Text that is JSON already. */
        g_string_append (out, value);
      else
        rfi_json_append_string (out, value);
    }
}
