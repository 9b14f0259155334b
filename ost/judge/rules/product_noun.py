"""See :class:`ProductNoun`."""

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.judge.wording import phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class ProductNoun(Rule, frozen=True):
    """An opportunity uses a name from the product.

    Why: Opportunities grouped by feature describe the product, not the customer's life, and no one
    sees the needs between two features. What is the customer doing there? `glossary` in `ost.toml`
    lists the product's own words.

    Source: Teresa Torres on structuring the opportunity space, as in Hamster's skill
    <https://github.com/gethamster/skills>

    Options:

        glossary = ["FilmFinder", "watch list"]

    Bad:

        -- finder.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # FilmFinder shows me nothing new <!-- OST409 -->
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- nothing-new.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I have seen everything that I am offered
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST409"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    glossary: Annotated[
        tuple[str, ...], Meta(description="The product's own nouns; the project's `glossary`.")
    ] = ()

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each of our words, at its place in the title."""
        for word in self.glossary:
            found = (
                phrase(node, rf"(?<!\w){re.escape(word.strip())}(?!\w)") if word.strip() else None
            )
            if found is not None:
                message = (
                    f"{found.words!r} is a product name; write what the customer is doing there"
                )
                yield self.about(node, found.at, message)
