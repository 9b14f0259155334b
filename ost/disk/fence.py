"""A project's folder as a boundary: paths in content and settings stay inside it or are ignored.

Reading may follow a link that stays inside; writing and deleting follow none. Everything is opened
from the root down, folder by folder, each step refusing links (`openat` with `O_NOFOLLOW`), so that
a link created between the check and the opening has no effect. Only regular files are opened, no
pipe, device or socket.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

OUTSIDE = "outside"
LOOP = "loop"
MISSING = "missing"
DENIED = "denied"
SPECIAL = "special"

PRIVATE = frozenset({".git", ".ost"})
"""Folders in a project that are never content: they hold secrets or our own state."""

_CLOSED = os.O_CLOEXEC if hasattr(os, "O_CLOEXEC") else 0
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | _CLOSED
_READ = os.O_RDONLY | _NO_LINK | _CLOSED | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _CLOSED
_LINKS = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EMLINK})


class FencedPath(NamedTuple):
    """Where a path leads: below the root, without any link, parts joined with "/"; or why it is
    left out (`OUTSIDE`, `LOOP`, `MISSING`, `DENIED`, `SPECIAL`), if `why` is not empty.
    """

    path: str
    why: str = ""


class LinkError(OSError):
    """The path passes a link that is not followed."""

    def __init__(self, path: str) -> None:
        """Says which path passes a link."""
        super().__init__(errno.ELOOP, "the path passes a link that leads elsewhere", path)


class SpecialError(OSError):
    """A pipe, a device, a socket or a folder is in place of a file."""

    def __init__(self, path: str) -> None:
        """Says which path is not a file."""
        super().__init__(errno.EINVAL, "not a file", path)


class Fence:
    """The boundary around one folder."""

    def __init__(self, root: str | os.PathLike[str], content: str = "") -> None:
        """`content` is the content's folder below the root; it may be hidden itself,
        but links lead to nothing hidden.
        """
        self.root = os.path.realpath(root)
        self.content = os.path.realpath(os.path.join(self.root, content))
        self._top = self.relative(self.content).replace(os.sep, "/")

    def resolve(self, *candidates: str, settings: bool = False) -> FencedPath:
        """The first candidate that exists and is inside; without one, the reason why the last
        candidate that is not merely missing is ignored. Paths are absolute or start at the root.

        Nothing hidden is content. `settings` may name a hidden file, but nothing in `PRIVATE`.
        """
        left = MISSING
        for candidate in candidates:
            found = self._resolved(candidate, settings=settings)
            if not found.why:
                return found
            left = left if found.why == MISSING else found.why
        return FencedPath("", left)

    def _resolved(self, written: str, *, settings: bool) -> FencedPath:
        if "\0" in written:
            return FencedPath("", MISSING)
        whole = os.path.normpath(os.path.join(self.root, written))
        if not self._holds(whole):
            return FencedPath("", OUTSIDE)
        try:
            real = os.path.realpath(whole)
            if not self._holds(real) or self._hidden(real, settings=settings):
                return FencedPath("", OUTSIDE)
            kind = stat.S_IFMT(os.lstat(real).st_mode)
        except FileNotFoundError:
            return FencedPath("", MISSING)
        except NotADirectoryError:
            return FencedPath("", MISSING)
        except (OSError, ValueError) as error:
            known = {errno.ELOOP: LOOP, errno.ENAMETOOLONG: MISSING}
            return FencedPath("", known.get(getattr(error, "errno", 0), DENIED))
        if kind == stat.S_IFLNK:
            return FencedPath("", LOOP)
        if kind not in {stat.S_IFREG, stat.S_IFDIR}:
            return FencedPath("", SPECIAL)
        return FencedPath(self.relative(real))

    def inner(self, path: str) -> str:
        """A path that starts at the content folder, seen from the root."""
        return f"{self._top}/{path}" if self._top else path

    def relative(self, path: str) -> str:
        """A path inside, seen from the root."""
        return "" if path == self.root else path[len(self.root.rstrip(os.sep)) + 1 :]

    def _holds(self, path: str) -> bool:
        return _below(path, self.root)

    def _hidden(self, path: str, *, settings: bool) -> bool:
        parts = self.relative(path).split(os.sep)
        if PRIVATE.intersection(map(str.casefold, parts)):
            return True
        if settings:
            return False
        if _below(path, self.content):
            parts = path[len(self.content.rstrip(os.sep)) + 1 :].split(os.sep)
            return any(each.startswith(".") for each in parts[:-1])
        return any(each.startswith(".") for each in parts)

    def open(self, path: str) -> int:
        """A regular file for reading, to be closed. No part of the path may be a link."""
        folder, _, name = path.rpartition("/")
        above = self._folder(folder)
        try:
            return _regular(above, name, path)
        finally:
            os.close(above)

    def read(self, path: str, most: int = -1) -> bytes:
        """A regular file's bytes, no more than `most`. No part of the path may be a link."""
        with os.fdopen(self.open(path), "rb") as file:
            return file.read(most)

    def write(self, path: str, data: bytes, *, synced: bool = True) -> None:
        """Replaces a file's bytes: a reader sees either all of the old or all of the new ones.
        Folders are made. A link in the place of the file is replaced, never followed.
        """
        with self._temporary_file(path, data, synced=synced) as (above, aside, name):
            mode = _mode(above, name)
            if mode is not None:
                _chmod(above, aside, mode)
            os.replace(aside, name, src_dir_fd=above, dst_dir_fd=above)

    def create(self, path: str, data: bytes) -> None:
        """A new file with these bytes, all of them or nothing; `FileExistsError` if the name is
        taken, even by a dangling link.
        """
        with self._temporary_file(path, data) as (above, aside, name):
            try:
                os.link(aside, name, src_dir_fd=above, dst_dir_fd=above, follow_symlinks=False)
            except FileExistsError:
                raise
            except OSError:  # a file system without hard links
                handle = os.open(name, _WRITE, 0o666, dir_fd=above)
                with os.fdopen(handle, "wb") as file:
                    file.write(data)

    def remove(self, path: str) -> None:
        """Deletes a file or a link, not its target; does nothing if there is none."""
        folder, _, name = path.rpartition("/")
        try:
            above = self._folder(folder)
        except FileNotFoundError:
            return
        try:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=above)
        finally:
            os.close(above)

    @contextmanager
    def _temporary_file(
        self, path: str, data: bytes, *, synced: bool = True
    ) -> Iterator[tuple[int, str, str]]:
        """The bytes in a temporary file: its folder, its name, and its final name."""
        folder, _, name = path.rpartition("/")
        above = self._folder(folder, make=True)
        aside = f".{os.urandom(8).hex()}.new"
        try:
            with os.fdopen(os.open(aside, _WRITE, 0o666, dir_fd=above), "wb") as file:
                file.write(data)
                file.flush()
                if synced:
                    os.fsync(file.fileno())
            yield above, aside, name
        finally:
            with suppress(OSError):
                os.unlink(aside, dir_fd=above)
            os.close(above)

    def _folder(self, path: str, *, make: bool = False) -> int:
        """A folder, opened from the root down."""
        if make:
            os.makedirs(self.root, exist_ok=True)
        handle = os.open(self.root, _FOLDER)
        try:
            for part in path.split("/") if path else ():
                if part in {"", ".", ".."}:
                    raise LinkError(path)
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(part, dir_fd=handle)
                inner = os.open(part, _FOLDER | _NO_LINK, dir_fd=handle)
                os.close(handle)
                handle = inner
        except OSError as error:
            os.close(handle)
            raise (LinkError(path) if error.errno in _LINKS else error) from None
        return handle


