"""Every fault of a streamed reply, from the question to the answer: checked claims, or the sources' own words."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answers import Answer, Claim, NoteKind
from assistant.ask import Assistant
from assistant.draft import Bounds, Drafter
from assistant.errors import Failure
from assistant.ports import Usage
from assistant.questions import Question, Turn
from assistant.wording import because
from integrations import openai_errors
from integrations.bootstrap import library as opened
from integrations.openai_model import OpenAIModel
from integrations.settings import Settings
from knowledge.access import Reader
from knowledge.library import Library
from tests.fakes.openai_server import Server, running
from tests.fakes.openai_server.faults import ANYWHERE, CHATTING, STREAMED

SENTENCES = (
    "Record the reason for the silence of a quiet account as assumed until a named person confirms it.",
    "Offer the quiet account one fix for a fault it already complains about.",
    "A\u7ea7\u5ba2\u6237\u662f\u5e74\u9500\u552e\u989d\u5728800\u4e07\u5143\u4ee5\u4e0a\u7684\u5ba2\u6237\u3002",
    "A\u7ea7\u5ba2\u6237\u7684\u5206\u7ea7\u7ed3\u679c\u7531\u90e8\u95e8\u7ecf\u7406\u6bcf\u5b63\u5ea6\u590d\u6838\u4e00\u6b21\u3002",
)
QUIET = "# Winning back a quiet account\n\n## Find the reason\n\n{}\n\n## Open the door again\n\n{}\n"
TIERS = "# \u5ba2\u6237\u5206\u7ea7\n\n## \u53e3\u5f84\n\n{}{}\n"
ENGLISH = Question("What should we do about a quiet account?")
CHINESE = Question("A\u7ea7\u5ba2\u6237\u600e\u4e48\u5206\u7ea7\uff1f")
FOLLOW_UP = Question(
    "And who confirms it?", history=(Turn("user", ENGLISH.text), Turn("assistant", "Find the reason."))
)

# What is said of a fault that befalls every request; None where the answer is whole in spite of it.
EXPECTED: dict[str, Failure | None] = {
    **dict.fromkeys(
        ("rate_limited", "rate_limited_for_1_s", "rate_limited_for_90_s", "rate_limited_for_121_s",
         "rate_limited_for_20_ms", "rate_limited_until_a_date", "rate_limited_for_nonsense", "not_to_be_retried",
         "request_timeout", "conflict", "server_error", "bad_gateway", "unavailable", "gateway_timeout", "overloaded",
         "html_bad_gateway", "empty_server_error", "plain_text_error", "error_event", "named_error_event"),
        Failure.BUSY,
    ),
    **dict.fromkeys(("insufficient_quota", "insufficient_balance"), Failure.NO_QUOTA),
    **dict.fromkeys(("unauthorized", "forbidden"), Failure.KEY),
    **dict.fromkeys(("model_not_found", "html_not_found"), Failure.UNKNOWN),
    **dict.fromkeys(("unprocessable", "unknown_parameter"), Failure.REFUSED),
    **dict.fromkeys(("context_length_exceeded", "html_too_large"), Failure.TOO_LONG),
    **dict.fromkeys(("content_policy", "filtered", "filtered_from_the_start"), Failure.FILTERED),
    **dict.fromkeys(
        ("html_page", "empty_body", "broken_json", "null_body", "array_body", "error_in_ok", "other_way", "no_choices",
         "null_choices", "gzip_in_name_only", "broken_event", "broken_utf8"),
        Failure.BROKEN,
    ),
    **dict.fromkeys(
        ("redirect", "redirect_as_get", "redirect_to_nowhere", "reset_before_headers", "closed_before_headers"),
        Failure.UNREACHABLE,
    ),
    **dict.fromkeys(
        ("never_answers", "silent_after_headers", "stall_mid_reply", "slow_drip", "endless"), Failure.SLOW
    ),
    **dict.fromkeys(
        ("silent_end", "done_at_half", "end_inside_an_event", "reset_mid_reply", "closed_mid_reply", "broken_chunk",
         "cut_at_length", "without_finish_reason", "out_of_resources", "tool_calls_unasked", "huge"),
        Failure.CUT,
    ),
    **dict.fromkeys(("refusal", "null_content", "empty_content", "only_reasoning"), Failure.EMPTY),
    "unclosed_think_block": Failure.FORMAT,
    **dict.fromkeys(
        ("slow_first_byte", "wrong_content_type", "gzipped", "byte_order_mark", "think_block", "fenced",
         "line_separators", "lone_surrogate", "two_choices", "without_usage", "last_line_unterminated", "without_done",
         "null_event", "chunk_without_delta", "null_delta", "chunk_without_choices", "chunk_without_a_choices_field",
         "text_after_finish", "events_after_done", "repeated_roles", "usage_everywhere", "keep_alive_comments",
         "crlf_lines", "cr_lines", "no_space_after_data", "many_data_lines", "other_sse_fields", "escaped_text")
    ),
}  # fmt: skip
# Failures that are over soon are met by a second try, but for these; and a field that is refused is left out.
PASSING = (Failure.BUSY, Failure.BROKEN, Failure.UNREACHABLE)
FINAL = {
    "rate_limited_for_90_s", "rate_limited_for_121_s", "not_to_be_retried", "redirect", "redirect_as_get",
    "redirect_to_nowhere", "error_event", "named_error_event", "broken_event", "broken_utf8",
}  # fmt: skip
MENDED = {fault for fault, failure in EXPECTED.items() if failure in PASSING} - FINAL | {"unknown_parameter"}


def seconds(fault: str) -> float:
    """Enough, or little where there is nothing but waiting."""
    return 0.4 if EXPECTED[fault] is Failure.SLOW else 3.0


class Free:
    """A ledger without a limit that keeps what it is told."""

    def __init__(self) -> None:
        self.used: list[Usage] = []

    def left(self) -> int | None:
        return None

    def add(self, usage: Usage) -> None:
        self.used.append(usage)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_errors, "PAUSE", 0.02)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A few invented sentences, two to a document, and all loaded that a first question loads."""
    place = tmp_path_factory.mktemp("faults")
    (place / "documents").mkdir()
    for name, form, two in (("quiet.md", QUIET, SENTENCES[:2]), ("tiers.md", TIERS, SENTENCES[2:])):
        (place / "documents" / name).write_text(form.format(*two), encoding="utf-8")
    made = opened(Settings(home=place / "home"))
    made.ingest([place / "documents"])
    Assistant(made).ask(CHINESE)
    return made


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


