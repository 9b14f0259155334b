"""The words that name the kind of a line in a one-file tree: the kind's name, synonyms that teams
use, and short ids such as `S1.1`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ost.expression import expression
from ost.read.kinds import KINDS
from ost.read.languages import LANGUAGES, PLURALS
from ost.read.letters import composed, decomposed, unaccented

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "outcome": (
        "desired outcome",
        "target outcome",
        "business outcome",
        "product outcome",
        "outcome statement",
        "goal",
        "objective",
    ),
    "opportunity": (
        "sub-opportunity",
        "subopportunity",
        "sub opportunity",
        "child opportunity",
        "target opportunity",
        "customer opportunity",
        "opp",
        "need",
        "user need",
        "customer need",
        "unmet need",
        "pain",
        "pain point",
        "painpoint",
        "problem",
        "desire",
    ),
    "solution": ("solution idea", "candidate solution", "idea", "concept", "feature", "sol"),
    "assumption": (
        "key assumption",
        "riskiest assumption",
        "risky assumption",
        "critical assumption",
        "leap of faith assumption",
        "leap of faith",
        "hypothesis",
        "risk",
        "belief",
    ),
    "test": ("assumption test", "experiment", "exp", "validation test"),
}
"""Synonyms of kinds, in one-file trees and in a file's `kind`."""

_SHORT = {
    **dict.fromkeys(("OUT", "OC"), "outcome"),
    **dict.fromkeys(("OP", "OPP", "SU", "SUB"), "opportunity"),
    **dict.fromkeys(("SOL", "S"), "solution"),
    **dict.fromkeys(("ASM", "A", "H"), "assumption"),
    **dict.fromkeys(("EXP", "E", "T"), "test"),
    "O": "",
}
"""Kinds by the letters of short ids. An `O` is an outcome, and below one an opportunity."""

EXPERIMENTS = ("experiment", "exp")
"""Words for a test that also states its assumption."""

SUB = ("sub-opportunity", "subopportunity", "sub opportunity", "child opportunity")

_PLURALS = {"hypothesis": "hypotheses", "leap of faith": "leaps of faith"}
_NUMBER = r"#?\d{1,3}(?:\.\d{1,3})*[A-Za-z]?|[A-Z]|[A-Z]?\d{1,3}[A-Za-z]?|[IVX]{1,4}"
_SEPARATOR = r"\s*[:：](?!:)|\s+(?:--?|[–—→|])(?=\s)|[–—]"
_LEAD = expression(
    r"(?:\[[ xX/-]\]\s+)?"
    r"(?:[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]\s*)*"
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+)?"
)
_STRONG = expression(r"\*{1,3}|_{1,3}|")
_SHORT_ID = expression(
    rf"(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})"
    rf"(?:[-. ]?(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?)\b(?P<close>\*{{1,3}}|__)?"
    rf"(?:{_SEPARATOR}|[.)]|(?=\s))|(?P<close_bare>\*{{1,3}}|__)?\s*[:：](?=\s|\*|_))(?:\*{{1,3}}|__)?\s*"
)
_TAIL = expression(
    rf"(?:\s+(?P<number>{_NUMBER})(?![\w])|\s*\((?P<round>{_NUMBER})\))?"
    rf"(?P<close>\*{{1,3}}|_{{1,3}})?"
    rf"(?P<separator>{_SEPARATOR}|(?<=[\dA-Z])[.)](?=\s))?(?P<closed>\*{{1,3}}|_{{1,3}})?\s*"
)
_NO_TREE = expression(r"opportunity[\s-]+solutions?[\s-]+trees?\b", re.IGNORECASE)
_REMARK = expression(
    r"\s*(?:\(.*\)|\[.*\]|[:：*_]|(?:per|for|by|of|to|under)\b.*)*\s*", re.IGNORECASE
)
_OF = expression(rf"\b(?P<number>{_NUMBER})\b")


class Label(Struct, frozen=True):
    """What a line says about its kind, before its own words begin at `title`.

    `kind` is "" for an id with only an `O`. `word` is the word as written, from `start` to `end`.
    `number` is that of `Solution 1A`. `alone` means that no words follow: the lines below state the
    node, or are nodes of the kind. `read` is false if the line may be a sentence that starts with a
    kind's name.
    """

    kind: str
    word: str
    start: int
    end: int
    title: int
    number: str = ""
    plural: bool = False
    alone: bool = False
    read: bool = True
    stop: int | None = None
    """The end of the words, if it is not the end of the line."""
    about: str = ""
    """The kind and number of the node that a heading is about: `Solutions for Opportunity 1`."""


