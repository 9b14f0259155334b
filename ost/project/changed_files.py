"""Asks git which files changed since the default branch.

A repository's settings may name programs for git to run. Here git runs none of them: file monitor,
hooks, external diff, text conversion and filters are off.
"""

import os
import subprocess
from pathlib import Path

from ost.errors import Misuse, Trouble

_SAFE = ("--no-optional-locks", "--no-pager")
_SETTINGS = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false")
_DEFAULT = ("refs/remotes/origin/main", "refs/remotes/origin/master", "main", "master")
_SECONDS = 60
"""After this many seconds, git counts as stuck."""


def changed_files(folder: Path) -> frozenset[str]:
    """The real paths of files that differ from the default branch: committed since, in the index,
    in the working tree, or new.

    On the default branch itself, uncommitted files. Outside a repository, a usage error.
    """
    git = _Git(folder)
    top = git.line("rev-parse", "--show-toplevel")
    if not top:
        why = "this is not a git repository" if "not a git" in git.why else git.why
        raise Misuse(f"--mine compares files with git: {why or 'there is no working tree'}")
    base = git.base()
    compared = (
        ("diff", "--name-only", "-z", *_PLAIN, base, "--")
        if base
        else ("ls-files", "--cached", "-z")
    )
    names = [*git.names(*compared), *git.names("ls-files", "--others", "--exclude-standard", "-z")]
    root = os.path.realpath(top)
    return frozenset(os.path.realpath(os.path.join(root, name)) for name in names)


_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=all")


class _Git:
    """The git program in a folder, from the top of its repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.why = ""
        self.settings: tuple[str, ...] = _SETTINGS
        top = self.line("rev-parse", "--show-toplevel")
        if top:
            self.folder = Path(top)
            self.settings += tuple(self._filters())

    def base(self) -> str:
        """The commit at which this branch left the default branch; "" before the first commit."""
        if not self.line("rev-parse", "--verify", "--quiet", "HEAD"):
            return ""
        remote = self.line("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        for branch in (remote, *_DEFAULT):
            if branch and (found := self.line("merge-base", "HEAD", branch)):
                return found
        return "HEAD"

    def _filters(self) -> list[str]:
        """Settings that make every filter do nothing."""
        found = self.names("config", "--name-only", "-z", "--get-regexp", r"^filter\.")
        names = {key.rpartition(".")[0] for key in found}
        return [
            f"{name}.{what}"
            for name in sorted(names)
            if "=" not in name
            for what in ("clean=", "smudge=", "process=", "required=false")
        ]

    def line(self, *arguments: str) -> str:
        """Git's answer on one line; "" if it fails."""
        return os.fsdecode(self._run(*arguments)).strip("\n")

    def names(self, *arguments: str) -> list[str]:
        """Git's list, separated by null bytes."""
        return [os.fsdecode(each) for each in self._run(*arguments).split(b"\0") if each]

    def _run(self, *arguments: str) -> bytes:
        settings = [word for each in self.settings for word in ("-c", each)]
        command = ["git", *_SAFE, *settings, *arguments]
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise Misuse("--mine needs the git program; install git") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Trouble(f"git could not be run: {error}") from None
        if done.returncode:
            message = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            self.why = message.removeprefix("fatal: ") or self.why
            return b""
        return done.stdout


def _environment() -> dict[str, str]:
    """The caller's environment, without programs for git to run and without prompts."""
    kept = {name: value for name, value in os.environ.items() if name not in _PROGRAMS}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


_PROGRAMS = frozenset({"GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS"})
