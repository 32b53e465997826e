"""A person's browser going through the OAuth installation: install page, Slack's consent, back to the app."""

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

if TYPE_CHECKING:
    from .workspace import Workspace

CONSENT = re.compile(r'https?://[^"\'\s]+/oauth/v2/authorize[^"\'\s]*')


@dataclass
class Landing:
    """Where the browser ended up: the app's page after the installation."""

    status: int
    text: str


def install(slack: "Workspace", install_url: str, team: str) -> Landing:
    """Install the app into a team through its own install page. A consent page on slack.com is taken to be ours."""
    return slack.run(_install(slack, install_url, team))


async def _install(slack: "Workspace", install_url: str, team: str) -> Landing:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        async with session.get(install_url, allow_redirects=False) as page:
            found = CONSENT.search(page.headers.get("Location", "") or html.unescape(await page.text()))
            cookies = [each.split(";")[0] for each in page.headers.getall("Set-Cookie", [])]
        if found is None:
            raise AssertionError(f"{install_url} does not lead to Slack's consent page")
        consent = URL(slack.base).join(URL(found[0]).relative()).update_query(team=team)
        async with session.get(consent, allow_redirects=False) as answer:
            back = answer.headers["Location"]
        async with session.get(URL(back, encoded=True), headers={"Cookie": "; ".join(cookies)}) as landed:
            return Landing(landed.status, await landed.text())
