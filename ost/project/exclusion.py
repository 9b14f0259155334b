"""Excluded files: those that `exclude` names, and those that git ignores.

It reads `.gitignore` files itself, so that a look is cheap and a machine without git sees the same.
Only if a rule matches something does it ask git which of these files are tracked anyway. A pattern
of `exclude` that begins with `!` includes files again.
"""

import os
import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from ost.project.patterns import excluding
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS

_SUFFIXES = MARKDOWN + TRANSCRIPTS


class _Rule(NamedTuple):
    path: re.Pattern[str]
    """Matches whole paths, from the top."""
    last: str
    """The expression of the last part of the paths that it matches."""
    folders: bool
    again: bool
    """Whether it includes what others exclude."""


class _Fitting(NamedTuple):
    """Which names of files and folders some rules may exclude, and which lines in a list of names
    contain one. Most names need no second look.
    """

    files: re.Pattern[str]
    folders: re.Pattern[str]
    lines: re.Pattern[str]


class Exclusions:
    """Decides for each path below the content folder whether it is excluded."""

    def __init__(self, content: str, patterns: Iterable[str]) -> None:
        """`content` is the whole path of the folder, `patterns` the setting `exclude`."""
        patterns = tuple(patterns)
        self._content = content
        self._excluded = excluding(each for each in patterns if not each.startswith("!"))
        self._kept = excluding(each[1:] for each in patterns if each.startswith("!"))
        self._top, above = _above(content)
        self._prefix = os.path.relpath(content, self._top).replace(os.sep, "/") + "/"
        self._prefix = "" if self._prefix == "./" else self._prefix
        self._rules: dict[str, tuple[_Rule, ...]] = {}
        self._fitting: dict[tuple[_Rule, ...], _Fitting] = {}
        outer = tuple(rule for folder in above for rule in _rules(self._top, folder))
        if self._prefix and _leaves(outer, self._prefix.rstrip("/"), folder=True):
            outer = ()  # git ignores all of the content, but someone wants to read it
        self._outer = outer

    def __call__(self, path: str) -> bool:
        """Whether the file or folder is excluded."""
        if self.kept(path):
            return False
        if self._excluded is not None and self._excluded(path):
            return True
        folder, _, name = path.rpartition("/")
        rules = self._of(folder)
        if not rules:
            return False
        is_folder = not name.endswith(_SUFFIXES)
        fitting = self._fitting[rules]
        if (fitting.folders if is_folder else fitting.files).fullmatch(name) is None:
            return False
        whole = self._prefix + path
        return _leaves(rules, whole, folder=is_folder) and not self._tracked_in(whole)

    def may_leave(self, folder: str, lines: str) -> bool:
        """Whether any name in a folder may be excluded. There is one name per line."""
        if self._excluded is not None:
            return True
        rules = self._of(folder)
        return bool(rules) and self._fitting[rules].lines.search(lines) is not None

    def kept(self, path: str) -> bool:
        """Whether `exclude` includes the path, whatever else excludes it."""
        return self._kept is not None and bool(self._kept(path))

    def _of(self, folder: str) -> tuple[_Rule, ...]:
        """The rules that apply in a folder, its own last because they have priority."""
        if folder not in self._rules:
            above = self._of(folder.rpartition("/")[0]) if folder else self._outer
            own = _rules(self._top, (self._prefix + folder).rstrip("/"))
            self._rules[folder] = rules = (*above, *own)
            if rules not in self._fitting:
                self._fitting[rules] = _fits(rules)
        return self._rules[folder]

    def _tracked_in(self, path: str) -> bool:
        return any(each == path or each.startswith(f"{path}/") for each in self._tracked)

    @cached_property
    def _tracked(self) -> tuple[str, ...]:
        """The tracked files that a rule matches, from the top."""
        import subprocess

        command = ("git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", self._top)
        asked = ("ls-files", "-z", "--cached", "--ignored", "--exclude-standard")
        try:
            done = subprocess.run([*command, *asked], capture_output=True, check=True, timeout=10)
        except (OSError, subprocess.SubprocessError):
            return ()
        return tuple(os.fsdecode(each) for each in done.stdout.split(b"\0") if each)


