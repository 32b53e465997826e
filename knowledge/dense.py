"""The dense arm: each content embedded once, and questions asked of the vectors."""

import time
from collections.abc import Callable, Collection, Mapping

from knowledge.access import Reader
from knowledge.errors import EmbedderError, StoreError, TextRefused
from knowledge.fusion import Shares
from knowledge.ports import DenseIndex, Embedder, Progress, Vector, Vectors

_ROUND = 2000
_BATCH = 64
# After a run that was killed, no request risks more than half a percent of what this run has made.
_CAREFUL = 4
_RISK = 200
# A dead embedder is asked again only after a while: nobody waits for it twice.
_REST = 30.0
_REMEMBERED = 256
# Two runs of one model differ in the last digits only.
_SAME = 0.98


def _nobody(_name: str) -> Embedder | None:
    return None


class Dense:
    """An embedder, its vectors and the index over them; `shares` is what they count in a search.

    `former` gives the embedder of a name whose vectors are still searched while another one's are made.
    """

    def __init__(
        self,
        embedder: Embedder,
        vectors: Vectors,
        index: DenseIndex,
        shares: Shares | None = None,
        former: Callable[[str], Embedder | None] = _nobody,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.embedder = embedder
        self.vectors = vectors
        self._index = index
        self._shares = shares or Shares()
        self._former = former
        self._clock = clock
        self._asked: dict[tuple[str, str], Vector] = {}
        self._down: tuple[float, str] = (float("-inf"), "")

    def share(self, question: str) -> float:
        """What vectors count for a question, 0 to 1."""
        return self._shares.of(question)

    def near(self, text: str, reader: Reader, limit: int, beside: Collection[str]) -> Mapping[str, float]:
        """Cosines of the nearest passages that this reader may read, and of those `beside`. Raises EmbedderError."""
        name = self.vectors.in_force()
        if not name:
            raise EmbedderError("the passages have no vectors yet: run coach ingest")
        # Half characters cannot be sent.
        asked = text.encode(errors="replace").decode()
        return self._index.search(self._question(name, asked), reader, limit, beside)

    def _question(self, name: str, text: str) -> Vector:
        """The vector of a question by the embedder of this name; not asked for while that is down."""
        if (name, text) not in self._asked:
            until, why = self._down
            if self._clock() < until:
                raise EmbedderError(why)
            try:
                vector = self._of_name(name).question(text)
            except TextRefused:
                raise
            except EmbedderError as error:
                self._down = (self._clock() + _REST, str(error))
                raise
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            self._asked[name, text] = vector
        return self._asked[name, text]

    def _of_name(self, name: str) -> Embedder:
        embedder = self.embedder if name == self.embedder.name else self._former(name)
        if embedder is None:
            raise EmbedderError(f"{name} made the vectors, and {self.embedder.name} has not made its own yet")
        return embedder

    def take_over(self) -> None:
        """Keep what makes many searches quick, until the process ends. Raises StoreError when another process does."""
        self._index.take_over()

    def waiting(self) -> int:
        """How many passages have no vector of the configured embedder yet."""
        return 0 if self.vectors.settled(self.embedder.name) else self.vectors.waiting(self.embedder.name)

    def catch_up(self, progress: Progress, wait: float) -> str:
        """Embed what has no vector, then search by it. Why that could not be done; empty when it was.

        A process that embeds already goes on until nothing is missing, so there is nothing to say of it.
        """
        if self.vectors.settled(self.embedder.name):
            return ""
        with self.vectors.owner(wait) as mine:
            return self._brought_up(progress) if mine else ""

    def _brought_up(self, progress: Progress) -> str:
        name = self.embedder.name
        try:
            self._embed(name, progress)
        except EmbedderError as error:
            return str(error)
        # A new embedder's index is whole before it is searched, and only then the old one goes.
        why_not = "" if self.vectors.in_force() == name else self._updated(progress)
        return self._updated(progress) if self.vectors.complete(name) else why_not

    def _updated(self, progress: Progress) -> str:
        try:
            self._index.update(progress)
        except StoreError as error:
            return str(error)
        return ""

    def _embed(self, name: str, progress: Progress) -> None:
        """Ask for what is missing, and keep each answer at once: a kill loses one request."""
        careful = self.vectors.begin(name)
        made = 0
        try:
            while missing := list(self.vectors.missing(name, _ROUND).items()):
                while missing:
                    some = missing[: max(_CAREFUL, min(made // _RISK, _BATCH)) if careful else _BATCH]
                    vectors = self.embedder.passages([text for _, text in some])
                    self.vectors.keep(name, {key: each for (key, _), each in zip(some, vectors, strict=False)})
                    missing = missing[len(vectors) :]
                    made += len(vectors)
                    progress("embedding", made)
        finally:
            self.vectors.end(name)

    def reindex(self, progress: Progress) -> str:
        """Make the index anew; the vectors too when the embedder gives others now. Why not, or nothing."""
        with self.vectors.owner(10.0) as mine:
            if not mine:
                return "another process is embedding: try again when it is done"
            try:
                if not self._gives_the_same():
                    self.vectors.forget(self.embedder.name)
            except EmbedderError as error:
                return str(error)
            self._index.start_over()
            return self._brought_up(progress)

    def _gives_the_same(self) -> bool:
        """Whether a text that is in has the same vector today: the model behind a name can be another one."""
        example = self.vectors.example(self.embedder.name)
        if example is None:
            return True
        text, before = example
        now = self.embedder.passages([text])[0].vector
        return now is not None and len(now) == len(before) and _product(now, before) >= _SAME


def _product(first: Vector, second: Vector) -> float:
    return sum(a * b for a, b in zip(first, second, strict=True))
