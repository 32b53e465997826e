"""Long lists in pages."""

from urllib.parse import urlencode

from integrations.web.visit import Visit


def beginning(raw: str, below: int) -> int:
    """Where a page of a list begins; the beginning when it is nowhere in it."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 8 and int(raw) < below else 0


def elsewhere(visit: Visit, first: int) -> str:
    """This page from another place in the list on."""
    asked = dict(visit.request.query_params) | {"from": str(max(first, 0))}
    return f"{visit.request.url.path}?{urlencode(asked)}"
