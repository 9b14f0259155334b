"""See :class:`LikelyTwins`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from ost.judge.rule import Rule
from ost.judge.words import places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree

_FILL = frozenset(
    "a an the and of to for in on at by with is are was were am be been being do does did have has "
    "had i me my we us our you your they them their it its this that these those just really very "
    "so too always often again get gets got".split()
)
_SAME = {"cannot": "cant", "couldnt": "cant", "could": "can", "didnt": "dont", "doesnt": "dont"}
_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
_LIKE = 0.75
"""How much of the words of both two titles share when they are reported."""
_FEWEST, _BLOCK = 3, 12
"""Words that two twins share at least; siblings that share a rare word and are compared."""


class LikelyTwins(Rule, frozen=True):
    """Two siblings say nearly the same.

    Why: siblings divide their parent's need, so that one can be addressed without the other. The
    same thing heard twice and written down twice splits its evidence: each twin looks as if half as
    many people had told of it. Only titles in nearly the same words are reported; whether two
    needs are one is nothing that can be counted, so it is a note.

    Source: Hamster's skill on structuring opportunity spaces, after Teresa Torres: siblings are
    distinct <https://www.producttalk.org/opportunity-mapping>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST118 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch in the evening
        -- no-agreement.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # In the evenings we can't agree what to watch

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch in the evening
        -- cannot-find.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I cannot find anything to watch in the evening
    """

    code = "OST118"
    severity = Severity.NOTE
    kinds = (Outcome, Opportunity)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Pairs of opportunities below whose titles share nearly all their words."""
        below = [each for each in tree.children(node, Opportunity) if each.status != "parked"]
        if len(below) < 2:
            return
        for one, other in _twins([_content(each.title) for each in below]):
            twins = below[one], below[other]
            message = (
                f"opportunities {twins[0].id!r} and {twins[1].id!r} below {node.id!r} "
                "say nearly the same: can one be addressed without the other?"
            )
            yield self.about(node, node.at, message, related=places(twins, "one of the two"))


def _twins(titles: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that are alike, without comparing each with each.

    Two titles that share three quarters of their words share one of the rarest quarter of them (and
    one more) of either, so only those that meet there are compared; and each with a few others.
    """
    counts = Counter(word for each in titles for word in each)
    meeting: dict[str, list[int]] = {}
    for number, words in enumerate(titles):
        if len(words) < _FEWEST:
            continue
        rarest = sorted(words, key=lambda word: (counts[word], word))
        met: set[int] = set()
        for word in rarest[: len(words) // 4 + 1]:
            met.update(meeting.setdefault(word, [])[-_BLOCK:])
            meeting[word].append(number)
        for other in sorted(met):
            shared = len(words & titles[other])
            if shared >= _FEWEST and shared >= _LIKE * len(words | titles[other]):
                yield other, number


def _content(title: str) -> frozenset[str]:
    """The words that say something, without a plural's `s`; numbers stay as they are."""
    words = (re.sub("['’]", "", each) for each in _words().findall(title.casefold()))
    words = (_SAME.get(each, each) for each in words if each not in _FILL)
    return frozenset(
        each[:-1] if len(each) > 3 and each.endswith("s") and not each.endswith("ss") else each
        for each in words
    )


@cache
def _words() -> re.Pattern[str]:
    return re.compile(_WORD)
