"""A commit next to the current branch, made of git's objects alone. It touches no file of the
checkout, no index and no existing branch, and runs no hook and no filter.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from ost.errors import Misuse, Trouble
from ost.history.git import Commit, Repository, Touch
from ost.history.process import run, trouble

_PLAIN = {"100644", "000000"}
_NAMELESS = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "ost propose"), ("EMAIL", "propose@localhost"))
}


class DraftCommit:
    """A draft of a commit on top of another one, in an index of its own."""

    def __init__(self, repository: Repository, base: Commit, folder: Path) -> None:
        """Starts with the files of `base`. `folder` is an empty folder for the index."""
        self.repository, self.base = repository, base
        self._environment = {"GIT_INDEX_FILE": str(folder / "index")}
        self._git("read-tree", base.tree)

    def put(self, files: Mapping[str, bytes | None]) -> None:
        """Writes files by their paths in the repository; None deletes a file."""
        lines = b""
        for path, data in files.items():
            name = b"0" * len(self.base.id)
            if data is not None:
                name = self._git("hash-object", "-w", "--no-filters", "--stdin", data=data)
            mode = b"0" if data is None else b"100644"
            lines += mode + b" " + name.strip() + b"\t" + path.encode() + b"\0"
        self._git("update-index", "-z", "--index-info", data=lines)

    def apply(self, patch: bytes) -> None:
        """Applies a patch, whole or not at all."""
        ended = self._run("apply", "--cached", "--whitespace=nowarn", "-", data=patch)
        if ended.returncode:
            message = ended.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise Misuse(f"the patch does not apply to {self.base.id[:8]}: {message}")

    def changed_files(self) -> tuple[Touch, ...]:
        """The files that differ from the base; `plain` ones are neither links nor programs."""
        tree = self._git("write-tree").decode("ascii").strip()
        output = self._git("diff-tree", "-r", "-z", "--no-renames", self.base.tree, tree)
        parts = output.decode("utf-8", "surrogateescape").split("\0")
        found = []
        for about, path in zip(parts[:-1:2], parts[1::2], strict=True):
            was, now, before, after, _ = about.removeprefix(":").split(" ")
            found.append(Touch(path, before, after, now in _PLAIN or now == was == "100755"))
        return tuple(found)

    def commit(self, message: str) -> Commit:
        """The commit. It is on no branch."""
        tree = self._git("write-tree").decode("ascii").strip()
        known = not self._run("var", "GIT_COMMITTER_IDENT").returncode
        made = self._git(
            *("commit-tree", tree, "-p", self.base.id, "-F", "-"),
            data=message.encode("utf-8", "replace"),
            environment={} if known else _NAMELESS,
        )
        return self.repository.commit(made.decode("ascii").strip())

    def patch(self, commit: Commit) -> str:
        """The commit as a patch that git applies."""
        output = self._git(
            *("diff-tree", "-p", "--binary", "--no-ext-diff", "--no-textconv", "--no-renames"),
            *("--src-prefix=a/", "--dst-prefix=b/", self.base.id, commit.id),
        )
        return output.decode("utf-8", "surrogateescape")

    def _git(
        self, *arguments: str, data: bytes = b"", environment: Mapping[str, str] = {}
    ) -> bytes:
        ended = self._run(*arguments, data=data, environment=environment)
        if ended.returncode:
            raise trouble(self.repository.top, ended.stderr)
        return ended.stdout

    def _run(
        self, *arguments: str, data: bytes = b"", environment: Mapping[str, str] = {}
    ) -> "subprocess.CompletedProcess[bytes]":
        return run(
            self.repository.top,
            *arguments,
            given=data,
            environment={**self._environment, **environment},
        )


def checked_branch(repository: Repository, name: str) -> str:
    """The name of a branch that does not exist yet; raises Misuse if the name cannot be used."""
    reference = f"refs/heads/{name}"
    wrong = name.startswith("-") or "\0" in name or name == "HEAD"
    if wrong or run(repository.top, "check-ref-format", reference).returncode:
        raise Misuse(f"{name!r} cannot be the name of a branch")
    if not run(repository.top, "rev-parse", "--verify", "--quiet", reference).returncode:
        raise Misuse(f"the branch {name!r} already exists; a proposal needs a new one")
    return name


def create_branch(repository: Repository, name: str, commit: Commit) -> None:
    """Creates a branch that ends with this commit."""
    nothing = "0" * len(commit.id)
    ended = run(
        repository.top, "update-ref", "--no-deref", f"refs/heads/{name}", commit.id, nothing
    )
    if ended.returncode:
        message = ended.stderr.decode("utf-8", "replace").strip()
        raise Trouble(f"the branch {name!r} cannot be created: {message}")
