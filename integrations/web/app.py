"""The app: every page of every section, with the static files, behind the guard."""

import hashlib
import mimetypes
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from integrations.web.console import Console, Page
from integrations.web.frame import Frame
from integrations.web.pages import SECTIONS
from integrations.web.safety import Guard
from integrations.web.showing import FILTERS
from integrations.web.texts import FRAME, together
from integrations.web.visit import Rendering, Visit

_HERE = Path(__file__).parent
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def build(console: Console) -> Starlette:
    """The console as an ASGI app."""
    files = _Files(_HERE / "static")
    words = together((FRAME, *(each.words for each in SECTIONS)))
    menu = tuple(each.menu for each in SECTIONS if each.menu)
    frame = Frame(console, Rendering(_templates(files), words, menu))
    pages = [page for section in SECTIONS for page in section.pages]
    routes = [Route(page.path, frame.endpoint(page), methods=[page.method]) for page in pages]
    nothing = Route("/{rest:path}", frame.endpoint(Page("/*", Visit.not_found)), methods=_METHODS)
    static = Route("/static/{name}", files.serve, methods=["GET"])
    return Starlette(routes=[static, *routes, nothing], middleware=[Middleware(Guard, address=console.address)])


def _templates(files: "_Files") -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["static"] = files.address
    made.filters |= FILTERS
    return made


class _Files:
    """The static files, read once; their addresses change when they do, so that browsers may keep them."""

    def __init__(self, folder: Path) -> None:
        self._contents = {each.name: each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file()}

    def address(self, name: str) -> str:
        """Where a file is."""
        return f"/static/{name}?{hashlib.sha256(self._contents[name]).hexdigest()[:12]}"

    async def serve(self, request: Request) -> Response:
        """A file; nothing in them is anybody's."""
        name = request.path_params["name"]
        if name not in self._contents:
            return Response(status_code=404)
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(self._contents[name], media_type=kind, headers=kept)
