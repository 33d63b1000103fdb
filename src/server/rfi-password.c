/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-password"

#include "config.h"

#include "rfi-password.h"

#include <crypt.h>
#include <string.h>

#define SCHEME "$2b$"
#define COST   10

/* What nobody's password is compared with: of the same cost, so that an unknown address takes
 * as long as a known one. */
static const char nobody[] = "$2b$10$abcdefghijklmnopqrstuuQ2hIlirvQiyDfgKeb3iHyNkYyu8bhPO";

static char *
run_crypt (const char *password,
           const char *setting)
{
  g_autofree struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_r (password, setting, data);
  char *result = NULL;

  if (hash != NULL && *hash != '*')
    result = g_strdup (hash);

  explicit_bzero (data, sizeof *data);
  return result;
}

char *
rfi_password_hash (const char *password)
{
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];

  if (crypt_gensalt_rn (SCHEME, COST, NULL, 0, setting, sizeof setting) == NULL)
    return NULL;

  return run_crypt (password, setting);
}

/* Takes the same time wherever the texts differ. */
static gboolean
equal_secretly (const char *a,
                const char *b)
{
  size_t length = strlen (a);
  guint difference = 0;

  if (length != strlen (b))
    return FALSE;

  for (size_t i = 0; i < length; i++)
    difference |= (guint) (guchar) (a[i] ^ b[i]);

  return difference == 0;
}

gboolean
rfi_password_check (const char *password,
                    const char *hash)
{
  const char *wanted = hash != NULL ? hash : nobody;
  g_autofree char *computed = run_crypt (password, wanted);

  return computed != NULL && equal_secretly (computed, wanted) && hash != NULL;
}
