/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-effects"

#include "config.h"

#include "rfi-sim-effects.h"

#include "rfi-merge.h"
#include "rfi-server-gone.h"
#include "rfi-server-head.h"
#include "rfi-server-jobs.h"

typedef struct
{
  char     *vendor;   /* (owned) (nullable): %NULL: any */
  RfiPatch *fields;   /* (owned) (nullable): every field; %NULL: it is deleted */
  guint32   loose;    /* 1u << field for those that may be anything */
  guint     n_steps;  /* versions since before */
  gboolean  made;     /* by this transaction */
  gboolean  met;
} Effect;

struct _RfiSimEffects
{
  GHashTable *effects;  /* (owned) job id → Effect */
  GPtrArray  *order;    /* (owned) (element-type utf8): ids */
};

static void
change_free (RfiSimChange *change)
{
  g_free (change->id);
  g_clear_pointer (&change->job, rfi_job_unref);
  g_free (change);
}

static void
effect_free (Effect *effect)
{
  g_clear_pointer (&effect->fields, rfi_patch_unref);
  g_free (effect->vendor);
  g_free (effect);
}

RfiSimEffects *
rfi_sim_effects_new (void)
{
  RfiSimEffects *self = g_new (RfiSimEffects, 1);

  self->effects =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) effect_free);
  self->order = g_ptr_array_new ();
  return self;
}

void
rfi_sim_effects_free (RfiSimEffects *self)
{
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->effects);
  g_free (self);
}

/* Reading the server's tables */

static gboolean
read_jobs (RfiDb     *db,
           gint64     after,
           GPtrArray *changes)
{
  RfiScope scope = { .kind = RFI_SCOPE_ALL };
  RfiServerWindow window = { after, G_MAXINT64, G_MAXINT64 };
  RFI_DB_KEPT statement = rfi_server_jobs_begin_window (db, &scope, &window, NULL);
  RfiJob job = { 0 };
  GError *error = NULL;
  gint64 seq;

  while (statement != NULL && rfi_server_jobs_next_change (db, statement, &job, &seq, &error))
    {
      RfiSimChange *change = g_new0 (RfiSimChange, 1);

      change->id = g_strdup (job.id);
      change->job = rfi_job_new (&job);
      change->seq = seq;
      g_ptr_array_add (changes, change);
    }
  if (job.extra != NULL)
    rfi_job_extra_unref (job.extra);

  if (statement != NULL && error == NULL)
    return TRUE;

  g_clear_error (&error);
  return FALSE;
}

static gboolean
read_gone (RfiDb     *db,
           gint64     after,
           GPtrArray *changes)
{
  RfiScope scope = { .kind = RFI_SCOPE_ALL };
  RFI_DB_KEPT statement = rfi_server_gone_begin (db, &scope, after, G_MAXINT64, NULL);
  RfiServerGone gone;

  if (statement == NULL)
    return FALSE;

  while (rfi_server_gone_next (db, statement, &gone, NULL))
    if (gone.deleted)
      {
        RfiSimChange *change = g_new0 (RfiSimChange, 1);

        change->id = g_strdup (gone.job_id);
        change->seq = gone.seq;
        g_ptr_array_add (changes, change);
      }

  return TRUE;
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const RfiSimChange *one = *(const RfiSimChange *const *) a;
  const RfiSimChange *other = *(const RfiSimChange *const *) b;

  return one->seq < other->seq ? -1 : one->seq > other->seq;
}

GPtrArray *
rfi_sim_effects_read (RfiDb  *db,
                      gint64  after)
{
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);

  if (!read_jobs (db, after, changes) || !read_gone (db, after, changes))
    return NULL;

  g_ptr_array_sort (changes, compare_changes);
  return g_steal_pointer (&changes);
}

gboolean
rfi_sim_effects_moved (RfiDb  *db,
                       gint64  after)
{
  RfiServerHead head;

  return rfi_server_head_get (db, &head, NULL) && head.seq > after;
}

/* What must be */

static Effect *
get_effect (RfiSimEffects *self,
            const char    *id,
            const RfiJob  *job)
{
  Effect *effect = g_hash_table_lookup (self->effects, id);
  char *key;

  if (effect != NULL)
    return effect;

  effect = g_new0 (Effect, 1);
  effect->fields = job != NULL ? rfi_job_to_patch (job) : NULL;
  effect->vendor = job != NULL ? g_strdup (job->vendor_id) : NULL;
  key = g_strdup (id);
  g_hash_table_insert (self->effects, key, effect);
  g_ptr_array_add (self->order, key);
  return effect;
}

static void
create (Effect                   *effect,
        const RfiSignedOperation *operation)
{
  effect->fields = rfi_patch_copy (operation->patch);
  g_free (effect->vendor);
  effect->vendor = g_strdup (operation->vendor_id);
  effect->made = TRUE;
  for (RfiField field = 0; field < RFI_N_FIELDS; field++)
    if (!rfi_patch_has (effect->fields, field))
      {
        rfi_patch_set (effect->fields, field, "");
        if (field == RFI_FIELD_STATUS || field == RFI_FIELD_PRIORITY)
          effect->loose |= 1u << field;
      }
}

