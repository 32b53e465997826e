"""Questions in the other Chinese script than the documents: do they find as much?"""

from collections.abc import Iterable

from opencc import OpenCC

from tests.benchmarks.retrieval import recall, searched_ranks
from tests.benchmarks.shared import Line, Number, Place, Table, read_lines, write_lines

_CROSSED = {"cmrc": "s2tw", "drcd": "t2s"}
_ALLOWED = 1.5


def measure(place: Place) -> list[Number]:
    """Recall of cmrc asked in traditional and of drcd asked in simplified, beside their own script."""
    documents, questions = place.outside()
    home = place.library("retrieval", documents)
    table = Table(("set", "n", "asked in", "R@1", "R@5", "R@10"))
    numbers = []
    for name, conversion in _CROSSED.items():
        own = [each for each in read_lines(questions) if each["set"] == name]
        found = {}
        for script, asked in (("own script", own), (conversion, list(_converted(own, conversion)))):
            file = write_lines(place.work / f"{name}-{script}.jsonl", asked)
            found[script] = searched_ranks(home, file)
            table.add(name, len(own), script, *(recall(found[script], at) for at in (1, 5, 10)))
        lost = recall(found["own script"], 10) - recall(found[conversion], 10)
        numbers.append(Number(f"{name} asked by {conversion}, R@10 lost", lost, "points", at_most=_ALLOWED))
    table.show()
    return numbers


def _converted(asked: Iterable[Line], conversion: str) -> Iterable[Line]:
    convert = OpenCC(conversion).convert
    return (each | {"question": convert(each["question"])} for each in asked)
