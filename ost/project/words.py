"""The words for kinds, and the fields to leave alone, that a project's settings name."""

from ost.read.vocabulary import Vocabulary, vocabulary
from ost.settings.config import Settings
from ost.tree.model import KINDS


def words_of(settings: Settings) -> Vocabulary:
    """The words of a project, computed once, including the kinds of other packages. Words for
    unknown kinds are ignored.
    """
    from ost.project.kinds import load_kinds  # the import takes long, and many runs need no words

    load_kinds()
    known = {kind: tuple(words) for kind, words in settings.kinds.items() if kind in KINDS}
    return vocabulary(tuple(sorted(known.items())), tuple(settings.fields.ignore))
