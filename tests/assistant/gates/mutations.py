"""Valid drafts with one thing made wrong in each."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.drafted import Block, Quoted
from assistant.gates.negators import Denial, Negator, negators
from knowledge.language import fold, sentences
from tests.assistant.gates.drafts import Draft

Mutator = Callable[[Draft, random.Random], Iterator[Draft]]

_FLIPS = (
    ("至少", "最多"),
    ("最少", "最多"),
    ("不超过", "超过"),
    ("不到", "超过"),
    ("以上", "以下"),
    ("以内", "以上"),
    ("之前", "之后"),
    ("以前", "以后"),
    ("at least", "at most"),
    ("no fewer than", "no more than"),
    ("more than", "less than"),
    ("over", "under"),
    ("before", "after"),
    ("within", "beyond"),
)
_UNITS = (
    ("万元", "亿元"),
    ("亿元", "万元"),
    ("万美元", "万元"),
    ("亿美元", "亿元"),
    ("个工作日", "周"),
    ("个季度", "个月"),
    ("个月", "年"),
    ("天", "周"),
    ("分钟", "小时"),
    ("百分之", "千分之"),
    ("%", "个百分点"),
    ("million", "billion"),
    ("days", "weeks"),
    ("months", "years"),
    ("years", "months"),
    ("minutes", "hours"),
    ("quarters", "years"),
    ("EUR", "USD"),
    ("RMB", "USD"),
    ("US$", "EUR "),
    (" percent", " percentage points"),
)
_NAMES = (
    ("黄彬", "陈军", "曹敏钦", "李鸿诚", "邱维", "郝立群", "马晓岑", "周启明"),
    ("Huang Bin", "Chen Jun", "Cao Minqin", "Marta Lindqvist", "Anders Moe", "Carla Benetti", "Colm Deasy"),
    ("Aurora Grid", "Northwind Rail Logistics", "Tidewick Payments", "Brightmoor"),
    ("岚衡重工", "汐岳新能", "穗汀食品"),
)
_PLAIN_DROPS = {"not": "", "n't": "", "never": "", "no": "some", "none": "all", "without": "with", "cannot": "can"}


def _claim(draft: Draft, text: str) -> Draft:
    return replace(draft, block=replace(draft.block, text=text))


def _quotes(draft: Draft, at: int, quoted: Quoted) -> Draft:
    quotes = tuple(quoted if index == at else each for index, each in enumerate(draft.block.quotes))
    return replace(draft, block=replace(draft.block, quotes=quotes))


def digit_changed(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """Another digit in a number of the claim, which the quotes do not have either."""
    there = re.sub(r"(?<=\d),(?=\d)", "", fold(" ".join(each.quote for each in draft.block.quotes)))
    text = draft.block.text
    for found in re.finditer(r"\d", text):
        digit = chance.choice([each for each in "3456789" if each != found[0]])
        changed = text[: found.start()] + digit + text[found.end() :]
        number = re.search(r"[\d.,]*\d", changed[_number_start(changed, found.start()) :])
        if number and number[0].replace(",", "") not in there:
            yield _claim(draft, changed)


def _number_start(text: str, at: int) -> int:
    while at and (text[at - 1].isdigit() or text[at - 1] in ".,"):
        at -= 1
    return at


def unit_shifted(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """Another unit or currency behind a number of the claim."""
    text = draft.block.text
    for unit, other in _UNITS:
        if re.search(rf"\d\s?{re.escape(unit)}|{re.escape(unit)}\s?\d", text):
            yield _claim(draft, text.replace(unit, other, 1))


def comparator_flipped(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """At least for at most, before for after, and so on, beside a number."""
    text = draft.block.text
    for pair in _FLIPS:
        for one, other in (pair, pair[::-1]):
            beside = re.search(rf"{one}\s?\S{{0,2}}[\d三两]|\d[^\s\d]{{0,3}}{one}|\d\s\w+ {one}", text)
            if beside and other not in text:
                yield _claim(draft, text[: beside.start()] + beside[0].replace(one, other) + text[beside.end() :])


def name_swapped(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """Somebody else, or another account, for a name of the claim."""
    text = draft.block.text
    around = " ".join(each.quote for each in draft.block.quotes)
    around += " ".join(hit.entry.title for hit in draft.issued.values()) + " ".join(draft.accounts)
    for kin in _NAMES:
        others = [each for each in kin if each not in around + text]
        yield from (_claim(draft, text.replace(name, chance.choice(others))) for name in kin if name in text)


def quote_altered(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """A digit, a negation or the direction of a bound changed inside a quote."""
    for at, quoted in enumerate(draft.block.quotes):
        for found in re.finditer(r"\d", quoted.quote):
            digit = chance.choice([each for each in "3456789" if each != found[0]])
            changed = quoted.quote[: found.start()] + digit + quoted.quote[found.end() :]
            yield _quotes(draft, at, replace(quoted, quote=changed))
        for changed in _without_negation(quoted.quote):
            if changed.strip() in quoted.quote:
                continue  # a shorter quote is no altered one
            yield _quotes(draft, at, replace(quoted, quote=changed))


def quote_spliced(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """Half of a quote glued to half of another sentence of the passage, with and without dots."""
    for at, quoted in enumerate(draft.block.quotes):
        passage = draft.issued[quoted.number].passage.text
        others = [passage[a:b] for a, b in sentences(passage) if b - a > 24 and passage[a:b] not in quoted.quote]
        others = [each for each in others if quoted.quote not in each]
        if others and len(quoted.quote) > 24:
            other = chance.choice(others)
            glue = chance.choice(["", "……", " ... "])
            glued = quoted.quote[: len(quoted.quote) // 2] + glue + other[len(other) // 2 :]
            yield _quotes(draft, at, replace(quoted, quote=glued))


def wrong_id(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """The number of another passage, or of none."""
    for at, quoted in enumerate(draft.block.quotes):
        numbers = [each for each in (*draft.issued, 0, -1, 99) if each != quoted.number]
        yield _quotes(draft, at, replace(quoted, number=chance.choice(numbers)))


def negation_dropped(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """One denying word less in the claim, however freely it is worded."""
    yield from (_claim(draft, each) for each in _without_negation(draft.block.text))


def negation_added(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """A verb of the claim denied, however freely it is worded."""
    yield from (_claim(draft, each) for each in _with_negation(draft.block.text))


def negated_quote(draft: Draft, chance: random.Random) -> Iterator[Draft]:
    """The claim is its quote word for word, but for one denying word more or less."""
    for quoted in draft.block.quotes:
        for text in (*_without_negation(quoted.quote), *_with_negation(quoted.quote)):
            yield replace(draft, block=Block(draft.block.kind, text, (quoted,)))


def _without_negation(text: str) -> Iterator[str]:
    folded = fold(text)
    if len(folded) != len(text):
        return
    for each in negators(folded):
        word = folded[each.start : each.end]
        answers = word == "no" and folded[each.end : each.end + 1] in tuple(":,.")  # No: it must not.
        if each.denial is not Denial.PLAIN or answers:
            continue
        if word == "n't" and folded[each.start - 2 : each.start] in ("wo", "ca"):
            yield (
                text[: each.start - 2]
                + {"wo": "will", "ca": "can"}[folded[each.start - 2 : each.start]]
                + text[each.end :]
            )
        elif word in _PLAIN_DROPS:
            yield _dropped(text, word, each)
        elif word[0] in "不没未":
            yield text[: each.start] + text[each.start + (2 if word == "不要" else 1) : each.end] + text[each.end :]
        elif word in ("别", "勿", "切忌", "避免"):
            yield text[: each.start] + text[each.end :]


def _dropped(text: str, word: str, denial: Negator) -> str:
    before, behind = text[: denial.start], text[denial.end :]
    if word == "no" and behind.startswith(" longer "):
        return f"{before}still{behind.removeprefix(' longer')}"
    return before.removesuffix("next to ") + _PLAIN_DROPS[word] + behind


_AFFIRMS = re.compile(
    r"(?:(?<![供反响相对])应(?![答对商链慢快急迟又用])当?|必须|可以|(?<![主重需想不])要(?=[\u4e00-\u9fff])(?![求素点害到不没么约是])|需要)"
    r"|\b(?:should|must|can|will|is|are|was|were|has|have|needs?)\b(?!\s+(?:no|not|never|meant|also))"
)


def _with_negation(text: str) -> Iterator[str]:
    folded = fold(text)
    if len(folded) != len(text):
        return
    denied = [(each.start - 4, each.end + 4) for each in negators(folded)]
    for found in _AFFIRMS.finditer(folded):
        if any(start <= found.start() <= end for start, end in denied):
            continue
        if found[0].isascii():
            yield text[: found.end()] + " not" + text[found.end() :]
        else:
            yield text[: found.start()] + "不" + text[found.start() :]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A way to make a draft wrong; `certain` ones must never be kept."""

    name: str
    make: Mutator
    certain: bool = True


MUTATIONS = (
    Mutation("digit changed", digit_changed),
    Mutation("unit shifted", unit_shifted),
    Mutation("comparator flipped", comparator_flipped),
    Mutation("name swapped", name_swapped),
    Mutation("quote altered", quote_altered),
    Mutation("quote spliced", quote_spliced),
    Mutation("wrong id", wrong_id),
    Mutation("negation in the quote's own words", negated_quote),
    Mutation("negation dropped from a free claim", negation_dropped),
    Mutation("negation added to a free claim", negation_added),
)
