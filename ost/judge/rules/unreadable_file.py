"""See :class:`UnreadableFile`."""

from ost.judge.rule import Rule


class UnreadableFile(Rule, frozen=True):
    """A file cannot be read.

    Why: A file that cannot be opened would silently be missing from the tree: a circular link, a
    file without read permission, a pipe instead of a file. Everything else is compiled.

    Source: POSIX, ELOOP and EACCES
    <https://pubs.opengroup.org/onlinepubs/9699919799/functions/V2_chap02.html>

    Bad: `a.md`, a symbolic link to `b.md`, which is one to `a.md`.

    Good: `a.md`, a file, or a symbolic link to one inside the content folder.
    """

    code = "OST013"
