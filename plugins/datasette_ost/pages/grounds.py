"""What was known at the time of a decision (people, words, tests), and what has changed since."""

import sqlite3

from msgspec import Struct

from datasette_ost.file import past
from datasette_ost.file.clocks import WRITTEN, LateInterview, late_interviews
from datasette_ost.file.log import Logged, of_nodes
from datasette_ost.file.moments import MomentRow, moments
from datasette_ost.file.nodes import MENTION, Box, Mention, above, box
from datasette_ost.file.past import DECIDING, PastBox, PastRevision
from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.page import Page, PageRequest, Shown
from datasette_ost.page import of_nodes as saved_of_nodes
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.recording import clock


class PastStatus(Struct):
    """An assumption or test below a node of the decision: its status then and now, null where it
    did not exist.
    """

    node: Mention
    then: str | None


class Ground(Struct):
    """A node of the decision: what it is `about`, what it `chose`, or what it rejected (`over`).

    `then` is the node as recorded at that time, null if it was not in the tree. `said` people had
    mentioned it by then; `participants` and `against` are today's numbers. `moments` are some of
    what was written down by then, for and against.
    """

    role: str
    node: Mention
    then: PastBox | None
    said: int
    people: int
    against: int
    tests: list[PastStatus]
    moments: list[MomentRow]


class GroundsPage(Struct):
    """`/-/ost/grounds/DECISION.json`: what was known at the time of a decision.

    `date` is the day of the decision or, failing that, of its first commit; `revision` is the
    newest commit by then. `late` interviews took place by then but were written down later. `since`
    lists later changes of these nodes; `suspect` says what puts the decision in doubt.
    """

    about: About
    node: Box
    above: list[Mention]
    date: str
    revision: PastRevision | None
    grounds: list[Ground]
    late: list[LateInterview]
    suspect: list[Logged]
    since: list[Logged]


_GROUNDS = f"""
select edge.relation, node.participants, node.against, {MENTION}
from edge
join node on node.id = edge.target
where edge.source = :id
  and edge.relation in ('chose', 'over', 'parent')
order by edge.relation = 'over', edge.relation = 'parent', edge.position
limit 12
"""

_FIRST = f"select day from revision where n = ({WRITTEN.format(':id')})"

_SPOKEN = """
where (
    moment.node = :id
    or (subject.lft > :lft and subject.lft < :rgt)
  )
  and moment.kind = 'story'
  and moment.stance = :stance
  and coalesce(moment.date, '') <= :on
  and (
    exists (
      select 1
      from version
      where version.node = moment.source
        and version.since <= :n
        and (version.until is null or version.until > :n)
    )
    or exists (
      select 1
      from former_id
      where former_id.node = moment.source
        and former_id.since <= :n
        and former_id.until > :n
    )
  )
order by
  not exists (select 1 from quote where quote.moment = moment.id), moment.date desc, moment.id
limit 2
"""

_BELOW = f"""
select {MENTION}
from node
where lft > :lft
  and lft < :rgt
  and kind in (select name from kind where placed and not decides)
order by lft
limit 40
"""

_TESTED = "select name from kind where placed and not needs_evidence and not decides"

_PLACE = "select lft, rgt from node where id = :id"

_RELEVANT = (
    *("reworded", "moved", "removed", "rekinded", "split", "merged", "status", "target-left"),
    *("lost-evidence", "against", "withdrawn", "verdict", "result", "bar-moved"),
    *("bar-changed", "settled", "rivals"),
)
"""The changes that matter for a decision. Changes of the number of people are left out: each node
shows it, and a line for each would hide the rest.
"""

AT_MOST = 60


