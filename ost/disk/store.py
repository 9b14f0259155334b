"""The files of a project's cache between runs; only this module opens and replaces them.

The state is in the user's cache folder, never in the repository, so nothing in a repository can
pass for the state of an earlier run. Every file is created exclusively, under an unpredictable
name, in a folder that belongs to this user alone, and no link is followed.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b, sha256
from io import FileIO
from pathlib import Path
from typing import IO, TypeVar

import msgspec

Stored = TypeVar("Stored")

FileMark = tuple[int, int, int, int]
"""(inode, size, changed, inode changed) of a file: it changes with every write."""

STATE = "state.db"
CACHE = "cache.db"
PAST = "past.db"
LOCK = "lock"
_PRIVATE = 0o700
CHECKSUM = 16
"""The bytes of a checksum."""
_FRESH = 2_000_000_000
_TICKS = 20_000_000
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def folder(root: Path) -> Path:
    """The folder for the state of the project at `root`.

    If the user's cache folder is in the project's own repository, or belongs to another user, it
    is a new folder that is deleted when this process ends.
    """
    project, ours = os.path.realpath(root), caches()
    if _is_within(ours, repository(project)) or not _may_use(ours):
        return temporary()
    name = "".join(each for each in os.path.basename(project) if each.isalnum() and each.isascii())
    place = blake2b(os.fsencode(project), digest_size=12).hexdigest()
    return Path(ours, f"{name[:40]}-{place}")


def caches() -> str:
    """The folder of all states, which anyone may delete at any time."""
    place = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(place):  # a relative path could point into a repository
        place = os.path.expanduser("~/.cache")
    return os.path.join(os.path.realpath(place), "ost")


def temporary() -> Path:
    """A new folder that exists while this process runs."""
    import atexit
    import shutil
    import tempfile

    made = tempfile.mkdtemp(prefix="ost-")
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(made, ignore_errors=True)

    atexit.register(remove)
    return Path(made)


def repository(path: str) -> str:
    """The top of the repository around a folder; without a repository, the folder itself."""
    above = path
    while not os.path.lexists(os.path.join(above, ".git")):
        if os.path.dirname(above) == above:
            return path
        above = os.path.dirname(above)
    return above


def prepare(state: Path) -> None:
    """Creates the folder of a state, for this user alone. Anything else of that name is deleted."""
    os.makedirs(state.parent, _PRIVATE, exist_ok=True)
    with suppress(FileExistsError):
        state.mkdir(_PRIVATE)
        return
    seen = os.lstat(state)
    if not stat.S_ISDIR(seen.st_mode) or not _is_own(seen):
        delete(state)
        state.mkdir(_PRIVATE)
    elif stat.S_IMODE(seen.st_mode) != _PRIVATE:
        state.chmod(_PRIVATE)


@contextmanager
def locked(state: Path, *, exclusively: bool) -> Iterator[None]:
    """Waits for a state's lock: one process at a time changes it, or several read it."""
    path, flags = state / LOCK, os.O_RDWR | os.O_CREAT | _NO_LINK
    try:
        lock = os.open(path, flags, 0o600)
    except OSError:
        if not os.path.lexists(path):
            raise
        delete(path)
        lock = os.open(path, flags, 0o600)
    try:
        with suppress(ImportError, OSError):  # not every system has locks
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX if exclusively else fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)


def duplicate(file: Path, fresh: Path) -> None:
    """A copy of a file, for this user alone; it replaces anything of that name."""
    import shutil

    delete(fresh)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
    with file.open("rb") as source, os.fdopen(handle, "wb") as target:
        shutil.copyfileobj(source, target)


@contextmanager
def replacing(path: Path, mode: int = 0o666, spare: Path | None = None) -> Iterator[IO[bytes]]:
    """A new file that replaces any of its name once it is complete, or leaves nothing. In place of
    a new one it may be a `spare` one, with what that holds; it is gone in any case.
    """
    fresh = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    file = _take_exclusively(spare, fresh) if spare is not None else None
    if file is None:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK
        file = os.fdopen(os.open(fresh, flags, mode), "r+b")
    try:
        with file:
            yield file
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _take_exclusively(spare: Path, fresh: Path) -> IO[bytes] | None:
    """A file under a new name, unless anyone else can still read it: by another name, or because
    they opened it before.
    """
    with suppress(OSError):
        spare.rename(fresh)
        file = os.fdopen(os.open(fresh, os.O_RDWR | _NO_LINK), "r+b")
        if os.fstat(file.fileno()).st_nlink == 1 and _is_open_nowhere_else(file):
            return file
        file.close()
    delete(fresh)
    return None


