/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-gallery-page"

#include "config.h"

#include "rfi-gallery-page.h"

#include "rfi-error-words.h"
#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-photo-adder.h"
#include "rfi-photo-panel.h"
#include "rfi-record-item.h"
#include "rfi-session-commands.h"
#include "rfi-thumbnail.h"

#include <glib/gi18n.h>

#define THUMBNAIL_WIDTH 164
#define THUMBNAIL_HEIGHT 118

struct _RfiGalleryPage
{
  AdwBin              parent_instance;

  RfiSession         *session;          /* (owned) (nullable) */
  RfiJobItem         *item;             /* (owned) (nullable) */
  GSignalGroup       *item_signals;     /* (owned): on item */
  GSignalGroup       *session_signals;  /* (owned): on session */
  GListStore         *photos;           /* (owned) (element-type RfiRecordItem) */
  GtkSingleSelection *selection;        /* (owned): of photos */
  GCancellable       *listing;          /* (owned) (nullable) */
  char               *wanted_id;        /* (owned) (nullable): the photo to show once listed */

  AdwLeaflet         *leaflet;          /* template children, from here on */
  GtkWidget          *photo_side;
  GtkStack           *stack;
  GtkLabel           *title;
  GtkLabel           *subtitle;
  GtkWidget          *thumbnails;
  GtkGridView        *grid;
  GtkWidget          *upload;
  GtkLabel           *upload_words;
  GtkProgressBar     *upload_bar;
  RfiPhotoPanel      *panel;
};

G_DEFINE_FINAL_TYPE (RfiGalleryPage, rfi_gallery_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_JOB_ID,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Returns: (transfer none) (nullable) */
static RfiPhoto *
get_photo (RfiGalleryPage *self)
{
  RfiRecordItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? rfi_record_item_get (item) : NULL;
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
toast (RfiGalleryPage *self,
       const char     *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "(sss)", words, "", "");
}

static void
toast_error (RfiGalleryPage *self,
             const GError   *error)
{
  g_autofree char *words = rfi_error_words (error);

  toast (self, words);
}

static void
selection_changed_cb (RfiGalleryPage *self)
{
  rfi_photo_panel_show (self->panel, self->session, self->item,
                        self->item != NULL ? get_photo (self) : NULL);
}

static void
show_upload (RfiGalleryPage *self)
{
  RfiSyncState *state = rfi_session_get_sync_state (self->session);
  gboolean sends = state->sending_id != NULL && self->item != NULL &&
                   g_strcmp0 (state->sending_job_id, rfi_job_item_get_id (self->item)) == 0;

  gtk_widget_set_visible (self->upload, FALSE);
  for (guint i = 0; sends && i < g_list_model_get_n_items (G_LIST_MODEL (self->photos)); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->photos), i);
      RfiPhoto *photo = rfi_record_item_get (item);

      if (g_strcmp0 (photo->id, state->sending_id) == 0)
        {
          /* translators: %s is a file's name */
          g_autofree char *words = g_strdup_printf (_("Uploading %s"), photo->file_name);

          gtk_label_set_label (self->upload_words, words);
          gtk_progress_bar_set_fraction (self->upload_bar, state->sending_fraction);
          gtk_widget_set_visible (self->upload, TRUE);
        }
    }
}

static void
show_title (RfiGalleryPage *self,
            GPtrArray      *photos)
{
  RfiJob *job = rfi_job_item_get_job (self->item);
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;
  guint n_waiting = 0;

  for (guint i = 0; i < photos->len; i++)
    n_waiting += ((RfiPhoto *) g_ptr_array_index (photos, i))->waiting ? 1 : 0;

  count = g_strdup_printf (ngettext ("%u photo", "%u photos", photos->len), photos->len);
  if (n_waiting > 0)
    /* translators: store, city, "12 photos", and how many of them wait to be sent */
    subtitle = g_strdup_printf (_("%s · %s · %s, %u waiting"), job->store_name, job->city, count,
                                n_waiting);
  else
    /* translators: store, city, "12 photos" */
    subtitle = g_strdup_printf (_("%s · %s · %s"), job->store_name, job->city, count);
  gtk_label_set_label (self->title, job->title);
  gtk_label_set_label (self->subtitle, subtitle);
}

