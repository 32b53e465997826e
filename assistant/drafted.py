"""The words of a draft: what a model sent back, before anything in it is believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words a draft says stand in passage `number`; both as written, so the number may be any integer."""

    number: int
    quote: str


@dataclass(frozen=True, slots=True)
class Block:
    """One drafted statement: its label as written (RULE, FACT, PRECEDENT or ADVICE), its text and its quotes."""

    kind: str
    text: str
    quotes: tuple[Quoted, ...] = ()