def _is_open_nowhere_else(file: IO[bytes]) -> bool:
    """Whether no one else has the file open: Linux only grants a lease on such files."""
    try:
        import fcntl

        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except (ImportError, AttributeError, OSError):
        return False
    return True


def write(path: Path, data: bytes, *, synced: bool = False) -> None:
    """Writes these bytes to a file of the state; a reader sees all of them or none. `synced` if
    they must outlast a power failure.
    """
    if path.is_dir():
        delete(path)
    with replacing(path, 0o600) as file:
        file.write(data)
        if synced:
            file.flush()
            os.fsync(file.fileno())


def read(path: Path) -> bytes | None:
    """The bytes of a regular file, read through no link; None if there is none."""
    with suppress(OSError):
        if file := opened(path):
            with file:
                return file.read()
    return None


def opened(path: Path) -> FileIO | None:
    """A regular file, to be read through no link; None if there is none."""
    with suppress(OSError):
        # A pipe must not make us wait for its writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NO_LINK)
        file = FileIO(handle)
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return file
        file.close()
    return None


def save(path: Path, value: object, *, synced: bool = False) -> None:
    """Saves a value for a later run."""
    data = msgspec.msgpack.encode(value)
    write(path, checksum_of(data) + data, synced=synced)


def load(path: Path, type: type[Stored]) -> Stored | None:
    """The saved value; None if it is missing, damaged or from another version."""
    data = read(path) or b""
    checksum, data = data[:CHECKSUM], data[CHECKSUM:]
    if checksum != checksum_of(data):
        return None
    with suppress(msgspec.DecodeError, RecursionError):
        return msgspec.msgpack.decode(data, type=type)
    return None


def checksum_of(data: bytes) -> bytes:
    """The checksum of these bytes: with hardware support, a third of the time of others."""
    return sha256(data, usedforsecurity=False).digest()[:CHECKSUM]


def mark(path: Path) -> FileMark | None:
    """A mark of a regular file that changes with every write; None for anything else."""
    with suppress(OSError):
        seen = os.lstat(path)
        if stat.S_ISREG(seen.st_mode):
            return (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    return None


def is_old_enough(mark: FileMark) -> bool:
    """Whether a file is old enough that another write would change its mark.

    A file from a clock that is ahead never is. Where times are not finer than milliseconds, they
    may be as coarse as two seconds; elsewhere they are the ticks of the kernel's clock.
    """
    import time

    newest = max(mark[2:])
    fresh = _FRESH if newest % 1_000_000 == 0 else _TICKS
    return newest < time.time_ns() - fresh


def settle(mark: FileMark) -> bool:
    """Waits for as long as a file that was just written may need to settle; whether it has."""
    import time

    left = max(mark[2:]) + _TICKS - time.time_ns()
    time.sleep(min(max(left, 0), _TICKS) / 1_000_000_000)
    return is_old_enough(mark)


def delete(path: Path) -> None:
    """Deletes a file, a link (not its target) or a folder; does nothing if it does not exist."""
    try:
        path.unlink(missing_ok=True)
    except (
        IsADirectoryError,
        PermissionError,
    ):  # raised for a folder
        import shutil

        shutil.rmtree(path)


def link_in_path(path: Path, root: Path) -> Path | None:
    """The first link on a path inside the repository around `root`, if there is one.

    A path that is outside by its name alone is the caller's choice.
    """
    top = os.path.realpath(repository(os.path.realpath(root)))
    whole = Path(os.path.abspath(path))
    for part in reversed((whole, *whole.parents)):
        if part.is_symlink() and _is_within(os.path.realpath(part.parent), top):
            return part
    return None


def _is_within(path: str, above: str) -> bool:
    return f"{path}/".startswith(f"{above.rstrip('/')}/")


def _may_use(caches: str) -> bool:
    """Whether only this user can write to a folder, or could create it."""
    try:
        seen = os.stat(caches)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return stat.S_ISDIR(seen.st_mode) and _is_own(seen) and not seen.st_mode & 0o022


def _is_own(seen: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or seen.st_uid == os.geteuid()
