/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-filter"

#include "config.h"

#include "rfi-job-filter.h"

#include "rfi-job-filter-private.h"

#include <string.h>

/* Words beyond these are looked for without help from memory. */
#define N_REMEMBERED_WORDS 32
#define MEMORY_BITS 14
#define N_MEMORIES (1u << MEMORY_BITS)

/* In an id every word of hexadecimal digits is somewhere by chance. */
#define ID_WORD_LENGTH 6

/* Which words a name holds, so that it is read once, not once per job. */
typedef struct
{
  const char *id;     /* (nullable): the address of the interned id it belongs to */
  guint32     words;
} Memory;

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

  Memory     *memories;     /* (nullable): until something is searched */
  gboolean    narrowed;
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

/* Appends @text in lower case; ASCII, nearly all of it, without a detour. */
static void
append_folded (GString    *to,
               const char *text)
{
  gsize start = to->len;
  gsize length = strlen (text);
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;
  guchar all = 0;

  g_string_append_len (to, text, (gssize) length);
  for (gsize i = start; i < to->len; i++)
    {
      guchar byte = (guchar) to->str[i];

      all |= byte;
      to->str[i] = (char) (byte + (g_ascii_isupper (byte) ? 'a' - 'A' : 0));
    }
  if (all < 0x80)
    return;

  g_string_truncate (to, start);
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = g_utf8_casefold (composed != NULL ? composed : text, -1);
  g_string_append (to, folded);
}

static guint
count_active (RfiJobFilter *self)
{
  return (self->words[0] != NULL) + (self->priorities != 0) + (self->statuses != 0) +
         (self->marks != 0) + (g_hash_table_size (self->technicians) > 0) +
         (self->vendor_id != NULL);
}

static void
emit_changed (RfiJobFilter *self,
              guint         n_active_before,
              gboolean      narrowed)
{
  guint n_active = count_active (self);

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

/* Whether what holds every word of @now also holds every word of @before. Growing to the length
 * at which a word is sought all over an id can show more. */
static gboolean
words_narrow (char **before,
              char **now)
{
  for (guint i = 0; before[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; now[j] != NULL && !found; j++)
        found = g_str_has_prefix (now[j], before[i]) &&
                (strlen (before[i]) >= ID_WORD_LENGTH || strlen (now[j]) < ID_WORD_LENGTH);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static char **
split_words (const char *text)
{
  g_autoptr(GString) folded = g_string_new (NULL);
  g_auto(GStrv) pieces = NULL;
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  append_folded (folded, text);
  pieces = g_strsplit_set (folded->str, " \t\r\n", -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (words, pieces[i]);

  return g_strv_builder_end (words);
}

static gboolean
text_holds (const char *text,
            const char *word)
{
  g_autoptr(GString) folded = NULL;

  if (*text == '\0')
    return FALSE;

  folded = g_string_sized_new (64);
  append_folded (folded, text);
  return strstr (folded->str, word) != NULL;
}

/* Neighbours in memory are far apart in the memories: two that share a place forget each other
 * all the time. */
static guint
get_place (const char *id)
{
  return ((guint) ((gsize) id >> 4) * 2654435769u) >> (32 - MEMORY_BITS);
}

/* Whether the name of whom or what the interned @id means holds the word. What has a name is not
 * sought by id.
 * @id: (nullable) @own_name: (nullable): as the job has it @names: (nullable): as lists have it */
static gboolean
name_holds (RfiJobFilter *self,
            const char   *id,
            const char   *own_name,
            GHashTable   *names,
            guint         word)
{
  const char *name;
  Memory *memory;

  if (id == NULL)
    return FALSE;

  memory = &self->memories[get_place (id)];
  if (memory->id == id && word < N_REMEMBERED_WORDS)
    return (memory->words >> word & 1) != 0;

  name = names != NULL ? g_hash_table_lookup (names, id) : NULL;
  if (name == NULL)
    name = own_name != NULL ? own_name : id;
  if (word >= N_REMEMBERED_WORDS)
    return text_holds (name, self->words[word]);

  memory->id = id;
  memory->words = 0;
  for (guint i = 0; i < N_REMEMBERED_WORDS && self->words[i] != NULL; i++)
    if (text_holds (name, self->words[i]))
      memory->words |= 1u << i;

  return (memory->words >> word & 1) != 0;
}

static gboolean
id_holds (const char *id,
          const char *word)
{
  const char *found = strstr (id, word);

  return found != NULL && (found == id || strlen (word) >= ID_WORD_LENGTH);
}

static gboolean
test_text (RfiJobFilter *self,
           const RfiJob *job,
           const char   *folded,
           GHashTable   *names)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL &&
        !name_holds (self, job->assigned_to, job->assigned_to_name, names, i) &&
        !name_holds (self, job->vendor_id, NULL, names, i) &&
        !id_holds (job->id, self->words[i]))
      return FALSE;

  return TRUE;
}

void
_rfi_job_filter_fold (const RfiJob *job,
                      GString      *to)
{
  const char *texts[] = { job->title,      job->description, job->address,
                          job->store_name, job->city,        job->zip_code };

  g_string_truncate (to, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      append_folded (to, texts[i]);
      g_string_append_c (to, '\n');
    }
}

void
_rfi_job_filter_begin (RfiJobFilter *self)
{
  if (self->memories == NULL)
    self->memories = g_new (Memory, N_MEMORIES);
  memset (self->memories, 0, N_MEMORIES * sizeof (Memory));
}

gboolean
_rfi_job_filter_test (RfiJobFilter *self,
                      RfiJobState  *state,
                      const char   *folded,
                      GHashTable   *names)
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
  if (g_hash_table_size (self->technicians) > 0 &&
      !g_hash_table_contains (self->technicians, job->assigned_to != NULL ? job->assigned_to : ""))
    return FALSE;

  return test_text (self, job, folded, names);
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
  g_clear_pointer (&self->memories, g_free);

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
  self->words = split_words (text);
  g_free (self->text);
  self->text = g_strdup (text);

  if (!g_strv_equal ((const char *const *) before, (const char *const *) self->words))
    {
      narrowed = words_narrow (before, self->words);
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

  emit_changed (self, n_active_before, FALSE);
  if (had_text)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

gboolean
rfi_job_filter_matches (RfiJobFilter *self,
                        RfiJobState  *state)
{
  g_autoptr(GString) folded = NULL;

  g_return_val_if_fail (RFI_IS_JOB_FILTER (self), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  folded = g_string_new (NULL);
  _rfi_job_filter_fold (state->work, folded);
  _rfi_job_filter_begin (self);
  return _rfi_job_filter_test (self, state, folded->str, NULL);
}
