"""Every fault of a streamed reply, from the question to the answer: checked claims, or the sources' own words."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.errors import Failure
from integrations import openai_errors
from integrations.openai_model import OpenAIModel
from knowledge.library import Library
from tests.fakes.openai_server import Server, running
from tests.fakes.openai_server.faults import ANYWHERE, CHATTING, STREAMED
from tests.integrations.fault_cases import CASES, FOLLOW_UP, Case, filled, problems


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_errors, "PAUSE", 0.02)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return filled(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(served: Server) -> Iterator[Server]:
    served.reset()
    yield served
    assert not served.complaints


@pytest.fixture(scope="module")
def loaded(served: Server) -> OpenAIModel:
    made = OpenAIModel("fake-chat", served.key, served.url)
    made.ready()
    return made


@pytest.fixture
def model(loaded: OpenAIModel) -> OpenAIModel:
    """A model that is loaded, since deadlines are about servers, and has learned nothing yet."""
    return replace(loaded, _refused=frozenset())


def test_no_fault_is_forgotten() -> None:
    assert {each.fault for each in CASES} == (ANYWHERE | CHATTING | STREAMED).keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.fault}-{'first' if case.times else 'every'}")
def test_a_fault_costs_no_more_than_the_models_words(
    library: Library, model: OpenAIModel, server: Server, case: Case
) -> None:
    server.fail(case.fault, case.times)
    assert problems(library, model, case.question, case.seconds, case.expected) == []
    # One without the field that this server refuses, one more; and one without the field that the fault is about.
    assert len(server.requests) <= (4 if case.fault == "unknown_parameter" else 3)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("never_answers", Failure.SLOW),
        ("server_error", Failure.BUSY),
        ("silent_end", Failure.CUT),
        ("unauthorized", Failure.KEY),
    ],
)
def test_a_question_that_takes_two_calls_ends_in_the_same_time(
    library: Library, model: OpenAIModel, server: Server, fault: str, failure: Failure
) -> None:
    server.fail(fault, times=None)
    assert problems(library, model, FOLLOW_UP, 2.2, failure) == []
