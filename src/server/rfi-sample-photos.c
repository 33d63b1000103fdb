/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-photos"

#include "config.h"

#include "rfi-sample-photos.h"

/* Pictures of the same scene and phase, taken from different places. */
#define VARIANTS 2

#define MINUTE G_GINT64_CONSTANT (60000)

/* A painter's until the pool is gone. */
typedef struct
{
  RfiSketchScene  scene;
  RfiSketchPhase  phase;
  guint64         seed;
  char           *stamp;    /* (owned) (nullable) */
  GBytes         *content;  /* (owned) (nullable) */
  GError         *error;    /* (owned) (nullable): why there is no content */
  RfiPhoto       *first;    /* (nullable): the photo whose file it is in */
} Picture;

typedef struct
{
  RfiJob   *job;      /* (owned) */
  RfiPhoto *photo;    /* (owned) */
  Picture  *picture;
} Shot;

struct _RfiSamplePhotos
{
  RfiServerStore *store;
  GThreadPool    *painters;  /* (owned) (nullable) until all is written */
  GPtrArray      *pictures;  /* (owned) (element-type Picture) */
  GPtrArray      *shots;     /* (owned) (element-type Shot): in the order they were taken in */
  Picture        *shared[RFI_N_SKETCH_SCENES][RFI_N_SKETCH_PHASES][VARIANTS];
};

/* How many of each phase there are by now, and at most that many more. */
static const struct
{
  guint at_least[RFI_N_SKETCH_PHASES];
  guint more[RFI_N_SKETCH_PHASES];
} plans[RFI_N_STATUSES] = {
  [RFI_STATUS_PENDING] = { { 1, 0, 0 }, { 1, 0, 0 } },
  [RFI_STATUS_ASSIGNED] = { { 1, 0, 0 }, { 2, 0, 0 } },
  [RFI_STATUS_IN_PROGRESS] = { { 2, 1, 0 }, { 1, 1, 0 } },
  [RFI_STATUS_COMPLETED] = { { 1, 0, 1 }, { 2, 1, 2 } },
  [RFI_STATUS_CANCELLED] = { { 1, 0, 0 }, { 0, 0, 0 } },
};

/* The photos of one job, one after the other. */
typedef struct
{
  RfiJob    *job;
  RfiRandom *random;
  gboolean   own;
  guint      number;  /* the camera's, of the next one */
  gint64     at;      /* ms since 1970 */
} Roll;

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_free (self->stamp);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
shot_free (gpointer data)
{
  Shot *self = data;

  rfi_job_unref (self->job);
  rfi_photo_unref (self->photo);
  g_free (self);
}

static void
paint_cb (gpointer data,
          gpointer user_data)
{
  Picture *picture = data;

  picture->content = rfi_sketch_draw (picture->scene, picture->phase, picture->seed,
                                      picture->stamp, &picture->error);
}

RfiSamplePhotos *
rfi_sample_photos_new (RfiServerStore *store)
{
  RfiSamplePhotos *self = g_new0 (RfiSamplePhotos, 1);

  self->store = store;
  self->painters = g_thread_pool_new (paint_cb, NULL, (int) g_get_num_processors (), FALSE, NULL);
  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  self->shots = g_ptr_array_new_with_free_func (shot_free);
  return self;
}

void
rfi_sample_photos_free (RfiSamplePhotos *self)
{
  if (self->painters != NULL)
    g_thread_pool_free (self->painters, TRUE, TRUE);
  g_ptr_array_unref (self->shots);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

/* @stamp: (transfer full) (nullable) */
static Picture *
order (RfiSamplePhotos *self,
       RfiSketchScene   scene,
       RfiSketchPhase   phase,
       guint64          seed,
       char            *stamp)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->scene = scene;
  picture->phase = phase;
  picture->seed = seed;
  picture->stamp = stamp;
  g_ptr_array_add (self->pictures, picture);
  g_thread_pool_push (self->painters, picture, NULL);
  return picture;
}

