"""Runs on disk: what was asked, by what recipe, and a line for each attempt as soon as it is made."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.attempts import Attempt, Judgement
from evals.benchmark import Benchmark, Item, item_of
from evals.errors import WrongRun
from evals.scores import Tried
from knowledge.language import whole

_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Header:
    """What a run is of: the set and the digest of its questions, the recipe, the library's state, when it began.

    `recipe` has the composer, the model, prompt and settings; two runs may be continued as one only
    when questions, recipe and library are the same. `variants` are the needs whose variants were asked.
    """

    name: str
    set: str
    digest: str
    recipe: Mapping[str, Any]
    library: str
    variants: tuple[str, ...]
    began: str

    def same_as(self, other: "Header") -> bool:
        """Whether attempts of one can stand in the other."""
        mine, theirs = ((each.digest, dict(each.recipe), each.library, each.variants) for each in (self, other))
        return mine == theirs


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was begun: its folder, header and questions."""

    folder: Path
    header: Header
    items: tuple[Item, ...]

    def attempts(self) -> Iterator[Attempt]:
        """What is there, in the order it was made; a last line that was cut off is left out."""
        yield from map(Attempt.of, _lines(self.folder / "attempts.jsonl"))

    def tried(self) -> list[Tried]:
        """Every question that was asked as written, with its variants, in the order of the questions."""
        by_item: dict[str, dict[str, Attempt]] = {}
        for each in self.attempts():
            by_item.setdefault(each.item, {})[each.variant] = each
        made = ((item, by_item.get(item.id, {})) for item in self.items)
        judged = self.judgements()
        return [
            Tried(item, found[""], {name: each for name, each in found.items() if name}, judged.get(item.id, {}))
            for item, found in made
            if "" in found
        ]

    def judgements(self) -> dict[str, dict[int, Judgement]]:
        """What a judge said of claims, by question and number of the claim."""
        found: dict[str, dict[int, Judgement]] = {}
        for line in _lines(self.folder / "judgements.jsonl"):
            found.setdefault(line["item"], {})[line["claim"]] = Judgement(line["supported"], line["why"])
        return found

    def judge(self, item: str, claim: int, judgement: Judgement) -> None:
        """Keep what a judge said of a claim."""
        _append(self.folder / "judgements.jsonl", {"item": item, "claim": claim, **asdict(judgement)})

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt, at once."""
        _append(self.folder / "attempts.jsonl", attempt.as_json())


class Runs:
    """All runs below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> Sequence[str]:
        """The names of runs, oldest first."""
        begun = [
            (self._header(each).began, each.name) for each in self._folder.glob("*") if (each / "run.json").is_file()
        ]
        return [name for _, name in sorted(begun)]

    def open(self, name: str) -> Run:
        """A run by its name. Raises WrongRun, naming those there are."""
        folder = self._folder / name
        if not _NAME.fullmatch(name) or not (folder / "run.json").is_file():
            known = ", ".join(self.names()[-8:]) or "none yet: make one with `coach eval run`"
            raise WrongRun(f"there is no run {name!r}; there is {known}")
        lines = (folder / "questions.jsonl").read_text("utf-8").split("\n")
        return Run(folder, self._header(folder), tuple(item_of(json.loads(each)) for each in lines if each.strip()))

    def begin(self, header: Header, benchmark: Benchmark) -> Run:
        """A new run, or the one of this name if it was stopped and is of the same thing. Raises WrongRun."""
        if not _NAME.fullmatch(header.name):
            raise WrongRun(f"{header.name!r} cannot be the name of a run: use letters, digits, dots and dashes")
        folder = self._folder / header.name
        if (folder / "run.json").is_file():
            found = self.open(header.name)
            if not header.same_as(found.header):
                raise WrongRun(
                    f"the run {header.name} was of other questions, settings or documents: choose another --name"
                )
            for each in ("attempts.jsonl", "judgements.jsonl"):
                _mend(folder / each)
            return found
        folder.mkdir(parents=True, exist_ok=True)
        questions = "".join(f"{json.dumps(_line(each), ensure_ascii=False)}\n" for each in benchmark.items)
        (folder / "questions.jsonl").write_text(questions, "utf-8")
        (folder / "run.json").write_text(json.dumps(asdict(header), ensure_ascii=False, indent=2), "utf-8")
        return Run(folder, header, benchmark.items)

    def unfinished(self, header: Header, total: int) -> str | None:
        """The newest run of the same thing that has fewer attempts than it should."""
        for name in reversed(self.names()):
            run = self.open(name)
            if header.same_as(run.header):
                return name if sum(1 for _ in run.attempts()) < total else None
        return None

    def _header(self, folder: Path) -> Header:
        try:
            said = json.loads((folder / "run.json").read_text("utf-8"))
            return Header(**{**said, "variants": tuple(said["variants"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WrongRun(f"{folder / 'run.json'} cannot be read: {error}; remove the folder") from None


def _line(item: Item) -> dict[str, Any]:
    """An item as the JSON it was read from."""
    line = asdict(item)
    documents = line.pop("documents")
    return {**line, "gold": list(documents)} if documents else line


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file that are whole; the last one of a run that was killed may not be."""
    for line in file.read_text("utf-8", errors="replace").split("\n") if file.exists() else ():
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError:
                continue


def _append(file: Path, line: Mapping[str, Any]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(whole(json.dumps(line, ensure_ascii=False)) + "\n")


def _mend(file: Path) -> None:
    """End a torn last line, so that the next one begins on its own."""
    if file.exists() and (data := file.read_bytes()) and not data.endswith(b"\n"):
        with file.open("ab") as out:
            out.write(b"\n")