def read(connection: sqlite3.Connection, request: PageRequest) -> GroundsPage | None:
    """What was known at the time of a decision."""
    found = box(connection, request.id)
    if found is None or (found.kind,) not in rows(connection, DECIDING, {}):
        return None
    on = _day(connection, found)
    revision = past.last(connection, on) if on else None
    n = revision.n if revision else 0
    late: dict[str, LateInterview] = {}
    grounds = _grounds(connection, found.id, late, on, n)
    rests = [each.node.id for each in grounds]
    tested = [test.node.id for each in grounds if each.role == "chose" for test in each.tests]
    since = of_nodes(connection, [*rests, *tested], AT_MOST, n, _RELEVANT) if n else []
    own = of_nodes(connection, [found.id], AT_MOST, n, ("suspect",)) if n else []
    return GroundsPage(
        about(connection),
        found,
        above(connection, found.id),
        on,
        revision,
        grounds,
        sorted(late.values(), key=lambda each: (each.date, each.id)),
        own,
        since,
    )


def _day(connection: sqlite3.Connection, decision: Box) -> str:
    """The day of a decision or, failing that, of its first commit."""
    given = decision.fields.get("on")
    if given:
        return str(given)
    first = rows(connection, _FIRST, {"id": decision.id})
    return str(first[0][0]) if first else ""


def _grounds(
    connection: sqlite3.Connection, decision: str, late: dict[str, LateInterview], on: str, n: int
) -> list[Ground]:
    """The nodes that a decision depends on. Adds to `late` the interviews that were written down
    later.
    """
    made: list[Ground] = []
    reported: set[str] = set()
    tested_kinds = rows(connection, _TESTED, {})
    for relation, many, against, *mention in rows(connection, _GROUNDS, {"id": decision}):
        node = Mention(*mention)
        then = past.past_box(connection, past.ids(connection, node.id), n) if n else None
        not_written = late_interviews(connection, node.id, on, n)
        late |= {each.id: each for each in not_written.interviews}
        people_by_date = (then.participants if then else 0) + len(
            not_written.people.get(node.id, ())
        )
        role = "about" if relation == "parent" else str(relation)
        tests = _tests(connection, node, n) if (node.kind,) in tested_kinds else []
        every = _moments(connection, node.id, on, n) if n else []
        spoken = [each for each in every if each.id not in reported]
        reported |= {each.id for each in spoken}
        made.append(Ground(role, node, then, people_by_date, many, against, tests, spoken))
    return made


def _tests(connection: sqlite3.Connection, solution: Mention, n: int) -> list[PastStatus]:
    """The assumptions and tests below a solution, as they were."""
    lft, rgt = rows(connection, _PLACE, {"id": solution.id})[0]
    found = records(connection, Mention, _BELOW, {"lft": lft, "rgt": rgt})
    made = []
    for test in found:
        then = past.past_box(connection, past.ids(connection, test.id), n) if n else None
        made.append(PastStatus(test, (then.status or "") if then else None))
    return made


def _moments(connection: sqlite3.Connection, node_id: str, on: str, n: int) -> list[MomentRow]:
    """Moments about a node, or anything below it, that were written down by a day."""
    lft, rgt = rows(connection, _PLACE, {"id": node_id})[0]
    asked = {"id": node_id, "lft": lft, "rgt": rgt, "on": on, "n": n}
    return [
        each
        for stance in ("for", "against")
        for each in moments(connection, _SPOKEN, {**asked, "stance": stance})
    ]


ROLES = {"chose": "Chosen", "about": "About", "over": "Chosen over"}


def show(found: GroundsPage, _: Links) -> Shown:
    """Then and now, side by side."""
    return {
        "own": found.node,
        "roles": ROLES,
        "tests": {each.node.id: _changed_statuses(each) for each in found.grounds},
        "words": words,
        "clock": clock,
    }


def _changed_statuses(ground: Ground) -> list[PastStatus]:
    """The assumptions and tests that had a result then, or whose status is different now."""
    return [each for each in ground.tests if each.then is not None or each.node.status]


PAGE = Page(
    styles=("past.css",),
    of_node=True,
    read=read,
    show=show,
    copies=saved_of_nodes(
        "select id from node where kind in (select name from kind where decides) order by id"
    ),
)
