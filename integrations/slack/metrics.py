"""Counts of this process, as Prometheus text."""

from collections import Counter
from collections.abc import Mapping


class Metrics:
    """What happened since the process began."""

    def __init__(self) -> None:
        self._ended: Counter[str] = Counter()
        self._events: Counter[str] = Counter()

    def ended(self, outcome: str) -> None:
        """A question had its terminal reply."""
        self._ended[outcome] += 1

    def event(self, what: str) -> None:
        """Something arrived: new, or a duplicate."""
        self._events[what] += 1

    def text(self, states: Mapping[str, int], working: int, connections: int) -> str:
        """The Prometheus exposition format, version 0.0.4."""
        lines = [
            *_counter("coach_questions_total", "Questions by how they ended.", "outcome", self._ended),
            *_counter("coach_events_total", "Events by what they were.", "kind", self._events),
            *_gauge("coach_journal_questions", "Recorded questions by state.", "state", states),
            "# TYPE coach_working gauge",
            f"coach_working {working}",
            "# TYPE coach_connections gauge",
            f"coach_connections {connections}",
        ]
        return "\n".join(lines) + "\n"


def _counter(name: str, what: str, label: str, values: Mapping[str, int]) -> list[str]:
    return [f"# HELP {name} {what}", f"# TYPE {name} counter", *_rows(name, label, values)]


def _gauge(name: str, what: str, label: str, values: Mapping[str, int]) -> list[str]:
    return [f"# HELP {name} {what}", f"# TYPE {name} gauge", *_rows(name, label, values)]


def _rows(name: str, label: str, values: Mapping[str, int]) -> list[str]:
    return [f'{name}{{{label}="{key}"}} {count}' for key, count in sorted(values.items())]
