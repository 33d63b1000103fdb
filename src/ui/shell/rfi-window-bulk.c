/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-window-bulk"

#include "config.h"

#include "rfi-window-private.h"

#include "rfi-bulk-assign-dialog.h"
#include "rfi-bulk-dialog.h"
#include "rfi-words.h"

/* What is done to all that is selected, from whichever page: looked at in a dialog first. */

static void
start (RfiWindow        *self,
       GPtrArray        *items,
       RfiOperationKind  kind,
       RfiField          field,
       const char       *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiBulk) bulk = NULL;

  if (items->len == 0 || rfi_window_get_session (self) == NULL)
    return;

  rfi_patch_set (patch, field, value);
  bulk = rfi_bulk_new (rfi_window_get_session (self), items, kind, patch);
  gtk_window_present (GTK_WINDOW (rfi_bulk_dialog_new (bulk, GTK_WINDOW (self))));
}

static void
start_selected (RfiWindow        *self,
                RfiOperationKind  kind,
                RfiField          field,
                const char       *value)
{
  g_autoptr(GPtrArray) items = rfi_job_selection_list (rfi_window_get_selection (self));

  start (self, items, kind, field, value);
}

/* Refuses what is not this person's to do, or not now, in words. */
static gboolean
may (RfiWindow *self,
     RfiAction  action)
{
  RfiSession *session = rfi_window_get_session (self);
  RfiVerdict verdict = rfi_rules_check_role (rfi_session_get_user (session)->role, action,
                                             rfi_session_get_online (session));

  if (verdict != RFI_VERDICT_OK)
    rfi_window_toast (self, rfi_words_verdict (verdict), NULL, NULL);
  return verdict == RFI_VERDICT_OK;
}

/* Those that were asked about: one that has gone from the selection since is told of. */
static void
chosen_cb (RfiWindow           *self,
           const char          *technician_id,
           RfiBulkAssignDialog *dialog)
{
  start (self, rfi_bulk_assign_dialog_get_items (dialog), RFI_OPERATION_ASSIGN,
         RFI_FIELD_ASSIGNED_TO, technician_id);
}

static void
bulk_assign (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RfiWindow *self = RFI_WINDOW (user_data);
  g_autoptr(GPtrArray) items = NULL;
  GtkWidget *dialog;

  if (!may (self, RFI_ACTION_ASSIGN))
    return;

  items = rfi_job_selection_list (rfi_window_get_selection (self));
  dialog = rfi_bulk_assign_dialog_new (rfi_window_get_session (self), items, GTK_WINDOW (self));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* "" is nobody. */
static void
bulk_hand_over (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  if (may (user_data, RFI_ACTION_ASSIGN))
    start_selected (user_data, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO,
                    g_variant_get_string (parameter, NULL));
}

static void
bulk_priority (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  const char *word = g_variant_get_string (parameter, NULL);
  RfiPriority priority;

  if (rfi_priority_from_string (word, &priority) && may (user_data, RFI_ACTION_EDIT))
    start_selected (user_data, RFI_OPERATION_EDIT, RFI_FIELD_PRIORITY, word);
}

static void
bulk_status (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  const char *word = g_variant_get_string (parameter, NULL);
  RfiStatus status;

  if (rfi_status_from_string (word, &status) && may (user_data, RFI_ACTION_SET_STATUS))
    start_selected (user_data, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, word);
}

static void
bulk_cancel (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  if (may (user_data, RFI_ACTION_CANCEL))
    start_selected (user_data, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS,
                    rfi_status_to_string (RFI_STATUS_CANCELLED));
}

static void
clear_selection (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  rfi_job_selection_choose (rfi_window_get_selection (user_data), NULL);
}

static const GActionEntry entries[] = {
  { .name = "bulk-assign", .activate = bulk_assign },
  { .name = "bulk-hand-over", .activate = bulk_hand_over, .parameter_type = "s" },
  { .name = "bulk-priority", .activate = bulk_priority, .parameter_type = "s" },
  { .name = "bulk-status", .activate = bulk_status, .parameter_type = "s" },
  { .name = "bulk-cancel", .activate = bulk_cancel },
  { .name = "clear-selection", .activate = clear_selection },
};

static void
selected_cb (RfiWindow *self)
{
  gboolean any = rfi_job_selection_get_n (rfi_window_get_selection (self)) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)), any);
}

void
rfi_window_add_bulk_actions (RfiWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  rfi_window_add_board_actions (self);
  g_signal_connect_object (rfi_window_get_selection (self), "changed", G_CALLBACK (selected_cb),
                           self, G_CONNECT_SWAPPED);
  selected_cb (self);
}
