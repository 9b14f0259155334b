"""Values of front matter as tests compare them."""

from ost.read.value import Mapping, Scalar, Sequence, Value


def plain(value: Value) -> object:
    """A value without its places."""
    match value:
        case Scalar():
            return f"{value.text}" if value.type == "str" else f"{value.type} {value.text}"
        case Sequence():
            return [plain(each) for each in value.items]
        case Mapping():
            return {key.text: plain(inner) for key, inner in value.pairs}
