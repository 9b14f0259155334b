"""The remote of the repository around a folder, from git's files, without starting a program."""

import os
from typing import NamedTuple

from msgspec.structs import replace

from ost.expression import expression
from ost.settings.config import Settings

_LARGEST = 1_000_000


class Remote(NamedTuple):
    """The address of `origin`, the branch that is edited there, and the folder's path inside."""

    address: str = ""
    branch: str = ""
    folder: str = ""


def remote(root: str | os.PathLike[str]) -> Remote:
    """The remote, without an address if git's files name none."""
    top = os.path.realpath(root)
    inside: list[str] = []
    while not os.path.exists(os.path.join(top, ".git")):
        above, name = os.path.split(top)
        if above == top:
            return Remote()
        top, inside = above, [name, *inside]
    git = os.path.join(top, ".git")
    if os.path.isfile(git):  # a worktree or a submodule names the folder of its own files
        own = os.path.join(top, _text(git).removeprefix("gitdir:").strip())
        git = os.path.normpath(os.path.join(own, _text(os.path.join(own, "commondir")).strip()))
    address = _origin(_text(os.path.join(git, "config")))
    main = _text(os.path.join(git, "refs", "remotes", "origin", "HEAD"))
    branch = main.strip().removeprefix("ref: refs/remotes/origin/") if "origin/" in main else "main"
    return Remote(address, branch, "/".join(inside))


def editable(root: str | os.PathLike[str], settings: Settings) -> Settings:
    """The settings with an address for editing files: their own, or that of the remote's forge."""
    if settings.edit_url:
        return settings
    found = remote(root)
    if not found.address:
        return settings
    from ost.exchange.forges import hosted  # most folders have no remote

    at = hosted(found.address)
    if at is None:
        return settings
    content = os.path.normpath(f"{found.folder}/{settings.content}").strip("/")
    return replace(settings, edit_url=at.edit(found.branch, content))


def _origin(config: str) -> str:
    """The address of the remote `origin`."""
    section = ""
    for line in config.split("\n"):
        if line.lstrip().startswith("["):
            section = line.strip()
        elif section == '[remote "origin"]' and (found := _URL.match(line)):
            return found[1].strip().strip('"')
    return ""


_URL = expression(r"\s*url\s*=\s*(.*)")


def _text(path: str) -> str:
    """A small file's text; "" when it cannot be read. It never opens a pipe, which would block."""
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(_LARGEST)
    except OSError:
        return ""
