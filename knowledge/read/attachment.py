"""A file inside a message, not read yet."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.read.formats import BY_SUFFIX

_SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """`data` is a whole file; `name` is what the message calls it, with a suffix."""

    name: str
    data: bytes


def attached_name(stated: str, kind: str) -> str:
    """`stated` without folders, with the suffix of its media type `kind` where it lacks one.

    "" for a kind of file that has no reader.
    """
    name = PurePosixPath(" ".join(stated.replace("\\", "/").split())).name
    suffix = _SUFFIXES.get(kind, "")
    if PurePosixPath(name).suffix.lower() in BY_SUFFIX:
        return name
    if not suffix:
        return ""
    return (name or ("message" if suffix == ".eml" else "attachment")) + suffix
