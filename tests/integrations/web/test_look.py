"""Colours that can be told apart, and words for everything in three languages."""

import re
from itertools import product
from pathlib import Path

import pytest

from integrations.web import app
from integrations.web.pages import SECTIONS
from integrations.web.showing import marked, passage_path, spans_of
from integrations.web.texts import FRAME, chosen, together

STYLE = (Path(app.__file__).parent / "static" / "console.css").read_text("utf-8")
TEMPLATES = sorted((Path(app.__file__).parent / "templates").glob("*.html"))
GROUNDS = ("ground", "card", "wash")
INKS = ("ink", "soft", "main", "deep", "bad")
PAIRS = [*product(INKS, GROUNDS), ("ink", "mark"), ("on-main", "main"), ("on-main", "deep")]
TAGS = [("good", "good-wash"), ("bad", "bad-wash"), ("warn", "warn-wash")]


def colours(dark: bool) -> dict[str, str]:
    """The colours by name, as the style has them for bright or dark screens."""
    bright, _, other = STYLE.partition("prefers-color-scheme: dark")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", other if dark else bright))


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: contrast ratio."""
    dark, bright = sorted(map(luminance, (one, other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_what_it_stands_on(dark: bool) -> None:
    found = colours(dark)
    for ink, ground in PAIRS + TAGS:
        assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    for ground in ("ground", "card"):
        assert contrast(found["edge"], found[ground]) >= 3, ground


def test_no_words_are_missing_and_none_are_there_for_nothing() -> None:
    words = together((FRAME, *(each.words for each in SECTIONS)))
    for key, phrases in words.items():
        assert len(phrases) == 3, key
        assert all(phrases), key
        names = [sorted(re.findall(r"{(\w+)}", each)) for each in phrases]
        assert names[0] == names[1] == names[2], key


def test_templates_say_only_what_there_are_words_for() -> None:
    words = together((FRAME, *(each.words for each in SECTIONS)))
    for each in TEMPLATES:
        for key in re.findall(r"say\([\"'](\w+)[\"'][,)]", each.read_text("utf-8")):
            assert key in words, (each.name, key)


def test_templates_hold_no_style_or_script_of_their_own() -> None:
    for each in TEMPLATES:
        text = each.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src)|\|\s*safe\b|javascript:", text), each.name


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de-DE,de;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK,zh;q=0.5", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("en;q=0.2, zh-Hant;q=0.8", "zh-Hant"),
        ("fr;q=1, zh;q=0.3, en;q=0", "zh-Hans"),
        (";;;,q=,zh;q=x,en", "en"),
    ],
)
def test_the_language_is_the_one_a_browser_asks_for(header: str, language: str) -> None:
    assert chosen(header) == language


def test_two_sections_cannot_mean_two_things_by_one_word() -> None:
    with pytest.raises(ValueError, match="ask"):
        together(({"ask": ("a", "b", "c")}, {"ask": ("d", "e", "f")}))


def test_marked_pieces_are_the_whole_text() -> None:
    text = "大客户沉默 and quiet"
    for spans in ([], [(100, 105)], [(90, 103), (102, 200)], [(105, 101)], [(0, 10**9)], [(100, 101), (103, 104)]):
        pieces = marked(text, 100, spans)
        assert "".join(piece for piece, _ in pieces) == text
        inside = "".join(piece for piece, quoted in pieces if quoted)
        assert inside == "".join(
            each for at, each in enumerate(text, start=100) if any(first <= at < last for first, last in spans)
        )


def test_spans_survive_their_address() -> None:
    spans = [(0, 5), (120, 180)]
    path = passage_path("a/b?c", spans)
    assert path == "/passages/a%2Fb%3Fc?at=0-5&at=120-180#quote"
    assert spans_of(re.findall(r"at=([\d-]+)", path)) == spans
