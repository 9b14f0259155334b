"""The look of kinds and statuses on pages: colour, icon or glyph, and tone."""

from markupsafe import Markup

from datasette_ost.file.kinds import PublishedKinds


class Appearance:
    """The attributes by which style sheets and scripts recognise kinds and statuses."""

    def __init__(self, kinds: PublishedKinds) -> None:
        """The look of one file's kinds."""
        self.kinds = kinds
        self._known: dict[tuple[str, ...], Markup] = {}

    def __call__(self, kind: str, form: str = "", *more: str) -> Markup:
        """The attributes of an element about a kind: its colour, and its icon or glyph. The class
        `k-…` is for other people's style sheets; ours have no rule for a single kind.
        """
        known = self._known.get((kind, form, *more))
        if known is None:
            drawn = self.kinds[kind]
            icon = f"i-{drawn.icon}" if drawn.icon else ""
            names = (form, f"k-{kind}", f"c-{drawn.colour}", icon, *more)
            known = Markup(' class="{}"').format(" ".join(filter(None, names))) + self.glyph(kind)
            self._known[kind, form, *more] = known
        return known

    def glyph(self, kind: str) -> Markup:
        """The attribute with a kind's glyph, if there is no icon for it."""
        drawn = self.kinds[kind]
        return Markup("") if drawn.icon else Markup(' data-glyph="{}"').format(drawn.glyph)

    def status(self, kind: str, status: str | None) -> Markup:
        """A status of a kind with its meaning; nothing without a status."""
        if not status:
            return Markup("")
        known = self.kinds.standing(kind, status)
        meaning = Markup(' title="{}"').format(known.meaning) if known.meaning else ""
        return Markup('<span class="status" data-tone="{}"{}>{}</span>').format(
            known.tone, meaning, status
        )
