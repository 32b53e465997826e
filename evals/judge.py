"""A model as a judge: does a claim follow from its quotes, which of two answers helps more.

What it says is advice until its agreement with coaches is shown (evals/agreement.py): no gate looks at
it. A reply that cannot be read, or whose evidence does not stand in the quotes, is no verdict; it is
counted, never taken for one (rubric per claim with evidence, both orders for comparisons: as in the
audits of judges that docs/evaluation.md names).
"""

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import Failure, ModelFailed
from assistant.ports import ChatModel, Message
from assistant.prompting import Prompt, prompt
from evals.attempts import Judgement
from knowledge.language import fold

_PROMPTS = Path(__file__).parent / "prompts"
_SECONDS = 60.0
_MOST = 1_000
_SUPPORT = re.compile(
    r"\s*VERDICT:\s*(?P<verdict>supported|not supported)\s*\nEVIDENCE:\s*(?P<evidence>.*?)\s*\n"
    r"REASON:\s*(?P<why>[^\n]+?)\s*",
    re.IGNORECASE | re.DOTALL,
)
_PREFER = re.compile(r"\s*BETTER:\s*(?P<better>first|second|equal)\s*\nREASON:\s*(?P<why>[^\n]+?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Preference:
    """Which of two answers is better: -1 the first, 1 the second, 0 neither; None without a usable verdict.

    Asked in both orders; a judge that changes its mind with the order has none.
    """

    better: int | None
    why: str


@dataclass(slots=True)
class Judge:
    """Judges with one model. Replies are kept in a file by model, prompt and every word they depend on.

    `name` tells the model and its server.
    """

    model: ChatModel
    name: str
    cache: Path
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.cache.read_text("utf-8").splitlines() if self.cache.exists() else ():
            try:
                kept = json.loads(line)
                self._known[kept["key"]] = kept["reply"]
            except (ValueError, KeyError, TypeError):
                continue

    def supports(self, claim: str, quotes: Sequence[str]) -> Judgement:
        """Whether the quotes alone support a claim."""
        shown = "\n".join(f"- {each}" for each in quotes)
        reply = self._ask(prompt("support", _PROMPTS), quotes=shown, claim=claim)
        if isinstance(reply, ModelFailed):
            return Judgement(None, f"the judge failed: {reply.failure}")
        read = _SUPPORT.fullmatch(reply)
        if not read:
            return Judgement(None, "the judge's reply is not in the form it was given")
        supported = read["verdict"].lower() == "supported"
        if supported and not _stands(read["evidence"], shown):
            return Judgement(None, "the judge's evidence does not stand in the quotes")
        return Judgement(supported, read["why"])

    def prefers(self, question: str, one: str, other: str) -> Preference:
        """Which of two answers helps more, asked in both orders."""
        ahead = self._prefers(question, one, other)
        swapped = self._prefers(question, other, one)
        if ahead.better is None or swapped.better is None:
            return ahead if ahead.better is None else swapped
        if ahead.better == -swapped.better:
            return ahead
        return Preference(0, "the judge changed its mind with the order")

    def _prefers(self, question: str, first: str, second: str) -> Preference:
        reply = self._ask(prompt("prefer", _PROMPTS), question=question, first=first, second=second)
        if isinstance(reply, ModelFailed):
            return Preference(None, f"the judge failed: {reply.failure}")
        read = _PREFER.fullmatch(reply)
        if not read:
            return Preference(None, "the judge's reply is not in the form it was given")
        return Preference({"first": -1, "second": 1, "equal": 0}[read["better"].lower()], read["why"])

    def _ask(self, asked: Prompt, **material: str) -> str | ModelFailed:
        """The reply, from the cache if the same was asked before; a reply that broke off is a failure."""
        key = _digest(self.name, asked.hash, *(f"{name}={text}" for name, text in sorted(material.items())))
        if key not in self._known:
            # Who wrote a part of the material cannot know the rest of it, and so not the delimiter.
            reply = self._replied(asked.fill(delimiter=key[:12], **material))
            if isinstance(reply, ModelFailed):
                return reply
            self._keep(key, reply)
        return self._known[key]

    def _replied(self, messages: Sequence[Message]) -> str | ModelFailed:
        text, finish = "", None
        try:
            with closing(self.model.stream(messages, _SECONDS, _MOST)) as pieces:
                for piece in pieces:
                    text += piece.text
                    finish = piece.finish or finish
        except ModelFailed as error:
            return error
        return text if finish == "stop" else ModelFailed(Failure.CUT)

    def _keep(self, key: str, reply: str) -> None:
        self._known[key] = reply
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        with self.cache.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "reply": reply}, ensure_ascii=False) + "\n")


def _stands(evidence: str, shown: str) -> bool:
    """Whether the evidence is there, quotes marks and white space aside."""
    said, there = ("".join(fold(each).split()) for each in (evidence.strip("\"'\u201c\u201d\u300c\u300d "), shown))
    return bool(said) and said in there


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
