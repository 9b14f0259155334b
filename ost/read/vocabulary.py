"""The words that say of which kind a line of a one-file tree is: a kind's name, what teams call it
instead, and short ids such as `S1.1`.
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
"""What a kind is also called, in one-file trees and in the `kind` of a file."""

_SHORT = {
    **dict.fromkeys(("OUT", "OC"), "outcome"),
    **dict.fromkeys(("OP", "OPP", "SU", "SUB"), "opportunity"),
    **dict.fromkeys(("SOL", "S"), "solution"),
    **dict.fromkeys(("ASM", "A", "H"), "assumption"),
    **dict.fromkeys(("EXP", "E", "T"), "test"),
    "O": "",
}
"""Ids by their letters; an `O` is an outcome, and below one an opportunity."""

EXPERIMENTS = ("experiment", "exp")
"""Such a test says what is assumed and how it is tried in one."""

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
    """What a line says of its kind, before its words begin at `title`.

    `kind` is "" for an id that only says `O`. `word` is what is written, from `start` to `end`.
    `number` is that of `Solution 1A`. `alone` says that no words follow: what is below has them, or
    is of the kind. `read` is false when the line begins with a kind's word as a sentence may.
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
    """Where the words end, when that is not the end of the line."""
    about: str = ""
    """The number of the node that a heading is about: `Solutions for Opportunity 1`."""


class Vocabulary:
    """The words for kinds, those of a team included."""

    def __init__(
        self,
        further: Mapping[str, Iterable[str]] | None = None,
        ignored: Iterable[str] = (),
    ) -> None:
        """`further` are more words by kind, `ignored` fields that do not concern us."""
        self.ignored = frozenset(ignored)
        self.words: dict[str, tuple[str, bool]] = {}
        self.further = frozenset(
            plain(each) for words in (further or {}).values() for each in words
        )
        self.names = frozenset(
            plain(name) for kind, word in KINDS.items() for name in (kind, word.plural)
        )
        for kind, word in KINDS.items():  # a kind's own name is its own
            self.words[_composed(kind)] = (kind, False)
            self.words[_composed(word.plural)] = (kind, True)
        for kind in KINDS:
            for synonym in (*SYNONYMS.get(kind, ()), *(further or {}).get(kind, ())):
                folded = _composed(synonym)
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
            for spelt in (_composed(word), unaccented(_composed(word))):
                self.words.setdefault(spelt, (kind, several))

    @cached_property
    def _either(self) -> str:
        spelt = {*self.words, *map(decomposed, self.words)}
        longest = sorted(spelt, key=lambda word: (-len(word), word))
        return "|".join(re.escape(each).replace(r"\ ", r"[\s_-]+") for each in longest)

    @cached_property
    def _word(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<kind>{self._either})(?![\w’'])", re.IGNORECASE)

    @cached_property
    def _tag(self) -> re.Pattern[str]:
        return re.compile(rf"#(?:ost/)?(?P<kind>{'|'.join(KINDS)})(?![\w/-])\s*", re.IGNORECASE)

    @cached_property
    def _bracket(self) -> re.Pattern[str]:
        return re.compile(
            rf"[\[(【<](?:type::\s*)?(?P<kind>{self._either})(?:\s+(?P<number>{_NUMBER}))?"
            rf"\s*(?P<inner>[:：].*)?[\])】>](?![(\[])(?:\*{{1,3}}|__)?\s*(?:[:：–—-]\s+)?",
            re.IGNORECASE,
        )

    def kind(self, written: str) -> str:
        """The kind that a word names by itself, or ""."""
        whole = _composed(written)
        folded = " ".join(re.sub(r"[_-]+", " ", whole).split())
        for word in (folded, whole, folded.replace(" ", "-")):
            if word in self.words:
                return self.words[word][0]
        return ""

    def label(self, words: str) -> Label | None:
        """What a line's words say of their kind, or None when they begin otherwise."""
        lead = _LEAD.match(words)
        at = lead.end() if lead else 0
        strong = _STRONG.match(words, at)
        begin = strong.end() if strong else at
        if _NO_TREE.match(words, begin):
            return None
        if words[begin : begin + 1] in ("[", "(", "【", "<"):
            return self._bracketed(words, begin)
        found = self._word.match(words, begin)
        if found is not None:
            return self._labelled(words, found)
        if "#" in words and (label := self._tagged(words, begin)) is not None:
            return label
        short = _SHORT_ID.match(words, begin)
        if short is None or not words[short.end() :].strip(" *_"):
            return None
        kind = _SHORT[short["short"]]
        return Label(
            kind, short["short"], begin, short.end("short"), short.end(), short["number"] or ""
        )

    def _tagged(self, words: str, begin: int) -> Label | None:
        """A line that begins or ends with a tag that is a kind: `#opportunity We cannot agree`."""
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

    def _bracketed(self, words: str, begin: int) -> Label | None:
        found = self._bracket.match(words, begin)
        if found is None:
            return None
        kind, plural = self._known(found["kind"])
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

    def _labelled(self, words: str, found: re.Match[str]) -> Label | None:
        kind, plural = self._known(found["kind"])
        tail = _TAIL.match(words, found.end())
        number = (tail["number"] or tail["round"] or "") if tail else ""
        end = tail.end() if tail else found.end()
        rest = words[end:].strip(" *_\t")
        if number and tail and not tail["separator"] and rest:
            # `Opportunity 1 Solutions:` is about the solutions of the first.
            second = self._word.match(words, end)
            if second and _REMARK.fullmatch(words, second.end()) is not None:
                other, many = self._known(second["kind"])
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
        remark = _REMARK.fullmatch(words, found.end() if not number else end)
        if remark and (plural or number):
            return replace(label, alone=True, about=self._about(words, found.end(), kind))
        return None if _composed(found["kind"]) in self._foreign else replace(label, read=False)

    def _about(self, words: str, at: int, kind: str) -> str:
        for found in self._word.finditer(words, at):
            other, plural = self._known(found["kind"])
            number = _OF.match(words, found.end() + 1)
            if other != kind and not plural and number:
                return f"{other} {number['number']}"
        return ""

    def _known(self, written: str) -> tuple[str, bool]:
        folded = _composed(written)
        if folded not in self.words:
            folded = " ".join(re.sub(r"[\s_-]+", " ", folded).split())
        if folded not in self.words:
            folded = folded.replace(" ", "-")
        return self.words.get(folded, ("", False))


def plain(written: str) -> str:
    """A word or a phrase in small letters, with one blank where any or underscores are."""
    return _composed(written.replace("_", " "))


def _composed(written: str) -> str:
    """Words as they are compared: in small letters, composed (NFC), one blank between them."""
    return " ".join(composed(written).casefold().split())


def _plural(word: str) -> str:
    for singular, plural in _PLURALS.items():
        if word.endswith(singular):
            return word.removesuffix(singular) + plural
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


FurtherWords = tuple[tuple[str, tuple[str, ...]], ...]


def vocabulary(further: FurtherWords = (), ignored: tuple[str, ...] = ()) -> Vocabulary:
    """The words for kinds; `further` are a team's own, by kind, and `ignored` its own fields."""
    return _made(further, ignored, tuple(KINDS))


@lru_cache(maxsize=8)
def _made(further: FurtherWords, ignored: tuple[str, ...], kinds: tuple[str, ...]) -> Vocabulary:
    """Made once for these kinds: other packages may give more."""
    return Vocabulary(dict(further), ignored)
