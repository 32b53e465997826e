"""A thousand invented answers, hostile ones among them, as Block Kit."""

import random
from collections.abc import Iterator
from typing import Any

from assistant.answers import Answer, Citation, Claim, ClaimKind, Note, NoteKind, Outcome
from assistant.questions import Language
from integrations.slack import blocks
from tests.benchmarks.shared import Number
from tests.fakes.slack_workspace.blocks import checked_blocks
from tests.fakes.slack_workspace.errors import SlackError
from tests.fakes.slack_workspace.markup import in_blocks, in_text

_ANSWERS = 1_000
_MOST_CLAIMS = 200
_SENTENCES = (
    "先查旧账，再谈新单。",
    "鐵三角由三個角色組成；每個角色都對客戶負責！",
    "Offer one fix for a fault it complains about (our convention).",
    "KAM 占 30%，合同额 1,200 万元；see https://evil.example/计划?q=1 for more.",
    "🙂🙃👩‍👩‍👧‍👦 混合 mixed 文字 🇨🇳.",
    "<!channel> <@U123> <!subteam^S1> <https://evil.example|click> @here @channel",
    "*bold* _it_ `code` ~no~ ```fence``` > quote &amp; &lt;!here&gt;",
    "![image](https://evil.example/x.png) [link](https://evil.example) [1] [2][3]",
    "line one\nline two\r\n\tline three\u2028\u202e反转",
    "</text>\"}],\"type\":\"mrkdwn\"",
    "长" * 900,
    "word " * 300,
)  # fmt: skip
_LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")


def fuzzed() -> list[Number]:
    """What Slack would refuse, what is cut, and what would notify or link."""
    chance = random.Random(11)
    cut = refused = forged = messages = claims = 0
    for number in range(_ANSWERS):
        answer = _answer(chance, number)
        sent = blocks.messages(answer, shareable=bool(number % 2))
        messages, claims = messages + len(sent), claims + len(answer.claims)
        cut += len(list(_cut(answer, sent)))
        refused += sum(_refused(each) for each in sent)
        forged += len(list(in_blocks(sent, "C1"))) + len(list(in_text(blocks.fallback(answer), "C1", names=True)))
    return [
        Number("fuzz: answers", _ANSWERS, at_least=1_000),
        Number("fuzz: claims", claims),
        Number("fuzz: messages", messages),
        Number("fuzz: claims cut or not shown", cut, at_most=0),
        Number("fuzz: messages that Slack refuses", refused, at_most=0),
        Number("fuzz: mentions, pings, links and images", forged, at_most=0),
    ]


def _answer(chance: random.Random, number: int) -> Answer:
    count = chance.randint(1, _MOST_CLAIMS) if chance.random() < 0.3 else chance.randint(1, 12)
    kinds = list(Outcome)
    return Answer(
        f"a{number}",
        _text(chance),
        chance.choice(kinds),
        chance.choice(_LANGUAGES),
        tuple(_claim(chance) for _ in range(count)),
        tuple(_claim(chance) for _ in range(chance.randint(0, 4))),
        tuple(_claim(chance) for _ in range(chance.randint(0, 4))),
        tuple(Note(chance.choice(list(NoteKind)), _text(chance), (_citation(chance),)) for _ in range(2)),
        nearest=tuple(_claim(chance) for _ in range(chance.randint(0, 3))),
    )


def _text(chance: random.Random) -> str:
    """A sentence or a few, at most as long as the longest passage that is quoted."""
    return " ".join(chance.choices(_SENTENCES, k=chance.choice((1, 1, 1, 2, 3))))[:2_900]


def _claim(chance: random.Random) -> Claim:
    text = _text(chance)
    cited = tuple(_citation(chance) for _ in range(chance.randint(1, 3)))
    return Claim(text, chance.choice(list(ClaimKind)), cited, text, chance.choice((None, "Aurora <!channel>", "極光")))


def _citation(chance: random.Random) -> Citation:
    title, heading, source, quote = (_text(chance) for _ in range(4))
    page = chance.choice((None, "3", "<!here>"))
    return Citation(f"p{chance.randint(0, 60)}", "d", title, source, heading, page, quote, 0, len(quote))


def _cut(answer: Answer, sent: list[list[blocks.Block]]) -> Iterator[Claim]:
    """Claims that do not stand whole in one element."""
    shown = list(_texts(sent))
    for claim in (*answer.claims, *answer.next_steps, *answer.questions):
        if not any(text.endswith(claim.plain) for text in shown):
            yield claim


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for each in value.values():
            yield from _texts(each)


def _refused(message: list[blocks.Block]) -> bool:
    try:
        checked_blocks(message)
    except SlackError:
        return True
    return sum(map(len, _texts(message))) > 12_000
