"""A small invented library over the real stores, and a way to ask it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.ask import Assistant
from assistant.questions import Asker, Question, Turn
from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.access import Reader
from knowledge.library import Library

PLAYBOOK = """---
title: Winning back a quiet account
kind: playbook
language: en
link: https://wiki.example/quiet
owner: Ingrid
---
# Winning back a quiet account

## Find the reason

A quiet account is usually a missed promise, a job change or a rival inside. Do you know which one it is?
Record the reason for the silence as assumed until a named person confirms it.

## Open the door again

Offer the quiet account one fix for a fault it already complains about, before you offer anything else.
Call 010-62258232 to reach the quiet account hotline.

## Next steps

- List every contact at the quiet account with the date of the last meeting.
- Close the oldest complaint this week.

## Questions to ask

- What changed for you since we last met?
"""

TIERS_BY_SALES = """---
title: 按销售额分级
---
# 按销售额分级

## 口径

A级客户是年销售额在800万元以上的客户。B级客户是年销售额在300万元以上的客户。
"""

TIERS_BY_TRUST = """---
title: 按关系分级
---
# 按关系分级

## 口径

A级客户是已经签署战略合作协议的客户。分级之后由部门经理每季度复核一次。
"""

NAMED_ONLY = """---
title: 方法清单
---
# 方法清单

## 目录

培训里提到“七步登高法”、“三环九招”等方法。客户经理每年参加两次培训。
"""

PLAN = """---
title: Larkspur Metals plan (invented)
kind: account_plan
account: Larkspur Metals
---
# Larkspur Metals plan

## Contacts

Larkspur Metals has a supporter in its plant director, confirmed in May.
"""

OTHER_PLAN = """---
title: Quenby Foods plan (invented)
kind: account_plan
account: Quenby Foods
---
# Quenby Foods plan

## Contacts

Quenby Foods lost its supporter when the plant director retired.
"""

SECRET = """---
title: Larkspur discount
kind: account_plan
account: Larkspur Metals
audience: [larkspur-team]
---
# Larkspur discount

## Price

Larkspur Metals pays 17 percent below the list price for the plant contract.
"""

DOCUMENTS = {
    "quiet.md": PLAYBOOK,
    "tiers-sales.md": TIERS_BY_SALES,
    "tiers-trust.md": TIERS_BY_TRUST,
    "named.md": NAMED_ONLY,
    "larkspur.md": PLAN,
    "quenby.md": OTHER_PLAN,
    "secret.md": SECRET,
}

Ask = Callable[..., Answer]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented documents as files."""
    place = tmp_path / "documents"
    place.mkdir()
    for name, text in DOCUMENTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def filled(tmp_path: Path, folder: Path) -> Library:
    """The library that holds them."""
    made = library(Settings(home=tmp_path / "home"))
    made.ingest([folder])
    return made


@pytest.fixture
def ask(filled: Library) -> Ask:
    """Ask a question, as anyone or as a person, after some history."""

    def put(text: str, person: str = "", groups: tuple[str, ...] = (), history: tuple[Turn, ...] = ()) -> Answer:
        reader = Reader(person, frozenset(groups))
        return Assistant(filled).ask(Question(text, Asker(person), history, reader))

    return put


def everything(answer: Answer) -> str:
    """All that an answer would show or send, as text."""
    from integrations.as_json import answer as as_json

    return json.dumps(as_json(answer), ensure_ascii=False)
