"""Readings as bytes, for the cache and between processes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from ost.read.document import Reading

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Reading).decode


@contextmanager
def no_collector() -> Iterator[None]:
    """Switches off the garbage collector, which would take most of the time. Values without cycles
    do not need it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
