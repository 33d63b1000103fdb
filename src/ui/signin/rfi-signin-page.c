/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-signin-page"

#include "config.h"

#include "rfi-signin-page.h"

#include "rfi-download-page.h"
#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-pill.h"
#include "rfi-server-address.h"

#include <glib/gi18n.h>

/* A server is asked for when its address rests this long. */
#define PROBE_DELAY 500  /* ms */

struct _RfiSigninPage
{
  AdwBin             parent_instance;

  RfiSessionManager *manager;             /* (owned) (nullable) */
  RfiSession        *session;             /* (owned) (nullable): whose download is shown */
  GSettings         *settings;            /* (owned) */
  GCancellable      *probe_cancellable;   /* (owned) (nullable) while probing */
  GCancellable      *sign_in_cancellable; /* (owned) (nullable) while signing in */
  guint              probe_source;
  char              *fingerprint;         /* (owned) (nullable) of a certificate not trusted */
  GtkWidget         *wrong;               /* (nullable): the row that the problem is about */

  GtkStack          *stack;
  GtkWidget         *fields;
  GtkWidget         *server;
  RfiPill           *probe;
  GtkMenuButton     *history;
  GtkWidget         *email;
  GtkWidget         *password;
  GtkRevealer       *problem_revealer;
  GtkLabel          *problem;
  GtkWidget         *trust;
  GtkWidget         *retry;
  GtkSwitch         *keep;
  GtkWidget         *sign_in;
  GtkWidget         *busy;
  GtkLabel          *safety;
  RfiDownloadPage   *download;
};

enum {
  BUSY,
  READY,
  CANCELLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RfiSigninPage, rfi_signin_page, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* Problems are said in place */

static void
clear_problem (RfiSigninPage *self)
{
  if (self->wrong != NULL)
    {
      gtk_widget_remove_css_class (self->wrong, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->wrong), GTK_ACCESSIBLE_STATE_INVALID);
    }
  self->wrong = NULL;
  gtk_widget_set_visible (self->trust, FALSE);
  gtk_widget_set_visible (self->retry, FALSE);
  gtk_revealer_set_reveal_child (self->problem_revealer, FALSE);
}

/* @row: (nullable): what it is about; it gets the focus */
static void
show_problem (RfiSigninPage *self,
              GtkWidget     *row,
              const char    *words)
{
  clear_problem (self);
  gtk_label_set_label (self->problem, words);
  gtk_revealer_set_reveal_child (self->problem_revealer, TRUE);
  if (row == NULL)
    return;

  self->wrong = row;
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_grab_focus (row);
}

static GtkWidget *
get_row_of_error (RfiSigninPage *self,
                  const GError  *error)
{
  if (error->domain != RFI_SIGN_IN_ERROR)
    return NULL;

  switch ((RfiSignInError) error->code)
    {
    case RFI_SIGN_IN_ERROR_WRONG_PASSWORD:
      return self->password;

    case RFI_SIGN_IN_ERROR_BAD_EMAIL:
      return self->email;

    case RFI_SIGN_IN_ERROR_BAD_ADDRESS:
    case RFI_SIGN_IN_ERROR_UNREACHABLE:
    case RFI_SIGN_IN_ERROR_NOT_A_SERVER:
    case RFI_SIGN_IN_ERROR_CERTIFICATE:
    case RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED:
      return self->server;

    case RFI_SIGN_IN_ERROR_TOO_MANY_TRIES:
    case RFI_SIGN_IN_ERROR_PROFILE_IN_USE:
    case RFI_SIGN_IN_ERROR_KEYRING:
    case RFI_SIGN_IN_ERROR_NO_KEYRING:
    case RFI_SIGN_IN_ERROR_FORGOTTEN:
    case RFI_SIGN_IN_ERROR_NEWER:
    case RFI_SIGN_IN_ERROR_DISK:
    case RFI_SIGN_IN_ERROR_FAILED:
    default:
      return NULL;
    }
}

static gboolean
is_about_certificate (const GError *error)
{
  return g_error_matches (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_CERTIFICATE) ||
         g_error_matches (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_CERTIFICATE_CHANGED);
}

static void
show_error (RfiSigninPage *self,
            const GError  *error)
{
  g_autofree char *words = rfi_error_words (error);

  show_problem (self, get_row_of_error (self, error), words);
  if (!is_about_certificate (error))
    return;

  g_free (self->fingerprint);
  self->fingerprint = g_strdup (error->message);
  gtk_widget_set_visible (self->trust, TRUE);
}

/* Is a server there? */

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RfiSigninPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  int latency = rfi_session_manager_probe_finish (RFI_SESSION_MANAGER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->probe_cancellable);
  if (error == NULL)
    {
      /* translators: a server answered, after so many milliseconds */
      words = g_strdup_printf (_("Reached, %d ms"), latency);
      rfi_pill_set (self->probe, "object-select-symbolic", words, "success");
    }
  else
    {
      words = rfi_error_words (error);
      rfi_pill_set (self->probe, "truth-offline-symbolic",
                    is_about_certificate (error) ? _("Not trusted") : _("Not reached"), "warning");
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->probe), error != NULL ? words : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->probe), TRUE);
}

