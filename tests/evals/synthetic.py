"""Made-up runs of any size: questions over sentences of the starter library, and attempts as a coach might make them.

The same seed gives the same run. A third is simplified, a third traditional, a third English. Nothing was asked.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.questions import Turn
from evals.attempts import Attempt, Cited, Place, Told
from evals.benchmark import Category, Item, Span
from evals.runs import Header
from evals.scores import Tried
from knowledge.language import language_of
from tests.benchmarks.shared import SAMPLES

_ASKED = {
    "en": ("What does \u201c{title}\u201d say on this: {head} \u2026?", "Which rule applies when {head} \u2026?"),
    "zh-Hans": (
        "关于\u300a{title}\u300b\uff0c{head}\u2026\u2026是怎么说的\uff1f",
        "{head}\u2026\u2026后面应该怎么做\uff1f",
    ),
    "zh-Hant": (
        "關於\u300a{title}\u300b\uff0c{head}\u2026\u2026是怎麼說的\uff1f",
        "{head}\u2026\u2026後面應該怎麼做\uff1f",
    ),
}
_ANSWERABLE = (
    Category.SINGLE_FACT,
    Category.SINGLE_FACT,
    Category.SYNTHESIS,
    Category.COMPARISON,
    Category.APPLICATION,
    Category.FOLLOW_UP,
    Category.AMBIGUOUS,
    Category.FALSE_PREMISE,
)
_CANARY = "Halcyon-Quill"
_PEOPLE = ("", "", "", "li wei", "zhang min")


@dataclass(frozen=True, slots=True)
class Page:
    """A document of the starter library: its name, title, language, text and sentences with their offsets."""

    name: str
    title: str
    language: str
    text: str
    sentences: tuple[tuple[int, str], ...]


def header(name: str = "synthetic") -> Header:
    """The header of a made-up run."""
    recipe = {"composer": "extract", "model": None, "settings": "0f5e2a", "index": "3"}
    variants = ("script", "paraphrase", "noise", "distractor", "last_turn", "standalone")
    return Header(name, "starter", "8c1d90aa21f3", recipe, "b21c09", variants, "2026-01-05T09:30:00")


@cache
def pages() -> tuple[Page, ...]:
    """Every Markdown page of the starter library that has sentences enough."""
    folders = (folder for folder in sorted(SAMPLES.iterdir()) if folder.is_dir())
    made = (_page(path.parent.name, path.name, path.read_text("utf-8")) for each in folders for path in _files(each))
    return tuple(page for page in made if len(page.sentences) > 6)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


def _page(folder: str, file: str, text: str) -> Page:
    title = next((line[7:].strip(' "') for line in text.split("\n") if line.startswith("title: ")), file)
    found, at = [], 0
    for line in text.split("\n"):
        if line.startswith("- ") and len(line) > 14:
            found.append((at + 2, line[2:]))
        at += len(line) + 1
    return Page(f"{folder}/{file}", title, language_of(text[text.find("# ") :]), text, tuple(found))


def run(number: int, seed: int = 1) -> list[Tried]:
    """A run of this many questions."""
    chance = random.Random(seed)
    by_language = {name: [page for page in pages() if page.language == name] for name in _ASKED}
    languages = list(by_language)
    return [_tried(at, chance.choice(by_language[languages[at % 3]]), chance) for at in range(number)]


def _tried(at: int, page: Page, chance: random.Random) -> Tried:
    kind = chance.random()
    if kind < 0.15:
        item = _unanswerable(at, page, chance, Category.UNANSWERABLE)
    elif kind < 0.22:
        item = _unanswerable(at, page, chance, Category.CONFIDENTIAL)
    else:
        item = _answerable(at, page, chance)
    attempt = _attempt(item, page, chance)
    names = ["noise", "distractor", *(["script"] if item.language != "en" else []), *(["paraphrase:1"])]
    names += ["last_turn", "standalone"] if item.history else []
    return Tried(item, attempt, {name: _variant(item, attempt, page, name, chance) for name in names})


def _question(page: Page, sentence: str, chance: random.Random) -> str:
    words = sentence.split(" ") if page.language == "en" else list(sentence)
    head = (" " if page.language == "en" else "").join(words[:9])
    return chance.choice(_ASKED[page.language]).format(title=page.title, head=head)


def _answerable(at: int, page: Page, chance: random.Random) -> Item:
    category = _ANSWERABLE[at % len(_ANSWERABLE)]
    count = 1 if category is Category.SINGLE_FACT else chance.randint(1, 3)
    gold = chance.sample(page.sentences, count)
    follow = category is Category.FOLLOW_UP
    asked = _question(page, gold[0][1], chance)
    return Item(
        id=f"q{at:03d}-{category.value.replace('_', '-')}",
        language=page.language,
        category=category,
        question=asked,
        history=(Turn("user", page.title), Turn("assistant", page.sentences[0][1])) if follow else (),
        standalone=f"{page.title}: {asked}" if follow else "",
        asker=chance.choice(_PEOPLE),
        gold=tuple((Span(page.name, quote),) for _, quote in gold),
        facts=tuple(_facts(quote, page.language) for _, quote in gold),
        paraphrases=(_question(page, gold[0][1], chance),),
        group=page.name if follow else "",
        origin="synthetic",
    )


def _facts(quote: str, language: str) -> tuple[str, ...]:
    words = quote.rstrip(".").split(" ")
    return (" ".join(words[-3:]), words[-1]) if language == "en" else (quote[-7:-1], quote[2:7])


def _unanswerable(at: int, page: Page, chance: random.Random, category: Category) -> Item:
    sentence = chance.choice(page.sentences)[1]
    return Item(
        id=f"q{at:03d}-{category.value}",
        language=page.language,
        category=category,
        question=_question(page, sentence[::-1] if page.language != "en" else sentence.upper(), chance),
        asker=chance.choice(_PEOPLE[3:]),
        paraphrases=(_question(page, sentence, chance),),
        canaries=(_CANARY,) if category is Category.CONFIDENTIAL else (),
        why="nothing in the library speaks of it",
        origin="synthetic",
    )


def _attempt(item: Item, page: Page, chance: random.Random) -> Attempt:
    luck = chance.random()
    seconds = round(0.03 + chance.expovariate(14), 4)
    base = Attempt(
        item=item.id,
        language=item.language,
        gold=_places(item, page),
        seconds=seconds,
        hits=_hits(item, page, chance),
        recipe={"composer": "extract", "model": None},
    )
    if luck < 0.015:
        return replace(base, hits=(), error="TimeoutError: the index did not answer in 30 s")
    if luck < (0.06 if item.answerable else 0.85):
        nearest = tuple(_cited(page, each) for each in chance.sample(page.sentences, 2))
        return replace(base, outcome="declined", beside=nearest, shown=page.title, confidence=chance.uniform(0.0, 0.5))
    told = _told(item, page, chance)
    return replace(
        base,
        outcome="answered" if luck < 0.8 else "partial",
        told=told,
        shown="\n".join(each.text for each in told) + (_CANARY if luck > 0.997 else ""),
        rejected=((page.sentences[-1][1], "number"),) if luck > 0.9 else (),
        first=round(seconds * 0.6, 4),
        confidence=chance.uniform(0.35, 1.0),
    )


def _places(item: Item, page: Page) -> tuple[tuple[Place, ...], ...]:
    return tuple(tuple(_place(page, page.text.find(span.quote), span.quote) for span in group) for group in item.gold)


def _place(page: Page, start: int, quote: str) -> Place:
    return Place(page.name, start, start + len(quote))


def _hits(item: Item, page: Page, chance: random.Random) -> tuple[Place, ...]:
    """Ten stretches, the first of them around the gold more often than not."""
    around = [
        Place(page.name, max(0, each.start - 80), each.end + 80) for group in _places(item, page) for each in group
    ]
    others = [Place(each.name, 0, 400) for each in chance.sample(pages(), 10)]
    mixed = [*around, *others] if chance.random() < 0.8 else [*others[:4], *around, *others[4:]]
    return tuple(mixed[:10])


def _told(item: Item, page: Page, chance: random.Random) -> tuple[Told, ...]:
    gold = [(page.text.find(span.quote), span.quote) for group in item.gold for span in group]
    kept = [each for each in gold if chance.random() < 0.85]
    chosen = dict.fromkeys([*kept, *chance.sample(page.sentences, chance.randint(1, 2))])
    claims = [Told(quote, "rule", (_cited(page, (start, quote)),)) for start, quote in chosen]
    if chance.random() < 0.005:
        claims[-1] = replace(claims[-1], cited=(replace(claims[-1].cited[0], known=False, verbatim=False),))
    if chance.random() < 0.2:
        claims.append(Told("Ask the client who signs, and by when.", "advice"))
    return tuple(claims)


def _cited(page: Page, sentence: tuple[int, str]) -> Cited:
    return Cited(_place(page, *sentence), sentence[1])


def _variant(item: Item, attempt: Attempt, page: Page, name: str, chance: random.Random) -> Attempt:
    same = chance.random() < 0.8
    made = attempt if same else _attempt(item, page, chance)
    return replace(made, variant=name, asked=f"By the way: {item.question}", seconds=attempt.seconds * 1.1)


def broken(tried: Sequence[Tried], error: str = "ConnectionError: nobody answers") -> list[Tried]:
    """The same run with every attempt failed."""
    failed = [Attempt(item=each.item.id, error=error, gold=each.attempt.gold, seconds=0.01) for each in tried]
    return [Tried(each.item, attempt, {}) for each, attempt in zip(tried, failed, strict=True)]
