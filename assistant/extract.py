"""The composer that needs no model: the best sentences of several sources, verbatim and cited."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Claim
from assistant.sentences import Sentence, adjoins, items, joined, kind_of, overlap, quotable
from assistant.understand import Understood
from knowledge.documents import Hit, Kind, Passage
from knowledge.language import bag, han_count
from knowledge.library import Found
from knowledge.query import Group, Query

MOST_CLAIMS = 5
_PER_DOCUMENT = 3
_PASSAGES = 8
_FLOOR = 0.35
_SIMILAR = 0.5
_REPEATED = 0.6
_ABOVE = 0.35
_STRANGER = 0.5
_CASE = 0.85
_PREAMBLE = 0.7
_COMFORTABLE = 160
_STRETCH = 280

_NEXT_STEPS = re.compile(
    r"next steps?|action (?:list|items)|to.?do|下一步|(?:行动|行動)(?:清单|清單)|(?:后续|後續)(?:行动|行動)",
    re.IGNORECASE,
)
_QUESTIONS = re.compile(r"questions to ask|要问的问题|要問的問題|可以问|可以問|提问清单|提問清單", re.IGNORECASE)
_WHEN_TO_USE = re.compile(r"when to use|什么时候用|什麼時候用|适用|適用", re.IGNORECASE)
_ASKS_NUMBER = re.compile(
    r"how (?:many|much|long|often|large|big)|what (?:share|percentage|threshold|amount)"
    r"|多少|[几幾][个個家年次人天月倍]|多久|多[长長大]|比例|门槛|門檻|百分之"
)
_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千万亿]{1,4}(?:[个個家年次人天月倍成级步]|%)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million)\b",
    re.IGNORECASE,
)


_ASKS_WHAT = re.compile(
    r"什么是|是什么|什麼是|是什麼|指什么|指什麼|what (?:is|are|was|were)\b|meaning of|define|who (?:is|are) in"
)
_SAYS_WHAT = re.compile(
    r"由.{2,40}(?:组成|組成|构成|構成)|是指|指的是|[^不]是.{2,40}[的，。,]|包括|包含|分为|分為|分成"
    r"|\b(?:is|are) (?:a|an|the|made|named)\b|\b(?:means|consists? of|contains?|comprises?|covers?|stands for)\b"
)
_ASKS_CASE = re.compile(
    r"\b(?:case|example|precedent|who else|others?)\b|案例|例子|先例|别人|別人|其他公司", re.IGNORECASE
)
_AVOID = re.compile(r"avoid|避免|不要", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence chosen for an answer, and how well it fits (comparable within one answer)."""

    sentence: Sentence
    score: float


def choose(found: Found, understood: Understood, most: int = MOST_CLAIMS) -> list[Pick]:
    """A few stretches of one to three sentences that together say most of what was asked.

    The document that says it best comes first; within a document they keep their order.
    """
    candidates = sorted(_candidates(found, understood), key=lambda pick: (-pick.score, *_place(pick.sentence)))
    chosen = _varied(candidates, found.query, most)
    documents = list(dict.fromkeys(pick.sentence.hit.entry.id for pick in chosen))
    return sorted(chosen, key=lambda pick: (documents.index(pick.sentence.hit.entry.id), _place(pick.sentence)))


def _place(sentence: Sentence) -> tuple[str, int]:
    return sentence.hit.entry.source, sentence.citation().start


def _candidates(found: Found, understood: Understood) -> Iterator[Pick]:
    best = found.hits[0].relevance if found.hits else 1.0
    asked = understood.text.lower()
    for hit in found.hits[:_PASSAGES]:
        if _listed(hit.passage):
            continue
        above = bag(f"{hit.entry.title}\n{hit.passage.heading}")
        trust = (0.4 + 0.6 * hit.relevance / best) * (0.7 + 0.6 * found.query.coverage(above)) * _fit(hit, understood)
        for sentence in quotable(hit):
            score = _worth(found.query, sentence.bag, above)
            if score:
                yield Pick(sentence, score * trust * _handy(sentence.plain) * _suits(asked, sentence.plain))


def _handy(text: str) -> float:
    """1 for a sentence of comfortable length, less for one that covers much by being long."""
    return min(1.0, math.sqrt(_COMFORTABLE / _columns(text)))


def _columns(text: str) -> int:
    return len(text) + han_count(text)


def _suits(asked: str, text: str) -> float:
    """More for a number where one is asked for, and for what says what a thing is where that is asked."""
    number = 1.15 if _ASKS_NUMBER.search(asked) and _NUMBER.search(text) else 1.0
    meaning = 1.25 if _ASKS_WHAT.search(asked) and _SAYS_WHAT.search(text) else 1.0
    return number * meaning


def _listed(passage: Passage) -> bool:
    last = passage.heading.rsplit(" › ", 1)[-1]
    return bool(_NEXT_STEPS.search(last) or _QUESTIONS.search(last))


