"""An answer in a terminal: by whom it was reviewed, and which lines are that coach's experience."""

from datetime import date

import pytest

from assistant.answers import Answer, Citation, Claim, ClaimKind, Outcome, Reviewed
from assistant.questions import Language
from integrations.terminal import show_answer

_CITED = (Citation("p", "d", "Title", "s.md", "Heading", None, "A rule.", 0, 7),)
_CLAIMS = (Claim("A rule.", ClaimKind.RULE, _CITED, drafted=True), Claim("I call.", ClaimKind.ADVICE, (), drafted=True))


@pytest.mark.parametrize(
    ("language", "reviewed", "experience"),
    [
        ("en", "Reviewed by ken on 2026-03-02", "ken's own experience"),
        ("zh-Hans", "由 ken 审阅，2026-03-02".replace("，", "\uff0c"), "ken 的个人经验"),
        ("zh-Hant", "由 ken 審閱，2026-03-02".replace("，", "\uff0c"), "ken 的個人經驗"),
    ],
)
def test_a_reviewed_answer_names_its_coach(
    capsys: pytest.CaptureFixture[str], language: Language, reviewed: str, experience: str
) -> None:
    by = Reviewed("c1", "ken", date(2026, 3, 2), "What?")
    show_answer(Answer("a", "What?", Outcome.ANSWERED, language, claims=_CLAIMS, reviewed=by))
    lines = [each.strip() for each in capsys.readouterr().out.splitlines() if each.strip()]
    assert lines[0] == reviewed
    assert "\u2022 A rule. [1]" in lines
    assert lines[lines.index(experience) + 1] == "\u2022 I call."


def test_a_reviewed_answer_to_other_words_names_the_question_that_its_coach_was_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    by = Reviewed("c1", "ken", date(2026, 3, 2), "Who signs?")
    show_answer(Answer("a", "Whose signature?", Outcome.ANSWERED, "en", claims=_CLAIMS, reviewed=by))
    assert "who was asked: \u201cWho signs?\u201d" in capsys.readouterr().out


def test_a_similar_answer_is_only_spoken_of(capsys: pytest.CaptureFixture[str]) -> None:
    by = Reviewed("c1", "ken", date(2026, 3, 2), "Who signs?")
    show_answer(Answer("a", "Whose signature?", Outcome.ANSWERED, "en", claims=_CLAIMS, similar=by))
    out = " ".join(capsys.readouterr().out.split())
    assert "Coach ken answered a question like this on 2026-03-02: \u201cWho signs?\u201d" in out


def test_an_answer_that_nobody_reviewed_says_nothing_of_coaches(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(Answer("a", "What?", Outcome.ANSWERED, "en", claims=_CLAIMS))
    out = capsys.readouterr().out
    assert "Reviewed" not in out
    assert "The coach's suggestion" in out
