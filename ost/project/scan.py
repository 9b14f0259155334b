"""Finds the files that exist, and those that may have changed since the last look.

A folder's signature holds, for each Markdown file and transcript in it, the time it was changed,
its size, its inode and the time its inode was changed; it is compared as bytes, so that looking at
an unchanged project costs little more than asking the file system. A file touched less than two
seconds before the look could change without a new signature, so the next look reads it again.
"""

import errno
import marshal
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

import msgspec

from ost.disk.fence import DENIED, LOOP, MISSING, OUTSIDE, SPECIAL, Fence
from ost.project.copies import may_be_copies, original
from ost.project.exclusion import Exclusions
from ost.project.fork import Forked, may_fork
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS

SUFFIXES = MARKDOWN + TRANSCRIPTS
_FRESH = 2_000_000_000
_MANY = 5_000
_SAYING = frozenset({".gitignore", "pyvenv.cfg"})
"""Files that determine which folders around them are read."""

NEVER = frozenset({"node_modules", "__pycache__"})

FileSignature = tuple[object, ...]
"""(name, changed, size, inode, inode changed) of a file; (name, "folder"); (name, why) of what
cannot be read."""

FOLDER = "folder"
MISNAMED = "misnamed"
REASONS = (OUTSIDE, LOOP, MISSING, DENIED, SPECIAL, MISNAMED)
"""Reasons for skipping something."""

COPY = "copy of "
"""Prefix of the reason to skip a copy; the original's name follows."""

Excluded = Callable[[str], bool]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[object, ...]]).decode


class ScanResult(NamedTuple):
    """The result of a look at the folders. `changed` maps a path to its entry, or to None if it was
    deleted.
    """

    folders: dict[str, bytes]
    changed: dict[str, FileSignature | None]


def look(
    root: str,
    known: Mapping[str, bytes],
    files: int = 0,
    excluded: Excluded | None = None,
    fence: Fence | None = None,
    edited: Iterable[str] | None = None,
) -> ScanResult:
    """Compares the folders with their `known` signatures; without any, everything counts as
    changed.

    `files` is their approximate number: with very many, a second process looks at half of them.
    Targets of links outside the `fence`, which is `root` by default, are skipped. If paths are
    known to be `edited`, it looks at their folders alone.
    """
    start = time.time_ns()
    fence = fence or Fence(root)
    around = None if edited is None else _around(edited, known)
    differing = dict(
        _differing(root, known, files, excluded, fence)
        if around is None
        else _compare(root, around, known, excluded, fence)
    )
    if known and not differing:
        return ScanResult(dict(known), {})
    folders = dict(known)
    changed: dict[str, FileSignature | None] = {}
    gone: list[str] = []
    queue = list(differing.items()) if known else [("", _entries(root, "", excluded, fence))]
    for folder, entries in queue:
        old = _written(folders[folder]) if folder in folders else []
        before = {_join(folder, each[0]): each for each in old}
        after = {_join(folder, each[0]): each for each in entries or ()}
        both = _folders_in(before), _folders_in(after)
        gone += both[0] - both[1]
        changed |= dict.fromkeys((before.keys() - both[0]) - (after.keys() - both[1]))
        for path, entry in after.items():
            if entry[1] == FOLDER:
                if path not in folders:
                    queue.append((path, _entries(root, path, excluded, fence)))
            elif before.get(path) != entry:
                changed[path] = entry
        if entries is None:
            folders.pop(folder, None)
        else:
            folders[folder] = _signature([_settled(each, start) for each in entries])
    return _leave(gone, known, ScanResult(folders, changed))


def _folders_in(entries: Mapping[str, FileSignature]) -> set[str]:
    return {path for path, entry in entries.items() if entry[1] == FOLDER}


def _leave(gone: Collection[str], known: Mapping[str, bytes], looked: ScanResult) -> ScanResult:
    """The signatures, without folders that are no longer listed and everything below them. These
    may still exist, excluded or behind a link.
    """
    if not gone:
        return looked
    lost = tuple(f"{each}/" for each in gone)
    folders = {
        path: each for path, each in looked.folders.items() if not f"{path}/".startswith(lost)
    }
    changed = {path: each for path, each in looked.changed.items() if not path.startswith(lost)}
    for folder in known.keys() - folders.keys():
        written = (each for each in _written(known[folder]) if each[1] != FOLDER)
        changed |= {_join(folder, each[0]): None for each in written}
    return ScanResult(folders, changed)


def _around(edited: Iterable[str], known: Mapping[str, bytes]) -> set[str] | None:
    """The folders of these paths, and the folders that are or were at or below them; None if a path
    is in no known folder or determines which other folders are read.
    """
    found: set[str] = set()
    for path in edited:
        folder, _, name = path.rpartition("/")
        if name in _SAYING:
            return None
        found.add(folder)
        if path in known:
            found |= {each for each in known if f"{each}/".startswith(f"{path}/")}
    return found if found <= known.keys() else None


def _differing(
    root: str, known: Mapping[str, bytes], files: int, excluded: Excluded | None, fence: Fence
) -> list[tuple[str, list[FileSignature] | None]]:
    folders = list(known)
    if files < _MANY or len(folders) < 4 or not may_fork():
        return _compare(root, folders, known, excluded, fence)
    half = len(folders) // 2
    other = Forked(
        lambda file: marshal.dump(_compare(root, folders[half:], known, excluded, fence), file),
        small=True,
    )
    found = _compare(root, folders[:half], known, excluded, fence)
    with other.result() as file:
        return found + list(marshal.load(file))


