"""What the parts of a plain text are: prose, headings, navigation, tables of contents.

Only general signs are used: width, punctuation, numbering, neighbours, and the words that web pages
put around articles.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.language import HAN
from knowledge.lines import CHINESE_STOPS, ENDS_SENTENCE, NUMBERED, Layout, Line, split_lines
from knowledge.mapping import Edit
from knowledge.read.reading import Heading

_NOISE = re.compile(
    r"""版权|版權|©|copyright|all\ rights\ reserved|ICP[备備]|公网安备|(?:网站|網站)[备備]案
      | ^[【\[]?(?:图片|圖片|内容|內容|文章|本文|原文|资料|資料)?(?:来源|來源|源自)[于於]?[:：]|^来源于|^來源於
      | (?:阅读|閱讀)(?:时长|時長)|(?:点击|點擊)(?:查看|阅读|閱讀|关注|關注)|扫一扫|掃一掃|长按二维码
      | 关注公众号|關注公眾號|(?:转载|轉載)(?:请|請)?(?:注明|註明|授权|授權)|欢迎访问|歡迎訪問
      | 全部(?:评论|評論)|鲜花(?:排名|数量)|(?:网站|網站)(?:地图|地圖)|加入收藏|(?:设|設)(?:为|為)首(?:页|頁)
      | (?:联系|聯系|聯絡)(?:我们|我們)|(?:关于|關于|關於)(?:我们|我們)
      | (?:会员|會員)登[陆陸录錄入]|(?:独家|獨家)(?:运营|運營)|更多城市分站|免责声明|免責聲明
      | ^(?:home|about\ us|contact(?:\ us)?|privacy(?:\ policy)?|terms(?:\ of\ (?:use|service))?
         |cookies?(?:\ policy)?|sign\ (?:in|up)|log\ ?in|subscribe|share(?:\ this)?|skip\ to\ (?:main\ )?content
         |read\ more|follow\ us.{0,20})$
      | [-_|]\s*【[^】]+】$ | ^[\d\s:/.,-]+$ | ^(?:\#\S+\s*){2,}$ | ^——\S{1,8}$""",
    re.VERBOSE | re.IGNORECASE,
)
_RELATED = re.compile(
    r"^[【\[]?\s*(?:相关|相關|推荐|推薦|延伸)(?:文章|阅读|閱讀|课程|課程)|^related (?:articles|posts|reading)", re.I
)


def _is_noise(line: Line) -> bool:
    if line.width <= 160 and _NOISE.search(line.text):
        return True
    cells = re.split(r"[|｜]", line.text)
    return len(cells) >= 2 and all(len(cell.strip()) <= 16 for cell in cells) and not CHINESE_STOPS.search(line.text)


def _tail(lines: Sequence[Line]) -> int:
    """Where navigation begins at the end of a page, as an index of `lines`."""
    begins, prose = len(lines), 0
    for index in range(len(lines) - 1, -1, -1):
        prose += lines[index].prose
        if _RELATED.search(lines[index].text) and prose * 4 <= len(lines) - index:
            begins = index
    return begins


def _menus(lines: Sequence[Line]) -> Iterator[int]:
    """Runs of ten and more short lines without punctuation: menus, not content."""
    run: list[int] = []
    for index, line in enumerate((*lines, Line(0, 0, "。" * 40))):
        if line.width <= 24 and not CHINESE_STOPS.search(line.text) and not NUMBERED.match(line.text):
            run.append(index)
            continue
        if len(run) >= 10:
            yield from run
        run = []


_NOT_A_HEADING = re.compile(r"[。!！;；,，…]['\"”’]?$|。")


def _level(line: Line) -> int:
    mark = NUMBERED.match(line.text)
    minor = mark and re.match(r"[\d①-⑳(（]", mark.group()) and not mark.group().startswith("0")
    return 3 if minor else 2


def _headings(lines: Sequence[Line]) -> Iterator[Heading]:
    """Short lines above running text; `lines` are the content lines below the title."""
    edge = Line(0, 0, "")
    for before, line, after in zip((edge, *lines), lines, (*lines[1:], edge), strict=False):
        if not _NOT_A_HEADING.search(line.text) and _heads(before, line, after):
            yield Heading(line.start, line.end, _level(line), _bare(line.text))


def _heads(before: Line, line: Line, after: Line) -> bool:
    if not NUMBERED.match(line.text):
        return _stands_alone(before, line, after)
    return line.width <= 80 and not _same_list(before, line) and not _same_list(line, after)


def _same_list(first: Line, second: Line) -> bool:
    both = NUMBERED.match(first.text) and NUMBERED.match(second.text)
    return bool(both) and _level(first) == _level(second)


def _stands_alone(before: Line, line: Line, after: Line) -> bool:
    short = line.width <= 52 and not re.search(r"[?？]['\"”’」]?$", line.text)
    label = not re.search(r"[:：]$", line.text) or line.width <= 12
    follows = not before.text or before.prose or bool(ENDS_SENTENCE.search(before.text))
    if line.width <= 12 and line.text.endswith((":", "：")):
        return bool(after.text) and not NUMBERED.match(after.text)
    return short and label and after.prose and (follows or before.width <= 12)


_RUN_IN = re.compile(rf"^[^\S\n]+([{HAN}A-Za-z]{{4,18}})[ \u3000\xa0](?=[{HAN}])", re.MULTILINE)


def _run_in_headings(text: str) -> list[Heading]:
    """Headings that share a line with the paragraph below them: indented, then one space."""
    return [Heading(m.start(1), m.end(1), 3, m.group(1)) for m in _RUN_IN.finditer(text)]


def _bare(heading: str) -> str:
    return re.sub(r"^[【\[]+|[】\]:：]+$", "", " ".join(heading.split()))


_CHAPTER = re.compile(r"第|Chapter|Part|Section")


def _title(lines: Sequence[Line]) -> Line | None:
    """The last likely line before the running text begins; its first numbered point is no title."""
    head: list[Line] = []
    for line in lines[:40]:
        if line.prose:
            return head[-1] if head else None
        point = NUMBERED.match(line.text) and not _CHAPTER.match(line.text)
        if 8 <= line.width <= 90 and not (head and point):
            head.append(line)
    return None


def guess(text: str, fallback: str) -> Layout:
    """The layout of a plain text. `fallback` is the title when none stands above the text."""
    lines = split_lines(text)
    if len(lines) <= 3 and len(text) > 1000:
        return _one_long_line(text, fallback)
    tail = _tail(lines)
    dropped = {index for index, line in enumerate(lines) if index >= tail or _is_noise(line)} | set(_menus(lines))
    title = _title([line for index, line in enumerate(lines) if index not in dropped])
    if title is not None:
        dropped |= set(range(lines.index(title)))
    content = [line for index, line in enumerate(lines) if index not in dropped and line is not title]
    top = [Heading(title.start, title.end, 1, _bare(title.text))] if title else []
    headings = (*top, *_headings(content), *_run_in_headings(text))
    return Layout(
        title=_bare(title.text) if title else fallback,
        headings=tuple(sorted(headings, key=lambda each: each.start)),
        skipped=tuple((lines[index].start, lines[index].end) for index in sorted(dropped)),
    )


_SECTION_LABELS = frozenset(
    """内容推荐 内容简介 內容簡介 内容提要 编辑推荐 編輯推薦 作者简介 作者簡介 目录 目錄 自序 序言 序 前言
    推荐序 推薦序 导语 導語 导读 精彩页 精彩頁 在线试读 结语 結語 后记 後記 附录 附錄 书评 書評""".split()
)


def _one_long_line(text: str, fallback: str) -> Layout:
    """A page that lost its line breaks: spaces separate headings, or break lines inside sentences."""
    pieces = [Line(each.start(), each.end(), each.group()) for each in re.finditer(r"\S+", text)]
    listing = _listing(pieces)
    labels = [index for index, piece in enumerate(pieces) if piece.text in _SECTION_LABELS and index not in listing]
    headings = tuple(Heading(pieces[i].start, pieces[i].end, 1, pieces[i].text) for i in labels)
    contents = ((pieces[listing[0]].start, pieces[listing[-1]].end),) if listing else ()
    edits = [Edit(pieces[i].end, pieces[i + 1].start, "\n") for i in listing[:-1]]
    edits += _joined(pieces, set(listing) | set(labels))
    book = re.search(r"《([^》]{2,40})》", text)
    return Layout(book.group(1) if book else fallback, headings, (), contents, tuple(sorted(edits)))


def _listing(pieces: Sequence[Line]) -> range:
    """The pieces of a table of contents: many without a sentence mark, some of them chapters."""
    begin = next((i for i, piece in enumerate(pieces) if piece.text in ("目录", "目錄", "Contents")), None)
    if begin is None:
        return range(0)
    prose = next((i for i in range(begin, len(pieces)) if "。" in pieces[i].text), len(pieces))
    labels = [i for i in range(begin + 1, prose) if pieces[i].text in _SECTION_LABELS]
    end = labels[-1] if labels else prose
    chapters = sum(bool(NUMBERED.match(piece.text)) for piece in pieces[begin:end])
    return range(begin + 1, end) if chapters >= 2 and end - begin >= 8 else range(0)


def _joined(pieces: Sequence[Line], apart: set[int]) -> Iterator[Edit]:
    """Spaces that were line ends: runs of four and more pieces of one line's width."""
    run: list[int] = []
    for index, piece in enumerate((*pieces, Line(0, 0, "x" * 99))):
        if index not in apart and len(piece.text) <= 14 and index < len(pieces):
            run.append(index)
            continue
        if sum(len(pieces[i].text) >= 8 for i in run) >= 4:
            ends = run if index >= len(pieces) or index in apart else [*run, index]
            for before, after in pairwise(ends):
                ended = ENDS_SENTENCE.search(pieces[before].text) and len(pieces[before].text) < 9
                yield Edit(pieces[before].end, pieces[after].start, "\n" if ended else "")
        run = []
