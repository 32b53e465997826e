"""What the doctor has to say of one thing."""

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `ok`, a `note`, or `wrong` with what to do."""

    about: str
    state: Literal["ok", "note", "wrong"]
    says: str
    mend: str = ""

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return asdict(self)
