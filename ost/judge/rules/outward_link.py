"""See :class:`OutwardLink`."""

from ost.judge.rule import Rule


class OutwardLink(Rule, frozen=True):
    """A symbolic link leads out of the project, and is not followed.

    Why: who writes content may commit a link, and whoever then builds the tree would publish a file
    of their own computer: a key, a password, the environment of the program. The same holds for
    what is hidden inside the project, such as `.git`. Everything else is compiled.

    Source: CWE-59, Improper Link Resolution Before File Access
    <https://cwe.mitre.org/data/definitions/59.html>

    Bad: `interviews/p07.md`, a symbolic link to `/home/ada/notes/p07.md`.

    Good: `interviews/p07.md`, a file, or a symbolic link to one inside the project.
    """

    code = "OST020"
