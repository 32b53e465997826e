"""What a zip archive holds, found out without letting it unfold."""

import io
from typing import TYPE_CHECKING

from knowledge.errors import Unreadable
from knowledge.read.limits import Limits

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_MOST_MEMBERS = 20_000
_MEMBER = b"PK\x01\x02"
_PROLOGUE = 65_536
_SMALL = 1_000_000
_TIGHTEST = 200
_MARKUP = (".xml", ".rels", ".vml")


def members(data: bytes, limits: Limits) -> dict[str, int]:
    """The archive's member names with their expanded sizes in bytes.

    Raises Unreadable for a damaged or encrypted archive, for one that expands to more than
    `limits.max_bytes` or far out of proportion, and for XML that defines entities of its own.
    """
    import zipfile
    import zlib

    if data.count(_MEMBER) > _MOST_MEMBERS:
        raise Unreadable(f"an archive of more than {_MOST_MEMBERS:,} files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            _refuse_bombs(inside, limits)
            for member in inside:
                _refuse_entities(archive, member)
            return {member.filename: member.file_size for member in inside}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        raise Unreadable("a damaged or incomplete Office file") from None


def start_of(data: bytes, name: str) -> bytes:
    """The first bytes of a member of an archive that `members` has found sound; b"" if absent."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _start(archive, name) if name in archive.namelist() else b""


def _refuse_bombs(inside: list["ZipInfo"], limits: Limits) -> None:
    if any(member.flag_bits & 1 for member in inside):
        raise Unreadable("encrypted, needs a password")
    if sum(member.file_size for member in inside) > limits.max_bytes:
        raise Unreadable(f"expands to more than {limits.max_bytes // 2**20} MB")
    for member in inside:
        if member.file_size > max(_SMALL, _TIGHTEST * member.compress_size):
            raise Unreadable("expands out of all proportion: not a usual Office file")


def _refuse_entities(archive: "ZipFile", member: "ZipInfo") -> None:
    if not member.filename.lower().endswith(_MARKUP):
        return
    # Zeros are what UTF-16 puts between the letters.
    start = _start(archive, member.filename).replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Unreadable("holds XML entity definitions, which no Office program writes")


def _start(archive: "ZipFile", name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(_PROLOGUE)
