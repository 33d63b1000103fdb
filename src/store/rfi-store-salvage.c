/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-salvage"

#include "config.h"

#include "rfi-store-salvage.h"

#include "rfi-store-sign.h"

/* @fields as far as @kind carries them. (transfer full) */
static RfiPatch *
pick_kind (const RfiPatch   *fields,
           RfiOperationKind  kind)
{
  RfiPatch *picked = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_operation_kind_of_field ((RfiField) i) == kind)
      rfi_patch_set (picked, (RfiField) i, rfi_patch_get (fields, (RfiField) i));

  return picked;
}

/* What stood in @fields: nothing, where it is not known. (transfer full) */
static RfiPatch *
pick_before (const RfiPatch *fields,
             const RfiPatch *known)
{
  RfiPatch *picked = rfi_patch_pick (fields, known);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (fields, (RfiField) i) && !rfi_patch_has (picked, (RfiField) i))
      rfi_patch_set (picked, (RfiField) i, "");

  return picked;
}

/* Adds what @kind carries of @decision. Only the first has its id. */
static void
add_part (GPtrArray          *parts,
          const RfiOperation *decision,
          RfiOperationKind    kind)
{
  g_autoptr(RfiPatch) fields = pick_kind (decision->patch, kind);
  g_autoptr(RfiPatch) before = NULL;
  g_autofree char *id = NULL;
  RfiOperation part = *decision;

  if (rfi_patch_is_empty (fields))
    return;

  if (decision->before != NULL)
    before = pick_before (fields, decision->before);
  if (parts->len > 0)
    part.id = id = rfi_store_derive_id (decision->id, rfi_operation_kind_to_string (kind));
  part.kind = kind;
  part.patch = fields;
  part.before = before;
  g_ptr_array_add (parts, rfi_operation_new (&part));
}

/* Conflicts are not saved: what they decide about is judged anew. A decision without its conflict
 * is the change that it makes to the server's job: none, if it lets that stand. */
GPtrArray *
rfi_store_salvage_operation (const RfiOperation *found)
{
  static const RfiOperationKind kinds[] = { RFI_OPERATION_EDIT, RFI_OPERATION_ASSIGN,
                                            RFI_OPERATION_SET_STATUS };
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
  RfiOperation changed = *found;

  /* What the server has already comes back with its rows. */
  if (found->state == RFI_OPERATION_ACCEPTED)
    return parts;

  changed.seq = 0;
  if (changed.state == RFI_OPERATION_CONFLICT)
    changed.state = RFI_OPERATION_QUEUED;
  if (g_strcmp0 (changed.base_etag, RFI_OPERATION_FOR_OTHERS) == 0)
    changed.base_etag = NULL;
  if (changed.kind == RFI_OPERATION_RESOLVE &&
      g_strcmp0 (changed.error_code, RFI_OPERATION_LOST) != 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        add_part (parts, &changed, kinds[i]);
      return parts;
    }

  if (changed.kind == RFI_OPERATION_RESOLVE)
    changed.kind = RFI_OPERATION_EDIT;
  g_ptr_array_add (parts, rfi_operation_new (&changed));
  return parts;
}
