"""What each fault of a streamed reply does to an answer, and what is true of every answer all the same."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Answer, Claim, NoteKind
from assistant.ask import Assistant
from assistant.draft import Bounds, Drafter
from assistant.errors import Failure
from assistant.ports import Usage
from assistant.questions import Question, Turn
from assistant.wording import because
from integrations.bootstrap import library as opened
from integrations.openai_model import OpenAIModel
from integrations.settings import Settings
from knowledge.access import Reader
from knowledge.library import Library

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
         "without_finish_reason", "out_of_resources", "tool_calls_unasked"),
        Failure.CUT,
    ),
    **dict.fromkeys(("cut_at_length", "huge"), Failure.LENGTH),
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


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the fault that the first or every request of it meets, and what is then said of the model."""

    fault: str
    question: Question
    times: int | None
    expected: Failure | None

    @property
    def seconds(self) -> float:
        """Enough, or little where there is nothing but waiting."""
        return 0.3 if EXPECTED[self.fault] is Failure.SLOW else 3.0


def _cases() -> Iterator[Case]:
    for fault, failure in EXPECTED.items():
        yield Case(fault, CHINESE, None, failure)
        # What is lost of Chinese characters is not lost of Latin letters.
        yield Case(fault, ENGLISH, 1, None if fault in {*MENDED, "broken_utf8"} else failure)


CASES = tuple(_cases())


class Free:
    """A ledger without a limit that keeps what it is told."""

    def __init__(self) -> None:
        self.used: list[Usage] = []

    def left(self) -> int | None:
        return None

    def add(self, usage: Usage) -> None:
        self.used.append(usage)


def filled(place: Path) -> Library:
    """A library of a few invented sentences, two to a document, with all loaded that a first question loads."""
    (place / "documents").mkdir()
    for name, form, two in (("quiet.md", QUIET, SENTENCES[:2]), ("tiers.md", TIERS, SENTENCES[2:])):
        (place / "documents" / name).write_text(form.format(*two), encoding="utf-8")
    made = opened(Settings(home=place / "home"))
    made.ingest([place / "documents"])
    Assistant(made).ask(CHINESE)
    return made


def problems(library: Library, model: OpenAIModel, question: Question, limit: float, why: Failure | None) -> list[str]:
    """What is wrong with an answer: late, not as it was streamed, unproven, cut short, or without the word on why."""
    told: list[Claim] = []
    started = time.monotonic()
    answer = Assistant(library, drafter=Drafter(model, Free(), Bounds(limit))).ask(question, told.append)
    took = time.monotonic() - started
    found = [*_unproven(library, answer), *_unexplained(answer, why)]
    if took > limit + 0.3:
        found.append(f"took {took:.1f} s of {limit}")
    if told != list(answer.claims):
        found.append(f"streamed {told}, then {answer.claims}")
    return found


def _unproven(library: Library, answer: Answer) -> Iterator[str]:
    shown = (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)
    sources = library.passages([each.passage_id for claim in shown for each in claim.citations], Reader())
    # The two of one heading stand side by side and make one claim.
    whole = {"".join(each.split()) for each in (*SENTENCES, "".join(SENTENCES[2:]))}
    for claim in shown:
        if not claim.citations or "".join(claim.text.split()) not in whole:
            yield f"claims {claim.text!r}"
        for each in claim.citations:
            passage = sources[each.passage_id][0]
            if passage.text[each.start - passage.start : each.end - passage.start] != each.quote:
                yield f"quotes {each.quote!r}"


def _unexplained(answer: Answer, why: Failure | None) -> Iterator[str]:
    kind = NoteKind.BROKEN_OFF if answer.recipe.composer == "draft" else NoteKind.WITHOUT_MODEL
    expected = [(kind, because(why, answer.language))] if why else []
    if (said := [(each.kind, each.about) for each in answer.notes]) != expected:
        yield f"says {said} instead of {expected}"
    if not answer.claims or (not why and answer.recipe.composer != "draft"):
        yield f"{answer.recipe.composer} with {len(answer.claims)} claims"
