"""Ways to spoil what the coach answers; seeding.py has those that harm what comes before."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.answers import Answer, Claim, Outcome
from knowledge.language import sentences
from tests.benchmarks.seeding import Seed
from tests.benchmarks.wrapping import Asks, Ground

_WHOLE = 10**9
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DENIAL = re.compile(
    r"\b(?:not|never|no|cannot|nobody) ?|n['\u2019]t\b|[\u4e0d\u6c92\u6ca1\u672a\u65e0\u7121\u522b\u5225]"
)


def answering(change: Callable[[Answer], Answer]) -> Seed:
    """Answers become this."""
    return lambda ground: ground.altered(after=change)


def claiming(change: Callable[[tuple[Claim, ...]], tuple[Claim, ...]]) -> Seed:
    """The claims of an answer become this."""
    return answering(lambda answer: replace(answer, claims=change(answer.claims)))


def saying(change: Callable[[str], str]) -> Seed:
    """The text of each claim becomes this."""
    return claiming(lambda claims: tuple(replace(each, text=change(each.text)) for each in claims))


def citing(**changes: Callable[[Any], object]) -> Seed:
    """Fields of each citation become what is made of the citation."""
    return claiming(lambda claims: tuple(_cited(each, changes) for each in claims))


def _cited(claim: Claim, changes: Mapping[str, Callable[[Any], object]]) -> Claim:
    made = (replace(each, **{name: make(each) for name, make in changes.items()}) for each in claim.citations)
    return replace(claim, citations=tuple(made))


def exchanged(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Each claim with the citations of the next."""
    moved = zip(claims, (*claims[1:], *claims[:1]), strict=True)
    return tuple(replace(claim, citations=other.citations) for claim, other in moved)


def uncited(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims without citations."""
    return tuple(replace(each, citations=()) for each in claims)


def next_sentence(ground: Ground) -> Asks:
    """Each claim is the sentence behind the one that answers; its citation is in order."""

    def moved(claim: Claim) -> Claim:
        cited = claim.citations[0]
        text = ground.catalogue.text(cited.document_id, 0, _WHOLE)
        start, end = next((each for each in sentences(text) if each[0] >= cited.end), (cited.start, cited.end))
        quote = text[start:end]
        return replace(claim, text=quote, citations=(replace(cited, quote=quote, start=start, end=end),))

    return claiming(lambda claims: tuple(map(moved, claims)))(ground)


def other_digits(text: str) -> str:
    """Every digit another one."""
    return re.sub(r"\d", lambda digit: str(9 - int(digit[0])), text)


def next_year(text: str) -> str:
    """Every year the next one."""
    return _YEAR.sub(lambda year: str(int(year[0]) + 1), text)


def undenied(text: str) -> str:
    """Without the words that deny."""
    return _DENIAL.sub("", text)


def mojibake(text: str) -> str:
    """UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


def always_answered(answer: Answer) -> Answer:
    """What comes nearest is told as an answer."""
    if answer.outcome is not Outcome.DECLINED:
        return answer
    return replace(answer, outcome=Outcome.ANSWERED, claims=answer.nearest, nearest=())


def declined(answer: Answer) -> Answer:
    """Nothing is claimed, the claims come nearest."""
    return replace(answer, outcome=Outcome.DECLINED, claims=(), nearest=answer.claims[:3])


def declined_if_traditional(answer: Answer) -> Answer:
    """Nothing is claimed in traditional script."""
    return declined(answer) if answer.language == "zh-Hant" else answer


def simplified(answer: Answer) -> Answer:
    """Whoever asks in traditional script is answered in simplified."""
    return replace(answer, language="zh-Hans") if answer.language == "zh-Hant" else answer


def slower(seconds: float) -> Seed:
    """Answers take so many seconds longer."""

    def waited(answer: Answer) -> Answer:
        time.sleep(seconds + sum(answer.timings.values()))
        return answer

    return answering(waited)


def priced(times: float) -> Seed:
    """Answers cost by their claims, so many times as much."""
    return answering(
        lambda answer: replace(answer, usage={**answer.usage, "cost": times * (1 + len(answer.claims)) / 1000})
    )