/* @position: (out): 0 if it is not there */
static gboolean
find_photo (GPtrArray  *photos,
            const char *id,
            guint      *position)
{
  *position = 0;
  for (guint i = 0; i < photos->len; i++)
    if (g_strcmp0 (((RfiPhoto *) g_ptr_array_index (photos, i))->id, id) == 0)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static void
show_wanted (RfiGalleryPage *self,
             gboolean        found,
             guint           position)
{
  if (!found)
    {
      toast (self, _("That photo is not there any more"));
      return;
    }

  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", position);
  adw_leaflet_set_visible_child (self->leaflet, self->photo_side);
}

/* Shows the photo that was asked for, or keeps the one that is looked at, where the list still
 * has it.
 */
static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiGalleryPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) photos =
    rfi_session_list_photos_finish (RFI_SESSION (object), result, &error);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *wanted_id = NULL;
  gboolean found;
  guint position;

  if (photos == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        toast_error (self, error);
      return;
    }

  wanted_id = g_steal_pointer (&self->wanted_id);
  found = find_photo (photos, wanted_id != NULL ? wanted_id
                                                : rfi_photo_panel_get_photo_id (self->panel),
                      &position);
  for (guint i = 0; i < photos->len; i++)
    g_ptr_array_add (items, rfi_record_item_new (RFI_TYPE_PHOTO, g_ptr_array_index (photos, i)));

  g_list_store_splice (self->photos, 0, g_list_model_get_n_items (G_LIST_MODEL (self->photos)),
                       items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "photos" : "empty");
  if (items->len == 0)
    adw_leaflet_set_visible_child (self->leaflet, self->photo_side);
  gtk_single_selection_set_selected (self->selection, position);
  if (wanted_id != NULL)
    show_wanted (self, found, position);
  show_title (self, photos);
  show_upload (self);
  selection_changed_cb (self);
}

static void
reload (RfiGalleryPage *self)
{
  if (self->item == NULL)
    return;

  stop (&self->listing);
  self->listing = g_cancellable_new ();
  rfi_session_list_photos_async (self->session, rfi_job_item_get_id (self->item), self->listing,
                                 listed_cb, g_object_ref (self));
}

/* Its photos go with it; the title still says which it was. */
static void
gone_cb (RfiGalleryPage *self)
{
  if (!rfi_job_item_get_gone (self->item))
    return;

  rfi_gallery_page_set_job_id (self, NULL);
  gtk_label_set_label (self->subtitle, "");
  gtk_stack_set_visible_child_name (self->stack, "gone");
  adw_leaflet_set_visible_child (self->leaflet, self->photo_side);
}

static void
sync_state_cb (RfiGalleryPage *self)
{
  /* Deleting needs a connection. */
  selection_changed_cb (self);
  show_upload (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          RfiGalleryPage           *self)
{
  gtk_list_item_set_child (list_item, rfi_thumbnail_new (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         RfiGalleryPage           *self)
{
  RfiRecordItem *item = gtk_list_item_get_item (list_item);

  rfi_thumbnail_set_photo (RFI_THUMBNAIL (gtk_list_item_get_child (list_item)), self->session,
                           rfi_job_item_get_id (self->item), rfi_record_item_get (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           RfiGalleryPage           *self)
{
  rfi_thumbnail_set_photo (RFI_THUMBNAIL (gtk_list_item_get_child (list_item)), NULL, NULL, NULL);
}

static void
move (RfiGalleryPage *self,
      int             by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->photos));
  int position = (int) gtk_single_selection_get_selected (self->selection) + by;

  if (n > 0 && position >= 0 && position < (int) n)
    gtk_single_selection_set_selected (self->selection, (guint) position);
}

static void
step_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  move (RFI_GALLERY_PAGE (widget), g_str_equal (action_name, "photos.next") ? 1 : -1);
}

static void
full_screen_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (widget);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  gboolean full = gtk_widget_get_visible (self->thumbnails);

  gtk_widget_set_visible (self->thumbnails, !full);
  if (full)
    gtk_window_fullscreen (window);
  else
    gtk_window_unfullscreen (window);
}

/* In little room the photo lies over the thumbnails. */
static void
activate_cb (RfiGalleryPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->photo_side);
}

static void
add_failed_cb (RfiPhotoAdder  *adder,
               const char     *words,
               RfiGalleryPage *self)
{
  toast (self, words);
}

/* Returns: (transfer full) */
static RfiPhotoAdder *
make_adder (RfiGalleryPage *self)
{
  RfiPhotoAdder *adder = rfi_photo_adder_new (self->session, rfi_job_item_get_id (self->item));

  g_signal_connect_object (adder, "failed", G_CALLBACK (add_failed_cb), self, 0);
  return adder;
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (widget);
  g_autoptr(RfiPhotoAdder) adder = NULL;

  if (self->item == NULL)
    return;

  adder = make_adder (self);
  rfi_photo_adder_choose (adder, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static gboolean
drop_cb (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         RfiGalleryPage *self)
{
  g_autoptr(RfiPhotoAdder) adder = NULL;

  if (self->item == NULL)
    return FALSE;

  adder = make_adder (self);
  rfi_photo_adder_add (adder, g_value_get_boxed (value));
  return TRUE;
}

static void
paste_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (widget);
  g_autoptr(RfiPhotoAdder) adder = NULL;

  if (self->item == NULL)
    return;

  adder = make_adder (self);
  rfi_photo_adder_paste (adder, gtk_widget_get_clipboard (GTK_WIDGET (self)));
}

/* One step back: from full screen, from the photo to the thumbnails, from the photos to the
 * page.
 */
static void
back_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (widget);

  if (!gtk_widget_get_visible (self->thumbnails))
    gtk_widget_activate_action (widget, "photos.full-screen", NULL);
  else if (!adw_leaflet_get_folded (self->leaflet) ||
           !adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK))
    g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_pressed_cb (RfiGalleryPage  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  static const struct {
    guint            keyval;
    GdkModifierType  modifiers;
    const char      *action;
  } keys[] = {
    { GDK_KEY_Left, 0, "photos.previous" },  { GDK_KEY_Right, 0, "photos.next" },
    { GDK_KEY_plus, 0, "photo.zoom-in" },    { GDK_KEY_KP_Add, 0, "photo.zoom-in" },
    { GDK_KEY_equal, 0, "photo.zoom-in" },   { GDK_KEY_minus, 0, "photo.zoom-out" },
    { GDK_KEY_0, 0, "photo.zoom-fit" },      { GDK_KEY_KP_Subtract, 0, "photo.zoom-out" },
    { GDK_KEY_r, 0, "photo.rotate" },        { GDK_KEY_F11, 0, "photos.full-screen" },
    { GDK_KEY_Delete, 0, "photo.delete" },   { GDK_KEY_Escape, 0, "photos.back" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "photo.copy" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "photo.save" },
    { GDK_KEY_v, GDK_CONTROL_MASK, "photos.paste" },
  };
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval && keys[i].modifiers == modifiers)
      {
        gtk_widget_activate_action (GTK_WIDGET (self->panel), keys[i].action, NULL);
        return GDK_EVENT_STOP;
      }

  return GDK_EVENT_PROPAGATE;
}

