"""A run's figures as Markdown, for a pull request or a note."""

from collections.abc import Iterator, Sequence

from evals.report.figures import COLUMNS, readable, rows, shown, total_unit
from evals.report.wording import fault, headlines, verdict, weak_spots
from evals.scores import Tried
from evals.summary import Summary

_WORST = 12
_LONG = 120


def markdown(summary: Summary, tried: Sequence[Tried]) -> str:
    """The verdict, the figures with their intervals, weak spots and the worst questions."""
    return "\n".join((*_head(summary, tried), *_scores(summary), *_totals(summary), *_worst(summary, tried))) + "\n"


def _head(summary: Summary, tried: Sequence[Tried]) -> Iterator[str]:
    said = verdict(summary, tried)
    header = summary.header
    yield f"# Evaluation run {_plain(header.name)}"
    yield ""
    yield f"**{_plain(said.sentence)}**"
    yield from ("", *map(_plain, said.more)) if said.more else ()
    yield ""
    yield _plain(f"{summary.questions} questions of {header.set} ({header.digest}), begun {header.began}.")
    yield ""
    for each in headlines(summary):
        held = f" ({each.aim}, {'reached' if each.reached else 'missed'})" if each.aim else ""
        yield f"- **{each.title} {each.shown}** ({each.interval}): {_plain(each.sentence)}{held}"
    yield from (f"- Weak: {_plain(each)}" for each in weak_spots(summary))
    yield ""


def _scores(summary: Summary) -> Iterator[str]:
    yield from ("## All scores", "")
    yield from _table(COLUMNS, rows(summary))


def _totals(summary: Summary) -> Iterator[str]:
    yield from ("## The run as a whole", "")
    found = [(readable(name), shown(each.value, total_unit(name)), each.why) for name, each in summary.totals.items()]
    yield from _table(("Figure", "Value", "What was counted"), found)


def _worst(summary: Summary, tried: Sequence[Tried]) -> Iterator[str]:
    items = {each.item.id: each.item for each in tried}
    yield from (f"## Questions that failed something: {len(summary.faulty)} of {summary.questions}", "")
    yield from _table(
        ("Question", "", "Failed", "Why"),
        [
            (each.item, items[each.item].question, ", ".join(fault(name) for name, _ in each.faults), each.faults[0][1])
            for each in summary.faulty[:_WORST]
        ],
    )


def _table(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(map(_cell, row))} |" for row in lines)
    yield ""


def _cell(text: str) -> str:
    short = text if len(text) <= _LONG else f"{text[:_LONG]}\u2026"
    return _plain(short).replace("|", "\\|")


def _plain(text: str) -> str:
    """Text from data in one line that means nothing to Markdown or HTML."""
    one_line = " ".join(text.split())
    return one_line.translate({ord(each): f"\\{each}" for each in "\\`*[]#"} | {ord("<"): "&lt;", ord(">"): "&gt;"})
