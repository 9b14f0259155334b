"""The baseline's file: found, read, written."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ost.cli.opening import Opened, near
from ost.cli.writing import rewrite
from ost.errors import Misuse, Trouble
from ost.exchange import baseline
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
        lines = _read(file)
    path = os.path.relpath(file, opened.content).replace(os.sep, "/")
    return baseline.hold(diagnostics, lines, names, path), near(file)


def write(
    opened: Opened, diagnostics: Iterable[Diagnostic], names: Mapping[str, str], file: str
) -> str:
    """Writes down what is found now, and says so. Entries of rules that were not applied stay."""
    path = Path(file) if file else opened.root / (opened.settings.baseline or DEFAULT)
    judged = set(names.values())
    kept = [each for each in _read(path) if each.entry.rule not in judged] if path.exists() else []
    diagnostics = tuple(diagnostics)
    rewrite(path, baseline.render(diagnostics, names, kept).encode())
    said = f"{len(diagnostics)} findings" if len(diagnostics) != 1 else "1 finding"
    named = os.path.relpath(path, opened.root).replace(os.sep, "/")
    hint = "" if opened.settings.baseline else f'; in ost.toml: baseline = "{named}"'
    return f"wrote {said} to {near(path)}{hint}\n"


def _read(file: Path) -> tuple[baseline.Line, ...]:
    if file.is_dir():
        raise Misuse(f"{near(file)} is a folder, no baseline")
    try:
        data: bytes | None = whole(file)
    except FileNotFoundError:
        data = None
    except OSError as error:
        raise Trouble(f"{near(file)}: cannot be read: {error}") from None
    return _parsed(file, data)


def _parsed(file: Path, data: bytes | None) -> tuple[baseline.Line, ...]:
    if data is None:
        raise Misuse(f"there is no baseline {near(file)}; --write-baseline writes one")
    try:
        return baseline.read(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Trouble(f"{near(file)}: cannot be read: {error}") from None
    except Misuse as error:
        raise Misuse(f"{near(file)}:{error}") from None
