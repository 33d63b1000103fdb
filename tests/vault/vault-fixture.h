/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For async calls: keeps the result in the GAsyncResult ** given as user data. */
void          vault_fixture_keep_cb      (GObject       *object,
                                          GAsyncResult  *result,
                                          gpointer       user_data);
/* Until it is there. */
GAsyncResult *vault_fixture_wait         (GAsyncResult **result);

/* Locks the default keyring. It asks for its password in a window of its own; the person presses
 * Escape each time, until they rest. */
typedef struct
{
  GSubprocess *hand;     /* (owned) */
  gboolean     resting;
} VaultPerson;

void          vault_fixture_lock         (VaultPerson   *person);
void          vault_fixture_rest         (VaultPerson   *person);
/* As the person does who gives the keyring its password somewhere else. */
void          vault_fixture_unlock       (void);

/* Runs the test again in a process of its own, as it spoils the session bus for others.
 * Returns: whether this is that process */
gboolean      vault_fixture_be_apart     (void);

G_END_DECLS
