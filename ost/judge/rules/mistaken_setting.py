"""See :class:`MistakenSetting`."""

from ost.judge.rule import Rule


class MistakenSetting(Rule, frozen=True):
    """A setting is not understood.

    Why: A rule that was switched off under a mistyped name still applies, and one with a mistyped
    option uses its default; no one sees why. So the mistake is an error at its place in `ost.toml`,
    and the setting is ignored: everything else is compiled and checked.

    Source: our own design; no outside source

    Bad: `ignor = ["single-solution"]`, or a rule, an option or a value that does not exist.

    Good: `ignore = ["single-solution"]`.
    """

    code = "OST035"
