/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-connection-facts"

#include "config.h"

#include "rfi-connection-facts.h"

#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-session-activity.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* From here on people will wonder about the times they read. Nothing is decided by them. */
#define SKEW (2 * 60 * 1000)

typedef enum {
  FACT_REAL_TIME,
  FACT_LAST_SYNC,
  FACT_NEXT_CHECK,
  FACT_LATENCY,
  FACT_DURATION,
  FACT_ERROR,
  FACT_SERVER,
  FACT_HISTORY,
  FACT_DIALECT,
  FACT_DEVICE,
  FACT_CLOCK,
  FACT_ACCOUNT,
  N_FACTS
} Fact;

struct _RfiConnectionFacts
{
  GtkWidget  parent_instance;

  GtkWidget *grid;
  GtkLabel  *values[N_FACTS];
  gint64     seen_at;  /* that the server went back, which a person was shown */
};

G_DEFINE_FINAL_TYPE (RfiConnectionFacts, rfi_connection_facts, GTK_TYPE_WIDGET)

static const char * const names[N_FACTS] = {
  [FACT_REAL_TIME] = N_("Real time"),
  [FACT_LAST_SYNC] = N_("Last sync"),
  [FACT_NEXT_CHECK] = N_("Next check"),
  [FACT_LATENCY] = N_("Latency"),
  [FACT_DURATION] = N_("Last full cycle"),
  [FACT_ERROR] = N_("Last error"),
  [FACT_SERVER] = N_("Server"),
  [FACT_HISTORY] = N_("Server’s past"),
  [FACT_DIALECT] = N_("Dialect"),
  [FACT_DEVICE] = N_("This device"),
  [FACT_CLOCK] = N_("Clock"),
  [FACT_ACCOUNT] = N_("Signed in as"),
};

/* @text: (transfer full) */
static void
set_fact (RfiConnectionFacts *self,
          Fact                fact,
          char               *text)
{
  g_autofree char *owned = text;

  if (g_strcmp0 (gtk_label_get_label (self->values[fact]), owned) != 0)
    gtk_label_set_label (self->values[fact], owned);
}

static char *
real_time_words (const RfiSyncState *state)
{
  g_autofree char *since = NULL;

  if (!state->online)
    return g_strdup (_("Not connected"));
  if (!state->real_time)
    return g_strdup (_("Not connected; changes are looked for at every check"));
  if (state->real_time_since == 0)
    return g_strdup (_("Connected"));

  since = rfi_format_clock (state->real_time_since);
  /* translators: %s is a time of day */
  return g_strdup_printf (_("Connected since %s"), since);
}

static char *
last_sync_words (const RfiSyncState *state)
{
  g_autofree char *ago = NULL;
  g_autofree char *clock = NULL;

  if (state->last_sync_at == 0)
    return g_strdup (_("Not yet"));

  ago = rfi_format_ago (state->last_sync_at);
  clock = rfi_format_clock (state->last_sync_at);
  /* translators: "2 minutes ago", then the time of day */
  return g_strdup_printf (_("%s, %s"), ago, clock);
}

static char *
error_words (const RfiSyncState *state)
{
  g_autofree char *words = NULL;
  g_autofree char *when = NULL;

  if (state->error_code == NULL && state->error_message == NULL)
    return g_strdup (_("None since the start"));

  words = rfi_error_words_code (state->error_code, state->error_message);
  when = rfi_format_clock (state->error_at);
  if (state->error_message == NULL || g_str_equal (words, state->error_message))
    /* translators: a time, then what went wrong */
    return g_strdup_printf (_("%s: %s"), when, words);

  /* translators: a time, what went wrong, the same in technical words */
  return g_strdup_printf (_("%s: %s (%s)"), when, words, state->error_message);
}

static const char *
dialect_words (const RfiSyncState *state)
{
  if (state->dialect == RFI_DIALECT_SYNC_V1)
    return _("Sync v1: signed changes, sent together");
  if (state->dialect == RFI_DIALECT_UNKNOWN)
    return _("Not known before the server has answered");

  switch (state->dialect_reason)
    {
    case RFI_DIALECT_BY_KEY:
      return _("Compatible: there is no unlocked keyring for the key that signs changes");
    case RFI_DIALECT_BY_REFUSAL:
      return _("Compatible: the server does not take this device’s key");
    case RFI_DIALECT_BY_SERVER:
    case RFI_DIALECT_BY_CHOICE:
    default:
      return _("Compatible: the server knows no other");
    }
}

/* @at: when the server went back; 0 = it did not */
static char *
history_words (gint64 at)
{
  g_autofree char *when = NULL;

  if (at == 0)
    return g_strdup (_("Unbroken since this console began"));

  when = rfi_format_clock (at);
  /* translators: a time */
  return g_strdup_printf (_("%s: the server went back to an older copy of its data. What it lost "
                            "of the changes that wait here is sent again; what was saved after "
                            "that copy may be missing."), when);
}

