"""The published file's tables, views and columns, each with its description.

The reference page and Datasette's column descriptions are generated from here. Lines and columns count from 1, days are ISO 8601 text,
seconds are whole seconds of a recording, truth is 0 or 1.
"""

from msgspec import Struct

VERSION = 1


class Column(Struct, frozen=True):
    """One column. `type` is SQLite's; `references` the table whose key it holds; `index` names the
    columns of the index that begins with this one, if there is one.
    """

    name: str
    type: str
    description: str
    references: str = ""
    index: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """One table. `key` names the columns of its primary key; `label` the column Datasette shows for a row."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    label: str = ""
    search: tuple[str, ...] = ()


def _text(
    name: str,
    description: str,
    references: str = "",
    *,
    index: bool = False,
    beside: tuple[str, ...] = (),
) -> Column:
    return Column(name, "TEXT", description, references, (name, *beside) if index else ())


def _number(name: str, description: str, *, index: bool = False) -> Column:
    return Column(name, "INTEGER", description, index=(name,) if index else ())


TABLES = (
    Table(
        "node",
        "Every node, of whatever kind.",
        ("id",),
        (
            _text("id", "The node's stable id: its file's name, or its words in a one-file tree."),
            _text(
                "kind",
                "Its kind: see the table `kind`.",
                "kind",
                index=True,
                beside=("date",),
            ),
            _text("title", "The first heading."),
            _text(
                "status",
                "Its status. A test is planned, running, ended or has its verdict. An assumption's status comes from its tests: untested (none, or only planned ones), testing, supported, refuted or unclear.",
            ),
            _text("parent", "Its primary place: the node it hangs under.", "node", index=True),
            _text("outcome", "The topmost outcome above it by primary place.", "node", index=True),
            _number(
                "lft",
                "Nested-set number: a node's descendants by primary place have lft between its lft and rgt. Empty where its kind has no place in the tree.",
                index=True,
            ),
            _number("rgt", "Nested-set number: see lft."),
            _number("depth", "How many nodes are above it by primary place."),
            _number("children", "Nodes directly below it by primary place."),
            _number("descendants", "Nodes below it by primary place."),
            _number(
                "participants",
                "Different people with moments for it or anything below it.",
            ),
            _number("interviews", "Interviews with moments for it or anything below it."),
            _number("moments", "Moments for it or anything below it."),
            _number("against", "Moments against it or anything below it."),
            _number(
                "signals",
                "Mentions of it or anything below it in signals (tickets, sales calls); counted separately from moments.",
            ),
            _text(
                "first_heard",
                "The day of the first interview with a moment for it or anything below it.",
            ),
            _text(
                "last_heard",
                "The day of the latest interview with a moment for it or anything below it.",
            ),
            _number("errors", "Diagnostics of severity error on the node itself."),
            _number("warnings", "Diagnostics of severity warning on the node itself."),
            _number("waived", "Waivers in force on the node itself."),
            _number("illustrative", "1 if invented to show how the method works."),
            _text("date", "The day of an interview, a signal or a decision, or the end of a test."),
            _text(
                "participant",
                "The participant of an interview or signal.",
                "participant",
                index=True,
            ),
            _text("segment", "The participant's customer segment, for interviews and signals."),
            _text("recording", "The recording of an interview: a URL or a file."),
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
        "Every link between nodes: parents, evidence, decisions, mentions.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The node with the link.", "node", index=True),
            _text(
                "target", "The node it links to.", "node", index=True, beside=("relation", "source")
            ),
            _text("relation", "parent, evidence, chose, over, guide or mentions."),
            _number(
                "position",
                "Its position among the links of its source, from 1. The parent at position 1 is the primary place.",
            ),
            _number("line", "The line of the link in the source's file."),
            _number("column", "The column of the link."),
        ),
    ),
    Table(
        "moment",
        "A place in an interview (or signal) that mentions a node.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The interview or signal.", "node", index=True),
            _text("node", "The node it is about, usually an opportunity.", "node", index=True),
            _text("participant", "Who said it.", "participant", index=True),
            _text("stance", "for, or against."),
            _text("kind", "story (an interview) or signal."),
            _text("words", "The note."),
            _number("second", "The second of the recording; empty if not given."),
            _text("url", "The recording at that second; empty if there is none."),
            _text("date", "The day of the interview or signal."),
            _number("position", "Its position in the interview, from 1."),
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
            _text("section", "The heading above it."),
            _number("second", "The second of the recording."),
            _text("url", "The recording at that second."),
            _number("position", "Its position in the interview, from 1."),
            _number("line", "The line in the interview's file."),
            _text("further", "Timestamps after the first, as JSON: second and url of each."),
        ),
        label="text",
        search=("text",),
    ),
    Table(
        "story_step",
        "A step of an interview's story.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("source", "The interview.", "node", index=True),
            _number("position", "Its position in the story, from 1."),
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
        "The people behind a node: participants with moments for it or anything below it, by any parent.",
        ("node", "participant"),
        (
            _text("node", "The node.", "node"),
            _text("participant", "The person.", "participant", index=True),
            _number("moments", "That person's moments for the node or anything below it."),
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
            _text("segment", "The customer segment, from the latest interview that names it."),
            _number("interviews", "Interviews with them."),
            _text("first", "The day of the first interview."),
            _text("last", "The day of the latest interview."),
            _number(
                "illustrative",
                "1 if all their interviews are invented to show how the method works.",
                index=True,
            ),
        ),
    ),
    Table(
        "diagnostic",
        "The findings of `ost check`.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("path", "The file, relative to the content folder."),
            _number("line", "From 1."),
            _number("column", "From 1."),
            _number("end_line", "From 1."),
            _number("end_column", "From 1; the first column after the end."),
            _text("code", "The rule's code.", "rule", index=True),
            _text("name", "The rule's name."),
            _text("severity", "error, warning or note.", index=True),
            _text("message", "What is wrong and what to do."),
            _text("node", "The node it is about; empty if it is about a file.", "node", index=True),
        ),
        label="message",
    ),
    Table(
        "waiver",
        "Waivers: rules that do not apply to a node, why, and until when.",
        ("id",),
        (
            _text("id", "A stable key."),
            _text("node", "The node.", "node", index=True),
            _text("rule", "The rule's name."),
            _text("because", "The reason."),
            _text("until", "The last day it applies; empty for no end."),
            _text("state", "active, expired or unused."),
            _number("line", "The line in the node's file."),
        ),
        label="rule",
    ),
    Table(
        "kind",
        "The kinds of node, and what each means to whoever shows it.",
        ("name",),
        (
            _text("name", "The kind, as in `kind:`."),
            _number("position", "Its place where kinds are listed, from 1."),
            _text("plural", "Several of them."),
            _text("summary", "What one is, in a sentence."),
            _text("glyph", "The sign it has in a terminal."),
            _text("colour", "The colour of that sign."),
            _text("parents", "The kinds one may hang under, as a JSON array."),
            _number("placed", "1 if it has a place in the tree."),
            _number("top", "1 if a tree begins with it."),
            _number("rivals", "1 if those under one parent are alternatives to choose among."),
            _number("needs_evidence", "1 if it says something when no one has mentioned it."),
            _text(
                "speaks", "What moments written in it are: story or signal; empty when it has none."
            ),
            _text("day", "The field with its day."),
            _text("fields", "Its own fields as JSON: name, and what it holds."),
        ),
        label="name",
    ),
    Table(
        "status",
        "Where nodes of a kind may stand, and what that means.",
        ("kind", "name"),
        (
            _text("kind", "The kind.", "kind"),
            _text("name", "The status, as in `node.status`."),
            _number(
                "position",
                "Its place among the statuses of the kind, from 1; 1 is the one a node has when none is written.",
            ),
            _text("meaning", "What it says of the node."),
            _text("stage", "What it means for the work: waiting, live, done or aside."),
            _text("tone", "How it looks: plain, chosen, focus, busy, good, bad, mixed or quiet."),
            _number("usual", "1 if it says nothing new, so that lists leave it out."),
        ),
        label="name",
    ),
    Table(
        "rule",
        "The rules that were applied.",
        ("code",),
        (
            _text("code", "The stable code, such as OST301."),
            _text("name", "The name, such as single-solution."),
            _text("family", "reading, shape, evidence, solutions, wording, practice or privacy."),
            _text("severity", "Its usual severity."),
            _text("summary", "What is wrong, in one line."),
            _text("page", "The rule's page in Markdown: reason, source, examples."),
        ),
        label="name",
    ),
    Table(
        "file",
        "The files that this database was built from.",
        ("path",),
        (
            _text("path", "Relative to the content folder."),
            _text("blob", "The content's git object id (sha1)."),
            _number("nodes", "The number of nodes in it."),
        ),
    ),
    Table(
        "meta",
        "About this database.",
        ("key",),
        (
            _text(
                "key",
                "The name: schema, generator, build (a hash of content, settings, rules and day), as_of, title or edit_url.",
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
