"""See :class:`OutputAsOutcome`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import OUTPUT, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Outcome
from ost.tree.tree import Tree


class OutputAsOutcome(Rule, frozen=True):
    """An outcome is worded as something to build.

    Why: An output is done when it ships, whether or not anyone is better off; an outcome is the
    change it was meant to bring. A tree below an output leaves nothing to choose: the decision was
    made before anyone was asked. Could the team reach it without building the named thing?

    Source: Product Talk, shifting from outputs to outcomes
    <https://prodsens.live/2024/07/17/shifting-from-outputs-to-outcomes-why-it-matters-and-how-to-get-started>

    Bad:

        -- new-app.md --
        ---
        kind: outcome
        ---
        # Launch the new app by June <!-- OST401 -->

    Good:

        -- film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST401"
    severity = Severity.WARNING
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = phrase(node, OUTPUT)
        if found is not None:
            message = (
                f"{found.words!r} is something to build; write the change it is meant to bring"
            )
            yield self.about(node, found.at, message)
