"""See :class:`SynchronizedCopy`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class SynchronizedCopy(Rule, frozen=True):
    """A file looks like a sync program's copy of the file beside it.

    Why: a second copy of an interview would count its moments twice, or count old words.
    Such copies are not read. A file that only looks like one is renamed, or named with a `!` under
    `exclude` in `ost.toml`: `exclude = ["!p07 2.md"]`.

    Source: Syncthing, conflicting changes <https://docs.syncthing.net/users/syncing.html>

    Bad: `p07 2.md`, `p07 (1).md` or `p07.sync-conflict-20261103-101112.md` beside `p07.md`.

    Good: `p07.md` alone.
    """

    code = "OST045"
    severity = Severity.WARNING
