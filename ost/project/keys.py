"""The keys of a state: digests of the compiler and the settings it depends on."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ost import __file__ as package
from ost.settings.config import Settings

if TYPE_CHECKING:
    from ost.judge.rule import Rule

_STAGES = (
    ".",
    "settings",
    "read",
    "tree",
    "tree/kinds",
    "coach",
    "judge",
    "judge/rules",
    "compile",
    "publish",
    "project",
)
_HOME = Path(package).parent
_WHOLE = 1 << 160


def key(settings: Settings) -> str:
    """Changes when the compiler, the settings or the installed packages may have changed.

    It uses file times, so it is fast and means nothing on another machine.
    """
    seen = [repr(settings), sys.version, *_code_times()]
    for place in sys.path:
        if place.endswith("-packages"):
            seen.append(f"{place} {_changed(place)}")
    return sha1("\n".join(seen).encode(), usedforsecurity=False).hexdigest()


@cache
def _code_times() -> list[str]:
    """The times of the compiler's files when this process started, which runs that code."""
    seen: list[str] = []
    for stage in _STAGES:
        with os.scandir(_HOME / stage) as entries:
            seen += sorted(
                f"{each.name} {each.stat().st_mtime_ns} {each.stat().st_size}"
                for each in entries
                if each.name.endswith(".py")
            )
    return seen


def times(sources: tuple[str, ...]) -> str:
    """Changes when one of the files may have changed: the code of other packages' rules.

    Each is read once per process, which runs the code from when it started.
    """
    return " ".join(str(_changed_at_first(each)) for each in sources)


def boot() -> str:
    """Names the time since this machine started; "" if unknown."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def compiler(*stages: str) -> str:
    """A digest of the code of these stages (all by default): the same on every machine.

    Read once for each process, which runs the code that was there when it began.
    """
    code = "".join(map(_code, stages or _STAGES))
    return sha1(code.encode(), usedforsecurity=False).hexdigest()


@cache
def _code(stage: str) -> str:
    found, folder = sha1(usedforsecurity=False), _HOME / stage
    for name in sorted(each for each in os.listdir(folder) if each.endswith(".py")):
        with open(f"{folder}/{name}", "rb", buffering=0) as file:
            found.update(f"{stage}/{name}\0".encode() + file.read())
    return found.hexdigest()


def reader(settings: Settings) -> str:
    """A digest of what turns bytes into readings: the code, the kinds and the project's words."""
    from ost.project.kinds import load_kinds
    from ost.read.kinds import KINDS

    load_kinds()
    key = f"{compiler('read', 'project')} {KINDS!r} {settings.kinds!r} {settings.fields!r}"
    return sha1(key.encode(), usedforsecurity=False).hexdigest()


def walk_key(root: Path, settings: Settings, prefix: str) -> str:
    """A digest of what a walk through history depends on besides the commits; `prefix` is the
    project's folder in its repository.
    """
    code = f"{compiler()} {compiler('history')} {reader(settings)}"
    key = f"{code} {os.fspath(root)} {prefix}"
    return sha1(os.fsencode(key), usedforsecurity=False).hexdigest()


def basis(settings: Settings, rules: "Iterable[Rule]", sources: tuple[str, ...] = ()) -> str:
    """A digest of what builds depend on besides the files and the day. `sources` are the files of
    other packages' rules. If one changed after this process first saw it, the times count, too,
    because the process still runs the code from before.
    """
    chosen = [(each.name(), _options(each)) for each in rules]
    key = "\n".join([repr(settings), repr(chosen), compiler()])
    found = sha1(key.encode(), usedforsecurity=False)
    for source in sources:
        with suppress(OSError):
            found.update(Path(source).read_bytes())
    if any(_changed(each) != _changed_at_first(each) for each in sources):
        found.update(times(sources).encode())
    return found.hexdigest()


def _options(rule: "Rule") -> object:
    """A rule's options, the same in every process. Their `repr` is not: each process orders sets
    differently, and some values show their address in memory, so only their type counts.
    """

    def type_name(value: object) -> str:
        return type(value).__qualname__

    return msgspec.to_builtins(rule, order="deterministic", enc_hook=type_name)


def build_id(content: int, since: str, basis: str) -> str:
    """The id of a build: a digest of everything it depends on."""
    key = f"{content:x}\n{since}\n{basis}"
    return sha1(key.encode(), usedforsecurity=False).hexdigest()[:12]


def total(sum_before: int, gone: tuple[str, str] | None, come: tuple[str, str] | None) -> int:
    """The sum over all (path, content) with one removed and one added, in any order."""
    return (sum_before - _number(gone) + _number(come)) % _WHOLE


def _number(file: tuple[str, str] | None) -> int:
    if file is None:
        return 0
    text = "\0".join(file).encode("utf-8", "surrogateescape")
    return int.from_bytes(sha1(text, usedforsecurity=False).digest(), "big")


def _changed(place: str) -> int:
    try:
        return os.stat(place).st_mtime_ns
    except OSError:
        return 0


_changed_at_first = cache(_changed)
