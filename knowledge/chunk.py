"""A document's text cut into passages, at headings, pages of contents and sentence ends."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter

from knowledge.clean import Cleaned
from knowledge.documents import Passage
from knowledge.language import han_count, sentences
from knowledge.mapping import Edit, apply
from knowledge.read.reading import Heading, Page

Span = tuple[int, int]

# Columns, a Chinese character taking two. Recall is flat between half and twice these sizes.
LARGEST = 1600
SMALL = 400


def chunk(document_id: str, text: str, cleaned: Cleaned, pages: tuple[Page, ...] = ()) -> list[Passage]:
    """The passages of a document, in order, disjoint; headings and skipped spans are in none."""
    cutter = _Cutter(document_id, text, cleaned, pages)
    found = sorted(cutter.passages(), key=attrgetter("start"))
    if not found and text.strip():
        start = len(text) - len(text.lstrip())
        found = [cutter.passage((start, len(text.rstrip())), "", contents=True)]
    return found


class _Cutter:
    def __init__(self, document_id: str, text: str, cleaned: Cleaned, pages: tuple[Page, ...]) -> None:
        self.document_id = document_id
        self.text = text
        self.title = cleaned.title
        self.skipped = _merged(cleaned.skipped)
        self.contents = _merged(cleaned.contents)
        self.headings = [each for each in cleaned.headings if not self._apart(each)]
        self.edits = cleaned.edits
        self.page_starts = [page.start for page in pages]
        self.page_labels = [page.label for page in pages]
        self.edit_starts = [edit.start for edit in cleaned.edits]
        self.seen: Counter[str] = Counter()

    def passages(self) -> Iterator[Passage]:
        for section, heading in self._sections():
            for span in _without(section, self.skipped):
                for piece in _without(span, self.contents):
                    yield from (self.passage(each, heading) for each in self._pieces(piece))
                for listing in _within(span, self.contents):
                    if self.text[slice(*listing)].strip():
                        yield self.passage(listing, heading, contents=True)

    def _apart(self, heading: Heading) -> bool:
        """Whether a heading stands in what is no content, or in a list of headings."""
        span = heading.start, heading.start + 1
        return bool(_touching(span, self.skipped) or _touching(span, self.contents))

    def _sections(self) -> Iterator[tuple[Span, str]]:
        """Each stretch between headings, with the path of headings above it."""
        headings = self.headings
        titles = [each for each in headings if each.level == 1]
        title = titles[0] if len(titles) == 1 and titles[0] is headings[0] and len(headings) > 1 else None
        path: list[Heading] = []
        yield (0, headings[0].start if headings else len(self.text)), ""
        for index, heading in enumerate(headings):
            path = [each for each in path if each.level < heading.level] + [heading]
            end = headings[index + 1].start if index + 1 < len(headings) else len(self.text)
            names = [each.title for each in path if each is not title and each.title != self.title]
            yield (heading.end, max(heading.end, end)), " › ".join(names)

    def _pieces(self, span: Span) -> Iterator[Span]:
        start, end = _trim(self.text, *span)
        if start >= end:
            return
        if _width(self.text[start:end]) <= LARGEST:
            yield start, end
            return
        pieces = [each for each in self._sentences(start, end) if self.text[slice(*each)].strip()]
        if pieces:
            yield from _packed(self.text, pieces)

    def _sentences(self, start: int, end: int) -> Iterator[Span]:
        copy = apply(self.text[start:end], _shifted(self._edits(start, end), -start))
        for first, last in sentences(copy.text):
            begin, stop = copy.span(first, last)
            yield from _halved(start + begin, start + stop)

    def _edits(self, start: int, end: int) -> list[Edit]:
        first = bisect_right(self.edit_starts, start - 1)
        last = bisect_right(self.edit_starts, end - 1)
        return [each for each in self.edits[first:last] if each.end <= end]

    def passage(self, span: Span, heading: str, contents: bool = False) -> Passage:
        start, end = _trim(self.text, *span)
        text = self.text[start:end]
        self.seen[text] += 1
        page = bisect_right(self.page_starts, start) - 1
        return Passage(
            id=_identity(self.document_id, text, self.seen[text]),
            document_id=self.document_id,
            heading=heading,
            text=text,
            start=start,
            end=end,
            page=self.page_labels[page] if page >= 0 else None,
            edits=_shifted(self._edits(start, end), -start),
            contents=contents,
        )


def _identity(document_id: str, text: str, occurrence: int) -> str:
    content = f"{document_id}\0{occurrence}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=10).hexdigest()


def _width(text: str) -> int:
    return len(text) + han_count(text) if len(text) * 2 > LARGEST else len(text)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _halved(start: int, end: int) -> Iterator[Span]:
    """A run without any sentence end is cut by length alone."""
    while end - start > LARGEST:
        yield start, start + LARGEST
        start += LARGEST
    if start < end:
        yield start, end


def _packed(text: str, pieces: list[Span]) -> Iterator[Span]:
    """Neighbouring sentences put together until they reach the target width."""
    start, end, size = pieces[0][0], pieces[0][0], 0
    rest = sum(_columns(text, each) for each in pieces)
    for piece in pieces:
        width = _columns(text, piece)
        if size and size + width > LARGEST and rest >= SMALL:
            yield start, end
            start, size = piece[0], 0
        end = piece[1]
        size += width
        rest -= width
    yield start, end


def _columns(text: str, span: Span) -> int:
    piece = text[span[0] : span[1]]
    return len(piece) + han_count(piece)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif start < end:
            found.append((start, end))
    return found


def _touching(span: Span, holes: Sequence[Span]) -> Sequence[Span]:
    first = bisect_right(holes, span[0], key=itemgetter(1))
    return holes[first : bisect_left(holes, span[1], key=itemgetter(0))]


def _without(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    at = span[0]
    for start, end in _touching(span, holes):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < span[1]:
        yield at, span[1]


def _within(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    return ((max(start, span[0]), min(end, span[1])) for start, end in _touching(span, holes))


def _shifted(edits: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    return tuple(Edit(each.start + by, each.end + by, each.replacement) for each in edits)
