"""The YAML block at the top of a Markdown file."""

import re
from collections.abc import Mapping

from knowledge.errors import Unreadable

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LONGEST = 20_000
_MOST_BRACKETS = 500


def front_matter(text: str) -> tuple[Mapping[str, object], int]:
    """The fields and where the body begins: ({}, 0) when `text` has no front matter.

    Raises Unreadable when there is a block and it is not a YAML mapping.
    """
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end(), opening.end() + _LONGEST)
    if not opening or not closing:
        return {}, 0
    block = text[opening.end() : closing.start()]
    loaded = _load(block)
    if loaded is None:
        return {}, closing.end()
    if isinstance(loaded, dict):
        return {str(key): value for key, value in loaded.items()}, closing.end()
    if isinstance(loaded, str):
        # Two rules with a paragraph between them, not metadata.
        return {}, 0
    raise Unreadable("front matter is not a list of `field: value` lines")


def _load(block: str) -> object:
    import yaml

    if block.count("[") + block.count("{") > _MOST_BRACKETS:
        raise Unreadable("front matter nests too much")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block)):
            raise Unreadable("front matter uses YAML aliases (*name): write the value out")
        loaded: object = yaml.safe_load(block)
        # Sixty-based numbers (1:1:1...) can be longer than Python is willing to print.
        repr(loaded)
        return loaded
    except yaml.YAMLError as error:
        raise Unreadable(f"front matter is not YAML: {_where(error)}") from None
    except (ValueError, RecursionError, OverflowError):
        raise Unreadable("front matter holds a value that cannot be read") from None


def _where(error: Exception) -> str:
    problem = str(getattr(error, "problem", None) or "cannot be read")
    mark = getattr(error, "problem_mark", None)
    place = f" in line {mark.line + 2}" if mark is not None else ""
    return " ".join(problem.split())[:120] + place
