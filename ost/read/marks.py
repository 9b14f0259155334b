"""Marks after a node's words: `(MVP)`, `@next`, `~~gone~~`, `rejected because …`.

They become the node's status, reason and tags.
"""

import re
from collections.abc import Mapping

from ost.read.document import Field
from ost.read.place import Lines
from ost.read.value import Scalar

_STATUS: dict[str, dict[str, str]] = {
    "solution": {
        **dict.fromkeys(
            ("mvp", "next", "now", "selected", "chosen", "candidate", "poc"), "candidate"
        ),
        **dict.fromkeys(("testing", "in test", "experimenting"), "testing"),
        **dict.fromkeys(
            ("building", "in progress", "wip", "on-track", "at-risk", "doing"), "building"
        ),
        **dict.fromkeys(
            ("shipped", "done", "live", "released", "complete", "completed"), "shipped"
        ),
        **dict.fromkeys(("later", "someday", "backlog", "idea", "icebox", "not now"), "idea"),
        **dict.fromkeys(
            ("rejected", "dropped", "discarded", "killed", "no", "wont do", "won't do", "archived"),
            "dropped",
        ),
    },
    "opportunity": {
        **dict.fromkeys(
            ("target", "selected", "chosen", "focus", "now", "next", "pursuing"), "target"
        ),
        **dict.fromkeys(("later", "parked", "backlog", "someday", "not now", "rejected"), "parked"),
        **dict.fromkeys(("done", "addressed", "solved"), "addressed"),
        **dict.fromkeys(("open", "exploring"), "open"),
    },
    "outcome": {
        **dict.fromkeys(("met", "achieved", "done", "complete", "completed"), "met"),
        **dict.fromkeys(("dropped", "rejected", "archived"), "dropped"),
        **dict.fromkeys(("active", "next", "on-track", "at-risk", "now"), "active"),
    },
    "assumption": {},
    "test": {},
}
RISKS = ("desirability", "usability", "feasibility", "viability", "ethics")
_FREE = frozenset(
    ["mvp", "poc", "next", "now", "later", "at-risk", "on-track", "p0", "p1", "p2", "p3"]
)
_REJECTED = r"rejected|dropped|discarded|killed|not chosen|parked"
_BEHIND = re.compile(
    r"(?<!\s)\s++(?:@(?P<at>[A-Za-z][\w-]*)"
    r"|[(\[](?P<key>[A-Za-z_]+)::\s*(?P<value>[^()\[\]]*)[)\]]"
    rf"|[(\[](?P<gone>{_REJECTED})(?:\s*[:,;–—-]\s*|\s+)(?P<why>[^()\[\]]+)[)\]]"
    r"|[(\[](?P<word>[A-Za-z][\w' -]{0,20})[)\]]"
    rf"|(?:[-–—:;,]+\s*)(?P<gone2>{_REJECTED})(?:\s*[:,]?\s*(?:because|as|since|:)\s*(?P<why2>.+))?"
    r"|[-–—]\s*(?P<tail>MVP|later|next|now))\s*$",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~(?P<words>.+?)~~")
_BECAUSE = re.compile(r"^(?:because|as|since)\s+", re.IGNORECASE)


def named_status(kind: str, written: str) -> str:
    """The status that a word means for a kind, or ""."""
    return _STATUS.get(kind, {}).get(written.strip().casefold(), "")


def marks(lines: Lines, start: int, end: int, kind: str) -> tuple[int, int, tuple[Field, ...]]:
    """Where the words in `text[start:end]` begin and end without marks, and the fields from the
    marks.
    """
    known = _STATUS.get(kind)
    if known is None:
        return start, end, ()
    marking = _Marking(lines, kind, known)
    while (mark := _BEHIND.search(lines.text, start, end)) is not None:
        if not marking.take(mark):
            break
        end = mark.start()
    struck = _STRUCK.match(lines.text, start, end)
    if struck is not None and not lines.text[struck.end() : end].strip(" .:–—-"):
        if gone := known.get("rejected"):
            marking.put("status", gone, struck.span())
        start, end = struck.span("words")
    return start, end, tuple(marking.found.values())


class _Marking:
    """Collects the fields from marks, from the last to the first."""

    def __init__(self, lines: Lines, kind: str, known: Mapping[str, str]) -> None:
        self.lines, self.kind, self.known = lines, kind, known
        self.found: dict[str, Field] = {}

    def take(self, mark: re.Match[str]) -> bool:
        """Reads a mark, and says whether it is one."""
        group = next(each for each in ("at", "word", "tail", "gone", "gone2", "key") if mark[each])
        word = mark[group]
        if mark["key"]:
            word = mark["value"] if mark["key"].casefold() in ("status", "priority") else ""
        folded = word.strip().casefold()
        status = self.known.get(folded)
        if self.kind == "assumption" and mark["word"] and folded in RISKS:
            self.put("risk", folded, mark.span(group))
            return True
        if not (status or mark["at"] or mark["key"] or folded in _FREE):
            return False
        if status:
            self.put("status", status, mark.span(group))
        why = "why" if mark["why"] else "why2"
        if mark[why] and self.kind == "solution":
            self.put("because", _BECAUSE.sub("", mark[why].strip()), mark.span(why))
        if folded in _FREE:
            self.put("tags", folded, mark.span(group))
        return True

    def put(self, name: str, value: str, span: tuple[int, int]) -> None:
        """Keeps a field. The last mark in the text wins."""
        at = self.lines.place(*span)
        self.found.setdefault(name, Field(name, at, Scalar(value, "str", at)))
