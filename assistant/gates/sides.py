"""A claim and its evidence, side by side, with the denying words of both paired."""

from dataclasses import dataclass

from assistant.gates.clauses import Clause, Likeness, in_chinese
from assistant.gates.denying import Denying, Sense
from assistant.gates.pairing import Pairs

NEITHER = frozenset(("neither", "nor"))
DENIES = frozenset((Sense.PLAIN, Sense.NOT_UNTIL))
REFUSES = frozenset((Sense.PLAIN, Sense.SOFT, Sense.NOT_UNTIL))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its clauses, these without plain denials, and its denying words."""

    clauses: tuple[Clause, ...]
    affirmed: tuple[str, ...]
    denials: tuple[Denying, ...]

    def has(self, *senses: Sense) -> bool:
        """Whether a denying word of these senses is among its own."""
        return any(each.sense in senses for each in self.denials)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim and its evidence with their denials paired."""

    claim: Side
    evidence: Side
    pairs: Pairs
    like: Likeness

    @property
    def across(self) -> bool:
        """Whether the two are in different languages."""
        claim, evidence = (
            in_chinese(" ".join(each.text for each in side.clauses)) for side in (self.claim, self.evidence)
        )
        return claim != evidence

    def alone(self, side: Side) -> tuple[Denying, ...]:
        """The denials of a side that tell none of the other."""
        paired = {id(each) for pair in self.pairs for each in pair}
        return tuple(each for each in side.denials if id(each) not in paired)

    def mates(self, side: Side) -> tuple[Denying, ...]:
        """The denials of a side that are paired."""
        own = {id(each) for each in side.denials}
        return tuple(each for pair in self.pairs for each in pair if id(each) in own)
