"""Whether a claim tells what happens in another order than its evidence."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, islice, pairwise

from assistant.gates.clauses import concepts, in_chinese
from assistant.gates.negators import denials
from knowledge.glossary import Glossary
from knowledge.language import HAN, bag_of, fold, is_han

_Order = tuple[str, str]
_Sides = tuple[frozenset[str], frozenset[str]]
_ANY = "*"
"""A part that is not told: what is last comes after any other."""
_MOST = 40
"""How many orders of one text are compared, so that a huge text stays cheap."""

_CLAUSE = re.compile(r",(?!\d)|[;:()。!?\n]|\.(?=\s|$)|\s(?=(?:because|since|so that|although|but|when|if|while)\b)")
_LED = re.compile(r"((?:^|[,;.。\n])\s*(?:first(?:ly)?|secondly|then|finally|首先|然后|其次|最后)),")
_SUPPOSED = re.compile(r"if\b|如果|若")
_FILLER = re.compile(
    r"然后|接着|随后|其次|最[先后终]|第[一二三](?:优先级?|步|阶段)|[的了是在和与及或也都就而之其这被把从到为于要先再才后前]"
    r"|\b(?:first|second|third|last|later|then|next|follow\w*|only|before|after|until|\w+ (?:day|week|month|year)s?)\b"
)
_MARK = re.compile(
    rf"(?P<past_han>[之以过]后|(?<=[{HAN}]{{2}})(?<![最然随其此])后(?![台续]))"
    rf"|(?P<ahead_han>[之以]前|(?<=[{HAN}]{{2}})(?<![目当提的])前(?![台提]|[一二三四五六七八九十\d几]+[名位家大]))"
    r"|\b(?P<past>(?<!one )(?<!look )after(?! all\b)|(?<!at )once(?! (?:or|an?|every|per|again)\b)|as soon as)\b"
    r"|\b(?P<ahead>before|ahead of|prior to|until|till)\b"
)
_OPENER = re.compile(r"从|(?<![存正现实内外所])在|(?<![由关对处属等至终])于|等到?")
_ASIDE = re.compile(r"\b(?:without|that|which|who|what)\b.*|(?:没有?|无)[^,]{1,8}的|(?<![尚还并从])未|[把将].*")
_CUT = re.compile(r"\s(?=and\b|then\b)|(?=然后|接着|随后|其次|(?<!不)再(?!次)|(?<!其次)(?<!最后)才|最后|最终)")
_FIRST = re.compile(
    r"(?P<han>最优先|最先|第一(?:优先级?|步|阶段)|(?<![优最事率])先(?![进生后锋例前])|一开始)"
    r"|^(?:and )?first(?:ly)?\b|\bfirst$|\b(?:start|begin)(?:s|ning)? .*?with\b"
)
_LAST = re.compile(r"最后(?![一的])|最终|\b(?:lastly|finally)\b|\blast$")
_NEXT = re.compile(
    rf"{_LAST.pattern}|^(?:然后|接着|随后|其次|再|才)|第[二三](?:优先级?|步|阶段)"
    r"|\b(?:then|secondly|afterwards|next|later)\b|\b(?:second|third|follow(?:s|ed)?)$"
)
_WAY = re.compile(
    r"\bfrom ([^,;:.]{3,60}? to [^,;:.]{3,60}(?:,? (?:and )?(?:then|finally) to [^,;:.]{3,60})*)"
    r"|[从由]([^从由,;:。]{2,12}?(?<![得做达])[到至](?![期场位底])[^,;:。]{2,40}(?:,(?:再|然后|最后)[到至][^,;:。]{2,20})*)"
    r"|(?:依次|先后)([^,;。]*、[^,;。]*)"
)
_LINK = re.compile(r",? ?(?:and )?(?:then |finally )?\bto |,?(?:再|然后|最后)?(?<![得做达])[到至](?![期场位底])|[、和]")


def resequenced(claim: str, evidence: Sequence[str], glossary: Glossary) -> bool:
    """Whether a claim puts two things in an order and its evidence puts them in the opposite one."""
    here, there = fold(claim), [fold(each) for each in evidence]
    for chinese in (True, False):
        quote = "\n".join(each for each in there if in_chinese(each) is chinese)
        english = "" if in_chinese(here) is chinese else (here if chinese else quote)
        known = [_sides(each, english, glossary) for each in _orders(quote)]
        for told in (_sides(each, english, glossary) for each in _orders(here)):
            same = sum(_alike(told, each, 0) for each in known)
            opposite = sum(_alike(told[::-1], each, 2) for each in known)
            if opposite > same:
                return True
    return False


def _alike(one: _Sides, other: _Sides, fifths: int) -> int:
    """How many pairs of terms two orders put alike; if only one part is told, it must be the same by so many fifths."""
    parts = [(len(mine & its), max(len(mine), len(its))) for mine, its in zip(one, other, strict=True)]
    if _ANY in one[0] | one[1] and any(5 * shared < (fifths + (shared == 1)) * longest for shared, longest in parts):
        return 0
    return parts[0][0] * parts[1][0]


def _sides(order: _Order, english: str, glossary: Glossary) -> _Sides:
    """The terms of each part of an order that the other part has not."""
    one, other = (_named(each, english, glossary) for each in order)
    return one - other, other - one


@lru_cache(maxsize=8192)
def _named(part: str, english: str, glossary: Glossary) -> frozenset[str]:
    """The terms of a part; beside an English text, those of it that a Chinese part names."""
    own = _plain(part)
    if not english or not in_chinese(part):
        return own
    names = (frozenset(name.split()) for each in concepts(part, glossary) for name in each.translations)
    return frozenset(each for each in own if not is_han(each)).union(*filter(_plain(english).issuperset, names))


@lru_cache(maxsize=8192)
def _plain(part: str) -> frozenset[str]:
    """The stems and the pairs of Chinese characters of a part, without numbers but years."""
    runs = bag_of(_FILLER.sub(" ", part)).split() if part != _ANY else [_ANY]
    pairs = {one + other for run in runs if is_han(run) for one, other in pairwise(run)}
    return frozenset(pairs | {run for run in runs if not is_han(run) and (len(run) == 4 or not run.isdigit())})


@lru_cache(maxsize=2048)
def _orders(folded: str) -> tuple[_Order, ...]:
    """What a text puts in an order."""
    clauses = [each.strip() for each in _CLAUSE.split(_LED.sub(r"\1 ", folded)) if each.strip()]
    return tuple(islice(chain(_around_events(clauses), _on_ways(folded), _in_steps(clauses)), _MOST))


def _around_events(clauses: Sequence[str]) -> Iterator[_Order]:
    """Of what stands before or after an event."""
    for at, clause in enumerate(clauses):
        for mark in () if _SUPPOSED.match(clause) else _MARK.finditer(clause):
            event, main = _parted(clause, mark)
            if not _plain(main):
                main = " ".join(clauses[at + 1 : at + 2] or clauses[at - 1 : at])
            # What is not done before an event is told apart by its denial, which another gate weighs.
            if _plain(main) and not denials(_ASIDE.sub("", main)):
                ahead = "ahead" in str(mark.lastgroup)
                yield from ((main, event), (_ANY, event)) if ahead else ((event, main), (event, _ANY))


def _parted(clause: str, mark: re.Match[str]) -> tuple[str, str]:
    """The event that a mark of time belongs to, and the rest of its clause."""
    left, right = clause[: mark.start()], clause[mark.end() :]
    if "han" not in str(mark.lastgroup):
        return right, left
    start, end = opener.span() if (opener := _OPENER.search(left)) else (0, 0)
    return left[end:], f"{left[:start]} {right}"


def _in_steps(clauses: Sequence[str]) -> Iterator[_Order]:
    """Of steps and ranks: first this, then that, that last."""
    series: list[str] = []
    previous, turned = "", False
    for piece in (piece.strip() for clause in clauses for piece in _CUT.split(clause)):
        if first := _FIRST.search(piece):
            series, turned = [piece[first.start() :] if first["han"] else piece], denials(piece[: first.start()]) > 0
            yield from () if turned else [(series[0], _ANY)]
        elif _NEXT.search(piece):
            series = series[-12:] or [previous]
            yield from ((piece, each) if turned else (each, piece) for each in series)
            yield from [(_ANY, piece)] if _LAST.search(piece) else ()
            series.append(piece)
        previous = piece


def _on_ways(folded: str) -> Iterator[_Order]:
    """Of the members of a list in order, and of ways from one thing to another and on to a third."""
    for way in _WAY.finditer(folded):
        parts = _LINK.split(way[1] or way[2] or way[3])[:12]
        yield from (*combinations(parts, 2), (parts[0], _ANY), (_ANY, parts[-1]))
