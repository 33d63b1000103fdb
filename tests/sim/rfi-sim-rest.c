/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-rest"

#include "config.h"

#include "rfi-sim-rest.h"

#include "rfi-form.h"
#include "rfi-rules.h"
#include "rfi-server-answers.h"
#include "rfi-server-jobs.h"
#include "rfi-server-photos.h"
#include "rfi-sim-picture.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"
#include "rfi-wire-photo.h"

#include <string.h>

#define JOBS "/api/jobs/"
#define PICTURES "/attachments"

/* A picture on its way into the tables. */
typedef struct
{
  RfiUser    *user;   /* borrowed */
  const char *key;
  GBytes     *content;
  RfiJob     *before; /* (owned) */
  RfiJob     *job;    /* (owned) (nullable): with it */
  RfiPhoto   *photo;  /* (owned) */
  GString    *body;   /* of the answer */
  gint64      seq;
} Upload;

gboolean
rfi_sim_rest_is_asked (const RfiRequest *request)
{
  return g_str_has_prefix (request->target, JOBS) &&
         (g_str_equal (request->method, "GET") ||
          (g_str_equal (request->method, "POST") &&
           g_str_has_suffix (request->target, PICTURES)));
}

static void
refuse (RfiSimAnswer *answer,
        guint         status,
        const char   *code)
{
  answer->status = status;
  rfi_wire_error_append (answer->body, code, "The simulated server says no");
}

/* @named: with the names of people. Returns: (transfer full) (nullable): the job that is asked for,
 * with its photos, if this person may see it */
static RfiJob *
find_job (RfiSimServer      *self,
          const RfiUser     *user,
          const RfiRequest  *request,
          gboolean           named,
          GError           **error)
{
  const char *id = request->target + strlen (JOBS);
  g_autofree char *job_id = g_strndup (id, strcspn (id, "/?"));
  g_autoptr(RfiJob) bare = named ? rfi_server_jobs_get_named (self->db, job_id, error)
                                 : rfi_server_jobs_get (self->db, job_id, error);
  g_autoptr(GPtrArray) photos = NULL;
  RfiJob job;

  if (bare == NULL || !rfi_rules_may_see (user, bare))
    return NULL;

  photos = rfi_server_photos_list (self->db, bare->id, error);
  if (photos == NULL)
    return NULL;

  for (guint i = 0; i < photos->len; i++)
    ((RfiPhoto *) g_ptr_array_index (photos, i))->url = g_strdup ("http://server/picture");
  job = *bare;
  job.photos = photos;
  return rfi_job_new (&job);
}

static gboolean
fall (RfiSimServer *self)
{
  rfi_sim_server_stumble (self);
  return FALSE;
}

static gboolean
show_job (RfiSimServer     *self,
          const RfiUser    *user,
          const RfiRequest *request,
          RfiSimAnswer     *answer)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) job = find_job (self, user, request, TRUE, &error);

  if (error != NULL)
    return fall (self);
  if (job == NULL)
    {
      refuse (answer, 404, "NOT_FOUND");
      return TRUE;
    }

  answer->status = 200;
  g_string_append (answer->body, "{\"data\":");
  rfi_wire_job_append (answer->body, job, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_PHOTO_URLS);
  g_string_append_c (answer->body, '}');
  return TRUE;
}

/* Pictures */

static RfiPhoto *
make_photo (const RfiUser      *user,
            const char         *key,
            const RfiFormPhoto *form)
{
  RfiPhoto template = {
    .id = (char *) key,
    .file_name = form->file_name,
    .mime_type = form->mime_type,
    .size = (gint64) g_bytes_get_size (form->content),
    .uploaded_by = user->id,
  };

  return rfi_photo_new (&template);
}

static gboolean
has_photo (const RfiJob *job,
           const char   *id)
{
  for (guint i = 0; i < job->photos->len; i++)
    if (g_str_equal (((RfiPhoto *) g_ptr_array_index (job->photos, i))->id, id))
      return TRUE;

  return FALSE;
}

static gboolean
keep_bytes (const Upload *upload)
{
  g_autofree char *path = rfi_sim_album_path (upload->photo->id);
  gsize size;
  const char *bytes = g_bytes_get_data (upload->content, &size);

  return g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   NULL);
}

