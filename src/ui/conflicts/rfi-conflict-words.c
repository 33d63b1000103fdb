/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-words"

#include "config.h"

#include "rfi-conflict-words.h"

#include "rfi-conflict-desk.h"
#include "rfi-decision-right.h"
#include "rfi-deed-words.h"
#include "rfi-error-words.h"
#include "rfi-format.h"
#include "rfi-session-commands.h"
#include "rfi-words.h"

#include <glib/gi18n.h>

/* More of a value than this is not needed to know which it is. */
#define MOST_CHARACTERS 60

char *
rfi_conflict_words_fields (RfiConflict *conflict)
{
  g_autoptr(RfiDecision) decision = rfi_decision_new (conflict);
  g_autoptr(GString) names = g_string_new (NULL);

  if (conflict->theirs == NULL)
    return g_strdup (_("deleted on the server"));
  if (conflict->operation->kind == RFI_OPERATION_DELETE)
    return g_strdup (_("deletion of what somebody changed"));
  if (conflict->reason == RFI_CONFLICT_OVER_BOOKING)
    return g_strdup (_("two jobs at a time"));
  if (conflict->reason == RFI_CONFLICT_INACTIVE_TARGET)
    return g_strdup (_("technician takes no jobs"));

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_decision_get_outcome (decision, (RfiField) i) == RFI_MERGE_COLLISION)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              rfi_words_bare_field ((RfiField) i));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
is_own (RfiSession  *session,
        RfiConflict *conflict)
{
  return g_strcmp0 (conflict->operation->user_id, rfi_session_get_user (session)->id) == 0;
}

char *
rfi_conflict_words_owner (RfiSession  *session,
                          RfiConflict *conflict)
{
  if (is_own (session, conflict))
    return g_strdup (_("You"));
  if (conflict->facts != NULL && conflict->facts->user_name != NULL)
    return g_strdup (conflict->facts->user_name);
  return g_strdup (rfi_session_get_name (session, conflict->operation->user_id));
}

char *
rfi_conflict_words_other (RfiSession  *session,
                          RfiConflict *conflict)
{
  if (conflict->facts != NULL && conflict->facts->theirs_name != NULL)
    return g_strdup (conflict->facts->theirs_name);
  if (conflict->theirs_by == NULL)
    return g_strdup (_("somebody else"));
  return g_strdup (rfi_session_get_name (session, conflict->theirs_by));
}

static char *
tell_collision (RfiSession        *session,
                const RfiDecision *decision)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  guint n = rfi_decision_count_collisions (decision);
  g_autofree char *deed = rfi_deed_words_operation (session, conflict->operation);
  g_autofree char *who = rfi_conflict_words_other (session, conflict);
  g_autofree char *owner = rfi_conflict_words_owner (session, conflict);
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u field collides.", "%u fields collide.", n), n);

  if (!is_own (session, conflict))
    /* translators: "2 fields collide.", then two names, then what the second wanted to do */
    return g_strdup_printf (_("%1$s %2$s changed the job while a change by %3$s waited: %4$s."),
                            count, who, owner, deed);

  /* translators: "2 fields collide.", then a name, then what the person wanted to do */
  return g_strdup_printf (_("%s While your change waited, %s changed the job. You wanted: %s."),
                          count, who, deed);
}

