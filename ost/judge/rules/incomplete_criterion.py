"""See :class:`IncompleteCriterion`."""

import re
from collections.abc import Iterator

from ost.judge.criteria import StatedNumbers, find_numbers, is_percentage, is_plain_number
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Edit, Fix, Severity
from ost.read.place import Place, Span
from ost.read.value import Mapping, Scalar
from ost.tree.model import Criterion, Node, Test
from ost.tree.tree import Tree
from ost.words import listed


class IncompleteCriterion(Rule, frozen=True):
    """A test's criterion does not say what is counted, or out of how many.

    Why: a criterion is a sentence: of ten families (`of`), at least seven (`at_least`) do this
    (`measure`). What is left open is settled afterwards, by people who hope. Numbers in the words
    of the measure (*at least 6 of 10 families*) are read, and the fix writes them as fields, so
    that a result can be compared with them. A research spike, a cost, a duration or a rate counts
    no people.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10: who, how many, what they do; see
    Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {at_least: 7, of: 10}  # OST317
        ---
        # Veto cards on paper
        -- count-the-phones.md --
        ---
        kind: test
        criterion: {measure: families with a phone for each, at_least: 8}  # OST317
        ---
        # Families count their phones

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion:
          measure: at least 6 of 10 families use a card  # OST317
        ---
        # Veto cards on paper

    Fixed:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion:
          measure: at least 6 of 10 families use a card
          at_least: 6
          of: 10
        ---
        # Veto cards on paper

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        ---
        # Veto cards on paper
        -- list-on-a-phone.md --
        ---
        kind: test
        method: spike
        criterion: {measure: titles on one screen in a readable size, at_least: 7}
        ---
        # What fits on a small phone
        -- seconds-to-the-list.md --
        ---
        kind: test
        criterion: {measure: seconds until the list is there, at_most: 2}
        ---
        # The list on an old phone
        -- evenings-a-month.md --
        ---
        kind: test
        criterion: {measure: length of a free evening, at_least: 90, unit: minutes}
        ---
        # A diary of free evenings
    """

    code = "OST317"
    severity = Severity.NOTE
    kinds = (Test,)
    fixes = True

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Which parts are missing. Once a test has begun, a missing number is another rule's."""
        if not isinstance(node, Test) or node.criterion is None or is_percentage(node.criterion):
            return
        criterion = node.criterion
        numbers = find_numbers(criterion)
        if numbers is not None:
            if criterion.at_least is None and criterion.at_most is None and criterion.of is None:
                fields = f"`{_limit(numbers)}: {numbers.many}` and `of: {numbers.of}`"
                message = f"criterion of test {node.id!r} has its numbers in words; add {fields}"
                fix = _fix(node, numbers)
                yield self.about(node, _measure(node).at, message, fix=fix)
            return
        missing = []
        if not any(map(str.isalpha, f"{criterion.measure or ''}{criterion.unit or ''}")):
            missing.append("what is counted")
        if _counts_people(node, criterion):
            missing.append("out of how many")
        if missing:
            message = f"criterion of test {node.id!r} does not say {listed(missing)}; add it"
            yield self.about(node, node.place("criterion"), message)


def _counts_people(test: Test, criterion: Criterion) -> bool:
    if criterion.of is not None or criterion.at_most is not None or test.method == "spike":
        return False
    return not is_plain_number(criterion)


def _limit(numbers: StatedNumbers) -> str:
    less = re.match(r"(?:at most|no more|fewer|less|up to)", numbers.phrase, re.IGNORECASE)
    return "at_most" if less else "at_least"


def _measure(node: Node) -> Scalar:
    """The words of the measure; where they are not a value of their own, the title."""
    field = node.entry.field("criterion")
    value = field.value if field else None
    pairs = value.pairs if isinstance(value, Mapping) else ()
    found = (each for key, each in pairs if key.text == "measure" and isinstance(each, Scalar))
    return next(found, Scalar("", "str", node.at))


def _fix(node: Node, numbers: StatedNumbers) -> Fix | None:
    """The fields below a measure that has a line of its own."""
    field = node.entry.field("criterion")
    value = field.value if field else None
    for key, written in value.pairs if field and isinstance(value, Mapping) else ():
        alone = key.at.line != (field.key_at.line if field else 0)
        if (
            key.text == "measure"
            and alone
            and written.at.line == written.at.end_line == key.at.line
        ):
            below = Place(key.at.line + 1, 0, key.at.line + 1, 0)
            indent = " " * key.at.column
            lines = (f"{_limit(numbers)}: {numbers.many}", f"of: {numbers.of}")
            text = "".join(f"{indent}{line}\n" for line in lines)
            return Fix("add the numbers as fields", (Edit(Span("", below), text),))
    return None
