/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert-file"

#include "config.h"

#include "rfi-alert-file.h"

#include "rfi-alert-file-private.h"
#include "rfi-sealed-file.h"
#include "rfi-session-private.h"

#include <string.h>

#define FILE_NAME "alerts"
#define FORMAT    "a{s(xa{sx})}"

#define LONGEST_ABSENCE (30 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))

struct _RfiAlertFile
{
  char    *path;
  RfiSeal *seal;  /* (owned) */
};

/* As the file calls them, in whatever order a later version counts them. */
static const char *const names[RFI_N_ALERT_KINDS] = {
  [RFI_ALERT_UNASSIGNED] = "unassigned",
  [RFI_ALERT_OVERDUE] = "overdue",
  [RFI_ALERT_LATE_END] = "late-end",
  [RFI_ALERT_LATE_START] = "late-start",
  [RFI_ALERT_OVERRUN] = "overrun",
  [RFI_ALERT_UNACKNOWLEDGED] = "unacknowledged",
  [RFI_ALERT_AT_RISK] = "at-risk",
};

RfiAlertFile *
_rfi_alert_file_new (const char *path,
                     RfiSeal    *seal)
{
  RfiAlertFile *self = g_new0 (RfiAlertFile, 1);

  self->path = g_strdup (path);
  self->seal = rfi_seal_ref (seal);
  return self;
}

void
rfi_alert_file_free (RfiAlertFile *self)
{
  g_free (self->path);
  rfi_seal_unref (self->seal);
  g_free (self);
}

RfiAlertFile *
rfi_session_open_alert_file (RfiSession *session)
{
  RfiStore *store;
  g_autofree char *path = NULL;

  g_return_val_if_fail (RFI_IS_SESSION (session), NULL);

  store = _rfi_session_get_store (session);
  if (store == NULL)
    return NULL;

  path = g_build_filename (_rfi_session_get_account (session)->dir, FILE_NAME, NULL);
  return _rfi_alert_file_new (path, rfi_store_get_seal (store));
}

gboolean
rfi_alert_mute_is_recent (const RfiAlertMute *mute,
                          gint64              now)
{
  gint64 last = 0;

  for (guint kind = 0; kind < RFI_N_ALERT_KINDS; kind++)
    last = MAX (last, mute->since[kind]);
  return mute->until > now && last > now - LONGEST_ABSENCE;
}

/* Reading */

static void
parse_reasons (GVariantIter *iter,
               RfiAlertMute *mute)
{
  const char *name;
  gint64 since;

  while (g_variant_iter_next (iter, "{&sx}", &name, &since))
    for (guint kind = 0; kind < RFI_N_ALERT_KINDS; kind++)
      if (g_str_equal (name, names[kind]))
        {
          mute->kinds |= 1u << kind;
          mute->since[kind] = since;
        }
}

static void
parse (GVariant   *value,
       GHashTable *mutes)
{
  GVariantIter iter;
  GVariantIter *reasons;
  const char *job_id;
  gint64 until;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s(xa{sx})}", &job_id, &until, &reasons))
    {
      RfiAlertMute *mute = g_new0 (RfiAlertMute, 1);

      mute->until = until;
      parse_reasons (reasons, mute);
      g_variant_iter_free (reasons);
      g_hash_table_insert (mutes, g_strdup (job_id), mute);
    }
}

GHashTable *
rfi_alert_file_read (RfiAlertFile *self)
{
  GHashTable *mutes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GBytes) content = rfi_sealed_file_read (self->seal, self->path, &error);

  if (content != NULL)
    {
      gsize size;
      const char *data = g_bytes_get_data (content, &size);

      value = g_variant_parse (G_VARIANT_TYPE (FORMAT), data, data + size, NULL, &error);
    }
  if (value != NULL)
    parse (value, mutes);
  else if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("What was known of alerts cannot be read: %s", error->message);
  return mutes;
}

/* Writing */

static void
print_mute (GVariantBuilder    *builder,
            const char         *job_id,
            const RfiAlertMute *mute)
{
  GVariantBuilder reasons = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sx}"));

  for (guint kind = 0; kind < RFI_N_ALERT_KINDS; kind++)
    if ((mute->kinds & 1u << kind) != 0)
      g_variant_builder_add (&reasons, "{sx}", names[kind], mute->since[kind]);
  g_variant_builder_add (builder, "{s(xa{sx})}", job_id, mute->until, &reasons);
}

gboolean
rfi_alert_file_write (RfiAlertFile  *self,
                      GHashTable    *mutes,
                      GError       **error)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (FORMAT));
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GBytes) content = NULL;
  GHashTableIter iter;
  gpointer job_id, mute;
  char *text;

  g_hash_table_iter_init (&iter, mutes);
  while (g_hash_table_iter_next (&iter, &job_id, &mute))
    print_mute (&builder, job_id, mute);
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (value, TRUE);
  content = g_bytes_new_take (text, strlen (text));
  return rfi_sealed_file_write (self->seal, self->path, content, error);
}
