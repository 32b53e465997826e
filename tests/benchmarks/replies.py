"""The evaluation with a model: what one replied to the product's prompts, played back to the real client.

Replies fit the passages they were written for: after a change of search, chunks or prompts they are to be written anew.
"""

from collections.abc import Mapping
from statistics import fmean
from typing import Any

from evals.benchmark import read
from evals.cli.place import place as opened
from evals.metrics import score
from evals.scores import Tried, Value
from integrations.settings import Settings
from tests.assistant.gates.drafts import lines
from tests.benchmarks.shared import Number, Place
from tests.fakes.openai_server import Reply, Request, running

_PLANNED, _DRAFTED = "Last question: ", "Question, in the asker's words:\n"
_SHOWN: Mapping[str, tuple[str, float | None, float | None]] = {
    "facts_lenient": ("key facts said", 80, None),
    "declined_rightly": ("unanswerable declined", 85, None),
    "declined_wrongly": ("answerable declined", None, 5),
    "citation_precision": ("citation precision", None, None),
    "validity": ("citations that are real and permitted", 100, None),
    "in_language": ("answers in the asker's language", None, None),
}


def measure(place: Place) -> list[Number]:
    """Ask the shipped benchmark as written, over a fake server that says what the model said."""
    benchmark, recorded = read(), {each["question"]: each for each in lines("replies.jsonl")}
    missing: list[str] = []
    with running("openai") as server:
        server.when(lambda _: True, lambda request: _reply(request, recorded, missing))
        settings = Settings.model_validate(
            {"home": place.fresh("replies"), "model": "fake-chat", "model_url": server.url, "MODEL_KEY": server.key}
        )
        examiner = opened(settings, benchmark).examiner
        scored = [score(Tried(item, examiner.attempt(item), {})) for item in benchmark.items]
    shown = [_mean(name, [each[name] for each in scored if name in each]) for name in _SHOWN]
    return [*shown, Number("questions no reply was kept for", len(missing))]


def _reply(request: Request, recorded: Mapping[str, Any], missing: list[str]) -> Reply:
    """The plan or the draft that was written for the question."""
    planning = _PLANNED in request.user
    question = request.user.split(_PLANNED if planning else _DRAFTED)[1].split("\n")[0]
    if question not in recorded:
        missing.append(question)
        return Reply("STATUS: insufficient")
    return Reply(recorded[question]["plan" if planning else "reply"])


def _mean(name: str, values: list[Value]) -> Number:
    """The mean of a score over the questions that have it, in percent."""
    what, least, most = _SHOWN[name]
    known = [each.value for each in values if each.value is not None]
    return Number(what, 100 * fmean(known), "%", least, most)
