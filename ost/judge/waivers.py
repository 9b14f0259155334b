"""Applies a node's waivers, and checks the waivers themselves."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from ost.read.diagnostic import Diagnostic, Fix, Severity
from ost.read.fixes import remove_item, rename
from ost.read.name_match import certain_match
from ost.tree.model import Node, Waiver
from ost.words import day, nearest, suggestion

EXPIRED = "OST030"
UNUSED = "OST031"
UNREASONED = "OST032"
UNKNOWN = "OST033"


class Waived(Struct, frozen=True):
    """The state of a waiver, and what it silenced."""

    waiver: Waiver
    state: Literal["active", "expired", "unused"]
    silenced: tuple[Diagnostic, ...] = ()


def apply(
    node: Node,
    diagnostics: Iterable[Diagnostic],
    *,
    as_of: date,
    codes: Mapping[str, str],
    judged: frozenset[str],
) -> tuple[list[Diagnostic], tuple[Waived, ...]]:
    """The diagnostics of a node that no waiver silences, with those about its waivers, and the
    state of each waiver.

    A waiver acts when it names a rule, gives a reason and has not expired. It is reported as unused
    only if its rule is among those `judged`. `codes` holds the code of each rule by what names it.
    """
    standing = list(diagnostics)
    remarks: list[Diagnostic] = []
    waived: list[Waived] = []
    for waiver in node.waivers:
        fault = _fault(waiver, codes, as_of)
        silenced: tuple[Diagnostic, ...] = ()
        if fault is None:
            code = codes[_rule(waiver)]
            silenced = tuple(each for each in standing if each.code == code)
            standing = [each for each in standing if each.code != code]
            if not silenced and code in judged:
                fault = _unused(node, waiver)
        if fault is not None:
            remarks.append(fault.remark(node, waiver))
        waived.append(Waived(waiver, _state(silenced, fault), silenced))
    return standing + remarks, tuple(waived)


class _Fault(Struct, frozen=True):
    """Why a waiver silences nothing."""

    code: str
    message: str
    severity: Severity = Severity.WARNING
    fix: Fix | None = None

    def remark(self, node: Node, waiver: Waiver) -> Diagnostic:
        """The diagnostic of the fault."""
        return Diagnostic(
            path=node.path,
            at=waiver.at,
            code=self.code,
            message=self.message,
            severity=self.severity,
            node=node.id,
            fix=self.fix,
        )


def _rule(waiver: Waiver) -> str:
    """The rule's name as `codes` has it."""
    return waiver.rule.strip().casefold()


def _fault(waiver: Waiver, codes: Mapping[str, str], as_of: date) -> _Fault | None:
    """Why a waiver does not act; None if it does."""
    words = waiver.rule.strip()
    if _rule(waiver) not in codes:
        meant = suggestion(nearest(words, codes))
        name = certain_match(words, (each for each in codes if codes[each].casefold() != each))
        fix = rename(waiver.at, words, name) if name else None
        return _Fault(UNKNOWN, f"rule {words!r} does not exist{meant}", Severity.ERROR, fix)
    if waiver.until is not None and waiver.until < as_of:
        message = f"waiver of {words} expired on {day(waiver.until)}; renew or remove it"
        return _Fault(EXPIRED, message)
    if not waiver.because.strip():
        return _Fault(UNREASONED, f"waiver of {words} has no reason; add `because`")
    return None


def _unused(node: Node, waiver: Waiver) -> _Fault:
    """The fault of an active waiver that silences nothing."""
    message = f"waiver of {waiver.rule.strip()} silences nothing; remove it"
    return _Fault(UNUSED, message, fix=_removal(node, waiver))


def _state(
    silenced: tuple[Diagnostic, ...], fault: _Fault | None
) -> Literal["active", "expired", "unused"]:
    if silenced:
        return "active"
    return "expired" if fault is not None and fault.code == EXPIRED else "unused"


def _removal(node: Node, waiver: Waiver) -> Fix | None:
    field = node.entry.field("allow")
    return remove_item(field, waiver.at, f"remove the waiver of {waiver.rule}") if field else None
