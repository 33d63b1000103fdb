/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-answer"

#include "config.h"

#include "rfi-sync-answer.h"

RfiAnswer *
rfi_sync_answer_new (const RfiLetter     *letter,
                     const RfiPushResult *result)
{
  static const RfiAnswerKind kinds[RFI_N_OUTCOMES] = {
    [RFI_OUTCOME_APPLIED] = RFI_ANSWER_APPLIED,
    [RFI_OUTCOME_MERGED] = RFI_ANSWER_APPLIED,
    [RFI_OUTCOME_CONFLICT] = RFI_ANSWER_CONFLICT,
    [RFI_OUTCOME_REJECTED] = RFI_ANSWER_REJECTED,
    [RFI_OUTCOME_QUARANTINED] = RFI_ANSWER_QUARANTINED,
  };
  RfiAnswer *answer = g_new0 (RfiAnswer, 1);

  answer->epoch = g_strdup (letter->epoch);
  answer->number = letter->number;
  answer->kind = kinds[result->outcome];
  answer->version = result->version;
  answer->change_seq = result->change_seq;
  answer->code = g_strdup (result->code);
  answer->message = g_strdup (result->message);
  answer->conflict_id = g_strdup (result->conflict_id);
  answer->reason = result->reason;
  answer->theirs = result->theirs != NULL ? rfi_patch_ref (result->theirs) : NULL;
  answer->theirs_by = g_strdup (result->theirs_by);
  answer->theirs_at = result->theirs_at;
  return answer;
}