static void
start_probe (RfiSigninPage *self)
{
  g_autofree char *url = rfi_server_address_complete (get_text (self->server));

  if (url == NULL || self->manager == NULL)
    return;

  self->probe_cancellable = g_cancellable_new ();
  rfi_session_manager_probe_async (self->manager, url, self->probe_cancellable, probed_cb, self);
}

static void
stop_probe (RfiSigninPage *self)
{
  g_clear_handle_id (&self->probe_source, g_source_remove);
  g_cancellable_cancel (self->probe_cancellable);
  g_clear_object (&self->probe_cancellable);
}

static void
probe_cb (gpointer user_data)
{
  RfiSigninPage *self = user_data;

  self->probe_source = 0;
  start_probe (self);
}

static void
update_safety (RfiSigninPage *self)
{
  g_autofree char *url = rfi_server_address_complete (get_text (self->server));
  const char *words = "";

  if (url != NULL && rfi_server_address_is_loopback (url))
    words = _("The server runs on this computer.");
  else if (url != NULL && rfi_server_address_is_private (url))
    words = _("The connection is encrypted.");
  gtk_label_set_label (self->safety, words);
}

static void
field_changed_cb (RfiSigninPage *self)
{
  clear_problem (self);
  gtk_widget_set_sensitive (self->sign_in, get_text (self->server)[0] != '\0'
                                           && get_text (self->email)[0] != '\0'
                                           && get_text (self->password)[0] != '\0');
}

static void
server_changed_cb (RfiSigninPage *self)
{
  stop_probe (self);
  gtk_widget_set_visible (GTK_WIDGET (self->probe), FALSE);
  self->probe_source = g_timeout_add_once (PROBE_DELAY, probe_cb, self);
  update_safety (self);
  field_changed_cb (self);
}

/* Signing in */

static void
set_busy (RfiSigninPage *self,
          gboolean       busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* A field that loses its focus by becoming insensitive is never told so. */
  if (busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (self->fields, !busy);
  gtk_widget_set_visible (self->sign_in, !busy);
  gtk_widget_set_visible (self->busy, busy);
  if (busy)
    g_signal_emit (self, signals[BUSY], 0);
}

static void
remember (RfiSigninPage *self)
{
  g_autofree char *url = rfi_server_address_complete (get_text (self->server));
  g_auto(GStrv) old = g_settings_get_strv (self->settings, "server-history");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) servers = NULL;

  g_strv_builder_add (builder, url);
  for (guint i = 0; old[i] != NULL && i < 7; i++)
    if (g_strcmp0 (old[i], url) != 0)
      g_strv_builder_add (builder, old[i]);
  servers = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "server-history", (const char * const *) servers);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiSigninPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done;

  done = rfi_session_manager_sign_in_finish (RFI_SESSION_MANAGER (object), result, &error);
  g_clear_object (&self->sign_in_cancellable);
  set_busy (self, FALSE);
  if (done)
    {
      remember (self);
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
sign_in_cb (RfiSigninPage *self)
{
  g_autofree char *url = rfi_server_address_complete (get_text (self->server));
  g_autofree char *email = g_strstrip (g_strdup (get_text (self->email)));

  if (self->manager == NULL || self->sign_in_cancellable != NULL || url == NULL)
    return;

  clear_problem (self);
  set_busy (self, TRUE);
  self->sign_in_cancellable = g_cancellable_new ();
  rfi_session_manager_sign_in_async (self->manager, url, email, get_text (self->password),
                                     gtk_switch_get_active (self->keep),
                                     self->sign_in_cancellable, signed_in_cb, g_object_ref (self));
}

/* The kept session, once more: what was in its way may be gone. */

static void
retried_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiSigninPage) self = user_data;
  g_autoptr(GError) error = NULL;

  rfi_session_manager_restore_finish (RFI_SESSION_MANAGER (object), result, &error);
  g_clear_object (&self->sign_in_cancellable);
  set_busy (self, FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_set_visible (self->retry, TRUE);
  else if (error != NULL)
    rfi_signin_page_show_error (self, error);
}

static void
retry_cb (RfiSigninPage *self)
{
  clear_problem (self);
  set_busy (self, TRUE);
  self->sign_in_cancellable = g_cancellable_new ();
  rfi_session_manager_restore_async (self->manager, self->sign_in_cancellable, retried_cb,
                                     g_object_ref (self));
}

/* A certificate nobody vouches for: only a person who compared its fingerprint may take it. */

static void
trust_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   RfiSigninPage    *self)
{
  g_autofree char *url = rfi_server_address_complete (get_text (self->server));
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (response, "trust") != 0)
    return;

  if (rfi_session_manager_accept_certificate (self->manager, url, self->fingerprint, &error))
    sign_in_cb (self);
  else
    show_error (self, error);
}

