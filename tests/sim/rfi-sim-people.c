/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-people"

#include "config.h"

#include "rfi-sim-world.h"

#include "rfi-rules.h"
#include "rfi-sealed-file.h"
#include "rfi-server-jobs.h"
#include "rfi-sim-picture.h"
#include "rfi-sim-sign-in.h"

#include <string.h>

/* What people type: the same few words, so that they meet; empty ones, long ones, strange ones. */
static const char *const words[] = {
  "Cooler", "Door", "urgent!", "see manager", "Zürich – “Filiale”", "'; DROP TABLE job; --",
  "\\u0000 \" { } [ ]", "再起動", "a\tb", "same", "same", "other",
};

typedef struct
{
  RfiSimWorld   *world;
  RfiSimConsole *console;
  RfiRandom     *random;  /* (owned) */
} Deed;

static guint64
roll (Deed    *deed,
      guint64  n)
{
  return rfi_random_range (deed->random, n);
}

static char *
make_text (Deed *deed)
{
  const char *word = words[roll (deed, G_N_ELEMENTS (words))];

  if (roll (deed, 20) == 0)
    return g_strnfill (150, 'x');

  return g_strdup_printf ("%s %u", word, (guint) roll (deed, 4));
}

/* (nullable): somebody looks at one of the jobs on the screen */
static RfiJob *
choose_job (Deed *deed)
{
  g_autoptr(GPtrArray) shown = rfi_sim_console_shown (deed->console);
  RfiJobState *state;
  guint64 n;

  if (shown->len == 0)
    return NULL;

  /* Mostly the same few, so that people meet. */
  n = roll (deed, 2) == 0 ? MIN (shown->len, 2) : shown->len;
  state = g_hash_table_lookup (deed->console->view, g_ptr_array_index (shown, roll (deed, n)));
  return state->work;
}

static const char *
name_kind (RfiOperationKind kind)
{
  return rfi_operation_kind_to_string (kind);
}

static char *
describe (RfiPatch *patch)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (RfiField field = 0; patch != NULL && field < RFI_N_FIELDS; field++)
    if (rfi_patch_has (patch, field))
      g_string_append_printf (text, " %s=“%.40s”", rfi_field_to_string (field),
                              rfi_patch_get (patch, field));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Puts it into the console's outbox, as a window would, and into the ledger. */
static void
enqueue_operation (Deed         *deed,
                   RfiOperation *operation,
                   const char   *said)
{
  g_autoptr(GError) error = NULL;
  gboolean safe = rfi_sim_console_enqueue (deed->console, operation, &error);

  rfi_sim_world_tell (deed->world, "console %u: %s %s%s (%.8s)%s%s", deed->console->number,
                      name_kind (operation->kind), operation->job_id, said, operation->id,
                      safe ? "" : ", refused: ", safe ? "" : error->message);
  if (safe && !deed->console->disk->dead)
    {
      rfi_sim_ledger_add (deed->world->ledger, operation, deed->console->number,
                          RFI_SIM_INTENT_MEANT);
      return;
    }

  if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_FULL))
    rfi_sim_count ("enqueue refused by a full disk");
  rfi_sim_ledger_add (deed->world->ledger, operation, deed->console->number,
                      RFI_SIM_INTENT_MAYBE);
}

/* @patch: (transfer full) (nullable) */
static void
enqueue (Deed             *deed,
         RfiOperationKind  kind,
         const char       *job_id,
         RfiJob           *seen,
         RfiPatch         *patch)
{
  g_autoptr(RfiPatch) owned = patch;
  g_autoptr(RfiPatch) all = seen != NULL ? rfi_job_to_patch (seen) : NULL;
  g_autoptr(RfiPatch) before =
    all == NULL ? NULL : patch == NULL ? rfi_patch_ref (all) : rfi_patch_pick (patch, all);
  g_autofree char *id = rfi_random_uuid (deed->random);
  g_autofree char *said = describe (patch);
  RfiOperation template = {
    .id = id,
    .kind = kind,
    .job_id = (char *) job_id,
    .user_id = deed->console->user->id,
    .vendor_id = (char *) (seen != NULL ? seen->vendor_id : "vendor-001"),
    .base_etag = seen != NULL ? (char *) RFI_ETAG_TEXT (seen->etag) : NULL,
    .patch = patch,
    .before = kind == RFI_OPERATION_CREATE ? NULL : before,
    .created_at = rfi_clock_get_wall (RFI_CLOCK (deed->console->clock)),
  };
  g_autoptr(RfiOperation) operation = rfi_operation_new (&template);

  enqueue_operation (deed, operation, said);
}
/* Deeds at a console */

