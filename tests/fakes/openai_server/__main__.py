"""`python -m tests.fakes.openai_server`: a model and an embedder to try things with, without either."""

import argparse
import asyncio
import contextlib

from .faults import FAULTS
from .models import honest, repeater
from .profiles import PROFILES
from .running import serving
from .server import Server

MODELS = {"honest": honest, "repeater": repeater}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.openai_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8091, help="where to listen (default 8091)")
    parser.add_argument("--profile", choices=PROFILES, default="openai", help="the server it behaves like")
    parser.add_argument("--key", default="sk-fake", help="the key it asks for (default sk-fake)")
    parser.add_argument("--model", choices=MODELS, default="honest", help="who answers")
    parser.add_argument(
        "--fault", choices=FAULTS, metavar="NAME", help="what goes wrong every time: " + ", ".join(FAULTS)
    )
    return parser.parse_args()


def settings(server: Server) -> dict[str, str]:
    chat = {"MODEL": server.chat_models[0], "MODEL_URL": server.url, "MODEL_KEY": server.key}
    embedding = {"EMBEDDER": server.embedding_models[0], "EMBEDDER_URL": server.url, "EMBEDDER_KEY": server.key}
    return {f"COACH_{name}": value for name, value in (chat | embedding).items()}


async def serve(asked: argparse.Namespace) -> None:
    model = MODELS[asked.model]
    async with serving(asked.profile, port=asked.port, key=asked.key, model=model) as server:
        if asked.fault:
            server.fail(asked.fault, times=None)
        shown = " ".join(f"{name}={value}" for name, value in settings(server).items())
        print(f'A fake {asked.profile} is at {server.url}\nAsk it with:\n\n{shown} coach ask "..."\n', flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments()))