def _compare(
    root: str,
    folders: Iterable[str],
    known: Mapping[str, bytes],
    excluded: Excluded | None,
    fence: Fence,
) -> list[tuple[str, list[FileSignature] | None]]:
    differing = []
    for folder in folders:
        entries = _entries(root, folder, excluded, fence)
        if entries is None or _signature(entries) != known[folder]:
            differing.append((folder, entries))
    return differing


def _signature(entries: list[FileSignature]) -> bytes:
    try:
        return _encode(entries)
    except UnicodeEncodeError:  # names that are not UTF-8
        return _encode([(os.fsencode(str(each[0])), *each[1:]) for each in entries])


def _written(signature: bytes) -> list[FileSignature]:
    """The entries in a signature."""
    entries: list[FileSignature] = _decode(signature)
    return [
        (os.fsdecode(each[0]), *each[1:]) if isinstance(each[0], bytes) else each
        for each in entries
    ]


def _settled(entry: FileSignature, start: int) -> FileSignature:
    """The entry, or one that equals no other if the file is too recent to trust."""
    newest = max((each for each in (*entry[1:2], *entry[4:]) if isinstance(each, int)), default=0)
    return entry if newest < start - _FRESH else (entry[0], -1, *entry[2:])


def _entries(
    root: str, folder: str, excluded: Excluded | None, fence: Fence
) -> list[FileSignature] | None:
    """The relevant entries of a folder, by name; None if it cannot be read."""
    found: list[FileSignature] = []
    place = f"{root}/{folder}" if folder else root
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
                    stat = entry.stat(follow_symlinks=False)
                    found.append(
                        (name, stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)
                    )
                elif name[0] != ".":
                    other = _other(entry, place, root, fence)
                    if other:
                        found.append(other)
    except FileNotFoundError:
        return None
    except PermissionError:
        return None if not folder else [("", DENIED)]
    except NotADirectoryError:
        return None
    found = _left(found, folder, excluded)
    found.sort()
    return found


def _left(
    found: list[FileSignature], folder: str, excluded: Excluded | None
) -> list[FileSignature]:
    """The entries without excluded ones, with copies marked.

    It tests all names at once, so that thousands of included files cost little.
    """
    names = "\n".join([str(each[0]) for each in found])
    if not names.isascii():
        found = [each if _encodable(each[0]) else _misnamed(each[0], found) for each in found]
        names = "\n".join([str(each[0]) for each in found])
    lines = names.count("\n") < len(found)  # unless a name has a line end
    all_stay = lines and isinstance(excluded, Exclusions) and not excluded.may_leave(folder, names)
    if excluded is not None and not all_stay:
        found = [each for each in found if not excluded(_join(folder, each[0]))]
    return _without_copies(found, folder, excluded) if may_be_copies(names) else found


def _without_copies(
    found: list[FileSignature], folder: str, excluded: Excluded | None
) -> list[FileSignature]:
    """The entries, with copies replaced by why to skip them. `exclude` may include copies."""
    names = {str(each[0]) for each in found if each[1] != FOLDER}
    kept = excluded.kept if isinstance(excluded, Exclusions) else None
    made = []
    for entry in found:
        name = str(entry[0])
        first = original(name, names)
        alone = first and not (kept and kept(_join(folder, name)))
        made.append((name, COPY + first) if alone else entry)
    return made


def _encodable(name: object) -> bool:
    """Whether a file's name is UTF-8."""
    return not any("\ud800" <= each <= "\udfff" for each in str(name))


def _misnamed(name: object, beside: Iterable[FileSignature]) -> FileSignature:
    """A printable, unique name for a file or folder whose name is not UTF-8."""
    data = os.fsencode(str(name))
    shown = data.decode("utf-8", "backslashreplace")
    names = {each[0] for each in beside}
    return (f"{shown}\\" if shown in names else shown, MISNAMED)


def _other(entry: "os.DirEntry[str]", place: str, root: str, fence: Fence) -> FileSignature | None:
    """The entry of a folder, a symbolic link or something odd."""
    name = entry.name
    wanted = name.endswith(SUFFIXES)
    try:
        if entry.is_dir():
            if name in NEVER or os.path.exists(f"{entry.path}/pyvenv.cfg"):
                return None
            if not entry.is_symlink():
                return (name, FOLDER)
            if why := fence.resolve(entry.path).why:
                return (name, why)
            return _linked(name, os.path.realpath(entry.path), place, root)
        if not wanted:
            return None
        if entry.is_symlink() and (why := fence.resolve(entry.path).why):
            return (name, why)
        if not entry.is_file():
            stat = entry.stat()
            return (name, SPECIAL)
        stat = entry.stat()
    except OSError as error:
        looping = error.errno == errno.ELOOP
        return (name, LOOP if looping else MISSING) if wanted or looping else None
    return (name, stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)


def _linked(name: str, target: str, place: str, root: str) -> FileSignature | None:
    """A linked folder: followed unless it leads back up or to a folder that is read anyway.

    Up means along the path taken, which may include other links.
    """
    above = place
    while len(above) >= len(root):
        if f"{os.path.realpath(above)}/".startswith(f"{target}/"):
            return (name, LOOP)
        above = above.rpartition("/")[0]
    return None if f"{target}/".startswith(f"{os.path.realpath(root)}/") else (name, FOLDER)


def _join(folder: str, name: object) -> str:
    return f"{folder}/{name}" if folder and name else f"{folder}{name}"
