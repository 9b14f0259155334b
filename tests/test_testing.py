"""`ost.testing`: its messages for examples that do not match their marks."""

from collections.abc import Iterator

import pytest

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.testing import check_example, check_examples, examples, judged, marked
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class Shouted(Rule, frozen=True, kw_only=True):
    """An opportunity is shouted.

    Why: nobody is heard better for it.

    Source: our own design

    Bad:

        -- veto.md --
        ---
        kind: opportunity
        ---
        # EVERYBODY VETOES  <!-- LOUD-1 -->

    Good:

        -- veto.md --
        ---
        kind: opportunity
        ---
        # Somebody always says no
    """

    code = "LOUD-1"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        if node.title.isupper():
            yield self.about(node, node.at, f"{node.title!r} is in capital letters")


class Whispered(Rule, frozen=True, kw_only=True):
    """An opportunity is whispered; a pair of `Shouted` in one node.

    Bad:

        -- veto.md --
        ---
        kind: opportunity
        ---
        # EVERYBODY VETOES (HUSH)  <!-- LOUD-1 LOUD-2 -->

    Good:

        -- veto.md --
        ---
        kind: opportunity
        ---
        # Somebody always says no
    """

    code = "LOUD-2"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        if "hush" in node.title.casefold():
            yield self.about(node, node.at, "hush")


class Silent(Shouted, frozen=True, kw_only=True):
    __doc__ = (Shouted.__doc__ or "").replace("LOUD-1", "LOUD-3")
    code = "LOUD-3"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield from ()


class Unmarked(Shouted, frozen=True, kw_only=True):
    __doc__ = (Shouted.__doc__ or "").replace("  <!-- LOUD-1 -->", "")
    code = "LOUD-4"


class Harsh(Shouted, frozen=True, kw_only=True):
    __doc__ = (Shouted.__doc__ or "").replace("LOUD-1", "LOUD-5")
    code = "LOUD-5"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield self.about(node, node.at, "everything is wrong")


class Bare(Shouted, frozen=True, kw_only=True):
    """Without examples."""

    code = "LOUD-6"


class Broken(Shouted, frozen=True, kw_only=True):
    __doc__ = (Shouted.__doc__ or "").replace("LOUD-1", "LOUD-7")
    code = "LOUD-7"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        raise RuntimeError(node.id)


def test_examples_that_are_judged_as_marked_pass() -> None:
    check_examples(Shouted)
    assert [each.verdict for each in examples(Shouted)] == ["Bad", "Good"]


def test_an_example_may_name_other_rules_of_the_package() -> None:
    bad = examples(Whispered)[0]
    check_examples(Whispered, beside=[Shouted])
    assert marked(Whispered, bad, [Shouted]) == {("veto.md", 4, "LOUD-1"), ("veto.md", 4, "LOUD-2")}
    with pytest.raises(AssertionError):
        check_example(Whispered, bad)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (Silent, "veto.md:4 LOUD-3 is marked but not reported"),
        (Unmarked, "veto.md:4 LOUD-4 is reported but not marked: 'EVERYBODY VETOES' is in"),
        (Harsh, "example Good:\n  veto.md:4 LOUD-5 is reported but not marked"),
        (Bare, "bare has no example Bad:"),
        (Broken, "is reported but not marked: the rule broken failed on 'veto'"),
    ],
)
def test_examples_that_are_judged_otherwise_say_what_and_where(
    rule: type[Rule], message: str
) -> None:
    with pytest.raises(AssertionError) as raised:
        check_examples(rule)
    assert message in str(raised.value)


def test_judged_gives_the_findings() -> None:
    (said,) = judged(Shouted, examples(Shouted)[0])
    assert said.message == "'EVERYBODY VETOES' is in capital letters"
