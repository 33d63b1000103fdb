/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wrap-layout"

#include "config.h"

#include "rfi-wrap-layout.h"

struct _RfiWrapLayout
{
  GtkLayoutManager parent_instance;

  int              spacing;
};

enum {
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiWrapLayout, rfi_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GParamSpec *properties[N_PROPS];

/* (nullable): the next that is seen, @child or after it */
static GtkWidget *
next_seen (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The children of the line that begins with @first. Returns: (transfer full)
 * (element-type GtkRequestedSize): their widths, together @width or what they need
 */
static GArray *
lay_line (RfiWrapLayout *self,
          GtkWidget     *first,
          int            width)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (GtkRequestedSize));
  guint n_expand = 0;
  int left = width;

  for (GtkWidget *child = first; child != NULL;
       child = next_seen (gtk_widget_get_next_sibling (child)))
    {
      GtkRequestedSize size = { .data = child };
      int space = sizes->len > 0 ? self->spacing : 0;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &size.minimum_size,
                          &size.natural_size, NULL, NULL);
      if (sizes->len > 0 && size.minimum_size + space > left)
        break;
      left -= size.minimum_size + space;
      n_expand += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
      g_array_append_val (sizes, size);
    }

  left = gtk_distribute_natural_allocation (MAX (left, 0), sizes->len,
                                            (GtkRequestedSize *) sizes->data);
  for (guint i = 0; i < sizes->len && n_expand > 0; i++)
    {
      GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);

      if (gtk_widget_compute_expand (size->data, GTK_ORIENTATION_HORIZONTAL))
        {
          size->minimum_size += left / (int) n_expand;
          left -= left / (int) n_expand--;
        }
    }
  return sizes;
}

static void
measure_line (GArray *sizes,
              int    *minimum,
              int    *natural)
{
  *minimum = *natural = 0;
  for (guint i = 0; i < sizes->len; i++)
    {
      GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);
      int least, wanted;

      gtk_widget_measure (size->data, GTK_ORIENTATION_VERTICAL, size->minimum_size, &least,
                          &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static GtkWidget *
after_line (GArray *sizes)
{
  return next_seen (gtk_widget_get_next_sibling (
    g_array_index (sizes, GtkRequestedSize, sizes->len - 1).data));
}

static void
measure_width (RfiWrapLayout *self,
               GtkWidget     *widget,
               int           *minimum,
               int           *natural)
{
  for (GtkWidget *child = next_seen (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_seen (gtk_widget_get_next_sibling (child)))
    {
      int least, wanted;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? self->spacing : 0);
    }
}

static void
rfi_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  RfiWrapLayout *self = RFI_WRAP_LAYOUT (manager);
  GtkWidget *child = next_seen (gtk_widget_get_first_child (widget));

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }

  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  while (child != NULL)
    {
      g_autoptr(GArray) sizes = lay_line (self, child, for_size);
      int least, wanted;

      measure_line (sizes, &least, &wanted);
      *natural += wanted + (*natural > 0 ? self->spacing : 0);
      *minimum += least + (*minimum > 0 ? self->spacing : 0);
      child = after_line (sizes);
    }
}

static void
allocate_line (RfiWrapLayout *self,
               GtkWidget     *widget,
               GArray        *sizes,
               int            width,
               int            y,
               int            height)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (guint i = 0; i < sizes->len; i++)
    {
      GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);
      GtkAllocation place = {
        rtl ? width - x - size->minimum_size : x, y, size->minimum_size, height,
      };

      gtk_widget_size_allocate (size->data, &place, -1);
      x += size->minimum_size + self->spacing;
    }
}

static void
rfi_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  RfiWrapLayout *self = RFI_WRAP_LAYOUT (manager);
  GtkWidget *child = next_seen (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL)
    {
      g_autoptr(GArray) sizes = lay_line (self, child, width);
      int least, wanted;

      measure_line (sizes, &least, &wanted);
      child = after_line (sizes);
      /* The last line has what there is, as the only one of a box has. */
      if (child == NULL)
        wanted = MAX (least, height - y);
      allocate_line (self, widget, sizes, width, y, wanted);
      y += wanted + self->spacing;
    }
}

static GtkSizeRequestMode
rfi_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rfi_wrap_layout_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, RFI_WRAP_LAYOUT (object)->spacing);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_wrap_layout_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SPACING:
      RFI_WRAP_LAYOUT (object)->spacing = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_wrap_layout_class_init (RfiWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = rfi_wrap_layout_get_property;
  object_class->set_property = rfi_wrap_layout_set_property;
  manager_class->measure = rfi_wrap_layout_measure;
  manager_class->allocate = rfi_wrap_layout_allocate;
  manager_class->get_request_mode = rfi_wrap_layout_get_request_mode;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_wrap_layout_init (RfiWrapLayout *self)
{
}
