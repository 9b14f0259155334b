"""The baseline's file: found and written."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ost.cli.opening import Opened, near
from ost.cli.writing import rewrite
from ost.exchange import baseline
from ost.exchange.reports.paint import safe
from ost.project.baseline import hold as hold_back
from ost.project.baseline import lines
from ost.read.diagnostic import Diagnostic

DEFAULT = "ost-baseline.jsonl"


def hold(
    opened: Opened,
    diagnostics: Iterable[Diagnostic],
    names: Mapping[str, str],
    file: Path | None,
) -> tuple[baseline.Held, str]:
    """What the baseline makes of the diagnostics, and what it is called; without one all stand.

    `file` is the one that was asked for, else that of the settings counts.
    """
    if file is None:
        if not opened.settings.baseline:
            return baseline.Held(tuple(diagnostics)), ""
        file = opened.root / opened.settings.baseline
    return hold_back(opened.project, diagnostics, names, file, near(file)), near(file)


def write(
    opened: Opened, diagnostics: Iterable[Diagnostic], names: Mapping[str, str], file: str
) -> str:
    """Writes down what is found now, and says so. Entries of rules that were not applied stay."""
    path = Path(file) if file else opened.root / (opened.settings.baseline or DEFAULT)
    judged = set(names.values())
    before = lines(path, opened.root, near(path)) if path.exists() else ()
    kept = [each for each in before if each.entry.rule not in judged]
    diagnostics = tuple(diagnostics)
    rewrite(path, baseline.render(diagnostics, names, kept).encode(), opened.root)
    said = f"{len(diagnostics)} findings" if len(diagnostics) != 1 else "1 finding"
    named = os.path.relpath(path, opened.root).replace(os.sep, "/")
    hint = "" if opened.settings.baseline else f'; add baseline = "{named}" to ost.toml'
    return safe(f"wrote {said} to {near(path)}{hint}") + "\n"
