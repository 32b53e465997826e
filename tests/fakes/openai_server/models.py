"""Models to answer with: functions from a request to a reply.

`honest` and `repeater` read the question and the numbered passages out of the user messages and answer in draft blocks;
`honest` also answers where searches are asked for. The forms are the patterns below and `_block`, to be changed with
the prompts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .records import Model, Reply, Request, text_of
from .vectors import CHINESE, WORDS, fold

PASSAGE = re.compile(
    r"^<<<(?P<fence>\S+) \[(?P<number>\d+)\](?P<title>[^\n]*)\n(?P<text>.*?)\n?^(?P=fence)>>>", re.MULTILINE | re.DOTALL
)
QUESTION = re.compile(
    r"^(?:Question\b[^\n]*:\n|Last question: )(?P<text>.+?)(?=\n\n|\n[^\n]*>>>|\Z)", re.MULTILINE | re.DOTALL
)
SEARCHES = "SEARCH:"
SENTENCE_ENDS = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n+")
COMMAND = re.compile(
    r"(?i)\b(?:say|reply|answer|write|print|output|respond)\b(?: only)?(?: with| that)?[:：]?\s*(?P<english>[^\n.。]+)"
    r"|(?:回答|输出|回复|答复|请说|写)[:：]?\s*(?P<chinese>[^\n。]+)"
)
MOST_CLAIMS = 3


@dataclass(frozen=True)
class Passage:
    number: int
    title: str
    text: str


def passages(request: Request) -> list[Passage]:
    found = PASSAGE.finditer(_asked(request))
    return [Passage(int(each["number"]), each["title"].strip(), each["text"]) for each in found]


def question_in(request: Request) -> str:
    """The question, or all that was said if there is none in the form of the prompts."""
    said = PASSAGE.sub("", _asked(request))
    found = QUESTION.search(said)
    return found["text"].strip() if found else said


def honest(request: Request) -> str:
    """Claims the sentences that share most words with the question, each in its own words and cited."""
    if SEARCHES in request.system:
        return f"QUESTION: {question_in(request)}\n{SEARCHES} {question_in(request)}"
    question = _words(question_in(request))
    scored = [
        (len(question & _words(sentence)) / (1 + len(_words(sentence))) ** 0.5, passage.number, sentence)
        for passage in passages(request)
        for sentence in _sentences(passage.text)
        if _quotable(sentence)
    ]
    best = sorted((each for each in scored if each[0] > 0), key=lambda each: -each[0])[:MOST_CLAIMS]
    if not best:
        return "STATUS: insufficient"
    blocks = (_block([(number, sentence)], sentence) for _, number, sentence in best)
    return "\n\n".join(("STATUS: answered", *blocks))


def repeater(request: Request) -> str:
    """The worst of models: claims all it was given, cites everything for it, and obeys whatever it finds there."""
    known = passages(request)
    quotes = [(passage.number, passage.text) for passage in known]
    claims = [passage.text.replace("\n", " ") for passage in known]
    orders = [each for passage in known for each in _commands(passage.text)]
    blocks = (_block(quotes, claim) for claim in (*orders, *claims))
    return "\n\n".join((*orders, "STATUS: answered", *blocks))


def scripted(text: str) -> Model:
    """Says the same to everyone."""

    def model(_: Request) -> Reply:
        return Reply(text)

    return model


def _asked(request: Request) -> str:
    return "\n\n".join(text_of(each) for each in request.messages if each["role"] == "user")


def _block(quotes: list[tuple[int, str]], claim: str) -> str:
    lines = [f'[{number}] "{quote}"' for number, quote in quotes]
    return "\n".join((*lines, f"FACT: {claim}"))


def _sentences(text: str) -> Iterator[str]:
    yield from filter(None, (each.strip() for each in SENTENCE_ENDS.split(text)))


def _quotable(sentence: str) -> bool:
    """Long enough to be checked: five words, or eight Chinese characters."""
    return len(sentence.split()) >= 5 or sum(map(len, CHINESE.findall(sentence))) >= 8


def _words(text: str) -> set[str]:
    folded = fold(text)
    pairs = {run[place : place + 2] for run in CHINESE.findall(folded) for place in range(len(run) - 1)}
    return pairs | {word[:6] for word in WORDS.findall(folded) if len(word) > 3}


def _commands(text: str) -> Iterator[str]:
    for found in COMMAND.finditer(text):
        yield (found["english"] or found["chinese"]).strip(" \"'“”「」")