def _above(content: str) -> tuple[str, list[str]]:
    """The top of the repository around a folder and the folders from there down to its parent;
    without a repository, the folder itself.
    """
    top = content
    while not os.path.exists(f"{top}/.git"):
        parent = os.path.dirname(top)
        if parent == top:
            return content, []
        top = parent
    inside = os.path.relpath(content, top).replace(os.sep, "/")
    parts = [] if inside == "." else inside.split("/")
    return top, ["/".join(parts[:count]) for count in range(len(parts))]


def _rules(top: str, folder: str) -> tuple[_Rule, ...]:
    """The rules in a folder's `.gitignore`; at the top also those in `.git/info/exclude`."""
    found: list[_Rule] = []
    names = (".gitignore",) if folder else (".git/info/exclude", ".gitignore")
    for name in names:
        try:
            with open(f"{top}/{folder}/{name}", encoding="utf-8", errors="replace") as file:
                lines = file.read().split("\n")
        except OSError:
            continue
        found += [rule for line in lines if (rule := _rule(line, folder)) is not None]
    return tuple(found)


def _rule(line: str, folder: str) -> _Rule | None:
    line = line.rstrip("\r")
    line = re.sub(r"(?<!\\)[ \t]+$", "", line)
    if not line or line.startswith("#"):
        return None
    again = line.startswith("!")
    pattern = line[1:] if again else line.removeprefix("\\") if line[:2] in ("\\#", "\\!") else line
    folders = pattern.endswith(("/", "/**"))
    pattern = pattern.removesuffix("/**").rstrip("/")
    anchored = "/" in pattern
    pattern = pattern.lstrip("/")
    if not pattern:
        return None
    base = re.escape(f"{folder}/") if folder else ""
    path = base + ("" if anchored else "(?:.*/)?") + _expression(pattern)
    last = _expression(pattern.rpartition("/")[2])
    try:
        return _Rule(re.compile(path, re.DOTALL), re.compile(last).pattern, folders, again)
    except re.error:
        return None


def _expression(pattern: str) -> str:
    """The regular expression of one of git's patterns."""
    expression, at = "", 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            expression, at = expression + "(?:.*/)?", at + 3
            continue
        if pattern.startswith("**", at):
            expression, at = expression + ".*", at + 2
            continue
        letter = pattern[at]
        end = pattern.find("]", at + 2) if letter == "[" else -1
        if letter == "*":
            expression += "[^/]*"
        elif letter == "?":
            expression += "[^/]"
        elif end > 0:
            inside = pattern[at + 1 : end].replace("\\", r"\\")
            expression += f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]"
            at = end
        elif letter == "\\" and at + 1 < len(pattern):
            at += 1
            expression += re.escape(pattern[at])
        else:
            expression += re.escape(letter)
        at += 1
    return expression


def _fits(rules: tuple[_Rule, ...]) -> _Fitting:
    leaving = [each for each in rules if not each.again]
    never = "(?!)"
    files = "|".join(each.last for each in leaving if not each.folders) or never
    folders = "|".join(each.last for each in leaving) or never
    in_line = folders.replace("[^/]", r"[^/\n]")
    return _Fitting(
        re.compile(files, re.DOTALL),
        re.compile(folders, re.DOTALL),
        re.compile(f"^(?:{in_line})$", re.MULTILINE),
    )


def _leaves(rules: tuple[_Rule, ...], path: str, *, folder: bool) -> bool:
    """Whether the last rule that matches a path excludes it."""
    for rule in reversed(rules):
        if (folder or not rule.folders) and rule.path.fullmatch(path):
            return not rule.again
    return False
