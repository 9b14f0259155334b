"""Waivers: what each of a node's silences, and what is to be said of the waivers themselves."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from ost.read.alike import alike
from ost.read.diagnostic import Diagnostic, Fix, Severity
from ost.read.fixes import renamed, without_item
from ost.tree.model import Node, Waiver
from ost.words import nearest, suggestion

EXPIRED = "OST030"
UNUSED = "OST031"
UNREASONED = "OST032"
UNKNOWN = "OST033"


class Waived(Struct, frozen=True):
    """What became of one waiver, and what it silenced."""

    waiver: Waiver
    state: Literal["active", "expired", "unused"]
    silenced: tuple[Diagnostic, ...] = ()


def apply(
    node: Node,
    said: Iterable[Diagnostic],
    *,
    as_of: date,
    codes: Mapping[str, str],
    judged: frozenset[str],
) -> tuple[list[Diagnostic], tuple[Waived, ...]]:
    """What stands of what was said of a node, remarks on its waivers included.

    A waiver acts when it names a rule, gives a reason and has not expired. It is reported as unused
    only if its rule is among those `judged`. `codes` holds the code of each rule by what names it.
    """
    standing = list(said)
    remarks: list[Diagnostic] = []
    waived: list[Waived] = []

    def remark(
        code: str, waiver: Waiver, message: str, severity: Severity, fix: Fix | None = None
    ) -> None:
        remarks.append(
            Diagnostic(
                path=node.path,
                at=waiver.at,
                code=code,
                message=message,
                severity=severity,
                node=node.id,
                fix=fix,
            )
        )

    for waiver in node.waivers:
        words = waiver.rule.strip()
        code = codes.get(words.casefold())
        if code is None:
            meant = suggestion(nearest(words, codes))
            name = alike(words, (each for each in codes if codes[each].casefold() != each))
            fix = renamed(waiver.at, words, name) if name else None
            remark(UNKNOWN, waiver, f"rule {words!r} does not exist{meant}", Severity.ERROR, fix)
            waived.append(Waived(waiver, "unused"))
        elif waiver.until is not None and waiver.until < as_of:
            ended = f"waiver of {words} expired on {waiver.until}; renew or remove it"
            remark(EXPIRED, waiver, ended, Severity.WARNING)
            waived.append(Waived(waiver, "expired"))
        elif not waiver.because.strip():
            remark(
                UNREASONED,
                waiver,
                f"waiver of {words} has no reason; add `because`",
                Severity.WARNING,
            )
            waived.append(Waived(waiver, "unused"))
        else:
            silenced = tuple(each for each in standing if each.code == code)
            standing = [each for each in standing if each.code != code]
            if not silenced and code in judged:
                nothing = f"waiver of {words} silences nothing; remove it"
                remark(UNUSED, waiver, nothing, Severity.WARNING, _removal(node, waiver))
            waived.append(Waived(waiver, "active" if silenced else "unused", silenced))
    return standing + remarks, tuple(waived)


def _removal(node: Node, waiver: Waiver) -> Fix | None:
    field = node.entry.field("allow")
    return without_item(field, waiver.at, f"remove the waiver of {waiver.rule}") if field else None
