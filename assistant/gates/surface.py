"""What a claim looks like: its characters, links and size, before anyone asks what it says."""

import html
import re
import unicodedata
from collections.abc import Sequence

from assistant.reasons import Reason
from knowledge.language import fold, han_count, sentences

_WIDEST = 600
_MOST_SENTENCES = 3

_TURNS_AROUND = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LOOKALIKE = "\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u0531-\u058f"
_MIXED = re.compile(rf"[A-Za-z\u00c0-\u024f][{_LOOKALIKE}]|[{_LOOKALIKE}][A-Za-z\u00c0-\u024f]")
_STRANGE_WORD = re.compile(rf"[{_LOOKALIKE}]+")
_MARKER = re.compile(
    r"\s*(?:[\[\u3010\uff3b]\^?\s*(?:(?:passage|source|来源|來源|资料|資料)\s*)?\d{1,3}"
    r"(?:\s*[,\uff0c\u3001\-\u2013]\s*\d{1,3})*\s*[\]\u3011\uff3d])(?!\()",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"""[a-z][a-z0-9+.-]{1,11}://\S+ | \bwww\.\S+ | \b(?:mailto|tel|javascript|data):\S+
      | !?\[[^\]]*\]\s*[(\[][^)\]]*[)\]]       # Markdown links and images, by reference as well
      | <[^<>\s][^<>]*>                        # HTML and Slack's own marks
      | (?<!\w)@[\w.-]+ | [\w.+-]+@[\w-]+\.\w+
      | \b[a-z0-9-]+(?:\.[a-z0-9-]+)*
        \.(?:com|net|org|info|biz|xyz|example|top|site|online|app|dev|io|ai|co|me|ru|cn|tw|hk)\b
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def cleaned(text: str) -> str:
    """A claim in one line, without invisible characters and without its own [n] markers."""
    visible = "".join(each for each in text if each.isspace() or unicodedata.category(each)[0] != "C")
    return " ".join(_MARKER.sub("", visible).split())


def size_reason(text: str) -> Reason | None:
    """SIZE for a claim of more than 600 columns, a Chinese character taking two, or more than three sentences."""
    ended = [text[start:end] for start, end in sentences(text)]
    whole = sum(not each.endswith(("\uff1b", ";")) for each in ended)
    too_big = len(text) + han_count(text) > _WIDEST or whole > _MOST_SENTENCES
    return Reason.SIZE if too_big else None


def characters_reason(text: str, spans: Sequence[str] = ()) -> Reason | None:
    """CHARACTERS for reversed writing, words of mixed scripts, and look-alike letters that stand in no span."""
    if _TURNS_AROUND.search(text) or _MIXED.search(text):
        return Reason.CHARACTERS
    there = fold("\n".join(spans))
    strange = any(fold(each) not in there for each in _STRANGE_WORD.findall(text))
    return Reason.CHARACTERS if strange else None


def link_reason(text: str, spans: Sequence[str] = ()) -> Reason | None:
    """LINK for an address, a mention or markup that stands in no span."""
    there = fold("\n".join(spans))
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    foreign = any(fold(each[0]) not in there for each in _LINK.finditer(plain))
    return Reason.LINK if foreign else None
