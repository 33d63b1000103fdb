/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-filter"

#include "config.h"

#include "rfi-job-filter.h"

#include "rfi-job-words.h"
#include "rfi-text-memory.h"
#include "rfi-text-pool.h"

#include <string.h>

/* What the first words found in a text that many jobs have in common is remembered, so that it is
 * read once. */
#define N_AT_ONCE RFI_TEXT_MEMORY_WORDS
#define IS_KNOWN RFI_TEXT_MEMORY_KNOWN

struct _RfiJobFilter
{
  GObject     parent_instance;

  char       *text;         /* as typed */
  char      **words;        /* folded */
  guint       priorities;   /* bits, 0 = all */
  guint       statuses;
  guint       marks;
  GHashTable *technicians;  /* (element-type utf8), empty = all */
  char       *vendor_id;    /* (nullable): all */
  RfiJobCriteria criteria;  /* whatever else is asked */
  RfiJobCriteriaTest criteria_test;  /* while jobs are tested */

  RfiTextMemory *texts;     /* (owned) */
  RfiTextMemory *names;     /* (owned): by number of the id of whom the name is */
  const guint8 *id_bytes;   /* (nullable): of the table whose names those are, not owned */
  guint       generation;   /* of that table */
  gboolean    remembers;
  guint       n_words;      /* while jobs are tested, as what follows */
  gboolean    may_be_id;    /* one of them may be found in an id */
  gboolean    has_choices;  /* more is asked than words */
  GString    *folded;       /* for folding into */
  gboolean    narrowed;
  guint       n_frozen;
  guint       n_active_frozen;  /* when it was */
};

