"""Whether the configured model answers, for the doctor: one question of a few words."""

import time
from collections.abc import Mapping

from assistant.errors import Failure, ModelFailed
from assistant.ports import ChatModel, Message
from assistant.wording import because
from integrations.findings import Finding

_SECONDS = 20.0
# Enough for a model that thinks before it says a word.
_MOST = 200
_MEND: Mapping[Failure, str] = {
    Failure.UNREACHABLE: "start the server, or correct COACH_MODEL_URL",
    Failure.SLOW: "the first answer of a local model may take minutes: ask again; or raise COACH_MODEL_SECONDS",
    Failure.BUSY: "try again later, or use another server",
    Failure.NO_QUOTA: "top the account up with the provider",
    Failure.KEY: "correct COACH_MODEL_KEY",
    Failure.UNKNOWN: "correct COACH_MODEL, or COACH_MODEL_URL (it usually ends in /v1)",
    Failure.REFUSED: "look into the server's log: it does not accept our request",
    Failure.BROKEN: "correct COACH_MODEL_URL: what answers there is no OpenAI-compatible server",
}


def examine(model: ChatModel, url: str) -> Finding:
    """Ask the model to say something."""
    started = time.perf_counter()
    try:
        pieces = list(model.stream([Message("user", "Say OK.")], _SECONDS, _MOST))
    except ModelFailed as error:
        mend = _MEND.get(error.failure, "see docs/models.md")
        return Finding("model", "wrong", f"{model.name} at {url}: {because(error.failure, 'en').lower()}", mend)
    seconds = time.perf_counter() - started
    if not any(piece.finish for piece in pieces):
        return Finding(
            "model", "wrong", f"{model.name} at {url} never says that a reply has ended", "see docs/models.md"
        )
    counts = "" if any(piece.usage for piece in pieces) else "; it does not count tokens, so they are estimated"
    return Finding("model", "ok", f"{model.name} at {url} answered in {seconds:.1f} s{counts}")
