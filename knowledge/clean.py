"""Repairs for scraped and scanned text, as a map over characters that are never changed.

`clean` looks at a reading and says what is content, what is a heading, what is a table of contents,
and which edits make the copy that is searched. The original text stays what is quoted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.language import HAN
from knowledge.lines import Layout, leader_lines, unwrapped
from knowledge.mapping import Edit, Mapped, apply, without_overlaps
from knowledge.read.reading import Heading, Reading

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning found: spans and edits are offsets into `Reading.text`, in order."""

    title: str
    headings: tuple[Heading, ...]
    skipped: tuple[Span, ...]
    contents: tuple[Span, ...]
    edits: tuple[Edit, ...]


def clean(reading: Reading) -> Cleaned:
    """Decide what of a reading is content; formats that state their structure are believed.

    Damage is repaired first and the layout is guessed on the repaired copy, then mapped back.
    """
    text = reading.text
    repairs = without_overlaps(_repairs(text, reading.structured))
    copy = apply(text, repairs)
    found = _layout(copy.text, reading)
    unwrapping = [*unwrapped(copy.text), *found.edits]
    moved = (Edit(*copy.span(each.start, each.end), each.replacement) for each in unwrapping)
    headings = reading.headings if reading.structured else tuple(_moved(found.headings, copy))
    return Cleaned(
        title=found.title,
        headings=headings,
        skipped=tuple(sorted((*reading.skipped, *(copy.span(*each) for each in found.skipped)))),
        contents=tuple(sorted(copy.span(*each) for each in (*found.contents, *leader_lines(copy.text)))),
        edits=without_overlaps((*repairs, *moved)),
    )


def _layout(text: str, reading: Reading) -> Layout:
    if reading.structured:
        return Layout(reading.title)
    from knowledge.layout import guess  # only plain text needs its many patterns

    return guess(text, reading.title)


def _moved(headings: Iterable[Heading], copy: Mapped) -> Iterator[Heading]:
    for each in headings:
        start, end = copy.span(each.start, each.end)
        yield Heading(start, end, each.level, each.title)


def _repairs(text: str, structured: bool) -> Iterator[Edit]:
    yield from _pinyin(text)
    yield from _contacts(text)
    if not structured:
        yield from _markup(text)
        yield from _lost_plus_signs(text)


_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ\u0300\u0301\u0304\u030c"
_TONED_BRACKET = re.compile(rf"(?<=[{HAN}])[(（](?=[a-zɡ{_TONED}]*[{_TONED}])[a-zɡ{_TONED}]{{1,8}}[)）]")
_ANY_TONED = re.compile(rf"[(（][a-zɡ]*[{_TONED}]")
_PLAIN_SYLLABLE = re.compile(
    rf"(?<=[{HAN}])\((?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:a|o|e|i|u|v|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ang|eng|ing|ong|ia|iao|ian|iang|iong|ua|uo|uai|uan|uang)\)"
)


def _pinyin(text: str) -> Iterator[Edit]:
    """Readings of characters that a converter left in brackets, where a text is full of them."""
    toned = list(_TONED_BRACKET.finditer(text)) if _ANY_TONED.search(text) else []
    if len(toned) < 5:
        return
    yield from (Edit(each.start(), each.end()) for each in toned)
    if len(toned) >= 50:
        yield from (Edit(each.start(), each.end()) for each in _PLAIN_SYLLABLE.finditer(text))


_CONTACT = re.compile(
    r"""(?:电话|電話|手机|手機|热线|熱線|传真|傳真|微信号?|微信號|客服
        |(?<![a-z])(?:QQ群?|Tel|Phone|Fax|Mobile|WhatsApp))
          \s{0,3}[:：.]?\s{0,3}[+()（）\d][\d\s()（）\-]{5,20}\d
      | (?<![\d.])1[3-9]\d{9}(?!\d) | (?<![\d.])1[3-9]\d[ -]\d{4}[ -]\d{4}(?!\d)
      | (?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d) | (?<!\d)[48]00-\d{3,4}-\d{3,4}(?!\d)
      | (?<!\d)\+\d{1,3}[ -](?:\(?\d{1,4}\)?[ -]?){2,4}\d{2,4}(?!\d)
      | [a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+""",
    re.VERBOSE | re.IGNORECASE,
)


_AROUND = 80
_MAY_BE_CONTACT = re.compile(r"@|\d[\d ()（）\-—]{5,}\d")


def has_contact(text: str) -> bool:
    """Whether a text holds a phone number, a messenger number or a mail address."""
    return _MAY_BE_CONTACT.search(text) is not None and _CONTACT.search(text) is not None


def _contacts(text: str) -> Iterator[Edit]:
    """Contact data, looked for only around what may be some."""
    for hint in _MAY_BE_CONTACT.finditer(text):
        near = max(hint.start() - _AROUND, 0), hint.end() + _AROUND
        yield from (Edit(each.start(), each.end()) for each in _CONTACT.finditer(text, *near))


_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]{0,300})?/?>")
_BROKEN_CLOSING_TAG = re.compile(r"(?<![?!])[?!]++(?<=\?)/[a-z]{1,10}>")
_EMPTY_BULLET = re.compile(r"^[ \t]*[?�•·][ \t]*$", re.MULTILINE)


def _markup(text: str) -> Iterator[Edit]:
    """HTML that survived in plain text, and the question marks that bullets turned into."""
    yield from (Edit(each.start(), each.end()) for each in _TAG.finditer(text))
    yield from (Edit(each.start(), each.end(), "。") for each in _BROKEN_CLOSING_TAG.finditer(text))
    yield from (Edit(each.start(), each.end()) for each in _EMPTY_BULLET.finditer(text))


_GAP = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")


def _lost_plus_signs(text: str) -> Iterator[Edit]:
    """A lone space between Chinese words, in a text that has next to none: once "A+B"."""
    gaps = list(_GAP.finditer(text))
    if gaps and len(gaps) * 300 <= len(text) + 300:
        for gap in gaps:
            yield Edit(gap.start(), gap.end(), "+")


_MOJIBAKE = re.compile(rf"[{HAN}]\?[;:A-Za-z][{HAN}A-Za-z]|�|\?/[a-z]+>")


def is_damaged(sentence: str) -> bool:
    """Whether characters of a sentence were lost, so that nobody should be shown it."""
    return _MOJIBAKE.search(sentence) is not None
