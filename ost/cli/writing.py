"""Writes files for people: whole or not at all, and never over something that is there."""

import os
import tempfile
from pathlib import Path

from ost.cli.opening import near
from ost.errors import Misuse, Trouble

TEMPLATES = Path(__file__).parent.parent / "templates"


def create(path: Path, text: str) -> None:
    """A new file with this text. A reader sees all of it or nothing; what exists is left alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        raise Trouble(f"{near(path)} cannot be written: {error.strerror}") from None
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a handle
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, 0o666 & ~_umask())  # noqa: PTH101
        _appear(Path(aside), path)
    except FileExistsError:
        raise Misuse(f"{near(path)} exists already; it is left as it is") from None
    except OSError as error:
        raise Trouble(f"{near(path)} cannot be written: {error.strerror}") from None
    finally:
        Path(aside).unlink(missing_ok=True)


def rewrite(path: Path, data: bytes) -> None:
    """Give a file these bytes. A reader sees all of the old or all of the new; links stay links."""
    path = Path(os.path.realpath(path))
    try:
        mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(aside, mode)  # noqa: PTH101
            Path(aside).replace(path)
        finally:
            Path(aside).unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(f"{near(path)} cannot be written: {error.strerror}") from None


def template(name: str) -> str:
    """A template's text."""
    return (TEMPLATES / name).read_text("utf-8")


def _appear(aside: Path, path: Path) -> None:
    """Give a finished file its name, unless it is taken: where a rename wins, a link fails."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb") as file:
            file.write(aside.read_bytes())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