def _fit(hit: Hit, understood: Understood) -> float:
    """How much a document's voice counts.

    The named account's own counts more, a stranger's plan much less; a little less count a case nobody
    asked for, and what only says when to read on or what not to do. Its language counts for nothing.
    """
    voice = 1.0
    if hit.entry.kind is Kind.ACCOUNT_PLAN or hit.entry.account is not None:
        voice = 1.3 if hit.entry.account in understood.accounts else _STRANGER
    elif hit.entry.kind is Kind.CASE_HISTORY and not _ASKS_CASE.search(understood.text):
        voice = _CASE
    aside = _WHEN_TO_USE.search(hit.passage.heading) or (
        _AVOID.search(hit.passage.heading) and not _AVOID.search(understood.text)
    )
    return voice * (_PREAMBLE if aside else 1.0)


def _worth(query: Query, sentence: str, above: str) -> float:
    """What a sentence has of the question; what only its headings have counts for less."""
    here = _covered(query.groups, sentence)
    there = _covered(query.groups, above)
    return (
        sum(
            group.weight * group.idf * (1.0 if group in here else _ABOVE)
            for group in query.groups
            if group in here | there
        )
        if here
        else 0.0
    )


def _covered(groups: Iterable[Group], text: str) -> frozenset[Group]:
    return frozenset(group for group in groups if group.present(text))


def _varied(candidates: Sequence[Pick], query: Query, most: int) -> list[Pick]:
    """Greedy choice: each next one for what the chosen ones do not say yet, with what stands beside it."""
    chosen: list[Pick] = []
    covered: frozenset[Group] = frozenset()
    per_document: Counter[str] = Counter()
    rest = [pick for pick in candidates[:60] if pick.score >= _FLOOR * candidates[0].score]
    while rest and len(chosen) < most:
        best = max(rest, key=lambda pick: _gain(pick, covered, query))
        rest.remove(best)
        document = best.sentence.hit.entry.id
        if per_document[document] < _PER_DOCUMENT and not _repeats(best.sentence, chosen):
            grown = _grown(best, candidates, chosen)
            chosen.append(grown)
            rest = [each for each in rest if not overlap(each.sentence, grown.sentence)]
            per_document[document] += 1
            covered |= _covered(query.groups, grown.sentence.bag)
    return chosen


def _grown(pick: Pick, candidates: Sequence[Pick], chosen: Iterable[Pick]) -> Pick:
    """A pick with the sentences beside it, the better one first, while all of it is quickly read."""
    taken = [each.sentence for each in chosen]
    beside = [each for each in candidates if each.sentence.hit is pick.sentence.hit]
    sentence = pick.sentence
    while True:
        wider = (_wider(sentence, each.sentence) for each in beside)
        fitting = (each for each in wider if each and _columns(each.plain) <= _STRETCH)
        free = (each for each in fitting if not any(overlap(other, each) for other in taken))
        best = next(free, None)
        if best is None:
            return Pick(sentence, pick.score)
        sentence = best


def _wider(sentence: Sentence, other: Sentence) -> Sentence | None:
    if adjoins(sentence, other):
        return joined(sentence, other)
    return joined(other, sentence) if adjoins(other, sentence) else None


def _gain(pick: Pick, covered: frozenset[Group], query: Query) -> float:
    """A pick's score, with what is already said counted at a fraction."""
    here = _covered(query.groups, pick.sentence.bag)
    total = sum(group.weight * group.idf for group in here)
    new = sum(group.weight * group.idf for group in here - covered)
    return pick.score * (_REPEATED + (1 - _REPEATED) * new / total) if total else 0.0


def _repeats(sentence: Sentence, chosen: Iterable[Pick]) -> bool:
    mine = _pairs(sentence.bag)
    return any(
        len(mine & other) > _SIMILAR * min(len(mine), len(other)) for other in (_pairs(p.sentence.bag) for p in chosen)
    )


def _pairs(text: str) -> frozenset[str]:
    words = text.split()
    if len(words) > len(text) / 8:
        return frozenset(map(" ".join, zip(words, words[1:], strict=False))) or frozenset(words)
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


def claim_of(sentence: Sentence, understood: Understood) -> Claim:
    """The claim that a sentence makes, by whose document it is."""
    account = sentence.hit.entry.account
    return Claim(
        sentence.quote, kind_of(sentence.hit, understood.accounts), (sentence.citation(),), sentence.plain, account
    )


def listed(hits: Iterable[Hit], understood: Understood, most: int = 4) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The next steps and the questions to ask that a playbook lists, in its order."""
    steps: list[Claim] = []
    questions: list[Claim] = []
    for hit in hits:
        last = hit.passage.heading.rsplit(" › ", 1)[-1]
        into = steps if _NEXT_STEPS.search(last) else questions if _QUESTIONS.search(last) else None
        if into is not None:
            into += [claim_of(each, understood) for each in items(hit)]
    return tuple(steps[:most]), tuple(questions[:most])


def nearest_claims(found: Found, understood: Understood, most: int = 3) -> tuple[Claim, ...]:
    """What comes closest when nothing answers: of each of the best passages the closest sentence."""
    claims = []
    for hit in found.hits[:most]:
        best = max(items(hit), key=lambda each: found.query.overlap(each.bag), default=None)
        if best is not None:
            claims.append(claim_of(best, understood))
    return tuple(claims)
