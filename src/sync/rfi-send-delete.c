/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send-delete"

#include "config.h"

#include "rfi-send-delete.h"

#include "rfi-remote-jobs.h"
#include "rfi-sync-error.h"

struct _RfiSendDelete
{
  RfiSend parent_instance;
};

G_DEFINE_FINAL_TYPE (RfiSendDelete, rfi_send_delete, RFI_TYPE_SEND)

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiSend) send = user_data;
  g_autoptr(GError) error = NULL;

  if (rfi_remote_delete_finish (RFI_REMOTE (object), result, &error))
    rfi_send_confirm (send, NULL);
  else
    rfi_send_answered (send, NULL, g_steal_pointer (&error));
}

static gboolean
rfi_send_delete_needs_look (RfiSend *send)
{
  return TRUE;
}

static gboolean
rfi_send_delete_is_mine (RfiSend *send,
                         RfiJob  *row)
{
  return row == NULL;
}

/* Deleting collides with every field that somebody changed in between. */
static gboolean
rfi_send_delete_is_illegal (RfiSend *send,
                            RfiJob  *row)
{
  const RfiPatch *before = rfi_send_get_operation (send)->before;

  for (guint i = 0; i < RFI_N_FIELDS && before != NULL; i++)
    {
      const char *seen = rfi_patch_get (before, (RfiField) i);

      if (seen != NULL && g_strcmp0 (seen, rfi_job_get_field (row, (RfiField) i)) != 0)
        return TRUE;
    }

  return FALSE;
}

static void
rfi_send_delete_send (RfiSend *send)
{
  RfiOperation *operation = rfi_send_get_operation (send);

  rfi_remote_delete_async (rfi_send_get_parts (send)->remote, operation->job_id, operation->id,
                           rfi_send_get_cancellable (send), sent_cb, g_object_ref (send));
}

static gboolean
rfi_send_delete_judge (RfiSend      *send,
                       const GError *error)
{
  if (!rfi_sync_error_is_gone (error))
    return FALSE;

  rfi_send_confirm (send, NULL);
  return TRUE;
}

static void
rfi_send_delete_class_init (RfiSendDeleteClass *klass)
{
  RfiSendClass *send_class = RFI_SEND_CLASS (klass);

  send_class->needs_look = rfi_send_delete_needs_look;
  send_class->is_mine = rfi_send_delete_is_mine;
  send_class->is_illegal = rfi_send_delete_is_illegal;
  send_class->send = rfi_send_delete_send;
  send_class->judge = rfi_send_delete_judge;
}

static void
rfi_send_delete_init (RfiSendDelete *self)
{
}

RfiSend *
rfi_send_delete_new (void)
{
  return g_object_new (RFI_TYPE_SEND_DELETE, NULL);
}
