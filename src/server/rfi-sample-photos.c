/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sample-photos"

#include "config.h"

#include "rfi-sample-photos.h"

/* Pictures of the same scene and phase, taken from different places. */
#define VARIANTS 2

#define MINUTE G_GINT64_CONSTANT (60000)

struct _RfiSamplePhotos
{
  RfiServerStore *store;
  RfiPhoto       *drawn[RFI_N_SKETCH_SCENES][RFI_N_SKETCH_PHASES][VARIANTS];  /* (owned) */
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
  const RfiJob *job;
  RfiRandom    *random;
  gboolean      own;
  guint         number;  /* the camera's, of the next one */
  gint64        at;      /* ms since 1970 */
} Roll;

RfiSamplePhotos *
rfi_sample_photos_new (RfiServerStore *store)
{
  RfiSamplePhotos *self = g_new0 (RfiSamplePhotos, 1);

  self->store = store;
  return self;
}

void
rfi_sample_photos_free (RfiSamplePhotos *self)
{
  RfiPhoto **photos = &self->drawn[0][0][0];

  for (guint i = 0; i < sizeof self->drawn / sizeof *photos; i++)
    g_clear_pointer (&photos[i], rfi_photo_unref);
  g_free (self);
}

static gboolean
draw (RfiSamplePhotos  *self,
      const RfiJob     *job,
      RfiPhoto         *photo,
      RfiSketchScene    scene,
      RfiSketchPhase    phase,
      guint64           seed,
      const char       *stamp,
      GError          **error)
{
  g_autoptr(GBytes) picture = rfi_sketch_draw (scene, phase, seed, stamp, error);

  if (picture == NULL)
    return FALSE;

  photo->size = (gint64) g_bytes_get_size (picture);
  return rfi_server_store_add_photo (self->store, job, photo, picture, error);
}

static gboolean
draw_own (RfiSamplePhotos  *self,
          Roll             *roll,
          RfiPhoto         *photo,
          RfiSketchScene    scene,
          RfiSketchPhase    phase,
          GError          **error)
{
  g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc (roll->at / 1000);
  g_autofree char *stamp = g_date_time_format (when, "%Y-%m-%d %H:%M");

  return draw (self, roll->job, photo, scene, phase, rfi_random_u64 (roll->random), stamp, error);
}

/* The seed is the picture's place in the table: which job comes to it first does not matter. */
static gboolean
draw_shared (RfiSamplePhotos  *self,
             Roll             *roll,
             RfiPhoto         *photo,
             RfiSketchScene    scene,
             RfiSketchPhase    phase,
             GError          **error)
{
  guint variant = (guint) rfi_random_range (roll->random, VARIANTS);
  RfiPhoto **drawn = &self->drawn[scene][phase][variant];
  guint64 seed = (guint64) (drawn - &self->drawn[0][0][0]);

  if (*drawn != NULL)
    return rfi_server_store_share_photo (self->store, roll->job, photo, *drawn, error);

  if (!draw (self, roll->job, photo, scene, phase, seed, NULL, error))
    return FALSE;
  *drawn = rfi_photo_new (photo);
  return TRUE;
}

static gboolean
take_one (RfiSamplePhotos  *self,
          Roll             *roll,
          RfiSketchScene    scene,
          RfiSketchPhase    phase,
          GError          **error)
{
  const RfiJob *job = roll->job;
  gboolean on_site = job->status != RFI_STATUS_PENDING && job->assigned_to != NULL;
  g_autofree char *id = rfi_random_uuid (roll->random);
  g_autofree char *file_name = g_strdup_printf ("IMG_%04u.jpg", roll->number++ % 10000);
  RfiPhoto photo = {
    .id = id,
    .file_name = file_name,
    .mime_type = (char *) "image/jpeg",
    .uploaded_by = (char *) (on_site ? job->assigned_to : job->created_by),
    .uploaded_at = roll->at,
  };

  return roll->own ? draw_own (self, roll, &photo, scene, phase, error)
                   : draw_shared (self, roll, &photo, scene, phase, error);
}

gboolean
rfi_sample_photos_take (RfiSamplePhotos       *self,
                        const RfiJob          *job,
                        const RfiSketchScene  *scenes,
                        gboolean               own,
                        RfiRandom             *random,
                        GError               **error)
{
  gint64 span = job->updated_at - job->created_at;
  Roll roll = {
    .job = job,
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
          if (!take_one (self, &roll, scenes[i], (RfiSketchPhase) phase, error))
            return FALSE;
          roll.at += MINUTE * (gint64) (1 + rfi_random_range (random, 4));
          roll.at = MIN (roll.at, job->updated_at);
        }
    }
  return TRUE;
}
