"""The tables and views of history. They are empty unless the file was built with `--history`.

Two clocks: revisions date what was *believed*, interviews' days what had been *said*. A
period begins with a revision (`since`) and ends before another (`until`, empty when it lasts), so that
what holds as of revision n has `since <= n and (until is null or until > n)`.
"""

from ost.publish.columns import Table, View, number_column, text_column

_COUNTED = (
    ("participants", "Different participants whose interviews support it or anything below it."),
    ("interviews", "Interviews that support it or anything below it."),
    ("moments", "Moments for it or anything below it."),
    ("against", "Moments against it or anything below it."),
    ("signals", "Mentions in signals of it or anything below it."),
)
_HEARD = (
    ("first_heard", "The day of the earliest interview that supports it or anything below it."),
    ("last_heard", "The day of the latest interview that supports it or anything below it."),
)
_SINCE = "The first revision of this period."
_UNTIL = "The first revision after this period; empty if it lasts."

HISTORY_TABLES: tuple[Table, ...] = (
    Table(
        "revision",
        "Commits (by first parents) that touched the tree's files, from 1. Empty, like all of history, unless built with `--history`.",
        ("n",),
        (
            number_column("n", "Its number, in the order of first parents."),
            text_column("commit_id", "The commit.", index=True),
            text_column("at", "When it was committed, with the committer's time zone."),
            text_column(
                "day",
                "The day it was committed; never before the day of the previous revision.",
                index=True,
            ),
            text_column("author", "Who wrote it."),
            text_column("subject", "The first line of its message."),
            text_column("pull", "The pull or merge request that its message names."),
            number_column("changes", "Changes of meaning in it."),
            number_column("nodes", "Nodes after it."),
        ),
        label="subject",
    ),
    Table(
        "change",
        "What each revision changed in meaning, as `ost diff` says it.",
        ("id",),
        (
            text_column("id", "A stable key."),
            number_column("revision", "The revision.", index=True, beside=("weight", "change")),
            number_column("position", "Its place in its revision, from 1; weightiest first."),
            text_column(
                "node",
                "The node's id after the change; if the node is gone, before it.",
                index=True,
            ),
            text_column("kind", "The node's kind."),
            text_column("title", "The node's title."),
            text_column("change", "A word of the vocabulary of `ost diff`.", index=True),
            text_column("field", "The field, or the interview of a mention."),
            text_column("before", "The old value, as JSON; empty for nothing."),
            text_column("after", "The new value, as JSON; empty for nothing."),
            text_column("people", "The people whose words make the difference, as a JSON list."),
            number_column(
                "weight",
                "3: a reviewer must look; 2: it changes the tree; 1: a detail.",
                index=True,
            ),
            text_column("sentence", "The change as a sentence."),
            text_column("fingerprint", "Equal for equal changes in other revisions."),
            text_column("path", "The file, relative to the content folder."),
            number_column("line", "The line in it, from 1."),
        ),
        label="sentence",
    ),
    Table(
        "version",
        "Every node through history: one row for each period in which nothing here changed.",
        ("node", "since"),
        (
            text_column("node", "The node's id in this period; see `former_id` for other ones."),
            number_column("since", _SINCE, index=True),
            number_column("until", _UNTIL),
            text_column("kind", "Its kind.", index=True),
            text_column("title", "Its title."),
            text_column("status", "Its status, as in `node`."),
            text_column("parent", "Its primary place, by the id of that period.", index=True),
            text_column("path", "The file, relative to the content folder."),
            text_column("blob", "The content's git object id."),
        ),
        label="title",
    ),
    Table(
        "evidence_history",
        "The evidence for each node through history; no row for a period without any.",
        ("node", "since"),
        (
            text_column("node", "The node's id in this period."),
            number_column("since", _SINCE, index=True),
            number_column("until", _UNTIL),
            *(number_column(*each) for each in _COUNTED),
            *(text_column(*each) for each in _HEARD),
        ),
    ),
    Table(
        "former_id",
        "Former ids of nodes, found without anything written in the files.",
        ("id", "since"),
        (
            text_column("node", "The id that the node has now, or had last.", index=True),
            text_column("id", "A former id of it."),
            number_column("since", "The first revision with this id."),
            number_column("until", "The first revision without it."),
        ),
    ),
    Table(
        "week",
        "The tree at the end of every week in which its files were touched.",
        ("day",),
        (
            text_column("day", "The Monday that the week begins with."),
            number_column("revision", "The last revision of the week."),
            number_column("changes", "All changes of meaning since the week before."),
            text_column("headline", "These changes in one sentence."),
            number_column("nodes", "Nodes in the tree."),
            number_column("opportunities", "Opportunities in the tree."),
            number_column("solutions", "Solutions in the tree."),
            number_column("interviews", "Interviews written down by then."),
            number_column("participants", "Different participants of these interviews."),
            text_column("targets", "Ids of the target opportunities, as a JSON list."),
            text_column("metrics", "The newest value of each outcome's metric, as JSON by id."),
        ),
        label="headline",
    ),
)

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
where node.kind = 'interview'
group by node.id""",
    ),
)
