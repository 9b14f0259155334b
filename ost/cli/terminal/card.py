"""One node for a terminal: its place, its fields, its evidence, and what is below it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ost.answers.records import Card, MomentCard, NodeLink, Words
from ost.cli.terminal.screen import Screen
from ost.exchange.reports.paint import ESCAPE, safe, width, wrapped
from ost.recording import clock
from ost.words import counted, day


def draw_card(card: Card, place: str, screen: Screen) -> str:
    """The whole node except its findings. `place` is printed unchanged."""
    blocks = [
        list(_head(card, place, screen)),
        list(_fields(card.fields, screen)),
        list(_evidence(card, screen)),
        list(_quotes("Quotes", card.quotes, screen)),
        list(_quotes("Story", card.story, screen)),
        list(_moments("Opportunities heard", card.heard, "node", screen)),
        list(_linked("Below", card.below, screen)),
        list(_linked("Linked from", card.mentioned, screen)),
        list(_waivers(card, screen)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(card: Card, place: str, screen: Screen) -> Iterator[str]:
    indent = ""
    left = len(card.above) - 2 * _ENDS
    for at, node in enumerate(card.above):
        if left > 0 and _ENDS <= at < _ENDS + left:
            if at == _ENDS:
                yield indent + screen.paint("dim", f"… {left:,} between")
            continue
        connector = screen.paint("dim", f"{indent[:-3]}└─ ") if indent else ""
        room = screen.room(len(indent) + 2, _SHORTEST)
        yield connector + screen.name(node.kind, node.status, screen.cut(safe(node.title), room))
        indent += "   "
    connector = screen.paint("dim", f"{indent[:-3]}└─ ") if indent else ""
    room = screen.room(len(indent) + 2, _SHORTEST)
    first, *rest = wrapped(safe(card.title), room) or [""]
    yield connector + screen.name(card.kind, card.status, screen.paint("bold", first))
    for line in rest:
        yield f"{indent}  {screen.paint('bold', line)}"
    style = screen.kinds.style(card.kind, card.status or "")
    status = f" · {screen.paint(style, safe(card.status))}" if card.status else ""
    made_up = f" · {screen.paint('italic', 'illustrative')}" if card.illustrative else ""
    facts_line = (
        f"{indent}{safe(card.kind)}{status}{made_up} · {screen.paint('dim', safe(card.id))}"
    )
    where = f" · {screen.paint('dim', place)}"
    if screen.columns is None or _wide(facts_line + where) <= screen.columns:
        yield facts_line + where
    else:
        yield from (facts_line, indent + screen.paint("dim", place))


def _fields(fields: Mapping[str, object], screen: Screen) -> Iterator[str]:
    values = [(key, _value(value)) for key, value in fields.items() if key not in _ELSEWHERE]
    values = [(key, value) for key, value in values if value]
    wide = max((len(key) for key, _ in values), default=0)
    for key, value in values:
        room = screen.room(wide + 2, 1)
        label = screen.paint("dim", safe(key.replace("_", " ")).ljust(wide))
        yield f"{label}  {screen.cut(safe(value), room)}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = ((key.replace("_", " "), each, _value(each)) for key, each in value.items())
        # Without colour, a colon separates words from words; a number needs none.
        parts = (f"{key}{':' * isinstance(each, str)} {text}" for key, each, text in pairs if text)
        return "; ".join(parts)
    if isinstance(value, list | tuple):
        return ", ".join(_value(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _evidence(card: Card, screen: Screen) -> Iterator[str]:
    if not screen.kinds[card.kind].needs_evidence and not (card.moments or card.against):
        return
    if not (card.moments or card.against or card.signals):
        yield screen.paint("bold", "Evidence") + "  none yet"
        return
    counts = [counted(card.participants, "person", "people"), counted(card.moments, "moment")]
    if card.against:
        counts.append(screen.paint("red", f"{card.against} against"))
    if card.signals:
        counts.append(counted(card.signals, "signal"))
    elsewhere = screen.paint("dim", " (with all below)") if card.moments else ""
    title = screen.paint("bold", "Evidence") + f"  {', '.join(counts)}{elsewhere}"
    yield from _moments(title, card.evidence, "source", screen, always=True)
    more = card.moments + card.against + card.signals - len(card.evidence)
    if more > 0:
        what = "is one more" if more == 1 else f"are {more:,} more"
        hint = f"`ost tree {safe(card.id)}` shows where, `ost show ID` each"
        yield f"  there {what} about what is below: {hint}"


def _moments(
    title: str,
    moments: Sequence[MomentCard],
    by: str,
    screen: Screen,
    *,
    always: bool = False,
) -> Iterator[str]:
    """Moments, grouped by their interview or their node."""
    if moments or always:
        yield title if always else screen.paint("bold", title)
    for _, group in groupby(moments, key=lambda each: str(getattr(each, by))):
        together = list(group)
        yield "  " + _origin(together[0], by, screen)
        for moment in together:
            lead = screen.paint("red", "against: ") if moment.stance == "against" else ""
            yield from _stamped(moment.words, moment, screen, lead=lead)
            for quote in moment.quotes:
                yield from _stamped(f"“{quote.text}”", quote, screen, style="italic")


def _origin(moment: MomentCard, by: str, screen: Screen) -> str:
    if by == "node":
        node_id = f" · {screen.paint('dim', safe(moment.node))}"
        return _beside(safe(moment.title), node_id, screen) + node_id
    parts = (moment.participant, day(moment.date))
    who = " · ".join(safe(each) for each in parts if each) or "someone"
    return f"{screen.paint('cyan', who)} · {screen.paint('dim', safe(moment.source))}"


def _stamped(
    words: str,
    at: MomentCard | Words,
    screen: Screen,
    *,
    lead: str = "",
    style: str = "",
) -> Iterator[str]:
    """Words after the time at which they were said, which links to that second."""
    text = safe(" ".join(words.split()))
    stamp = ("" if at.second is None else clock(at.second)).rjust(8)
    lines = wrapped(lead + text, screen.room(12, 1))
    for index, line in enumerate(lines):
        margin = screen.paint("cyan", stamp) if index == 0 else " " * 8
        shown = screen.paint(style, line) if style else line
        yield f"  {margin}  {shown}"
    if at.url and at.second is not None:
        yield f"  {' ' * 8}  {screen.paint('dim underline', safe(at.url))}"


def _quotes(title: str, words: Sequence[Words], screen: Screen) -> Iterator[str]:
    quotes = title == "Quotes"
    if words:
        yield screen.paint("bold", title)
    for quote in words:
        text = f"“{quote.text}”" if quotes else quote.text
        yield from _stamped(text, quote, screen, style="italic" if quotes else "")


def _linked(title: str, linked: Sequence[NodeLink], screen: Screen) -> Iterator[str]:
    if linked:
        yield screen.paint("bold", title)
    for node in linked:
        style = screen.kinds.style(node.kind, node.status or "")
        status = f" · {screen.paint(style, safe(node.status))}" if node.status else ""
        other = node.relation != "parent"
        relation = f" {screen.paint('dim', safe(f'({node.relation})'))}" if other else ""
        rest = f"{status}{relation} · {screen.paint('dim', safe(node.id))}"
        short = _beside(safe(node.title), f"? {rest}", screen)
        yield f"  {screen.name(node.kind, node.status, short)}{rest}"


def _waivers(card: Card, screen: Screen) -> Iterator[str]:
    if card.waivers:
        yield screen.paint("bold", "Waivers")
    for waiver in card.waivers:
        until = safe(f" until {day(waiver.until)}") if waiver.until else ""
        style = "green" if waiver.state == "active" else "yellow"
        why = safe(waiver.because or "no reason")
        yield f"  {safe(waiver.rule)} · {screen.paint(style, waiver.state)}{until}: {why}"


def _beside(title: str, rest: str, screen: Screen) -> str:
    """A title, shortened so that the rest of an indented line fits."""
    return screen.cut(title, screen.room(2 + _wide(rest), _SHORTEST))


def _wide(line: str) -> int:
    """The columns that a line takes."""
    return width(ESCAPE.sub("", line))


_SHORTEST = 20
"""Columns that a title always keeps."""

_ENDS = 12
"""How many nodes are shown at each end of a long path."""

_ELSEWHERE = frozenset({"status", "title", "parent", "allow", "kind", "illustrative"})
"""Fields shown elsewhere on the card."""
