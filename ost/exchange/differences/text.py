"""A difference for people at a terminal."""

from collections.abc import Iterator

from ost.exchange.differences.difference import NamedDifference, place_of
from ost.exchange.escape import terminal
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import Paint, cut
from ost.exchange.reports.text import STYLES
from ost.history.change import DETAIL, LOOK, Change, Verb
from ost.history.headline import headline
from ost.history.sentences import Style, line

PLAIN = Style(title=lambda text: f"“{terminal(text)}”", code=terminal, text=terminal)
"""Titles in quotation marks, everything else unchanged."""

_MARKS = {
    Verb.ADDED: ("green", "+"),
    Verb.HEARD: ("green", "+"),
    Verb.REMOVED: ("red", "−"),
    Verb.WITHDRAWN: ("red", "−"),
    Verb.MOVED: ("blue", "→"),
}
MARKS = {LOOK: ("bold red", "!"), DETAIL: ("dim", "·")}


def render(named: NamedDifference, paint: Paint, columns: int | None = None) -> str:
    """A headline, then a line for each change, then the findings; "" if nothing changed."""
    found = named.difference
    if not found:
        return ""
    look = len(found.look()) + len(found.errors())
    lines = [paint("bold", headline(found.changes, named.both, PLAIN, look=look))]
    if found.changes:
        lines += ["", *(_change(each, named, paint, columns) for each in found.changes)]
    if found.diagnostics.new or found.diagnostics.gone:
        lines += ["", *_rules(named, paint, columns)]
    return "\n".join(lines).strip("\n") + "\n"


def sentence(change: Change, named: NamedDifference) -> str:
    """A change in one line without colour."""
    return line(change, named.both, PLAIN).sentence()


def _change(change: Change, named: NamedDifference, paint: Paint, columns: int | None) -> str:
    style, mark = MARKS.get(change.weight, _MARKS.get(change.change, ("yellow", "~")))
    words = line(change, named.both, PLAIN).sentence()
    room = words if columns is None else cut(words, columns - 16)
    return f"{paint(style, mark)} {paint('dim', change.change.value.ljust(13))} {room}"


def _rules(named: NamedDifference, paint: Paint, columns: int | None) -> Iterator[str]:
    for diagnostic in named.difference.diagnostics.new:
        yield _rule(
            diagnostic, paint(STYLES[diagnostic.severity], diagnostic.severity.value), columns
        )
    for diagnostic in named.difference.diagnostics.gone:
        yield _rule(diagnostic, paint("green", "cured"), columns)


def _rule(finding: Finding, word: str, columns: int | None) -> str:
    place = terminal(place_of(finding))
    text = f"{finding.code} {place}{': ' if place else ''}{terminal(finding.message)}"
    return f"{word} {text if columns is None else cut(text, columns - 10)}"
