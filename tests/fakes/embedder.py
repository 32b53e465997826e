"""An embedder in the same process: vectors by shared words and concepts, and a record of what it was asked."""

from array import array
from collections.abc import Sequence

from knowledge.errors import EmbedderError, TextRefused
from knowledge.ports import Embedded, Vector
from tests.fakes.openai_server.vectors import Embedder as Sketches

CONCEPTS = (("churn", "quiet", "\u6d41\u5931"), ("bonus", "incentive", "\u5956\u91d1"))


class Words:
    """Implements knowledge.ports.Embedder; `down` makes it fail, `at_once` is what it takes, `left` how much at all."""

    def __init__(self, name: str = "words", dimensions: int = 128, at_once: int = 64) -> None:
        self.name = name
        self.at_once = at_once
        self.down = False
        self.left = 10**9
        self.refuses = "\0"
        self.requests: list[list[str]] = []
        self.questions: list[str] = []
        self._sketches = Sketches(dimensions, CONCEPTS)

    @property
    def texts(self) -> list[str]:
        """Every text it made a vector of."""
        return [text for request in self.requests for text in request]

    def passages(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """The first of the texts."""
        some = list(texts[: min(self.at_once, self.left)])
        if self.down or not some:
            raise EmbedderError("the embedder is down: start it")
        self.left -= len(some)
        self.requests.append(some)
        return [Embedded(None, 0.0) if self.refuses in each else Embedded(self._vector(each)) for each in some]

    def question(self, text: str) -> Vector:
        """The vector of a question."""
        self.questions.append(text)
        if self.down:
            raise EmbedderError("the embedder is down: start it")
        if self.refuses in text:
            raise TextRefused("this question is refused")
        return self._vector(text)

    def _vector(self, text: str) -> Vector:
        return array("f", self._sketches.embed([text])[0])
