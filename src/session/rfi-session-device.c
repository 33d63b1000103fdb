/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-device"

#include "config.h"

#include "rfi-session-device.h"

#include "rfi-random.h"
#include "rfi-store-letters.h"

/* One device for each account of each profile: its name is in the store, its key in the keyring.
 * Whoever has only one of them is another device.
 */
typedef struct
{
  RfiStore *store;      /* (owned) */
  char     *device_id;  /* (owned): whose key is looked for */
  guint     timer;
  gboolean  known;      /* the store has signed as this device before */
  gboolean  answered;   /* whoever waited does not any more */
} Enrolment;

/* ms: who is asked to unlock the keyring may take their time. */
#define PATIENCE 3000

static void
enrolment_free (Enrolment *enrolment)
{
  g_clear_object (&enrolment->store);
  g_free (enrolment->device_id);
  g_free (enrolment);
}

/* @error: (transfer full) (nullable) */
static void
answer (GTask    *task,
        gboolean  able,
        GError   *error)
{
  Enrolment *enrolment = g_task_get_task_data (task);
  g_autoptr(GError) owned = error;

  g_clear_handle_id (&enrolment->timer, g_source_remove);
  if (enrolment->answered)
    return;

  enrolment->answered = TRUE;
  if (owned != NULL)
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_boolean (task, able);
}

static gboolean
timer_cb (gpointer user_data)
{
  GTask *task = user_data;
  Enrolment *enrolment = g_task_get_task_data (task);

  enrolment->timer = 0;
  answer (task, FALSE, NULL);
  return G_SOURCE_REMOVE;
}

static void key_cb      (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void enrolled_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);

static void
look_for_key (GTask *task)
{
  Enrolment *enrolment = g_task_get_task_data (task);

  rfi_device_key_obtain_async (enrolment->device_id, g_task_get_cancellable (task), key_cb,
                               g_object_ref (task));
}

static void
signer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Enrolment *enrolment = g_task_get_task_data (task);
  g_autoptr(RfiSigner) signer = NULL;
  GError *error = NULL;

  signer = rfi_store_get_signer_finish (RFI_STORE (object), result, &error);
  if (error != NULL)
    {
      answer (task, FALSE, error);
      return;
    }

  enrolment->known = signer != NULL;
  enrolment->device_id = signer != NULL ? g_strdup (signer->id) : g_uuid_string_random ();
  look_for_key (task);
}

static void
key_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Enrolment *enrolment = g_task_get_task_data (task);
  g_autoptr(RfiDeviceKey) key = NULL;
  g_autoptr(RfiRandom) random = NULL;
  g_autofree char *epoch = NULL;
  RfiDeviceKeyOrigin origin;
  GError *error = NULL;

  key = rfi_device_key_obtain_finish (result, &origin, &error);
  if (key == NULL)
    {
      answer (task, FALSE, error);
      return;
    }
  if (origin == RFI_DEVICE_KEY_SESSION)
    {
      answer (task, FALSE, NULL);
      return;
    }
  /* The key it signed with is lost: the server would not take another one for the same name. */
  if (origin == RFI_DEVICE_KEY_MADE && enrolment->known)
    {
      rfi_device_key_forget_async (enrolment->device_id, NULL, NULL, NULL);
      enrolment->known = FALSE;
      g_free (enrolment->device_id);
      enrolment->device_id = g_uuid_string_random ();
      look_for_key (task);
      return;
    }

  random = rfi_random_new ();
  epoch = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", rfi_random_u64 (random));
  rfi_store_enroll_async (enrolment->store, key, enrolment->device_id, epoch,
                          g_task_get_cancellable (task), enrolled_cb, g_object_ref (task));
}

static void
enrolled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    answer (task, TRUE, NULL);
  else
    answer (task, FALSE, error);
}

void
rfi_session_device_enroll_async (RfiStore            *store,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Enrolment *enrolment = g_new0 (Enrolment, 1);

  g_task_set_source_tag (task, rfi_session_device_enroll_async);
  enrolment->store = g_object_ref (store);
  g_task_set_task_data (task, enrolment, (GDestroyNotify) enrolment_free);
  enrolment->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, PATIENCE, timer_cb,
                                         g_object_ref (task), g_object_unref);
  rfi_store_get_signer_async (store, cancellable, signer_cb, g_object_ref (task));
}

gboolean
rfi_session_device_enroll_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
