"""The judge: every rule on every node, less what waivers silence. It knows no single rule.

`check_node` does it for one node, so that after a small change only the nodes around it need be
judged again; `judge` is that over everything, and `check` its diagnostics.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from ost.judge import waivers
from ost.judge.catalog import all_rules, choose, configure
from ost.judge.rule import Rule
from ost.judge.severities import USUAL
from ost.judge.waivers import Waived
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, NodeId
from ost.tree.tree import Tree

__all__ = [
    "Judged",
    "Judgement",
    "Waived",
    "all_rules",
    "check",
    "check_node",
    "choose",
    "configure",
    "in_force",
    "judge",
]


class Judged(Struct, frozen=True):
    """The diagnostics of one node that no waiver silences, and what became of its waivers."""

    diagnostics: tuple[Diagnostic, ...]
    waivers: tuple[Waived, ...] = ()


class Judgement(Struct, frozen=True):
    """The diagnostics of a tree that no waiver silences, and what became of the waivers by node."""

    diagnostics: tuple[Diagnostic, ...]
    waivers: Mapping[NodeId, tuple[Waived, ...]]


def check(tree: Tree, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """What is wrong with a tree, in reading order, also what reading and building had to say."""
    return judge(tree, rules).diagnostics


def judge(tree: Tree, rules: Iterable[Rule], further: Iterable[Diagnostic] = ()) -> Judgement:
    """What is wrong with a tree, and what became of its waivers.

    What reading and building had to say is kept when its rule is among `rules`, and so is what
    others have to say `further`. What reading said of a file is said of its node.
    """
    rules = tuple(rules)
    own = {each.path: each.id for each in tree.by_id.values() if not each.entry.id}
    said: dict[str, list[Diagnostic]] = {"": [*further]}
    for diagnostic in tree.diagnostics:
        about = NodeId(diagnostic.node or own.get(diagnostic.path, ""))
        said.setdefault(about if about in tree.by_id else "", []).append(diagnostic)
    standing = in_force(said[""], rules)
    waived: dict[NodeId, tuple[Waived, ...]] = {}
    for node in tree.by_id.values():
        judged = check_node(node, tree, rules, said.get(node.id, ()))
        standing += judged.diagnostics
        if judged.waivers:
            waived[node.id] = judged.waivers
    return Judgement(_in_order(standing), waived)


def check_node(
    node: Node,
    tree: Tree,
    rules: tuple[Rule, ...],
    said: Iterable[Diagnostic] = (),
    as_of: date | None = None,
) -> Judged:
    """What is wrong with one node; `said` is what reading and building had to say of it.

    Waivers are judged by the day `as_of`, the tree's by default: the engine knows
    without asking on which days they hold.
    """
    remarks = [each if each.node else replace(each, node=node.id) for each in said]
    for rule in rules:
        if isinstance(node, rule.kinds):
            remarks += _said_by(rule, node, tree)
    remarks = in_force(remarks, rules)
    if not node.waivers:
        return Judged(_in_order(remarks))
    standing, waived = waivers.apply(
        node,
        _in_order(remarks),
        as_of=as_of or tree.as_of,
        codes=_codes(_types(rules)),
        judged=frozenset(each.code for each in rules if not each.severities.is_silent(node.path)),
    )
    return Judged(_in_order(in_force(standing, rules)), waived)


def _said_by(rule: Rule, node: Node, tree: Tree) -> Iterator[Diagnostic]:
    """What a rule says of a node. A rule that raises says so, and stops nothing."""
    try:
        yield from rule.check(node, tree)
    except Exception as error:  # noqa: BLE001 - rules are other people's code too
        what = f"the rule {rule.name()} failed on {node.id!r}: {type(error).__name__}: {error}"
        yield rule.about(node, node.at, what, Severity.ERROR)


def in_force(remarks: Iterable[Diagnostic], rules: tuple[Rule, ...]) -> list[Diagnostic]:
    """What rules among `rules` say, where they are not silent, with the settings' severities."""
    remarks = list(remarks)
    if not remarks:
        return remarks
    codes = _in_use(_types(rules))
    remarks = [each for each in remarks if each.code in codes]
    chosen = {each.code: each.severities for each in rules if each.severities is not USUAL}
    if not chosen:
        return remarks
    weighed = (chosen.get(each.code, USUAL).on(each) for each in remarks)
    return [each for each in weighed if each is not None]


def _in_order(remarks: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted, and each once."""
    once = {(each.order, each.node): each for each in remarks}
    return tuple(once[key] for key in sorted(once))


def _types(rules: tuple[Rule, ...]) -> tuple[type[Rule], ...]:
    """What the caches below go by: options may hold what cannot be hashed."""
    return tuple(map(type, rules))


@cache
def _in_use(rules: tuple[type[Rule], ...]) -> frozenset[str]:
    return frozenset(each.code for each in rules)


@cache
def _codes(rules: tuple[type[Rule], ...]) -> Mapping[str, str]:
    """The code of every rule by the words that name it: its name, and the code itself.

    Rules that do not apply here can be named too; nothing is said of a waiver of theirs.
    """
    types = {*all_rules(), *rules}
    return {word.casefold(): each.code for each in types for word in (each.name(), each.code)}
