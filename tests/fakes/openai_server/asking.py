"""The real clients, pointed at the fake, with nothing of the environment in them."""

from typing import TYPE_CHECKING, Any

from .server import Server

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI
    from openai import OpenAI


def openai_client(server: Server, **options: Any) -> "OpenAI":
    """The openai client; no retries and two seconds, unless told otherwise."""
    from openai import OpenAI

    given = {"api_key": server.key, "max_retries": 0, "timeout": 2.0, **options}
    return OpenAI(base_url=server.url, **given)


def chat_model(server: Server, **options: Any) -> "ChatOpenAI":
    """LangChain's client, pinned to chat completions; streams report their usage."""
    from langchain_openai import ChatOpenAI

    given = {"model": server.chat_models[0], "api_key": server.key, "max_retries": 0, "timeout": 2.0, **options}
    return ChatOpenAI(base_url=server.url, stream_usage=True, use_responses_api=False, **given)
