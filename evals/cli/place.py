"""The library that a benchmark is asked over, opened, and what is asked: the assistant that the settings name."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.asking import Examiner
from evals.benchmark import SHIPPED, Benchmark
from evals.truth import Truth
from integrations import bootstrap, commands
from integrations.askers import Askers
from integrations.people import People
from integrations.progress import progress
from integrations.settings import SAMPLES, Settings


@dataclass(frozen=True, slots=True)
class Place:
    """What a benchmark is asked of, and the settings in force there."""

    settings: Settings
    examiner: Examiner


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.home / "evals" / "runs"


def place(settings: Settings, benchmark: Benchmark) -> Place:
    """A benchmark with documents of its own gets a library of its own; another is asked over the one in use.

    The shipped one stands on the starter library and a few confidential documents beside it, so what a
    user has ingested changes nothing in it.
    """
    if benchmark.library is None and benchmark.people is None:
        settings, library = commands.opened(settings)
    else:
        settings = _of_its_own(settings, benchmark)
        library = bootstrap.library(settings)
        with progress("Reading the documents of the benchmark") as tick:
            library.ingest(list(settings.folders), progress=tick)
    catalogue = bootstrap.catalogue(settings)
    truth = Truth(catalogue, benchmark.items, date.today())
    assistant = bootstrap.assistant(settings, library)
    return Place(settings, Examiner(assistant, library, truth, Askers(People(settings.people)).reader))


def _of_its_own(settings: Settings, benchmark: Benchmark) -> Settings:
    """The same settings with a home, documents and people that are the benchmark's."""
    shipped = benchmark.library is not None and benchmark.library.parent == SHIPPED
    folders = (SAMPLES,) if shipped else settings.folders
    return Settings(
        **settings.model_dump()
        | {
            "home": settings.home / "evals" / "libraries" / benchmark.name,
            "database_url": "",
            "library": (*folders, *filter(None, [benchmark.library])),
            "people": benchmark.people or settings.people,
        }
    )
