/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-guide"

#include "config.h"

#include "rfi-guide.h"

#include "rfi-board-page.h"
#include "rfi-job-table.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"
#include "rfi-thumbnail.h"
#include "rfi-window.h"

GtkWindow *
rfi_guide_window (RfiGuide *self)
{
  for (GList *at = gtk_application_get_windows (self->application); at != NULL; at = at->next)
    if (RFI_IS_WINDOW (at->data))
      return at->data;

  return NULL;
}

GtkWindow *
rfi_guide_dialog (RfiGuide *self)
{
  GtkWindow *window = rfi_guide_window (self);
  g_autoptr(GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) == window &&
          gtk_widget_get_visible (GTK_WIDGET (other)))
        return other;
    }

  return NULL;
}

RfiSession *
rfi_guide_session (RfiGuide *self)
{
  GtkWidget *board;
  g_autoptr(RfiSession) session = NULL;

  if (self->session != NULL)
    return self->session;

  board = rfi_test_ui_find (GTK_WIDGET (rfi_guide_window (self)), RFI_TYPE_BOARD_PAGE);
  if (board != NULL)
    g_object_get (board, "session", &session, NULL);
  self->session = session;
  return session;
}

GtkWidget *
rfi_guide_find (RfiGuide   *self,
                GtkWidget  *root,
                const char *id)
{
  GtkWidget *found;

  rfi_test_wait ((found = rfi_test_ui_find_named (root, id)) != NULL);
  return found;
}

void
rfi_guide_press (RfiGuide   *self,
                 GtkWidget  *root,
                 const char *id)
{
  GtkWidget *button = rfi_guide_find (self, root, id);

  rfi_test_wait (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
rfi_guide_type (RfiGuide   *self,
                GtkWidget  *root,
                const char *id,
                const char *text)
{
  GtkWidget *field = rfi_guide_find (self, root, id);

  if (GTK_IS_TEXT_VIEW (field))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), text);
}

void
rfi_guide_do (RfiGuide   *self,
              const char *action,
              GVariant   *parameter)
{
  if (!gtk_widget_activate_action_variant (GTK_WIDGET (rfi_guide_window (self)), action, parameter))
    g_error ("There is no action %s", action);
}

static gboolean
has_picture (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return TRUE;
  if (GTK_IS_PICTURE (widget) && gtk_widget_get_ancestor (widget, RFI_TYPE_THUMBNAIL) != NULL)
    return gtk_picture_get_paintable (GTK_PICTURE (widget)) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!has_picture (child))
      return FALSE;

  return TRUE;
}

static gboolean
shows_toast (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_toast (child))
      return TRUE;

  return FALSE;
}

static void
tick_cb (GdkFrameClock *clock,
         gpointer       user_data)
{
  (*(guint *) user_data)++;
}

/* Lets layouts and the animations that states begin come to rest: some frames without demand. */
static void
let_rest (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  guint n_frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (tick_cb), &n_frames);

  while (n_frames < 12)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, id);
}

static void
append_window (GtkSnapshot *snapshot,
               GtkWindow   *window,
               double       x,
               double       y)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  gtk_snapshot_restore (snapshot);
}

/* The dialog lies over its darkened window, as a compositor would show it. */
static void
append_dialog (GtkSnapshot *snapshot,
               GtkWindow   *dialog,
               int          width,
               int          height)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (dialog));
  int x = (width - gdk_paintable_get_intrinsic_width (paintable)) / 2;
  int y = MAX ((height - gdk_paintable_get_intrinsic_height (paintable)) / 2, 0);
  GskRoundedRect outline;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0, 0, 0, 0.45f },
                             &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_rounded_rect_init_from_rect (
    &outline,
    &GRAPHENE_RECT_INIT ((float) x, (float) y,
                         (float) gdk_paintable_get_intrinsic_width (paintable),
                         (float) gdk_paintable_get_intrinsic_height (paintable)), 12);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  append_window (snapshot, dialog, x, y);
  gtk_snapshot_pop (snapshot);
}

