"""Starting and stopping: a workspace in a thread of its own, or in the loop one is in."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web

from tests.fakes.threads import in_thread

from .app import App, Timing
from .rates import Rates
from .records import Payload
from .server import application
from .workspace import Workspace


@asynccontextmanager
async def serving(
    app: App | None = None,
    *,
    manifest: Payload | None = None,
    timing: Timing | None = None,
    rates: Rates | None = None,
    port: int = 0,
    furnished: bool = True,
) -> AsyncIterator[Workspace]:
    """A workspace in this event loop; see `running` for the arguments."""
    known = app or (App.from_manifest(manifest) if manifest else App())
    slack = Workspace(known, timing or Timing(), rates or Rates())
    slack.attach(asyncio.get_running_loop())
    if furnished:
        furnish(slack)
    runner = web.AppRunner(application(slack), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    slack.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await slack.close()
        await runner.cleanup()


@contextmanager
def running(
    app: App | None = None,
    *,
    manifest: Payload | None = None,
    timing: Timing | None = None,
    rates: Rates | None = None,
    port: int = 0,
    furnished: bool = True,
) -> Iterator[Workspace]:
    """A workspace in a thread of its own.

    The app is described by `app` or by its `manifest`. `furnished`: one team with the app installed, three people,
    two channels, a user group; otherwise empty.
    """
    served = serving(app, manifest=manifest, timing=timing, rates=rates, port=port, furnished=furnished)
    with in_thread(served, "fake-slack") as slack:
        yield slack


def furnish(slack: Workspace) -> None:
    """One team, three people, two channels, one group of coaches."""
    slack.add_team("T1", "Riverside", installed=True)
    slack.add_user("U1", "mei", real_name="Mei Lin", locale="zh-CN", tz="Asia/Shanghai")
    slack.add_user("U2", "ken", real_name="Ken Chen", locale="zh-TW", tz="Asia/Taipei")
    slack.add_user("U3", "ana", real_name="Ana Ruiz", locale="en-US", tz="Europe/Madrid")
    slack.add_channel("C1", "sales", ["U1", "U2", "U3"])
    slack.add_channel("C2", "deal-desk", ["U1", "U3"], kind="private")
    slack.add_group("S1", "coaches", ["U3"])
