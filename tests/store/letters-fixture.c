/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "letters-fixture.h"

#include "rfi-canonical.h"

RfiDeviceKey *
letters_make_key (guint8 seed)
{
  guint8 bytes[RFI_DEVICE_KEY_SEED_SIZE] = { seed };

  return rfi_device_key_new_seed (bytes);
}

void
letters_enroll (StoreFixture *f,
                guint8        seed)
{
  g_autoptr(RfiDeviceKey) key = letters_make_key (seed);

  store_run (f, rfi_store_enroll_async, key, DEVICE, EPOCH);
}

void
letters_reopen (StoreFixture *f)
{
  store_fixture_close (f);
  store_fixture_open (f);
  letters_enroll (f, 1);
}

GPtrArray *
letters_list_letters (StoreFixture *f)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *letters;

  store_fixture_forget ();
  rfi_store_list_letters_async (f->store, NULL, store_fixture_keep_cb, &store_result);
  letters = rfi_store_list_letters_finish (f->store, store_fixture_wait (&store_result), &error);
  g_assert_no_error (error);
  return letters;
}

RfiSigner *
letters_get_signer (StoreFixture *f)
{
  g_autoptr(GError) error = NULL;
  RfiSigner *signer;

  store_fixture_forget ();
  rfi_store_get_signer_async (f->store, NULL, store_fixture_keep_cb, &store_result);
  signer = rfi_store_get_signer_finish (f->store, store_fixture_wait (&store_result), &error);
  g_assert_no_error (error);
  return signer;
}

/* The numbers alone are those of @letters in the signer's epoch, rising. */
static void
assert_numbers (StoreFixture    *f,
                GPtrArray       *letters,
                const RfiSigner *signer)
{
  g_autoptr(GHashTable) open = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) numbers = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      if (letter->state != RFI_LETTER_NONE && g_strcmp0 (letter->epoch, signer->epoch) == 0)
        g_hash_table_insert (open, &letter->number, GINT_TO_POINTER (rfi_letter_is_open (letter)));
    }

  store_fixture_forget ();
  rfi_store_list_numbers_async (f->store, signer->epoch, NULL, store_fixture_keep_cb,
                                &store_result);
  numbers = rfi_store_list_numbers_finish (f->store, store_fixture_wait (&store_result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numbers->len, ==, g_hash_table_size (open));
  for (guint i = 0; i < numbers->len; i++)
    {
      RfiLetterNumber *number = &g_array_index (numbers, RfiLetterNumber, i);

      g_assert_true (g_hash_table_contains (open, &number->number));
      g_assert_cmpint (number->open, ==,
                       GPOINTER_TO_INT (g_hash_table_lookup (open, &number->number)));
      if (i > 0)
        g_assert_cmpint (number[-1].number, <, number->number);
    }
}

/* As "2:edit", with "+" once sent, "*" once accepted, "=" once done, "/" of another epoch than the
 * present one; in the order of typing. (transfer full) */
char *
letters_show (StoreFixture *f)
{
  static const char *const marks[] = { "?", "", "+", "*", "=" };
  g_autoptr(GPtrArray) letters = letters_list_letters (f);
  g_autoptr(RfiSigner) signer = letters_get_signer (f);
  GString *text = g_string_new (NULL);

  if (signer != NULL)
    assert_numbers (f, letters, signer);
  for (guint i = 0; i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%s%s%s", i > 0 ? ", " : "",
                              letter->number, rfi_operation_kind_to_string (letter->kind),
                              marks[letter->state],
                              g_strcmp0 (letter->epoch, signer->epoch) == 0 ? "" : "/");
    }

  return g_string_free (text, FALSE);
}

/* Everything that can be sent is. Returns: (transfer full) (element-type RfiLetter): whole */
GPtrArray *
letters_claim (StoreFixture *f)
{
  g_autoptr(GPtrArray) letters = letters_list_letters (f);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  GPtrArray *claimed;

  for (guint i = 0; i < letters->len; i++)
    if (rfi_letter_is_open (g_ptr_array_index (letters, i)))
      g_ptr_array_add (ids, ((RfiLetter *) g_ptr_array_index (letters, i))->operation_id);
  store_fixture_forget ();
  rfi_store_claim_letters_async (f->store, ids, NULL, store_fixture_keep_cb, &store_result);
  claimed = rfi_store_claim_letters_finish (f->store, store_fixture_wait (&store_result), &error);
  g_assert_no_error (error);
  return claimed;
}

