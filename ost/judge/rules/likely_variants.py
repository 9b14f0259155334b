"""See :class:`LikelyVariants`."""

import re
from collections.abc import Iterable, Iterator

from ost.expression import expression
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Node, Opportunity, Solution
from ost.tree.tree import Tree

_WORDS = expression(r"[^\W\d_]+|\d+")
_FILL = (
    "a an the and or of for to in on at by with from into via as is are be it its this that "
    "their our your my we they you i new simple better"
)
_PARTS = "backend frontend api ui database server client web mobile ios android app desktop"
_SMALL, _LAYERS = frozenset(_FILL.split()), frozenset(_PARTS.split())
_PLAN = r"(?:phase|step|part|stage|iteration|release|milestone|slice|increment|version|v)"
_STEP = expression(
    rf"^{_PLAN}[\s.:#-]*(?:\d+|i{{1,3}}|one|two|three)\b"
    rf"|[\s(,:–-]+{_PLAN}[\s.#-]*\d+\)?$"
    r"|^(?:mvp|beta|pilot|rollout|roll-out|follow-up|later|then|next|finally|first (?:version|"
    r"step)|"
    r"second step|full version)\s*[:–-]|\((?:mvp|later|follow-up|rollout)\)$",
    re.IGNORECASE,
)


class LikelyVariants(Rule, frozen=True):
    """Solutions for one opportunity are variants or parts of one idea.

    Why: A team compares solutions, and it cannot compare two that differ in one word: a button on
    the left and a button on the right answer the same question in the same way. The parts of one
    build are not alternatives either: phase one and phase two, the app and its server are all
    built, whichever wins. `differs:` says what sets each apart; solutions that all have their own
    are left alone. Only nearly equal titles are reported, and the same `differs:` twice.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 8: variations of one idea; as in
    Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch <!-- OST310 -->
        -- veto-red.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their phone with a red button
        -- veto-green.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their phone with a green button
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # One person chooses, in turn

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch <!-- OST310 -->
        -- lists.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Phase 1: shared lists
        -- votes.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Phase 2: votes on the lists

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- veto-by-voice.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody says no aloud, once an evening
        -- short-list.md --
        ---
        kind: solution
        parent: cannot-agree
        differs: chosen in the week before, when no one is tired
        ---
        # A short list of seven films for the evening
        -- long-list.md --
        ---
        kind: solution
        parent: cannot-agree
        differs: chosen by the youngest, on the evening itself
        ---
        # A long list of seven films for the evening
    """

    code = "OST310"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Groups of live solutions that are steps of one plan, have the same `differs:` or nearly
        the same title. Each in one pass: solutions are grouped by keys, not compared in pairs.
        """
        live = [each for each in tree.children(node, Solution) if each.status in LIVE]
        if len(live) < 2:
            return
        reported: set[str] = set()
        for what, groups in (
            ("are steps of one plan", [_steps(live)]),
            ("have the same `differs:`", _alike(live)),
            ("have nearly the same title", _near(live)),
        ):
            for found in groups:
                if len(found) < 2 or reported.issuperset(each.id for each in found):
                    continue
                reported |= {each.id for each in found}
                message = (
                    f"solutions {name_nodes(found)} of {node.id!r} {what}; add real alternatives"
                )
                yield self.about(node, node.at, message, related=places(found, "one of them"))


def _steps(live: list[Solution]) -> list[Solution]:
    return [each for each in live if _STEP.search(each.title)]


def _alike(live: list[Solution]) -> Iterator[list[Solution]]:
    """The solutions whose `differs` has the same significant words."""
    contents = ((each, _content(each.differs or "")) for each in live)
    return _sharing((each, [words]) for each, words in contents if words)


def _near(live: list[Solution]) -> Iterator[list[Solution]]:
    """The solutions whose titles differ in one word, without those that say how they differ."""
    return _sharing((each, _keys(_content(each.title))) for each in live if not each.differs)


def _keys(words: frozenset[str]) -> list[frozenset[str]]:
    """Keys that titles share if they differ in one word: the words without each one of them."""
    if len(words) > 3:
        return [words, *(words - {each} for each in words)]
    rest = words - _LAYERS
    return [rest] if rest < words and len(rest) > 1 else []


def _sharing(
    keyed: Iterable[tuple[Solution, list[frozenset[str]]]],
) -> Iterator[list[Solution]]:
    """The solutions that have a key in common, largest groups first."""
    sharing: dict[frozenset[str], list[Solution]] = {}
    for solution, keys in keyed:
        for key in keys:
            sharing.setdefault(key, []).append(solution)
    yield from sorted((each for each in sharing.values() if len(each) > 1), key=len, reverse=True)


def _content(text: str) -> frozenset[str]:
    return frozenset(_stems(each.casefold() for each in _WORDS.findall(text))) - _SMALL


def _stems(words: Iterable[str]) -> Iterator[str]:
    """Words without a plural's or a verb's `s`."""
    for word in words:
        yield word[:-1] if len(word) > 3 and word.endswith("s") else word
