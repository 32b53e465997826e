"""The modals of coaches: an answer to be judged, a correction to be written, a passage in full."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from assistant.answers import Claim
from assistant.correction import Fault
from assistant.questions import Language
from assistant.review import Mark, Point, Why, disagreed, point_named
from integrations.review.cases import Case
from integrations.review.corrections import Kept
from integrations.slack.blocks import labelled, notice_view, plain
from integrations.slack.kit import Block, bulleted, button, line, plain_text, quoted, rich, short
from integrations.slack.review.cards import CORRECT, REJECT, VERIFY, times, why_stale
from integrations.slack.review.forms import (
    BETTER,
    CLAIM,
    LINES,
    MOST_BETTER,
    MOST_PASSAGES,
    MOST_REASON,
    REASON,
    RUBRIC,
    SEARCH,
    TOPICS,
    Form,
    numbered,
)
from integrations.slack.review.texts import said
from knowledge.documents import Hit

VERDICT, CORRECTION, SHOW, FIND = "review_verdict", "review_correction", "review_passage", "review_search"
_LABEL, _SECTION, _PASSAGE, _TYPED, _ERROR = 1_900, 2_900, 280, 3_000, 1_500
_MOST_CLAIMS, _MOST_SECTIONS = 35, 12
_VOTES = {"down": Why.DOWN_VOTE.value, "coach": Why.ASKED_FOR_COACH.value}


def verdict(case: Case, asker: str, language: Language) -> Block:
    """An answer with all that is to be said of it: its submission approves, buttons reject or correct it."""
    stale = case.kept is not None
    blocks = [*_about(case, asker, language), *(_stale(case.kept, language) if case.kept else ())]
    if not stale:
        blocks += [*_claims(case, language), *_passages(case.offered, language), *_judging(language)]
    buttons = [button(CORRECT, said("correct_it", language), case.entry.id)]
    if stale:
        buttons.insert(0, button(VERIFY, said("verify_it", language), case.entry.id))
    else:
        buttons.insert(0, button(REJECT, said("reject_it", language), case.entry.id, "danger"))
    blocks.append({"type": "actions", "elements": buttons})
    form = Form(case.entry.id, numbered(case))
    return _modal("review_title", language, blocks, VERDICT, form, "" if stale else "approve_it")


def correction(
    case: Case,
    form: Form,
    language: Language,
    note: str = "",
    faults: Sequence[Fault] = (),
    lines: str = "",
) -> Block:
    """Where a correction is written; `note` is about the last search, `lines` is what stands there at first."""
    given = [*_stale(case.kept, language)] if case.kept else [*_listed(case, case.answer.claims, language)]
    blocks = [
        quoted(short(case.entry.question, _LABEL)),
        *given,
        *_passages(case.offered, language),
        _input(SEARCH, said("search", language), _search()),
        *(plain(note) if note else []),
        *([labelled(said("failed", language), _mending(faults, language))] if faults else []),
        _input(LINES, said("lines", language), _text(LINES, _TYPED, lines), said("lines_hint", language), False),
        _input(TOPICS, said("topics", language), _text(TOPICS, 200, multiline=False)),
    ]
    return _modal("correct_title", language, blocks, CORRECTION, form, "teach")


def errors(faults: Sequence[Fault], language: Language) -> str:
    """What is to be mended, line by line."""
    return short("\n".join(_mending(faults, language)), _ERROR)


def _mending(faults: Sequence[Fault], language: Language) -> list[str]:
    return [said("fault", language, number=each.line.number, mend=each.mend) for each in faults]


def notice(what: str, language: Language, **values: object) -> Block:
    """A modal that says one thing."""
    return notice_view(said("review_title", language), said(what, language, **values), language)


def passage(number: int, hit: Hit, language: Language) -> Block:
    """A passage in full."""
    text = hit.passage.repaired()
    pieces = [text[at : at + _SECTION] for at in range(0, len(text), _SECTION)][:_MOST_SECTIONS]
    sections = [{"type": "section", "text": plain_text(each)} for each in (_place(number, hit), *pieces)]
    return _modal("review_title", language, sections)


def _about(case: Case, asker: str, language: Language) -> Iterator[Block]:
    reasons = " · ".join(said(each.value, language) for each in case.entry.reasons)
    yield rich(line(reasons, bold=True))
    yield times(case.entry, asker, language)
    yield quoted(short(case.entry.question, _LABEL))
    votes = [
        short(reason or said(_VOTES[vote], language), _LABEL) for vote, reason in case.votes if reason or vote in _VOTES
    ]
    if votes:
        yield labelled(said("votes", language), votes)
    if case.verdicts:
        yield labelled(said("verdicts", language), [*_verdicts(case, language)])
    if disagreed(case.verdicts):
        yield rich(line(said("differ", language), bold=True))


def _verdicts(case: Case, language: Language) -> Iterator[str]:
    """All of them, as they came."""
    for each in case.verdicts:
        why = "; ".join(filter(None, (each.reason, each.better_source)))
        yield short(f"{each.coach} {said(each.decision.value, language)}{f': {why}' if why else ''}", _LABEL)


def _stale(kept: Kept, language: Language) -> Iterator[Block]:
    if kept.lapses:
        yield why_stale(kept.lapses, language)
    yield labelled(said("correction", language), [each.text for each in kept.correction.statements])


def _claims(case: Case, language: Language) -> Iterator[Block]:
    """A menu a claim; of what was declined, the passages that were nearest."""
    if not case.answer.claims:
        yield rich(line(said("no_answer", language)))
        yield from _listed(case, case.answer.nearest, language)
        return
    options = [{"text": plain_text(said(each.value, language)), "value": each.value} for each in Mark]
    yield rich(line(said("judge_claims", language), bold=True))
    for number, claim in islice(case.numbered(), _MOST_CLAIMS):
        label = short(f"{number + 1}. {claim.plain or claim.text}", _LABEL)
        placeholder = plain_text(said("mark", language))
        menu = {"type": "static_select", "action_id": "mark", "placeholder": placeholder, "options": options}
        yield _input(f"{CLAIM}{number}", f"{label} {_marks(case, claim)}".rstrip(), menu)


def _listed(case: Case, claims: Sequence[Claim], language: Language) -> Iterator[Block]:
    if claims:
        lines = [line(each.plain or each.text, marks=_marks(case, each)) for each in claims]
        yield rich(line(said("answer", language), bold=True), bulleted(lines))


def _marks(case: Case, claim: Claim) -> str:
    numbers = {hit.passage.id: number for number, hit in case.offered.items()}
    cited = dict.fromkeys(numbers[each.passage_id] for each in claim.citations if each.passage_id in numbers)
    return "".join(f"[{each}]" for each in cited)


def _passages(offered: Mapping[int, Hit], language: Language) -> Iterator[Block]:
    """Each with its number, its beginning, and the way to all of it."""
    if offered:
        yield rich(line(said("passages", language), bold=True))
    for number, hit in offered.items():
        if number <= MOST_PASSAGES:
            begin = short(" ".join(hit.passage.repaired().split()), _PASSAGE)
            yield {
                "type": "section",
                "text": plain_text(f"{_place(number, hit)}\n{begin}"),
                "accessory": button(SHOW, said("show", language), f"{number} {hit.passage.id}"),
            }


def _place(number: int, hit: Hit) -> str:
    return short(f"[{number}] {' › '.join(filter(None, (hit.entry.title, hit.passage.heading)))}", _PASSAGE)


def _judging(language: Language) -> Iterator[Block]:
    points = [{"text": plain_text(point_named(each, language)), "value": each.value} for each in Point]
    yield _input(RUBRIC, said("rubric", language), {"type": "checkboxes", "action_id": "points", "options": points})
    yield _input(REASON, said("reason", language), _text(REASON, MOST_REASON), said("reason_hint", language))
    yield _input(BETTER, said("better_source", language), _text(BETTER, MOST_BETTER, multiline=False))


def _search() -> Block:
    return {
        "type": "plain_text_input",
        "action_id": FIND,
        "max_length": 200,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }


def _text(name: str, most: int, initial: str = "", multiline: bool = True) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": multiline, "max_length": most}
    return element | ({"initial_value": initial[:most]} if initial else {})


def _input(name: str, label: str, element: Block, hint: str = "", optional: bool = True) -> Block:
    made: Block = {"type": "input", "block_id": name, "label": plain_text(label), "element": element}
    made |= {"optional": optional} | ({"hint": plain_text(hint)} if hint else {})
    return made | ({"dispatch_action": True} if name == SEARCH else {})


def _modal(
    title: str,
    language: Language,
    blocks: Sequence[Block],
    callback: str = "",
    form: Form | None = None,
    submit: str = "",
) -> Block:
    return {
        "type": "modal",
        "title": plain_text(said(title, language)),
        "close": plain_text(said("close", language)),
        "blocks": list(blocks),
        **({"callback_id": callback} if callback else {}),
        **({"private_metadata": form.text()} if form else {}),
        **({"submit": plain_text(said(submit, language))} if submit else {}),
    }
