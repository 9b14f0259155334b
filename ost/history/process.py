"""Runs the git program so that it only reads: programs named in a repository's settings, hooks and
attributes are never executed, and nothing is fetched.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from ost.errors import Trouble
from ost.expression import expression

# Settings of the repository that name programs or change the output. What is given here
# wins over every file of settings.
_SETTINGS = (
    "i18n.logOutputEncoding=UTF-8",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "core.commitGraph=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "gpg.program=false",
    "diff.external=",
    "diff.ignoreSubmodules=all",
    "diff.relative=false",
    "diff.orderFile=/dev/null",
    "color.ui=false",
    "merge.conflictStyle=merge",
    "credential.helper=",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_FORGOTTEN = (
    # A hook sets these for the programs it starts; here the folder decides the repository.
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"),
    *("GIT_NAMESPACE", "GIT_EXTERNAL_DIFF", "GIT_PAGER"),
    *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "LANGUAGE"),
)


MISSING = (
    "missing here, and ost fetches nothing; in a partial clone, "
    "`git fetch --refetch --no-filter` gets everything"
)
"""The message about objects that a repository lacks."""


def run(
    folder: Path, *arguments: str, given: bytes = b"", environment: Mapping[str, str] = {}
) -> "subprocess.CompletedProcess[bytes]":
    """Runs git to its end, with bytes to read."""
    try:
        return subprocess.run(
            _command(folder, arguments),
            input=given,
            capture_output=True,
            check=False,
            env={**_environment(), **environment},
        )
    except FileNotFoundError:
        raise Trouble(_NO_GIT) from None


def unnamed_file() -> IO[bytes]:
    """A new file that no one else sees."""
    if hasattr(os, "memfd_create"):  # `tempfile` takes as long to import as git takes to start
        return os.fdopen(os.memfd_create("ost"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


class Running:
    """A git process whose output is read while it runs. It ends with the block."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        stdin: IO[bytes] | None = None,
        environment: Mapping[str, str] = {},
    ) -> None:
        """Stores what to run; starts nothing yet."""
        self.folder, self.arguments, self.stdin = folder, arguments, stdin
        self.environment = environment

    def __enter__(self) -> IO[bytes]:
        self.errors = unnamed_file()
        try:
            self.process = subprocess.Popen(
                _command(self.folder, self.arguments),
                stdin=self.stdin or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                env={**_environment(), **self.environment},
            )
        except FileNotFoundError:
            raise Trouble(_NO_GIT) from None
        assert self.process.stdout is not None  # noqa: S101 - for the type checker
        return self.process.stdout

    def __exit__(self, kind: object, *_: object) -> None:
        if self.process.stdout is not None:
            self.process.stdout.close()
        code = self.process.wait()
        self.errors.seek(0)
        output = self.errors.read()
        self.errors.close()
        if code > 0 and kind is None:
            raise trouble(self.folder, output)


def trouble(folder: Path, output: bytes) -> Trouble:
    """Git's error in one line."""
    text = output.decode("utf-8", "replace").strip()
    if "dubious ownership" in text:
        at = re.search(r"repository at '(.*)'", text)
        there = at[1] if at else str(folder)
        return Trouble(
            f"git does not trust {there}, which belongs to someone else; if you do: "
            f"git config --global --add safe.directory {there}"
        )
    if "not a git repository" in text:
        return Trouble(f"{folder} is not in a git repository, so it has no revisions")
    if promised := re.search(r"could not fetch (\w+) from promisor", text):
        return Trouble(f"object {promised[1][:12]} is {MISSING}")
    if _LACKING.search(text):
        return Trouble("commits here lack objects; `git fsck` lists them, `git fetch` may get them")
    lines = [each for each in text.split("\n") if each.startswith(("fatal:", "error:"))]
    first = (lines or text.split("\n"))[0].partition(": ")[2] or text.split("\n")[0]
    return Trouble(f"git cannot read {folder}: {first or 'it does not say why'}")


_LACKING = expression(
    r"unable to read (?:tree|sha1|[0-9a-f]{40})|not a tree object|"
    r"Could not read [0-9a-f]{40}|bad object"
)
"""Git's messages about a missing object that a commit names."""


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    settings = (part for each in _SETTINGS for part in ("-c", each))
    return ["git", "--no-pager", "--no-optional-locks", "-C", str(folder), *settings, *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
    return {**kept, **_ENVIRONMENT}


_NO_GIT = "git is not installed; install it to read revisions"