static void
set_text (Deed     *deed,
          RfiPatch *patch,
          RfiField  field)
{
  g_autofree char *text = make_text (deed);

  rfi_patch_set (patch, field, text);
}

static void
edit (Deed *deed)
{
  static const RfiField fields[] = {
    RFI_FIELD_TITLE, RFI_FIELD_DESCRIPTION, RFI_FIELD_PRIORITY, RFI_FIELD_STORE_NAME,
    RFI_FIELD_ADDRESS, RFI_FIELD_CITY, RFI_FIELD_COMPLETION_NOTES,
  };
  RfiJob *seen = choose_job (deed);
  g_autofree char *job_id = NULL;
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  if (seen == NULL)
    return;

  for (guint64 n = 1 + roll (deed, 2); n > 0; n--)
    {
      RfiField field = fields[roll (deed, G_N_ELEMENTS (fields))];

      if (field == RFI_FIELD_PRIORITY)
        rfi_patch_set (patch, field,
                       rfi_priority_to_string ((RfiPriority) roll (deed, 4)));
      else
        set_text (deed, patch, field);
    }
  job_id = g_strdup (seen->id);
  enqueue (deed, RFI_OPERATION_EDIT, job_id, seen, g_steal_pointer (&patch));
}

static void
step_status (Deed *deed)
{
  RfiJob *seen = choose_job (deed);
  g_autoptr(RfiPatch) patch = NULL;
  g_autofree char *job_id = NULL;
  RfiStatus to = (RfiStatus) roll (deed, RFI_N_STATUSES);

  if (seen == NULL)
    return;
  if (roll (deed, 3) != 0)
    rfi_status_get_next (seen->status, &to);
  /* What the windows would not offer. */
  if (rfi_rules_check_status (deed->console->user, seen, to, FALSE) != RFI_VERDICT_OK)
    return;

  patch = rfi_patch_new ();
  rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (to));
  job_id = g_strdup (seen->id);
  enqueue (deed, RFI_OPERATION_SET_STATUS, job_id, seen, g_steal_pointer (&patch));
}

static void
assign (Deed *deed)
{
  static const char *const technicians[] = { "tech-ann", "tech-ben", "tech-cid", "" };
  RfiJob *seen = choose_job (deed);
  const char *technician = technicians[roll (deed, G_N_ELEMENTS (technicians))];
  g_autoptr(RfiPatch) patch = NULL;
  g_autofree char *job_id = NULL;

  if (seen == NULL || rfi_status_is_final (seen->status))
    return;

  patch = rfi_patch_new ();
  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, technician);
  job_id = g_strdup (seen->id);
  enqueue (deed, RFI_OPERATION_ASSIGN, job_id, seen, g_steal_pointer (&patch));
}

static void
schedule (Deed *deed)
{
  RfiJob *seen = choose_job (deed);
  guint day = 1 + (guint) roll (deed, 3);
  guint hour = (guint) roll (deed, 20);
  g_autofree char *start = g_strdup_printf ("2027-03-%02uT%02u:00:00.000Z", day, hour);
  g_autofree char *end = g_strdup_printf ("2027-03-%02uT%02u:00:00.000Z", day, hour + 2);
  g_autoptr(RfiPatch) patch = NULL;
  g_autofree char *job_id = NULL;

  if (seen == NULL)
    return;

  patch = rfi_patch_new ();
  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_START, start);
  rfi_patch_set (patch, RFI_FIELD_SCHEDULED_END, end);
  job_id = g_strdup (seen->id);
  enqueue (deed, RFI_OPERATION_EDIT, job_id, seen, g_steal_pointer (&patch));
}

static void
write_item (Deed *deed)
{
  RfiJob *seen = choose_job (deed);
  g_autofree char *id = g_strdup_printf ("i%u", (guint) roll (deed, 3));
  g_autofree char *text = NULL;
  g_autoptr(RfiPatch) patch = NULL;
  g_autofree char *job_id = NULL;

  if (seen == NULL)
    return;

  /* One of few ids, in a list that a person makes anew. */
  text = g_strdup_printf ("[{\"id\":\"%s\",\"name\":\"fuse\",\"quantity\":%u}]", id,
                          1 + (guint) roll (deed, 3));
  patch = rfi_patch_new ();
  rfi_patch_set (patch, RFI_FIELD_PARTS, text);
  job_id = g_strdup (seen->id);
  enqueue (deed, RFI_OPERATION_EDIT, job_id, seen, g_steal_pointer (&patch));
}

