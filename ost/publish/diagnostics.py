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
    for diagnostic in diagnostics:
        said = (diagnostic.path, diagnostic.code, diagnostic.node, diagnostic.message)
        seen[said] += 1
        made.append(
            (
                key(*said, seen[said]),
                diagnostic.path,
                *diagnostic.at.shown(),
                diagnostic.code,
                names.get(diagnostic.code, ""),
                diagnostic.severity.value,
                diagnostic.message,
                diagnostic.node or None,
            )
        )
    return made


def waiver_rows(node_id: str, waived: tuple[Waived, ...]) -> list[Row]:
    """A node's waivers, each with its state."""
    seen: Counter[str] = Counter()
    made = []
    for use in waived:
        waiver = use.waiver
        seen[waiver.rule] += 1
        made.append(
            (
                key(node_id, waiver.rule, seen[waiver.rule]),
                node_id,
                waiver.rule,
                waiver.because,
                iso(waiver.until),
                use.state,
                waiver.at.line + 1,
            )
        )
    return made
