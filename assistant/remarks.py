"""What is to be said about the sources: where they differ, and what they name without describing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answers import Citation, Note, NoteKind
from assistant.extract import Pick
from assistant.sentences import Sentence, cite, quotable
from assistant.understand import Understood
from knowledge.documents import Hit
from knowledge.language import HAN, bag, fold, has_han, needle
from knowledge.library import Found

_SAYS_SO = re.compile(
    r"sources? (?:differ|disagree)|readings? differ|must not be (?:mixed|confused)|never mix"
    r"|(?:各|两|兩)(?:份|家|个|個)?(?:资料|資料|来源|來源)[^。]{0,12}(?:不同|不一致)"
    r"|[口说說][径徑法]不同|(?:不可|不能|不要)混用",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(\d+(?:[.,]\d+)*)\s*(%|percent|million|billion|(?:year|month|week|day|hour|stage|step|level|layer|tier|module|action)s?"
    r"|people|[百千万亿]*(?:元|美元|人民币|年|个月|月|周|天|人|家|级|步|层|个|倍|门|项|次))",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?<![A-Za-z0-9])([SABCD])(?:\s*(?:级|類|类|level|tier|grade)|(?=\s*[:：]|是))"
    r"|(?:tier|grade|level|class)\s+([SABCD])(?![A-Za-z])",
    re.IGNORECASE,
)
_ASKS_CONTENT = re.compile(
    r"什么是|是什么|哪[些几]|包括|内容|指的?是|(?:怎么|如何)(?:分|定义|写|算)|定义|分别|具体|含义|意思|有几|几个|列出"
    r"|what (?:is|are|do|does|were|was)|which|define|definition|list|name the|parts?|components?|meaning|stand for"
    r"|explain|describe|how (?:is|are|does|do|many)",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"""^[\s”’」』"')）]*[^。；;,，]{0,16}?
        (?:是指|指的?是|就是|包括|包含|分为|分成|由|即|意味|有以下|有[一二三四五六七八九十\d两]|[:：（(]|=|是
          |(?:means?|is|are|includes?|consists?|comprises?|covers?|refers?|stands?|has|have|asks?|runs?)\b)""",
    re.VERBOSE,
)
_DENIES = re.compile(
    r"(?:does|do|did) not (?:describe|explain|say|list|define|name)|without (?:describing|explaining|listing)"
    r"|(?:没有|沒有|[未並并]+未)(?:说明|說明|解释|解釋|展开|展開|列出|描述|介绍|介紹|交代)|names? .{0,60} but",
    re.IGNORECASE,
)


def remarks(found: Found, picks: Sequence[Pick]) -> tuple[Note, ...]:
    """The note on where the sources differ, if they do."""
    return tuple(_differing(found, picks))


def _differing(found: Found, picks: Sequence[Pick]) -> Iterator[Note]:
    """Chosen sentences that say so themselves, or that give one grade or quantity two meanings."""
    for pick in picks:
        if match := _SAYS_SO.search(pick.sentence.plain):
            yield Note(NoteKind.SOURCES_DIFFER, match.group(), (pick.sentence.citation(),))
            return
    for first, second in combinations([pick.sentence for pick in picks], 2):
        if about := _conflict(first, second, found):
            yield Note(NoteKind.SOURCES_DIFFER, about, (first.citation(), second.citation()))
            return


def _conflict(first: Sentence, second: Sentence, found: Found) -> str:
    """The grade or quantity for which two documents give different readings of one topic."""
    if first.hit.entry.id == second.hit.entry.id or not _one_topic(first, second, found):
        return ""
    grades = _grades(first.plain) & _grades(second.plain)
    if grades:
        return ", ".join(sorted(grades))
    mine, theirs = _quantities(first.plain), _quantities(second.plain)
    for unit in sorted(mine.keys() & theirs.keys()):
        if mine[unit].isdisjoint(theirs[unit]):
            return " / ".join(sorted({*mine[unit], *theirs[unit]}))
    return ""


def _one_topic(first: Sentence, second: Sentence, found: Found) -> bool:
    both = [g for g in found.query.groups if g.present(first.bag) and g.present(second.bag)]
    asked = sum(g.weight * g.idf for g in found.query.own)
    return sum(g.weight * g.idf for g in both) >= 0.5 * asked > 0


def _grades(text: str) -> set[str]:
    return {(a or b).upper() for a, b in _GRADE.findall(text)}


def _quantities(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number, unit in _QUANTITY.findall(fold(text)):
        found.setdefault(unit.rstrip("s"), set()).add(
            f"{number}{unit}" if unit[0] > "z" or unit == "%" else f"{number} {unit}"
        )
    return found


@dataclass(frozen=True, slots=True)
class NamedOnly:
    """A method whose content was asked for and that the sources only name, with all its names."""

    note: Note
    names: tuple[str, ...]

    def named_in(self, sentence: str) -> bool:
        """Whether a sentence mentions it."""
        return any(_about(sentence, name) for name in self.names)


def named_only(found: Found, understood: Understood) -> NamedOnly | None:
    """The method that a question asks the content of, when the sources only name it."""
    if not _ASKS_CONTENT.search(fold(understood.text)):
        return None
    for names in _methods(found, understood.text):
        places = [(hit, name) for hit in found.hits for name in names if _mentions(hit, name)]
        if places and not any(_describes(hit, name) for hit, name in places):
            used = (name for name in names if not name.isdigit() and fold(name) in fold(understood.text))
            said = next(used, max((name for _, name in places), key=lambda name: (has_han(name), len(name))))
            citations = tuple(dict.fromkeys(_mention(hit, name) for hit, name in places))[:2]
            return NamedOnly(Note(NoteKind.NAMED_ONLY, said, citations), tuple(names))
    return None


_METHOD = re.compile(
    rf"[「『“\"‘']([^」』”\"’']{{2,20}})[」』”\"’']|(\d{{2,4}}[{HAN}]{{2,6}}?(?:法|工程|模型|体系|體系))|(\d[A-Za-z][{HAN}]{{2}})"
    rf"|([一二三四五六七八九十]+[{HAN}][一二三四五六七八九十]+[{HAN}])|([一二三四五六七八九十][招式环環][{HAN}]{{2}})"
)


def _methods(found: Found, text: str) -> Iterator[list[str]]:
    """Each name of a method in a question, with its writings in other languages."""
    for groups in _METHOD.findall(text):
        yield [next(filter(None, groups))]
    named: dict[frozenset[str], list[str]] = {}
    for group in found.query.groups:
        if group.stands_for:
            named.setdefault(group.stands_for, []).extend(map(_joined, group.terms))
    yield from (names for names in named.values() if any(map(_METHOD.fullmatch, names)))


def _joined(term: str) -> str:
    """A Chinese name as it is written, without the spaces between its parts."""
    return term.replace(" ", "") if has_han(term) else term


def _about(text: str, name: str) -> bool:
    """Whether a text holds a name: Chinese as it is written, English by its stems."""
    return fold(name) in fold(text) if has_han(name) else needle(_stems(name)) in bag(text)


def _stems(name: str) -> str:
    return bag(name).strip()


def _mentions(hit: Hit, name: str) -> bool:
    return _about(f"{hit.passage.heading}\n{hit.passage.repaired()}", name)


def _describes(hit: Hit, name: str) -> bool:
    return any(_defined(sentence.plain, name) for sentence in quotable(hit))


def _defined(sentence: str, name: str) -> bool:
    """Whether a sentence goes on from a name to say what it is."""
    if _DENIES.search(fold(sentence)):
        return False
    spelt = re.escape(fold(name)) if has_han(name) else r"\w*\W+".join(map(re.escape, name.split())) + r"\w*"
    found = re.search(spelt, fold(sentence))
    return found is not None and _DEFINES.match(fold(sentence)[found.end() :]) is not None


def _mention(hit: Hit, term: str) -> Citation:
    """Where a term stands in a passage; its beginning when only a heading names it."""
    copy = hit.passage.search_copy()
    at = fold(copy.text).find(fold(term))
    if at < 0 or len(fold(copy.text)) != len(copy.text):
        return cite(hit, 0, min(len(hit.passage.text), 60))
    return cite(hit, *copy.span(at, at + len(term)))