/* Returns: (transfer full): its id */
static char *
create (Deed *deed)
{
  char *job_id = rfi_random_uuid (deed->random);
  g_autofree char *title = make_text (deed);
  RfiPatch *patch = rfi_patch_new ();

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_patch_set (patch, RFI_FIELD_DESCRIPTION, "new");
  rfi_patch_set (patch, RFI_FIELD_PRIORITY,
                 rfi_priority_to_string ((RfiPriority) roll (deed, 4)));
  rfi_patch_set (patch, RFI_FIELD_STORE_NAME, "Store");
  rfi_patch_set (patch, RFI_FIELD_ADDRESS, "2 Side St");
  rfi_patch_set (patch, RFI_FIELD_CITY, "Austin");
  rfi_patch_set (patch, RFI_FIELD_STATE, "TX");
  rfi_patch_set (patch, RFI_FIELD_ZIP_CODE, "78701");
  enqueue (deed, RFI_OPERATION_CREATE, job_id, NULL, patch);
  return job_id;
}

static void
chain (Deed *deed)
{
  g_autofree char *job_id = create (deed);

  for (guint64 n = 1 + roll (deed, 3); n > 0; n--)
    {
      RfiJobState *state = g_hash_table_lookup (deed->console->view, job_id);
      RfiPatch *patch;

      if (state == NULL || deed->console->disk->dead)
        return;
      patch = rfi_patch_new ();
      if (roll (deed, 2) == 0)
        set_text (deed, patch, RFI_FIELD_TITLE);
      else
        rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, "tech-ann");
      enqueue (deed,
               rfi_patch_has (patch, RFI_FIELD_TITLE) ? RFI_OPERATION_EDIT : RFI_OPERATION_ASSIGN,
               job_id, state->work, patch);
    }
}

static void
delete_job (Deed *deed)
{
  RfiJob *seen = choose_job (deed);
  g_autofree char *job_id = NULL;

  /* Sometimes what the windows would not offer. Not where jobs go to another vendor: there a
   * deletion that was refused goes with its job, which cannot be told from one that was deleted. */
  if (seen == NULL || ((roll (deed, 10) != 0 || deed->world->plan->moves) &&
                       deed->console->user->role != RFI_ROLE_ADMIN))
    return;

  job_id = g_strdup (seen->id);
  enqueue (deed, RFI_OPERATION_DELETE, job_id, seen, NULL);
}

/* As a session does: by an admin, with the server at hand, before work begins. */
static void
move_job (Deed *deed)
{
  RfiJob *seen = choose_job (deed);
  g_autofree char *job_id = NULL;
  RfiJob target;

  if (seen == NULL ||
      rfi_rules_check_job (deed->console->user, seen, RFI_ACTION_MOVE,
                           rfi_sync_engine_get_state (deed->console->engine)->online) !=
        RFI_VERDICT_OK)
    return;

  target = *seen;
  target.vendor_id = g_str_equal (seen->vendor_id, "vendor-001") ? "vendor-002" : "vendor-001";
  job_id = g_strdup (seen->id);
  rfi_sim_count ("job given to another vendor");
  enqueue (deed, RFI_OPERATION_MOVE, job_id, &target, NULL);
}

/* As a session does: a copy of one's own is safe on the disk before anything names it. */
static void
take_picture (Deed *deed)
{
  RfiJob *seen = choose_job (deed);
  RfiSimConsole *console = deed->console;
  g_autofree char *id = rfi_random_uuid (deed->random);
  g_autofree char *path = g_strconcat (console->name, "/outgoing/", id, NULL);
  g_autoptr(GBytes) content = rfi_sim_picture_make (id);
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation template = {
    .id = id,
    .kind = RFI_OPERATION_ADD_PHOTO,
    .user_id = console->user->id,
    .photo_name = (char *) rfi_sim_picture_name (id),
    .photo_mime = (char *) "image/png",
    .photo_path = path,
    .photo_size = (gint64) g_bytes_get_size (content),
    .created_at = rfi_clock_get_wall (RFI_CLOCK (console->clock)),
  };

  if (seen == NULL ||
      !rfi_sealed_file_write (rfi_store_get_seal (console->store), path, content, NULL))
    return;

  template.job_id = (char *) seen->id;
  template.vendor_id = (char *) seen->vendor_id;
  operation = rfi_operation_new (&template);
  enqueue_operation (deed, operation, "");
}

