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
    r"什么是|是什么|哪[些几一二三四五六七八九十两]|包括|内容|指的?是|(?:怎么|如何)(?:分|定义|写|算)|定义|分别|具体|含义|意思|有几|几个|[列说]一[下列]|列[出举]|对应|逐[条个一]"
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
    r"(?:does|do|did) not (?:describe|explain|say|list|define|name)|without (?:a |any )?(?:descri|explain|listing)"
    r"|(?:is|are) not (?:explained|described|listed)|headings? (?:only|in)|no complete list|names? .{0,60} but"
    r"|没有(?:任何)?(?:说明|解释|展开|列出|列全|描述|介绍|交代)|[未并]未(?:说明|解释|列出)|只有名[称字]|只出现在|只点名",
    re.IGNORECASE,
)
_ASKS_WHETHER = re.compile(
    r"(?:is|are|was|were) .{2,60} (?:described|explained|documented|defined|listed)\b"
    r"|(?:does|do) .{2,60} (?:describe|explain)"
    r"|有没有(?:说明|解释|写|讲|列)|(?:说明|解释|写|讲|列)[^,，?？。]{0,6}[吗没]|[是有]否(?:说明|解释|写)"
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
    """A method whose content was asked for and that the sources only name, with all its names.

    `sure` unless it is known for a method by nothing but the asker's quotation marks.
    """

    note: Note
    names: tuple[str, ...]
    sure: bool

    def named_in(self, sentence: str) -> bool:
        """Whether a sentence mentions it."""
        return any(_about(sentence, name) for name in self.names)


def named_only(found: Found, understood: Understood) -> NamedOnly | None:
    """The method that a question asks the content of, when the sources only name it.

    Something that is not written like a method's name counts when a source says that it is only named.
    """
    asked = fold(understood.text)
    if not _ASKS_CONTENT.search(asked) or _ASKS_WHETHER.search(asked):
        return None
    for names in _named(found, understood.text):
        places = [(hit, name) for hit in found.hits for name in names if _mentions(hit, name)]
        sure = any(map(_NUMBERED.fullmatch, names)) or any(_denied(hit, name) for hit, name in places)
        quoted = any(name in _QUOTED.findall(understood.text) for name in names)
        if places and (sure or quoted) and not any(_describes(hit, name) for hit, name in places):
            used = (name for name in names if not name.isdigit() and fold(name) in asked)
            said = next(used, max((name for _, name in places), key=lambda name: (has_han(name), len(name))))
            citations = tuple(dict.fromkeys(_mention(hit, name) for hit, name in places))[:2]
            return NamedOnly(Note(NoteKind.NAMED_ONLY, said, citations), tuple(names), sure)
    return None


_QUOTED = re.compile("[「『“\"‘']([^」』”\"’']{2,20})[」』”\"’']")
_COUNT = "[一二三四五六七八九十]"
_NUMBERED = re.compile(
    rf"\d{{2,4}}[{HAN}]{{2,6}}?(?:法|工程|模型|体系|體系)|\d[A-Za-z][{HAN}]{{2}}"
    rf"|{_COUNT}+[{HAN}]{_COUNT}+[{HAN}]|{_COUNT}[招式环環][{HAN}]{{2}}"
)


def _named(found: Found, text: str) -> Iterator[list[str]]:
    """Each name in a question that may be a method's, with its writings in other languages."""
    for name in (*_QUOTED.findall(text), *_NUMBERED.findall(text)):
        yield [name]
    named: dict[frozenset[str], list[str]] = {}
    for group in found.query.groups:
        if group.stands_for:
            named.setdefault(group.stands_for, _as_asked(text, group.stands_for)).extend(map(_joined, group.terms))
    yield from (_whole_names(names) for names in named.values() if any(map(_several, names)))


def _as_asked(text: str, stems: frozenset[str]) -> list[str]:
    """The stems of an English phrase in the order of the question."""
    asked = bag(text).split()
    runs = (asked[at : at + len(stems)] for at in range(len(asked)))
    return [" ".join(run) for run in runs if set(run) == stems and len(run) > 1 and not has_han(run[0])][:1]


def _several(name: str) -> bool:
    """Whether a name is more than one plain word."""
    return len(name) > 2 if has_han(name) else " " in name


def _whole_names(names: list[str]) -> list[str]:
    """Names without those that are but a part of another one."""
    return [each for each in names if not any(each != other and each in other for other in names)]


def _joined(term: str) -> str:
    """A Chinese name as it is written, without the spaces between its parts."""
    return term.replace(" ", "") if has_han(term) else term


def _about(text: str, name: str) -> bool:
    """Whether a text holds a name: Chinese as it is written, English by its stems."""
    if has_han(name):
        return fold(name) in fold(text)
    stems = _stems(name)
    return bool(stems) and needle(stems) in bag(text)


def _stems(name: str) -> str:
    return bag(name).strip()


def _mentions(hit: Hit, name: str) -> bool:
    return _about(f"{hit.passage.heading}\n{hit.passage.repaired()}", name)


def _describes(hit: Hit, name: str) -> bool:
    return any(_defined(sentence.plain, name) for sentence in quotable(hit))


def _denied(hit: Hit, name: str) -> bool:
    """Whether a sentence says of a name that there is no more to it."""
    return any(_DENIES.search(fold(each.plain)) and _about(each.plain, name) for each in quotable(hit))


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
