"""The page of a run of 300 made-up questions with their variants: how big it is, how soon a real Chromium shows it."""

import asyncio
import itertools
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from evals.metrics import METRICS, score
from evals.report import page
from evals.summary import summarize
from tests.benchmarks.shared import Failed, Number, Place, quantile
from tests.evals.synthetic import header, run

_QUESTIONS = 300
_TIMES = 5
_PATIENCE = 30.0
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
# Until the first letters stand there, until everything is loaded, and what was fetched for it.
_TIMINGS = """({
  shown: performance.getEntriesByType('paint').find(each => each.name === 'first-contentful-paint')?.startTime,
  loaded: performance.timing.loadEventEnd - performance.timing.navigationStart,
  fetched: performance.getEntriesByType('resource').filter(each => !each.name.startsWith('data:')).length,
  width: document.documentElement.scrollWidth,
  counted: document.querySelector('output').value,
})"""


def measure(place: Place) -> list[Number]:
    """The best of five loads, each in a new tab."""
    started = time.perf_counter()
    tried = run(_QUESTIONS)
    values = {each.item.id: score(each) for each in tried}
    scored = time.perf_counter()
    summary = summarize(header(), tried, values, METRICS)
    summarized = time.perf_counter()
    file = place.work / "report.html"
    file.write_text(page(summary, tried, values), "utf-8")
    written = time.perf_counter()
    numbers = [
        Number("scores of 300 questions", scored - started, "s"),
        Number("figures with intervals", summarized - scored, "s"),
        Number("the page", written - summarized, "s"),
        Number("its size", file.stat().st_size / 1e6, "MB", at_most=3),
    ]
    if not shutil.which("chromium"):
        print("  opening it was left out: there is no chromium")
        return numbers
    loads = asyncio.run(_loads(file))
    return [
        *numbers,
        Number("open in Chromium, first letters", min(each["shown"] for each in loads) / 1000, "s"),
        Number("open in Chromium, all loaded, best", min(each["loaded"] for each in loads) / 1000, "s", at_most=1),
        Number("open in Chromium, all loaded, median", quantile([each["loaded"] for each in loads], 0.5) / 1000, "s"),
        Number("fetched from elsewhere", max(each["fetched"] for each in loads), at_most=0),
        Number("width on a phone of 360", max(each["width"] for each in loads), "px", at_most=360),
    ]


async def _loads(file: Path) -> list[dict[str, Any]]:
    loads = []
    async with chromium() as browser:
        for _ in range(_TIMES):
            tab = await browser.open(file.as_uri(), width=360)
            loads.append(await browser.evaluate(tab, _TIMINGS))
            await browser.call("Target.closeTarget", {"targetId": browser.targets[tab]})
    return loads


@dataclass(slots=True)
class Browser:
    """A Chromium, told what to do by the DevTools protocol; `targets` are tabs by session."""

    socket: aiohttp.ClientWebSocketResponse
    targets: dict[str, str] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _loaded: set[str] = field(default_factory=set)

    async def call(self, method: str, parameters: dict[str, Any], session: str = "") -> dict[str, Any]:
        """Send a command and wait for its reply. Raises Failed."""
        number = next(self._numbers)
        extra = {"sessionId": session} if session else {}
        await self.socket.send_json({"id": number, "method": method, "params": parameters, **extra})
        while (reply := await self._received()).get("id") != number:
            pass
        if "error" in reply:
            raise Failed(f"{method}: {reply['error']}")
        result: dict[str, Any] = reply["result"]
        return result

    async def _received(self) -> dict[str, Any]:
        message: dict[str, Any] = await self.socket.receive_json(timeout=_PATIENCE)
        if message.get("method") == "Page.loadEventFired":
            self._loaded.add(message["sessionId"])
        return message

    async def open(self, url: str, width: int, height: int = 800) -> str:
        """Open a page in a tab as wide as this, and wait until it is loaded. Returns the session."""
        target = (await self.call("Target.createTarget", {"url": "about:blank"}))["targetId"]
        attached = await self.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        session: str = attached["sessionId"]
        self.targets[session] = target
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        await self.call("Emulation.setDeviceMetricsOverride", size, session)
        await self.call("Page.enable", {}, session)
        self._loaded.discard(session)
        await self.call("Page.navigate", {"url": url}, session)
        while session not in self._loaded:
            await self._received()
        await asyncio.sleep(0.3)
        return session

    async def evaluate(self, session: str, expression: str) -> Any:
        """The value of an expression in a tab."""
        parameters = {"expression": expression, "returnByValue": True}
        return (await self.call("Runtime.evaluate", parameters, session))["result"].get("value")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A Chromium with a profile of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coach-chromium-", ignore_cleanup_errors=True) as profile:
        command = ["chromium", *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            url = await _debugger(Path(profile) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as client, client.ws_connect(url, max_msg_size=0) as socket:
                browser = Browser(socket)
                yield browser
                await browser.call("Browser.close", {})
                process.wait(_PATIENCE)
        finally:
            process.kill()
            process.wait(_PATIENCE)


async def _debugger(file: Path) -> str:
    """The address that a Chromium writes down as soon as it listens. Raises Failed."""
    for _ in range(int(_PATIENCE * 20)):
        if file.exists() and len(lines := file.read_text().split("\n")) > 1:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        await asyncio.sleep(0.05)
    raise Failed("chromium did not start")