/* The desk of conflicts, and what was refused */

/* Returns: (transfer full) (nullable): what the person wants over the server's; %NULL: nothing */
static RfiPatch *
decide (Deed        *deed,
        RfiConflict *conflict)
{
  RfiPatch *result;

  /* Of a picture there is nothing to weigh: its job is gone. */
  if (conflict->operation->kind == RFI_OPERATION_ADD_PHOTO)
    return NULL;

  switch (roll (deed, 3))
    {
    case 0:
      return NULL;
    case 1:
      return conflict->operation->patch != NULL ? rfi_patch_copy (conflict->operation->patch)
                                                : NULL;
    default:
      result = rfi_patch_new ();
      set_text (deed, result, RFI_FIELD_TITLE);
      return result;
    }
}

/* The decision may have made a job anew, and moved there what waited. */
static void
note_decision (Deed               *deed,
               const RfiOperation *decision)
{
  g_autoptr(GPtrArray) outbox = NULL;

  rfi_sim_ledger_add (deed->world->ledger, decision, deed->console->number, RFI_SIM_INTENT_MAYBE);
  /* What it made of one that its machine went down on is seen when that is up again. */
  if (deed->console->disk->dead)
    return;

  deed->console->disk->spared = TRUE;
  outbox = rfi_sim_console_outbox (deed->console, NULL);
  deed->console->disk->spared = FALSE;
  if (outbox != NULL)
    rfi_sim_ledger_follow (deed->world->ledger, outbox, deed->console->number);
}

static gboolean
resolve (Deed        *deed,
         RfiConflict *conflict)
{
  g_autoptr(RfiPatch) result = decide (deed, conflict);
  g_autofree char *id = rfi_random_uuid (deed->random);
  RfiSimIntent *intent =
    rfi_sim_ledger_find (deed->world->ledger, conflict->operation->id);
  RfiOperation decision = {
    .id = id, .job_id = conflict->job_id, .kind = RFI_OPERATION_RESOLVE, .patch = result,
  };
  g_autoptr(GError) error = NULL;
  gboolean safe =
    rfi_sim_console_resolve (deed->console, conflict->id, result, id, &error);

  rfi_sim_world_tell (deed->world, "console %u: decides conflict of %.8s on %s: %s%s%s",
                      deed->console->number, conflict->operation->id, conflict->job_id,
                      result == NULL ? "theirs" : "mine", safe ? "" : ", refused: ",
                      safe ? "" : error->message);
  if (result != NULL && (safe || deed->console->disk->dead))
    note_decision (deed, &decision);
  if (!safe)
    {
      /* Done or not: both are right if the machine went down on it. */
      if (deed->console->disk->dead && intent != NULL)
        intent->state = RFI_SIM_INTENT_MAYBE;
      return FALSE;
    }

  rfi_sim_count ("conflict resolved");
  if (intent != NULL)
    intent->state = RFI_SIM_INTENT_SETTLED;
  return TRUE;
}

/* With a creation that is given up goes all that waits to be done with the job.
 * @outbox: (nullable): as it was before */
static void
note_discard (Deed              *deed,
              RfiOperation      *operation,
              GPtrArray         *outbox,
              RfiSimIntentState  state)
{
  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      RfiOperation *other = g_ptr_array_index (outbox, i);
      RfiSimIntent *intent = rfi_sim_ledger_find (deed->world->ledger, other->id);
      gboolean follows = operation->kind == RFI_OPERATION_CREATE &&
                         g_str_equal (other->job_id, operation->job_id);

      if (intent == NULL || (!follows && !g_str_equal (other->id, operation->id)))
        continue;
      intent->state = state;
      intent->given_up |= 1u << deed->console->number;
    }
}

static gboolean
discard (Deed         *deed,
         RfiOperation *operation)
{
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GError) error = NULL;
  gboolean safe;

  deed->console->disk->spared = TRUE;
  outbox = rfi_sim_console_outbox (deed->console, NULL);
  deed->console->disk->spared = FALSE;
  safe = rfi_sim_console_discard (deed->console, operation->id, &error);

  rfi_sim_world_tell (deed->world, "console %u: gives up %.8s%s", deed->console->number,
                      operation->id, safe ? "" : ", refused");
  if (safe)
    rfi_sim_count ("operation discarded");
  if (safe || deed->console->disk->dead)
    note_discard (deed, operation, outbox,
                  safe ? RFI_SIM_INTENT_DISCARDED : RFI_SIM_INTENT_MAYBE);
  return safe;
}

