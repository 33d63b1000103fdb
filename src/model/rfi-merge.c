/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-merge"

#include "config.h"

#include "rfi-merge.h"

#include "rfi-item-list.h"

static gboolean
is_legal_step (const char *from,
               const char *to)
{
  RfiStatus from_status;
  RfiStatus to_status;

  return rfi_status_from_string (from, &from_status) && rfi_status_from_string (to, &to_status) &&
         rfi_status_may_become (from_status, to_status);
}

/* Both sides changed @field, differently. @both: (out) (transfer full) (nullable) */
static RfiMergeOutcome
apply_rule (RfiField     field,
            const char  *base,
            const char  *mine,
            const char  *theirs,
            char       **both)
{
  switch (rfi_field_get_rule (field))
    {
    case RFI_MERGE_SERVER_WINS:
      return RFI_MERGE_OVERRULED;
    case RFI_MERGE_UNION:
      if (base != NULL && theirs != NULL)
        *both = rfi_item_list_merge (field, base, mine, theirs);
      return *both != NULL ? RFI_MERGE_BOTH : RFI_MERGE_COLLISION;
    case RFI_MERGE_THREE_WAY:
    case RFI_MERGE_STATE_MACHINE:
    case RFI_MERGE_MANUAL:
    default:
      return RFI_MERGE_COLLISION;
    }
}

static RfiMergeOutcome
merge_field (RfiField     field,
             const char  *base,
             const char  *mine,
             const char  *theirs,
             char       **both)
{
  if (mine == NULL)
    return g_strcmp0 (base, theirs) == 0 || base == NULL ? RFI_MERGE_SAME : RFI_MERGE_THEIRS;
  if (g_strcmp0 (mine, theirs) == 0)
    return RFI_MERGE_SAME;

  if (rfi_field_get_rule (field) == RFI_MERGE_STATE_MACHINE)
    return g_strcmp0 (base, theirs) == 0 && is_legal_step (theirs, mine) ? RFI_MERGE_MINE
                                                                        : RFI_MERGE_COLLISION;

  if (g_strcmp0 (base, theirs) == 0)
    return RFI_MERGE_MINE;
  if (g_strcmp0 (base, mine) == 0)
    return RFI_MERGE_THEIRS;

  return apply_rule (field, base, mine, theirs, both);
}

RfiPatch *
rfi_merge (const RfiPatch  *base,
           const RfiPatch  *mine,
           const RfiPatch  *theirs,
           RfiMergeOutcome  outcomes[RFI_N_FIELDS],
           guint           *n_collisions)
{
  RfiPatch *result = rfi_patch_copy (theirs);

  *n_collisions = 0;
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      g_autofree char *both = NULL;

      outcomes[i] = merge_field (field, rfi_patch_get (base, field), rfi_patch_get (mine, field),
                                 rfi_patch_get (theirs, field), &both);

      if (outcomes[i] == RFI_MERGE_BOTH)
        rfi_patch_set (result, field, both);
      else if (outcomes[i] == RFI_MERGE_MINE)
        rfi_patch_set (result, field, rfi_patch_get (mine, field));
      else if (outcomes[i] == RFI_MERGE_COLLISION)
        (*n_collisions)++;
    }

  return result;
}
