"""All rules: ours and those of other packages."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from ost.judge.catalog import Unloadable, all_rules, with_rules
from ost.judge.rule import Rule
from ost.project.kinds import load_kinds
from ost.project.packages import may_add, sources_of
from ost.tree.model import KINDS, OWN, Node

if TYPE_CHECKING:
    from ost.read.diagnostic import Diagnostic

GROUP = "ost.rules"


def available_rules() -> tuple[type[Rule], ...]:
    """Every rule, including those of other packages."""
    return all_rules(package_rules())


def rule_names(diagnostics: "Iterable[Diagnostic]", names: Mapping[str, str]) -> Mapping[str, str]:
    """The names of rules by code, including every code of a finding; `names` are the state's."""
    if all(each.code in names for each in diagnostics):
        return names
    return {**names, **{each.code: each.name() for each in available_rules()}}


@cache
def package_sources() -> tuple[str, ...]:
    """The files of other packages' rules and kinds, on which findings and records depend."""
    return sources_of([*package_rules(), *other_kinds()])


def other_kinds() -> list[type[Node]]:
    """The kinds of other packages that are loaded."""
    return [kind for name, kind in KINDS.items() if name not in OWN]


def package_rules() -> list[object]:
    """The rules of other packages; a rule that cannot be loaded is reported, and the others still
    run.
    """
    found: list[object] = [*load_kinds()]
    if not may_add(GROUP):
        return found
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP):
        try:
            found.append(with_rules(point.load()))
        except Exception as error:  # noqa: BLE001 - other people's code may raise anything
            found.append(Unloadable(point.value, f"{type(error).__name__}: {error}"))
    return found