char *
rfi_conflict_words_story (RfiSession        *session,
                          const RfiDecision *decision)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  g_autofree char *deed = rfi_deed_words_operation (session, conflict->operation);
  g_autofree char *who = rfi_conflict_words_other (session, conflict);

  if (conflict->theirs == NULL)
    /* translators: %s is what the person wanted to do: "Assign Ice machine to Sara" */
    return g_strdup_printf (_("The job is gone from the server, or from your view of it, while "
                              "this waited: %s. Accept that, or make the job anew; what you "
                              "wrote stays in the history."), deed);
  if (conflict->operation->kind == RFI_OPERATION_DELETE && conflict->elsewhere)
    /* translators: %s is a name */
    return g_strdup_printf (_("The job was to be deleted, but %s changed it meanwhile. Keep it as "
                              "it is now, or leave that to whoever wanted it deleted."), who);
  if (conflict->operation->kind == RFI_OPERATION_DELETE)
    /* translators: %s is a name */
    return g_strdup_printf (_("The job was to be deleted, but %s changed it meanwhile. Keep it as "
                              "it is now, or delete it with that change."), who);
  if (conflict->operation->kind == RFI_OPERATION_RESOLVE)
    /* translators: %s is a name */
    return g_strdup_printf (_("This was decided before, but until the decision arrived %s changed "
                              "the job again. Decide once more with what stands there now."), who);

  switch ((int) conflict->reason)
    {
    case RFI_CONFLICT_OVER_BOOKING:
      return g_strdup (_("The technician would have to be in two places at a time. Shorten the "
                         "visit, move it, give it to somebody else, or book it all the same."));
    case RFI_CONFLICT_INACTIVE_TARGET:
      return g_strdup (_("The technician takes no jobs any more. Choose another, or leave the job "
                         "as it is on the server."));
    case RFI_CONFLICT_STATE_RACE:
      /* translators: a name, then what the person wanted to do */
      return g_strdup_printf (_("%s took the job another way while this waited: %s. Such a race is "
                                "never decided by itself: say what is true."), who, deed);
    case RFI_CONFLICT_ILLEGAL_STEP:
      if (rfi_decision_may_be_mine (decision, RFI_FIELD_STATUS))
        /* translators: a name, then what the person wanted to do */
        return g_strdup_printf (_("%s took the job a step further while this waited: %s. It still "
                                  "can be done; say whether it should."), who, deed);
      /* translators: a name, then what the person wanted to do */
      return g_strdup_printf (_("%s took the job a step further, and from there this is no step: "
                                "%s."), who, deed);
    default:
      return tell_collision (session, decision);
    }
}

char *
rfi_conflict_words_times (gint64 typed_at,
                          gint64 received_at)
{
  g_autofree char *typed = typed_at != 0 ? rfi_format_clock (typed_at) : NULL;
  g_autofree char *received = received_at != 0 ? rfi_format_clock (received_at) : NULL;

  if (typed != NULL && received != NULL)
    /* translators: two times: when a person typed it, when the server had it */
    return g_strdup_printf (_("typed %s, received %s"), typed, received);
  if (typed != NULL)
    /* translators: %s is when a person typed their change */
    return g_strdup_printf (_("typed %s"), typed);
  if (received != NULL)
    /* translators: %s is when the server had a change */
    return g_strdup_printf (_("received %s"), received);
  return g_strdup ("");
}

static const char *
rule_words (RfiMergeRule rule)
{
  static const char *const words[] = {
    [RFI_MERGE_THREE_WAY] = N_("merged where one side changed it, else you choose"),
    [RFI_MERGE_STATE_MACHINE] = N_("never decided by itself"),
    [RFI_MERGE_SERVER_WINS] = N_("the server’s stands"),
    [RFI_MERGE_UNION] = N_("what both added is kept"),
    [RFI_MERGE_MANUAL] = N_("always asked"),
  };

  return _(words[rule]);
}

static void
append_rule (GString           *text,
             const RfiDecision *decision,
             RfiMergeRule       rule)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_decision_is_shown (decision, (RfiField) i) &&
        rfi_field_get_rule ((RfiField) i) == rule)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              rfi_words_field ((RfiField) i));
  if (names->len == 0)
    return;

  if (text->len > 0)
    g_string_append (text, " · ");
  /* translators: "Title, Priority: merged where one side changed it …" */
  g_string_append_printf (text, _("%s: %s"), names->str, rule_words (rule));
}

char *
rfi_conflict_words_rules (const RfiDecision *decision)
{
  GString *text = g_string_new (NULL);

  for (int rule = RFI_MERGE_THREE_WAY; rule <= RFI_MERGE_MANUAL; rule++)
    append_rule (text, decision, (RfiMergeRule) rule);
  return g_string_free (text, FALSE);
}

