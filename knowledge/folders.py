"""The files below a path, and what the folders they lie in say of them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import Unreadable

DEFAULTS = "_library.yaml"
_KEYS = frozenset({"kind", "account", "audience", "language", "effective", "expires", "owner"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, what it is called as ingested, its folders' defaults."""

    path: Path
    source: str
    defaults: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Refused:
    """A path that is not read, and why."""

    path: Path
    source: str
    reason: str


def walk(root: Path) -> Iterator[Found | Refused]:
    """Every file at or below `root`, in order of names; hidden ones and defaults files left out.

    Links are followed only to files inside `root`. A folder whose defaults cannot be read is
    refused whole: what it would have said of its audience is not known.
    """
    if not root.is_dir():
        yield _found(root)
        return
    home = os.path.realpath(root)
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        links = [name for name in folders if not name.startswith(".") and Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted(links):
            yield Refused(Path(folder, name), _printable(Path(folder, name)), "a link to a folder is not followed")
        for name in sorted(names):
            if not name.startswith(".") and name != DEFAULTS:
                yield _inside(Path(folder, name), home)
    for error in closed:
        yield Refused(Path(error.filename), _printable(error.filename), f"cannot be opened: {error.strerror}")


def _inside(path: Path, home: str) -> Found | Refused:
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(home):
        return Refused(path, _printable(path), "a link that leads out of the folder is not followed")
    return _found(path)


def _found(path: Path) -> Found | Refused:
    source = _printable(path)
    if source != str(path):
        return Refused(path, source, "its name is not UTF-8: rename it")
    try:
        return Found(path, source, MappingProxyType(_defaults(Path(os.path.realpath(path)).parent)))
    except Unreadable as error:
        return Refused(path, source, str(error))


def _printable(path: str | Path) -> str:
    """A path as text that can be stored and shown, even where its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


@lru_cache(maxsize=4096)
def _defaults(folder: Path) -> dict[str, object]:
    """What a folder and those above it say, the nearest first."""
    above = _defaults(folder.parent) if folder != folder.parent else {}
    return above | _stated(folder / DEFAULTS)


def _stated(file: Path) -> dict[str, object]:
    try:
        if not file.is_file():
            return {}
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    import yaml

    try:
        said = yaml.safe_load(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise _unreadable(file, error) from None
    if not isinstance(said, dict | None):
        raise Unreadable(f"{file} must be a list of 'name: value' lines")
    unknown = sorted(set(map(str, said or {})) - _KEYS)
    if unknown:
        raise Unreadable(f"{file} says {', '.join(unknown)}, which is not known: use {', '.join(sorted(_KEYS))}")
    return {key: value for key, value in (said or {}).items() if value is not None}


def forget_defaults() -> None:
    """Read the defaults of folders anew."""
    _defaults.cache_clear()


def _unreadable(file: Path, error: Exception) -> Unreadable:
    return Unreadable(f"{file} cannot be read, so nothing below it is: {_one_line(error)}")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