/* What has popped up below @widget, over its window. */
static void
append_popovers (GtkSnapshot *snapshot,
                 GtkWidget   *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    {
      GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (widget)));
      g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (gdk_popup_get_position_x (popup),
                                                    gdk_popup_get_position_y (popup)));
      gdk_paintable_snapshot (paintable, snapshot,
                              gdk_paintable_get_intrinsic_width (paintable),
                              gdk_paintable_get_intrinsic_height (paintable));
      gtk_snapshot_restore (snapshot);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_popovers (snapshot, child);
}

/* A window that fills the screen is all there is to see. */
static gboolean
fills_screen (GtkWindow *dialog)
{
  return dialog != NULL && !gtk_window_get_decorated (dialog);
}

static void
save (RfiGuide   *self,
      const char *path)
{
  GtkWindow *dialog = rfi_guide_dialog (self);
  gboolean alone = fills_screen (dialog);
  GtkWindow *window = alone ? dialog : rfi_guide_window (self);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  append_window (snapshot, window, 0, 0);
  append_popovers (snapshot, GTK_WIDGET (window));
  if (dialog != NULL && !alone)
    append_dialog (snapshot, dialog, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (
    gtk_native_get_renderer (GTK_NATIVE (window)), node,
    &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s can't be written", path);
}

static void
shoot (RfiGuide   *self,
       const char *name,
       const char *what,
       gboolean    saying)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++self->n_shots, name);
  g_autofree char *path = g_build_filename (self->output, file, NULL);
  GtkWindow *window = rfi_guide_window (self);

  rfi_test_settle ();
  rfi_test_wait (has_picture (GTK_WIDGET (window)));
  /* What was said in passing has been read, unless it is the point. */
  rfi_test_wait (shows_toast (GTK_WIDGET (window)) == saying);
  let_rest (window);
  if (rfi_guide_dialog (self) != NULL)
    let_rest (rfi_guide_dialog (self));
  save (self, path);
  g_print ("%-34s %s\n", file, what);
}

void
rfi_guide_shoot (RfiGuide   *self,
                 const char *name,
                 const char *what)
{
  shoot (self, name, what, FALSE);
}

void
rfi_guide_shoot_toast (RfiGuide   *self,
                       const char *name,
                       const char *what)
{
  shoot (self, name, what, TRUE);
}

typedef struct
{
  RfiStatus  status;
  gboolean   with_photos;
  char      *id;        /* (owned) (nullable) */
  guint      n_photos;
  gint64     created_at;
} Pick;

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  Pick *pick = user_data;

  if (state->work->status != pick->status || state->mark != RFI_MARK_CONFIRMED ||
      (state->work->n_photos > 0) != pick->with_photos)
    return;
  /* The one with most photos, the most recent of those: the same for the same sample. */
  if (state->work->n_photos < pick->n_photos ||
      (state->work->n_photos == pick->n_photos && state->work->created_at <= pick->created_at))
    return;

  g_free (pick->id);
  pick->id = g_strdup (state->work->id);
  pick->n_photos = state->work->n_photos;
  pick->created_at = state->work->created_at;
}

char *
rfi_guide_pick_job (RfiGuide  *self,
                    RfiStatus  status,
                    gboolean   with_photos)
{
  Pick pick = { .status = status, .with_photos = with_photos };

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_guide_session (self)), pick_cb, &pick);
  if (pick.id == NULL)
    g_error ("The sample has no %s job for this", rfi_status_to_string (status));
  return pick.id;
}

void
rfi_guide_elsewhere (RfiGuide   *self,
                     const char *token,
                     const char *method,
                     const char *job_id,
                     const char *what,
                     const char *json)
{
  g_autofree char *job_path = g_strdup_printf ("/api/jobs/%s", job_id);
  g_autofree char *path = g_strconcat (job_path, what, NULL);
  g_autoptr(RfiTestAnswer) job =
    rfi_test_http_call (self->http, self->url, "GET", job_path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (job, "_etag");
  g_autoptr(GString) body = g_string_new (json);
  g_autoptr(RfiTestAnswer) answer = NULL;

  g_string_replace (body, "%s", etag != NULL ? etag : "", 0);
  answer = rfi_test_http_call (self->http, self->url, method, path, token, body->str);
  if (answer->status >= 300)
    g_error ("%s %s: %u %s", method, path, answer->status, answer->text);
}

void
rfi_guide_set_text_scale (RfiGuide *self,
                          int       percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
}