static void
work_on_conflicts (Deed *deed)
{
  g_autoptr(GPtrArray) conflicts = rfi_sim_console_conflicts (deed->console, NULL);

  if (conflicts != NULL && conflicts->len > 0)
    resolve (deed, g_ptr_array_index (conflicts, roll (deed, conflicts->len)));
}

static void
work_on_outbox (Deed     *deed,
                gboolean  give_up)
{
  g_autoptr(GPtrArray) outbox = rfi_sim_console_outbox (deed->console, NULL);
  RfiOperation *operation;

  if (outbox == NULL || outbox->len == 0)
    return;

  operation = g_ptr_array_index (outbox, roll (deed, outbox->len));
  if (operation->state == RFI_OPERATION_ACCEPTED || operation->state == RFI_OPERATION_CONFLICT)
    return;
  if (give_up)
    discard (deed, operation);
  else if (rfi_sim_console_retry (deed->console, operation->id, NULL))
    {
      rfi_sim_count ("operation retried");
      rfi_sim_world_tell (deed->world, "console %u: tries %.8s again", deed->console->number,
                          operation->id);
    }
}

/* An old client, straight at the server */

typedef struct
{
  Deed       *deed;
  const char *id;
  gboolean    remove;
  RfiJob     *made;  /* (owned) (nullable): what it became */
} Phone;

static gboolean
write_by_phone (RfiSimServer *server,
                gint64        stamp,
                gpointer      data)
{
  Phone *phone = data;
  g_autoptr(RfiJob) job = rfi_server_jobs_get (server->db, phone->id, NULL);
  RfiServerActor actor = { "user-0", NULL, RFI_SERVER_ORIGIN_REST,
                           phone->remove ? "delete" : "edit", stamp };
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiJob) edited = NULL;
  g_autofree char *etag = rfi_server_jobs_make_etag ();
  RfiJob changed;
  gint64 seq;

  if (job == NULL)
    return FALSE;

  set_text (phone->deed, patch,
            roll (phone->deed, 2) == 0 ? RFI_FIELD_TITLE : RFI_FIELD_DESCRIPTION);
  edited = rfi_job_apply (job, patch);
  changed = *edited;
  changed.etag = rfi_etag (etag);
  changed.updated_at = stamp;
  phone->made = rfi_job_new (&changed);
  if (phone->remove)
    return rfi_server_jobs_delete (server->db, job, &actor, &seq, NULL);

  return rfi_server_jobs_update (server->db, job, &changed, &actor, &seq, NULL);
}

static void
use_phone (Deed     *deed,
           gboolean  remove)
{
  RfiSimWorld *self = deed->world;
  g_autoptr(GPtrArray) ids = rfi_sim_truth_ids (self->truth);
  RfiSimRow *row;
  Phone phone = { deed, NULL, remove, NULL };

  if (ids->len == 0 || self->server->db == NULL)
    return;
  row = rfi_sim_truth_find (self->truth, g_ptr_array_index (ids, roll (deed, ids->len)));
  if (row->job == NULL)
    return;

  phone.id = row->id;
  if (rfi_sim_server_change (self->server, write_by_phone, &phone))
    {
      rfi_sim_count ("old client wrote");
      rfi_sim_world_tell (self, "an old client %s %s", remove ? "deletes" : "changes", row->id);
      self->server->disk->spared = TRUE;
      rfi_sim_world_fail (self, rfi_sim_truth_changed (self->truth, self->server->db, phone.made,
                                                       remove));
      self->server->disk->spared = FALSE;
    }
  else if (phone.made != NULL)
    {
      rfi_sim_truth_fell_job (self->truth, phone.made, remove);
      self->server->disk->spared = TRUE;
      if (self->server->db != NULL)
        rfi_sim_world_fail (self, rfi_sim_truth_verify (self->truth, self->server->db));
      self->server->disk->spared = FALSE;
    }
  g_clear_pointer (&phone.made, rfi_job_unref);
}

/* Which one */

