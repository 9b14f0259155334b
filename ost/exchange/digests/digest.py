"""What changed since a day, in three parts: what we heard, what was decided, what moved."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct

from ost.digest_parts import QUIET, TITLES, part
from ost.exchange.differences.markdown import COMMENT
from ost.exchange.differences.text import PLAIN
from ost.exchange.reports.paint import Paint
from ost.history.change import Change
from ost.history.headline import headline
from ost.history.sentences import Both, Style, line
from ost.tree.model import kind_named
from ost.words import counted, day


class Digest(Struct, frozen=True, kw_only=True):
    """What happened since a day (`ost digest`)."""

    since: Annotated[str, Meta(description="The day or commit it starts from.")]
    until: Annotated[str, Meta(description="The day it was computed for.")]
    headline: Annotated[str, Meta(description="The most important change, in one sentence.")]
    heard: Annotated[tuple[Change, ...], Meta(description="Interviews, signals and evidence.")]
    decided: Annotated[
        tuple[Change, ...], Meta(description="Decisions, targets, test results and waivers.")
    ]
    moved: Annotated[tuple[Change, ...], Meta(description="Every other change of the tree.")]
    details: Annotated[int, Meta(description="Further changes of fields and texts.")]


def digest(changes: Iterable[Change], both: Both, *, since: str, until: str) -> Digest:
    """The changes, each in one part. Smaller edits are only counted."""
    parts: dict[str, list[Change]] = {name: [] for name in TITLES}
    all_changes = tuple(changes)
    details = 0
    for change in all_changes:
        kind = kind_named(change.kind)
        sorted_changes = part(
            change.change,
            change.weight,
            change.after,
            speaks=bool(kind.speaks),
            decides=kind.decides,
        )
        if sorted_changes:
            parts[sorted_changes].append(change)
        else:
            details += 1
    return Digest(
        since=since,
        until=until,
        headline=headline(all_changes, both, PLAIN, look=0) if all_changes else "",
        heard=tuple(parts["heard"]),
        decided=tuple(parts["decided"]),
        moved=tuple(parts["moved"]),
        details=details,
    )


def text(found: Digest, both: Both, paint: Paint) -> str:
    """For a terminal."""
    rows = [
        paint("bold", f"{day(found.since)} to {day(found.until)}: {found.headline or f'{QUIET}.'}")
    ]
    for name, title in TITLES.items():
        if sentences := _sentences(getattr(found, name), both, PLAIN):
            rows += ["", paint("bold", title), *(f"  {each}" for each in sentences)]
    if found.details:
        rows += ["", paint("dim", f"and {counted(found.details, 'smaller edit')}")]
    return "\n".join(rows) + "\n"


def markdown(found: Digest, both: Both) -> str:
    """For a chat, a page or a mail."""
    rows = [f"## Discovery, {day(found.since)} to {day(found.until)}", ""]
    rows.append(_escaped_headline(found, both) or f"{QUIET[:1].upper()}{QUIET[1:]}.")
    for name, title in TITLES.items():
        if sentences := _sentences(getattr(found, name), both, COMMENT):
            rows += ["", f"### {title}", "", *(f"- {each}" for each in sentences)]
    if found.details:
        rows += ["", f"And {counted(found.details, 'smaller edit')}."]
    return "\n".join(rows) + "\n"


def _escaped_headline(found: Digest, both: Both) -> str:
    changes = (*found.heard, *found.decided, *found.moved)
    return headline(changes, both, COMMENT, look=0) if changes else ""


def _sentences(changes: Iterable[Change], both: Both, style: Style) -> list[str]:
    return [line(each, both, style).sentence() for each in changes]