class Vocabulary:
    """The names of kinds, including those of a team."""

    def __init__(
        self,
        extra: Mapping[str, Iterable[str]] | None = None,
        ignored: Iterable[str] = (),
    ) -> None:
        """`extra` has more names by kind, `ignored` the names of fields to ignore."""
        self.ignored = frozenset(ignored)
        self.words: dict[str, tuple[str, bool]] = {}
        self.extra = frozenset(
            fold_words(each) for words in (extra or {}).values() for each in words
        )
        self.names = frozenset(
            fold_words(name) for kind, word in KINDS.items() for name in (kind, word.plural)
        )
        for kind, word in KINDS.items():  # no synonym may take a kind's name
            self.words[_normalize(kind)] = (kind, False)
            self.words[_normalize(word.plural)] = (kind, True)
        for kind in KINDS:
            for synonym in (*SYNONYMS.get(kind, ()), *(extra or {}).get(kind, ())):
                folded = _normalize(synonym)
                self.words.setdefault(folded, (kind, False))
                self.words.setdefault(_plural(folded), (kind, True))
        ours = frozenset(self.words)
        for kind, words in LANGUAGES.items():
            self._add_foreign(kind, words, several=False)
        for plural, kind in PLURALS.items():
            self._add_foreign(kind, (plural,), several=True)
        self._foreign = frozenset(self.words) - ours

    def _add_foreign(self, kind: str, words: Iterable[str], *, several: bool) -> None:
        """Words of another language, with their accents and without."""
        for word in words:
            for spelt in (_normalize(word), unaccented(_normalize(word))):
                self.words.setdefault(spelt, (kind, several))

    @cached_property
    def _alternatives(self) -> str:
        spelt = {*self.words, *map(decomposed, self.words)}
        longest = sorted(spelt, key=lambda word: (-len(word), word))
        return "|".join(re.escape(each).replace(r"\ ", r"[\s_-]+") for each in longest)

    @cached_property
    def _word(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<kind>{self._alternatives})(?![\w’'])", re.IGNORECASE)

    @cached_property
    def _tag(self) -> re.Pattern[str]:
        return re.compile(rf"#(?:ost/)?(?P<kind>{'|'.join(KINDS)})(?![\w/-])\s*", re.IGNORECASE)

    @cached_property
    def _bracket(self) -> re.Pattern[str]:
        return re.compile(
            rf"[\[(【<](?:type::\s*)?(?P<kind>{self._alternatives})(?:\s+(?P<number>{_NUMBER}))?"
            rf"\s*(?P<inner>[:：].*)?[\])】>](?![(\[])(?:\*{{1,3}}|__)?\s*(?:[:：–—-]\s+)?",
            re.IGNORECASE,
        )

    def kind(self, written: str) -> str:
        """The kind that a word names, or ""."""
        whole = _normalize(written)
        folded = " ".join(re.sub(r"[_-]+", " ", whole).split())
        for word in (folded, whole, folded.replace(" ", "-")):
            if word in self.words:
                return self.words[word][0]
        return ""

    def label(self, words: str) -> Label | None:
        """What a line says about its kind, or None."""
        lead = _LEAD.match(words)
        at = lead.end() if lead else 0
        strong = _STRONG.match(words, at)
        begin = strong.end() if strong else at
        if _NO_TREE.match(words, begin):
            return None
        if words[begin : begin + 1] in ("[", "(", "【", "<"):
            return self._bracket_label(words, begin)
        found = self._word.match(words, begin)
        if found is not None:
            return self._word_label(words, found)
        if "#" in words and (label := self._tag_label(words, begin)) is not None:
            return label
        short = _SHORT_ID.match(words, begin)
        if short is None or not words[short.end() :].strip(" *_"):
            return None
        kind = _SHORT[short["short"]]
        return Label(
            kind, short["short"], begin, short.end("short"), short.end(), short["number"] or ""
        )

    def _tag_label(self, words: str, begin: int) -> Label | None:
        """A line that starts or ends with a tag of a kind: `#opportunity We cannot agree`."""
        first = self._tag.match(words, begin)
        behind = [each for each in self._tag.finditer(words, begin) if each.end() == len(words)]
        found = first or (behind[0] if behind else None)
        if found is None or not words.replace(found[0], "").strip(" *_"):
            return None
        kind, end = found["kind"].casefold(), found.end("kind")
        if first:
            return Label(kind, kind, found.start(), end, found.end())
        return Label(
            kind, kind, found.start(), end, begin, stop=len(words[: found.start()].rstrip())
        )

    def _bracket_label(self, words: str, begin: int) -> Label | None:
        found = self._bracket.match(words, begin)
        if found is None:
            return None
        kind, plural = self._kind_of(found["kind"])
        if found["inner"]:  # `[Solution: words]`
            title = found.start("inner") + 1
            empty = not found["inner"][1:].strip()
        else:
            title = found.end()
            empty = not words[title:].strip(" *_:")
        return Label(
            kind,
            found["kind"].casefold(),
            found.start("kind"),
            found.end("kind"),
            title,
            found["number"] or "",
            plural=plural,
            alone=empty,
            stop=found.end("inner") if found["inner"] else None,
        )

    def _word_label(self, words: str, found: re.Match[str]) -> Label | None:
        kind, plural = self._kind_of(found["kind"])
        tail = _TAIL.match(words, found.end())
        number = (tail["number"] or tail["round"] or "") if tail else ""
        end = tail.end() if tail else found.end()
        rest = words[end:].strip(" *_\t")
        if number and tail and not tail["separator"] and rest:
            # `Opportunity 1 Solutions:` is about the solutions of the first.
            second = self._word.match(words, end)
            if second and _REMARK.fullmatch(words, second.end()) is not None:
                other, many = self._kind_of(second["kind"])
                return Label(
                    other,
                    second["kind"].casefold(),
                    *second.span("kind"),
                    len(words),
                    plural=many,
                    alone=True,
                    about=f"{kind} {number}",
                )
        label = Label(
            kind, found["kind"].casefold(), *found.span("kind"), end, number, plural=plural
        )
        if not rest:
            return replace(label, alone=True)
        if tail and tail["separator"]:
            return label
        diagnostic = _REMARK.fullmatch(words, found.end() if not number else end)
        if diagnostic and (plural or number):
            return replace(label, alone=True, about=self._about(words, found.end(), kind))
        return None if _normalize(found["kind"]) in self._foreign else replace(label, read=False)

    def _about(self, words: str, at: int, kind: str) -> str:
        for found in self._word.finditer(words, at):
            other, plural = self._kind_of(found["kind"])
            number = _OF.match(words, found.end() + 1)
            if other != kind and not plural and number:
                return f"{other} {number['number']}"
        return ""

    def _kind_of(self, written: str) -> tuple[str, bool]:
        folded = _normalize(written)
        if folded not in self.words:
            folded = " ".join(re.sub(r"[\s_-]+", " ", folded).split())
        if folded not in self.words:
            folded = folded.replace(" ", "-")
        return self.words.get(folded, ("", False))


def fold_words(written: str) -> str:
    """A word or phrase in lower case, with single spaces for whitespace and underscores."""
    return _normalize(written.replace("_", " "))


def _normalize(written: str) -> str:
    """Words for comparison: lower case, NFC, single spaces."""
    return " ".join(composed(written).casefold().split())


def _plural(word: str) -> str:
    for singular, plural in _PLURALS.items():
        if word.endswith(singular):
            return word.removesuffix(singular) + plural
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


ExtraWords = tuple[tuple[str, tuple[str, ...]], ...]


def vocabulary(extra: ExtraWords = (), ignored: tuple[str, ...] = ()) -> Vocabulary:
    """The names of kinds. `extra` are a team's own names by kind, `ignored` its own fields."""
    return _cached(extra, ignored, tuple(KINDS))


@lru_cache(maxsize=8)
def _cached(extra: ExtraWords, ignored: tuple[str, ...], kinds: tuple[str, ...]) -> Vocabulary:
    """Cached by the kinds too, because other packages may add some."""
    return Vocabulary(dict(extra), ignored)
