"""Which findings a change adds or removes, by rule and node, never by line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ost.read.diagnostic import Diagnostic


class Findings(NamedTuple):
    """New findings and gone findings, in reading order."""

    new: tuple[Diagnostic, ...] = ()
    gone: tuple[Diagnostic, ...] = ()


def compare_findings(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], became: Mapping[str, str]
) -> Findings:
    """`became` maps old ids to new ones. For one rule and node, only the surplus is new; a finding
    with an old message counts as the old one.
    """
    old, new = _grouped(before, became), _grouped(after, {})
    return Findings(_surplus(new, old), _surplus(old, new))


_Key = tuple[str, str, str]


def _grouped(
    diagnostics: Iterable[Diagnostic], became: Mapping[str, str]
) -> dict[_Key, list[Diagnostic]]:
    groups: dict[_Key, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        node = became.get(diagnostic.node, diagnostic.node)
        key = (diagnostic.code, node, "" if node else diagnostic.path)
        groups.setdefault(key, []).append(diagnostic)
    return groups


def _surplus(
    ours: Mapping[_Key, list[Diagnostic]], theirs: Mapping[_Key, list[Diagnostic]]
) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for key, group in ours.items():
        more = len(group) - len(theirs.get(key, ()))
        if more <= 0:
            continue
        known = Counter(each.message for each in theirs.get(key, ()))
        fresh = []
        for diagnostic in group:
            if known[diagnostic.message]:
                known[diagnostic.message] -= 1
            else:
                fresh.append(diagnostic)
        found += fresh[-more:]
    return tuple(sorted(found, key=lambda each: each.order))
