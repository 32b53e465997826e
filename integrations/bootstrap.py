"""The only place where adapters are chosen and joined."""

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from integrations.settings import Settings
from knowledge.access import ANYONE
from knowledge.glossary import shipped
from knowledge.library import Library
from knowledge.read import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from socket import socket

    from assistant.answers import Answer
    from assistant.ask import Assistant
    from assistant.draft import Drafter
    from assistant.questions import Language, Question
    from integrations.answer_store import Place
    from integrations.audit import Audit
    from integrations.catalogue import SqlCatalogue
    from integrations.openai_embedder import OpenAIEmbedder
    from integrations.openai_model import OpenAIModel
    from integrations.review.agreement import Measures
    from integrations.review.corrections import Corrections
    from integrations.review.reviewing import Reviewing
    from integrations.slack.incoming import Incoming
    from integrations.slack.review.weekly import Week
    from integrations.web.console import Console
    from knowledge.access import Reader
    from knowledge.dense import Dense


def library(settings: Settings) -> Library:
    """The library over the catalogue and the indexes that the settings name."""
    from integrations.catalogue import SqlCatalogue
    from integrations.tantivy_index import TantivyIndex

    catalogue = SqlCatalogue(settings.database)
    limits = Limits(max_bytes=settings.max_file_mb * 2**20, seconds=settings.read_seconds)
    dense = _dense(settings, catalogue) if settings.embedder else None
    return Library(catalogue, TantivyIndex(settings.home), shipped, limits, dense=dense)


def embedder(settings: Settings) -> "OpenAIEmbedder":
    """The embedder that the settings name."""
    return _embedder(settings, settings.embedder)


def _embedder(settings: Settings, model: str) -> "OpenAIEmbedder":
    from integrations.openai_embedder import OpenAIEmbedder

    key = settings.embedder_key.get_secret_value()
    return OpenAIEmbedder(model, settings.embedder_url, key, hurry=settings.embedder_seconds)


def _dense(settings: Settings, catalogue: "SqlCatalogue") -> "Dense":
    from integrations.chroma_index import ChromaIndex
    from integrations.nearest import Nearest
    from integrations.places import Places
    from integrations.vectors import SqlVectors
    from knowledge.dense import Dense
    from knowledge.fusion import Shares

    configured = embedder(settings)

    def former(name: str) -> "OpenAIEmbedder | None":
        """Another model of the same server; a key is never sent to another one."""
        another = _embedder(settings, name.partition(" at ")[0])
        return another if another.name == name else None

    vectors, places = SqlVectors(catalogue.engine, settings.home), Places(catalogue.engine)
    index = Nearest(places, ChromaIndex(settings.home, settings.chroma_url), settings.home)
    shares = Shares(settings.embedder_weight_en, settings.embedder_weight_zh)
    return Dense(configured, vectors, index, shares, former)


def catalogue(settings: Settings) -> "SqlCatalogue":
    """The catalogue that the settings name, for what admins do with it and with what else its database keeps."""
    from integrations.catalogue import SqlCatalogue

    return SqlCatalogue(settings.database)


def audit(settings: Settings, over: Library) -> "Audit":
    """The audit trail that the settings ask for, of questions to an open library."""
    from integrations.audit import Audit

    return Audit(catalogue(settings).engine, over, settings.audit_days)


def reviewing(settings: Settings, over: Library) -> "Reviewing":
    """Coach review over an open library."""
    from assistant.ask import Assistant
    from assistant.review import Rules
    from integrations.answer_store import AnswerStore
    from integrations.people import People
    from integrations.recheck import Recheck
    from integrations.review.coaching import Coaching
    from integrations.review.corrections import Corrections
    from integrations.review.errands import Errands
    from integrations.review.gaps import Gaps
    from integrations.review.intake import Intake, Routing
    from integrations.review.queue import Reviews
    from integrations.review.reviewing import Reviewing

    held = catalogue(settings)
    answers, errands = AnswerStore(held.engine), Errands(held.engine)
    reviews = Reviews(held.engine, settings.review_hours)
    corrections = Corrections(held.engine, over, settings.home / "reviewed")
    recheck, people, accounts = Recheck(over, corrections.holds), People(settings.people), held.unguarded().accounts
    routing = Routing(Rules(settings.review_share), settings.review_topics)
    gaps = Gaps(held.engine, over, people, corrections)
    fills = partial(gaps.fills, Assistant(over, corrections=corrections).ask)
    intake = Intake(answers, reviews, corrections, errands, people, accounts, fills, routing)
    coaching = Coaching(over, accounts, answers, reviews, corrections, errands, recheck, people, settings.review_days)
    return Reviewing(answers, reviews, corrections, errands, people, intake, coaching, recheck)


def reviewed_again(settings: Settings, over: Library) -> None:
    """What follows for corrections when documents changed: those of a lost database are back, owners are asked."""
    if (settings.home / "reviewed").is_dir():
        review = reviewing(settings, over)
        review.corrections.restore()
        review.intake.sources_changed()


def corrections(settings: Settings, over: Library) -> "Corrections":
    """What coaches corrected, over an open library."""
    from integrations.review.corrections import Corrections

    return Corrections(catalogue(settings).engine, over, settings.home / "reviewed")


