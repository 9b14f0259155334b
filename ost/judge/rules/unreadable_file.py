"""See :class:`UnreadableFile`."""

from ost.judge.rule import Rule


class UnreadableFile(Rule, frozen=True):
    """A file cannot be read.

    Why: what cannot be opened would be missing from the tree without a word: a link that leads
    round in a circle, a file without permission to read it, a pipe in the place of a file. The
    rest is compiled.

    Source: POSIX, ELOOP and EACCES
    <https://pubs.opengroup.org/onlinepubs/9699919799/functions/V2_chap02.html>

    Bad: `a.md`, a symbolic link to `b.md`, which is one to `a.md`.

    Good: `a.md`, a file, or a symbolic link to one inside the content folder.
    """

    code = "OST013"
