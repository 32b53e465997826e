"""`python -m tests.fakes.slack_workspace`: a workspace to try the bot in, without Slack."""

import argparse
import asyncio
import contextlib

from .rates import Rates
from .running import serving


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.slack_workspace", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="where to listen (default 8090)")
    parser.add_argument("--slow", action="store_true", help="every Web API call takes 400 ms longer")
    parser.add_argument("--no-limits", action="store_true", help="no rate limits")
    return parser.parse_args()


async def serve(asked: argparse.Namespace) -> None:
    async with serving(port=asked.port, rates=Rates(on=not asked.no_limits)) as slack:
        if asked.slow:
            slack.faults.slow(0.4)
        settings = " ".join(f"{name}={value}" for name, value in slack.environment.items())
        print(f"A Slack workspace is at {slack.base}/\nStart the bot with:\n\n{settings} coach slack\n", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments()))
