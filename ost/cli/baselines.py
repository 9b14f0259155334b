"""The baseline's file: found, read, written."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ost.cli.opening import Opened, near
from ost.cli.writing import rewrite
from ost.errors import Misuse, Trouble
from ost.exchange import baseline
from ost.exchange.reports.paint import safe
from ost.fence import typed
from ost.limits import whole
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
        lines = _parsed(file, opened.beside(opened.settings.baseline))
    else:
        lines = _read(file, opened)
    path = os.path.relpath(file, opened.content).replace(os.sep, "/")
    return baseline.hold(diagnostics, lines, names, path), near(file)


def write(
    opened: Opened, diagnostics: Iterable[Diagnostic], names: Mapping[str, str], file: str
) -> str:
    """Writes down what is found now, and says so. Entries of rules that were not applied stay."""
    path = Path(file) if file else opened.root / (opened.settings.baseline or DEFAULT)
    judged = set(names.values())
    before = _read(path, opened) if path.exists() else ()
    kept = [each for each in before if each.entry.rule not in judged]
    diagnostics = tuple(diagnostics)
    rewrite(path, baseline.render(diagnostics, names, kept).encode(), opened.root)
    said = f"{len(diagnostics)} findings" if len(diagnostics) != 1 else "1 finding"
    named = os.path.relpath(path, opened.root).replace(os.sep, "/")
    hint = "" if opened.settings.baseline else f'; add baseline = "{named}" to ost.toml'
    return safe(f"wrote {said} to {near(path)}{hint}") + "\n"


def _read(file: Path, opened: Opened) -> tuple[baseline.Line, ...]:
    if file.is_dir():
        raise Misuse(f"{near(file)} is a folder, not a baseline")
    try:
        handle = typed(os.fspath(file), os.fspath(opened.root), ".")
        data: bytes | None = whole(file, handle=handle)
    except FileNotFoundError:
        data = None
    except OSError as error:
        raise Trouble(f"{near(file)} cannot be read: {error.strerror or error}") from None
    return _parsed(file, data)


def _parsed(file: Path, data: bytes | None) -> tuple[baseline.Line, ...]:
    if data is None:
        raise Misuse(f"baseline {near(file)} does not exist; create it with --write-baseline")
    try:
        return baseline.read(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Trouble(f"{near(file)} cannot be read: {error}") from None
    except Misuse as error:
        raise Misuse(f"{near(file)}:{error}") from None
