"""The card that shows an entry of the queue in the coaches' channel: only what all who read along may read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Answer
from assistant.questions import Language
from assistant.review import Verdict, disagreed, latest
from integrations.review.corrections import Lapse
from integrations.review.queue import CLAIMED, DONE
from integrations.review.queue_rows import Waiting
from integrations.slack.blocks import Numbers
from integrations.slack.kit import Block, bulleted, button, line, moment, plain_text, quoted, rich, short
from integrations.slack.review.texts import said
from knowledge.people import Directory

CLAIM, OPEN, RELEASE = "review_claim", "review_open", "review_release"
APPROVE, CORRECT, REJECT, VERIFY = "review_approve", "review_correct", "review_reject", "review_verify"

_SHOWN = 1_800
_PLACE = 120
_QUESTION = 600
DAY = "{date_short_pretty} {time}"


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as everybody in the channel may see it; `answer` is None where not all of them may read it.

    `whole` says that the answer is all that was given, `lapses` why a correction no longer holds.
    """

    entry: Waiting
    language: Language
    asker: str = ""
    answer: Answer | None = None
    whole: bool = False
    verdicts: tuple[Verdict, ...] = ()
    lapses: frozenset[Lapse] = frozenset()


def card(of: Card) -> list[Block]:
    """The blocks of a card."""
    reasons = [said(each.value, of.language) for each in of.entry.reasons]
    return [
        rich(line(" · ".join(reasons), bold=True)),
        times(of.entry, of.asker, of.language) if of.answer else _promised(of.entry, of.language),
        *_content(of),
        *_state(of),
        {"type": "actions", "elements": list(_buttons(of))},
    ]


def fallback(of: Card) -> str:
    """The text of a notification: nothing of the question."""
    reasons = ", ".join(said(each.value, of.language) for each in of.entry.reasons)
    return f"{said('card_text', of.language)}: {reasons}"


def erased(language: Language) -> list[Block]:
    """What stands where a question was erased."""
    return [rich(line(said("erased", language)))]


def asked_by(asker: str, directory: Directory, language: Language) -> str:
    """What to call whoever asked, by a Slack id or a name of people.yaml."""
    name = directory.slack.get(asker, asker if asker in directory.people else "")
    return name or said("somebody", language)


def times(entry: Waiting, asker: str, language: Language) -> Block:
    """Who asked, whom it is for, since when it waits, by when it was promised."""
    who = [said("asked_by", language, person=asker)] if asker else []
    whose = [said("for", language, name=entry.assigned)] if entry.assigned else []
    return _promised(entry, language, "".join(f"{each} · " for each in (*who, *whose)))


def _promised(entry: Waiting, language: Language, begin: str = "") -> Block:
    """Since when it waits, by when it was promised, by each reader's clock."""
    elements = [
        {"type": "text", "text": f"{begin}{said('waiting', language)}"},
        moment(entry.since, DAY),
        {"type": "text", "text": f" · {said('promised', language)}"},
        moment(entry.due, DAY),
    ]
    return rich({"type": "rich_text_section", "elements": elements})


def _content(of: Card) -> Iterator[Block]:
    # Of a closed one not even whom it is for: teams are named for their accounts.
    if of.answer is None:
        yield rich(line(said("closed_card", of.language)))
        return
    yield quoted(short(of.entry.question, _QUESTION))
    if of.lapses:
        yield why_stale(of.lapses, of.language)
        return
    numbers, shown = Numbers(), _shown(of.answer)
    claims = [line(each.plain or each.text, marks=numbers.of(each.citations)) for each in of.answer.claims[:shown]]
    yield rich(bulleted(claims)) if claims else rich(line(said("no_answer", of.language)))
    for number, each in enumerate(numbers.listed, start=1):
        place = " › ".join(filter(None, (each.title, each.heading)))
        yield {"type": "context", "elements": [plain_text(f"[{number}] {short(place, _PLACE)}")]}
    if not complete(of):
        yield rich(line(said("only_part", of.language)))


def complete(of: Card) -> bool:
    """Whether a card shows all that a coach judges."""
    return of.answer is not None and of.whole and _shown(of.answer) == len(of.answer.claims)


def _shown(answer: Answer) -> int:
    """How many claims a card has room for."""
    room, shown = _SHOWN, 0
    for each in answer.claims:
        room -= len(each.plain or each.text)
        if room < 0:
            break
        shown += 1
    return shown


def why_stale(lapses: frozenset[Lapse], language: Language) -> Block:
    """Why a correction no longer holds."""
    why = "; ".join(said(each.value, language) for each in sorted(lapses))
    return rich(line(f"{said('stale', language)}: {why}"))


def _state(of: Card) -> Iterator[Block]:
    """Who is on it, what coaches said; that they differ is shown as it is."""
    since = of.entry.since if of.entry.correction else 0.0
    verdicts = [each for each in of.verdicts if each.at.timestamp() >= since]
    if of.entry.state == CLAIMED:
        yield rich(line(said("claimed", of.language, coach=of.entry.claimed_by), bold=True))
    if of.entry.state == DONE:
        whose = "" if verdicts else f" · {of.entry.claimed_by}"
        yield rich(line(f"{said('done', of.language)}{whose}", bold=True))
    if verdicts:
        yield rich(bulleted([line(each) for each in decisions(verdicts, of.language)]))
    if disagreed(verdicts):
        yield rich(line(said("differ", of.language), bold=True))


def decisions(verdicts: Sequence[Verdict], language: Language) -> list[str]:
    """The last word of each coach."""
    return [f"{each.coach} {said(each.decision.value, language)}" for each in latest(verdicts).values()]


def _buttons(of: Card) -> Iterator[Block]:
    """One press claims it, the next is the verdict, where the card shows all that is judged."""
    entry, language = of.entry, of.language
    labels = {
        CLAIM: "claim_it", OPEN: "open_it", RELEASE: "release_it", VERIFY: "verify_it",
        APPROVE: "approve_it", CORRECT: "correct_it", REJECT: "reject_it",
    }  # fmt: skip
    styles = {APPROVE: "primary", REJECT: "danger"}
    for action in _actions(of):
        yield button(action, said(labels[action], language), entry.id, styles.get(action, ""))


def _actions(of: Card) -> tuple[str, ...]:
    if of.entry.state == DONE:
        return (OPEN,)
    if of.entry.correction and of.answer:
        mine = (RELEASE,) if of.entry.state == CLAIMED else (CLAIM,)
        return (VERIFY, CORRECT, OPEN, *mine)
    if of.entry.state != CLAIMED:
        return (CLAIM, OPEN)
    return (APPROVE, CORRECT, REJECT, OPEN, RELEASE) if complete(of) else (OPEN, RELEASE)
