"""Which entries of the queue a coach walks through, and which comes next."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from assistant.review import Why
from integrations.review.queue import CLAIMED, DONE, OPEN, Filter
from integrations.review.queue_rows import Waiting
from integrations.web.persons import asker_of
from integrations.web.visit import Visit
from knowledge.access import Reader

MINE = "mine"
SAID = ("approve", "reject", "correct", "next", "verify", "not_verified", "withdraw", "taken", "given_back", "held")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a coach looks at: all or those for them, what waits or what is done, for one reason or any."""

    whose: str = ""
    state: str = ""
    why: Why | None = None

    @classmethod
    def of(cls, visit: Visit) -> "Wanted":
        """As the address says; what it should not say counts for nothing."""
        why = next((each for each in Why if each == visit.asked("why")), None)
        whose, state = visit.asked("whose"), visit.asked("state")
        return cls(MINE if whose == MINE else "", DONE if state == DONE else "", why)

    def filter(self, reader: Reader) -> Filter:
        """The same for the queue."""
        states = (DONE,) if self.state == DONE else (OPEN, CLAIMED)
        return Filter(states, self.why, tuple(sorted(reader.names)) if self.whose == MINE else ())

    def query(self, **more: str) -> str:
        """The same as an address says it."""
        said = {"whose": self.whose, "state": self.state, "why": self.why or "", **more}
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def following(visit: Visit, entry: Waiting) -> Waiting | None:
    """The next entry that no other coach has, after this one, else from the oldest on."""
    coaching, reader = visit.console.review.coaching, visit.who.reader
    wanted = Wanted.of(visit).filter(reader)
    for start in (entry, None):
        for each in coaching.queue(reader, wanted, start):
            free = each.state == DONE or each.claimed_by in ("", reader.person)
            if free and each.id != entry.id:
                return each
    return None


def onward(visit: Visit, entry: Waiting, said: str) -> Response:
    """On to the next entry, saying what became of this one; to the queue when there is none."""
    found, wanted = following(visit, entry), Wanted.of(visit)
    if found is None:
        return visit.to(f"/review{wanted.query(said=said, of=entry.id, more='no')}")
    return visit.to(f"/review/{found.id}{wanted.query(said=said, of=entry.id)}")


def said_of(visit: Visit) -> str:
    """What became of what was done last, as the address says; empty when it says nothing."""
    said = visit.asked("said")
    parts = []
    if said in SAID:
        entry = visit.console.review.reviews.entry(visit.asked("of"), visit.who.reader)
        person = asker_of(visit, entry.asker) if entry else ""
        parts.append(visit.say(f"said_{said}", **({"person": person} if said == "correct" else {})))
    if visit.asked("more"):
        parts.append(visit.say("said_nothing_more"))
    return " ".join(parts)
