"""See :class:`ScoredOpportunity`."""

import re
from collections.abc import Iterator

from ost.expression import expression
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.read.value import Mapping, Scalar
from ost.tree.model import Node, Opportunity
from ost.tree.scores import is_score
from ost.tree.tree import Tree

_LENSES = {"market", "company", "customer"}
_BARE = expression(r"\d+(?:[.,]\d+)?\s*(?:/\s*\d+|of \d+|points?)?|[*★☆]+", re.IGNORECASE)


class ScoredOpportunity(Rule, frozen=True):
    """An opportunity has a score, or an estimate of effort.

    Why: A need has no effort: there are easy and hard ways to meet it, and that is a question about
    solutions. A formula of guesses is a guess with decimals, and it ends the discussion of what
    matters. Compare siblings in words, on four lenses, and choose. Fields such as `effort`, `rice`
    and `score` are reported whatever they hold; `priority`, `impact` and the like if they hold a
    number, and lenses that are only a number.

    Source: Teresa Torres on prioritizing opportunities
    <https://www.producttalk.org/prioritize-opportunities>, as in Hamster's method page

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        effort: small  # OST306
        rice_score: 42  # OST306
        priority: 1  # OST306
        lenses:
          size: told by six of eight
          market: 4/5  # OST306
        ---
        # We cannot agree on what to watch

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        lenses:
          size: 6 of 8
          market: no one solves it for a room
        ---
        # We cannot agree on what to watch
    """

    code = "OST306"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each field that is a score, and each lens that is only a number."""
        for field in node.entry.fields:
            if is_score(field):
                message = (
                    f"opportunity {node.id!r} has a score, {field.name!r}; "
                    "compare siblings in words"
                )
                yield self.about(node, field.key_at, message)
            elif field.name == "lenses" and isinstance(field.value, Mapping):
                for lens, at, text in _numbers(field.value):
                    message = (
                        f"lens {lens!r} of opportunity {node.id!r} is only a number, "
                        f"{text!r}; use words"
                    )
                    yield self.about(node, at, message)


def _numbers(lenses: Mapping) -> Iterator[tuple[str, Place, str]]:
    for key, value in lenses.pairs:
        if key.text in _LENSES and isinstance(value, Scalar):
            text = value.text.strip()
            if _BARE.fullmatch(text):
                yield key.text, value.at, text
