"""Marks that people put behind a node's words: `(MVP)`, `@next`, `~~gone~~`, `rejected because …`.

They become the node's status, its reason and its tags.
"""

import re

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


def marks(lines: Lines, start: int, end: int, kind: str) -> tuple[int, int, tuple[Field, ...]]:
    """Where the words at `text[start:end]` begin and end without marks, and what the marks say."""
    known = _STATUS.get(kind)
    found: dict[str, Field] = {}
    if known is None:
        return start, end, ()
    text = lines.text

    def put(name: str, value: str, begin: int, stop: int) -> None:
        at = lines.place(begin, stop)
        found.setdefault(name, Field(name, at, Scalar(value, "str", at)))

    while (mark := _BEHIND.search(text, start, end)) is not None:
        word = mark["at"] or mark["word"] or mark["tail"] or mark["gone"] or mark["gone2"] or ""
        if mark["key"]:
            word = mark["value"] if mark["key"].casefold() in ("status", "priority") else ""
        folded = word.strip().casefold()
        group = next(each for each in ("at", "word", "tail", "gone", "gone2", "key") if mark[each])
        status, reason = known.get(folded), mark["why"] or mark["why2"]
        if status:
            put("status", status, *mark.span(group))
        elif not (mark["at"] or mark["key"] or folded in _FREE):
            break
        if reason and kind == "solution":
            put(
                "because",
                _BECAUSE.sub("", reason.strip()),
                *mark.span("why" if mark["why"] else "why2"),
            )
        if folded in _FREE:
            put("tags", folded, *mark.span(group))
        end = mark.start()
    struck = _STRUCK.match(text, start, end)
    if struck is not None and not text[struck.end() : end].strip(" .:–—-"):
        gone = known.get("rejected")
        if gone:
            put("status", gone, struck.start(), struck.end())
        start, end = struck.span("words")
    return start, end, tuple(found.values())
