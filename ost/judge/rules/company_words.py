"""See :class:`CompanyWords`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import COMPANY, is_first_person, of_customers, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class CompanyWords(Rule, frozen=True):
    """An opportunity is worded from the company's side.

    Why: Customers do not wish for retention or conversion. No interview will mention a need in the
    company's words, and what is built for it serves the company first. What would a customer say?
    Titles in a customer's own voice (*I*, *my*, *we*) and the customer's own revenue are left
    alone.

    Source: Product Talk, what is an opportunity
    <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- churn.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Low conversion after the free month <!-- OST405 -->
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- forgot.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I forgot that I pay for it
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST405"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        if is_first_person(node.title):
            return
        found = phrase(node, COMPANY)
        if found is not None and not of_customers(node, found):
            message = f"{found.words!r} is a company word; write what a customer would say"
            yield self.about(node, found.at, message)