char *
rfi_conflict_words_fault (const RfiFault *fault)
{
  switch (fault->kind)
    {
    case RFI_FAULT_OPEN:
      /* translators: %s is "the title" */
      return g_strdup_printf (_("Nothing is chosen for %s yet."),
                              rfi_words_the_field (fault->field));
    case RFI_FAULT_VALUE:
      return rfi_words_field_problem (fault->field, fault->problem);
    case RFI_FAULT_STEP:
      return g_strdup (rfi_words_verdict (RFI_VERDICT_ILLEGAL_STEP));
    case RFI_FAULT_NEEDS_TECHNICIAN:
      return g_strdup (rfi_words_verdict (RFI_VERDICT_NEEDS_TECHNICIAN));
    case RFI_FAULT_SCHEDULE:
      return g_strdup (_("It would end before it begins."));
    case RFI_FAULT_INACTIVE:
      return g_strdup (_("The technician takes no jobs any more."));
    case RFI_FAULT_NONE:
    default:
      return g_strdup ("");
    }
}

char *
rfi_conflict_words_obstacle (RfiSession        *session,
                             const RfiDecision *decision)
{
  g_autoptr(RfiPatch) wanted = rfi_decision_insist (decision);
  RfiFault fault;

  if (!rfi_decision_may_insist (decision, &fault))
    return rfi_conflict_words_fault (&fault);
  return g_strdup (rfi_words_verdict (rfi_decision_right_check (
    rfi_session_get_user (session), rfi_decision_get_conflict (decision), wanted)));
}

/* "“Part ordered” (notes)". @value: (nullable) */
static void
append_value (GString    *text,
              RfiSession *session,
              RfiField    field,
              const char *value)
{
  g_autofree char *words = rfi_deed_words_value (session, field, value);
  g_autofree char *shortened = NULL;

  if (text->len > 0)
    g_string_append (text, ", ");
  if (g_utf8_strlen (words, -1) > MOST_CHARACTERS)
    {
      g_autofree char *start = g_utf8_substring (words, 0, MOST_CHARACTERS);

      shortened = g_strconcat (start, "…", NULL);
    }
  else
    {
      shortened = g_strdup (*words != '\0' ? words : _("(none)"));
    }
  /* translators: a field's name, then its value */
  g_string_append_printf (text, _("%s “%s”"), rfi_words_bare_field (field), shortened);
}

/* The values of one side that would be lost. (transfer full) */
static char *
list_lost (RfiSession        *session,
           const RfiDecision *decision,
           gboolean           mine)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      RfiPatch *patch = mine ? conflict->operation->patch : conflict->theirs;

      if (patch == NULL || !rfi_patch_has (patch, field))
        continue;
      if (mine ? g_strcmp0 (rfi_patch_get (patch, field),
                            conflict->theirs != NULL ? rfi_patch_get (conflict->theirs, field)
                                                     : NULL) != 0
               : rfi_decision_get_outcome (decision, field) == RFI_MERGE_COLLISION &&
                   rfi_decision_may_be_mine (decision, field))
        append_value (text, session, field, rfi_patch_get (patch, field));
    }
  return g_string_free (text, FALSE);
}

char *
rfi_conflict_words_if_server (RfiSession        *session,
                              const RfiDecision *decision)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  g_autofree char *lost = list_lost (session, decision, TRUE);
  g_autofree char *owner = rfi_conflict_words_owner (session, conflict);

  if (conflict->theirs == NULL)
    return g_strdup (_("The job stays deleted, and the change is given up."));
  if (conflict->operation->kind == RFI_OPERATION_DELETE)
    return g_strdup (_("The job stays, as it is on the server."));
  if (*lost == '\0')
    return g_strdup (_("Nothing is lost: both say the same."));

  /* translators: what is lost: “title “Ice machine””; then whose it was */
  return g_strdup_printf (_("The job stays as it is on the server. Lost: %s (%s). The history "
                            "keeps it."), lost, owner);
}

