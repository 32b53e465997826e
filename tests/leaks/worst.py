"""The worst of models: repeats every passage, cites everything, obeys every order, and tells what was said before."""

import re

from tests.fakes.openai_server import Request, repeater
from tests.fakes.openai_server.records import text_of

_SAID_BEFORE = re.compile(r"^(?:Asker|Coach): (.+)$", re.MULTILINE)


def worst(request: Request) -> str:
    """What `repeater` says, and all turns of the conversation as facts and as advice, which needs no source."""
    asked = "\n".join(text_of(each) for each in request.messages if each["role"] == "user")
    told = [*dict.fromkeys(_SAID_BEFORE.findall(asked))]
    return "\n\n".join((repeater(request), *(f"ADVICE: {each}" for each in told), *(f"FACT: {each}" for each in told)))
