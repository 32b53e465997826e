"""Two coaches at a console with answers that wait: what the tests of the review pages work with."""

import re
from dataclasses import dataclass, replace

import httpx

from assistant.answers import Answer, Rejected
from assistant.questions import Asker, Question
from integrations.answer_store import Place as Asked
from knowledge.access import Reader
from tests.integrations.web.conftest import PEOPLE, Place, Serve, Served, csrf

QUESTION = "When should we call a quiet account?"
OTHER = "What do we bring to a quiet account?"
FACT = "Call a quiet account within two weeks, and bring a question rather than an offer."
SECRET = "Larkspur Metals will close its Lyon plant in March."
QUIET = (
    f"---\ntitle: Winning back a quiet account\nowner: cleo\n---\n\n# First steps\n\n{FACT} Then map who left.\n\n"
    "# After that\n\nReview the account every month until it buys again.\n"
)
HANS = "---\ntitle: 沉默客户的挽回\n---\n\n# 第一步\n\n沉默的大客户要在两周内回访，先问问题，不谈报价。\n"
PLAN = (
    "---\ntitle: Larkspur Metals plan\nkind: account_plan\naccount: Larkspur Metals\naudience: team\n---\n\n"
    f"# Situation\n\n{SECRET} Their buyer is unsure.\n"
)
CLOSED = "What will Larkspur Metals close in March?"
TWO_COACHES = PEOPLE.replace("coaches: [cleo]", "coaches: [bo, cleo]")
CLEO, BO = Reader("cleo", frozenset({"team of larkspur metals"})), Reader("bo", frozenset({"emea"}))
ANN = Reader("ann", frozenset({"emea", "team of larkspur metals"}))


@dataclass
class Desk:
    """A console with two coaches, bo and cleo; cleo alone may read the plan of an account."""

    served: Served
    place: Place
    cleo: httpx.Client
    bo: httpx.Client

    def given(self, text: str = QUESTION, reader: Reader = ANN, rejected: tuple[Rejected, ...] = ()) -> Answer:
        """An answer that ann got in Slack and voted down."""
        question = Question(text, Asker("U1"), reader=reader)
        review = self.served.console.review
        answer = replace(self.served.console.assistant.ask(question), rejected=rejected)
        review.answers.keep(answer, Asked("U1", "thread", "T1", "C1", "1.0"))
        review.intake.voted(answer.id, "U1", "down", "too thin")
        return answer

    def waiting(self, text: str = QUESTION, **more: tuple[Rejected, ...]) -> str:
        """The same; the id of its entry in the queue."""
        answer = self.given(text, **more)
        return next(each.id for each in self.served.console.review.coaching.queue(CLEO) if each.answer == answer.id)

    def stale(self, old: str, new: str) -> str:
        """Change the document that a correction cites; the entry that asks its owner."""
        self.change(old, new)
        self.served.console.review.intake.sources_changed()
        return next(each.id for each in self.served.console.review.coaching.queue(CLEO) if each.correction)

    def change(self, old: str, new: str) -> None:
        """Change the playbook."""
        file = self.place.docs / "quiet.md"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        self.served.console.library.ingest([self.place.docs])

    def key(self, client: httpx.Client, path: str) -> dict[str, str]:
        """The hidden fields of a form."""
        return dict(re.findall(r'<input type="hidden" name="(key|csrf)" value="([^"]*)"', client.get(path).text))


def opened(serve: Serve, place: Place) -> Desk:
    """The console over two documents, asked for by nobody yet."""
    for each in [*place.docs.rglob("*.md")]:
        each.unlink()
    for name, text in (("quiet.md", QUIET), ("larkspur.md", PLAN)):
        (place.docs / name).write_text(text, "utf-8")
    place.people.write_text(TWO_COACHES, "utf-8")
    served = serve(review_share=0.0)
    return Desk(served, place, served.as_person("cleo"), served.as_person("bo"))


def fields(page: str) -> dict[str, list[str]]:
    """The fields of the correction form as a browser would send them."""
    found: dict[str, list[str]] = {"key": re.findall(r'name="key" value="([^"]*)"', page)}
    found["shown"] = re.findall(r'name="shown" value="([^"]*)"', page)
    text = re.search(r"<textarea id=\"text\"[^>]*>\n(.*?)</textarea>", page, re.S)
    assert text
    return found | {"text": [text[1]]}


def send(client: httpx.Client, path: str, form: dict[str, list[str]]) -> httpx.Response:
    """Send a form whose fields may be there more than once."""
    ours = str(client.base_url).rstrip("/")
    return client.post(path, data={"csrf": csrf(client), **form}, headers={"Origin": ours})


def corrected(desk: Desk, client: httpx.Client, lines: str = "Call it within two weeks. [1]") -> str:
    """A correction; its id."""
    path = f"/review/{desk.waiting()}/correct"
    form = fields(client.get(path).text) | {"text": [lines], "do": ["publish"]}
    assert send(client, path, form).status_code == 303
    return max(desk.served.console.review.corrections.kept(CLEO), key=lambda each: each.correction.id).correction.id