static char *
device_words (const RfiSyncState *state)
{
  g_autofree char *when = NULL;

  if (state->device_revoked)
    return g_strdup (_("Revoked: what is changed here is set aside. Ask your administrator."));
  if (state->reissue == RFI_REISSUE_NONE)
    return g_strdup (_("In good standing"));

  when = rfi_format_clock (state->reissued_at);
  if (state->reissue == RFI_REISSUE_TWIN)
    /* translators: a time, then how many changes */
    return g_strdup_printf (ngettext ("%s: a copy of this profile was found in use; "
                                      "%u waiting change was numbered anew",
                                      "%s: a copy of this profile was found in use; "
                                      "%u waiting changes were numbered anew",
                                      state->n_reissued),
                            when, state->n_reissued);

  /* translators: a time, then how many changes */
  return g_strdup_printf (ngettext ("%s: the server did not know this device’s past; "
                                    "%u waiting change was numbered anew",
                                    "%s: the server did not know this device’s past; "
                                    "%u waiting changes were numbered anew",
                                    state->n_reissued),
                          when, state->n_reissued);
}

static char *
clock_words (const RfiSyncState *state)
{
  guint minutes = (guint) (ABS (state->clock_offset) / (60 * 1000));

  if (state->dialect == RFI_DIALECT_UNKNOWN)
    return g_strdup ("—");
  if (ABS (state->clock_offset) <= SKEW)
    return g_strdup (_("Agrees with the server’s"));
  if (state->clock_offset > 0)
    return g_strdup_printf (ngettext ("%u minute behind the server’s: check this computer’s time",
                                      "%u minutes behind the server’s: check this computer’s time",
                                      minutes), minutes);

  return g_strdup_printf (ngettext ("%u minute ahead of the server’s: check this computer’s time",
                                    "%u minutes ahead of the server’s: check this computer’s time",
                                    minutes), minutes);
}

static char *
account_words (RfiSession *session)
{
  RfiUser *user = rfi_session_get_user (session);

  /* translators: a person and their role */
  return g_strdup_printf (_("%s, %s"), user->display_name, rfi_words_role (user->role));
}

static void
show_history (RfiConnectionFacts *self,
              RfiSession         *session)
{
  const RfiSyncState *state = rfi_session_get_sync_state (session);
  gint64 at = state->restored_at != 0 ? state->restored_at : state->restored_before;

  set_fact (self, FACT_HISTORY, history_words (at));
  if (at == self->seen_at || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->seen_at = at;
  if (at != 0)
    rfi_session_see_restored (session);
}

void
rfi_connection_facts_update (RfiConnectionFacts *self,
                             RfiSession         *session)
{
  RfiSyncState *state;

  g_return_if_fail (RFI_IS_CONNECTION_FACTS (self));

  if (session == NULL)
    {
      for (guint i = 0; i < N_FACTS; i++)
        set_fact (self, (Fact) i, g_strdup (""));
      return;
    }

  state = rfi_session_get_sync_state (session);
  set_fact (self, FACT_REAL_TIME, real_time_words (state));
  set_fact (self, FACT_LAST_SYNC, last_sync_words (state));
  set_fact (self, FACT_NEXT_CHECK, state->next_try_at > 0 ? rfi_format_until (state->next_try_at)
                                                          : g_strdup (_("None planned")));
  set_fact (self, FACT_LATENCY, state->latency > 0 ? g_strdup_printf (_("%u ms"), state->latency)
                                                   : g_strdup ("—"));
  set_fact (self, FACT_DURATION,
            state->last_duration > 0 ? g_strdup_printf (_("%'u ms"), state->last_duration)
                                     : g_strdup ("—"));
  set_fact (self, FACT_ERROR, error_words (state));
  set_fact (self, FACT_SERVER, g_strdup (rfi_session_get_server_url (session)));
  show_history (self, session);
  set_fact (self, FACT_DIALECT, g_strdup (dialect_words (state)));
  set_fact (self, FACT_DEVICE, device_words (state));
  set_fact (self, FACT_CLOCK, clock_words (state));
  set_fact (self, FACT_ACCOUNT, account_words (session));
}

static void
rfi_connection_facts_dispose (GObject *object)
{
  RfiConnectionFacts *self = RFI_CONNECTION_FACTS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (rfi_connection_facts_parent_class)->dispose (object);
}

static void
rfi_connection_facts_class_init (RfiConnectionFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_connection_facts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_fact (RfiConnectionFacts *self,
          guint               fact)
{
  GtkWidget *name = gtk_label_new (_(names[fact]));
  GtkWidget *value = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), fact == FACT_ERROR || fact == FACT_SERVER);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  name, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), name, 0, (int) fact, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, (int) fact, 1, 1);
  self->values[fact] = GTK_LABEL (value);
}

static void
rfi_connection_facts_init (RfiConnectionFacts *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 9);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_widget_add_css_class (self->grid, "card");
  gtk_widget_add_css_class (self->grid, "rfi-facts");
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (guint i = 0; i < N_FACTS; i++)
    add_fact (self, i);
}
