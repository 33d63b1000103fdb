/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-kinds"

#include "config.h"

#include "rfi-send-kinds.h"

#include "rfi-send-add-photo.h"
#include "rfi-send-assign.h"
#include "rfi-send-create.h"
#include "rfi-send-delete-photo.h"
#include "rfi-send-delete.h"
#include "rfi-send-edit.h"
#include "rfi-send-status.h"

static RfiSend *(* const makers[RFI_N_OPERATION_KINDS]) (void) = {
  [RFI_OPERATION_CREATE] = rfi_send_create_new,
  [RFI_OPERATION_EDIT] = rfi_send_edit_new,
  [RFI_OPERATION_SET_STATUS] = rfi_send_status_new,
  [RFI_OPERATION_ASSIGN] = rfi_send_assign_new,
  [RFI_OPERATION_DELETE] = rfi_send_delete_new,
  [RFI_OPERATION_ADD_PHOTO] = rfi_send_add_photo_new,
  [RFI_OPERATION_DELETE_PHOTO] = rfi_send_delete_photo_new,
};

RfiSend *
rfi_send_kinds_make (RfiSyncParts *parts,
                     RfiOperation *operation)
{
  RfiSend *send = makers[operation->kind] ();

  rfi_send_set_up (send, parts, operation);
  return send;
}
