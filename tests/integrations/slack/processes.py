"""`coach slack` as processes over a small library, for tests and benchmarks."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from integrations.catalogue import SqlCatalogue
from integrations.tantivy_index import TantivyIndex
from knowledge.glossary import shipped
from knowledge.library import Library
from tests.fakes.slack_workspace import Workspace

ROOT = Path(__file__).parents[3]
_COACH = (sys.executable, "-m", "integrations.cli")
_CONNECTIONS = 2
_STARTING = 30.0


def index(home: Path, *paths: Path) -> Path:
    """A new COACH_HOME with these files; the home."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}")) as catalogue:
        Library(catalogue, TantivyIndex(home), shipped).ingest(paths)
    return home


def ingest(home: Path, *paths: Path) -> None:
    """`coach ingest`, which may run beside a bot."""
    subprocess.run([*_COACH, "ingest", *map(str, paths)], env=_environment(home), check=True, capture_output=True)


def start(slack: Workspace, home: Path, settings: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A bot that is connected."""
    opened = slack.sockets.opened
    with (home / f"bot-{opened}.log").open("wb") as log:
        environment = {**_environment(home), **slack.environment, **(settings or {})}
        process = subprocess.Popen([*_COACH, "slack"], cwd=home, env=environment, stderr=log)
    slack.wait(lambda: slack.sockets.opened >= opened + _CONNECTIONS or process.poll() is not None, _STARTING)
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL, and wait until it is gone."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def stop(process: subprocess.Popen[bytes]) -> int:
    """SIGTERM, and the status it ends with."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=30)


@contextmanager
def coach(slack: Workspace, home: Path, settings: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A bot that is stopped in an orderly way at the end, if it still runs."""
    process = start(slack, home, settings)
    try:
        yield process
    finally:
        if process.poll() is None:
            assert stop(process) == 0


def _environment(home: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "SLACK_"))}
    return {**ours, "COACH_HOME": str(home), "COACH_HEALTH_PORT": "0", "PYTHONPATH": str(ROOT)}