char *
rfi_conflict_words_if_local (RfiSession        *session,
                             const RfiDecision *decision)
{
  RfiConflict *conflict = rfi_decision_get_conflict (decision);
  g_autofree char *obstacle = rfi_conflict_words_obstacle (session, decision);
  g_autofree char *lost = list_lost (session, decision, FALSE);
  g_autofree char *other = rfi_conflict_words_other (session, conflict);

  if (*obstacle != '\0')
    return g_steal_pointer (&obstacle);
  if (conflict->theirs == NULL)
    return g_strdup (_("The job is made anew, as it was last seen and with the change."));
  if (conflict->operation->kind == RFI_OPERATION_DELETE)
    /* translators: %s is a name */
    return g_strdup_printf (_("The job is deleted, with what %s changed."), other);
  if (*lost == '\0')
    return g_strdup (_("The change is made on top of the server’s version; nothing is lost."));

  /* translators: what is lost: “title “Ice machine””; then whose it was */
  return g_strdup_printf (_("The change is made on top of the server’s version. Lost: %s (%s). The "
                            "history keeps it."), lost, other);
}

char *
rfi_conflict_words_if_merged (RfiSession        *session,
                              const RfiDecision *decision)
{
  g_autoptr(RfiPatch) patch = rfi_decision_to_patch (decision);
  g_autoptr(GString) text = g_string_new (NULL);
  RfiFault fault;

  if (!rfi_decision_check (decision, &fault))
    return rfi_conflict_words_fault (&fault);
  if (patch == NULL)
    return g_strdup (_("The Result column is the server’s version."));

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i))
      append_value (text, session, (RfiField) i, rfi_patch_get (patch, (RfiField) i));
  /* translators: %s is “title “Ice machine”, technician “Sara”” */
  return g_strdup_printf (_("As the Result column says: %s. The rest stays as on the server."),
                          text->str);
}

char *
rfi_conflict_words_escalation (RfiSession  *session,
                               RfiConflict *conflict)
{
  RfiConflictFacts *facts = conflict->facts;
  g_autofree char *ago = NULL;
  const char *by;
  const char *to;

  if (!rfi_conflict_facts_is_escalated (facts))
    return g_strdup ("");

  ago = rfi_format_ago (facts->escalated_at);
  by = facts->escalated_by_name != NULL ? facts->escalated_by_name : _("Somebody");
  to = facts->escalated_to == NULL ? _("whoever may decide")
       : g_strcmp0 (facts->escalated_to, rfi_session_get_user (session)->id) == 0
         ? _("you")
         : facts->escalated_to_name != NULL ? facts->escalated_to_name
                                            : facts->escalated_to;
  /* translators: who handed a conflict on, to whom, when ("2 minutes ago"), and their note */
  return g_strdup_printf (_("%s handed this on to %s, %s: “%s”"), by, to, ago,
                          facts->escalation_note);
}

char *
rfi_conflict_words_undone (int           n_open,
                           const GError *error)
{
  if (n_open > 0)
    return g_strdup_printf (ngettext ("%d conflict is open again.", "%d conflicts are open again.",
                                      n_open), n_open);
  if (error != NULL && !g_error_matches (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE))
    return rfi_error_words (error);

  return g_strdup (_("It is sent already, and stays decided."));
}

