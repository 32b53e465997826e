"""Who may read a document, and who is asking.

The default is closed: a document is read only by those its audience names, and an answer that
several people will see rests only on what each of them may read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.errors import WrongMetadata

PUBLIC = "public"


def _name(raw: str) -> str:
    """A name as it is compared; half characters, which no store takes, are left out."""
    return " ".join(raw.encode(errors="ignore").decode().split()).casefold()


@dataclass(frozen=True, slots=True)
class Audience:
    """The names (people or groups) that may read a document; "public" admits everyone."""

    names: frozenset[str]

    @classmethod
    def of(cls, names: object) -> "Audience":
        """Read an audience from metadata: one name, or a list of names; an empty list is nobody.

        Raises WrongMetadata for anything else, so that a slip never opens a document.
        """
        listed = [names] if isinstance(names, str) else names
        if not isinstance(listed, list | tuple | set | frozenset):
            raise WrongMetadata("audience must be a name or a list of names")
        if not all(isinstance(each, str) and _name(each) for each in listed):
            raise WrongMetadata("every name in audience must be a text that is not empty")
        return cls(frozenset(_name(each) for each in listed))

    def admits(self, names: Iterable[str]) -> bool:
        """Whether a person who goes by these names (their own and their groups') may read."""
        return PUBLIC in self.names or not self.names.isdisjoint(names)


EVERYONE = Audience(frozenset({PUBLIC}))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and who else will see the answer (`beside`: the members of the channel).

    A reader without a person sees public documents only.
    """

    person: str = ""
    groups: frozenset[str] = frozenset()
    beside: tuple["Reader", ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names an audience may know this person by; "public" is nobody's name."""
        return frozenset(_name(each) for each in (self.person, *self.groups)) - {PUBLIC, ""}

    def may_read(self, audience: Audience) -> bool:
        """Whether the asker and everyone beside them may read a document with this audience."""
        return audience.admits(self.names) and all(other.may_read(audience) for other in self.beside)


ANYONE = Reader()