enum {
  PROP_0,
  PROP_ACTIVE,
  PROP_N_ACTIVE,
  PROP_TEXT,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiJobFilter, rfi_job_filter, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static guint
count_active (RfiJobFilter *self)
{
  return (self->words[0] != NULL) + (self->priorities != 0) + (self->statuses != 0) +
         (self->marks != 0) + (g_hash_table_size (self->technicians) > 0) +
         (self->vendor_id != NULL) + rfi_job_criteria_count (&self->criteria);
}

static void
emit_changed (RfiJobFilter *self,
              guint         n_active_before,
              gboolean      narrowed)
{
  guint n_active = count_active (self);

  if (self->n_frozen > 0)
    return;

  self->narrowed = narrowed;
  g_signal_emit (self, signals[CHANGED], 0);
  self->narrowed = FALSE;

  if (n_active != n_active_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
  if ((n_active > 0) != (n_active_before > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
set_bits (RfiJobFilter *self,
          guint        *bits,
          guint         value)
{
  guint n_active_before = count_active (self);

  if (*bits == value)
    return;

  *bits = value;
  emit_changed (self, n_active_before, FALSE);
}

/* The words from @first on that @sought holds, as bits. */
static guint
find_words (RfiJobFilter *self,
            const char   *sought,
            guint         first)
{
  guint n = MIN (self->n_words - first, N_AT_ONCE);
  guint found = 0;

  for (guint i = 0; i < n; i++)
    if (strstr (sought, self->words[first + i]) != NULL)
      found |= 1u << i;

  return found;
}

/* Apart, so that it is known not to write over what it reads, and becomes few instructions. */
static void
fold_ascii (char *restrict       to,
            const char *restrict from,
            size_t               length)
{
  for (size_t i = 0; i < length; i++)
    {
      guchar byte = (guchar) from[i];

      to[i] = (char) (byte + ((guchar) (byte - 'A') < 26 ? 'a' - 'A' : 0));
    }
}

static guint
find_in_ascii (RfiJobFilter *self,
               const char   *text,
               size_t        length,
               guint         first)
{
  g_string_set_size (self->folded, length);
  fold_ascii (self->folded->str, text, length);
  return find_words (self, self->folded->str, first);
}

/* @text: interned */
static guint
find_in_text (RfiJobFilter *self,
              const char   *text,
              guint         first)
{
  gboolean is_folded;
  size_t length;
  const char *sought = rfi_text_pool_get_sought (text, &length, &is_folded);

  return is_folded ? find_words (self, sought, first)
                   : find_in_ascii (self, sought, length, first);
}

/* Looks into the name of whom or what an id means. What has a name is not sought by id.
 * @names: (nullable): as lists have it */
static guint
find_in_name (RfiJobFilter *self,
              const RfiJob *job,
              RfiSoughtText text,
              GHashTable   *names,
              guint         first)
{
  const char *id = _rfi_job_words_get_text (job, text);
  const char *own_name = text == RFI_SOUGHT_ASSIGNED_TO ? job->assigned_to_name : NULL;
  const char *name = names != NULL ? g_hash_table_lookup (names, id) : NULL;

  return find_in_text (self, name != NULL ? name : own_name != NULL ? own_name : id, first);
}

/* The words that one of the texts holds. Most have been read for another job: then nothing of
 * this one is. */
static guint
look_into (RfiJobFilter  *self,
           RfiJobState   *state,
           const guint32 *numbers,
           RfiSoughtText  text,
           GHashTable    *names,
           guint          first)
{
  gboolean is_name = text == RFI_SOUGHT_ASSIGNED_TO || text == RFI_SOUGHT_VENDOR;
  guint8 *memory = is_name ? self->names->found : self->texts->found;
  guint number = numbers[text];
  gboolean remembers = self->remembers && first == 0;
  guint words;

  if (number == 0)
    return 0;
  if (remembers && memory[number] != 0)
    return memory[number] & ~IS_KNOWN;

  words = is_name ? find_in_name (self, state->work, text, names, first)
                  : find_in_text (self, _rfi_job_words_get_text (state->work, text), first);
  if (remembers)
    memory[number] = (guint8) (words | IS_KNOWN);
  return words;
}

static gboolean
id_holds (const char *id,
          const char *word)
{
  size_t length = strlen (word);

  return strncmp (id, word, length) == 0 ||
         (length >= RFI_ID_WORD_LENGTH && strstr (id, word) != NULL);
}

static guint
look_into_id (RfiJobFilter *self,
              const char   *id,
              guint         first)
{
  guint n = MIN (self->n_words - first, N_AT_ONCE);
  guint found = 0;

  for (guint i = 0; i < n; i++)
    if (id_holds (id, self->words[first + i]))
      found |= 1u << i;

  return found;
}

/* What is remembered of the texts of a job, without a branch for each of them.
 * Returns: whether that says it all, as nearly always */
static inline gboolean
recall (RfiJobFilter  *self,
        const guint32 *numbers,
        guint          wanted,
        guint         *found)
{
  const guint8 *texts = self->texts->found;
  const guint8 *names = self->names->found;
  const guint8 memory[] = {
    texts[numbers[RFI_SOUGHT_TITLE]],       texts[numbers[RFI_SOUGHT_STORE_NAME]],
    texts[numbers[RFI_SOUGHT_CITY]],        texts[numbers[RFI_SOUGHT_ZIP_CODE]],
    texts[numbers[RFI_SOUGHT_ADDRESS]],     names[numbers[RFI_SOUGHT_ASSIGNED_TO]],
    names[numbers[RFI_SOUGHT_VENDOR]],      texts[numbers[RFI_SOUGHT_DESCRIPTION]],
  };
  guint known = IS_KNOWN;
  guint words = 0;

  for (guint i = 0; i < G_N_ELEMENTS (memory); i++)
    {
      known &= memory[i];
      words |= memory[i];
    }

  *found = words & ~IS_KNOWN;
  return known != 0 || (words & wanted) == wanted;
}

/* Whether the job has all the words from @first on, as far as they are looked for at once. */
static gboolean
test_words (RfiJobFilter  *self,
            RfiJobState   *state,
            const guint32 *numbers,
            GHashTable    *names,
            guint          first)
{
  guint n = MIN (self->n_words - first, N_AT_ONCE);
  guint wanted = (1u << n) - 1;
  guint found = 0;

  if (!self->remembers || first > 0 || !recall (self, numbers, wanted, &found))
    for (guint i = 0; i < RFI_N_SOUGHT_TEXTS && found != wanted; i++)
      found |= look_into (self, state, numbers, (RfiSoughtText) i, names, first);
  if (found != wanted && self->may_be_id)
    found |= look_into_id (self, state->work->id, first);

  return found == wanted;
}

static gboolean
test_text (RfiJobFilter  *self,
           RfiJobState   *state,
           const guint32 *numbers,
           GHashTable    *names)
{
  for (guint first = 0; first < self->n_words; first += N_AT_ONCE)
    if (!test_words (self, state, numbers, names, first))
      return FALSE;

  return TRUE;
}

/* Whether any of the words is written with nothing but @id_bytes. */
static gboolean
may_be_id (RfiJobFilter *self,
           const guint8 *id_bytes)
{
  for (guint i = 0; i < self->n_words; i++)
    {
      const char *at = self->words[i];

      while (*at != '\0' && id_bytes[(guchar) *at] != 0)
        at++;
      if (*at == '\0')
        return TRUE;
    }

  return FALSE;
}

void
_rfi_job_filter_begin (RfiJobFilter *self,
                       const guint8 *id_bytes,
                       guint         generation)
{
  self->n_words = g_strv_length (self->words);
  self->has_choices = count_active (self) > (self->n_words > 0);
  rfi_job_criteria_end (&self->criteria_test);
  rfi_job_criteria_begin (&self->criteria, g_get_real_time () / 1000, &self->criteria_test);
  self->may_be_id = id_bytes == NULL || may_be_id (self, id_bytes);
  self->remembers = id_bytes != NULL && self->n_words > 0;
  if (!self->remembers)
    return;

  _rfi_text_memory_begin (self->texts, self->words, TRUE);
  /* With any change people may be called otherwise. */
  _rfi_text_memory_begin (self->names, self->words,
                          generation != 0 && generation == self->generation &&
                          id_bytes == self->id_bytes);
  self->id_bytes = id_bytes;
  self->generation = generation;
}

/* What is asked of a job besides the words. */
static gboolean
test_choices (RfiJobFilter *self,
              RfiJobState  *state)
{
  const RfiJob *job = state->work;

  if (self->priorities != 0 && (self->priorities >> job->priority & 1) == 0)
    return FALSE;
  if (self->statuses != 0 && (self->statuses >> job->status & 1) == 0)
    return FALSE;
  if (self->marks != 0 && (self->marks >> state->mark & 1) == 0)
    return FALSE;
  if (self->vendor_id != NULL && strcmp (self->vendor_id, job->vendor_id) != 0)
    return FALSE;
  if (!rfi_job_criteria_pass (&self->criteria_test, job))
    return FALSE;

  return g_hash_table_size (self->technicians) == 0 ||
         g_hash_table_contains (self->technicians,
                                job->assigned_to != NULL ? job->assigned_to : "");
}

gboolean
_rfi_job_filter_test (RfiJobFilter  *self,
                      RfiJobState   *state,
                      const guint32 *numbers,
                      GHashTable    *names)
{
  /* A search alone need not read the job. */
  if (self->has_choices && !test_choices (self, state))
    return FALSE;

  return test_text (self, state, numbers, names);
}

gboolean
_rfi_job_filter_recall (RfiJobFilter  *self,
                        const guint32 *numbers,
                        gboolean      *passes)
{
  guint wanted = (1u << self->n_words) - 1;
  guint found = 0;

  if (self->has_choices || self->n_words > N_AT_ONCE || (self->n_words > 0 && !self->remembers) ||
      (self->n_words > 0 && !recall (self, numbers, wanted, &found)))
    return FALSE;

  *passes = (found & wanted) == wanted;
  return *passes || !self->may_be_id;
}

void
_rfi_job_filter_fetch (RfiJobFilter  *self,
                       RfiJobState   *state,
                       const guint32 *numbers)
{
  if (!self->remembers)
    return;

  for (guint i = 0; i < RFI_N_SOUGHT_TEXTS; i++)
    if (self->texts->found[numbers[i]] == 0)
      __builtin_prefetch (_rfi_job_words_get_text (state->work, (RfiSoughtText) i));
  if (self->may_be_id)
    __builtin_prefetch (state->work->id);
}

gboolean
_rfi_job_filter_narrowed (RfiJobFilter *self)
{
  return self->narrowed;
}

static void
rfi_job_filter_finalize (GObject *object)
{
  RfiJobFilter *self = RFI_JOB_FILTER (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->technicians, g_hash_table_unref);
  g_clear_pointer (&self->vendor_id, g_free);
  rfi_job_criteria_end (&self->criteria_test);
  rfi_job_criteria_clear (&self->criteria);
  g_clear_pointer (&self->texts, _rfi_text_memory_free);
  g_clear_pointer (&self->names, _rfi_text_memory_free);
  g_string_free (self->folded, TRUE);

  G_OBJECT_CLASS (rfi_job_filter_parent_class)->finalize (object);
}

static void
rfi_job_filter_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RfiJobFilter *self = RFI_JOB_FILTER (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, count_active (self) > 0);
      break;

    case PROP_N_ACTIVE:
      g_value_set_uint (value, count_active (self));
      break;

    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_filter_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      rfi_job_filter_set_text (RFI_JOB_FILTER (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_filter_class_init (RfiJobFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_job_filter_finalize;
  object_class->get_property = rfi_job_filter_get_property;
  object_class->set_property = rfi_job_filter_set_property;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_N_ACTIVE] =
    g_param_spec_uint ("n-active", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL,
                         "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
rfi_job_filter_init (RfiJobFilter *self)
{
  self->text = g_strdup ("");
  self->words = g_new0 (char *, 1);
  self->folded = g_string_new (NULL);
  self->texts = _rfi_text_memory_new ();
  self->names = _rfi_text_memory_new ();
  self->technicians = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RfiJobFilter *
rfi_job_filter_new (void)
{
  return g_object_new (RFI_TYPE_JOB_FILTER, NULL);
}

const char *
rfi_job_filter_get_text (RfiJobFilter *self)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), NULL);

  return self->text;
}

void
rfi_job_filter_set_text (RfiJobFilter *self,
                         const char   *text)
{
  g_auto(GStrv) before = NULL;
  guint n_active_before;
  gboolean narrowed;

  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  if (text == NULL)
    text = "";
  if (strcmp (self->text, text) == 0)
    return;

  n_active_before = count_active (self);
  before = g_steal_pointer (&self->words);
  self->words = _rfi_job_words_split (text);
  g_free (self->text);
  self->text = g_strdup (text);

  if (!g_strv_equal ((const char *const *) before, (const char *const *) self->words))
    {
      narrowed = _rfi_job_words_narrow (before, self->words);
      emit_changed (self, n_active_before, narrowed);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

guint
rfi_job_filter_get_priorities (RfiJobFilter *self)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), 0);

  return self->priorities;
}

void
rfi_job_filter_set_priorities (RfiJobFilter *self,
                               guint         priorities)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  set_bits (self, &self->priorities, priorities);
}

guint
rfi_job_filter_get_statuses (RfiJobFilter *self)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), 0);

  return self->statuses;
}

void
rfi_job_filter_set_statuses (RfiJobFilter *self,
                             guint         statuses)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  set_bits (self, &self->statuses, statuses);
}