static void
act_at_console (Deed       *deed,
                RfiSimDeed  what)
{
  RfiSimConsole *console = deed->console;

  switch ((int) what)
    {
    case RFI_SIM_DEED_EDIT:
      edit (deed);
      break;
    case RFI_SIM_DEED_STATUS:
      step_status (deed);
      break;
    case RFI_SIM_DEED_ASSIGN:
      assign (deed);
      break;
    case RFI_SIM_DEED_SCHEDULE:
      schedule (deed);
      break;
    case RFI_SIM_DEED_ITEMS:
      write_item (deed);
      break;
    case RFI_SIM_DEED_CREATE:
      g_free (create (deed));
      break;
    case RFI_SIM_DEED_DELETE:
      delete_job (deed);
      break;
    case RFI_SIM_DEED_CHAIN:
      chain (deed);
      break;
    case RFI_SIM_DEED_MOVE:
      move_job (deed);
      break;
    case RFI_SIM_DEED_PICTURE:
      take_picture (deed);
      break;
    case RFI_SIM_DEED_RESOLVE:
      work_on_conflicts (deed);
      break;
    case RFI_SIM_DEED_DISCARD:
      work_on_outbox (deed, TRUE);
      break;
    case RFI_SIM_DEED_RETRY:
      work_on_outbox (deed, FALSE);
      break;
    case RFI_SIM_DEED_SIGN_IN:
      rfi_sim_world_sign_in (deed->world, console->number);
      break;
    case RFI_SIM_DEED_KICK:
      rfi_sync_engine_kick (console->engine, (RfiSyncKick) roll (deed, 4));
      break;
    case RFI_SIM_DEED_SLEEP:
      rfi_sim_clock_suspend (console->clock, RFI_SIM_NIGHT - G_GINT64_CONSTANT (60000));
      break;
    case RFI_SIM_DEED_OFFLINE:
    default:
      console->offline = !console->offline;
      rfi_sim_world_tell (deed->world, "console %u: %s", console->number,
                          console->offline ? "goes offline" : "goes online");
      rfi_sync_engine_set_forced_offline (console->engine, console->offline);
      break;
    }
}

void
rfi_sim_people_act (RfiSimWorld        *self,
                    const RfiSimAction *action)
{
  Deed deed = { self, self->consoles[action->who], rfi_random_new_seed (action->seed) };

  if (action->deed == RFI_SIM_DEED_PHONE || action->deed == RFI_SIM_DEED_PHONE_DELETE)
    use_phone (&deed, action->deed == RFI_SIM_DEED_PHONE_DELETE);
  else if (action->deed == RFI_SIM_DEED_THIEF)
    rfi_sim_sign_in_steal (self->server, roll (&deed, 1000));
  else if (rfi_sim_console_is_up (deed.console) && !deed.console->disk->dead)
    {
      guint n = rfi_sim_net_in_flight (self->net, action->who);

      if (n > 0 && action->deed == RFI_SIM_DEED_EDIT)
        rfi_sim_count ("edit while a request was under way");
      act_at_console (&deed, action->deed);
      rfi_sim_time_settle ();
    }
  g_object_unref (deed.random);
}

/* Somebody sees that a console asks to sign in again. */
static void
sign_in_who_must (RfiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_consoles; i++)
    if (rfi_sim_console_is_up (self->consoles[i]) &&
        rfi_sync_engine_get_wait (self->consoles[i]->engine) == RFI_SYNC_WAIT_SIGN_IN)
      rfi_sim_world_sign_in (self, i);
}

guint
rfi_sim_people_settle (RfiSimWorld *self)
{
  guint n_open = 0;

  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      Deed deed = { self, self->consoles[i], NULL };
      g_autoptr(GPtrArray) conflicts = NULL;
      g_autoptr(GPtrArray) outbox = NULL;

      if (!rfi_sim_console_is_up (deed.console))
        {
          n_open++;
          continue;
        }
      rfi_sim_accident_see_to (self, i);
      if (!rfi_sim_console_is_up (deed.console))
        {
          n_open++;
          continue;
        }
      deed.random = rfi_random_new_seed (self->plan->seed + self->n_steps + i);
      conflicts = rfi_sim_console_conflicts (deed.console, NULL);
      for (guint j = 0; conflicts != NULL && j < conflicts->len; j++)
        resolve (&deed, g_ptr_array_index (conflicts, j));
      outbox = rfi_sim_console_outbox (deed.console, NULL);
      for (guint j = 0; outbox != NULL && j < outbox->len; j++)
        {
          RfiOperation *operation = g_ptr_array_index (outbox, j);

          n_open++;
          if (operation->state == RFI_OPERATION_REJECTED ||
              operation->state == RFI_OPERATION_QUARANTINED)
            discard (&deed, operation);
        }
      g_object_unref (deed.random);
    }

  sign_in_who_must (self);
  return n_open;
}
