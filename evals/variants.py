"""The same question put otherwise: what a good answer must not depend on.

Other script, other words, a noisy message, an aside that has nothing to do with it (RGB, GSM-IC), and
for follow-ups the last turn alone and the question made whole (MTRAG).
"""

import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from assistant.questions import Turn
from evals.benchmark import Item
from evals.scores import Need

_ASIDES = {
    "en": ("I'm just back from the airport and the office is freezing.", "Lunch with the new intern went long today."),
    "zh-Hans": ("我刚从机场回来，外面下着大雨。", "今天食堂排队排了好久。"),
    "zh-Hant": ("我剛從機場回來，外面下著大雨。", "今天餐廳排隊排了好久。"),
}
_GREETINGS = {
    "en": ("hi coach, quick one - ", "hey, "),
    "zh-Hans": ("教练好～请教一下，", "在吗？想问下，"),
    "zh-Hant": ("教練好～請教一下，", "在嗎？想問下，"),
}
_THANKS = {"en": " thx!!", "zh-Hans": "谢谢啦🙏", "zh-Hant": "謝謝啦🙏"}
_WORD = re.compile(r"\b[a-z]{6,}\b")


def variants(item: Item, wanted: Collection[Need]) -> Iterator[tuple[str, Item]]:
    """The wanted variants of a question, by name; those that change nothing are left out."""
    for need, make in _MAKERS.items():
        if need in wanted:
            for name, changed in make(item):
                if (changed.question, changed.history) != (item.question, item.history):
                    yield name, changed


def _script(item: Item) -> Iterator[tuple[str, Item]]:
    """A Chinese question in the other script."""
    if item.language.startswith("zh"):
        convert = _converter("s2t" if item.language == "zh-Hans" else "t2s")
        other = "zh-Hant" if item.language == "zh-Hans" else "zh-Hans"
        history = tuple(Turn(turn.role, convert(turn.text)) for turn in item.history)
        yield "script", replace(item, question=convert(item.question), history=history, language=other)


@cache
def _converter(way: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(way).convert
    return convert


def _paraphrase(item: Item) -> Iterator[tuple[str, Item]]:
    for number, text in enumerate(item.paraphrases, start=1):
        yield f"paraphrase:{number}", replace(item, question=text)


def _noise(item: Item) -> Iterator[tuple[str, Item]]:
    """A message as it is typed on the way: a greeting, a slip in a long word, no capitals, thanks."""
    chance = random.Random(item.id)
    greeting, thanks = _told(_GREETINGS, item, chance), _THANKS.get(item.language, " thx!!")
    text = item.question.rstrip("?？。. ")
    yield "noise", replace(item, question=f"{greeting}{_slip(text, chance)}{thanks}")


def _slip(text: str, chance: random.Random) -> str:
    """Two letters of one long word change places."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    at = chance.choice(words).start() + 2
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _distractor(item: Item) -> Iterator[tuple[str, Item]]:
    """An aside before the question."""
    aside = _told(_ASIDES, item, random.Random(item.id))
    space = " " if item.language == "en" else ""
    yield "distractor", replace(item, question=f"{aside}{space}{item.question}")


def _last_turn(item: Item) -> Iterator[tuple[str, Item]]:
    if item.history:
        yield "last_turn", replace(item, history=())


def _standalone(item: Item) -> Iterator[tuple[str, Item]]:
    if item.standalone:
        yield "standalone", replace(item, question=item.standalone, history=())


def _told(texts: Mapping[str, tuple[str, ...]], item: Item, chance: random.Random) -> str:
    return chance.choice(texts.get(item.language, texts["en"]))


_MAKERS: dict[Need, Callable[[Item], Iterator[tuple[str, Item]]]] = {
    Need.SCRIPT: _script,
    Need.PARAPHRASE: _paraphrase,
    Need.NOISE: _noise,
    Need.DISTRACTOR: _distractor,
    Need.LAST_TURN: _last_turn,
    Need.STANDALONE: _standalone,
}
