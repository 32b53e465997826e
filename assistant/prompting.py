"""Prompts: Markdown files in prompts/, one purpose each, their variables checked, their hashes known."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.ports import Message

_FOLDER = Path(__file__).parent / "prompts"
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_USER = "\n=== user ===\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with its variables still open. `hash` names these exact words."""

    name: str
    text: str

    @property
    def hash(self) -> str:
        """Ten hexadecimal digits."""
        return hashlib.blake2b(self.text.encode(), digest_size=5).hexdigest()

    def fill(self, **values: str) -> tuple[Message, ...]:
        """The messages: a system part and a user part, or the user's alone.

        Raises TypeError when a variable is missing or unknown; what is filled in is never read for variables.
        """
        wanted = set(_VARIABLE.findall(self.text))
        if wanted != set(values):
            raise TypeError(
                f"the prompt {self.name} takes {', '.join(sorted(wanted))}, not {', '.join(sorted(values))}"
            )
        system, found, user = self.text.partition(_USER)
        filled = [_VARIABLE.sub(lambda match: values[match[1]], part).strip() for part in (system, user) if part]
        if not found:
            return (Message("user", filled[0]),)
        return Message("system", filled[0]), Message("user", filled[1])


@cache
def prompt(name: str, folder: Path = _FOLDER) -> Prompt:
    """The prompt of a file of ours."""
    return Prompt(name, (folder / f"{name}.md").read_text("utf-8"))
