/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-compare-window"

#include "config.h"

#include "rfi-compare-window.h"

#include "rfi-deed-words.h"
#include "rfi-error-words.h"
#include "rfi-job-difference.h"
#include "rfi-job-table.h"
#include "rfi-moment-chooser.h"
#include "rfi-session-compare.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

struct _RfiCompareWindow
{
  AdwWindow         parent_instance;

  RfiSession       *session;      /* (owned) (nullable) */
  GCancellable     *cancellable;  /* (owned) (nullable): of the comparing under way */

  RfiMomentChooser *from;         /* template children, from here on */
  RfiMomentChooser *to;
  GtkSpinner       *spinner;
  AdwWindowTitle   *title;
  GtkStack         *stack;
  AdwStatusPage    *empty;
  GtkListView      *view;
};

G_DEFINE_FINAL_TYPE (RfiCompareWindow, rfi_compare_window, ADW_TYPE_WINDOW)

static void
show_empty (RfiCompareWindow *self,
            const char       *title,
            const char       *description)
{
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_found (RfiCompareWindow *self,
            GListModel       *found)
{
  guint n = g_list_model_get_n_items (found);
  g_autofree char *words = g_strdup_printf (ngettext ("%'u job is different",
                                                      "%'u jobs are different", n), n);
  g_autoptr(GtkNoSelection) model = gtk_no_selection_new (g_object_ref (found));

  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  adw_window_title_set_subtitle (self->title, words);
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "found");
  else
    show_empty (self, _("Nothing Is Different"),
                _("All jobs stood the same at both moments."));
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiCompareWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) found = rfi_session_compare_finish (RFI_SESSION (object), result, &error);
  g_autofree char *words = NULL;

  /* Other moments were chosen, or it is closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_spinner_stop (self->spinner);
  if (found != NULL)
    {
      show_found (self, found);
      return;
    }

  words = rfi_error_words (error);
  adw_window_title_set_subtitle (self->title, "");
  show_empty (self, _("These Moments Can’t Be Compared Now"), words);
}

static void
compare (RfiCompareWindow *self)
{
  if (self->session == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  rfi_session_compare_async (self->session, rfi_moment_chooser_get_at (self->from),
                             rfi_moment_chooser_get_at (self->to), self->cancellable, compared_cb,
                             g_object_ref (self));
}

/* Rows: the title, then what is different in words, a line for each field */

static void
append_fields (RfiCompareWindow *self,
               RfiJobDifference *difference,
               GString          *lines)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      if (!rfi_job_difference_has_field (difference, field))
        continue;

      before = rfi_deed_words_value (
        self->session, field,
        rfi_job_get_field (rfi_job_difference_get_before (difference), field));
      after = rfi_deed_words_value (
        self->session, field,
        rfi_job_get_field (rfi_job_difference_get_after (difference), field));
      /* translators: a field, what it was, what it is later */
      g_string_append_printf (lines, _("%s: %s → %s"), rfi_words_field (field),
                              *before != '\0' ? before : _("nothing"),
                              *after != '\0' ? after : _("nothing"));
      g_string_append_c (lines, '\n');
    }
  g_string_truncate (lines, lines->len > 0 ? lines->len - 1 : 0);
}

static void
setup_cb (RfiCompareWindow *self,
          GtkListItem      *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *lines = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (lines), 0);
  gtk_label_set_wrap (GTK_LABEL (lines), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (lines), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_widget_add_css_class (box, "rfi-difference");
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (RfiCompareWindow *self,
         GtkListItem      *list_item)
{
  RfiJobDifference *difference = gtk_list_item_get_item (list_item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  g_autoptr(GString) lines = g_string_new (NULL);

  if (rfi_job_difference_get_before (difference) == NULL)
    g_string_assign (lines, _("Was not there before"));
  else if (rfi_job_difference_get_after (difference) == NULL)
    g_string_assign (lines, _("Is not there any more"));
  else
    append_fields (self, difference, lines);
  gtk_label_set_label (GTK_LABEL (title), rfi_job_difference_get_title (difference));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), lines->str);
}

static void
activate_cb (RfiCompareWindow *self,
             guint             position)
{
  g_autoptr(RfiJobDifference) difference =
    g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->view)), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *job_id = rfi_job_difference_get_job_id (difference);

  if (rfi_job_table_lookup (rfi_session_get_jobs (self->session), job_id) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-job", "s", job_id);
}

static void
rfi_compare_window_dispose (GObject *object)
{
  RfiCompareWindow *self = RFI_COMPARE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (rfi_compare_window_parent_class)->dispose (object);
}

static void
rfi_compare_window_class_init (RfiCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rfi_compare_window_dispose;

  g_type_ensure (RFI_TYPE_MOMENT_CHOOSER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/retailfixit/Dispatch/ui/history/rfi-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, from);
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, to);
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, RfiCompareWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rfi_compare_window_init (RfiCompareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rfi_compare_window_new (RfiSession *session,
                        GtkWindow  *parent,
                        gint64      from,
                        gint64      to)
{
  RfiCompareWindow *self = g_object_new (RFI_TYPE_COMPARE_WINDOW,
                                         "transient-for", parent,
                                         "destroy-with-parent", TRUE,
                                         NULL);

  self->session = g_object_ref (session);
  rfi_moment_chooser_set_at (self->from, MIN (from, to));
  rfi_moment_chooser_set_at (self->to, MAX (from, to));
  compare (self);
  return GTK_WIDGET (self);
}
