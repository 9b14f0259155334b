"""See :class:`ConflictMarker`."""

from ost.judge.rule import Rule


class ConflictMarker(Rule, frozen=True):
    """A merge conflict was left in the text.

    Why: Both versions are in the file, so no one can tell which one is meant, and one of them may
    be the only copy. Lines of `=======` alone are headings and are not reported.

    Source: git merge, how conflicts are presented
    <https://git-scm.com/docs/git-merge#_how_conflicts_are_presented>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch

        <!-- OST004 -->
        <<<<<<< HEAD
        Four people, three vetoes.
        =======
        Three people, three vetoes.
        >>>>>>> recount

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch

        Four people, three vetoes.
    """

    code = "OST004"
