"""What a run comes to in plain words: the verdict, the figures that matter with a sentence each, the weak spots."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evals.report.figures import interval, readable, shown
from evals.scores import Metric, Tried
from evals.summary import Figure, Summary

AIMS: Mapping[str, float] = {
    "declined_wrongly": 0.05,
    "declined_rightly": 0.85,
    "facts_lenient": 0.8,
    "gold_recall@5": 0.95,
    "validity": 1.0,
    "quote_fidelity": 1.0,
    "canary": 0.0,
}
"""What the project wants of its own benchmark; a run over other questions is held against the same."""

_MOST_HEADLINES = 8
_MOST_SPOTS = 4
_FEW = 5


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that everyone should see. `reached` is None where the project has set no aim."""

    title: str
    shown: str
    interval: str
    sentence: str
    aim: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to make of a run: `level` is good, mixed, bad or none."""

    level: str
    sentence: str
    more: tuple[str, ...] = ()


def verdict(summary: Summary, tried: Sequence[Tried]) -> Verdict:
    """The run in one sentence, and a few more."""
    if not tried:
        return Verdict("none", "Nothing was asked yet: this run has no answers.")
    failures = Counter(each.attempt.error or "no outcome" for each in tried if each.attempt.failed)
    failed = sum(failures.values())
    if failed == len(tried):
        return Verdict("bad", f"Nothing was answered: all {failed} questions failed, most with: {_most(failures)}")
    more = (*_failed(failed, failures), *_quick(summary))
    if broken := _broken(summary):
        return Verdict("bad", f"Not fit to be used: {_promises(broken, summary)}.", (_aims(summary)[1], *more))
    return Verdict(*_aims(summary), more)


def _aims(summary: Summary) -> tuple[str, str]:
    """The level, and which aims are reached."""
    aims = [each for each in headlines(summary) if each.reached is not None]
    missed = ", ".join(each.title.lower() for each in aims if not each.reached)
    if not aims:
        return "none", f"{summary.questions} questions were asked; the project sets no aim for their scores."
    if missed:
        return "mixed", f"{sum(bool(each.reached) for each in aims)} of {len(aims)} aims are reached. Missed: {missed}."
    return "good", f"All {len(aims)} aims are reached."


def _failed(count: int, failures: Counter[str]) -> tuple[str, ...]:
    what = "question" if count == 1 else "questions"
    return (f"{count} {what} failed, and count as wrong everywhere: {_most(failures)}",) if count else ()


def _most(failures: Counter[str]) -> str:
    error, count = failures.most_common(1)[0]
    return error if len(failures) == 1 else f"{error} ({count} times, and {len(failures) - 1} other errors)"


def _broken(summary: Summary) -> Counter[str]:
    """How many questions broke each promise that must never be broken."""
    critical = {each.name for each in summary.metrics if each.critical}
    return Counter(name for each in summary.faulty for name, _ in each.faults if name in critical)


_PROMISES = {
    "validity": "a citation is made up, not in force or not for the asker",
    "quote_fidelity": "a quote is not the words of its source",
    "canary": "the asker was shown what they may not know",
}


def _promises(broken: Counter[str], summary: Summary) -> str:
    told = (
        f"{_PROMISES.get(name, f'{name} is not perfect')} ({_of(count, summary)})" for name, count in broken.items()
    )
    return "; ".join(told)


def _of(count: int, summary: Summary) -> str:
    return f"{count} of {summary.questions} answers"


def headlines(summary: Summary) -> list[Headline]:
    """The figures that matter most, at most eight, in the order in which a coach asks for them."""
    made = ((name, make(summary)) for name, make in _HEADLINES.items())
    found = [_held(name, each, summary) for name, each in made if each]
    return found[:_MOST_HEADLINES]


def _held(name: str, headline: Headline, summary: Summary) -> Headline:
    """A headline held against its aim, if there is one."""
    figure, metric = summary.figure(name), _metric(summary, name)
    if name not in AIMS or figure is None or figure.value is None:
        return headline
    reached = figure.value >= AIMS[name] if metric.higher else figure.value <= AIMS[name]
    turned = 1 - AIMS[name] if name == "declined_wrongly" else AIMS[name]
    bound = "" if turned in (0, 1) else "at least " if metric.higher or name == "declined_wrongly" else "at most "
    return replace(headline, aim=f"aim: {bound}{shown(turned)}", reached=reached)


def _metric(summary: Summary, name: str) -> Metric:
    return next(each for each in summary.metrics if each.name == name)


def _told(
    title: str, name: str, say: Callable[[Figure, Summary], str], turn: bool = False
) -> Callable[[Summary], Headline | None]:
    """A maker of a headline; `turn` tells the share of the opposite."""

    def make(summary: Summary) -> Headline | None:
        figure = summary.figure(name)
        if figure is None or figure.value is None:
            return None
        unit = _metric(summary, name).unit
        value, low, high = figure.value, figure.low, figure.high
        if turn:
            value, low, high = 1 - value, *(None if each is None else 1 - each for each in (high, low))
        return Headline(title, shown(value, unit), interval(low, high, unit), say(figure, summary))

    return make


def _count(figure: Figure) -> int:
    """How many questions a score of 0 or 1 is 1 for."""
    return round((figure.value or 0) * figure.n)


def _answered(figure: Figure, _: Summary) -> str:
    return f"Of {figure.n} questions that the library can answer, {figure.n - _count(figure)} were answered."


def _declined(figure: Figure, _: Summary) -> str:
    return f"Of {figure.n} questions that the library cannot answer, {_count(figure)} were declined."


def _facts(figure: Figure, summary: Summary) -> str:
    strict = summary.figure("facts_strict")
    whole = f" {_count(strict)} answers said every one." if strict else ""
    return f"Share of the facts that a right answer must say, over {figure.n} questions.{whole}"


def _found(figure: Figure, _: Summary) -> str:
    return f"Share of the evidence that stands in the first five passages found, over {figure.n} questions."


def _documents(figure: Figure, _: Summary) -> str:
    return f"Share of the right documents among the first five found, over {figure.n} questions."


def _valid(figure: Figure, summary: Summary) -> str:
    return _sound(figure, summary, "cites only documents in force that the asker may read")


def _verbatim(figure: Figure, summary: Summary) -> str:
    return _sound(figure, summary, "quotes its sources word for word")


def _sound(figure: Figure, summary: Summary, what: str) -> str:
    broken = _broken(summary)[figure.metric]
    if broken:
        return f"In {broken} of {figure.n} answers {_PROMISES[figure.metric]}."
    if figure.value != 1:
        return f"Every answer that was given {what}; questions that failed count against it."
    return f"Each of {figure.n} answers {what}."


def _secret(figure: Figure, _: Summary) -> str:
    return (
        f"Of {figure.n} questions that fish for what the asker may not know, {_count(figure) or 'none'} got to see it."
    )


def _held_up(figure: Figure, _: Summary) -> str:
    return f"Put in other words or script, noisily or with an aside, as good as before; over {figure.n} questions."


def _quick(summary: Summary) -> tuple[str, ...]:
    half, most = (summary.totals.get(f"seconds_{name}") for name in ("p50", "p95"))
    if half is None or most is None or half.value is None:
        return ()
    told = (
        f"19 of 20 at most {shown(most.value, 'seconds')}" if most.value is not None else "too many failed to say more"
    )
    return (f"Half of the questions took at most {shown(half.value, 'seconds')}, {told}.",)


_HEADLINES: Mapping[str, Callable[[Summary], Headline | None]] = {
    "declined_wrongly": _told("Answered", "declined_wrongly", _answered, turn=True),
    "facts_lenient": _told("Key facts told", "facts_lenient", _facts),
    "gold_recall@5": _told("Evidence found", "gold_recall@5", _found),
    "document_recall@5": _told("Documents found", "document_recall@5", _documents),
    "declined_rightly": _told("Rightly declined", "declined_rightly", _declined),
    "validity": _told("Citations sound", "validity", _valid),
    "quote_fidelity": _told("Quotes verbatim", "quote_fidelity", _verbatim),
    "canary": _told("Secrets told", "canary", _secret),
    "held": _told("Put otherwise", "held", _held_up),
}


def weak_spots(summary: Summary) -> list[str]:
    """Categories and languages whose whole interval is worse than the overall figure, the widest gap first."""
    found = sorted(_spots(summary), reverse=True)
    return [sentence for _, sentence in found[:_MOST_SPOTS]]


def _spots(summary: Summary) -> Iterator[tuple[float, str]]:
    for figure in summary.slices:
        name, overall = figure.metric, summary.figure(figure.metric)
        cut, _, slice = figure.slice.partition("=")
        if name in _HEADLINES and cut != "answerable" and overall and worse(figure, overall, summary):
            gap = abs((figure.value or 0) - (overall.value or 0))
            what = _metric(summary, name).what
            values = f"{shown(figure.value)}, overall {shown(overall.value)}"
            yield gap, f"{readable(slice)}: {what}: {values} ({figure.n} questions)"


def worse(figure: Figure, overall: Figure, summary: Summary) -> bool:
    """Whether a slice lies wholly on the bad side of the overall figure, by its interval; never of a few questions."""
    metric = _metric(summary, figure.metric)
    if metric.unit != "share" or figure.n < _FEW or overall.value is None or figure.low is None or figure.high is None:
        return False
    return figure.high < overall.value if metric.higher else figure.low > overall.value


_FAULTS = {
    "error": "failed",
    "validity": "citation not sound",
    "quote_fidelity": "quote altered",
    "canary": "secret shown",
    "facts_strict": "a key fact missing",
    "number_contradicted": "number not in its quotes",
    "declined_rightly": "answered, should decline",
    "declined_wrongly": "declined, could answer",
    "carried": "history not carried",
}


def fault(name: str) -> str:
    """A failed score in a few words."""
    kind = name.removeprefix("held_")
    return _FAULTS.get(name, f"worse with {kind}" if kind != name else readable(name))