char *
rfi_conflict_words_told (RfiSession *session)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (session);
  guint troubles = rfi_conflict_desk_get_troubles (desk);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gint64 told_at = 0;

  if (!rfi_session_get_online (session))
    g_object_get (desk, "told-at", &told_at, NULL);
  if (told_at != 0)
    {
      g_autofree char *clock = rfi_format_clock (told_at);

      /* translators: %s is a time, with its day if that is not today */
      g_ptr_array_add (lines, g_strdup_printf (_("Those of others as of %s"), clock));
    }
  if ((troubles & RFI_DESK_TROUBLE_READ) != 0)
    g_ptr_array_add (lines, g_strdup (_("What the server told of others before can’t be read "
                                        "here. It tells it again once it is there.")));
  if ((troubles & RFI_DESK_TROUBLE_ASK) != 0 && rfi_session_get_online (session))
    g_ptr_array_add (lines, g_strdup (_("The server does not tell of the conflicts of others right "
                                        "now. It is asked again after each sync.")));
  if ((troubles & RFI_DESK_TROUBLE_KEEP) != 0)
    g_ptr_array_add (lines, g_strdup (_("The conflicts of others can’t be kept on this computer, "
                                        "so offline they will be missing. Check the free "
                                        "space.")));
  if ((troubles & RFI_DESK_TROUBLE_SETTLE) != 0)
    g_ptr_array_add (lines, g_strdup (_("What others settled can’t be taken over on this computer "
                                        "right now, so it still waits here. It is tried again "
                                        "after each sync.")));
  if ((troubles & RFI_DESK_TROUBLE_CHOOSE) != 0)
    g_ptr_array_add (lines, g_strdup (_("What you chose once and for all can’t be carried out "
                                        "right now. It is tried again after each sync, or decide "
                                        "it here.")));
  if (lines->len == 0)
    return NULL;

  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

char *
rfi_conflict_words_settler (RfiSession  *session,
                            RfiConflict *conflict)
{
  const RfiConflictFacts *facts = conflict->facts;

  if (g_strcmp0 (facts->resolved_by, rfi_session_get_user (session)->id) == 0)
    return g_strdup (_("You"));
  return g_strdup (facts->resolved_by_name != NULL ? facts->resolved_by_name : _("Somebody"));
}

/* How many of the fields that the change sets were decided for it, and for the server's version. */
static void
count_winners (RfiConflict *conflict,
               guint       *n_mine,
               guint       *n_theirs,
               guint       *n_other)
{
  const RfiPatch *resolution = conflict->facts->resolution;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *mine = rfi_patch_get (conflict->operation->patch, (RfiField) i);
      const char *theirs = rfi_patch_get (conflict->theirs, (RfiField) i);
      const char *decided = resolution != NULL ? rfi_patch_get (resolution, (RfiField) i) : NULL;

      if (decided == NULL)
        decided = theirs;
      if (mine == NULL || g_strcmp0 (mine, theirs) == 0)
        continue;
      if (g_strcmp0 (decided, mine) == 0)
        (*n_mine)++;
      else if (g_strcmp0 (decided, theirs) == 0)
        (*n_theirs)++;
      else
        (*n_other)++;
    }
}

char *
rfi_conflict_words_settled (RfiSession  *session,
                            RfiConflict *conflict)
{
  guint n_mine = 0;
  guint n_theirs = 0;
  guint n_other = 0;

  if (conflict->operation->patch == NULL || conflict->theirs == NULL)
    return g_strdup (_("settled"));

  count_winners (conflict, &n_mine, &n_theirs, &n_other);
  if (n_mine == 0 && n_other == 0)
    return g_strdup (_("the server’s version stands"));
  if (n_theirs == 0 && n_other == 0)
    return g_strdup (is_own (session, conflict) ? _("your change was made")
                                                : _("the change was made"));
  return g_strdup (_("put together"));
}

char *
rfi_conflict_words_record (RfiSession  *session,
                           RfiConflict *conflict)
{
  g_autofree char *settler = rfi_conflict_words_settler (session, conflict);
  g_autofree char *clock = rfi_format_clock (conflict->facts->resolved_at);
  g_autofree char *outcome = rfi_conflict_words_settled (session, conflict);
  g_autofree char *owner = rfi_conflict_words_owner (session, conflict);
  g_autofree char *other = rfi_conflict_words_other (session, conflict);

  /* translators: whose changes met, two names; who decided, a time, then what came of it */
  return g_strdup_printf (_("%1$s and %2$s changed the same. Decided by: %3$s, %4$s – %5$s. The "
                            "losing values stay in the history."),
                          owner, other, settler, clock, outcome);
}
