"""Who may read a document, and who is asking. This is the whole policy.

A document has an audience: names of people and groups, an account's team, or everyone. An answer is
made for a reader: the person who asks and, where others will see it, each of those beside them. A
document may be used only if its audience admits every one of them. The default is closed: whoever is
not known goes by no name, and so is admitted only where everyone is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.errors import WrongMetadata

PUBLIC = "public"
# In an audience: the team of the account that the document belongs to.
TEAM = "team"
_TEAM_OF = "team of "


def plain_name(raw: str) -> str:
    """A name as it is compared; half characters, which no store takes, are left out."""
    return " ".join(raw.encode(errors="ignore").decode().split()).casefold()


def team_of(account: str) -> str:
    """The name that the members of an account's team go by, besides their own."""
    return plain_name(_TEAM_OF + account)


@dataclass(frozen=True, slots=True)
class Audience:
    """The names (people or groups) that may read a document; "public" admits everyone."""

    names: frozenset[str]

    @classmethod
    def of(cls, names: object, account: str | None = None) -> "Audience":
        """Read an audience from metadata: one name, or a list of names; an empty list is nobody.

        "team" stands for the team of `account`. Raises WrongMetadata for anything else, so that a slip
        never opens a document.
        """
        listed = [names] if isinstance(names, str) else names
        if not isinstance(listed, list | tuple | set | frozenset):
            raise WrongMetadata("audience must be a name or a list of names")
        if not all(isinstance(each, str) and plain_name(each) for each in listed):
            raise WrongMetadata("every name in audience must be a text that is not empty")
        plain = {plain_name(each) for each in listed}
        if TEAM in plain and not account:
            raise WrongMetadata("audience says team, but no account says whose: add `account: NAME`")
        return cls(frozenset(team_of(account) if each == TEAM and account else each for each in plain))

    def admits(self, names: Iterable[str]) -> bool:
        """Whether a person who goes by these names (their own and their groups') may read."""
        return PUBLIC in self.names or not self.names.isdisjoint(names)


EVERYONE = Audience(frozenset({PUBLIC}))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and who else will see the answer (`beside`: the members of the channel).

    A reader without a person sees public documents only. `names` are those an audience may know this
    person by; "public" is nobody's name.
    """

    person: str = ""
    groups: frozenset[str] = frozenset()
    beside: tuple["Reader", ...] = ()
    names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known_by = frozenset(plain_name(each) for each in (self.person, *self.groups))
        object.__setattr__(self, "names", known_by - {PUBLIC, ""})

    def everyone(self) -> Iterator["Reader"]:
        """The asker and all who will see the answer, each alone."""
        yield Reader(self.person, self.groups)
        for other in self.beside:
            yield from other.everyone()

    def may_read(self, audience: Audience) -> bool:
        """Whether the asker and everyone beside them may read a document with this audience."""
        return audience.admits(self.names) and all(other.may_read(audience) for other in self.beside)

    def shut_out(self, audience: Audience) -> Iterator["Reader"]:
        """Those of the asker and everyone beside whom an audience does not admit."""
        return (each for each in self.everyone() if not audience.admits(each.names))

    def among(self, others: Iterable["Reader"]) -> "Reader":
        """The same person where these others see the answer as well; the same rights twice are one."""
        rights = {each.names: Reader(each.person, each.groups) for each in others}
        return Reader(self.person, self.groups, tuple(rights[names] for names in sorted(rights, key=sorted)))

    def alone(self) -> "Reader":
        """The same person where nobody else sees the answer."""
        return Reader(self.person, self.groups)


ANYONE = Reader()