def ask(library: Library, model: OpenAIModel, question: Question, limit: float) -> Answer:
    """Ask, and hold to what is true of every answer: in time, streamed as it stands, proven, whole sentences."""
    told: list[Claim] = []
    started = time.monotonic()
    answer = Assistant(library, drafter=Drafter(model, Free(), Bounds(limit))).ask(question, told.append)
    assert time.monotonic() - started < limit + 0.3
    assert told == list(answer.claims)
    shown = (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)
    sources = library.passages([each.passage_id for claim in shown for each in claim.citations], Reader())
    for claim in shown:
        assert claim.citations
        assert "".join(claim.text.split()) in {"".join(each.split()) for each in SENTENCES}
        for citation in claim.citations:
            passage = sources[citation.passage_id][0]
            assert passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote
    return answer


def explained(answer: Answer) -> str | None:
    """What an answer says of its model: nothing if all is well."""
    kinds = {"draft": NoteKind.BROKEN_OFF, "extract": NoteKind.WITHOUT_MODEL}
    assert all(each.kind is kinds[answer.recipe.composer] for each in answer.notes)
    assert answer.claims
    assert len(answer.notes) <= 1
    return answer.notes[0].about if answer.notes else None


def test_no_fault_is_forgotten() -> None:
    assert EXPECTED.keys() == (ANYWHERE | CHATTING | STREAMED).keys()


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_fault_of_every_request(library: Library, model: OpenAIModel, server: Server, fault: str) -> None:
    server.fail(fault, times=None)
    answer = ask(library, model, CHINESE, seconds(fault))
    expected = EXPECTED[fault]
    assert explained(answer) == (because(expected, "zh-Hans") if expected else None)
    assert answer.recipe.composer == "draft" or expected
    # One for the field that this server refuses, one, and one more.
    assert len(server.requests) <= (4 if fault == "unknown_parameter" else 3)


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_fault_of_the_first_request(library: Library, model: OpenAIModel, server: Server, fault: str) -> None:
    server.fail(fault)
    answer = ask(library, model, ENGLISH, seconds(fault))
    # What is lost of Chinese characters is not lost of Latin letters.
    expected = None if fault in {*MENDED, "broken_utf8"} else EXPECTED[fault]
    assert explained(answer) == (because(expected, "en") if expected else None)


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
    assert explained(ask(library, model, FOLLOW_UP, 2.2)) == because(failure, "en")
