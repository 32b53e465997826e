"""A server for each module, emptied for each test, and the real client pointed at it."""

from collections.abc import Iterator

import openai
import pytest

from tests.fakes.openai_server import Server, running
from tests.fakes.openai_server.asking import openai_client


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def client(served: Server) -> Iterator[openai.OpenAI]:
    with openai_client(served) as client:
        yield client


@pytest.fixture
def server(served: Server) -> Iterator[Server]:
    """The module's server, empty, and without complaints in the end."""
    served.reset()
    yield served
    assert not served.complaints
