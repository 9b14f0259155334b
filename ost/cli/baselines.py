"""Finds and writes the baseline's file."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ost.cli.files import rewrite
from ost.cli.workspace import CommandProject, display_path
from ost.exchange import baseline
from ost.exchange.reports.paint import safe
from ost.project.baseline import apply_baseline as hold_back
from ost.project.baseline import entries_of, lines
from ost.read.diagnostic import Diagnostic

DEFAULT = "ost-baseline.jsonl"


def apply_baseline(
    opened: CommandProject,
    diagnostics: Iterable[Diagnostic],
    names: Mapping[str, str],
    file: Path | None,
) -> tuple[baseline.BaselineResult, str]:
    """Splits diagnostics by the baseline, and returns its name as well. Without a `file`, the
    settings name it; without a baseline, all diagnostics remain.
    """
    if file is None:
        if not opened.settings.baseline:
            return baseline.BaselineResult(tuple(diagnostics)), ""
        file = opened.root / opened.settings.baseline
        if (data := opened.committed(opened.settings.baseline)) is not None:
            path = os.path.relpath(file, opened.content).replace(os.sep, "/")
            entries = entries_of(data, display_path(file))
            return baseline.apply_baseline(diagnostics, entries, names, path), display_path(file)
    return hold_back(opened.project, diagnostics, names, file, display_path(file)), display_path(
        file
    )


def write(
    opened: CommandProject, diagnostics: Iterable[Diagnostic], names: Mapping[str, str], file: str
) -> str:
    """Writes the current findings and says so. Keeps entries of rules that were not applied."""
    path = Path(file) if file else opened.root / (opened.settings.baseline or DEFAULT)
    judged = set(names.values())
    before = lines(path, opened.root, display_path(path)) if path.exists() else ()
    kept = [each for each in before if each.entry.rule not in judged]
    diagnostics = tuple(diagnostics)
    rewrite(path, baseline.render(diagnostics, names, kept).encode(), opened.root)
    count = f"{len(diagnostics)} findings" if len(diagnostics) != 1 else "1 finding"
    named = os.path.relpath(path, opened.root).replace(os.sep, "/")
    hint = "" if opened.settings.baseline else f'; add baseline = "{named}" to ost.toml'
    return safe(f"wrote {count} to {display_path(path)}{hint}") + "\n"