class FenceInOrder(Fence):
    """The same boundary for many files, folder by folder: the last file's folder stays open, which
    takes a third of the time. To be closed.
    """

    def __init__(self, fence: Fence) -> None:
        """Nothing is open yet."""
        super().__init__(fence.root, fence.content)
        self._open: tuple[str, int] | None = None

    def open(self, path: str) -> int:
        """A regular file for reading, to be closed. No part of the path may be a link."""
        folder, _, name = path.rpartition("/")
        if self._open is None or self._open[0] != folder:
            self.close()
            self._open = folder, self._folder(folder)
        return _regular(self._open[1], name, path)

    def close(self) -> None:
        """Closes the folder."""
        if self._open is not None:
            os.close(self._open[1])
            self._open = None


def fence_around(path: str, *roots: str) -> tuple[Fence, str]:
    """For a typed path: the boundary from which it is opened, and the path from there.

    Anything below one of the roots may have come with a repository, so no link in it is followed.
    Elsewhere, links are the user's own, except in the last part.
    """
    whole = _whole(path)
    for root in map(os.path.realpath, roots):
        if whole != root and _below(whole, root):
            return Fence(root), whole[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
    folder, name = os.path.split(whole)
    return Fence(folder), name


def typed(path: str, *roots: str) -> int:
    """A file named by a typed path, open for reading; close it. Below one of the roots, only links
    that stay below it are followed; elsewhere, the path is the user's own.
    """
    whole = _whole(path)
    for root in roots:
        fence = Fence(root)
        if not _below(whole, fence.root):
            continue
        found = fence.resolve(whole, settings=True)
        if found.why == OUTSIDE:
            raise LinkError(path)
        if found.why == MISSING:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if found.why:
            raise SpecialError(path)
        return fence.open(found.path)
    return os.open(path, os.O_RDONLY | _CLOSED)


def _whole(path: str) -> str:
    if "\0" in path:
        raise OSError(errno.EINVAL, "a path cannot contain a null byte", path)
    return os.path.abspath(path)


def _below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _regular(above: int, name: str, path: str) -> int:
    """A regular file in an open folder; its type is checked before and after opening."""
    kind = os.stat(name, dir_fd=above, follow_symlinks=False).st_mode
    if stat.S_ISLNK(kind):
        raise LinkError(path)
    if not stat.S_ISREG(kind):
        raise SpecialError(path)
    handle = os.open(name, _READ, dir_fd=above)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SpecialError(path)
    return handle


def _mode(above: int, name: str) -> int | None:
    """The permissions of the file that is replaced; None if it is not a regular file."""
    try:
        found = os.stat(name, dir_fd=above, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return None
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None


def _chmod(above: int, name: str, mode: int) -> None:
    handle = os.open(name, _READ, dir_fd=above)
    try:
        os.fchmod(handle, mode)
    finally:
        os.close(handle)
