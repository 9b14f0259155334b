"""Rewrites labels for the reader of one-file trees: a team's own words, `**Outcome** words` without
a colon, and kinds after the words.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from ost.exchange.foreign.imports import Terms, term
from ost.read.vocabulary import Vocabulary, vocabulary

_MARKS = re.compile(r"[ \t>]*(?:#{1,6}[ \t]+|(?:[-*+•◦▪‣]|\d{1,2}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?")
_STRONG = re.compile(r"(\*\*|__)([^*_\n]{2,40}?)\1[ \t]+(?=[^\s:–—-])")
_SIGN = re.compile(r"([^\W\d_][\w -]{1,30}?(?:[ \t]#?\d[\d.]*)?)[ \t]*(?:=>|=|»|~|/)[ \t]+(?=\S)")
_BEHIND = re.compile(r"[ \t]+(?:\(([^()\n]{2,30})\)|\[([^\[\]\n]{2,30})\]|#([\w-]{2,30}))[ \t]*$")
_BELOW = re.compile(r"[ \t]*:[ \t]+(?=\S)")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_CIRCLED = re.compile("[\u2460-\u2473\u2776-\u277f\u2780-\u2793]")
_LETTER = re.compile(r"\(?[a-zA-Z][.)][ \t]+(?=\S)")
_STATUS = re.compile(r"[ \t]+(?:\(([^()\n]+)\)|\[([^\[\]\n]+)\]|@([\w-]+)|#([\w-]+))[ \t]*$")


class Labels:
    """The words of a file for kinds and statuses."""

    def __init__(self, terms: Terms) -> None:
        """Knows our words and those of the terms, which take precedence."""
        self.terms = terms
        further: dict[str, list[str]] = {}
        for theirs, kind in terms.kinds.items():
            if kind:
                further.setdefault(kind, []).append(theirs)
        self.words = Vocabulary(further)
        for theirs, kind in terms.kinds.items():
            if kind:
                self.words.words[" ".join(theirs.casefold().split())] = (kind, False)
        self._plain = vocabulary()

    def kind(self, word: str) -> str:
        """The kind that a word on its own names, or ""."""
        found = term(self.terms.kinds, word)
        return self.words.kind(word.strip(" *_:")) if found is None else found

    def respelt(self, lines: Sequence[str]) -> Iterator[str]:
        """The lines with labels that the reader understands."""
        for line in _joined([_plain_numbers(each) for each in lines]):
            marks = _MARKS.match(line)
            at = marks.end() if marks else 0
            words = self._status(self._respelt(line[at:]))
            letter = _LETTER.match(words) if line[:at].isspace() else None
            if letter:
                words = f"- {words[letter.end() :]}"
            label = self.words.label(words) if not line[:at].strip() else None
            bare = label is not None and label.alone and words.strip()[-1:].isalpha()
            yield f"{line[:at]}{words}{':' * bare}"

    def _respelt(self, words: str) -> str:
        for pattern, group in ((_STRONG, 2), (_SIGN, 1)):
            found = pattern.match(words)
            if found and self.kind(re.sub(r"[ \t]#?[\d.]+$", "", found[group])):
                word = found[group].strip(" :")
                return self._translated(f"{word}: {words[found.end() :]}")
        behind = _BEHIND.search(words)
        kind = self.kind(next(filter(None, behind.groups()))) if behind else ""
        if behind and kind and words[: behind.start()].strip():
            return f"{kind}: {words[: behind.start()]}"
        return self._translated(words)

    def _translated(self, words: str) -> str:
        label = self.words.label(words)
        if label is None or not label.read or not label.kind:
            return words
        known = self._plain.kind(label.word)
        if known == label.kind or len(label.word) < 3:
            return words
        kind = _many(label.kind) if label.plural else label.kind
        return words[: label.start] + kind + words[label.end :]

    def _status(self, words: str) -> str:
        found = _STATUS.search(words)
        if not found or not self.terms.status:
            return words
        ours = term(self.terms.status, next(filter(None, found.groups())))
        if ours is None:
            return words
        return words[: found.start()] + (f" {{status: {ours}}}" if ours else "")


def _plain_numbers(line: str) -> str:
    """The line with plain numbers in place of circled ones and keycaps, such as ① and 1️⃣."""
    return _CIRCLED.sub(lambda found: normalize("NFKC", found[0]), _KEYCAP.sub(r"\1", line))


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines. If the next line starts with a colon and words, it is joined to its label."""
    label_line: str | None = None
    for line in lines:
        below = _BELOW.match(line) if label_line is not None and label_line.strip() else None
        if below and label_line is not None:
            yield ""
            label_line = f"{label_line.rstrip()}: {line[below.end() :]}"
            continue
        if label_line is not None:
            yield label_line
        label_line = line
    if label_line is not None:
        yield label_line


def _many(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
