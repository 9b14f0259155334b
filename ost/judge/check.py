"""The judge: runs every rule on every node and applies waivers. It knows no particular rule.

`check_node` judges one node, so that a small change needs only the nodes around it; `judge` judges
all nodes, and `check` returns only its diagnostics.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec
from msgspec import Struct
from msgspec.structs import astuple, replace

from ost.expression import expression
from ost.judge import waivers
from ost.judge.catalog import all_rules, choose, configure, is_ours
from ost.judge.rule import Rule
from ost.judge.severities import USUAL
from ost.judge.waivers import Waived
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.tree.model import Node, NodeId
from ost.tree.tree import Tree

__all__ = [
    "Judged",
    "Judgement",
    "Ruleset",
    "Waived",
    "all_rules",
    "check",
    "check_node",
    "choose",
    "configure",
    "judge",
]


class Judged(Struct, frozen=True):
    """The diagnostics of one node that no waiver silences, and the states of its waivers."""

    diagnostics: tuple[Diagnostic, ...]
    waivers: tuple[Waived, ...] = ()

    def counts(self) -> tuple[int, int, int]:
        """How many errors, warnings and waivers in force there are."""
        weights = [each.severity for each in self.diagnostics]
        waived = sum(each.state == "active" for each in self.waivers)
        return weights.count(Severity.ERROR), weights.count(Severity.WARNING), waived


class Judgement(Struct, frozen=True):
    """The diagnostics of a tree that no waiver silences, and the states of waivers by node."""

    diagnostics: tuple[Diagnostic, ...]
    waivers: Mapping[NodeId, tuple[Waived, ...]]


class Ruleset:
    """The rules to judge by, those for each kind, and their severities."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Holds these rules."""
        self.rules = tuple(rules)
        self._of: dict[tuple[type[Node], bool, frozenset[str]], tuple[Rule, ...]] = {}
        self._needed: dict[type[Node], frozenset[str]] = {}
        self._codes = frozenset(each.code for each in self.rules)
        self._severities = {
            each.code: each.severities for each in self.rules if each.severities is not USUAL
        }

    def of(self, node: Node) -> tuple[Rule, ...]:
        """The rules that look at a node, by its kind, whether it is a draft, and what it lacks."""
        kind, draft = type(node), node.draft
        needed = self._needed.get(kind)
        if needed is None:  # only fields: a property might raise, or ask another node unnoticed
            fields = frozenset(kind.__struct_fields__)
            self._needed[kind] = needed = fields.intersection(each.needs for each in self.rules)
        lacking = frozenset([each for each in needed if not getattr(node, each)])
        key = (kind, draft, lacking)
        if key not in self._of:
            self._of[key] = tuple(
                each
                for each in self.rules
                if issubclass(kind, each.kinds)
                and (each.drafts or not draft)
                and each.needs not in lacking
            )
        return self._of[key]

    @cached_property
    def others(self) -> bool:
        """Whether there are rules of other packages."""
        return not all(map(is_ours, self.rules))

    def in_force(self, remarks: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics of these rules as the settings weigh them, without silent rules."""
        remarks = [each for each in remarks if each.code in self._codes]
        if not self._severities:
            return remarks
        weighed = (self._severities.get(each.code, USUAL).on(each) for each in remarks)
        return [each for each in weighed if each is not None]

    @cached_property
    def named(self) -> Mapping[str, str]:
        """The code of every rule by its name and by the code itself.

        Rules that do not apply here can be named, too; their waivers are not reported.
        """
        types = {*all_rules(), *(type(each) for each in self.rules)}
        return {word.casefold(): each.code for each in types for word in (each.name(), each.code)}

    def judged(self, node: Node) -> frozenset[str]:
        """The codes of the rules that are not silent on a node."""
        return frozenset(
            each.code
            for each in self.rules
            if not each.severities.is_silent(node.path) and (each.drafts or not node.draft)
        )


def check(tree: Tree, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """The diagnostics of a tree in reading order, including those of reading and building."""
    return judge(tree, rules).diagnostics


def judge(tree: Tree, rules: Iterable[Rule], further: Iterable[Diagnostic] = ()) -> Judgement:
    """The diagnostics of a tree and the states of its waivers.

    Diagnostics of reading and building, and `further` ones of others, are kept if their rule is
    among `rules`. Those of a file belong to its node.
    """
    ruleset = Ruleset(rules)
    own = {each.path: each.id for each in tree.by_id.values() if not each.entry.id}
    by_node: dict[str, list[Diagnostic]] = {"": [*further]}
    for diagnostic in tree.diagnostics:
        about = NodeId(diagnostic.node or own.get(diagnostic.path, ""))
        by_node.setdefault(about if about in tree.by_id else "", []).append(diagnostic)
    standing = ruleset.in_force(by_node[""])
    waived: dict[NodeId, tuple[Waived, ...]] = {}
    for node in tree.by_id.values():
        judged = check_node(node, tree, ruleset, by_node.get(node.id, ()))
        standing += judged.diagnostics
        if judged.waivers:
            waived[node.id] = judged.waivers
    return Judgement(_in_order(standing), waived)


def check_node(
    node: Node,
    tree: Tree,
    rules: Ruleset,
    diagnostics: Iterable[Diagnostic] = (),
    as_of: date | None = None,
) -> Judged:
    """The diagnostics of one node; `diagnostics` holds those of reading and building.

    Waivers are judged on the day `as_of`, by default the tree's: the engine knows their days
    without reading the tree.
    """
    remarks = [each if each.node else replace(each, node=node.id) for each in diagnostics]
    found: list[Diagnostic] = []
    for rule in rules.of(node):
        try:
            found += rule.check(node, tree)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - rules are other people's code too
            found.append(_failed(rule, node, error))
        if found:
            remarks += _kept(rule, node, found)
            found.clear()
    remarks = rules.in_force(remarks)
    if not node.waivers:
        return Judged(_in_order(remarks))
    standing, waived = waivers.apply(
        node,
        _in_order(remarks),
        as_of=as_of or tree.as_of,
        codes=rules.named,
        judged=rules.judged(node),
    )
    return Judged(_in_order(rules.in_force(standing)), waived)


class UnfitError(Exception):
    """Says why what a rule says of a node cannot be kept."""


def _failed(rule: Rule, node: Node, error: BaseException) -> Diagnostic:
    """The diagnostic of a node for which a rule fails. Other rules still run."""
    try:
        why = str(error)
    except Exception:  # noqa: BLE001 - see above
        why = "it does not say why"
    if not isinstance(error, UnfitError):
        why = f"{type(error).__name__}: {why}"
    # The same in every process, and text that can be written down.
    why = _ADDRESS.sub("", why).encode("utf-8", "backslashreplace").decode()
    what = f"the rule {rule.name()} failed on {node.id!r}: {why}"
    return Rule.about(rule, node, node.at, what, Severity.ERROR)


_ADDRESS = expression(r" at 0x[0-9a-fA-F]+")


def _kept(rule: Rule, node: Node, diagnostics: Iterable[object]) -> list[Diagnostic]:
    """What a rule says of a node, in values of our own types.

    A diagnostic about another node would not follow that node's changes.
    """
    try:
        return [_plain(_fit(rule, node, each)) for each in diagnostics]
    except Exception as error:  # noqa: BLE001 - even to show a value may fail
        return [_failed(rule, node, error)]


def _fit(rule: Rule, node: Node, remark: object) -> Diagnostic:
    if not isinstance(remark, Diagnostic):
        why = f"it yields {remark!r}; yield `self.about(node, node.at, message)`"
    elif (remark.node, remark.path) != (node.id, node.path):
        other = remark.path if remark.node in {"", node.id} else remark.node
        why = f"it reports {other!r}; report the node that is checked"
    elif remark.code != rule.code:
        why = f"it reports the code {remark.code!r} and has the code {rule.code!r}"
    elif not _is_place(remark.at):
        why = f"its place is {remark.at!r}; use `node.at` or `node.place(field)`"
    elif not isinstance(remark.message, str):
        why = f"its message is {remark.message!r}; use text"
    else:
        return remark
    raise UnfitError(why)


def _is_place(at: object) -> bool:
    """Whether every door can show it."""
    if not isinstance(at, Place):
        return False
    return all(isinstance(each, int) and 0 <= each < 1 << 31 for each in astuple(at))


def _plain(remark: Diagnostic) -> Diagnostic:
    try:
        return _decode(_encode(remark))
    except (ValueError, TypeError, OverflowError) as error:  # those of msgspec are among them
        raise UnfitError(f"its report cannot be written down: {error}") from None


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Diagnostic).decode


def _in_order(remarks: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted, without duplicates."""
    if len(remarks) < 2:
        return tuple(remarks)
    once = {(each.order, each.node): each for each in remarks}
    return tuple(once[key] for key in sorted(once))