def assistant(settings: Settings, over: Library) -> "Assistant":
    """The assistant that the settings ask for, over an open library."""
    from assistant.ask import Assistant

    in_force = hashlib.blake2b(settings.model_dump_json().encode(), digest_size=6).hexdigest()
    drafter = _drafter(settings) if settings.model else None
    held = corrections(settings, over)
    return Assistant(over, settings.language or None, in_force, drafter, settings.passages, held)


def model(settings: Settings) -> "OpenAIModel":
    """The model that the settings name."""
    from integrations.openai_model import OpenAIModel

    # Servers on one's own machine want no key, but the client insists on one.
    key = settings.model_key.get_secret_value() or "none"
    return OpenAIModel(settings.model, key, settings.model_url)


def judge(settings: Settings) -> "OpenAIModel":
    """The model that judges answers in evaluations; where it has no server or key of its own, the writer's."""
    from integrations.openai_model import OpenAIModel

    own = settings.judge_key.get_secret_value()
    # A key is never sent to another server than the one it is for.
    key = own or ("" if settings.judge_url else settings.model_key.get_secret_value())
    return OpenAIModel(settings.judge, key or "none", settings.judge_url or settings.model_url)


def _drafter(settings: Settings) -> "Drafter":
    from assistant.draft import Bounds, Drafter
    from integrations.catalogue import SqlCatalogue
    from integrations.spending import Spending

    bounds = Bounds(
        settings.model_seconds,
        settings.question_tokens,
        min(settings.answer_tokens, settings.question_tokens // 2),
        settings.model_price_read,
        settings.model_price_written,
    )
    spending = Spending(SqlCatalogue(settings.database).engine, settings.day_tokens)
    return Drafter(model(settings), spending, bounds)


def weekly(settings: Settings, over: Library, review: "Reviewing") -> "Week":
    """The numbers of the last seven days, for the coaches' channel; nothing of it is loaded before it is wanted."""

    def week(reader: "Reader", language: "Language") -> "Sequence[str]":
        import time

        from integrations.review.digest import digest
        from integrations.review.gaps import Gaps
        from integrations.store import Store

        engine = catalogue(settings).engine
        gaps = Gaps(engine, over, review.people, review.corrections)
        return digest(Store(engine), gaps, reader, time.time(), language, None, review.corrections)

    return week


def run_slack(settings: Settings, over: Library, http: bool = False, port: int | None = None) -> None:
    """Answer in Slack until the process is told to stop, over sockets or as a web server."""
    import asyncio
    import gc
    import logging

    from integrations.catalogue import SqlCatalogue
    from integrations.slack.app import Bot
    from integrations.slack.http import HttpMode
    from integrations.slack.journal import Journal
    from integrations.slack.sockets import SocketMode

    if over.dense:
        over.dense.take_over()
    # What a first question loads is loaded before anyone waits, and never walked by the collector again.
    over.search("key account", ANYONE)
    if settings.model:
        model(settings).ready()
    gc.freeze()
    gc.enable()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # It logs each call of a model, and the second for a question says that there was more for its asker alone.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    engine = SqlCatalogue(settings.database).engine
    way = HttpMode(settings, engine, port) if http else SocketMode(settings)
    trail, review = audit(settings, over), reviewing(settings, over)

    def on_answered(question: "Question", answer: "Answer", incoming: "Incoming") -> None:
        trail.note(question, answer, incoming.surface, incoming.channel)
        review.intake.answered(question, answer, incoming.person)

    week = weekly(settings, over, review)
    asyncio.run(Bot(settings, assistant(settings, over), review, Journal(engine), way, on_answered, week).run())


def console(
    settings: Settings, over: Library, door: "socket", person: str = "", measures: "Measures | None" = None
) -> "Console":
    """The web console that listens at a door, over an open library. Raises WrongSettings."""
    from integrations.people import People
    from integrations.web import wiring
    from integrations.web.console import Console
    from integrations.web.sessions import OWN_MACHINE, SHARED, Sessions

    held, review, trail = catalogue(settings), reviewing(settings, over), audit(settings, over)
    where, local = wiring.address(settings, door), not wiring.signs_in(settings)
    people = People(settings.people)

    def on_answered(question: "Question", answer: "Answer", place: "Place") -> None:
        trail.note(question, answer, place.surface)
        review.intake.answered(question, answer, place.person)

    return Console(
        address=where,
        door=wiring.door(settings, held.engine, where, person),
        sessions=Sessions(held.engine, OWN_MACHINE if local else SHARED),
        visitor=wiring.visitors(settings, people),
        people=people,
        library=over,
        assistant=assistant(settings, over),
        catalogue=held,
        review=review,
        runs=settings.home / "evals" / "runs",
        on_answered=on_answered,
        language=settings.language or None,
        measures=measures,
    )


def run_console(
    settings: Settings,
    over: Library,
    host: str,
    port: int | None = None,
    person: str = "",
    measures: "Measures | None" = None,
) -> None:
    """Serve the web console until the process is told to stop."""
    import gc
    import logging

    from integrations.web import serving, wiring
    from integrations.web.app import build

    wiring.check(settings, host)
    door = serving.listen(host, settings.web_port if port is None else port)
    made = console(settings, over, door, person, measures)
    if over.dense:
        over.dense.take_over()
    over.search("key account", ANYONE)
    gc.freeze()
    gc.enable()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for talkative in ("httpx2", "uvicorn.error"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    serving.run(build(made), door, wiring.greeting(made))
