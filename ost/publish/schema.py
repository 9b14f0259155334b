"""The published file's tables, views and columns, each with its description.

Everything that names a table or a column in words (the reference page, Datasette's column
descriptions) is made from here. Lines and columns count from 1, days are ISO 8601 text,
seconds are whole seconds of a recording, truth is 0 or 1.
"""

from ost.publish.columns import Column, Table
from ost.publish.columns import number_column as _number
from ost.publish.columns import text_column as _text
from ost.publish.history_schema import HISTORY_TABLES

VERSION = 1


TABLES: tuple[Table, ...] = (
    Table(
        "node",
        "Every node: outcomes, opportunities, solutions, assumptions, tests, decisions, interviews, signals, guides.",
        ("id",),
        (
            _text("id", "The node's stable id: its file's name, or its words in a one-file tree."),
            _text(
                "kind",
                "outcome, opportunity, solution, assumption, test, decision, interview, signal or guide.",
                index=True,
                beside=("date",),
            ),
            _text("title", "The first heading."),
            _text(
                "status",
                "Where it stands. Tests': planned, running, ended or the verdict. Assumptions' is derived from their tests: untested (none, or planned only), testing, supported, refuted or unclear.",
            ),
            _text("parent", "Its primary place: the node it hangs under.", "node", index=True),
            _text(
                "outcome", "The topmost outcome it serves by its primary place.", "node", index=True
            ),
            _number(
                "lft",
                "Nested-set number: a node's descendants by primary place have lft between its lft and rgt. Empty for interviews, signals and guides.",
                index=True,
            ),
            _number("rgt", "Nested-set number: see lft."),
            _number("depth", "How many nodes are above it by primary place."),
            _number("children", "Nodes directly below it by primary place."),
            _number("descendants", "Nodes below it by primary place."),
            _number(
                "participants",
                "Different participants whose interviews speak for it or for anything below it.",
            ),
            _number("interviews", "Interviews that speak for it or for anything below it."),
            _number("moments", "Moments that speak for it or for anything below it."),
            _number("against", "Moments that speak against it or anything below it."),
            _number(
                "signals",
                "Mentions in signals (tickets, sales calls) of it or anything below it; counted apart from moments.",
            ),
            _text(
                "first_heard",
                "The day of the earliest interview that speaks for it or anything below.",
            ),
            _text(
                "last_heard",
                "The day of the newest interview that speaks for it or anything below.",
            ),
            _number("errors", "Diagnostics of severity error on the node itself."),
            _number("warnings", "Diagnostics of severity warning on the node itself."),
            _number("waived", "Waivers in force on the node itself."),
            _number("illustrative", "1 if it was made up to show how the method works."),
            _text("date", "The day of an interview, a signal or a decision, or the end of a test."),
            _text(
                "participant",
                "An interview's or a signal's participant.",
                "participant",
                index=True,
            ),
            _text("segment", "The participant's kind of customer, for interviews and signals."),
            _text("recording", "An interview's recording: an address or a file."),
            _text("fields", "All fields as JSON, typed; keys as in front matter."),
            _text("body", "The Markdown below the front matter."),
            _text("path", "The file, relative to the content folder."),
            _number("line", "The line of its title in that file."),
        ),
        label="title",
        search=("title", "body"),
    ),
    Table(
        "edge",
        "Every link from a node to a node: hanging under, evidence, decisions, mentions.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The node the link stands in.", "node", index=True),
            _text(
                "target", "The node it leads to.", "node", index=True, beside=("relation", "source")
            ),
            _text("relation", "parent, evidence, chose, over, guide or mentions."),
            _number(
                "position",
                "Its place among the links of its source, from 1; among parents, 1 is the primary place.",
            ),
            _number("line", "The line of the link in the source's file."),
            _number("column", "The column of the link."),
        ),
    ),
    Table(
        "moment",
        "One place of an interview (or signal) where something about a node was heard.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The interview or signal.", "node", index=True),
            _text("node", "What it is about: mostly an opportunity.", "node", index=True),
            _text("participant", "Who said it.", "participant", index=True),
            _text("stance", "for, or against."),
            _text("kind", "story (an interview) or signal."),
            _text("words", "What was noted."),
            _number("second", "The second of the recording; empty when not given."),
            _text("url", "The recording at that second; empty when there is none."),
            _text("date", "The day of the interview or signal."),
            _number("position", "Its place in its interview, from 1."),
            _number("line", "The line in the interview's file."),
            _text("further", "Timestamps after the first, as JSON: second and url of each."),
        ),
        label="words",
        search=("words",),
    ),
    Table(
        "quote",
        "A participant's own words.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The interview or signal.", "node", index=True),
            _text("moment", "The moment it belongs to, if any.", "moment", index=True),
            _text("participant", "Who said it.", "participant"),
            _text("text", "The words."),
            _text("section", "The heading it stands under."),
            _number("second", "The second of the recording."),
            _text("url", "The recording at that second."),
            _number("position", "Its place in its interview, from 1."),
            _number("line", "The line in the interview's file."),
            _text("further", "Timestamps after the first, as JSON: second and url of each."),
        ),
        label="text",
        search=("text",),
    ),
    Table(
        "story_step",
        "One step of the story told in an interview.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The interview.", "node", index=True),
            _number("position", "Its place in the story, from 1."),
            _text("text", "What happened."),
            _number("second", "The second of the recording."),
            _text("url", "The recording at that second."),
            _number("line", "The line in the interview's file."),
            _text("further", "Timestamps after the first, as JSON: second and url of each."),
        ),
        label="text",
    ),
    Table(
        "evidence",
        "Who speaks for a node: participants of moments about it or anything below it, by any parent.",
        ("node", "participant"),
        (
            _text("node", "The node.", "node"),
            _text("participant", "Who.", "participant", index=True),
            _number("moments", "Moments of that participant for the node or anything below it."),
        ),
    ),
    Table(
        "measurement",
        "An outcome's metric over time.",
        ("outcome", "date"),
        (
            _text("outcome", "The outcome.", "node"),
            _text("date", "The day."),
            Column("value", "REAL", "The metric's value on that day."),
        ),
    ),
    Table(
        "participant",
        "The people interviewed, by pseudonym.",
        ("id",),
        (
            _text("id", "The pseudonym."),
            _text("segment", "The kind of customer, from the newest interview that says."),
            _number("interviews", "Interviews with them."),
            _text("first", "The day of the first."),
            _text("last", "The day of the newest."),
            _number(
                "illustrative",
                "1 if every interview with them was made up to show how the method works.",
                index=True,
            ),
        ),
    ),
    Table(
        "diagnostic",
        "What `ost check` says.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("path", "The file, relative to the content folder."),
            _number("line", "From 1."),
            _number("column", "From 1."),
            _number("end_line", "From 1."),
            _number("end_column", "From 1; the first column after the place."),
            _text("code", "The rule.", "rule", index=True),
            _text("name", "The rule's name."),
            _text("severity", "error, warning or note.", index=True),
            _text("message", "What is so, here."),
            _text(
                "node", "The node it is about; empty when it is about a file.", "node", index=True
            ),
        ),
        label="message",
    ),
    Table(
        "waiver",
        "Rules that somebody decided do not apply to a node, why, and until when.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("node", "The node.", "node", index=True),
            _text("rule", "The rule's name."),
            _text("because", "The reason."),
            _text("until", "The last day it holds; empty for no end."),
            _text("state", "active, expired or unused."),
            _number("line", "The line in the node's file."),
        ),
        label="rule",
    ),
    Table(
        "rule",
        "The rules that this file was judged by.",
        ("code",),
        (
            _text("code", "The stable code, such as OST301."),
            _text("name", "The name, such as single-solution."),
            _text("family", "reading, shape, evidence, solutions, wording, practice or privacy."),
            _text("severity", "Its usual severity."),
            _text("summary", "What is wrong, in one line."),
            _text("page", "The whole page, in Markdown: reason, source, examples."),
        ),
        label="name",
    ),
    Table(
        "file",
        "The files this was built from.",
        ("path",),
        (
            _text("path", "Relative to the content folder."),
            _text("blob", "The content's git object id (sha1)."),
            _number("nodes", "Nodes written in it."),
        ),
    ),
    *HISTORY_TABLES,
    Table(
        "meta",
        "About this file itself.",
        ("key",),
        (
            _text(
                "key",
                "What: schema, generator, build (a hash of content, settings, rules and day), as_of, title, edit_url, history (how far back: `complete`, or `since` a commit; absent without).",
            ),
            _text("value", "Its value."),
        ),
    ),
    Table(
        "description",
        "What each table and column holds.",
        ("table_name", "column_name"),
        (
            _text("table_name", "The table or view."),
            _text("column_name", "The column; empty for the table itself."),
            _text("text", "What it holds."),
        ),
    ),
)