static Picture *
order_own (RfiSamplePhotos *self,
           const Roll      *roll,
           RfiSketchScene   scene,
           RfiSketchPhase   phase)
{
  g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc (roll->at / 1000);

  return order (self, scene, phase, rfi_random_u64 (roll->random),
                g_date_time_format (when, "%Y-%m-%d %H:%M"));
}

/* The seed is the picture's place in the table: which job comes to it first does not matter. */
static Picture *
order_shared (RfiSamplePhotos *self,
              const Roll      *roll,
              RfiSketchScene   scene,
              RfiSketchPhase   phase)
{
  guint variant = (guint) rfi_random_range (roll->random, VARIANTS);
  Picture **shared = &self->shared[scene][phase][variant];

  if (*shared == NULL)
    *shared = order (self, scene, phase, (guint64) (shared - &self->shared[0][0][0]), NULL);
  return *shared;
}

static void
take_one (RfiSamplePhotos *self,
          Roll            *roll,
          RfiSketchScene   scene,
          RfiSketchPhase   phase)
{
  const RfiJob *job = roll->job;
  gboolean on_site = job->status != RFI_STATUS_PENDING && job->assigned_to != NULL;
  g_autofree char *id = rfi_random_uuid (roll->random);
  g_autofree char *file_name = g_strdup_printf ("IMG_%04u.jpg", roll->number++ % 10000);
  const RfiPhoto photo = {
    .id = id,
    .file_name = file_name,
    .mime_type = (char *) "image/jpeg",
    .uploaded_by = (char *) (on_site ? job->assigned_to : job->created_by),
    .uploaded_at = roll->at,
  };
  Shot *shot;

  shot = g_new (Shot, 1);
  shot->job = rfi_job_ref (roll->job);
  shot->photo = rfi_photo_new (&photo);
  shot->picture = roll->own ? order_own (self, roll, scene, phase)
                            : order_shared (self, roll, scene, phase);
  g_ptr_array_add (self->shots, shot);
}

void
rfi_sample_photos_take (RfiSamplePhotos      *self,
                        const RfiJob         *job,
                        const RfiSketchScene *scenes,
                        gboolean              own,
                        RfiRandom            *random)
{
  g_autoptr(RfiJob) kept = rfi_job_new (job);
  gint64 span = job->updated_at - job->created_at;
  Roll roll = {
    .job = kept,
    .random = random,
    .own = own,
    .number = (guint) rfi_random_range (random, 10000),
  };

  for (int phase = 0; phase < RFI_N_SKETCH_PHASES; phase++)
    {
      guint n = plans[job->status].at_least[phase];

      if (!own)
        n += (guint) rfi_random_range (random, plans[job->status].more[phase] + 1);
      /* Each phase in its third of the time that the job has taken so far. */
      roll.at = job->created_at + span * (phase + 1) / 4;
      for (guint i = 0; i < MIN (n, RFI_SAMPLE_MAX_SCENES); i++)
        {
          take_one (self, &roll, scenes[i], (RfiSketchPhase) phase);
          roll.at += MINUTE * (gint64) (1 + rfi_random_range (random, 4));
          roll.at = MIN (roll.at, job->updated_at);
        }
    }
}

static gboolean
write_shot (RfiSamplePhotos  *self,
            const Shot       *shot,
            GError          **error)
{
  Picture *picture = shot->picture;

  if (picture->first != NULL)
    return rfi_server_store_share_photo (self->store, shot->job, shot->photo, picture->first,
                                         error);
  if (picture->content == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&picture->error));
      return FALSE;
    }

  picture->first = shot->photo;
  picture->first->size = (gint64) g_bytes_get_size (picture->content);
  return rfi_server_store_add_photo (self->store, shot->job, shot->photo, picture->content, error);
}

gboolean
rfi_sample_photos_write (RfiSamplePhotos  *self,
                         GError          **error)
{
  g_thread_pool_free (g_steal_pointer (&self->painters), FALSE, TRUE);
  for (guint i = 0; i < self->shots->len; i++)
    if (!write_shot (self, self->shots->pdata[i], error))
      return FALSE;
  return TRUE;
}
