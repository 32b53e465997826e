"""Web pages: the text a visitor reads, without the site around it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.errors import Unreadable
from knowledge.read.draft import Draft, one_line
from knowledge.read.encoding import decode
from knowledge.read.html_writer import HtmlWriter
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"""(?i)<(?:meta[^>]*charset|\?xml[^>]*encoding)\s*=\s*["']?\s*([\w.:-]+)""")
_NEVER = frozenset(
    {"head", "script", "style", "template", "noscript", "nav", "footer", "aside", "dialog"}
    | {"svg", "math", "map", "canvas", "iframe", "object", "audio", "video", "rt", "rp"}
    | {"button", "select", "input", "textarea", "option", "datalist"}
)
_SITE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
_INVISIBLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")


def read_html(data: bytes, title: str, limits: Limits, charset: str = "") -> Iterator[Reading]:
    """One Reading; block elements are lines, table rows lines with " | ", list items begin "- ".

    Navigation, page headers and footers, forms, scripts and hidden elements are left out. Nothing
    is fetched. `charset` is what the sender of the page said about its encoding.
    """
    from selectolax.lexbor import LexborHTMLParser

    stated = _CHARSET.search(data[:4096])
    text = decode(data, charset or (stated[1].decode("ascii") if stated else "")).text
    if not text.strip():
        raise Unreadable("empty")
    page = LexborHTMLParser(text)
    draft = Draft(limits)
    _write(page, HtmlWriter(draft))
    yield draft.reading(_title(page) or draft.first_heading() or title)


def _title(page: "LexborHTMLParser") -> str:
    found = page.css_first("head > title")
    return one_line(found.text()) if found is not None else ""


def _write(page: "LexborHTMLParser", writer: HtmlWriter) -> None:
    body = page.body or page.root
    if body is None:
        return
    whole_page_forms = _whole_page_forms(body)
    # Deep pages are walked with a stack of our own: Python's would overflow.
    pending: list[tuple[LexborNode, bool]] = [(body, False)]
    while pending:
        node, done = pending.pop()
        if done:
            writer.leave(node)
            continue
        if node.next is not None and node.mem_id != body.mem_id:
            pending.append((node.next, False))
        if node.tag == "-text":
            writer.text(node.text_content or "")
        elif not _left_out(node, writer.in_article, whole_page_forms):
            writer.enter(node)
            pending.append((node, True))
            if node.child is not None:
                pending.append((node.child, False))
    writer.end()


def _whole_page_forms(body: "LexborNode") -> frozenset[int]:
    """The forms that hold most of the page: some servers wrap every page in one."""
    forms = body.css("form")
    half = len(body.text()) / 2 if forms else 0
    return frozenset(form.mem_id for form in forms[:1] if len(form.text()) > half)


def _left_out(node: "LexborNode", in_article: bool, whole_page_forms: frozenset[int]) -> bool:
    tag = node.tag or ""
    if tag in _NEVER or tag.startswith(("-", "!")):
        return True
    if tag == "form":
        return node.mem_id not in whole_page_forms
    if tag == "header":
        return not in_article
    attributes = node.attributes
    return bool(attributes) and (
        "hidden" in attributes
        or attributes.get("role") in _SITE_ROLES
        or _INVISIBLE.search(attributes.get("style") or "") is not None
    )