static char *
merge (Effect                   *effect,
       const RfiSignedOperation *operation,
       const RfiPushResult      *result)
{
  RfiMergeOutcome outcomes[RFI_N_FIELDS];
  guint n_collisions;
  RfiPatch *merged;

  /* What may stand there, is taken to be what was seen. */
  for (RfiField field = 0; field < RFI_N_FIELDS; field++)
    if ((effect->loose >> field & 1) != 0 && rfi_patch_has (operation->patch, field))
      {
        rfi_patch_set (effect->fields, field, rfi_patch_get (operation->before, field));
        effect->loose &= ~(1u << field);
      }
  merged = rfi_merge (operation->before, operation->patch, effect->fields, outcomes, &n_collisions);
  rfi_patch_unref (effect->fields);
  effect->fields = merged;
  if (n_collisions > 0)
    for (RfiField field = 0; field < RFI_N_FIELDS; field++)
      if (outcomes[field] == RFI_MERGE_COLLISION)
        return g_strdup_printf ("S11: number %" G_GINT64_FORMAT " was applied over another's %s "
                                "“%s”, set from “%s” to “%s”", operation->seq,
                                rfi_field_to_string (field), rfi_patch_get (merged, field),
                                rfi_patch_get (operation->before, field),
                                rfi_patch_get (operation->patch, field));

  for (RfiField field = 0; field < RFI_N_FIELDS; field++)
    if ((outcomes[field] == RFI_MERGE_OVERRULED) != ((result->overruled >> field & 1) != 0))
      return g_strdup_printf ("S11: number %" G_GINT64_FORMAT " says nothing of its %s that was "
                              "overruled", operation->seq, rfi_field_to_string (field));
  return NULL;
}

static char *
remove_job (Effect                   *effect,
            const RfiSignedOperation *operation,
            gint64                    version)
{
  /* What a person saw of their own changes may never have come about. */
  for (RfiField field = 0; field < RFI_N_FIELDS && version > operation->base_version; field++)
    {
      const char *seen =
        operation->before != NULL ? rfi_patch_get (operation->before, field) : NULL;

      if (seen != NULL && (effect->loose >> field & 1) == 0 &&
          g_strcmp0 (seen, rfi_patch_get (effect->fields, field)) != 0)
        return g_strdup_printf ("S11: number %" G_GINT64_FORMAT " deleted a job whose %s is “%s” "
                                "and was seen as “%s”", operation->seq,
                                rfi_field_to_string (field),
                                rfi_patch_get (effect->fields, field), seen);
    }

  g_clear_pointer (&effect->fields, rfi_patch_unref);
  return NULL;
}

/* Given to where it is, nothing changes. Elsewhere nobody does it any more. */
static char *
move_job (Effect                   *effect,
          const RfiSignedOperation *operation)
{
  if (g_strcmp0 (effect->vendor, operation->vendor_id) == 0)
    {
      effect->n_steps--;
      effect->met |= effect->n_steps == 0;
      return NULL;
    }

  g_free (effect->vendor);
  effect->vendor = g_strdup (operation->vendor_id);
  rfi_patch_set (effect->fields, RFI_FIELD_ASSIGNED_TO, "");
  if (g_strcmp0 (rfi_patch_get (effect->fields, RFI_FIELD_STATUS), "assigned") == 0)
    rfi_patch_set (effect->fields, RFI_FIELD_STATUS, "pending");
  return NULL;
}

char *
rfi_sim_effects_add (RfiSimEffects            *self,
                     const RfiSignedOperation *operation,
                     const RfiPushResult      *result,
                     const RfiJob             *job)
{
  Effect *effect = get_effect (self, operation->entity_id, job);

  effect->n_steps++;
  if (operation->kind == RFI_OPERATION_CREATE && effect->fields == NULL)
    {
      create (effect, operation);
      return NULL;
    }
  if (operation->kind == RFI_OPERATION_RESOLVE && effect->fields == NULL)
    {
      /* That it stays deleted, or is made anew: both are a person's word. */
      if (operation->patch == NULL || rfi_patch_is_empty (operation->patch))
        effect->met = TRUE;
      else
        create (effect, operation);
      return NULL;
    }
  /* It was gone already: nothing is left to do. */
  if (effect->fields == NULL && operation->kind == RFI_OPERATION_DELETE)
    {
      effect->met = TRUE;
      return NULL;
    }
  if (effect->fields == NULL)
    return g_strdup_printf ("S10: number %" G_GINT64_FORMAT " was applied to %s, which is not "
                            "there", operation->seq, operation->entity_id);
  if (operation->kind == RFI_OPERATION_DELETE)
    return remove_job (effect, operation, job != NULL ? job->version + effect->n_steps - 1 : 0);
  if (operation->kind == RFI_OPERATION_CREATE)
    return g_strdup_printf ("S10: %s was created twice", operation->entity_id);

  if (operation->kind == RFI_OPERATION_MOVE)
    return move_job (effect, operation);

  /* With the technician the status may take its step. */
  if (operation->patch != NULL && rfi_patch_has (operation->patch, RFI_FIELD_ASSIGNED_TO) &&
      !rfi_patch_has (operation->patch, RFI_FIELD_STATUS))
    effect->loose |= 1u << RFI_FIELD_STATUS;
  if (operation->patch == NULL || rfi_patch_is_empty (operation->patch))
    return NULL;

  return merge (effect, operation, result);
}

