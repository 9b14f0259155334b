"""Applies fixes to texts. Nothing but a fix's own places changes: line ends stay, and no comment is
removed with a line.
"""

import re
from bisect import bisect, insort
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from ost.edit.splice import LineEnds
from ost.read.diagnostic import Diagnostic, Edit
from ost.read.place import Place

ROUNDS = 10
"""A fix may reveal the next one; rounds end after this many."""

_COMMENT = re.compile(r"(?:^|\s)#")


class FixedText(Struct, frozen=True):
    """A text after fixes, and the fixed diagnostics."""

    text: str
    fixed: tuple[Diagnostic, ...]


class FixedFiles(Struct, frozen=True):
    """The changed texts by path, and the fixed diagnostics in order."""

    texts: Mapping[str, str]
    fixed: tuple[Diagnostic, ...]


Judge = Callable[[Mapping[str, str]], Iterable[Diagnostic]]
"""Judges the project with these texts in place of the files'."""


def settle(judge: Judge, text: Callable[[str], str | None]) -> FixedFiles:
    """Applies fixes, round after round, until nothing changes.

    `text` returns a file's text, or None if it must not change.
    """
    texts: dict[str, str] = {}
    fixed: list[Diagnostic] = []
    for _ in range(ROUNDS):
        fixes: dict[str, list[Diagnostic]] = {}
        for diagnostic in judge(texts):
            if diagnostic.fix is not None:
                fixes.setdefault(diagnostic.path, []).append(diagnostic)
        changed = False
        for path, found in fixes.items():
            before = texts.get(path) or text(path)
            after = FixedText("", ()) if before is None else fixed_text(before, found)
            if after.fixed and after.text != before:
                texts[path] = after.text
                fixed += after.fixed
                changed = True
        if not changed:
            break
    return FixedFiles(texts, tuple(fixed))


def fixed_text(text: str, diagnostics: Iterable[Diagnostic]) -> FixedText:
    """A file's text (without a byte-order mark) with its diagnostics' fixes applied. Of overlapping
    fixes, the first one wins.
    """
    lines = _Lines(text)
    applied: list[tuple[int, int, str]] = []
    fixed: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=lambda each: each.order):
        edits = (
            [] if diagnostic.fix is None else [lines.edit(edit) for edit in diagnostic.fix.edits]
        )
        if edits and all(edit is not None and _free(edit, applied) for edit in edits):
            for edit in filter(None, edits):
                insort(applied, edit)
            fixed.append(diagnostic)
    parts: list[str] = []
    position = 0
    for start, end, new in applied:
        parts += (text[position:start], new)
        position = end
    return FixedText("".join((*parts, text[position:])), tuple(fixed))


def _free(edit: tuple[int, int, str], taken: Sequence[tuple[int, int, str]]) -> bool:
    """Whether an edit touches none of those before; they are in order, so only its neighbours can
    be in its way.
    """
    start, end, _ = edit
    at = bisect(taken, edit)
    return all(end < other[0] or other[1] < start for other in taken[max(at - 1, 0) : at + 1])


class _Lines(LineEnds):
    """A text, and fixes' edits of it."""

    def edit(self, edit: Edit) -> tuple[int, int, str] | None:
        """An edit's start, end and new text; None if it cannot be made."""
        span = self.span(edit.span.place)
        if span is None:
            return None
        start, end = span
        if not edit.text and not self.may_go(edit.span.place, self.text[start:end]):
            return None
        return start, end, edit.text.replace("\n", self.end)

    def may_go(self, at: Place, gone: str) -> bool:
        """Whether lines can be deleted without losing a comment, breaking a bracket, or leaving a
        lone `-` behind.
        """
        before = self.text[self.starts[at.line - 1] : self.stops[at.line - 1]] if at.line else ""
        return (
            not _COMMENT.search(gone)
            and all(gone.count(one) == gone.count(other) for one, other in ("[]", "{}"))
            and before.strip() != "-"
        )