static void
trust_cb (RfiSigninPage *self)
{
  g_autofree char *fingerprint = rfi_format_fingerprint (self->fingerprint);
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Trust This Certificate?"), NULL);
  /* translators: %s is a certificate's fingerprint */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("Whoever made it can read and change everything you do here. "
                                    "Go on only if your administrator read this fingerprint to "
                                    "you:\n\n%s"), fingerprint);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "trust", _("_Trust"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "trust",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (trust_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Enter goes to the first field that is still empty, then signs in. */
static void
next_cb (RfiSigninPage *self)
{
  GtkWidget *rows[] = { self->server, self->email, self->password };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (get_text (rows[i])[0] == '\0')
      {
        gtk_widget_grab_focus (rows[i]);
        return;
      }
  sign_in_cb (self);
}

static void
cancel_cb (RfiSigninPage *self)
{
  g_cancellable_cancel (self->sign_in_cancellable);
}

static void
download_ready_cb (RfiSigninPage *self)
{
  g_signal_emit (self, signals[READY], 0);
}

static void
download_cancelled_cb (RfiSigninPage *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* Servers used before */

static void
choose_server (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  rfi_signin_page_set_server (RFI_SIGNIN_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
update_history (RfiSigninPage *self)
{
  g_auto(GStrv) servers = g_settings_get_strv (self->settings, "server-history");
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; servers[i] != NULL; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (servers[i], NULL);

      g_menu_item_set_action_and_target (item, "signin.choose-server", "s", servers[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->history, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->history), servers[0] != NULL);
}

static void
rfi_signin_page_map (GtkWidget *widget)
{
  RfiSigninPage *self = RFI_SIGNIN_PAGE (widget);
  GtkWidget *rows[] = { self->server, self->email, self->password };
  guint i = 0;

  GTK_WIDGET_CLASS (rfi_signin_page_parent_class)->map (widget);

  while (i < 2 && get_text (rows[i])[0] != '\0')
    i++;
  gtk_widget_grab_focus (rows[i]);
}

static void
rfi_signin_page_dispose (GObject *object)
{
  RfiSigninPage *self = RFI_SIGNIN_PAGE (object);

  stop_probe (self);
  g_cancellable_cancel (self->sign_in_cancellable);
  g_clear_object (&self->sign_in_cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  g_clear_object (&self->manager);
  self->wrong = NULL;

  G_OBJECT_CLASS (rfi_signin_page_parent_class)->dispose (object);
}

static void
rfi_signin_page_finalize (GObject *object)
{
  g_free (RFI_SIGNIN_PAGE (object)->fingerprint);

  G_OBJECT_CLASS (rfi_signin_page_parent_class)->finalize (object);
}

static void
rfi_signin_page_class_init (RfiSigninPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_signin_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rfi_signin_page_finalize;
  widget_class->map = rfi_signin_page_map;

  signals[BUSY] = g_signal_new ("busy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RFI_TYPE_PILL);
  g_type_ensure (RFI_TYPE_DOWNLOAD_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/signin/rfi-signin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, fields);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, server);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, probe);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, history);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, email);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, password);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, trust);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, retry);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, keep);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, busy);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, safety);
  gtk_widget_class_bind_template_child (widget_class, RfiSigninPage, download);
  gtk_widget_class_bind_template_callback (widget_class, server_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, trust_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, download_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, download_cancelled_cb);
  gtk_widget_class_install_action (widget_class, "signin.choose-server", "s", choose_server);
}

static void
rfi_signin_page_init (RfiSigninPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (RFI_APP_ID);
  g_settings_bind (self->settings, "keep-signed-in", self->keep, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::server-history",
                           G_CALLBACK (update_history), self, G_CONNECT_SWAPPED);
  update_history (self);
  field_changed_cb (self);
}

void
rfi_signin_page_set_manager (RfiSigninPage     *self,
                             RfiSessionManager *manager)
{
  const char *server, *email;

  g_return_if_fail (RFI_IS_SIGNIN_PAGE (self));

  if (!g_set_object (&self->manager, manager) || manager == NULL)
    return;

  server = rfi_session_manager_get_last_server (manager);
  email = rfi_session_manager_get_last_email (manager);
  if (server != NULL && get_text (self->server)[0] == '\0')
    rfi_signin_page_set_server (self, server);
  if (email != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->email), email);
}

void
rfi_signin_page_set_server (RfiSigninPage *self,
                            const char    *server)
{
  g_return_if_fail (RFI_IS_SIGNIN_PAGE (self));

  /* People do not type "https". */
  if (g_str_has_prefix (server, "https://"))
    server += strlen ("https://");
  gtk_editable_set_text (GTK_EDITABLE (self->server), server);
}

void
rfi_signin_page_set_session (RfiSigninPage *self,
                             RfiSession    *session)
{
  g_return_if_fail (RFI_IS_SIGNIN_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  gtk_stack_set_visible_child_name (self->stack, session != NULL ? "download" : "form");
  rfi_download_page_set_session (self->download, session);
}

void
rfi_signin_page_show_error (RfiSigninPage *self,
                            const GError  *error)
{
  g_return_if_fail (RFI_IS_SIGNIN_PAGE (self));

  show_error (self, error);
  gtk_widget_set_visible (self->retry, !g_error_matches (error, RFI_SIGN_IN_ERROR,
                                                         RFI_SIGN_IN_ERROR_FORGOTTEN));
}
