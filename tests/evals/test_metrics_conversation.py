"""Scores of follow-ups, worked by hand."""

from collections.abc import Mapping

from evals.attempts import Attempt
from evals.metrics import score
from evals.scores import Tried
from tests.evals.making import (
    OTHER,
    PLAN,
    TIERING,
    TRIANGLE,
    Case,
    Gold,
    at,
    attempt,
    check,
    every,
    failed,
    item,
)

_NAMES = ("recall_history", "recall_last_turn", "recall_standalone", "carried")
_EN: Gold = ((at(TRIANGLE, 10, 40),), (at(OTHER, 10, 40),))
_HANS: Gold = ((at(TIERING, 10, 40),), (at(OTHER, 10, 40),))
_HANT: Gold = ((at(PLAN, 10, 40),), (at(OTHER, 10, 40),))


def _finds(gold: Gold, pieces: int, outcome: str = "answered") -> Attempt:
    """An attempt whose search found the first so many of the pieces, each twice."""
    return attempt(gold, hits=tuple(group[0] for group in gold[:pieces] for _ in range(2)), outcome=outcome)


def _case(
    name: str,
    language: str,
    gold: Gold,
    found: tuple[Attempt | int, Attempt | int | None, Attempt | int | None],
    *values: float | None,
) -> Case:
    """What the follow-up, its last turn alone and the question made whole found; the four values."""
    mine, *others = (_finds(gold, each) if isinstance(each, int) else each for each in found)
    variants: Mapping[str, Attempt | None] = dict(zip(("last_turn", "standalone"), others, strict=True))
    asked = item(language, gold, asked_before="And before?", standalone="The whole question?")
    run = {variant: each for variant, each in variants.items() if each}
    assert mine
    return Case(name, Tried(asked, mine, run), dict(zip(_NAMES, values, strict=True)))


_LATE = failed(gold=_HANT, hits=tuple(group[0] for group in _HANT))
"""One that failed after its search."""

CASES = (
    _case("as much as the whole question", "en", _EN, (2, 0, 2), 1, 0, 1, 1),
    _case("less than the whole question", "en", _EN, (1, 0, 2), 0.5, 0, 1, 0),
    _case("more than the whole question", "en", _EN, (2, 1, 1), 1, 0.5, 0.5, 1),
    _case("no variant was run", "en", _EN, (2, None, None), 1, None, None, None),
    _case("nothing at all", "en", _EN, (0, 0, 0), 0, 0, 0, None),
    _case("failed as asked", "en", _EN, (failed(), 1, 2), 0, 0.5, 1, 0),
    _case("failed as asked, no variant run", "zh-Hans", _HANS, (failed(), None, None), 0, None, None, None),
    _case("failed when made whole", "zh-Hans", _HANS, (2, 0, _LATE), 1, 0, 0, 0),
    _case("half with history, half made whole", "zh-Hans", _HANS, (1, 1, 1), 0.5, 0.5, 0.5, 1),
    _case("nothing with history, half made whole", "zh-Hans", _HANS, (0, 0, 1), 0, 0, 0.5, 0),
    _case("declined, though it was found", "zh-Hant", _HANT, (_finds(_HANT, 2, "declined"), 0, 2), 1, 0, 1, 1),
    _case("failed without its history", "zh-Hant", _HANT, (2, _LATE, 2), 1, 0, 1, 1),
    _case("failed after its search", "zh-Hant", _HANT, (_LATE, 0, 2), 0, 0, 1, 0),
    _case("failed everywhere", "zh-Hant", _HANT, (failed(), failed(), failed()), 0, 0, 0, 0),
    _case("as well without history", "en", _EN, (2, 2, 2), 1, 1, 1, 1),
    _case("only with history", "zh-Hant", _HANT, (1, 0, 0), 0.5, 0, 0, 1),
)


@every(CASES)
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)


def test_what_is_sixth_is_not_found() -> None:
    others = tuple(at(f"other-{number}.md", 0, 9) for number in range(5))
    late = attempt(_EN, hits=(*others, _EN[0][0], _EN[1][0]))
    assert score(Tried(item(gold=_EN, asked_before="Before?"), late, {}))["recall_history"].value == 0


def test_a_question_without_history_has_none_of_these_scores() -> None:
    assert not score(Tried(item(gold=_EN), _finds(_EN, 2), {})).keys() & set(_NAMES)
