"""Says of everything shown whether whoever saw it may: secrets of documents, names of accounts, what people typed."""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.leaks.canaries import Canaries, folded
from tests.leaks.company import Paper
from tests.leaks.policy import World
from tests.leaks.review_ledger import REMARK, Ledger, Typed
from tests.leaks.watching import Leak, Sight, Watch

_TAG = re.compile(r"<[^>]*>")
_LATE = frozenset(
    ("queue", "case", "correct", "corrections", "gaps", "statistics", "csv", "export", "command")
    + ("card", "App Home", "modal")
)
Secret = Paper | str


@dataclass(slots=True)
class Judge:
    """`typed` are the forms of secrets that people typed themselves, by person and by place."""

    world: World
    canaries: Canaries
    ledger: Ledger
    typed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    own: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Texts that people typed themselves, folded."""
    leaks: list[Leak] = field(default_factory=list)
    looks: Counter[str] = field(default_factory=Counter)
    """Pairs of a viewer and something shown, by surface."""
    told: Counter[str] = field(default_factory=Counter)
    """Of those, the ones with something that is not for everyone and is for this viewer."""
    found: Counter[str] = field(default_factory=Counter)

    def typed_by(self, user: str, text: str) -> None:
        """Remember what somebody typed: to show it to them tells them nothing."""
        self.typed[user] |= self.canaries.said([text])
        self.own[user].add(folded(text))

    def page(self, user: str, surface: str, text: str) -> None:
        """A page of the console: what it shows and all its attributes."""
        plain = html.unescape(text)
        self.look([user], surface, f"{plain}\n{html.unescape(_TAG.sub('', text))}", frozenset())

    def look(
        self, viewers: Iterable[str], surface: str, text: str, typed: frozenset[str] = frozenset(), room: str = ""
    ) -> None:
        """Judge one thing shown to some people."""
        forms, texts = self._what(text)
        for user in viewers:
            self.looks[surface] += 1
            allowed = [self._form(user, surface, *each, typed, text) for each in forms]
            allowed += [self._text(user, surface, *each, room, text) for each in texts]
            self.told[surface] += any(allowed)

    def _what(self, text: str) -> tuple[list[tuple[str, Secret]], list[tuple[str, list[Typed]]]]:
        """The secrets in a text, and what people typed; within a question secrets are part of the question."""
        plain, texts = folded(text), []
        for question, some in self.ledger.questions.items():
            if question in plain:
                texts.append((question, some))
                plain = plain.replace(question, " ")
        texts += [(each, self.ledger.remarks.get(each, [])) for each in dict.fromkeys(REMARK.findall(plain))]
        return list(dict.fromkeys(self.canaries.within(plain))), texts

    def _form(self, user: str, surface: str, form: str, secret: Secret, typed: frozenset[str], text: str) -> bool:
        if form in typed or form in self.typed[user] or self._in_question(user, form):
            return False
        if self._may(user, surface, secret):
            return True
        name = secret.file if isinstance(secret, Paper) else f"account {secret}"
        self._leaked(user, surface, name, form, text)
        return False

    def _in_question(self, user: str, form: str) -> bool:
        """Whether it stands in a question that they may see: what that tells was told by whoever asked it."""
        some = (typed for text, every in self.ledger.questions.items() if form in text for typed in every)
        return any(self.ledger.may_see(user, each, "") for each in some)

    def _may(self, user: str, surface: str, secret: Secret) -> bool:
        """What coaches made of a document that was taken away goes on to be for whom it was for."""
        late = surface == "documents" or (surface in _LATE and self.world.is_coach(user))
        if not isinstance(secret, Paper):
            return self.world.knows_account(user, secret, late)
        return self.world.could_read(user, secret) if late else self.world.may_read(user, secret)

    def _text(self, user: str, surface: str, said: str, some: list[Typed], room: str, text: str) -> bool:
        if any(said in each for each in self.own[user]):
            return False
        # A longer question that they may see is cut short where there is no room for all of it.
        if (
            some
            and not any(self.ledger.may_see(user, each, room) for each in some)
            and not self._in_question(user, said)
        ):
            self._leaked(user, surface, "what was typed", said, text)
            return False
        closed = (each for each in some if each.papers or each.accounts)
        return any(self._secret(each) for each in closed)

    def _secret(self, typed: Typed) -> bool:
        papers = (self.world.papers.get(each) or self.world.gone.get(each) for each in typed.papers)
        return any(each and each.canary for each in papers)

    def _leaked(self, user: str, surface: str, secret: str, form: str, text: str) -> None:
        lines = [each.strip() for each in text.splitlines() if form in folded(each)]
        excerpt = "\n".join((text.splitlines()[0][:200], *(each[:400] for each in lines[:3])))
        self.found[surface] += 1
        who = f"{user} ({self.world.people[user].kind})"
        self.leaks.append(Leak(who, surface, secret, form, excerpt))


class ReviewWatch(Watch):
    """Hands everything that the bot shows to the judge; modals each time they change."""

    judge: Judge
    channel: str

    @classmethod
    def over(cls, slack: Any, world: World, judge: Judge, channel: str) -> "ReviewWatch":
        """A watch whose judge is told of `channel` that it is the coaches'."""
        made = cls(slack, world, judge.canaries)
        made.judge, made.channel = judge, channel
        made._typed = judge.typed
        return made

    def look(self, before: float = float("inf"), absent: frozenset[str] = frozenset()) -> None:
        """Judge everything new by the rights of now."""
        self.judge.ledger.refresh()
        super().look(before, absent)

    def _of_views(self) -> Iterator[Sight]:
        for view in list(self.slack.state.views.values()):
            name = f"{view.id} {view.hash} {view.errors}"
            if name not in self._views and view.content["type"] == "modal":
                self._views.add(name)
                errors = "\n".join(view.errors.values())
                yield Sight((view.user,), "modal", f"{_all(view.content)}\n{errors}", frozenset(self._typed[view.user]))

    def _judge(self, sight: Sight) -> None:
        place = sight.where.rpartition(" in ")[2] if " in " in sight.where else ""
        self.judge.look(sight.viewers, self._surface(sight, place), sight.text, sight.typed, place)

    def _surface(self, sight: Sight, place: str) -> str:
        if sight.where in ("home", "modal"):
            return {"home": "App Home"}.get(sight.where, sight.where)
        if sight.where.startswith("alone"):
            return "said in passing"
        if place == self.channel:
            return "card"
        return "direct message" if place.startswith("D") else "thread"


def _all(said: object) -> str:
    if isinstance(said, str):
        return said
    if isinstance(said, dict):
        return "\n".join(map(_all, said.values()))
    return "\n".join(map(_all, said)) if isinstance(said, list | tuple) else ""
