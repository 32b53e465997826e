"""Files that are broken, mislabelled or meant to do harm: each is read or named, and the rest goes on."""

import os
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from integrations.catalogue import SqlCatalogue
from integrations.settings import Settings
from tests.benchmarks.shared import Line, Number, Place, Table, coach
from tests.knowledge.read.hostile import write_hostile_files

_SHOWN = 12


def measure(place: Place) -> list[Number]:
    """One ingest of the whole folder; a search must work afterwards."""
    folder, home = place.work / "hostile" / "files", place.fresh("hostile-home")
    paths = [each for each in write_hostile_files(folder) if each.is_symlink() or not each.is_dir()]
    ran = coach(home, "ingest", folder, "--json", expect=(3,))
    report = ran.lines()[-1]
    taken = SqlCatalogue(Settings(home=home).database).files(str(folder.resolve()))
    unaccounted = _unaccounted(paths, report["failed"], taken)
    _show_reasons(report["failed"])
    for each in unaccounted[:_SHOWN]:
        print(f"  neither read nor named: {each}")
    again = coach(home, "ingest", folder, "--json", expect=(3,))
    coach(home, "search", "客户 key account", "--json", expect=(0,))
    return [
        Number("files, links and pipes", len(paths), at_least=300),
        Number("files with documents", sum(each.documents > 0 for each in taken.values())),
        Number("documents added", report["added"]),
        Number("failures named", len(report["failed"])),
        Number("neither read nor named", len(unaccounted), at_most=0),
        Number("wall", ran.wall, "s"),
        Number("CPU", ran.cpu, "s"),
        Number("peak memory of the largest process", ran.peak, "MB"),
        Number("the folder again, wall", again.wall, "s"),
    ]


def _unaccounted(paths: Iterable[Path], failed: Iterable[Line], taken: Collection[str]) -> list[Path]:
    """Paths that are neither in the catalogue nor among the failures, whole or in part."""
    named = {each["source"].split("#")[0] for each in failed}
    return [each for each in paths if str(each) not in named and os.path.realpath(each) not in taken]


def _show_reasons(failed: Iterable[Line]) -> None:
    reasons = Counter(each["error"] for each in failed)
    table = Table(("reason (the commonest)", "n"))
    for reason, count in reasons.most_common(_SHOWN):
        table.add(reason[:90], count)
    table.show()
