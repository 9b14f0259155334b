"""The rows of judgements: diagnostics, and waivers with their state."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ost.judge.waivers import Waived
from ost.publish.rows import Row, iso, key
from ost.read.diagnostic import Diagnostic


def diagnostic_rows(diagnostics: Iterable[Diagnostic], names: Mapping[str, str]) -> list[Row]:
    """Diagnostics, given in reading order, as rows; `names` are the rules' by their codes."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    made = []
    for each in diagnostics:
        said = (each.path, each.code, each.node, each.message)
        seen[said] += 1
        made.append(
            (
                key(*said, seen[said]),
                each.path,
                *each.at.shown(),
                each.code,
                names.get(each.code, ""),
                each.severity.value,
                each.message,
                each.node or None,
            )
        )
    return made


def waiver_rows(node_id: str, waived: tuple[Waived, ...]) -> list[Row]:
    """A node's waivers, each with its state."""
    seen: Counter[str] = Counter()
    made = []
    for each in waived:
        waiver = each.waiver
        seen[waiver.rule] += 1
        made.append(
            (
                key(node_id, waiver.rule, seen[waiver.rule]),
                node_id,
                waiver.rule,
                waiver.because,
                iso(waiver.until),
                each.state,
                waiver.at.line + 1,
            )
        )
    return made
