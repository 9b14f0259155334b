"""The transcripts of a project, read from the cache on demand.

Together they may be larger than everything else.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec

from ost.read.document import Reading
from ost.read.transcript import Transcript

_decode = msgspec.msgpack.Decoder(Reading).decode


class StoredTranscripts(Mapping[str, Transcript]):
    """Transcripts by path."""

    def __init__(
        self, blobs: Callable[[], Mapping[str, str]], data: Callable[[str], bytes]
    ) -> None:
        """`blobs` gives the ids of the transcripts' contents by path, `data` an encoded reading."""
        self._listed, self._data = blobs, data
        self._kept: dict[str, Transcript] = {}

    @cached_property
    def _blobs(self) -> Mapping[str, str]:
        return self._listed()

    def __getitem__(self, path: str) -> Transcript:
        """The transcript at the path."""
        blob = self._blobs[path]
        if path not in self._kept:
            self._kept = {path: _decode(self._data(blob)).transcript or Transcript(())}
        return self._kept[path]

    def __contains__(self, path: object) -> bool:
        return path in self._blobs

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._blobs))

    def __len__(self) -> int:
        return len(self._blobs)