char *
rfi_sim_effects_check_conflict (RfiSimEffects            *self,
                                const RfiSignedOperation *operation,
                                const RfiPushResult      *result,
                                const RfiJob             *job)
{
  Effect *effect = g_hash_table_lookup (self->effects, operation->entity_id);
  g_autoptr(RfiPatch) known = effect == NULL && job != NULL ? rfi_job_to_patch (job) : NULL;
  const RfiPatch *fields = effect != NULL ? effect->fields : known;
  guint32 loose = effect != NULL ? effect->loose : 0;

  if (result->conflict_id == NULL)
    return g_strdup_printf ("S13: the conflict of number %" G_GINT64_FORMAT " has no record",
                            operation->seq);
  if ((result->theirs == NULL) != (fields == NULL) ||
      (result->theirs == NULL) != (result->reason == RFI_CONFLICT_DELETED))
    return g_strdup_printf ("S13: the conflict of number %" G_GINT64_FORMAT " says that %s is %s",
                            operation->seq, operation->entity_id,
                            result->theirs != NULL ? "there" : "gone");

  for (RfiField field = 0; fields != NULL && field < RFI_N_FIELDS; field++)
    if ((loose >> field & 1) == 0 &&
        g_strcmp0 (rfi_patch_get (result->theirs, field), rfi_patch_get (fields, field)) != 0)
      return g_strdup_printf ("S13: the conflict of number %" G_GINT64_FORMAT " has “%s” for the "
                              "%s “%s”", operation->seq, rfi_patch_get (result->theirs, field),
                              rfi_field_to_string (field), rfi_patch_get (fields, field));
  return NULL;
}

void
rfi_sim_effects_add_job (RfiSimEffects *self,
                         const RfiJob  *job,
                         gboolean       deleted)
{
  Effect *effect = get_effect (self, job->id, job);

  effect->n_steps = 1;
  if (deleted)
    g_clear_pointer (&effect->fields, rfi_patch_unref);
}

/* What is */

static char *
check_fields (Effect             *effect,
              const RfiSimChange *change)
{
  for (RfiField field = 0; field < RFI_N_FIELDS; field++)
    {
      const char *wanted = rfi_patch_get (effect->fields, field);
      const char *found = rfi_job_get_field (change->job, field);

      if ((effect->loose >> field & 1) == 0 && g_strcmp0 (wanted, found) != 0)
        return g_strdup_printf ("S12: %s of %s must be “%s” and is “%s”",
                                rfi_field_to_string (field), change->id, wanted, found);
    }

  return NULL;
}

char *
rfi_sim_effects_check (RfiSimEffects      *self,
                       const RfiSimChange *change,
                       const RfiJob       *before)
{
  Effect *effect = g_hash_table_lookup (self->effects, change->id);
  gint64 version = before != NULL ? before->version : 0;

  if (effect == NULL)
    return g_strdup_printf ("S2: %s changed and nobody did it", change->id);
  if (change->job == NULL && effect->fields != NULL)
    return g_strdup_printf ("S11: %s is gone and nobody deleted it", change->id);
  if (change->job != NULL && effect->fields == NULL)
    return g_strdup_printf ("S10: %s is there and was deleted", change->id);

  effect->met = TRUE;
  if (change->job == NULL)
    return NULL;
  if (effect->vendor != NULL && g_strcmp0 (effect->vendor, change->job->vendor_id) != 0)
    return g_strdup_printf ("S12: %s must be of %s and is of %s", change->id, effect->vendor,
                            change->job->vendor_id);
  if (!effect->made && change->job->version != version + effect->n_steps)
    return g_strdup_printf ("S2: %s went from version %" G_GINT64_FORMAT " to %u"
                            " by %u changes", change->id, version, change->job->version,
                            effect->n_steps);
  return check_fields (effect, change);
}

char *
rfi_sim_effects_check_rest (RfiSimEffects *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      const char *id = g_ptr_array_index (self->order, i);
      Effect *effect = g_hash_table_lookup (self->effects, id);

      /* One made and deleted at once leaves no more than its end. */
      if (!effect->met)
        return g_strdup_printf ("S2: %s was said to be changed and is not", id);
    }

  return NULL;
}
