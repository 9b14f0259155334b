"""The tables and views of history. They are empty unless the file was built with `--history`.

Two clocks: revisions date what the team *believed*, interview days what people had *said*. A period
begins with a revision (`since`) and ends before another (`until`, empty when it lasts), so that
what holds as of revision n has `since <= n and (until is null or until > n)`.
"""

from ost.publish.columns import Table, View, number, text

_SINCE = number("since", "The first revision of this period.", index=True)
_UNTIL = number("until", "The first revision after this period; empty if it lasts.")

HISTORY_TABLES: tuple[Table, ...] = (
    Table(
        "revision",
        "Commits (by first parents) that touched the tree's files, from 1. Empty, like all of history, unless built with `--history`.",
        number("n", "Its number, in the order of first parents."),
        text("commit_id", "The commit.", index=True),
        text("at", "When it was committed, with the committer's time zone."),
        text(
            "day",
            "The day it was committed; never before the day of the previous revision.",
            index=True,
        ),
        text("author", "Who wrote it."),
        text("subject", "The first line of its message."),
        text("pull", "The pull or merge request that its message names."),
        number("changes", "Changes of meaning in it."),
        number("nodes", "Nodes after it."),
        key=("n",),
        label="subject",
    ),
    Table(
        "change",
        "What each revision changed in meaning, as `ost diff` says it.",
        text("id", "A stable key."),
        number("revision", "The revision.", beside=("weight", "change")),
        number("position", "Its place in its revision, from 1; weightiest first."),
        text("node", "The node's id after the change; if the node is gone, before it.", index=True),
        text("kind", "The node's kind."),
        text("title", "The node's title."),
        text("change", "A word of the vocabulary of `ost diff`.", index=True),
        text("field", "The field, or the interview of a mention."),
        text("before", "The old value, as JSON; empty for nothing."),
        text("after", "The new value, as JSON; empty for nothing."),
        text("people", "The people whose words make the difference, as a JSON list."),
        number(
            "weight", "3: a reviewer must look; 2: it changes the tree; 1: a detail.", index=True
        ),
        text("sentence", "The change as a sentence."),
        text("fingerprint", "Equal for equal changes in other revisions."),
        text("path", "The file, relative to the content folder."),
        number("line", "The line in it, from 1."),
        label="sentence",
    ),
    Table(
        "version",
        "Every node through history: one row for each period in which nothing here changed.",
        text("node", "The node's id in this period; see `former_id` for other ones."),
        _SINCE,
        _UNTIL,
        text("kind", "Its kind.", index=True),
        text("title", "Its title."),
        text("status", "Its status, as in `node`."),
        text("parent", "Its primary place, by the id of that period.", index=True),
        text("path", "The file, relative to the content folder."),
        text("blob", "The content's git object id."),
        key=("node", "since"),
        label="title",
    ),
    Table(
        "evidence_history",
        "The evidence for each node through history; no row for a period without any.",
        text("node", "The node's id in this period."),
        _SINCE,
        _UNTIL,
        number(
            "participants",
            "Different participants whose interviews support it or anything below it.",
        ),
        number("interviews", "Interviews that support it or anything below it."),
        number("moments", "Moments for it or anything below it."),
        number("against", "Moments against it or anything below it."),
        number("signals", "Mentions in signals of it or anything below it."),
        text(
            "first_heard",
            "The day of the earliest interview that supports it or anything below it.",
        ),
        text(
            "last_heard", "The day of the latest interview that supports it or anything below it."
        ),
        key=("node", "since"),
    ),
    Table(
        "former_id",
        "Ids that nodes had before, found without anything written in the files.",
        text("node", "The id that the node has now, or had at its end.", index=True),
        text("id", "A former id of it."),
        number("since", "The first revision in which it was called so."),
        number("until", "The first revision in which it was not."),
        key=("id", "since"),
    ),
    Table(
        "week",
        "The tree at the end of every week in which its files were touched.",
        text("day", "The Monday that the week begins with."),
        number("revision", "The last revision of the week."),
        number("changes", "Changes of meaning since the week before, all in all."),
        text("headline", "They in one sentence."),
        number("nodes", "Nodes in the tree."),
        number("opportunities", "Opportunities in the tree."),
        number("solutions", "Solutions in the tree."),
        number("interviews", "Interviews written down by then."),
        number("participants", "Different participants of those."),
        text("targets", "Ids of the target opportunities, as a JSON list."),
        text("metrics", "The newest value of each outcome's metric, as JSON by id."),
        key=("day",),
        label="headline",
    ),
)

PERIODS = ("version", "evidence_history")
"""The tables of a node's state in each period."""

_DAYS = (
    ("since_day", "The day on which the period began."),
    ("until_day", "The day on which it ended; empty if it lasts."),
)
_PERIOD = """\
select {columns}, began.day as since_day, ended.day as until_day
from {table} as it
join revision as began on began.n = it.since
left join revision as ended on ended.n = it.until"""


def _by_day(name: str, table: str, description: str) -> View:
    """A view of a table of periods, with days."""
    (found,) = (each for each in HISTORY_TABLES if each.name == table)
    columns = tuple((each.name, each.description) for each in found.columns)
    chosen = ", ".join(f'it."{name}"' for name, _ in columns)
    return View(name, description, (*columns, *_DAYS), _PERIOD.format(columns=chosen, table=table))


_OF_CHANGE = {
    each.name: each.description
    for table in HISTORY_TABLES
    if table.name in {"revision", "change"}
    for each in table.columns
}

HISTORY_VIEWS: tuple[View, ...] = (
    _by_day(
        "version_by_day",
        "version",
        "`version` with days. The tree as of a day: since_day <= :day and (until_day is null or until_day > :day).",
    ),
    _by_day(
        "evidence_by_day",
        "evidence_history",
        "`evidence_history` with days. Who was counted as evidence for a node on a day: as with version_by_day.",
    ),
    View(
        "change_by_day",
        "`change` with its commit: the log of the tree.",
        tuple(
            (name, _OF_CHANGE[name])
            for name in (
                *("day", "revision", "position", "change", "node", "kind", "title", "sentence"),
                *("weight", "author", "subject", "pull", "commit_id"),
            )
        ),
        """\
select revision.day, change.revision, change.position, change.change, change.node, change.kind,
  change.title, change.sentence, change.weight, revision.author, revision.subject, revision.pull,
  revision.commit_id
from change
join revision on revision.n = change.revision""",
    ),
    View(
        "interview_clock",
        "Both clocks of each interview: the day it was said, and the day it was written down.",
        (
            ("interview", "The interview."),
            ("participant", "Who spoke."),
            ("said", "The day of the interview."),
            ("believed", "The day of the first revision that has it, under whatever id."),
            ("days", "Days between the two."),
        ),
        """\
select node.id as interview, node.participant, node.date as said,
  min(version_by_day.since_day) as believed,
  cast(julianday(min(version_by_day.since_day)) - julianday(node.date) as integer) as days
from node
left join former_id on former_id.node = node.id
join version_by_day on version_by_day.node in (node.id, former_id.id)
where node.kind in (select name from kind where speaks = 'story')
group by node.id""",
    ),
)
