/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-filter-text"

#include "config.h"

#include "rfi-job-filter-text.h"

/* Words instead of numbers wherever there are any: the numbers are this version's own. */
static const char *const marks[] = { "confirmed", "syncing", "queued", "failed", "conflict" };
static const char *const photos[] = { "any", "some", "none" };
static const char *const schedules[] = { "any", "none", "past", "today", "tomorrow", "week" };

G_STATIC_ASSERT (G_N_ELEMENTS (marks) == RFI_MARK_CONFLICT + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (photos) == RFI_N_PHOTOS_WANTED);
G_STATIC_ASSERT (G_N_ELEMENTS (schedules) == RFI_N_SCHEDULES_WANTED);

static void
put_words (GVariantDict      *dict,
           const char        *key,
           guint              bits,
           const char *const *words,
           guint              n_words)
{
  g_autoptr(GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < n_words; i++)
    if (bits & 1u << i)
      g_ptr_array_add (chosen, (gpointer) words[i]);
  if (chosen->len > 0)
    g_variant_dict_insert_value (dict, key,
                                 g_variant_new_strv ((const char *const *) chosen->pdata,
                                                     (gssize) chosen->len));
}

static guint
take_words (GVariantDict      *dict,
            const char        *key,
            const char *const *words,
            guint              n_words)
{
  g_autofree const char **chosen = NULL;
  guint bits = 0;

  if (!g_variant_dict_lookup (dict, key, "^a&s", &chosen))
    return 0;

  for (guint i = 0; chosen[i] != NULL; i++)
    for (guint j = 0; j < n_words; j++)
      if (g_str_equal (chosen[i], words[j]))
        bits |= 1u << j;
  return bits;
}

static void
put_text (GVariantDict *dict,
          const char   *key,
          const char   *text)
{
  if (text != NULL && *text != '\0')
    g_variant_dict_insert (dict, key, "s", text);
}

static guint
take_word (GVariantDict      *dict,
           const char        *key,
           const char *const *words,
           guint              n_words)
{
  const char *word;

  if (!g_variant_dict_lookup (dict, key, "&s", &word))
    return 0;

  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (word, words[i]))
      return i;
  return 0;
}

/* What the model calls them. */
static void
list_words (const char **statuses,
            const char **priorities)
{
  for (int i = 0; i < RFI_N_STATUSES; i++)
    statuses[i] = rfi_status_to_string (i);
  for (int i = 0; i < RFI_N_PRIORITIES; i++)
    priorities[i] = rfi_priority_to_string (i);
}

static void
put_criteria (GVariantDict         *dict,
              const RfiJobCriteria *criteria)
{
  put_text (dict, "place", criteria->place);
  put_text (dict, "created-by", criteria->created_by);
  if (criteria->older_hours > 0)
    g_variant_dict_insert (dict, "older-hours", "u", criteria->older_hours);
  if (criteria->photos != RFI_PHOTOS_ANY)
    put_text (dict, "photos", photos[criteria->photos]);
  if (criteria->schedule != RFI_WHEN_ANY)
    put_text (dict, "schedule", schedules[criteria->schedule]);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* A dictionary has no order of its own. */
static char *
print_sorted (GVariant *dict)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autofree char *text = g_variant_print (value, TRUE);

      g_ptr_array_add (entries, g_strdup_printf ("'%s': <%s>", key, text));
      g_variant_unref (value);
    }
  g_ptr_array_sort (entries, compare_entries);
  g_ptr_array_add (entries, NULL);
  joined = g_strjoinv (", ", (char **) entries->pdata);
  return g_strdup_printf ("{%s}", joined);
}

char *
rfi_job_filter_to_text (RfiJobFilter *self)
{
  const char *statuses[RFI_N_STATUSES], *priorities[RFI_N_PRIORITIES];
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GPtrArray) people = NULL;

  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), NULL);

  list_words (statuses, priorities);
  people = rfi_job_filter_list_technicians (self);
  put_text (&dict, "text", rfi_job_filter_get_text (self));
  put_words (&dict, "statuses", rfi_job_filter_get_statuses (self), statuses, RFI_N_STATUSES);
  put_words (&dict, "priorities", rfi_job_filter_get_priorities (self), priorities,
             RFI_N_PRIORITIES);
  put_words (&dict, "marks", rfi_job_filter_get_marks (self), marks, G_N_ELEMENTS (marks));
  if (people->len > 0)
    g_variant_dict_insert_value (&dict, "technicians",
                                 g_variant_new_strv ((const char *const *) people->pdata,
                                                     (gssize) people->len));
  put_text (&dict, "vendor", rfi_job_filter_get_vendor (self));
  put_criteria (&dict, rfi_job_filter_get_criteria (self));

  value = g_variant_ref_sink (g_variant_dict_end (&dict));
  return print_sorted (value);
}

static void
take_criteria (GVariantDict *dict,
               RfiJobFilter *filter)
{
  RfiJobCriteria criteria = { 0 };

  g_variant_dict_lookup (dict, "place", "s", &criteria.place);
  g_variant_dict_lookup (dict, "created-by", "s", &criteria.created_by);
  g_variant_dict_lookup (dict, "older-hours", "u", &criteria.older_hours);
  criteria.photos = take_word (dict, "photos", photos, G_N_ELEMENTS (photos));
  criteria.schedule = take_word (dict, "schedule", schedules, G_N_ELEMENTS (schedules));
  rfi_job_filter_set_criteria (filter, &criteria);
  rfi_job_criteria_clear (&criteria);
}

RfiJobFilter *
rfi_job_filter_from_text (const char *text)
{
  const char *statuses[RFI_N_STATUSES], *priorities[RFI_N_PRIORITIES];
  g_autoptr(GVariant) value = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (value);
  g_autofree const char **people = NULL;
  RfiJobFilter *filter;
  const char *word;

  if (value == NULL)
    return NULL;

  filter = rfi_job_filter_new ();
  list_words (statuses, priorities);
  if (g_variant_dict_lookup (&dict, "text", "&s", &word))
    rfi_job_filter_set_text (filter, word);
  rfi_job_filter_set_statuses (filter, take_words (&dict, "statuses", statuses, RFI_N_STATUSES));
  rfi_job_filter_set_priorities (filter, take_words (&dict, "priorities", priorities,
                                                     RFI_N_PRIORITIES));
  rfi_job_filter_set_marks (filter, take_words (&dict, "marks", marks, G_N_ELEMENTS (marks)));
  if (g_variant_dict_lookup (&dict, "technicians", "^a&s", &people))
    for (guint i = 0; people[i] != NULL; i++)
      rfi_job_filter_set_technician (filter, people[i], TRUE);
  if (g_variant_dict_lookup (&dict, "vendor", "&s", &word))
    rfi_job_filter_set_vendor (filter, word);
  take_criteria (&dict, filter);
  return filter;
}