void
rfi_gallery_page_show_photo (RfiGalleryPage *self,
                             const char     *job_id,
                             const char     *photo_id)
{
  g_return_if_fail (RFI_IS_GALLERY_PAGE (self));

  rfi_gallery_page_set_job_id (self, job_id);
  self->wanted_id = g_strdup (photo_id);
}

void
rfi_gallery_page_set_job_id (RfiGalleryPage *self,
                             const char     *job_id)
{
  g_return_if_fail (RFI_IS_GALLERY_PAGE (self));

  stop (&self->listing);
  g_clear_pointer (&self->wanted_id, g_free);
  g_clear_object (&self->item);
  g_list_store_remove_all (self->photos);
  gtk_widget_set_visible (self->upload, FALSE);
  rfi_photo_panel_show (self->panel, self->session, NULL, NULL);
  adw_leaflet_set_visible_child (self->leaflet, self->thumbnails);
  if (job_id != NULL && self->session != NULL)
    self->item = rfi_job_table_get_item (rfi_session_get_jobs (self->session), job_id);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photos.add", self->item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photos.paste", self->item != NULL);
  g_signal_group_set_target (self->item_signals, self->item);
  reload (self);
}

const char *
rfi_gallery_page_get_job_id (RfiGalleryPage *self)
{
  g_return_val_if_fail (RFI_IS_GALLERY_PAGE (self), NULL);

  return self->item != NULL ? rfi_job_item_get_id (self->item) : NULL;
}

void
rfi_gallery_page_set_session (RfiGalleryPage *self,
                              RfiSession     *session)
{
  g_return_if_fail (RFI_IS_GALLERY_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  rfi_gallery_page_set_job_id (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
rfi_gallery_page_dispose (GObject *object)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (object);

  stop (&self->listing);
  g_clear_pointer (&self->wanted_id, g_free);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->photos);
  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_gallery_page_parent_class)->dispose (object);
}

static void
rfi_gallery_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (object);

  switch (prop_id)
    {
    case PROP_JOB_ID:
      g_value_set_string (value, rfi_gallery_page_get_job_id (self));
      break;

    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_gallery_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RfiGalleryPage *self = RFI_GALLERY_PAGE (object);

  switch (prop_id)
    {
    case PROP_JOB_ID:
      rfi_gallery_page_set_job_id (self, g_value_get_string (value));
      break;

    case PROP_SESSION:
      rfi_gallery_page_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, photo_side);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, title);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, thumbnails);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, upload);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, upload_words);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, upload_bar);
  gtk_widget_class_bind_template_child (widget_class, RfiGalleryPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
rfi_gallery_page_class_init (RfiGalleryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_gallery_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = rfi_gallery_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = rfi_gallery_page_set_property;

  signals[CLOSED] = g_signal_new ("closed", RFI_TYPE_GALLERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, RFI_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_JOB_ID] =
    g_param_spec_string ("job-id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "photos.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "photos.paste", NULL, paste_cb);
  gtk_widget_class_install_action (widget_class, "photos.previous", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "photos.next", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "photos.full-screen", NULL, full_screen_cb);
  gtk_widget_class_install_action (widget_class, "photos.back", NULL, back_cb);

  g_type_ensure (RFI_TYPE_PHOTO_PANEL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/gallery/rfi-gallery-page.ui");
  bind_template (widget_class);
}

static void
rfi_gallery_page_init (RfiGalleryPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->photos = g_list_store_new (RFI_TYPE_RECORD_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->photos)));
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));

  self->item_signals = g_signal_group_new (RFI_TYPE_JOB_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::state", G_CALLBACK (reload), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::gone", G_CALLBACK (gone_cb), self);
  self->session_signals = g_signal_group_new (RFI_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::sync-state",
                                  G_CALLBACK (sync_state_cb), self);
}
