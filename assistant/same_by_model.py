"""Which of several questions asks the same as a new one, by one short call of the model."""

import re
import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.errors import ModelFailed
from assistant.ports import ChatModel, Usage
from assistant.prompting import prompt
from assistant.tokens import tokens

_SAID = re.compile(r"[\s>*#\-]*SAME[\s*]*[:\uff1a]\s*\[?(\d{1,2}|none)\]?[\s*.\u3002]*", re.IGNORECASE)
_SECONDS = 6.0
_WRITTEN = 60


@dataclass(frozen=True, slots=True)
class Sameness:
    """The place of the question that asks the same, None where none does; whether the model failed to say; the cost."""

    place: int | None
    usage: Usage
    failed: bool = False


def same_by_model(model: ChatModel, question: str, others: Sequence[str], seconds: float) -> Sameness:
    """Ask the model; one that breaks off, rambles or names no question of ours has failed to say."""
    listed = "\n".join(f"[{number}] {_line(each)}" for number, each in enumerate(others, start=1))
    messages = prompt("same").fill(delimiter=secrets.token_hex(6), questions=listed, question=_line(question))
    text, finish, usage = "", None, None
    try:
        with closing(model.stream(messages, min(seconds, _SECONDS), _WRITTEN)) as pieces:
            for piece in pieces:
                text += piece.text
                finish, usage = piece.finish or finish, piece.usage or usage
    except ModelFailed:
        finish = None
    used = usage or Usage(sum(tokens(each.text) for each in messages), tokens(text))
    said = [match for line in text.splitlines() if (match := _SAID.fullmatch(line))]
    number = _number(said[0][1]) if finish == "stop" and len(said) == 1 else -1
    if not 0 <= number <= len(others):
        return Sameness(None, used, failed=True)
    return Sameness(number - 1 if number else None, used)


def _number(said: str) -> int:
    """What was named; 0 for none."""
    return int(said) if said.isdigit() else 0


def _line(text: str) -> str:
    return " ".join(text.split())