RfiSignedOperation *
letters_read_letter (GPtrArray *claimed,
                     guint      i)
{
  g_autoptr(RfiDeviceKey) key = letters_make_key (1);
  RfiLetter *letter = g_ptr_array_index (claimed, i);
  g_autofree char *hash = rfi_canonical_hash (letter->body, -1);
  g_autofree char *public_key = rfi_device_key_get_public_text (key);
  g_autoptr(GError) error = NULL;
  RfiSignedOperation *said = rfi_signed_operation_decode (letter->body, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, letter->hash);
  g_assert_true (rfi_device_key_verify_text (public_key, (const guint8 *) letter->body,
                                             letter->size, letter->signature));
  return said;
}

void
letters_answer_with (StoreFixture *f,
                     RfiAnswer    *answer)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_answer_free);

  answer->epoch = g_strdup (EPOCH);
  g_ptr_array_add (answers, answer);
  store_run (f, rfi_store_record_answers_async, answers, (gint64) 5000);
}

void
letters_answer_applied (StoreFixture *f,
                        gint64        number,
                        gint64        version,
                        gint64        change_seq)
{
  RfiAnswer *answer = g_new0 (RfiAnswer, 1);

  answer->number = number;
  answer->kind = RFI_ANSWER_APPLIED;
  answer->version = version;
  answer->change_seq = change_seq;
  letters_answer_with (f, answer);
}

void
letters_answer_refused (StoreFixture  *f,
                        gint64         number,
                        RfiAnswerKind  kind)
{
  RfiAnswer *answer = g_new0 (RfiAnswer, 1);

  answer->number = number;
  answer->kind = kind;
  answer->code = g_strdup ("NO");
  answer->message = g_strdup ("Not so");
  letters_answer_with (f, answer);
}

/* @title: (nullable): theirs; %NULL: the job is gone */
void
letters_answer_conflict (StoreFixture *f,
                         gint64        number,
                         const char   *title)
{
  RfiAnswer *answer = g_new0 (RfiAnswer, 1);

  answer->number = number;
  answer->kind = RFI_ANSWER_CONFLICT;
  answer->conflict_id = g_strdup (number == 1 ? SERVER_C : "second-c");
  answer->reason = title != NULL ? RFI_CONFLICT_FIELDS : RFI_CONFLICT_DELETED;
  answer->version = 7;
  if (title != NULL)
    {
      answer->theirs = rfi_patch_new ();
      rfi_patch_set (answer->theirs, RFI_FIELD_TITLE, title);
    }
  letters_answer_with (f, answer);
}

RfiJob *
letters_versioned (const char *id,
                   const char *title,
                   gint64      version)
{
  g_autofree char *etag = g_strdup_printf ("\"v%" G_GINT64_FORMAT "\"", version);
  g_autoptr(RfiJob) plain = store_job (id, title, etag, 1000 + version);
  RfiJob job = *plain;

  job.version = version;
  return rfi_job_new (&job);
}

RfiStorePage *
letters_make_page (gboolean    snapshot,
                   const char *asked_from,
                   const char *next,
                   gint64      position)
{
  RfiStorePage *page = rfi_store_page_new ();

  page->snapshot = snapshot;
  page->asked_from = g_strdup (asked_from);
  page->next = g_strdup (next);
  page->server_epoch = g_strdup (SERVER);
  page->position = position;
  page->cursor = g_strdup ("cursor-0");
  page->last = TRUE;
  return page;
}

/* @job: (transfer full) (nullable) */
void
letters_add_row (RfiStorePage *page,
                 gint64        seq,
                 RfiJob       *job,
                 const char   *gone)
{
  RfiStoreFeedRow row = { seq, job, g_strdup (gone) };

  g_array_append_val (page->rows, row);
}

/* @page: (transfer full) */
RfiPageFate
letters_take (StoreFixture *f,
              RfiStorePage *page)
{
  g_autoptr(GError) error = NULL;
  int fate;

  store_fixture_forget ();
  rfi_store_take_page_async (f->store, page, 6000, NULL, store_fixture_keep_cb, &store_result);
  fate = rfi_store_take_page_finish (f->store, store_fixture_wait (&store_result), &error);
  g_assert_no_error (error);
  return (RfiPageFate) fate;
}

/* Jobs a and b at version 1, and a cursor. */
void
letters_start (StoreFixture *f)
{
  RfiStorePage *page = letters_make_page (TRUE, NULL, NULL, 10);

  letters_enroll (f, 1);
  letters_add_row (page, 0, letters_versioned ("a", "Leak", 1), NULL);
  letters_add_row (page, 0, letters_versioned ("b", "Noise", 1), NULL);
  g_assert_cmpint (letters_take (f, page), ==, RFI_PAGE_TAKEN);
}

RfiPageFate
letters_take_delta (StoreFixture *f,
                    const char   *from,
                    const char   *to,
                    gint64        position,
                    RfiJob       *job)
{
  RfiStorePage *page = letters_make_page (FALSE, from, to, position);

  if (job != NULL)
    letters_add_row (page, position, job, NULL);
  return letters_take (f, page);
}