guint
rfi_job_filter_get_marks (RfiJobFilter *self)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), 0);

  return self->marks;
}

void
rfi_job_filter_set_marks (RfiJobFilter *self,
                          guint         marks)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  set_bits (self, &self->marks, marks);
}

gboolean
rfi_job_filter_has_technician (RfiJobFilter *self,
                               const char   *user_id)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), FALSE);

  return g_hash_table_contains (self->technicians, user_id);
}

void
rfi_job_filter_set_technician (RfiJobFilter *self,
                               const char   *user_id,
                               gboolean      wanted)
{
  guint n_active_before;

  g_return_if_fail (RFI_IS_JOB_FILTER (self));
  g_return_if_fail (user_id != NULL);

  if (g_hash_table_contains (self->technicians, user_id) == !!wanted)
    return;

  n_active_before = count_active (self);
  if (wanted)
    g_hash_table_add (self->technicians, g_strdup (user_id));
  else
    g_hash_table_remove (self->technicians, user_id);
  emit_changed (self, n_active_before, FALSE);
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
rfi_job_filter_list_technicians (RfiJobFilter *self)
{
  GPtrArray *list = NULL;
  GHashTableIter iter;
  gpointer user_id;

  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), NULL);

  list = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->technicians);
  while (g_hash_table_iter_next (&iter, &user_id, NULL))
    g_ptr_array_add (list, user_id);

  g_ptr_array_sort (list, compare_text);
  return list;
}

