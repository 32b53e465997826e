"""Objects through a pipe: eight bytes of length, then the pickled object."""

import copyreg
import io
import pickle
from types import MappingProxyType
from typing import IO


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {MappingProxyType: lambda mapping: (_frozen, (dict(mapping),))}


def _frozen(fields: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(fields)


def send(stream: IO[bytes], message: object) -> None:
    """Write one object. Raises OSError when nobody listens any more."""
    packed = io.BytesIO()
    _Pickler(packed, pickle.HIGHEST_PROTOCOL).dump(message)
    stream.write(packed.tell().to_bytes(8, "big"))
    stream.write(packed.getbuffer())
    stream.flush()


def receive(stream: IO[bytes]) -> object | None:
    """Read one object; None when the other end is gone, however much it had sent."""
    length = stream.read(8)
    if len(length) < 8:
        return None
    packed = stream.read(int.from_bytes(length, "big"))
    if len(packed) < int.from_bytes(length, "big"):
        return None
    message: object = pickle.loads(packed)
    return message
