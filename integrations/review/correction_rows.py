"""A correction as the JSON that its row keeps, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.correction import Cite, Correction, Scope, Statement
from integrations.as_json import citations_of
from knowledge.access import Audience


def as_json(given: Correction) -> dict[str, Any]:
    """A correction whole."""
    days = {name: getattr(given, name).isoformat() for name in ("effective", "expires")}
    return asdict(given) | days | {"audience": sorted(given.audience.names)}


def of_json(stored: Mapping[str, Any]) -> Correction:
    """A correction from the JSON of `as_json`."""
    statements = (Statement(each["text"], citations_of(each), each["coach"]) for each in stored["statements"])
    rebuilt = {
        "statements": tuple(statements),
        "cites": tuple(Cite(**each) for each in stored["cites"]),
        "audience": Audience.of(stored["audience"]),
        "scope": Scope(**{name: tuple(names) for name, names in stored["scope"].items()}),
        **{name: date.fromisoformat(stored[name]) for name in ("effective", "expires")},
    }
    return Correction(**{**stored, **rebuilt})