const char *
rfi_job_filter_get_vendor (RfiJobFilter *self)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), NULL);

  return self->vendor_id;
}

void
rfi_job_filter_set_vendor (RfiJobFilter *self,
                           const char   *vendor_id)
{
  guint n_active_before;

  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  if (g_strcmp0 (self->vendor_id, vendor_id) == 0)
    return;

  n_active_before = count_active (self);
  g_free (self->vendor_id);
  self->vendor_id = g_strdup (vendor_id);
  emit_changed (self, n_active_before, FALSE);
}

const RfiJobCriteria *
rfi_job_filter_get_criteria (RfiJobFilter *self)
{
  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), NULL);

  return &self->criteria;
}

void
rfi_job_filter_set_criteria (RfiJobFilter         *self,
                             const RfiJobCriteria *criteria)
{
  guint n_active_before;

  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  if (rfi_job_criteria_equal (&self->criteria, criteria))
    return;

  n_active_before = count_active (self);
  rfi_job_criteria_copy (criteria, &self->criteria);
  emit_changed (self, n_active_before, FALSE);
}

void
rfi_job_filter_freeze (RfiJobFilter *self)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  if (self->n_frozen++ == 0)
    self->n_active_frozen = count_active (self);
}

void
rfi_job_filter_thaw (RfiJobFilter *self)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  if (--self->n_frozen == 0)
    emit_changed (self, self->n_active_frozen, FALSE);
}

