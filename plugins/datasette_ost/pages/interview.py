"""One interview or signal: its story, its quotes, its opportunities and its transcript."""

import sqlite3
from collections.abc import Mapping
from functools import partial

from markupsafe import Markup
from msgspec import Struct, field

from datasette_ost.file.diagnostics import DiagnosticRow, WaiverRow, judged
from datasette_ost.file.interviews import InterviewRow
from datasette_ost.file.kinds import SPEAKING
from datasette_ost.file.moments import QUOTE, MomentRow, QuoteRow, moments, quotes
from datasette_ost.file.nodes import (
    MENTION,
    LinkedNode,
    Mention,
    NodeRow,
    links,
    node,
)
from datasette_ost.file.rows import About, Second, about, number, records
from datasette_ost.file.titles import title_words
from datasette_ost.file.turns import TurnRow, turns
from datasette_ost.page import (
    Page,
    PageRequest,
    Serving,
    Shown,
    of_nodes,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links, safe
from datasette_ost.view.player import Player, player
from datasette_ost.view.prose import parts
from datasette_ost.view.transcript import MarkedTranscript, Timed, seconds_of
from datasette_ost.view.words import by_relation
from ost.recording import at_second, clock


class Step(Struct):
    """One step of a story."""

    position: int
    text: str
    second: int | None
    url: str | None
    line: int
    further: list[Second]


class InterviewPage(Struct):
    """`/-/ost/interview/ID.json`: one interview or signal with its story, quotes and moments.
    `turns` is its transcript; `player` plays its recording, if the server can.
    """

    about: About
    node: NodeRow
    moments: list[MomentRow]
    quotes: list[QuoteRow]
    steps: list[Step]
    others: list[InterviewRow]
    links: list[LinkedNode]
    backlinks: list[LinkedNode]
    diagnostics: list[DiagnosticRow]
    waivers: list[WaiverRow]
    previous: Mention | None = None
    next: Mention | None = None
    turns: list[TurnRow] = field(default_factory=list)
    player: Player | None = None


_HEARD_IN = """
where moment.source = :id
order by moment.position
limit 500
"""

_QUOTES = f"""
select {QUOTE}
from quote
where source = :id
order by position
limit 500
"""

_STEPS = """
select position, text, second, url, line, further
from story_step
where source = :id
order by position
limit 500
"""

_OTHERS = """
select id, kind, title, date, participant, segment, illustrative, 0
from node
where participant = :participant
  and id != :id
order by date desc, id
limit 20
"""


_BESIDE = """
select {MENTION}
from node
where kind = :kind
  and (coalesce(date, ''), id) {than} (:date, :id)
order by coalesce(date, '') {order}, id {order}
limit 1
"""
_PREVIOUS = _BESIDE.format(MENTION=MENTION, than="<", order="desc")
_NEXT = _BESIDE.format(MENTION=MENTION, than=">", order="asc")


def _neighbour(connection: sqlite3.Connection, own: NodeRow, sql: str) -> Mention | None:
    """The interview or signal before or after this one, by date."""
    parameters = {"kind": own.kind, "date": own.date or "", "id": own.id}
    return next(iter(records(connection, Mention, sql, parameters)), None)


_SPEAKS = f"select :kind in {SPEAKING}"


def read(connection: sqlite3.Connection, request: PageRequest) -> InterviewPage | None:
    """One interview or signal with its story, quotes and moments."""
    found = node(connection, request.id)
    if found is None or not number(connection, _SPEAKS, {"kind": found.kind}):
        return None
    node_id = found.id
    asked = {"id": node_id, "participant": found.participant}
    out, back = links(connection, node_id)
    diagnostics, waivers = judged(connection, node_id)
    steps = records(connection, Step, _STEPS, asked)
    title_words(connection, "step", "text", ((node_id, each) for each in steps))
    return InterviewPage(
        about(connection),
        found,
        moments(connection, _HEARD_IN, asked),
        quotes(connection, _QUOTES, asked),
        steps,
        records(connection, InterviewRow, _OTHERS, asked) if found.participant else [],
        out,
        back,
        diagnostics,
        waivers,
        _neighbour(connection, found, _PREVIOUS),
        _neighbour(connection, found, _NEXT),
        turns(connection, node_id),
    )


_AT_THE_TOP = {"recording", "participant", "segment", "date"}


def show(found: InterviewPage, links: Links) -> Shown:
    """One interview or signal, with what its transcript and its moments have in common."""
    own = found.node
    quoted = {each.title for each in own.sections if each.part == "memorable quote"}
    loose = [each for each in found.quotes if each.moment is None]
    named = [each for each in loose if each.section in quoted]
    memorable = named[0] if named else None
    shown_lines = {each.line for each in found.steps} | {each.line for each in named}
    for moment in found.moments:
        if moment.words or moment.kind == "story":
            shown_lines |= {moment.line, *(quote.line for quote in moment.quotes)}
    facts: list[tuple[str, Markup, int]] = []
    rest: list[tuple[str, Markup, int]] = []
    places = {each.id: f"#q-{each.id}" for each in named}
    transcript = MarkedTranscript(found.turns, found.quotes) if found.turns else None
    recorded = partial(at_second, own.recording)

    def play(second: int) -> str | None:
        return (transcript and transcript.address(second)) or recorded(second)

    for part in parts(links, own, play, shown_lines):
        lines = range(part.first, part.last + 1)
        if part.html.strip():
            place = facts if part.section.part == "quick facts" else rest
            heading = part.section.title
            if heading and any(each in lines for each in shown_lines):
                heading = f"Also under {heading}"
            place.append((heading, part.html, part.first))
            inside = [each.id for each in loose if each.line in lines and each not in named]
            places |= dict.fromkeys(inside, f"#line-{part.first}")
    return {
        "own": own,
        "people": own.participant.split(" & ") if own.participant else [],
        "transcript": transcript and _marked(transcript, found, places),
        "quick": facts,
        "rest": rest,
        "memorable": memorable,
        "other_quotes": [each for each in named if each is not memorable],
        "against": [each for each in found.moments if each.stance == "against"],
        "heard": [each for each in found.moments if each.stance != "against"],
        "facts": words.facts(
            {name: value for name, value in own.fields.items() if name not in _AT_THE_TOP},
            links.kinds[own.kind].labels,
        ),
        "recording": safe(at_second(own.recording, None)),
        "play": recorded,
        "edit": links.edit(found.about, own.path, own.line),
        "links_by": by_relation(_elsewhere(found), words.RELATIONS),
        "backlinks_by": by_relation(found.backlinks, words.BACKWARDS),
        "words": words,
        "clock": clock,
    }


def _marked(
    transcript: MarkedTranscript, found: InterviewPage, places: Mapping[str, str]
) -> MarkedTranscript:
    """The transcript with its marks, to which timestamps lead. `places` are the quotes' positions
    on the page.
    """
    stamped: tuple[Timed, ...] = (*found.moments, *found.quotes, *found.steps)
    own = {each.second for each in found.node.notation.stamps}
    transcript.mark(found.moments, found.quotes, own | set(seconds_of(stamped)), places)
    transcript.lead(stamped)
    for moment in found.moments:
        transcript.lead(moment.quotes)
    return transcript


def _elsewhere(found: InterviewPage) -> list[LinkedNode]:
    """The links from here, ignoring nodes whose moments are on the page."""
    mentioned = {each.about.id for each in found.moments}
    return [each for each in found.links if each.node.id not in mentioned]


def serve(found: InterviewPage, links: Links, serving: Serving) -> Mapping[str, str]:
    """Adds the player of the recording."""
    address = links.page("recording", found.node.id)
    found.player = player(address, found.node, serving.recordings, serving.play_from)
    return found.player.sources if found.player else {}


PAGE = Page(
    styles=("interview.css",),
    of_node=True,
    read=read,
    show=show,
    scripts=("player.js",),
    serve=serve,
    copies=of_nodes(f"select id from node where kind in {SPEAKING} order by id"),
)
