"""A run in figures, question by question, as one file that is committed and that later runs are held against."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from evals.benchmark import Item
from evals.errors import WrongRun
from evals.scores import Metric, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A run, by the ids of its questions, sorted.

    `digest` names exactly these questions, `questions` each of them: it tells one that was changed from one
    that was added. `made` is the day. `values` has what is not absent, to four digits. Times are kept as
    the run's median (`medians`) and not by question: they differ with every run.
    """

    digest: str
    recipe: Mapping[str, Any]
    made: str
    questions: Mapping[str, str]
    values: Mapping[str, Mapping[str, float]]
    clusters: Mapping[str, str]
    slices: Mapping[str, tuple[str, ...]]
    medians: Mapping[str, float]


def baseline_of(
    items: Iterable[Item],
    scored: Mapping[str, Mapping[str, Value]],
    metrics: Sequence[Metric],
    *,
    digest: str,
    recipe: Mapping[str, Any],
    made: str,
) -> Baseline:
    """A run as a baseline: its questions that have scores."""
    timed = [each.name for each in metrics if each.unit == "seconds"]
    kept = sorted((each for each in items if each.id in scored), key=lambda each: each.id)
    medians = {name: _median(values.get(name) for values in scored.values()) for name in timed}
    return Baseline(
        digest=digest,
        recipe=dict(recipe),
        made=made,
        questions={each.id: question_digest(each) for each in kept},
        values={each.id: _values(scored[each.id], timed) for each in kept},
        clusters={each.id: each.cluster for each in kept},
        slices={each.id: slices_of(each) for each in kept},
        medians={name: rounded(found) for name, found in medians.items() if found is not None},
    )


def slices_of(item: Item) -> tuple[str, ...]:
    """The slices that a question is in: its category, its language, and whether it can be answered."""
    language = (f"language={item.language}",) if item.language else ()
    return (f"category={item.category.value}", *language, f"answerable={'yes' if item.answerable else 'no'}")


def question_digest(item: Item) -> str:
    """A name for exactly this question."""
    return hashlib.blake2b(repr(item).encode(), digest_size=4).hexdigest()


def rounded(value: float) -> float:
    """To four significant digits."""
    return float(f"{value:.4g}")


def dump(baseline: Baseline, path: Path) -> None:
    """Write it, a line for each question."""
    lines = [f"{_text(key)}: {_text(getattr(baseline, key))}" for key in ("digest", "made", "recipe", "medians")]
    questions = ",\n".join(f"{_text(each)}: {_text(_line(baseline, each))}" for each in sorted(baseline.questions))
    path.write_text("{\n" + ",\n".join((*lines, f'"questions": {{\n{questions}\n}}')) + "\n}\n", "utf-8")


def load(path: Path) -> Baseline:
    """Read it. Raises WrongRun for a file that is not there or is no baseline."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        lines: dict[str, dict[str, Any]] = kept["questions"]
        return Baseline(
            digest=kept["digest"],
            recipe=kept["recipe"],
            made=kept["made"],
            questions={item: line["question"] for item, line in lines.items()},
            values={item: line["values"] for item, line in lines.items()},
            clusters={item: line.get("cluster", item) for item, line in lines.items()},
            slices={item: tuple(line["slices"]) for item, line in lines.items()},
            medians=kept["medians"],
        )
    except OSError as error:
        raise WrongRun(f"the baseline {path} cannot be read: {error}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongRun(f"{path} is not a baseline ({error!r}): make it anew from a run") from None


def _line(baseline: Baseline, item: str) -> dict[str, Any]:
    cluster = baseline.clusters[item]
    return {
        "question": baseline.questions[item],
        **({"cluster": cluster} if cluster != item else {}),
        "slices": baseline.slices[item],
        "values": baseline.values[item],
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _values(scored: Mapping[str, Value], timed: Sequence[str]) -> dict[str, float]:
    present = {name: each.value for name, each in scored.items() if name not in timed}
    return {name: rounded(value) for name, value in sorted(present.items()) if value is not None}


def _median(values: Iterable[Value | None]) -> float | None:
    present = [each.value for each in values if each is not None and each.value is not None]
    return median(present) if present else None
