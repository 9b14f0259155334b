"""See :class:`MistakenSetting`."""

from ost.judge.rule import Rule


class MistakenSetting(Rule, frozen=True):
    """The settings say something that is not understood.

    Why: a rule that was switched off under a mistyped name still speaks, and one whose option was
    mistyped judges by its default; nobody sees why. So the mistake is an error, told at its place
    in `ost.toml`, and what is mistaken counts as not written: the rest is compiled and judged.

    Source: our own design; no outside source

    Bad: `ignor = ["single-solution"]`, or a rule, an option or a value that does not exist.

    Good: `ignore = ["single-solution"]`.
    """

    code = "OST035"