static RfiJob *
add_to_job (const Upload *upload,
            gint64        stamp)
{
  g_autoptr(GPtrArray) photos =
    g_ptr_array_copy (upload->before->photos, (GCopyFunc) (void (*) (void)) rfi_photo_ref, NULL);
  g_autofree char *etag = rfi_server_jobs_make_etag ();
  RfiJob job = *upload->before;

  g_ptr_array_set_free_func (photos, (GDestroyNotify) rfi_photo_unref);
  g_ptr_array_add (photos, rfi_photo_ref (upload->photo));
  job.photos = photos;
  job.n_photos = photos->len;
  job.has_attachments = TRUE;
  job.etag = rfi_etag (etag);
  job.updated_at = stamp;
  return rfi_job_new (&job);
}

/* As the program does, in one transaction: its bytes, its row, the job, and the answer. */
static gboolean
add_picture (RfiSimServer *self,
             gint64        stamp,
             gpointer      data)
{
  Upload *upload = data;
  RfiServerActor actor = { upload->user->id, NULL, RFI_SERVER_ORIGIN_REST, "add-photo", stamp };
  RfiServerAnswer answer = { .fingerprint = (char *) "picture", .status = 201 };

  upload->photo->uploaded_at = stamp;
  upload->job = add_to_job (upload, stamp);
  upload->photo->url = g_strdup ("http://server/picture");
  rfi_wire_photo_append_answer (upload->body, upload->photo, upload->job);
  answer.body = upload->body->str;
  return keep_bytes (upload) &&
         rfi_server_photos_insert (self->db, upload->before->id, upload->photo, NULL) &&
         rfi_server_jobs_update (self->db, upload->before, upload->job, &actor, &upload->seq,
                                 NULL) &&
         rfi_server_answers_insert (self->db, upload->user->id, upload->key, &answer, stamp, NULL);
}

static gboolean
run_upload (RfiSimServer *self,
            guint         who,
            Upload       *upload)
{
  gboolean kept = rfi_sim_server_change (self, add_picture, upload);
  const RfiSimUpload told = {
    .operation_id = upload->key,
    .photo_id = upload->photo->id,
    .job = upload->job,
    .content = upload->content,
  };
  RfiSyncNews news = {
    .event = RFI_HUB_EVENT_JOB_UPDATED,
    .job = upload->job,
    .previous = upload->before,
    .seq = upload->seq,
    .triggered_by = upload->user->id,
  };

  if (upload->job != NULL)
    self->watch->uploaded (self->watcher, who, &told, kept);
  if (kept)
    rfi_sim_server_tell (self, &news);
  return kept;
}

static gboolean
take_picture (RfiSimServer *self,
              guint         who,
              RfiRequest   *request,
              RfiFormPhoto *form,
              RfiSimAnswer *answer)
{
  Upload upload = {
    .user = g_ptr_array_index (self->users, who),
    .key = rfi_request_get_header (request, "Idempotency-Key"),
    .content = form->content,
    .body = answer->body,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) before = find_job (self, upload.user, request, FALSE, &error);
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiPhoto) photo = make_photo (upload.user, upload.key, form);
  RfiServerAnswer known;
  gboolean is_known =
    error == NULL &&
    rfi_server_answers_find (self->db, upload.user->id, upload.key, &known, &error);
  gboolean kept;

  if (error != NULL)
    return fall (self);
  if (is_known)
    {
      rfi_sim_count ("picture came again");
      answer->status = known.status;
      g_string_append (answer->body, known.body);
      rfi_server_answer_clear (&known);
      return TRUE;
    }
  if (before == NULL)
    {
      refuse (answer, 404, "NOT_FOUND");
      return TRUE;
    }
  if (has_photo (before, upload.key))
    {
      photo->url = g_strdup ("http://server/picture");
      answer->status = 201;
      rfi_wire_photo_append_answer (answer->body, photo, before);
      return TRUE;
    }

  upload.before = before;
  upload.photo = photo;
  answer->status = 201;
  kept = run_upload (self, who, &upload);
  job = upload.job;
  return kept;
}

gboolean
rfi_sim_rest_handle (RfiSimServer *self,
                     guint         who,
                     RfiRequest   *request,
                     RfiSimAnswer *answer)
{
  RfiFormProblem problem;
  RfiFormPhoto form;
  gboolean kept;

  if (g_str_equal (request->method, "GET"))
    return show_job (self, g_ptr_array_index (self->users, who), request, answer);
  if (!rfi_form_read_photo (request->body, request->content_type, &form, &problem))
    {
      refuse (answer, 400, problem.code);
      return TRUE;
    }

  kept = take_picture (self, who, request, &form, answer);
  rfi_form_photo_clear (&form);
  return kept;
}
