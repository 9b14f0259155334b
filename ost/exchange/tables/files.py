"""Which texts of a material are tables."""

from ost.exchange.foreign.imports import Material
from ost.exchange.tables.sheet import ForeignTable, sheet

SUFFIXES = (".csv", ".tsv", ".tab")
_LEAST_COLUMNS = 2


def sheets(material: Material) -> tuple[ForeignTable, ...]:
    """The tables of a material: of a file in a folder, or the one that a file holds."""
    return tuple(
        sheet(path, text)
        for path, text in sorted(material.files.items())
        if path.casefold().endswith(SUFFIXES) and text.strip()
    )