void
rfi_job_filter_refresh (RfiJobFilter *self)
{
  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  if (rfi_job_criteria_is_timed (&self->criteria))
    emit_changed (self, count_active (self), FALSE);
}

void
rfi_job_filter_clear (RfiJobFilter *self)
{
  guint n_active_before;
  gboolean had_text;

  g_return_if_fail (RFI_IS_JOB_FILTER (self));

  n_active_before = count_active (self);
  had_text = *self->text != '\0';
  if (n_active_before == 0 && !had_text)
    return;

  g_free (self->text);
  self->text = g_strdup ("");
  g_strfreev (self->words);
  self->words = g_new0 (char *, 1);
  self->priorities = self->statuses = self->marks = 0;
  g_hash_table_remove_all (self->technicians);
  g_clear_pointer (&self->vendor_id, g_free);
  rfi_job_criteria_clear (&self->criteria);

  emit_changed (self, n_active_before, FALSE);
  if (had_text)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

gboolean
rfi_job_filter_matches (RfiJobFilter *self,
                        RfiJobState  *state)
{
  guint32 numbers[RFI_N_SOUGHT_TEXTS];

  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  _rfi_job_filter_number (state->work, numbers);
  _rfi_job_filter_begin (self, NULL, 0);
  return _rfi_job_filter_test (self, state, numbers, NULL);
}
