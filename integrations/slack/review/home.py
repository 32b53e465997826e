"""The queue as a list in the App Home of coaches: what is promised soonest first, filtered, ten at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.questions import Language
from assistant.review import Why
from integrations.review.queue import CLAIMED, Filter
from integrations.review.queue_rows import Waiting
from integrations.slack.kit import Block, button, line, plain_text, quoted, rich, short
from integrations.slack.review.cards import OPEN, times
from integrations.slack.review.texts import said
from knowledge.access import Reader

FILTER, MORE, FIRST = "review_filter", "review_more", "review_first"
ALL, MINE = "all", "mine"
PAGE = 10
_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the queue: what was chosen in the menu, and the entry it begins behind."""

    chosen: str = ALL
    after: str = ""

    @classmethod
    def of(cls, value: str) -> "Wanted":
        """What a button says."""
        chosen, _, after = value.partition(" ")
        return cls(chosen if chosen in _CHOICES else ALL, after)

    def filter(self, coach: Reader) -> Filter:
        """The same for the queue."""
        if self.chosen == MINE:
            return Filter(assigned=tuple(sorted(coach.names)))
        return Filter(reason=None if self.chosen == ALL else Why(self.chosen))


_CHOICES = (ALL, MINE, *(each.value for each in Why))


def queue(entries: Sequence[Waiting], askers: Sequence[str], wanted: Wanted, language: Language) -> list[Block]:
    """A page of the queue, of which `entries` may hold one more than fits; an asker's name for each."""
    shown = entries[:PAGE]
    parts = [{"type": "divider"}, rich(line(said("queue", language), bold=True)), _menu(wanted, language)]
    for entry, asker in zip(shown, askers, strict=False):
        parts += _entry(entry, asker, language)
    if not shown:
        parts.append(rich(line(said("queue_none", language))))
    return [*parts, *_turning(entries, wanted, language)]


def _entry(entry: Waiting, asker: str, language: Language) -> list[Block]:
    reasons = " · ".join(said(each.value, language) for each in entry.reasons)
    on_it = f" · {said('claimed', language, coach=entry.claimed_by)}" if entry.state == CLAIMED else ""
    return [
        rich(line(f"{reasons}{on_it}", bold=True)),
        quoted(short(entry.question, _QUESTION)),
        times(entry, asker, language),
        {"type": "actions", "elements": [button(OPEN, said("open_it", language), entry.id)]},
    ]


def _menu(wanted: Wanted, language: Language) -> Block:
    options = {each: {"text": plain_text(said(each, language)), "value": each} for each in _CHOICES}
    menu = {
        "type": "static_select",
        "action_id": FILTER,
        "placeholder": plain_text(said("filter", language)),
        "options": list(options.values()),
        "initial_option": options[wanted.chosen],
    }
    return {"type": "actions", "elements": [menu]}


def _turning(entries: Sequence[Waiting], wanted: Wanted, language: Language) -> list[Block]:
    buttons = []
    if len(entries) > PAGE:
        last = f"{wanted.chosen} {entries[PAGE - 1].id}"
        buttons.append(button(MORE, said("more", language), last))
    if wanted.after:
        buttons.append(button(FIRST, said("first", language), wanted.chosen))
    return [{"type": "actions", "elements": buttons}] if buttons else []
